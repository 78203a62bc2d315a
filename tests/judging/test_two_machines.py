"""A round over two machines: what is done at one holds at the other at once."""

import pytest
from attrs import evolve

from dashboard.access import Identity, Role
from dashboard.errors import AccessDenied, JudgingRefused, WorkspaceDamaged
from dashboard.identity.accounts import Accounts
from dashboard.judging.judging import Judging
from dashboard.judging.verification import verify_round
from dashboard.judging.views import Phase
from dashboard.store.key_file import make_key
from dashboard.store.workspace_keys import workspace_key
from tests.judging.closed_round import opened_round

ADMIN = Identity("Choi", Role.ADMINISTRATOR, account="choi@daegu.go.kr")
KIM = "kim@daegu.go.kr"


@pytest.fixture
def machines(shared_servers, tmp_path):
    """Settings of two machines that share a record and have the same secret of the log."""
    one = shared_servers.settings(tmp_path / "one", sign_in="oidc")
    two = evolve(one, workspace=tmp_path / "two")
    for settings in (one, two):
        settings.workspace.mkdir()
    make_key(one.ledger_key)
    two.ledger_key.write_bytes(one.ledger_key.read_bytes())
    return one, two


def test_a_judge_goes_on_at_another_machine_and_the_chair_closes_there(machines, clock, rules):
    a, b = (Judging(settings, clock) for settings in machines)
    round_id, codes = opened_round(a, rules)
    session = a.sessions.sign_in(round_id, codes["j1"])
    judge = session.identity
    a.sheets.save_draft(judge, "KR-27", "plan", 30)
    a.sheets.save_draft(judge, "KR-27", "visit", 50)
    a.sheets.submit(judge, "KR-27")
    # The cookie of A lets in at B, and its judge sees the own sheet and nobody else's.
    assert b.sessions.resume(session.token) == judge
    assert [cell.points for cell in b.sheets.sheet(judge, "KR-27").cells] == [30, 50]
    other = b.sessions.sign_in(round_id, codes["j2"]).identity
    with pytest.raises(AccessDenied):
        b.sheets.sheet(other, "KR-27", "j1")
    chair = b.sessions.sign_in(round_id, codes["chair"]).identity
    with pytest.raises(AccessDenied):
        b.results.result(chair)
    b.rounds.close(chair, "Trial")
    assert a.rounds.one(round_id).phase is Phase.CLOSED
    with pytest.raises(JudgingRefused):
        a.sheets.save_draft(judge, "KR-26", "plan", 30)
    # Alone j1 scored, Daegu alone: 30 + 50.
    final = {row.applicant: row.final for row in a.results.result(chair).outcome.applicants}
    assert final["KR-27"] == 80
    assert verify_round(a.streams, round_id) == verify_round(b.streams, round_id)


def test_a_code_that_is_revoked_at_one_machine_opens_nothing_at_another(machines, clock, rules):
    a, b = (Judging(settings, clock) for settings in machines)
    round_id, codes = opened_round(a, rules)
    token = b.sessions.sign_in(round_id, codes["j1"]).token
    chair = a.sessions.sign_in(round_id, codes["chair"]).identity
    a.sessions.revoke_code(chair, "j1")
    with pytest.raises(AccessDenied):
        b.sessions.resume(token)
    with pytest.raises(AccessDenied):
        b.sessions.sign_in(round_id, codes["j1"])


def test_a_machine_without_the_secret_of_the_log_closes_no_round(machines, clock, rules):
    a, b = (Judging(settings, clock) for settings in machines)
    round_id, codes = opened_round(a, rules)
    chair = b.sessions.sign_in(round_id, codes["chair"]).identity
    workspace_key(machines[0], machines[0].ledger_key)
    machines[1].ledger_key.unlink()
    with pytest.raises(WorkspaceDamaged):
        b.rounds.close(chair, "Trial")
    assert a.rounds.one(round_id).phase is Phase.SCORING


def test_an_account_that_one_machine_takes_off_the_list_is_nobody_at_another(machines, clock):
    a, b = (Accounts(settings, clock) for settings in machines)
    a.grant(ADMIN, KIM, "official KR-27", "Kim")
    said = {"iss": "https://id.example.go.kr", "sub": KIM, "sid": "s1", "name": "Kim"}
    token = said | {"email": KIM, "email_verified": True, "iat": clock().timestamp()}
    assert b.identity_of(token)[0].role is Role.OFFICIAL
    a.withdraw(ADMIN, KIM)
    with pytest.raises(AccessDenied):
        b.identity_of(token)
    clock.wait(minutes=1)
    again = token | {"sid": "s2", "iat": clock().timestamp()}
    assert b.identity_of(again)[0].role is Role.VIEWER
    a.end_sessions(ADMIN, KIM)
    with pytest.raises(AccessDenied):
        b.identity_of(again)
