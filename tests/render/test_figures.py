"""Charts of lines on screen: gaps, hollow marks, years as years, direct labels."""

from dataclasses import replace
from itertools import pairwise

import pytest

from dashboard.content.document import Cell, ChartBlock, Dot, Era, Series
from dashboard.render.chart_design import remarks
from dashboard.render.screen.figure_parts import OTHER, SUBJECT
from dashboard.render.screen.figures import plotly_figure
from dashboard.text_metrics import SCREEN, SCREEN_BOLD, text_width
from tests.render.figure_blocks import bar_chart, cell, days, lines

pytestmark = pytest.mark.usefixtures("english")


def test_a_year_without_figure_is_a_gap_and_every_point_says_what_it_rests_on():
    mine = Series("Daegu", (cell(10), cell(None, "no data"), cell(30, "contested")), True)
    chart = plotly_figure(lines(mine))
    (trace,) = chart.data
    assert trace.x == (2018, 2019, 2020)
    assert trace.y == (10, None, 30)
    assert trace.connectgaps is False
    # What the pointer is told: the year, and these words.
    assert trace.hovertemplate == "%{x}: %{customdata[0]}"
    assert [said for said, _number in trace.customdata] == [
        "10 persons (settled)",
        "no data (no data)",
        "30 persons (contested)",
    ]
    assert trace.marker.symbol[2] != trace.marker.symbol[0]


def test_the_subject_lies_on_top_in_the_accent_and_others_are_told_apart_by_their_dash():
    same = (cell(10), cell(20), cell(30))
    chart = plotly_figure(
        lines(Series("Daegu", same, True), Series("Busan", same), Series("Seoul", same))
    )
    *others, mine = chart.data
    assert mine.name == "Daegu"
    assert mine.line.color == SUBJECT
    assert {trace.line.color for trace in others} == {OTHER}
    assert len({trace.line.dash for trace in others}) == 2


def test_names_of_lines_that_end_together_stand_apart():
    same = (cell(10), cell(20), cell(30))
    chart = plotly_figure(lines(Series("Daegu", same, True), Series("Busan", same)))
    names = [note for note in chart.layout.annotations if note.text in ("Daegu", "Busan")]
    shifts = sorted(note.yshift for note in names)
    # Letters of 15 pixels need lines of 19.5.
    assert shifts[1] - shifts[0] >= 19


def test_names_of_lines_that_end_in_other_years_stay_at_their_lines():
    """Jeju ends a year before Daegu at the same height: neither is in the way of the other."""
    ended = (cell(10), cell(30), Cell(""))
    chart = plotly_figure(
        lines(Series("Daegu", (cell(10), cell(20), cell(30)), True), Series("Jeju", ended))
    )
    names = {note.text: note for note in chart.layout.annotations}
    assert (names["Daegu"].yshift, names["Jeju"].yshift) == (0, 0)
    assert names["Daegu"].x != names["Jeju"].x


def test_ranks_stand_first_on_top_with_every_rank_of_the_subject_beside_its_point():
    mine = (cell(2), cell(4, "contested"), cell(None, "no data"))
    block = ChartBlock(
        "rank",
        "A finding",
        "",
        ("2018", "2019", "2020"),
        (Series("Daegu", mine, True), Series("Busan", (cell(1), cell(1), cell(2)))),
        "In words",
        chosen="2019",
    )
    figure = plotly_figure(block)
    low, high = figure.layout.yaxis.range
    assert low > 4 > 1 > high
    assert list(figure.layout.yaxis.tickvals) == [1, 2, 3, 4]
    shown = [(note.x, note.text) for note in figure.layout.annotations if note.text != "Busan"]
    assert shown[:2] == [(2018, "2"), (2019, "4 ◆")]
    (mark,) = figure.layout.shapes
    assert (mark.x0, mark.x1) == (2019, 2019)


def test_a_range_of_places_is_a_bar_from_the_best_to_the_worst_with_its_text():
    places = (Cell("5–7", None, "derived", span=(5, 7)), cell(3))
    block = ChartBlock(
        "rank",
        "A finding",
        "",
        ("2018", "2019"),
        (Series("Daegu", places, True), Series("Busan", (cell(4), cell(5)))),
        "In words",
    )
    figure = plotly_figure(block)
    (bar,) = figure.layout.shapes
    assert (bar.x0, bar.x1, bar.y0, bar.y1) == (2018, 2018, 5, 7)
    assert figure.layout.yaxis.range[0] > 7
    assert "5–7" in [note.text for note in figure.layout.annotations]
    # Programs that draw no such bar say it below.
    assert "Several are possible: 2018 5–7" in remarks(block)


def test_each_of_few_years_stands_on_the_axis_once():
    figure = plotly_figure(lines(Series("Daegu", (cell(1), cell(2), cell(3)), True)))
    assert list(figure.layout.xaxis.tickvals) == [2018, 2019, 2020]


def test_a_telephone_has_room_for_the_years_that_are_named():
    """Eight years in steps of two, from the last; sixteen in steps of four."""
    series = Series("Daegu", tuple(cell(value) for value in range(1, 9)), True)
    years = tuple(map(str, range(2012, 2020)))
    block = ChartBlock("line", "A finding", "persons", years, (series,), "In words")
    axis = plotly_figure(block).layout.xaxis
    assert list(axis.tickvals) == [2013, 2015, 2017, 2019]
    # The chosen year is named in bold, and takes the place of its neighbours.
    axis = plotly_figure(replace(block, chosen="2016")).layout.xaxis
    assert list(axis.ticktext) == ["2013", "<b>2016</b>", "2019"]


def test_the_unit_stands_once_and_level_on_top_of_the_axis():
    figure = plotly_figure(lines(Series("Daegu", (cell(1), cell(2), cell(3)), True)))
    (unit,) = (note for note in figure.layout.annotations if note.text == "persons")
    assert (unit.textangle or 0, unit.y, unit.yanchor) == (0, 1, "bottom")
    assert figure.layout.yaxis.title.text is None


def test_years_with_a_name_are_shaded_as_far_as_they_are_shown():
    """Of 2020 to 2022 the chart shows 2020: from half a year before to half a year after."""
    block = lines(Series("Daegu", (cell(1), cell(2), cell(3)), True))
    figure = plotly_figure(replace(block, eras=(Era(2020, 2022, "COVID-19"),)))
    (shade,) = (shape for shape in figure.layout.shapes if shape.type == "rect")
    assert (shade.x0, shade.x1, shade.layer) == (2019.5, 2020.5, "below")
    assert "COVID-19" in [note.text for note in figure.layout.annotations]
    assert "COVID-19: 2020" in remarks(replace(block, eras=(Era(2020, 2022, "COVID-19"),)))
    assert not plotly_figure(replace(block, eras=(Era(1997, 1998, "IMF"),))).layout.shapes


def test_the_value_of_the_chosen_year_is_written_beside_its_larger_point():
    block = lines(Series("Daegu", (cell(5), cell(2), cell(3)), True))
    figure = plotly_figure(replace(block, chosen="2019"))
    said = {(note.x, note.text) for note in figure.layout.annotations}
    assert {(2018, "5"), (2019, "2"), (2020, "3")} <= said
    before, chosen, after = figure.data[0].marker.size
    assert before == after < chosen


def test_the_buttons_of_a_chart_have_room_above_its_data():
    for block in (
        lines(Series("Daegu", (cell(1), cell(2), cell(3)), True)),
        bar_chart(Series("2019", (cell(5), cell(3)))),
        days(Dot("Fair", "2019-05-01", "Opening", Cell(""))),
    ):
        # A button of Plotly is 20 pixels high and stands below 2 pixels of padding.
        assert plotly_figure(block).layout.margin.t >= 24


def test_long_names_of_lines_stand_above_the_plot_and_leave_it_its_width():
    """Beside the plot such a name took 250 of the 326 pixels of a telephone."""
    dates = ("Feb 9, 2017", "Jan 30, 2018", "Mar 8, 2018", "Jul 22, 2019", "Dec 31, 2019 (planned)")
    long_name = "opened by then, as far as the record can name"
    figure = plotly_figure(
        ChartBlock(
            "line",
            "A finding",
            "centres",
            dates,
            (
                Series("stated total", tuple(map(cell, (16, 15, 16, 20, 25))), True),
                Series(long_name, tuple(map(cell, (15, 18, 19, 22, 24)))),
            ),
            "In words",
        )
    )
    # 12 and half of a value: two digits of 15 pixels and what marks it.
    assert figure.layout.margin.r == 40
    assert long_name not in {note.text for note in figure.layout.annotations}
    named = {trace.name.replace("<br>", " "): trace.legendrank for trace in figure.data}
    assert named == {"stated total": 0, long_name: 1}
    assert all(
        text_width(line, 15, SCREEN_BOLD) < 326
        for trace in figure.data
        for line in trace.name.split("<br>")
    )
    # The unit stands over the key, which moves with what is above it.
    assert figure.layout.legend.title.text == "centres"
    # The first line of the key, 1.4 of 15 pixels for it and for each of its others, and the tools.
    lines = sum(len(trace.name.split("<br>")) for trace in figure.data)
    assert figure.layout.margin.t == round(30 + 15 * 1.4 * lines)


def test_dates_below_a_line_leave_each_other_room_on_a_telephone():
    """Of 326 pixels 60 are the axis and 40 the right margin; five dates are 56.5 pixels apart."""
    dates = ("2017. 2. 9.", "2018. 1. 30.", "2018. 3. 8.", "2019. 7. 22.", "2019. 12. 31. (plan)")
    values = tuple(cell(number) for number in range(5))
    figure = plotly_figure(
        ChartBlock("line", "A finding", "", dates, (Series("Daegu", values, True),), "In words")
    )
    axis = figure.layout.xaxis
    assert axis.tickvals == dates
    assert axis.ticktext[0] == "2017.<br>2. 9."
    widths = [
        max(text_width(one, 15, SCREEN) for one in said.split("<br>")) for said in axis.ticktext
    ]
    assert all(left + right < 2 * 56.5 for left, right in pairwise(widths))


def test_the_last_value_of_a_line_that_falls_stands_under_its_point():
    """Above it comes the line down from the point before."""
    falling = Series("Daegu", (cell(10), cell(30), cell(25)), True)
    rising = Series("Daegu", (cell(10), cell(20), cell(25)), True)
    under, over = (
        next(note for note in plotly_figure(lines(one)).layout.annotations if note.text == "25")
        for one in (falling, rising)
    )
    assert under.yshift == -over.yshift < 0
