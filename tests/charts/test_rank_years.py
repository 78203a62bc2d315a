"""Marks and lines of the ranks over the years."""

import pytest

from dashboard.charts.composite import composite_chart
from dashboard.charts.rank_years import rank_years_chart
from dashboard.i18n import use_language

SEOUL, BUSAN, DAEGU = "KR-11", "KR-26", "KR-27"
IN_2012 = "2012: rank 2 of the 2 regions with figures (between 2 and 17 among all 17)"
"""15 regions have no figure and could all stand before it: 2 + 15 = 17."""


@pytest.fixture(autouse=True)
def english():
    use_language("en")
    yield
    use_language(None)


def row(year, region, rank, of_count, evidence="settled"):
    return {
        "year": year,
        "region": region,
        "rank": rank,
        "of_count": of_count,
        "rank_best": rank,
        "rank_worst": rank and rank + 17 - of_count,
        "region_count": 17,
        "value": rank and 100 - rank,
        "unit": "persons",
        "evidence": evidence if rank else "no data",
        "is_approximate": evidence == "approximate",
        "is_lower_bound": False,
        "source_ids": (),
    }


ROWS = [
    row(2010, SEOUL, 1, 3),
    row(2010, BUSAN, 2, 3),
    row(2010, DAEGU, 2, 3, "approximate"),
    row(2011, SEOUL, 1, 1),
    row(2011, BUSAN, None, 1),
    row(2011, DAEGU, None, 1),
    row(2012, BUSAN, 1, 2),
    row(2012, DAEGU, 2, 2),
    row(2012, SEOUL, None, 2),
]


def lines(chart):
    return {
        tuple(trace.y): trace.line.color for trace in chart.figure.data if trace.mode == "lines"
    }


def test_equals_stand_below_each_other_with_the_same_number():
    chart = rank_years_chart(DAEGU, "Foreign patients", ROWS, is_comparable=True)
    marks = [
        (x, y, text)
        for trace in chart.figure.data
        if trace.mode == "markers+text"
        for x, y, text in zip(trace.x, trace.y, trace.text, strict=True)
    ]
    assert sorted(mark for mark in marks if mark[0] == 2010) == [
        (2010, 1, "1"), (2010, 2, "2"), (2010, 3, "2")
    ]  # fmt: skip


def test_a_gap_in_the_figures_is_a_gap_in_the_line():
    chart = rank_years_chart(DAEGU, "Foreign patients", ROWS, is_comparable=True)
    assert set(lines(chart)) == {(1, 1, None), (2, None, 1), (3, None, 2)}
    assert all(trace.connectgaps is False for trace in chart.figure.data if trace.mode == "lines")
    labels = [(note.x, note.text) for note in chart.figure.layout.annotations]
    assert sorted(labels) == [
        (2010, "Busan"), (2010, "Daegu"), (2011, "Seoul"), (2012, "Busan"), (2012, "Daegu")
    ]  # fmt: skip


def test_years_that_may_not_be_compared_have_no_lines():
    chart = rank_years_chart(DAEGU, "Events held", ROWS, is_comparable=False)
    assert lines(chart) == {}
    assert chart.title == f"Daegu {IN_2012}"


def test_every_rank_says_its_figure_and_what_it_rests_on(told):
    chart = rank_years_chart(DAEGU, "Foreign patients", ROWS, is_comparable=True)
    marks = {
        words: trace.marker.symbol
        for trace in chart.figure.data
        if trace.mode == "markers+text"
        for words in told(trace)
    }
    firm = f"Daegu 2012: 98 persons, {IN_2012.removeprefix('2012: ')}, settled"
    doubtful = (
        "Daegu 2010: ≈ 98 persons, rank 2 of the 3 regions with figures "
        "(between 2 and 16 among all 17), approximate"
    )
    assert {words for words in marks if words.startswith("Daegu")} == {firm, doubtful}
    assert marks[firm] != marks[doubtful]  # not by colour alone


def test_how_many_regions_stands_at_every_year_and_in_words():
    chart = rank_years_chart(DAEGU, "Foreign patients", ROWS, is_comparable=True)
    assert chart.figure.layout.xaxis.ticktext == ("2010<br>3", "2011<br>1", "2012<br>2")
    assert chart.title == (
        f"Daegu {IN_2012}; 2010: rank 2 of the 3 regions with figures "
        "(between 2 and 16 among all 17)"
    )
    assert chart.alt.endswith(
        "2010, 3 regions with figures: 1 Seoul, 2 Busan, 2 Daegu; "
        "2011, 1 region with a figure: 1 Seoul; 2012, 2 regions with figures: 1 Busan, 2 Daegu"
    )


def test_without_any_figure_there_is_still_a_chart():
    chart = rank_years_chart("KR-50", "Foreign patients", ROWS, is_comparable=True)
    assert chart.title == "Sejong: no rank by “Foreign patients” in these years"
    empty = rank_years_chart("KR-50", "Foreign patients", [], is_comparable=True)
    assert empty.title == chart.title


def test_a_rank_in_korean_says_among_which_regions():
    use_language("ko")
    title = rank_years_chart(DAEGU, "외국인환자 수", ROWS, is_comparable=True).title
    assert title == (
        "대구 2012년: 수치가 있는 2개 지역 중 2위(전체 17개 중 2~17위 가능); "
        "2010년: 수치가 있는 3개 지역 중 2위(전체 17개 중 2~16위 가능)"
    )


def test_the_only_region_and_all_regions_have_words_of_their_own():
    only = rank_years_chart(SEOUL, "Foreign patients", ROWS[3:6], is_comparable=True).title
    assert only == "Seoul 2011: the only region with a figure (between 1 and 17 among all 17)"
    full = [row(2012, BUSAN, 1, 17), row(2012, DAEGU, 2, 17)]
    every = rank_years_chart(DAEGU, "Foreign patients", full, is_comparable=True).title
    assert every == "Daegu 2012: rank 2 of all 17 regions"


@pytest.mark.parametrize(
    ("subject", "region_count", "title"),
    [
        (
            DAEGU,
            17,
            "Sandbox 2019: Seoul first with 90 of 100 points, of the 2 regions with all figures "
            "(no rank among all 17); Daegu rank 2",
        ),
        (SEOUL, 2, "Sandbox 2019: Seoul first with 90 of 100 points, of all 2 regions"),
    ],
)
def test_the_sandbox_says_among_which_regions_it_ranks(subject, region_count, title):
    rows = [
        {"region": SEOUL, "rank": 1, "score": 90.0},
        {"region": DAEGU, "rank": 2, "score": 10.0},
    ]
    assert composite_chart(subject, 2019, rows, region_count).title == title
