"""A deck for a forum: one finding a slide, from a region, years and chosen pages."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.content.assembly import assemble
from dashboard.content.cells import figure_cell
from dashboard.content.centres import centres_map
from dashboard.content.deck_standing import standing_slides
from dashboard.content.document import Block, Paragraph, Place, Points, Section
from dashboard.content.doubts import claims_table, contested, contested_points
from dashboard.content.events import stages_table
from dashboard.content.figure_charts import bar_chart
from dashboard.content.figures import key_figures, table_metrics
from dashboard.content.findings import nationality_finding, patients_finding
from dashboard.content.funding import grants_table, no_award
from dashboard.content.headline import whole_trend
from dashboard.content.query_context import QueryContext
from dashboard.content.readings import value_text
from dashboard.content.report import Cover, Report, Stamp
from dashboard.content.review import review_sections
from dashboard.content.superlatives import greatest_nationality, own_nations
from dashboard.i18n import country_text, date_text, label, quantity_text
from dashboard.i18n import gettext as _
from dashboard.kpi import PATIENTS, Reading
from dashboard.settings import settings
from dashboard.store.emblems import Emblems

Slides = Callable[[QueryContext, str, int, int | None], list[Section]]
"""Build, region, year of the figures and first year of trends → slides of a page."""

_FRONT = (
    PATIENTS,
    "share_of_korea_pct",
    "foreign_patients_rank",
    "promotion_centres",
    "events_held",
    "cluster_grant_krw",
)
_MOST_BARS = 10
_MOST_CONTESTED = 2
"""Contested figures of which each claim is shown."""
COVER = ("title", "organiser", "date", "place", "emblem")
"""Parameters of the cover: texts, a day in ISO 8601, and the id of an emblem."""


def deck_report(
    context: QueryContext,
    asked: Mapping[str, Any],
    stamp: Stamp,
    pages: Iterable[Slides],
) -> Report:
    """A cover and slides of the chosen pages; a page of which nothing is known says so.

    `pages` make the slides of each page in the order in which they are shown. Trends begin with the
    first year, or where it is None with the first that has a figure.

    Raises:
        UsageError: the workspace has no such emblem.
    """
    region, year, first_year = asked["region"], asked["year"], asked.get("first_year")
    slides = [section for page in pages for section in page(context, region, year, first_year)]
    span = f"{first_year}–{year}" if first_year and first_year != year else str(year)
    title = asked.get("title") or _("{region}: medical tourism {years}").format(
        region=label("region", region), years=span
    )
    report = assemble("deck", title, slides, context, stamp)
    return replace(report, cover=_cover(context, asked))


def _cover(context: QueryContext, asked: Mapping[str, Any]) -> Cover:
    region, year, emblem = asked["region"], asked["year"], asked.get("emblem")
    centres = [
        row
        for row in context.rows("map_centres", owner_region=region, year=year)
        if None not in (row["lat"], row["home_lat"])
    ]
    homes = [Place("", row["home_lat"], row["home_lon"]) for row in centres]
    return Cover(
        asked.get("organiser") or "",
        date_text(asked.get("date") or ""),
        asked.get("place") or "",
        Emblems(settings()).open(emblem) if emblem else b"",
        homes[0] if homes else None,
        tuple(dict.fromkeys(Place("", row["lat"], row["lon"]) for row in centres)),
    )


def overview_slides(
    context: QueryContext, region: str, year: int, _first: int | None
) -> list[Section]:
    """The finding about the patients, and the figures in front."""
    reading = context.reading(context.metric(PATIENTS), region, year)
    ranking = context.rows("ranking", metric=PATIENTS, year=year)
    readings = context.readings([context.metric(name) for name in _FRONT], region, year)
    found = reading.row or {"value": None}
    title = patients_finding(region, year, found, ranking, reading.bound)
    return [Section(title, (key_figures(context, readings),))]


def patients_slides(
    context: QueryContext, region: str, year: int, first: int | None
) -> list[Section]:
    """The trend, and where the patients came from."""
    trend = whole_trend(context, region, year, first_year=first)
    spans = [cell for one in trend.series for cell in one.cells if cell.span is not None]
    if spans and not any(cell.value is not None for one in trend.series for cell in one.cells):
        # The finding of the overview is the same; here it is of all years.
        title = _("{region}: foreign patients over the years, as ranges alone ({ranges})").format(
            region=label("region", region),
            ranges=", ".join(
                f"{name} {cell.text}"
                for one in trend.series
                for name, cell in zip(trend.categories, one.cells, strict=True)
                if cell.span is not None
            ),
        )
        trend = replace(trend, title=title)
    return [Section(trend.title, (trend,)), *_nationalities(context, region, year)]


def _nationalities(context: QueryContext, region: str, year: int) -> list[Section]:
    """The countries from which most patients came, as far as the record has them."""
    mix = context.rows("patients_by_nationality", region=region, year=year)
    rates = context.rows("printed_rates", region=region, year=year)
    nations = own_nations(mix)
    rows = [row for row in mix if row["nationality"] in nations and row["value"] is not None]
    if not rows:
        return []
    shown = sorted(rows, key=lambda row: -row["value"])[:_MOST_BARS]
    title = nationality_finding(region, year, mix, rates)
    greatest = {row["nationality"] for row in greatest_nationality(mix, rates).rows}
    chart = bar_chart(
        title,
        label("unit", "persons"),
        [country_text(row["nationality"]) for row in shown],
        [figure_cell(row, unit="persons") for row in shown],
        {place for place, row in enumerate(shown) if row["nationality"] in greatest},
    )
    return [Section(title, (chart,))]


def rankings_slides(
    context: QueryContext, region: str, year: int, _first: int | None
) -> list[Section]:
    """The place of the region, large, with what proves it; then all regions beside it."""
    slides = standing_slides(context, region, year)
    return slides or [_nothing(_("No region has a figure in {year}.").format(year=year))]


def funding_slides(
    context: QueryContext, region: str, year: int, first: int | None
) -> list[Section]:
    """What was granted up to the year."""
    table = grants_table(context, "", region, year, first)
    if not table.rows:
        return [_nothing(no_award())]
    reading = context.reading(context.metric("cluster_grant_cumulative_krw"), region, year)
    title = (
        _("Announced results and grants up to {year}")
        if reading.value is None
        else _("{name} up to {year}: {value}")
    ).format(name=reading.name, year=year, value=value_text(reading))
    return [Section(title, (table,))]


def events_slides(
    context: QueryContext, region: str, year: int, _first: int | None
) -> list[Section]:
    """What the events of the year add up to."""
    table = stages_table(context, "", region, year)
    if not table.rows:
        return [_nothing(_("No event of this region and year is in the record."))]
    reading = context.reading(context.metric("events_held"), region, year)
    title = _("{region} {year}: {events} held, from attendance to contract").format(
        region=label("region", region),
        year=year,
        events=quantity_text(reading.value, reading.metric.unit),
    )
    return [Section(title, (table,))]


def map_slides(context: QueryContext, region: str, year: int, _first: int | None) -> list[Section]:
    """The promotion centres of the region."""
    finding, block = centres_map(context, region, year)
    if block is None:
        return [_nothing(finding)]
    return [Section(finding, (block,))]


def review_slides(
    context: QueryContext, region: str, year: int, _first: int | None
) -> list[Section]:
    """The review of the year, and what is contested."""
    readings = context.readings(table_metrics(context), region, year)
    slides = review_sections(context, region, year)
    if doubts := contested_points(context, readings):
        title = _("Contested figures of {year}").format(year=year)
        slides.append(Section(title, _contested(context, readings, doubts)))
    return slides


def _contested(
    context: QueryContext, readings: Sequence[Reading], doubts: Sequence[Paragraph]
) -> tuple[Block, ...]:
    """Who prints what of each contested figure, with what was settled on; of many, that alone."""
    claims = [claims_table(context, reading) for reading, _ in contested(context, readings)]
    if len(claims) > _MOST_CONTESTED or not all(table.rows for table in claims):
        return (Points(tuple(doubts)),)
    return tuple(block for pair in zip(claims, doubts, strict=True) for block in pair)


def _nothing(sentence: str) -> Section:
    return Section(sentence, (Paragraph(label("evidence", "no data")),))
