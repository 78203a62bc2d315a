"""The timeline shows every dated event once, where it can be seen, and says what it leaves out."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from dashboard.charts.event_timeline import event_timeline
from dashboard.i18n import use_language


@pytest.fixture(autouse=True)
def _english():
    use_language("en")
    yield
    use_language("ko")


def event(number, start, end=None, event_type="briefing", status="held"):
    return {
        "event_id": f"XX-{number}",
        "event_type": event_type,
        "title": f"Event {number}",
        "event_status": status,
        "start_on": start,
        "end_on": end or start,
        "earliest_on": start,
        "latest_on": end or start,
        "city": "Yakutsk",
        "country": "RU",
        "year": int(start[:4]) if start else None,
    }


def test_a_review_of_the_ministry_is_counted_apart_from_held_events():
    """Of three events that took place one is a review: two are held, as everywhere else."""
    chart = event_timeline(
        [
            event(1, "2019-01-10", event_type="onsite_review"),
            event(2, "2019-05-01"),
            event(3, "2019-06-01"),
        ]
    )
    named = [trace.name for trace in chart.figure.data if trace.mode == "markers"]
    assert named == ["held 2, Onsite review 1"]


def points(chart):
    """Event → (day, height) of its point."""
    return {
        data[0]: (day, height)
        for trace in chart.figure.data
        if trace.mode == "markers"
        for data, day, height in zip(trace.customdata, trace.x, trace.y, strict=True)
    }


def test_no_two_points_cover_each_other():
    draw = Random(2016)
    first = date(2009, 1, 1)
    rows = []
    for number in range(120):
        start = first + timedelta(days=draw.randrange(6000))
        end = start + timedelta(days=draw.choice([0, 3, 30, 364]))
        kind = draw.choice(["briefing", "expo", "forum"])
        rows.append(event(number, start.isoformat(), end.isoformat(), kind))
    shown = points(event_timeline(rows))
    assert set(shown) == {row["event_id"] for row in rows}
    span = max(row["latest_on"] for row in rows), min(row["earliest_on"] for row in rows)
    closest = 0.015 * (date.fromisoformat(span[0]) - date.fromisoformat(span[1])).days
    placed = sorted((height, day) for day, height in shown.values())
    for (height, day), (other_height, other_day) in pairwise(placed):
        if height == other_height:
            apart = date.fromisoformat(other_day) - date.fromisoformat(day)
            assert apart.days >= closest - 1


def test_a_status_is_named_at_its_mark_and_in_the_legend(told):
    rows = [
        event(1, "2016-01-01"),
        event(2, "2016-05-01", status="planned"),
        event(3, "2016-09-01", status="unknown"),
    ]
    chart = event_timeline(rows)
    traces = [trace for trace in chart.figure.data if trace.mode == "markers"]
    names = ["held", "announced, outcome not known", "not known whether held"]
    assert [trace.name for trace in traces] == [f"{name} 1" for name in names]  # how many
    assert [told(trace)[0].rpartition(" · ")[2] for trace in traces] == names
    assert len({trace.marker.symbol for trace in traces}) == 3  # not by colour alone


@pytest.mark.parametrize(
    ("rows", "finding"),
    [
        ([], "The record has no such event"),
        ([event(1, "2016-01-01")], "2016: 1 event"),
        ([event(1, None)], "1 event, its date unknown"),
        (
            [
                event(n, day)
                for n, day in enumerate(["2016-01-01", "2018-01-01", "2018-02-01", None])
            ],
            "3 recorded events from 2016 to 2018, the most in 2018 (2); 1 more of unknown date",
        ),
    ],
)
def test_the_finding_counts_what_it_leaves_out(rows, finding):
    chart = event_timeline(rows)
    assert chart.title == finding
    assert chart.alt.startswith(finding)
