"""A chart of one year or one bar is no chart: its figure stands in words, with its mark."""

import pytest

from dashboard.content.assembly import assemble
from dashboard.content.compose import draft
from dashboard.content.document import Cell, ChartBlock, KeyFigures, Paragraph, Section, Series
from dashboard.content.pages import reports
from dashboard.content.query_context import QueryContext
from dashboard.content.report import Stamp

STAMP = Stamp("", "", 0, "", "en", "", "")
ASKED = {
    "kpi": ("region", "year"),
    "patients": ("region", "year"),
    "events": ("region", "year"),
    "agreements": ("region", "year"),
    "funding": ("region", "year"),
    "ranking": ("region", "year", "metric"),
    "compare": ("region", "year"),
    "map": ("region", "year"),
    "review": ("region", "year"),
    "deck": ("region", "year"),
    "sources": ("metric",),
    "changes": (),
}


@pytest.fixture(scope="module")
def context(shipped_record):
    return QueryContext(shipped_record, shipped_record.current())


def chart(kind, *columns, title="Two of them"):
    series = tuple(Series(f"series {place}", cells) for place, cells in enumerate(columns))
    years = ("2018", "2019", "2020")
    return ChartBlock(kind, title, "persons", years, series, "")


def composed(context, *blocks, **of_section):
    section = Section("A section", blocks, **of_section)
    return assemble("kpi", "A title", [section], context, STAMP).blocks


NONE, ONE = Cell("no data", None, "no data"), Cell("5 persons", 5, "single source", ("asiae2020",))
RANGE = Cell("3–4 persons", None, "derived", span=(3, 4))


@pytest.mark.parametrize("kind", ["line", "bar", "rank"])
def test_a_chart_of_one_place_is_said_with_every_figure_of_it(context, kind):
    """Two series at one year are two figures of one place: still no line and nothing compared."""
    sentence, said = composed(context, chart(kind, (NONE, ONE, NONE), (NONE, RANGE, NONE)))
    assert sentence == Paragraph("Two of them")
    assert isinstance(said, KeyFigures)
    assert [(one.name, one.cell) for one in said.figures] == [
        ("series 0 2019", ONE), ("series 1 2019", RANGE),
    ]  # fmt: skip


def test_two_places_are_a_chart_whichever_series_has_them(context):
    block = chart("line", (ONE, NONE, NONE), (NONE, NONE, RANGE))
    assert composed(context, block) == (block,)


def test_a_sentence_that_is_the_heading_is_not_said_twice(context):
    (said,) = composed(context, chart("bar", (ONE, NONE, NONE), title="A section"))
    assert isinstance(said, KeyFigures)


def test_a_card_has_its_figure_large_already(context):
    block = chart("line", (NONE, ONE, NONE))
    figures = KeyFigures(())
    assert composed(context, figures, block, is_card=True) == (figures,)


def check(record, kind, region, year):
    asked = {"region": region, "year": year, "metric": "foreign_patients"}
    asked = {name: asked[name] for name in ASKED[kind]}
    for block in draft(record, kind, asked, "en").blocks:
        if isinstance(block, ChartBlock):
            assert block.place_count > 1, (kind, region, year, block.title)


def places(record):
    regions = [row["region"] for row in record.ask("regions").rows]
    return [
        (kind, region)
        for kind in reports()
        for region in (regions if "region" in ASKED[kind] else regions[:1])
    ]


def test_no_page_draws_a_chart_of_a_single_point(shipped_record):
    """Each page of two or three regions, among them those of one award and of one nationality."""
    for place, (kind, region) in enumerate(places(shipped_record)):
        if place % 8 == 0 or region == "KR-47":
            check(shipped_record, kind, region, 2023 if place % 2 else 2019)


@pytest.mark.long
def test_no_page_of_any_region_draws_a_chart_of_a_single_point(shipped_record):
    for kind, region in places(shipped_record):
        for year in (2015, 2019, 2023, 2024):
            check(shipped_record, kind, region, year)


def test_the_only_patients_of_a_nationality_stand_in_words(shipped_record):
    """Gwangju 2019: 355 from Mongolia is all that is published by nationality."""
    page = draft(shipped_record, "patients", {"region": "KR-29", "year": 2019}, "en")
    (section,) = (one for one in page.sections if one.title.startswith("By nationality in"))
    (said,) = (one for one in section.blocks if isinstance(one, KeyFigures))
    assert [(one.name, one.cell.value, one.cell.text) for one in said.figures] == [
        ("Mongolia", 355, "355 persons")
    ]
    assert said.figures[0].cell.source_ids
    assert said.answer is not None  # the table behind


def test_the_only_bar_is_named_after_what_it_counts(context):
    """`Mongolia`, not `Other regions Mongolia`: one bar is set apart from nothing."""
    _sentence, said = composed(context, chart("bar", (NONE, ONE, NONE)))
    assert [one.name for one in said.figures] == ["2019"]
