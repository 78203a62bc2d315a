"""What the log of access says of rounds to those who read it and are of no round."""

from datetime import timedelta

import pytest

from dashboard.access import DESK, Identity, Role
from dashboard.content.access_lines import facts_text
from dashboard.identity.access_log import AccessLog, Filter, exported
from dashboard.judging.streams import panel_stream, sign_in_stream
from dashboard.store.answer import Build
from dashboard.store.editions import Editions

AUDITOR = Identity("Oh", Role.AUDITOR, account="oh@mohw.go.kr")
ADMINISTRATOR = Identity("Choi", Role.ADMINISTRATOR, account="choi@mohw.go.kr")
KNOWN_BEFORE = {"created", "rules_changed", "sealed", "scoring_opened"}


@pytest.fixture
def log(settings, judging, clock):
    return AccessLog(settings, judging.for_others, clock)


@pytest.mark.parametrize("reader", [AUDITOR, ADMINISTRATOR, DESK])
def test_while_scoring_is_open_nobody_else_learns_who_scored_whom_or_how_far(log, room, reader):
    room.rate({"KR-27": [(30, 50), (26, 38)]})
    stream = panel_stream(room.round_id)
    lines = log.lines(reader, Filter(stream=stream))
    assert {line.kind for line in lines} <= KNOWN_BEFORE
    assert log.count(reader, Filter(stream=stream)) == len(lines)
    assert log.closed(reader) == [stream]
    assert "j1" not in exported(lines).decode()


def test_sheets_that_a_judge_saved_tell_nobody_else_that_they_are_done(
    log, judging, settings, closed_at, clock
):
    room, close = closed_at
    judge = room.judges[0]
    asked = {"round": room.round_id, "judge": "j1", "matter": "0" * 64}
    build = Build("b" * 12, 1, "2019-01-07T00:00:00+00:00")
    Editions(settings).freeze("sheets", asked, "en", judge.name, build, identity=judge)
    said = f"judge=j1 round={room.round_id}"
    log.note(
        "downloaded", judge, report="sheets", parameters=said, format="pdf", round=room.round_id
    )
    log.note("downloaded", judge, report="kpi", format="pdf", round=room.round_id)

    def of_sheets(reader):
        return [line.kind for line in log.lines(reader) if line.facts.get("report") == "sheets"]

    for reader in (AUDITOR, ADMINISTRATOR, DESK):
        assert of_sheets(reader) == []
        assert [line.facts["report"] for line in log.lines(reader, Filter(stream="access"))] == [
            "kpi"
        ]
        assert log.count(reader, Filter(stream="editions")) == 0
    close()
    assert len(of_sheets(DESK)) == 2
    assert of_sheets(AUDITOR) == []
    clock.now += timedelta(days=30)
    judging.results.sign_off(room.chair)
    assert len(of_sheets(AUDITOR)) == 2


@pytest.fixture
def closed_at(room, judging):
    """A round in which all is scored, and what closes it."""
    room.rate(
        {"KR-27": [(30, 50), (26, 38)], "KR-26": [(20, 40), (21, 33)], "KR-28": [(9, 30), (8, 20)]}
    )
    return room, lambda: judging.rounds.close(room.chair)


def test_signing_in_to_a_round_is_in_it_without_codes_or_tokens(log, room):
    lines = log.lines(AUDITOR, Filter(stream=sign_in_stream(room.round_id)))
    assert {"signed_in", "code_issued"} <= {line.kind for line in lines}
    assert {name for line in lines for name in line.facts} <= {"holder", "role"}


@pytest.mark.parametrize("reader", [AUDITOR, ADMINISTRATOR])
def test_after_closing_auditor_and_administrator_wait_until_the_result_is_signed(
    log, judging, closed, clock, reader
):
    stream = panel_stream(closed.round_id)
    assert {line.kind for line in log.lines(reader, Filter(stream=stream))} <= {
        *KNOWN_BEFORE,
        "closed",
    }
    assert "submitted" in {line.kind for line in log.lines(DESK, Filter(stream=stream))}
    clock.now += timedelta(days=30)
    judging.results.sign_off(closed.chair)
    lines = log.lines(reader, Filter(stream=stream))
    submitted = [line for line in lines if line.kind == "submitted"]
    assert submitted
    # As in the log of the round itself: that somebody scored, not whom nor how.
    assert {facts_text(line) for line in submitted} == {"withheld"}
    assert {line.kind for line in lines if line.kind == "drafted" and line.facts} == set()
    assert log.closed(reader) == []
