"""Deadlines for objections, in Korean days, and who may object."""

from datetime import date

import pytest

from dashboard.access import DESK, Identity, Role
from dashboard.errors import AccessDenied, JudgingRefused, UsageError
from dashboard.judging.objecting import Letter
from dashboard.judging.rules_text import rules_json
from dashboard.judging.streams import panel_stream
from dashboard.judging.views import Phase
from tests.judging.closed_round import D1, ROUND, city


def test_an_objection_can_be_handed_in_to_the_end_of_the_last_korean_day(closed, clock):
    results = closed.judging.results
    # Closed on the 7th in Korea; seven days after it: the end of the 14th, 15:00 UTC.
    until = results.result(closed.chair).round.objections_until
    assert until == "2019-01-14T15:00:00.000+00:00"
    clock.wait(days=7, hours=5, minutes=59, seconds=59)  # 23:59:59 in Korea
    found = results.object(city("KR-28"), "KR-28", "Nobody came")
    # Handed in on the 14th in Korea; seven days after it: the end of the 21st.
    assert found.answer_due == "2019-01-21T15:00:00.000+00:00"
    clock.wait(seconds=1)
    with pytest.raises(JudgingRefused, match=r"Jan 14, 2019 24:00 KST"):
        results.object(city("KR-28"), "KR-28", "Too late")


def test_a_day_in_korea_is_not_one_of_utc(make_closed, clock):
    clock.wait(hours=6)  # 15:00 UTC is midnight in Korea: closed on the 8th there
    room = make_closed({"KR-27": [(30, 50)]})
    until = room.judging.results.result(room.chair).round.objections_until
    assert until == "2019-01-15T15:00:00.000+00:00"


def test_a_log_without_a_written_deadline_keeps_its_days_of_24_hours(judging, rules, settings):
    for kind, content in (
        ("created", {"rules": rules_json(rules), "chair": "Kim"}),
        ("sealed", {}),
        ("scoring_opened", {}),
        ("closed", {"reason": ""}),
        ("objected", {"objection_id": "o1", "applicant": "KR-27", "text": "Old"}),
    ):
        judging.streams.ledger.append(panel_stream(ROUND), kind, "chair", content)
    view = judging.rounds.one(ROUND)
    assert view.objections_until == "2019-01-14T09:00:00.000+00:00"
    chair = Identity("Kim", Role.CHAIR, ROUND)
    (old,) = judging.results.objections(chair)
    assert (old.answer_due, old.handed_in_by) == ("2019-01-14T09:00:00.000+00:00", "chair")


def test_a_letter_counts_on_the_day_on_which_it_was_received(closed, clock):
    results = closed.judging.results
    clock.wait(days=8)  # the 15th: the deadline is over
    for wrong in (
        None,
        Letter("City hall", date(2019, 1, 6)),
        Letter("City hall", date(2020, 1, 1)),
    ):
        with pytest.raises(JudgingRefused):
            results.object(closed.chair, "KR-27", "By letter", letter=wrong)
    with pytest.raises(JudgingRefused):
        results.object(closed.chair, "KR-27", "By letter", letter=Letter(" ", date(2019, 1, 14)))
    with pytest.raises(JudgingRefused, match="over"):
        results.object(closed.chair, "KR-27", "By letter", letter=Letter("City", date(2019, 1, 15)))
    found = results.object(
        closed.chair, "KR-27", "By letter", letter=Letter("City hall", date(2019, 1, 14))
    )
    assert (found.letter_from, found.letter_on) == ("City hall", "2019-01-14")
    # It is answered within seven days of the day on which it was recorded.
    assert found.answer_due == "2019-01-22T15:00:00.000+00:00"


def test_an_applicant_objects_for_the_own_region_only(closed, room):
    with pytest.raises(JudgingRefused):  # scoring is open in the other round
        room.judging.results.object(room.contact("KR-27"), "KR-27", "Early")
    with pytest.raises(UsageError):
        closed.judging.results.object(
            closed.chair, "KR-11", "Who", letter=Letter("City hall", date(2019, 1, 7))
        )
    with pytest.raises(AccessDenied, match="Incheon"):
        closed.judging.results.object(city("KR-28"), "KR-27", "Another's")
    with pytest.raises(AccessDenied):
        closed.judging.results.object(DESK, "KR-27", "An official", ROUND)
    with pytest.raises(AccessDenied):
        closed.judging.results.object(city("KR-26"), "KR-27", "For the neighbour")
    for who in (D1, *closed.judges):
        with pytest.raises(AccessDenied):
            closed.judging.results.object(who, "KR-27", "Not mine")


def test_a_round_without_days_for_objections_takes_none(make_closed):
    room = make_closed({"KR-27": [(30, 50)]}, objection_days=0)
    with pytest.raises(JudgingRefused, match="over"):
        room.judging.results.object(city("KR-27"), "KR-27", "At once")
    assert room.judging.results.sign_off(room.chair).phase is Phase.SIGNED_OFF
