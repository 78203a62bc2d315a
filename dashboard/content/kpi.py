"""The KPI report of a region and year: every key figure, and what vouches for each."""

from collections.abc import Sequence

from dashboard.content.assembly import assemble
from dashboard.content.document import Paragraph, Report, Section, Stamp
from dashboard.content.doubts import claims_table, contested, weak_points
from dashboard.content.events import events_table, stages_table
from dashboard.content.figures import (
    definitions_table,
    key_figures,
    kpi_table,
    standing_chart,
    trend_chart,
)
from dashboard.content.findings import patients_finding
from dashboard.content.funding import grants_table
from dashboard.content.query_context import QueryContext
from dashboard.content.readings import known_sentences
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.kpi import Reading

_PATIENTS = "foreign_patients"
_IN_FRONT = (_PATIENTS, "share_of_korea_pct", "foreign_patients_rank", "review_rank")


def kpi_report(context: QueryContext, region: str, year: int, stamp: Stamp) -> Report:
    """Headline, key figures, trend, standing, funding, events, contested figures, definitions.

    Args:
        context: the build.
        region: code of the region, or of the country.
        year: the year.
        stamp: what is printed on every page.
    """
    readings = context.readings(context.catalogue.overview(), region, year)
    sections = (
        _headline(context, region, year, readings),
        Section(
            _("Key figures of {year}").format(year=year),
            (kpi_table(context, "", readings, year),),
        ),
        Section(
            _("Foreign patients over the years"),
            (trend_chart(context, context.metric(_PATIENTS), region, year),),
        ),
        _standing(context, region, year),
        _funding(context, region, year),
        _events(context, region, year),
        _contested(context, readings),
        Section(_("Definitions"), (definitions_table(readings),)),
    )
    return assemble(
        "kpi",
        _("KPI report: {region} {year}").format(region=label("region", region), year=year),
        _("Every figure with its evidence and sources"),
        sections,
        context,
        stamp,
    )


def _headline(
    context: QueryContext, region: str, year: int, readings: Sequence[Reading]
) -> Section:
    """The finding about the patients; without a figure of them, what is known instead."""
    reading = context.reading(context.metric(_PATIENTS), region, year)
    ranking = context.rows("ranking", metric=_PATIENTS, year=year)
    title = patients_finding(region, year, reading.row or {"value": None}, ranking)
    front = [reading for reading in readings if reading.metric.id in _IN_FRONT]
    known = context.answer("known_instead", region=region, year=year)
    remarks = tuple(
        Paragraph(sentence, tuple(row["source_ids"]))
        for sentence, row in zip(known_sentences(known), known.rows, strict=True)
    )
    return Section(title, (key_figures(context, front), *remarks))


def _standing(context: QueryContext, region: str, year: int) -> Section:
    title = _("Standing among the regions in {year}").format(year=year)
    chart = standing_chart(context, context.metric(_PATIENTS), region, year)
    if not chart.categories:
        sentence = _("No region has a figure in {year}.").format(year=year)
        return Section(title, (Paragraph(sentence),))
    note = _(
        "Computed ranks: equal values share a rank, ranked before rounding. Regions without a "
        "figure could stand anywhere, so the interval among all is named."
    )
    return Section(title, (chart, Paragraph(note)))


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
    return Section(title, (stages_table(context, "", region, year), events))


def _contested(context: QueryContext, readings: Sequence[Reading]) -> Section:
    """Each contested figure with every claim about it; then those that rest on little."""
    tables = tuple(
        claims_table(context, reading) for reading, _dissent in contested(context, readings)
    )
    weak = tuple(Paragraph(point.text, point.source_ids) for point in weak_points(readings))
    title = _("Contested and weak figures, with every claim")
    if not tables:
        none = Paragraph(_("None of these figures is contested."))
        return Section(title, (none, *weak))
    return Section(title, (*tables, *weak))
