"""The KPI report of a region and year: every key figure, and what vouches for each."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.content.assembly import assemble
from dashboard.content.cells import figure_cell
from dashboard.content.document import (
    Block,
    KeyFigures,
    Paragraph,
    Points,
    Report,
    Section,
    Stamp,
    Table,
    table_or,
)
from dashboard.content.doubts import claims_table, contested, dispute_points, weak_points
from dashboard.content.events import events_table, stages_table
from dashboard.content.figures import (
    definitions_table,
    key_figures,
    kpi_table,
    standing_chart,
    trend_chart,
)
from dashboard.content.findings import patients_finding
from dashboard.content.funding import grants_section, review_record_table
from dashboard.content.proofs import bound_of, bound_paragraphs
from dashboard.content.query_context import QueryContext
from dashboard.content.readings import known_sentence
from dashboard.content.tables import table_of
from dashboard.i18n import country_text, label
from dashboard.i18n import gettext as _
from dashboard.kpi import PATIENTS, Reading

_IN_FRONT = (PATIENTS, "share_of_korea_pct", "foreign_patients_rank", "review_rank")


def kpi_report(context: QueryContext, asked: Mapping[str, Any], stamp: Stamp) -> Report:
    """Headline, key figures, trend, standing, funding, events, contested figures, definitions.

    Asked are region and year, and compare: a region whose figures stand beside.
    """
    region, year, compare = asked["region"], asked["year"], asked.get("compare")
    readings = context.readings(context.catalogue.overview(), region, year)
    front = [reading for reading in readings if reading.metric.id in _IN_FRONT]
    rest = [reading for reading in readings if reading.metric.id not in _IN_FRONT]
    # On screen those that stand in front are not repeated below.
    below = _figures(context, rest, compare, kpi_table(context, "", readings, year))
    others = (compare,) if compare else ()
    trend = trend_chart(context, context.metric(PATIENTS), region, year, others=others)
    sections = (
        _headline(context, region, year, _figures(context, front, compare)),
        Section(
            _("Key figures of {year}").format(year=year),
            (below, *_part_year(context, region, year)),
        ),
        Section(_("Foreign patients over the years"), (trend,), is_half=True),
        _standing(context, region, year),
        grants_section(context, region, year),
        table_or(
            _("Review record up to {year}").format(year=year),
            review_record_table(context, region, year),
            label("evidence", "no data"),
        ),
        _events(context, region, year),
        _contested(context, readings),
        Section(_("Definitions"), (definitions_table(readings),), is_folded=True),
    )
    title = _("KPI report: {region} {year}").format(region=label("region", region), year=year)
    return assemble("kpi", title, sections, context, stamp, is_led=True)


def _headline(context: QueryContext, region: str, year: int, front: KeyFigures) -> Section:
    """The finding about the patients; without a figure of them, what is known instead."""
    reading = context.reading(context.metric(PATIENTS), region, year)
    ranking = context.rows("ranking", metric=PATIENTS, year=year)
    bound = bound_of(context.record, region, year, context.build)
    title = patients_finding(region, year, reading.row or {"value": None}, ranking, bound)
    remarks = tuple(
        Paragraph(known_sentence(row), tuple(row["source_ids"]))
        for row in context.answer("known_instead", region=region, year=year).rows
    )
    proofs = bound_paragraphs(context.record, region, year, context.build)
    return Section(title, (*proofs, *remarks, front))


def _figures(
    context: QueryContext,
    readings: Sequence[Reading],
    compare: str | None,
    table: Table | None = None,
) -> KeyFigures:
    beside = [
        context.reading(reading.metric, compare, reading.year) for reading in readings if compare
    ]
    return key_figures(context, readings, beside, table)


def _part_year(context: QueryContext, region: str, year: int) -> tuple[Block, ...]:
    """Counts of a part of the year beside the full year, to be read and not compared."""
    answer = context.answer("part_year", region=region, year=year)
    if not answer.rows:
        return ()
    table = table_of(
        _("Counts of a part of {year}").format(year=year),
        answer.rows,
        {
            "metric": lambda row: str(context.metric(row["metric"]).name),
            "nationality": lambda row: country_text(row["nationality"]) or _("all"),
            "period": lambda row: label("period", row["period"]),
            "value": (_("Part of the year"), figure_cell),
            "annual_value": (_("Full year"), lambda row: figure_cell(row, "annual_value")),
        },
        figures=("value", "annual_value"),
        answer=answer,
        note=_(
            "A part of the year is not compared with a full year: the two stand side by side only."
        ),
    )
    return (table,)


def _standing(context: QueryContext, region: str, year: int) -> Section:
    title = _("Standing among the regions in {year}").format(year=year)
    chart = standing_chart(context, context.metric(PATIENTS), region, year)
    if not chart.categories:
        sentence = _("No region has a figure in {year}.").format(year=year)
        return Section(title, (Paragraph(sentence),), is_half=True)
    note = _(
        "Computed ranks: equal values share a rank, ranked before rounding. The "
        "interval among all says which places are possible beside everything that is printed."
    )
    return Section(title, (chart, Paragraph(note)), is_half=True)


def _events(context: QueryContext, region: str, year: int) -> Section:
    title = _("Events of {year}, from attendance to contract").format(year=year)
    events = events_table(context, "", region, year)
    if not events.rows:
        return Section(title, (Paragraph(_("No event of this region and year is in the record.")),))
    sources = [name for row in events.rows for cell in row for name in cell.source_ids]
    disputes = dispute_points(context, sources)
    readings = (Points(tuple(disputes)),) if disputes else ()
    return Section(title, (stages_table(context, "", region, year), events, *readings))


def _contested(context: QueryContext, readings: Sequence[Reading]) -> Section:
    """Each contested figure with every claim about it; then those that rest on little."""
    blocks: list[Block] = [
        claims_table(context, reading) for reading, _dissent in contested(context, readings)
    ] or [Paragraph(_("None of these figures is contested."))]
    blocks += [Paragraph(point.text, point.source_ids) for point in weak_points(readings)]
    title = _("Contested and weak figures, with every claim")
    return Section(title, tuple(blocks), is_folded=True)
