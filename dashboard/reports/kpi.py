"""The KPI report of a region and year: every key figure, and what vouches for each."""

from collections.abc import Sequence

from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.kpi import Reading
from dashboard.reports.assembly import assemble
from dashboard.reports.document import Paragraph, Report, Section, Stamp
from dashboard.reports.doubts import claims_table, contested, weak_points
from dashboard.reports.events import events_table, stages_table
from dashboard.reports.figures import (
    definitions_table,
    key_figures,
    kpi_table,
    standing_chart,
    trend_chart,
)
from dashboard.reports.findings import patients_finding
from dashboard.reports.funding import grants_table
from dashboard.reports.inquiry import Inquiry
from dashboard.reports.readings import known_sentences

_PATIENTS = "foreign_patients"
_IN_FRONT = (_PATIENTS, "share_of_korea_pct", "foreign_patients_rank", "review_rank")


def kpi_report(inquiry: Inquiry, region: str, year: int, stamp: Stamp) -> Report:
    """Headline, key figures, trend, standing, funding, events, contested figures, definitions.

    Args:
        inquiry: the build.
        region: code of the region, or of the country.
        year: the year.
        stamp: what is printed on every page.
    """
    readings = inquiry.readings(inquiry.catalogue.overview(), region, year)
    sections = (
        _headline(inquiry, region, year, readings),
        Section(
            _("Key figures of {year}").format(year=year),
            (kpi_table(inquiry, "", readings, year),),
        ),
        Section(
            _("Foreign patients over the years"),
            (trend_chart(inquiry, inquiry.metric(_PATIENTS), region, year),),
        ),
        _standing(inquiry, region, year),
        _funding(inquiry, region, year),
        _events(inquiry, region, year),
        _contested(inquiry, readings),
        Section(_("Definitions"), (definitions_table(readings),)),
    )
    return assemble(
        "kpi",
        _("KPI report: {region} {year}").format(region=label("region", region), year=year),
        _("Every figure with its evidence and sources"),
        sections,
        inquiry,
        stamp,
    )


def _headline(inquiry: Inquiry, region: str, year: int, readings: Sequence[Reading]) -> Section:
    """The finding about the patients; without a figure of them, what is known instead."""
    reading = inquiry.reading(inquiry.metric(_PATIENTS), region, year)
    ranking = inquiry.rows("ranking", metric=_PATIENTS, year=year)
    title = patients_finding(region, year, reading.row or {"value": None}, ranking)
    front = [reading for reading in readings if reading.metric.id in _IN_FRONT]
    known = inquiry.answer("known_instead", region=region, year=year)
    remarks = tuple(
        Paragraph(sentence, tuple(row["source_ids"]))
        for sentence, row in zip(known_sentences(known), known.rows, strict=True)
    )
    return Section(title, (key_figures(inquiry, front), *remarks))


def _standing(inquiry: Inquiry, region: str, year: int) -> Section:
    title = _("Standing among the regions in {year}").format(year=year)
    chart = standing_chart(inquiry, inquiry.metric(_PATIENTS), region, year)
    if not chart.categories:
        sentence = _("No region has a figure in {year}.").format(year=year)
        return Section(title, (Paragraph(sentence),))
    note = _(
        "Computed ranks: equal values share a rank, ranked before rounding. Regions without a "
        "figure could stand anywhere, so the interval among all is named."
    )
    return Section(title, (chart, Paragraph(note)))


def _funding(inquiry: Inquiry, region: str, year: int) -> Section:
    title = _("Announced results and grants up to {year}").format(year=year)
    table = grants_table(inquiry, "", region, year)
    if not table.rows:
        return Section(title, (Paragraph(_("No award of this region is in the record.")),))
    return Section(title, (table,))


def _events(inquiry: Inquiry, region: str, year: int) -> Section:
    title = _("Events of {year}, from attendance to contract").format(year=year)
    events = events_table(inquiry, "", region, year)
    if not events.rows:
        return Section(title, (Paragraph(_("No event of this region and year is in the record.")),))
    return Section(title, (stages_table(inquiry, "", region, year), events))


def _contested(inquiry: Inquiry, readings: Sequence[Reading]) -> Section:
    """Each contested figure with every claim about it; then those that rest on little."""
    tables = tuple(
        claims_table(inquiry, reading) for reading, _dissent in contested(inquiry, readings)
    )
    weak = tuple(Paragraph(point.text, point.source_ids) for point in weak_points(readings))
    title = _("Contested and weak figures, with every claim")
    if not tables:
        none = Paragraph(_("None of these figures is contested."))
        return Section(title, (none, *weak))
    return Section(title, (*tables, *weak))
