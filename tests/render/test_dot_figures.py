"""Dots on screen: they keep apart, what is in doubt is hollow, axes of days and numbers."""

from itertools import pairwise

import pytest

from dashboard.content.document import Cell, Dot, DotChart
from dashboard.i18n import use_language
from dashboard.render.dot_layout import lay_out
from dashboard.render.screen.figure_parts import SUBJECT
from dashboard.render.screen.figures import plotly_figure
from dashboard.text_metrics import SCREEN, text_width
from tests.render.figure_blocks import days

pytestmark = pytest.mark.usefixtures("english")


def test_a_dot_of_doubt_is_hollow_and_what_lasts_has_a_line_to_its_last_day():
    figure = plotly_figure(
        days(
            Dot("Congress", "2019-05-02", "KIMES", Cell("", None, "settled"), True),
            Dot("Fair", "2019", "Fair of 2019", Cell("3", 3, "contested"), end="2020"),
        )
    )
    other, mine = figure.data
    assert (mine.x, mine.marker.color) == (("2019-05-02",), (SUBJECT,))
    assert (other.x, other.marker.color) == (("2019-01-01",), ("rgba(0,0,0,0)",))
    assert mine.customdata[0][0] == "KIMES (settled)"
    assert other.customdata[0][0] == "Fair of 2019: 3 (contested)"
    (line,) = [shape for shape in figure.layout.shapes if shape.x0 == "2019-01-01"]
    # A year as an end is its last day.
    assert line.x1 == "2020-12-31"


def test_dots_of_one_day_stand_below_each_other_and_lanes_in_their_order():
    same = [Dot("Fair", "2019-05-02", name, Cell("")) for name in "abc"]
    figure = plotly_figure(days(Dot("Congress", "2019-05-02", "d", Cell("")), *same))
    (trace,) = figure.data
    heights = dict(zip([told[0] for told in trace.customdata], trace.y, strict=True))
    assert heights["d"] < heights["a"] < heights["b"] < heights["c"]
    # Rows are 0.55 apart; the name of the second lane takes its part of a row.
    apart = heights["b"] - heights["a"], heights["c"] - heights["b"]
    assert apart == pytest.approx((0.55, 0.55))
    assert heights["a"] - heights["d"] > 0.56


def test_no_two_dots_of_a_lane_lie_on_each_other_whatever_their_texts():
    block = DotChart(
        "Many",
        "Score",
        ("A",),
        tuple(Dot("A", n * 0.01, f"n{n}", Cell("12,345 persons", n)) for n in range(60)),
        "In words",
    )
    laid = lay_out(block, 500, 8)
    scale = 500 / (laid.high - laid.low)
    rows = {}
    for one in laid.dots:
        rows.setdefault(one.row, []).append((one.start - laid.low) * scale)
    # 14 letters of 8 points, at least 0.38 em each, are wider than 40 points.
    for places in rows.values():
        assert all(b - a > 40 for a, b in pairwise(sorted(places)) if b < 500 * 0.6)


@pytest.mark.parametrize(
    ("first", "last", "ticks"),
    [
        ("2009-03-01", "2026-02-01", ["2010", "2013", "2016", "2019", "2022", "2025"]),
        ("2019-01-10", "2019-02-20", ["Jan 2019", "Feb 2019", "Mar 2019"]),
        ("2019-01-10", "2019-01-10", ["Jan 2019"]),
    ],
)
def test_the_axis_of_days_names_years_or_months(first, last, ticks):
    laid = lay_out(
        days(Dot("Fair", first, "a", Cell("")), Dot("Fair", last, "b", Cell(""))), 500, 8
    )
    texts = [text for _at, text in laid.ticks]
    assert texts[: len(ticks)] == ticks


def test_an_axis_of_years_as_numbers_has_no_thousands():
    dots = (Dot("A", 2016, "a", Cell("")), Dot("A", 2020, "b", Cell("")))
    block = DotChart("T", "Year", ("A",), dots, "x")
    assert [text for _at, text in lay_out(block, 500, 8).ticks] == ["2016", "2018", "2020"]


def test_what_has_a_year_alone_is_not_placed_in_a_month():
    """A grant of 2019 stands on 1 January; the axis said “Jan 2019”, as if of that month."""
    (tick,) = lay_out(days(Dot("Grants", "2019", "a", Cell(""))), 500, 8).ticks
    assert tick[1] == "2019"


def test_days_and_numbers_on_one_axis_are_refused():
    with pytest.raises(ValueError, match="one axis"):
        lay_out(days(Dot("Fair", "2019", "a", Cell("")), Dot("Fair", 3, "b", Cell(""))), 500, 8)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_months_of_a_timeline_leave_each_other_room_on_a_telephone(language):
    use_language(language)
    block = days(
        *(Dot("Fair", f"2019-{month:02}-03", f"{month}", Cell("")) for month in range(1, 13))
    )
    laid = lay_out(block, 326, 15)
    scale = 326 / (laid.high - laid.low)
    assert len(laid.ticks) > 2
    for at, text in laid.ticks:
        half = text_width(text, 15, SCREEN) / 2
        assert half <= (at - laid.low) * scale <= 326 - half
    for (left, one), (right, other) in pairwise(laid.ticks):
        apart = (right - left) * scale
        assert apart >= (text_width(one, 15, SCREEN) + text_width(other, 15, SCREEN)) / 2 + 4
