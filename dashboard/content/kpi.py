"""The KPI report of a region and year: every key figure, and what vouches for each."""

from collections.abc import Sequence

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
from dashboard.content.funding import grants_table, review_record_table
from dashboard.content.proofs import bound_of, bound_paragraphs
from dashboard.content.query_context import QueryContext
from dashboard.content.readings import known_sentences
from dashboard.content.tables import table_of
from dashboard.i18n import country_text, label
from dashboard.i18n import gettext as _
from dashboard.kpi import PATIENTS, Reading

_IN_FRONT = (PATIENTS, "share_of_korea_pct", "foreign_patients_rank", "review_rank")


def kpi_report(
    context: QueryContext, region: str, year: int, stamp: Stamp, compare: str | None = None
) -> Report:
    """Headline, key figures, trend, standing, funding, events, contested figures, definitions."""
    metrics = list(context.catalogue.overview())
    readings = context.readings(metrics, region, year)
    sections = (
        _headline(context, region, year, readings, compare),
        _key_figures(context, region, year, readings, compare),
        Section(
            _("Foreign patients over the years"),
            (
                trend_chart(
                    context,
                    context.metric(PATIENTS),
                    region,
                    year,
                    others=(compare,) if compare else (),
                ),
            ),
            is_half=True,
        ),
        _standing(context, region, year),
        _funding(context, region, year),
        _review_record(context, region, year),
        _events(context, region, year),
        _contested(context, readings),
        Section(_("Definitions"), (definitions_table(readings),), is_folded=True),
    )
    title = _("KPI report: {region} {year}").format(region=label("region", region), year=year)
    return assemble("kpi", title, sections, context, stamp, is_led=True)


def _headline(
    context: QueryContext,
    region: str,
    year: int,
    readings: Sequence[Reading],
    compare: str | None,
) -> Section:
    """The finding about the patients; without a figure of them, what is known instead."""
    reading = context.reading(context.metric(PATIENTS), region, year)
    ranking = context.rows("ranking", metric=PATIENTS, year=year)
    bound = bound_of(context.record, region, year, context.build)
    title = patients_finding(region, year, reading.row or {"value": None}, ranking, bound)
    front = [reading for reading in readings if reading.metric.id in _IN_FRONT]
    known = context.answer("known_instead", region=region, year=year)
    remarks = tuple(
        Paragraph(sentence, tuple(row["source_ids"]))
        for sentence, row in zip(known_sentences(known), known.rows, strict=True)
    )
    proofs = bound_paragraphs(context.record, region, year, context.build)
    return Section(title, (*proofs, *remarks, _figures(context, front, compare)))


def _key_figures(
    context: QueryContext,
    region: str,
    year: int,
    readings: Sequence[Reading],
    compare: str | None,
) -> Section:
    """Every key figure, on screen those that do not stand in front; and counts of a part year."""
    rest = [reading for reading in readings if reading.metric.id not in _IN_FRONT]
    table = kpi_table(context, "", readings, year)
    return Section(
        _("Key figures of {year}").format(year=year),
        (_figures(context, rest, compare, table), *_part_year(context, region, year)),
    )


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


def _review_record(context: QueryContext, region: str, year: int) -> Section:
    title = _("Review record up to {year}").format(year=year)
    table = review_record_table(context, region, year)
    if not table.rows:
        return Section(title, (Paragraph(label("evidence", "no data")),))
    return Section(title, (table,))


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


def _funding(context: QueryContext, region: str, year: int) -> Section:
    title = _("Announced results and grants up to {year}").format(year=year)
    table = grants_table(context, "", region, year)
    if not table.rows:
        return Section(title, (Paragraph(_("No award of this region is in the record.")),))
    return Section(title, (table,))


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
    tables = tuple(
        claims_table(context, reading) for reading, _dissent in contested(context, readings)
    )
    weak = tuple(Paragraph(point.text, point.source_ids) for point in weak_points(readings))
    title = _("Contested and weak figures, with every claim")
    if not tables:
        none = Paragraph(_("None of these figures is contested."))
        return Section(title, (none, *weak), is_folded=True)
    return Section(title, (*tables, *weak), is_folded=True)
