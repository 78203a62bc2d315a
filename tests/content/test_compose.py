"""Every report of every region: composed from answers, numbered in order, in its own language."""

from dataclasses import replace

import pytest

from dashboard.access import DESK
from dashboard.content.compose import checked, compose, draft, freeze
from dashboard.content.document import ChartBlock, KeyFigures, Paragraph, Points
from dashboard.content.pages import reports
from dashboard.errors import UsageError
from dashboard.i18n import day_in_korea, language, use_language
from dashboard.store.editions import Editions


def told(kind, region, year):
    if kind == "ranking":
        return {"metric": "foreign_patients", "year": year, "region": region}
    return {
        name: value
        for name, value in {"region": region, "year": year}.items()
        if name in reports()[kind].parameters
    }


def fits(composed, cells):
    """What holds of any report."""
    assert composed.title
    assert composed.sections
    numbered = {source.source_id for source in composed.sources}
    for cell in cells(composed):
        assert set(cell.source_ids) <= numbered
        if cell.evidence == "no data":
            assert cell.value is None
            assert cell.text
        if cell.value is not None:
            assert cell.text
    for section in composed.sections:
        assert section.title


@pytest.mark.parametrize("kind", tuple(reports()))
@pytest.mark.parametrize(("region", "year"), [("KR-27", 2019), ("KR-50", 2025)])
def test_sample_of_reports_composes(report, cells, kind, region, year):
    fits(report(kind, "en", **told(kind, region, year)), cells)


@pytest.mark.long
@pytest.mark.parametrize("kind", tuple(reports()))
@pytest.mark.parametrize("code", ["ko", "en"])
def test_every_region_and_year_composes(record, cells, kind, code):
    regions = [row["region"] for row in record.ask("regions").rows]
    assert len(regions) == 18
    for region in regions:
        for row in record.ask("region_years", {"region": region}).rows:
            fits(draft(record, kind, told(kind, region, row["year"]), code), cells)


def test_chart_without_a_point_is_said_and_not_drawn(report):
    # The record has no patients of Gyeongbuk up to 2015, so that their trend has nothing to draw.
    slides = {section.title: section.blocks for section in report("deck", "en", **told(
        "deck", "KR-47", 2008)).sections}  # fmt: skip
    assert [Paragraph("no data")] in map(list, slides.values())
    # The overview draws the later years in its card, and nothing else.
    charts = [
        block
        for block in report("kpi", "en", **told("kpi", "KR-47", 2008)).blocks
        if isinstance(block, ChartBlock)
    ]
    assert [chart.has_points for chart in charts] == [True]


def mentions(composed):
    """Sources in the order of reading."""
    for section in composed.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield from block.source_ids
            elif isinstance(block, Points):
                yield from (name for item in block.items for name in item.source_ids)
            elif isinstance(block, KeyFigures):
                yield from (name for one in block.figures for name in one.cell.source_ids)
                rows = block.table.rows if block.table else ()
                yield from (name for row in rows for cell in row for name in cell.source_ids)
            elif hasattr(block, "dots"):
                yield from (name for dot in block.dots for name in dot.cell.source_ids)
            elif hasattr(block, "series"):
                yield from (
                    name for one in block.series for cell in one.cells for name in cell.source_ids
                )
            elif hasattr(block, "rows"):
                yield from (name for row in block.rows for cell in row for name in cell.source_ids)


@pytest.mark.parametrize("kind", tuple(reports()))
def test_sources_are_numbered_in_order_of_first_mention(report, kind):
    composed = report(kind, "en", **told(kind, "KR-27", 2019))
    assert [source.source_id for source in composed.sources] == list(
        dict.fromkeys(mentions(composed))
    )
    assert [source.number for source in composed.sources] == list(
        range(1, len(composed.sources) + 1)
    )


def test_kpi_table_is_what_is_asked(record, report, tables):
    composed = report("kpi", "en", region="KR-27", year=2019)
    printed = tables(composed.on_paper(), "key_figures")
    rows = {row["name"].text: row["value"] for row in printed}
    asked = {
        "Foreign patients": "foreign_patients",
        "Overseas promotion centres": "promotion_centres",
        "Countries with promotion centres": "promotion_centre_countries",
        "Events held": "events_held",
        "Agreements signed at events": "event_agreements",
        "Cluster grant": "cluster_grant_krw",
    }
    for name, metric in asked.items():
        answer = record.ask("figure", {"metric": metric, "region": "KR-27", "year": 2019}).first
        assert rows[name].value == answer["value"], name
        assert rows[name].source_ids == answer["source_ids"], name
        assert rows[name].evidence == answer["evidence"], name


def test_contested_figure_shows_every_claim(record, report, tables):
    composed = report("kpi", "en", region="KR-27", year=2019)
    asked = {"metric": "event_patients_consulted", "region": "KR-27", "year": 2019}
    claims = record.ask("claims", asked).rows
    rows = tables(composed, "claims")
    assert (
        [row["value"].value for row in rows] == [claim["value"] for claim in claims] == [380, 300]
    )


def test_edition_is_composed_in_its_language_whatever_the_reader_speaks(record, record_settings):
    use_language("en")
    edition = freeze(
        record,
        Editions(record_settings),
        "kpi",
        told("kpi", "KR-27", 2019),
        "ko",
        "Kim",
        identity=DESK,
    )
    composed = compose(record, edition)
    assert composed.title == "KPI 보고서: 대구 2019년"
    assert composed.stamp.edition_id == edition.edition_id
    assert composed.stamp.as_of == day_in_korea(edition.build.built_at)
    assert language() == "en"
    assert compose(record, edition) == composed


def test_edition_of_other_questions_says_so_on_every_page(record, record_settings):
    editions = Editions(record_settings)
    given = {"metric": "foreign_patients", "year": 2019}
    edition = freeze(record, editions, "ranking", given, "en", "Kim", identity=DESK)
    assert compose(record, edition).warning == ""
    former = replace(edition, questions="0" * 12)
    assert "questions" in compose(record, former).warning


@pytest.mark.parametrize(
    ("kind", "given", "word"),
    [
        ("novel", {}, "novel"),
        ("kpi", {"region": "KR-27"}, "year"),
        ("kpi", {"region": "KR-27", "year": 2019, "colour": "red"}, "colour"),
        ("kpi", {"region": "KR-99", "year": 2019}, "KR-99"),
        ("kpi", {"region": "KR-27", "year": "last"}, "last"),
        ("kpi", {"region": "KR-27", "year": "²⁰¹⁹"}, "²⁰¹⁹"),
        ("ranking", {"metric": "beauty", "year": 2019}, "beauty"),
        ("ranking", {"metric": "share_of_korea_pct", "year": 2019}, "share_of_korea_pct"),
        ("deck", {"region": "KR-27", "year": 2019, "pages": "map,moon"}, "moon"),
    ],
)
def test_wrong_parameters_are_refused_by_name(record, kind, given, word):
    with pytest.raises(UsageError) as refused:
        draft(record, kind, given, "en")
    assert word in refused.value.message


def test_unknown_language_is_refused(record):
    with pytest.raises(UsageError):
        draft(record, "kpi", told("kpi", "KR-27", 2019), "jp")


def test_a_day_that_does_not_exist_is_refused_in_words_of_the_language(record):
    use_language("ko")
    given = {"region": "KR-27", "year": "2019", "pages": "map", "date": "2026-13-45"}
    with pytest.raises(UsageError) as refused:
        checked(record, "deck", given, "ko", record.current())
    said = (refused.value.message, refused.value.remedy)
    assert said == ("‘2026-13-45’은(는) 없는 날짜임", "2026-11-28처럼 쓰십시오.")


def test_parameters_are_kept_in_one_form(record):
    build = record.current()
    given = {"region": "KR-27", "year": "2019", "pages": "map, overview", "first_year": ""}
    assert checked(record, "deck", given, "ko", build) == {
        "region": "KR-27",
        "year": 2019,
        "pages": ["overview", "map"],
    }


def test_deck_draws_every_nationality_that_its_heading_counts(report):
    """Russia has a figure of its own, though it counts in that of Russia and Kazakhstan too."""
    slides = report("deck", "en", region="KR-27", year=2016, pages="patients").sections
    (chart,) = slides[-1].blocks
    assert chart.title.startswith("Daegu 2016: of 3 published nationalities, China")
    drawn = {
        country: cell.value
        for series in chart.series
        for country, cell in zip(chart.categories, series.cells, strict=True)
        if cell.value is not None
    }
    assert drawn == {"China": 5300, "Russia": 1295, "Mongolia": 401}
    assert list(chart.categories) == ["China", "Russia", "Mongolia"]


def test_deck_shows_the_chosen_pages_one_finding_a_slide(report):
    slides = report("deck", "en", region="KR-27", year=2019, pages="patients,rankings").sections
    assert [slide.title.split(":")[0] for slide in slides] == ["Daegu 2019"] * 4
    assert "31,183" in slides[0].title
    assert "China" in slides[1].title
    # The place by itself, then between whom it lies among the bars.
    assert slides[2].title.endswith("rank 3 of all 17 regions")
    assert "between Gyeonggi 53,413 persons and Incheon 24,864 persons" in slides[3].title


def test_trend_of_a_deck_begins_with_its_first_year_and_says_what_is_known_by_its_own(report):
    """Later years are drawn behind, as on the card of the overview."""
    (trend,) = report("deck", "en", region="KR-27", year=2018, pages="patients", first_year=2015)\
        .sections[0].blocks  # fmt: skip
    assert trend.categories == tuple(map(str, range(2015, 2025)))
    assert trend.chosen == "2018"
    assert "2018: 17,745" in trend.title
