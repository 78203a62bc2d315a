"""The KPI report of a region and year: every key figure, and what vouches for each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.content.assembly import assemble
from dashboard.content.cells import figure_cell
from dashboard.content.document import Block, Paragraph, Points, Section, Table, table_or
from dashboard.content.doubts import claims_table, contested, dispute_points, weak_points
from dashboard.content.events import events_reconciled, stages_table, year_events_table
from dashboard.content.figure_charts import standing_chart
from dashboard.content.figures import definitions_section, kpi_table
from dashboard.content.funding import grants_section, review_record_table
from dashboard.content.headline import headline
from dashboard.content.mentions import source_ids_of
from dashboard.content.query_context import QueryContext
from dashboard.content.report import Report, Stamp
from dashboard.content.tables import table_of
from dashboard.content.tiles import tile_blocks
from dashboard.i18n import country_text, label
from dashboard.i18n import gettext as _
from dashboard.kpi import PATIENTS, Reading


def kpi_report(context: QueryContext, asked: Mapping[str, Any], stamp: Stamp) -> Report:
    """Headline, key figures, trend, standing, funding, events, contested figures, definitions.

    Asked are region and year, and compare: a region whose figures stand beside.
    """
    region, year, compare = asked["region"], asked["year"], asked.get("compare")
    readings = context.readings(context.catalogue.overview(), region, year)
    stand_ins = [one for one in context.catalogue.tiles() if one.overview is None]
    others = [one for one in context.readings(stand_ins, region, year) if one.value is not None]
    table = kpi_table(context, "", [*readings, *others], year)
    events = year_events_table(context, region, year)
    sections = (
        headline(context, region, year, compare),
        Section(
            _("Key figures of {year}").format(year=year),
            tile_blocks(context, region, year, compare, table),
            anchor="figures",
        ),
        _part_year(context, region, year),
        table_or(
            _("Review record"),
            review_record_table(context, region, year),
            _("The record has no cluster review of this region."),
        ),
        _events(context, region, year, events),
        _standing(context, region, year),
        _stages(context, region, year, events),
        replace(grants_section(context, region, year), is_folded=True, anchor="grants"),
        _contested(context, readings),
        definitions_section([*readings, *others]),
    )
    title = _("KPI report: {region} {year}").format(region=label("region", region), year=year)
    return assemble("kpi", title, sections, context, stamp, is_led=True)


def _part_year(context: QueryContext, region: str, year: int) -> Section | None:
    """Counts of a part of the year beside the full year, to be read and not compared."""
    answer = context.answer("part_year", region=region, year=year)
    if not answer.rows:
        return None
    title = _("Counts of a part of {year}").format(year=year)
    table = table_of(
        title,
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
    return Section(title, (table,), is_folded=True, anchor="part-of-year")


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


def _events(context: QueryContext, region: str, year: int, table: Table) -> Section:
    """What took place, with how many are only announced."""
    rows = context.rows("year_events", region=region, year=year)
    if not rows:
        none = _("No event of this region and year is in the record.")
        return Section(_("Events of {year}").format(year=year), (Paragraph(none),))
    title = _("Events of {year}: {counts}").format(year=year, counts=events_reconciled(rows))
    return Section(title, (table,), anchor="events")


def _stages(context: QueryContext, region: str, year: int, events: Table) -> Section | None:
    """What the events report from attendance to contract, and where sources contradict."""
    if not events.rows:
        return None
    disputes = dispute_points(context, source_ids_of(events))
    readings = (Points(tuple(disputes)),) if disputes else ()
    title = _("Events of {year}, from attendance to contract").format(year=year)
    table = stages_table(context, "", region, year)
    return Section(title, (table, *readings), is_folded=True, anchor="stages")


def _contested(context: QueryContext, readings: Sequence[Reading]) -> Section:
    """Each contested figure with every claim about it; then those that rest on little."""
    blocks: list[Block] = [
        claims_table(context, reading) for reading, _dissent in contested(context, readings)
    ] or [Paragraph(_("None of these figures is contested."))]
    blocks += [Paragraph(point.text, point.source_ids) for point in weak_points(readings)]
    title = _("Contested and weak figures, with every claim")
    return Section(title, tuple(blocks), is_folded=True, anchor="contested")
