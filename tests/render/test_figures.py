"""Charts on screen: gaps, hollow marks, years as years, direct labels, dots that keep apart."""

from dataclasses import replace
from itertools import pairwise

import pytest

from dashboard.content.document import Cell, ChartBlock, Dot, DotChart, Era, Series
from dashboard.i18n import use_language
from dashboard.render.chart_design import remarks
from dashboard.render.dot_layout import lay_out
from dashboard.render.screen.figure_parts import NARROW, OTHER, SUBJECT
from dashboard.render.screen.figures import plotly_figure
from dashboard.text_metrics import SCREEN, SCREEN_BOLD, text_width


@pytest.fixture(autouse=True)
def english():
    use_language("en")
    yield
    use_language(None)


def cell(value, evidence="settled"):
    return Cell("no data" if value is None else f"{value} persons", value, evidence)


def lines(*series):
    return ChartBlock("line", "A finding", "persons", ("2018", "2019", "2020"), series, "In words")


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


def days(*dots):
    return DotChart("Two events", "", ("Congress", "Fair"), dots, "In words")


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


def bar_chart(*series):
    return ChartBlock("bar", "A finding", "", ("Daegu", "Busan"), series, "In words")


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


def test_the_buttons_of_a_chart_have_room_above_its_data():
    for block in (
        lines(Series("Daegu", (cell(1), cell(2), cell(3)), True)),
        bar_chart(Series("2019", (cell(5), cell(3)))),
        days(Dot("Fair", "2019-05-01", "Opening", Cell(""))),
    ):
        # A button of Plotly is 20 pixels high and stands below 2 pixels of padding.
        assert plotly_figure(block).layout.margin.t >= 24


def test_names_of_three_lines_do_not_reach_into_each_other():
    names = (f"2013 {'China United States Russia Kazakhstan ' * 3}", "2014 Japan", "2015 Viet Nam")
    series = Series("Share", (cell(10), cell(20), cell(30)))
    figure = plotly_figure(ChartBlock("bar", "A finding", "persons", names, (series,), "In words"))
    lines = max(note.text.count("<br>") + 1 for note in figure.layout.annotations)
    assert lines >= 3
    # A line of letters of 15 pixels is at least 18 pixels high, and the bar stands below them.
    assert figure.layout.height / len(names) >= 18 * lines + 20


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
    named = figure.layout.xaxis.tickvals
    assert named[-1] == dates[-1]
    assert len(named) > 1
    for left, right in pairwise(named):
        apart = (dates.index(right) - dates.index(left)) * 56.5
        assert apart >= (text_width(left, 15, SCREEN) + text_width(right, 15, SCREEN)) / 2


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
