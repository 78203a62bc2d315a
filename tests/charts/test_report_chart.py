"""Charts of reports on screen: gaps, hollow marks, years as years, direct labels."""

from dashboard.charts.chart import OTHER, SUBJECT
from dashboard.charts.report_chart import report_chart
from dashboard.content.document import Cell, ChartBlock, Series


def cell(value, evidence="settled"):
    return Cell("no data" if value is None else f"{value} persons", value, evidence)


def lines(*series):
    return ChartBlock("line", "A finding", "persons", ("2018", "2019", "2020"), series, "In words")


def test_a_year_without_figure_is_a_gap_and_every_point_says_what_it_rests_on(told):
    mine = Series("Daegu", (cell(10), cell(None, "no data"), cell(30, "contested")), True)
    chart = report_chart(lines(mine))
    (trace,) = chart.figure.data
    assert trace.x == (2018, 2019, 2020)
    assert trace.y == (10, None, 30)
    assert trace.connectgaps is False
    assert told(trace) == [
        "2018: 10 persons (settled)",
        "2019: no data (no data)",
        "2020: 30 persons (contested)",
    ]
    assert trace.marker.symbol[2] != trace.marker.symbol[0]
    assert chart.alt == "In words"


def test_the_subject_lies_on_top_in_the_accent_and_others_are_told_apart_by_their_dash():
    same = (cell(10), cell(20), cell(30))
    chart = report_chart(
        lines(Series("Daegu", same, True), Series("Busan", same), Series("Seoul", same))
    )
    *others, mine = chart.figure.data
    assert mine.name == "Daegu"
    assert mine.line.color == SUBJECT
    assert {trace.line.color for trace in others} == {OTHER}
    assert len({trace.line.dash for trace in others}) == 2


def test_names_of_lines_that_end_together_stand_apart():
    same = (cell(10), cell(20), cell(30))
    chart = report_chart(lines(Series("Daegu", same, True), Series("Busan", same)))
    names = [note for note in chart.figure.layout.annotations if note.text in ("Daegu", "Busan")]
    shifts = sorted(note.yshift for note in names)
    # Letters of 15 pixels need lines of 19.5.
    assert shifts[1] - shifts[0] >= 19


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
    figure = report_chart(block).figure
    mine, others = figure.data
    assert list(figure.layout.yaxis.ticktext) == ["1 Seoul", "2 Daegu"]
    assert figure.layout.yaxis.range == (1.5, -0.5)
    assert (mine.y, mine.text, mine.marker.color) == ((1,), ("5 persons ◆",), ("rgba(0,0,0,0)",))
    assert (others.y, others.text, others.marker.color) == ((0,), ("9 persons",), (OTHER,))
    # The axis leaves room for the value after the longest bar.
    assert figure.layout.xaxis.range[1] > 9
