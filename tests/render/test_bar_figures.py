"""Bars on screen: their order, stripes, steps of a waterfall, texts that fit a telephone."""

from dataclasses import replace

import pytest

from dashboard.content.document import Cell, ChartBlock, Series
from dashboard.render.screen.figure_parts import NARROW, OTHER
from dashboard.render.screen.figures import plotly_figure
from dashboard.text_metrics import SCREEN, text_width
from tests.render.figure_blocks import bar_chart, cell

pytestmark = pytest.mark.usefixtures("english")


def test_bars_stand_in_their_order_and_doubt_is_said_in_a_sign_too():
    gap = Cell("")
    block = ChartBlock(
        "bar",
        "A finding",
        "persons",
        ("1  Seoul", "2  Daegu"),
        (Series("Mine", (gap, cell(5, "contested")), True), Series("Others", (cell(9), gap))),
        "In words",
    )
    figure = plotly_figure(block)
    mine, others = figure.data
    assert list(figure.layout.yaxis.ticktext) == ["1 Seoul", "2 Daegu"]
    assert figure.layout.yaxis.range == (1.5, -0.5)
    assert (mine.y, mine.text, mine.marker.color) == ((1,), ("5 persons ◆",), ("rgba(0,0,0,0)",))
    assert (others.y, others.text, others.marker.color) == ((0,), ("9 persons",), (OTHER,))
    # The axis leaves room for the value after the longest bar.
    assert figure.layout.xaxis.range[1] > 9


def test_a_waterfall_goes_on_from_the_least_of_a_range():
    """600 + 90 = 690, striped to 710; the next begins at 690 and ends at 690 + 140 = 830."""
    gap = Cell("")
    block = ChartBlock(
        "bar",
        "A finding",
        "persons",
        ("2018", "Vietnam", "Others", "2019"),
        (
            Series("Total", (cell(600), gap, gap, cell(830))),
            Series("Known", (gap, Cell("90 to 110", None, "derived", span=(90, 110)), gap, gap)),
            Series("Others", (gap, gap, cell(140), gap)),
        ),
        "In words",
        is_waterfall=True,
    )
    drawn = [
        (base, base + length, bool(trace.marker.pattern.shape))
        for trace in plotly_figure(block).data
        for base, length in zip(trace.base, trace.x, strict=True)
    ]
    assert sorted(drawn) == [
        (0, 600, False),
        (0, 830, False),
        (600, 690, False),
        (690, 710, True),
        (690, 830, False),
    ]


def test_stripes_begin_where_the_bar_before_them_ends_and_both_texts_stand_at_the_end():
    figure = plotly_figure(
        bar_chart(
            Series("known", (cell(30), cell(20))),
            Series("could be", (cell(12), Cell("")), is_striped=True),
        )
    )
    known, possible = figure.data
    assert (list(possible.base), list(possible.x), list(possible.y)) == ([30], [12], [0])
    assert possible.marker.pattern.shape == "/"
    assert not known.marker.pattern.shape
    assert (list(known.text), list(possible.text)) == (
        ["", "20 persons"],
        ["30 persons · 12 persons"],
    )


def test_bars_of_one_category_stand_beside_each_other_and_negative_ones_left_of_zero():
    figure = plotly_figure(
        bar_chart(Series("2018", (cell(-5), cell(7))), Series("2019", (cell(3), cell(2))))
    )
    first, second = figure.data
    # One below the other: the second begins where the first ends.
    assert second.offset >= first.offset + first.width
    assert figure.layout.xaxis.range[0] < -5
    assert [shape.x0 for shape in figure.layout.shapes] == [0]


def test_long_values_stay_on_a_telephone_since_names_stand_above_the_bars():
    """320 px of a telephone hold neither name and value side by side nor a bar beside them."""
    text = "≈ 10,746 persons (≈ 34.5%)"
    series = Series("2019", (Cell(text, 10_746, "approximate"), cell(1)))
    names = ("Other or unpublished nationalities", "China")
    figure = plotly_figure(ChartBlock("bar", "A finding", "persons", names, (series,), "In words"))
    assert not figure.layout.yaxis.showticklabels
    assert [note.text for note in figure.layout.annotations] == list(names)
    low, high = figure.layout.xaxis.range
    end = NARROW * (10_746 - low) / (high - low)
    assert end + text_width(text, 15, SCREEN) <= NARROW
    # Names of three syllables and short values have room side by side.
    beside = plotly_figure(bar_chart(Series("2019", (cell(5), cell(3)))))
    assert beside.layout.yaxis.showticklabels


def test_names_of_three_lines_do_not_reach_into_each_other():
    names = (f"2013 {'China United States Russia Kazakhstan ' * 3}", "2014 Japan", "2015 Viet Nam")
    series = Series("Share", (cell(10), cell(20), cell(30)))
    figure = plotly_figure(ChartBlock("bar", "A finding", "persons", names, (series,), "In words"))
    lines = max(note.text.count("<br>") + 1 for note in figure.layout.annotations)
    assert lines >= 3
    # A line of letters of 15 pixels is at least 18 pixels high, and the bar stands below them.
    assert figure.layout.height / len(names) >= 18 * lines + 20


def test_a_long_text_at_a_bar_falls_into_lines_that_a_telephone_shows():
    """KRW 16,906 (KRW 300 million ÷ 17,745 persons) was cut behind 'million'."""
    text = "KRW 16,906 (KRW 300 million ÷ 17,745 persons)"
    bars = Series("Daegu", (Cell(text, 16906, "settled"), Cell("KRW 9", 9, "settled")), True)
    block = ChartBlock("bar", "A finding", "", ("2018 Daegu", "2019 Daegu"), (bars,), "In words")
    figure = plotly_figure(block)
    (trace,) = figure.data
    long_text, short = trace.text
    assert long_text.replace("<br>", " ") == text
    assert short == "KRW 9"
    scale = 326 / (figure.layout.xaxis.range[1] - figure.layout.xaxis.range[0])
    for line in long_text.split("<br>"):
        assert trace.x[0] * scale + text_width(line, 15, SCREEN) < 326
    # Two lines of 1.4 times 15 pixels need more height than a bar of 22 has.
    assert (
        figure.layout.height
        > plotly_figure(
            replace(block, series=(replace(bars, cells=(bars.cells[1],) * 2),))
        ).layout.height
    )


def test_a_long_text_parts_before_its_brackets_and_begins_on_the_left():
    long = Cell("at least KRW 1.45 billion (6 awards, 4 with an amount)", 1450)
    figure = plotly_figure(ChartBlock("bar", "", "", ("Daegu",), (Series("", (long,)),), ""))
    said = [note for note in figure.layout.annotations if "awards" in note.text]
    assert [note.text for note in said] == [
        "at least KRW 1.45 billion<br>(6 awards, 4 with an amount)"
    ]
    assert said[0].align == "left"
    assert figure.data[0].textposition == "none"
