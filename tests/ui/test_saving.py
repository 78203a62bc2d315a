"""A file of a round is made from what its maker may see when it is made."""

from types import SimpleNamespace

import pytest

from dashboard.access import Identity, Role
from dashboard.content.panel import panel_view
from dashboard.errors import AccessDenied
from dashboard.identity.claims import Standing
from dashboard.judging import sign_in as sign_in_module
from dashboard.judging.judging import Judging
from dashboard.settings import Settings
from dashboard.store.ledger import Ledger
from dashboard.ui import reader
from dashboard.ui.review_room import saving, signed_in


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch):
    """The slow hash of codes at its quickest; its cost is no matter of these tests."""
    monkeypatch.setattr(sign_in_module, "_COST", 2)


def test_a_code_that_was_revoked_makes_no_file(record, tmp_path, monkeypatch):
    judging = Judging(Settings(workspace=tmp_path))
    judging.practice.open()
    chair_code, judge_code = judging.practice.codes()[:2]
    session = judging.sessions.sign_in(judge_code.round_id, judge_code.code)
    chair = judging.sessions.sign_in(chair_code.round_id, chair_code.code).identity
    cookies = {reader.SESSION_COOKIE: session.token}
    browser = SimpleNamespace(
        session_state={},
        context=SimpleNamespace(cookies=cookies, headers={}, ip_address="192.0.2.7"),
    )
    monkeypatch.setattr(reader, "st", browser)
    monkeypatch.setattr(reader, "open_judging", lambda _settings: judging)
    monkeypatch.setattr(reader, "settings", lambda: Settings(workspace=tmp_path))
    for module in (saving, signed_in):
        monkeypatch.setattr(module, "judging", lambda: judging)
    monkeypatch.setattr(saving, "settings", lambda: Settings(workspace=tmp_path))
    now = reader.Reader(session.identity, None)
    savable = saving.savable_sheets(record, now, judge_code.holder, session.identity.name)
    edition, report = savable.make("en", savable.who)
    assert edition.made_by == session.identity.name
    assert report.stamp.made_by == session.identity.name
    assert edition.edition_id == report.stamp.edition_id
    judging.sessions.revoke_code(chair, judge_code.holder)
    with pytest.raises(AccessDenied):
        savable.make("en", savable.who)


@pytest.fixture
def signed(tmp_path, monkeypatch):
    """A signed practice round of which a browser without a code reads: judging, round."""
    settings = Settings(workspace=tmp_path, sign_in="public")
    judging = Judging(settings)
    judging.practice.open()
    code = judging.practice.codes()[0]
    chair = judging.sessions.sign_in(code.round_id, code.code).identity
    judging.rounds.close(chair, "the day is over")
    judging.results.sign_off(chair, "nobody objects in a practice round")
    browser = SimpleNamespace(
        session_state={}, context=SimpleNamespace(cookies={}, headers={}, ip_address="192.0.2.7")
    )
    monkeypatch.setattr(reader, "st", browser)
    monkeypatch.setattr(reader, "settings", lambda: settings)
    monkeypatch.setattr(saving, "judging", lambda: judging)
    monkeypatch.setattr(saving, "settings", lambda: settings)
    return judging, code.round_id


def saved(record, signed):
    """What whoever reads now makes of the result: edition, report."""
    judging, round_id = signed
    now = reader.reader()
    seen = panel_view(judging, now.identity, round_id)
    return saving.savable_result(record, now, seen).make("en", "A reader")


def test_a_viewer_takes_a_signed_result_along_without_an_edition(record, signed, tmp_path):
    edition, report = saved(record, signed)
    assert edition is None
    assert (report.stamp.edition_id, report.stamp.made_by) == ("", "A reader")
    assert "editions" not in Ledger(Settings(workspace=tmp_path)).streams()


def test_who_looks_as_a_viewer_freezes_no_result(record, signed, monkeypatch):
    choi = reader.Reader(Identity("Choi", Role.ADMINISTRATOR, account="choi@mohw.go.kr"))
    monkeypatch.setattr(reader, "reader_of", lambda _shown: choi)
    assert saved(record, signed)[0] is not None
    reader.view_as(Standing(Role.VIEWER))
    assert saved(record, signed)[0] is None
