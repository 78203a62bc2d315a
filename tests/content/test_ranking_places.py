"""Who is called first of a year: by places among all regions, worked out from printed figures.

2011, 16 regions, 122,297 patients in all: Seoul is printed with 63.7 per cent, so that it has 63.6
to 63.8, 77,781 to 78,025; the six regions with figures have 13,775 together and Daegu the most of
them, 5,379. 122,297 - 77,781 - 13,775 = 30,741 are left for nine others, of which Daejeon has 3,275
at least; five of them can have more than Daegu (26,900), but not six (32,280): it is second to
seventh.
"""

import pytest

from dashboard.content.compose import draft
from dashboard.content.composite import composite_chart
from dashboard.content.document import ChartBlock, KeyFigures, Table
from dashboard.i18n import use_language
from dashboard.store.answer import Answer

METRIC = "foreign_patients"


@pytest.fixture(scope="module")
def ranking(shipped_record):
    def composed(year, language="ko", metric=METRIC):
        return draft(shipped_record, "ranking", {"metric": metric, "year": year}, language)

    return composed


def charts(report):
    found = [b for s in report.sections for b in s.blocks if isinstance(b, ChartBlock)]
    return {chart.kind: chart for chart in found}


def lines(report):
    (table,) = [
        block
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Table) and block.question == "ranking_movement"
    ]
    names = [column.name for column in table.columns]
    return {row[1].text: dict(zip(names, row, strict=True)) for row in table.rows}


@pytest.mark.parametrize(
    ("year", "language", "title"),
    [
        (
            2011,
            "ko",
            "외국인환자 수 2011년: 서울이 확실히 1위(77,781–78,025명, 산출); 대구(5,379명): "
            "16개 시·도 중 2–7위",
        ),
        (
            2012,
            "ko",  # 159,464 x 0.624 at most; 118,678 with Gyeonggi, which has 159,464 x 0.122.
            "외국인환자 수 2012년: 서울이 확실히 1위(99,224–99,505명, 산출); 부산(9,177명): "
            "17개 시·도 중 3위",
        ),
        (
            2013,
            "en",  # Seoul is printed with 63.2 per cent: 211,218 x 0.631 to 0.633.
            "Foreign patients 2013: Seoul certainly first (133,279–133,700 persons, derived); "
            "Gyeonggi with 25,673 persons: rank 2 of all 17 regions",
        ),
        (2019, "ko", "외국인환자 수 2019년: 전체 17개 시·도 중 1위 서울(320,284명)"),
    ],
)
def test_the_first_of_those_with_figures_is_not_called_the_first(ranking, year, language, title):
    assert charts(ranking(year, language))["bar"].title == title


def test_a_year_without_figures_says_who_is_first_for_certain(ranking):
    """2025: Seoul has 75.5 per cent more than 999,642 at least, and 87.3 of 2,011,822 at most."""
    said = [getattr(b, "text", "") for s in ranking(2025, "en").sections for b in s.blocks]
    assert (
        "No region has a figure in 2025. Foreign patients 2025: Seoul certainly first "
        "(1,754,372–1,756,320 persons, derived)"
    ) in said


def test_where_nothing_bounds_the_others_the_old_sentence_stays(ranking):
    bar = charts(ranking(2018, "en", "events_held"))["bar"]
    assert "regions with figures" in bar.title
    assert "of all" not in bar.title


def test_a_region_with_a_narrow_range_stands_in_its_place_without_a_value(ranking):
    found = lines(ranking(2011))
    assert list(found)[:4] == ["서울", "대구", "인천", "대전"]  # 3,275 at least, below 4,004
    seoul = found["서울"]
    cell = seoul["value"]
    assert (cell.text, cell.value, cell.evidence) == ("77,781–78,025명", None, "derived")
    assert cell.source_ids
    assert (seoul["rank"].text, seoul["rank"].value) == ("1위", 1)
    assert seoul["previous_value"].text == "50,490명"  # printed for 2010
    assert (found["대구"]["rank"].text, found["대구"]["rank"].value) == ("2–7위", None)


def test_bars_carry_places_among_all_and_the_note_names_who_has_none(ranking):
    bar = charts(ranking(2011))["bar"]
    assert bar.categories[0] == "2–7  대구"
    assert "1  서울(77,781–78,025명)" in bar.note


def test_the_line_of_the_years_has_a_gap_where_several_places_are_possible(ranking):
    chart = charts(ranking(2012, "en"))["rank"]
    points = {one.name: dict(zip(chart.categories, one.cells, strict=True)) for one in chart.series}
    daegu, seoul = points["Daegu"], points["Seoul"]
    assert (daegu["2010"].text, daegu["2010"].value) == ("No. 3", 3)
    assert (daegu["2011"].text, daegu["2011"].value) == ("No. 2–7", None)
    assert (seoul["2011"].value, seoul["2011"].evidence) == (1, "derived")
    assert seoul["2011"].source_ids
    assert "a bar from the best to the worst where several are possible" in chart.note


def test_no_year_calls_one_first_that_is_not(ranking, shipped_record):
    """Whatever the year: a first place has its region first for certain, or is not said."""
    for year in range(2009, 2025):
        (seoul,) = [
            row
            for row in shipped_record.ask("bounds", {"year": year}).rows
            if row["region"] == "KR-11"
        ]
        assert seoul["rank_certain"] == 1
        report = ranking(year, "en")
        drawn = charts(report)
        assert drawn["bar"].title.startswith(f"Foreign patients {year}: Seoul ")
        if year == 2009:  # the first year of the record: places of one year are said, not drawn
            firsts = [
                one.name.removesuffix(" 2009")
                for block in report.blocks
                if isinstance(block, KeyFigures)
                for one in block.figures
                if one.cell.value == 1
            ]
        else:
            firsts = [one.name for one in drawn["rank"].series if one.cells[-1].value == 1]
        assert firsts == ["Seoul"]
        assert [name for name, row in lines(report).items() if row["rank"].value == 1] == ["Seoul"]


def test_a_composite_says_among_which_regions_it_places(shipped_record):
    asked = shipped_record.ask("regions")
    rows = ({"region": "KR-27", "rank": 1, "score": 80.0},)
    answer = Answer(asked.question, {}, asked.build, rows, ())
    every = ["KR-11", "KR-27", "KR-26"]
    use_language("ko")
    chart = composite_chart("KR-27", 2011, answer, every)
    assert "1위" not in chart.title
    assert "점수를 산정한 1개 지역끼리만 비교" in chart.title
    assert chart.note.endswith("수치가 없어 빠진 지역: 서울, 부산.")
    use_language("en")
    both = Answer(asked.question, {}, asked.build, (*rows, rows[0] | {"rank": 2}), ())
    assert composite_chart("KR-27", 2011, both, every[:2]).title == (
        "Sandbox 2011: Daegu first of all 2 regions with 80 of 100 points"
    )
