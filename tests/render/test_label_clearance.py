"""Words beside the points of a line lie on no line, no mark and no other word."""

import pytest

from dashboard.content.compose import draft
from dashboard.content.document import ChartBlock
from dashboard.render.bar_layout import is_native
from dashboard.render.label_clearance import Area, Plot, around
from dashboard.render.slide_line_labels import line_labels

BOX = Area(10, 10, 30, 20)


@pytest.mark.parametrize(
    ("start", "end", "is_crossed"),
    [
        ((0, 0), (40, 30), True),  # the diagonal passes at (20, 15)
        ((0, 15), (40, 15), True),
        ((20, 0), (20, 40), True),
        ((0, 25), (40, 25), False),
        ((0, 0), (9, 15), False),
        ((0, 30), (8, 0), False),
        ((0, 20), (40, 60), False),
        ((12, 12), (14, 14), True),  # within it
    ],
)
def test_a_line_crosses_a_rectangle_or_passes_it(start, end, is_crossed):
    assert BOX.is_crossed(start, end) is is_crossed


def sides(half, apart=4):
    return lambda place: around(half, 8, apart).items()


def test_a_label_stands_where_the_line_does_not_go():
    """A steep line up to the right crosses what is above and below its middle point."""
    plot = Plot(20, 1, [[10, 60, 110]])
    assert plot.placed([1], [], [10, 60, 110], sides(15)) == {1: "tl"}
    level = Plot(40, 1, [[50, 50, 50]])
    assert level.placed([1], [], [50, 50, 50], sides(15)) == {1: "t"}


def test_no_label_stands_under_the_floor():
    """Eight points high and four below its point: below needs twelve above the floor."""
    high, low = Plot(40, 1, [[13]]), Plot(40, 1, [[11]])
    below = lambda place: [("b", around(10, 8, 4)["b"])]  # noqa: E731
    assert high.placed([0], [], [13], below) == {0: "b"}
    assert low.placed([0], [0], [11], below) == {}


def test_of_two_that_meet_the_first_stays_and_an_urgent_one_may_lie_on_a_line():
    plot = Plot(10, 1, [[50, 50]])
    above = lambda place: [("t", around(15, 8, 4)["t"])]  # noqa: E731
    assert plot.placed([0, 1], [], [50, 50], above) == {0: "t"}
    crossed = Plot(40, 1, [[50, 50], [60, 60]])
    assert crossed.placed([0], [], [50, 50], above) == {}
    assert crossed.placed([0], [0], [50, 50], above) == {0: "t"}


REGIONS = ("KR-11", "KR-26", "KR-27", "KR-28", "KR-30", "KR-45", "KR-49")


@pytest.mark.parametrize("region", REGIONS)
def test_values_on_slides_stand_clear_of_every_line(shipped_record, region):
    """Those that say most may lie on one: first, last, greatest, least and that of the view."""
    asked = {"region": region, "year": 2019, "pages": ("patients", "compare")}
    blocks = draft(shipped_record, "deck", asked, "en").blocks
    charts = [one for one in blocks if isinstance(one, ChartBlock) and one.kind != "bar"]
    assert charts
    for chart in charts:
        if not is_native(chart):
            continue
        labels = line_labels(chart, "#,##0", 880, 300)
        for series in chart.series:
            if series.is_subject:
                known = [at for at, cell in enumerate(series.cells) if cell.value is not None]
                assert {known[0], known[-1]} <= labels[series.name].keys()
