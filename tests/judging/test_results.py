"""The result of a closed round: computed, objected to, drawn by lot, signed, and verified."""

import json
import sqlite3
from contextlib import closing
from decimal import Decimal

import pytest

from dashboard.access import DESK
from dashboard.errors import AccessDenied, JudgingRefused, LedgerBroken
from dashboard.judging.judging import Judging
from dashboard.judging.round_log import verify_export
from dashboard.judging.verification import verify_round
from dashboard.judging.views import Phase
from dashboard.review.panel import TieBreak
from dashboard.settings import Settings
from dashboard.store.ledger import Ledger


@pytest.fixture
def closed(make_room, rate):
    """Six judges as in 2019, closed: Daegu with an outlier, Busan, and Incheon with a recusal."""
    room = make_room(judges=6)
    room.judging.sheets.set_recusal(room.chair, "j4", "KR-28", True, "Advised the city")
    rate(
        room,
        {
            "KR-27": [(36, 54), (35, 53), (36, 55), (35, 54), (37, 55), (26, 38)],
            "KR-26": [(34, 50), (34, 52), (35, 52), (33, 50), (34, 51), (36, 54)],
            "KR-28": [(33, 49), (34, 51), (34, 51.5), None, (34, 52), (36, 55)],
        },
    )
    room.judging.rounds.close(room.chair)
    return room


def test_the_result_of_six_judges_by_hand(closed):
    result = closed.judging.results.result(closed.chair)
    # Daegu 90 88 91 89 92 64: 92 and 64 go, 358 / 4 = 89.5.
    # Busan 84 86 87 83 85 90: 90 and 83 go, 342 / 4 = 85.5.
    # Incheon 82 85 85.5 – 86 91: 91 and 82 go, 256.5 / 3 = 85.5: a tie with Busan. The plan:
    # Busan 206 / 6 = 34.333…, Incheon 171 / 5 = 34.2, so Busan is before.
    rows = [(r.applicant, r.rank, r.final, r.effective) for r in result.outcome.applicants]
    assert rows == [
        ("KR-27", 1, Decimal("89.50"), 6),
        ("KR-26", 2, Decimal("85.50"), 6),
        ("KR-28", 3, Decimal("85.50"), 5),
    ]
    (tie,) = result.outcome.ties
    assert (tie.applicants, tie.step) == (("KR-26", "KR-28"), TieBreak("criterion", "plan"))
    assert [row.passes for row in result.outcome.applicants] == [True, True, True]
    assert result.recusals == (("KR-28", "j4"),)
    assert result.not_submitted == ()
    # The mean of all: Daegu 514 / 6, Busan 515 / 6, Incheon 429.5 / 5 = 85.9.
    assert dict(result.references[0].ranks) == {"KR-28": 1, "KR-26": 2, "KR-27": 3}
    # The judge recused from Incheon is left out of the agreement: five judges of three applicants.
    # Ranks (Daegu, Busan, Incheon): 1 2 3, 1 2 3, 1 2 3, 1 3 2, 3 2 1: sums 7 11 12, mean 10,
    # S = 9 + 1 + 4 = 14, W = 12 · 14 / (25 · 24) = 168 / 600
    assert result.concordance.w == Decimal("0.28")
    assert sum(result.robustness.acceptability.shares[0]) == 1


def test_closing_with_open_sheets_needs_a_reason_and_they_do_not_count(room, clock):
    judging = room.judging
    room.score(0, "KR-27", 30, 50)
    judging.sheets.save_draft(room.judges[1], "KR-27", "plan", 40)
    judging.sheets.save_draft(room.judges[1], "KR-27", "visit", 60)
    with pytest.raises(JudgingRefused):
        judging.rounds.close(room.chair)
    view = judging.rounds.close(room.chair, "One judge fell ill")
    assert (view.phase, view.closing_reason) == (Phase.CLOSED, "One judge fell ill")
    result = judging.results.result(room.chair)
    assert (result.outcome.applicants[0].final, result.outcome.applicants[0].effective) == (80, 1)
    assert [row.rank for row in result.outcome.applicants] == [1, None, None]
    assert ("KR-27", "j2") in result.not_submitted


def test_only_the_chair_closes(room):
    for who in (DESK, room.judges[0]):
        with pytest.raises(AccessDenied):
            room.judging.rounds.close(who, "Trial")


# ---- Sign-off


def test_before_the_deadline_signing_needs_a_reason(closed, clock):
    with pytest.raises(JudgingRefused, match="cannot be signed"):
        closed.judging.results.sign_off(closed.chair)
    view = closed.judging.results.sign_off(closed.chair, "All applicants waived it in writing")
    assert view.phase is Phase.SIGNED_OFF


def test_signing_freezes_the_result(closed, clock):
    judging = closed.judging
    before = judging.results.result(closed.chair)
    head = verify_round(judging.streams, closed.round_id).log.digest
    clock.wait(days=8)
    view = judging.results.sign_off(closed.chair)
    assert (view.result_digest, view.log_head) == (before.digest, head)
    after = judging.results.result(closed.chair)
    assert (after.digest, after.outcome, after.is_final) == (before.digest, before.outcome, True)
    verify_round(judging.streams, closed.round_id)
    for change in (
        lambda: judging.sheets.set_recusal(closed.chair, "j1", "KR-27", True, "Late"),
        lambda: judging.results.sign_off(closed.chair, "Again"),
        lambda: judging.rounds.change_rules(closed.chair, view.rules, "Late"),
        lambda: judging.sheets.save_draft(closed.judges[0], "KR-27", "plan", 1),
        lambda: judging.sessions.issue_code(closed.chair, "A seventh"),
    ):
        with pytest.raises(JudgingRefused):
            change()


def test_the_digest_of_a_result_does_not_depend_on_who_reads_it(closed):
    judging = closed.judging
    digests = {
        judging.results.result(who, closed.round_id).digest
        for who in (DESK, closed.chair, *closed.judges)
    }
    assert len(digests) == 1


# ---- Log


def test_the_export_is_followed_without_the_ledger(closed):
    for who in (DESK, closed.chair, closed.judges[0]):
        exported = closed.judging.results.export_log(who, closed.round_id)
        assert (
            verify_export(exported)
            == verify_round(closed.judging.streams, closed.round_id).log.digest
        )


@pytest.mark.parametrize("change", ["points", "order", "gap", "content", "text"])
def test_a_changed_export_is_found(closed, change):
    lines = closed.judging.results.export_log(closed.chair).decode().splitlines(keepends=True)
    place = next(n for n, line in enumerate(lines) if '"kind": "drafted"' in line)
    if change == "points":
        entry = json.loads(lines[place])
        entry["content"]["points"] = "40.0"
        lines[place] = json.dumps(entry) + "\n"
    elif change == "order":
        lines[place], lines[place + 1] = lines[place + 1], lines[place]
    elif change == "gap":
        del lines[place]
    elif change == "content":
        entry = json.loads(lines[place])
        entry["content_digest"] = "0" * 64
        lines[place] = json.dumps(entry) + "\n"
    else:
        lines[place] = "not JSON\n"
    with pytest.raises(LedgerBroken, match=f"Line {place + 1} "):
        verify_export("".join(lines).encode())


def tamper(settings, sql):
    with closing(sqlite3.connect(settings.ledger)) as connection:
        connection.execute("DROP TRIGGER entry_is_never_changed")
        connection.execute(sql)
        connection.commit()


def test_a_score_changed_in_the_file_is_found(closed, settings):
    verify_round(closed.judging.streams, closed.round_id)
    tamper(
        settings,
        "UPDATE entry SET content = replace(content, '\"26.0\"', '\"36.0\"') "
        "WHERE kind = 'drafted'",
    )
    with pytest.raises(LedgerBroken):
        verify_round(closed.judging.streams, closed.round_id)


def test_a_log_of_another_ledger_put_in_its_place_is_read_anew(room, settings, tmp_path):
    # A restored backup: what was folded before must not go on in memory.
    judging = room.judging
    judging.sheets.save_draft(room.judges[0], "KR-27", "plan", 30)
    backup = tmp_path / "backup.sqlite"
    with (
        closing(sqlite3.connect(settings.ledger)) as source,
        closing(sqlite3.connect(backup)) as target,
    ):
        source.backup(target)
    judging.sheets.save_draft(room.judges[0], "KR-27", "plan", 31)
    with (
        closing(sqlite3.connect(backup)) as source,
        closing(sqlite3.connect(settings.ledger)) as target,
    ):
        source.backup(target)
    assert judging.sheets.sheet(room.judges[0], "KR-27").cells[0].points == 30
    assert verify_round(Judging(settings).streams, room.round_id) == verify_round(
        judging.streams, room.round_id
    )


def test_a_log_chained_anew_with_another_score_does_not_give_the_result_signed(
    closed, settings, tmp_path
):
    # Whoever administers the server could compute the whole chain again: what was signed tells.
    closed.judging.results.sign_off(closed.chair, "All applicants waived it in writing")
    stream = f"panel/{closed.round_id}"
    forged = Settings(workspace=tmp_path / "forged")
    for entry in Ledger(settings).entries(stream):
        content = dict(entry.content)
        if (entry.kind, content.get("points")) == ("drafted", "26.0"):
            content["points"] = "36.0"
        Ledger(forged).append(stream, entry.kind, entry.actor, content)
    Ledger(forged).verify(stream)  # as a chain it holds
    with pytest.raises(LedgerBroken, match="result signed"):
        verify_round(Judging(forged).streams, closed.round_id)
