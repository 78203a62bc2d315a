"""What must be true, said on pages and in reports: expected from printed figures, by hand."""

import re

import pytest

from dashboard.content.compose import draft
from dashboard.content.document import ChartBlock, KeyFigures, Paragraph, Points, Table
from dashboard.content.figures import key_figures
from dashboard.content.headline import headline
from dashboard.content.query_context import QueryContext
from dashboard.i18n import use_language

SEOUL, DAEGU, DAEJEON, GYEONGGI = "KR-11", "KR-27", "KR-30", "KR-41"
RANK = "foreign_patients_rank"
YEARS = range(2009, 2025)
ASSUMED = {
    "ko": "의료기관은 각각 한 지역에 있으므로 지역을 모두 더하면 전국이 됨",
    "en": "each institution stands in one region, so that the regions add up to the country",
}


def texts(report):
    """Everything that a report says, a sentence or cell each."""
    for section in report.sections:
        yield section.title
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield block.text
            elif isinstance(block, Points):
                yield from (item.text for item in block.items)
            elif isinstance(block, KeyFigures):
                for figure in block.figures:
                    yield from (f"{figure.name} {figure.cell.text}", figure.note)
            elif isinstance(block, Table):
                yield from (" | ".join(cell.text for cell in row) for row in block.rows)
            elif isinstance(block, ChartBlock):
                yield from (block.title, block.alt, block.note)


def figure(report, key):
    found = (
        one
        for section in report.sections
        for block in section.blocks
        if isinstance(block, KeyFigures)
        for one in block.figures
        if one.key == key
    )
    return next(found)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_daegu_2023_says_its_range_and_its_certain_rank(shipped_record, language):
    """14,646 in 2024 is 2.3 to 2.5 per cent less: / 0.977 = 14,990.8 and / 0.975 = 15,021.5."""
    report = draft(shipped_record, "kpi", {"region": DAEGU, "year": 2023}, language)
    said = "\n".join(texts(report))
    assert "14,991–15,021" in said
    third = {"ko": "17개 시·도 중 3위", "en": "rank 3 of all 17 regions"}[language]
    assert third in report.sections[0].title
    assert ASSUMED[language] in said
    rank = figure(report, "foreign_patients_rank")
    assert rank.cell.text == {"ko": "3위", "en": "No. 3"}[language]
    assert rank.note == {"ko": "전체 17개 지역 중", "en": "of all 17 regions"}[language]


def test_a_range_stands_where_there_is_no_figure_and_is_no_value(record):
    """12.1 to 12.3 per cent of 211,218 are 25,557.4 to 25,979.8; no source prints the figure."""
    report = draft(record, "kpi", {"region": GYEONGGI, "year": 2013}, "ko")
    cell = figure(report, "foreign_patients").cell
    assert (cell.text, cell.value, cell.evidence) == ("25,558–25,979명", None, "derived")
    assert cell.source_ids
    title = report.sections[0].title
    assert title.startswith("경기 2013년: 다른 수치로 산출한 외국인환자 25,558–25,979명, ")
    first = next(one for one in report.sections[0].blocks if isinstance(one, Paragraph))
    assert first.text == "25,558–25,979명. 근거: 전국 2013년 211,218명, 경기 2013년 전국의 12.2%."
    assert first.source_ids


def test_a_range_is_in_no_sum_and_no_series(record):
    """The bare figure stays empty in the rows behind; the ends stand in columns of their own."""
    use_language("ko")
    context = QueryContext(record, record.current())
    names = ("foreign_patients", "share_of_korea_pct")
    readings = context.readings(map(context.metric, names), GYEONGGI, 2013)
    answer = key_figures(context, readings).answer
    row = answer.rows[0]
    assert (row["value"], row["low"], row["high"]) == (None, 25558, 25979)
    assert set(row["source_ids"]) <= {source["source_id"] for source in answer.sources}
    report = draft(record, "kpi", {"region": GYEONGGI, "year": 2014}, "ko")
    (chart,) = [
        block
        for section in report.sections
        for block in section.blocks
        if isinstance(block, ChartBlock) and block.kind == "line"
    ]
    at = chart.categories.index("2013")
    assert chart.series[0].cells[at].value is None


def test_a_rank_that_is_a_range_is_no_single_place(record):
    """Daejeon 2019: six are above 9,296, and of the others at most two at the same time."""
    report = draft(record, "kpi", {"region": DAEJEON, "year": 2019}, "ko")
    rank = figure(report, "foreign_patients_rank")
    said = (rank.cell.text, rank.cell.value, rank.cell.evidence, rank.note)
    assert said == ("7–9위", None, "derived", "전체 17개 지역 중")
    assert "17개 시·도 중 7–9위: 알려진 8개 지역이 473,932명" in "\n".join(texts(report))


def test_the_country_has_no_range_and_no_rank(record):
    report = draft(record, "kpi", {"region": "KR", "year": 2019}, "en")
    assert ASSUMED["en"] not in "\n".join(texts(report))


RANGES = re.compile(r"\d+ ?[–~] ?\d+ ?위|between \d+ and \d+|\d+ to \d+ among|rank \d+–\d+")


@pytest.mark.parametrize(
    ("language", "kind"),
    [
        ("ko", "ranking"),
        pytest.param("ko", "kpi", marks=pytest.mark.long),
        pytest.param("en", "kpi", marks=pytest.mark.long),
        pytest.param("en", "ranking", marks=pytest.mark.long),
    ],
)
def test_seoul_has_no_range_of_places_in_any_year(shipped_record, kind, language):
    """It was first in every year, whatever the regions have that nobody prints."""
    seoul = {"ko": "서울", "en": "Seoul"}[language]
    for year in YEARS:
        asked = {"region": SEOUL, "year": year}
        if kind == "ranking":
            asked["metric"] = "foreign_patients"
        report = draft(shipped_record, kind, asked, language)
        first = {"ko": "개 시·도 중 1위", "en": "rank 1 of all "}[language]
        assert first in report.sections[0].title
        for text in texts(report):
            for part in re.split(r"; |\. ", text):
                assert not (seoul in part and RANGES.search(part)), (year, part)
        if kind == "kpi":
            assert not RANGES.search(figure(report, "foreign_patients_rank").cell.text)


@pytest.mark.long
def test_every_region_and_year_leads_with_its_figure_or_its_range(shipped_record):
    """Another year leads, beside the range, where any place but the first may be the region's."""
    use_language("en")
    context = QueryContext(shipped_record, shipped_record.current())
    for row in shipped_record.ask("bounds").rows:
        region, year = row["region"], row["year"]
        first = headline(context, region, year, None).blocks[0].figures[0]
        cell, said = first.cell, range_of_persons(row["low"], row["high"])
        if row["value"] is not None:
            assert (cell.value, first.year) == (row["value"], None), (region, year)
            assert cell.evidence == row["evidence"] != "derived", (region, year)
        elif (row["low"], row["rank_best"], row["rank_worst"]) == (0, 2, row["region_count"]):
            assert first.year, (region, year)
            assert first.note.endswith(f"{year}: {said}"), (region, year)
        else:
            shown = (cell.text, cell.value, cell.evidence, first.year)
            assert shown == (said, None, "derived", None), (region, year)


def range_of_persons(low, high):
    if low == 0:
        return f"at most {high:,} persons"
    return f"{high:,} persons" if low == high else f"{low:,}–{high:,} persons"


def test_statements_that_cannot_all_be_true_stand_with_what_they_contradict(shipped_record):
    """216,657 of 364,189 is 59.5 per cent, more than the 59.1 that 59.0 may stand for."""
    report = draft(shipped_record, "sources", {}, "ko")
    (section,) = [one for one in report.sections if one.title.startswith("함께 참일 수 없는 수치")]
    said = list(texts(report))
    assert any(text.startswith("서울 2016년 전국의 59.0% | ") for text in said)
    (line,) = [text for text in said if text.startswith("서울 2016년 전국의 59.0% | ")]
    assert "364,189명" in line
    assert all(row[1].source_ids for row in section.blocks[0].rows)


def test_a_rank_that_is_a_range_is_not_subtracted(record):
    """Daegu is third for certain in 2019, Daejeon seventh to ninth: no difference is known."""
    report = draft(record, "compare", {"region": DAEGU, "compare": DAEJEON, "year": 2019}, "en")
    (line,) = [
        text
        for text in texts(report)
        if text.startswith("Rank by foreign patients") and "No. 7–9" in text and "No. 3" in text
    ]
    assert "not compared: a rank is a range of places" in line


@pytest.mark.parametrize("kind", ["kpi", "ranking", "review", "compare", "deck"])
def test_whatever_says_a_certain_rank_says_what_it_rests_on(record, kind):
    """Eight regions have 473,932 of 497,464: third of 17, and seventh to ninth, with the proof.

    The review summary looks at the year before the review.
    """
    asked = {"region": DAEGU, "year": 2020 if kind == "review" else 2019}
    if kind == "compare":
        asked["compare"] = DAEJEON
    if kind == "ranking":
        asked["metric"] = "foreign_patients"
    said = "\n".join(texts(draft(record, kind, asked, "ko")))
    assert "알려진 8개 지역이 473,932명" in said
    assert ASSUMED["ko"] in said
    if kind == "compare":
        assert "17개 시·도 중 3위: " in said
        assert "17개 시·도 중 7–9위: " in said


def test_a_certain_rank_carries_no_doubt_of_its_figure(report, tables):
    """Gyeonggi 2022: ≈ 40,000, second of all 17 whatever it rounds. The tile said `≈ No. 2`."""
    kpi = report("kpi", "en", region=GYEONGGI, year=2022)
    assert figure(kpi, "foreign_patients").cell.evidence == "approximate"
    rank = figure(kpi, "foreign_patients_rank")
    assert (rank.cell.text, rank.cell.value, rank.cell.evidence) == ("No. 2", 2, "derived")
    asked = {"metric": "foreign_patients", "year": 2022, "region": GYEONGGI}
    rows = tables(report("ranking", "en", **asked), "ranking_movement")
    (mine,) = (row for row in rows if row["region"].text == "Gyeonggi")
    assert (mine["rank"].text, mine["rank"].evidence) == ("No. 2", None)
    assert mine["value"].evidence == "approximate"


def test_a_tile_says_the_certain_rank_and_the_answer_keeps_the_two_apart(record):
    """Daegu 2017: second of nine with figures, third of 17, since Gyeonggi is surely above."""
    context = QueryContext(record, record.current())
    block = key_figures(context, [context.reading(context.metric(RANK), DAEGU, 2017)])
    assert (block.figures[0].cell.text, block.figures[0].cell.value) == ("3위", 3)
    row = block.answer.first
    assert (row["value"], row["low"], row["high"]) == (2, 3, 3)
