"""What the log of access says of rounds to those who read it and are of no round."""

from datetime import timedelta

import pytest

from dashboard.access import DESK, Identity, Role
from dashboard.content.access_lines import facts_text
from dashboard.identity.access_log import AccessLog, Filter, exported
from dashboard.judging.streams import panel_stream, sign_in_stream

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
