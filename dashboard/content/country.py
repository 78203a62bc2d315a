"""Everything the record knows of one country."""

from dataclasses import replace

from dashboard.content.assembly import assemble
from dashboard.content.cells import day_cell, figure_cell, no_data, text_cell
from dashboard.content.document import Block, Cell, ChartBlock, Paragraph, Section, Series
from dashboard.content.figure_charts import bar_chart
from dashboard.content.findings import NATION, events_counted
from dashboard.content.links import link_to
from dashboard.content.named_centres import centres_table
from dashboard.content.query_context import QueryContext, Row, Rows
from dashboard.content.report import Report, Stamp
from dashboard.content.tables import Columns, table_of
from dashboard.i18n import (
    country_text,
    figure_text,
    label,
    ngettext,
    record_text,
    sentence_figure,
)
from dashboard.i18n import gettext as _
from dashboard.store.answer import Answer


def country_report(context: QueryContext, region: str, country: str, stamp: Stamp) -> Report:
    """Centres, patients, events, outcomes and agreements of a country (ISO 3166-1 alpha-2).

    The region in question is picked out in the chart.

    Raises:
        UsageError: the record knows nothing of the country.
    """
    asked = {"country": country}
    centres = context.answer("map_centres", **asked)
    events = context.answer("events", **asked)
    sections = (
        _headline(context, country, centres, events),
        Section(_("Promotion centres"), (_centres(centres),)),
        *_patients(context, region, country),
        _section(
            _("Events in the country"),
            events,
            {
                "title": _title,
                "start_on": (
                    _("Date"),
                    lambda row: day_cell(row, "start_on", "end_on", none=_("date unknown")),
                ),
                "owner_region": lambda row: label("region", row["owner_region"]),
                "city": lambda row: record_text(row["city"]),
                "event_type": lambda row: label("event_type", row["event_type"]),
                "event_status": lambda row: label("event_status", row["event_status"]),
            },
            _("Events of other regions are in it: the owner stands in each row."),
        ),
        replace(
            _section(
                _("What came of them, and of visits from there"),
                context.answer("country_outcomes", **asked),
                outcome_columns(),
                _(
                    "A figure for the country alone may be part of a total beside it: never add "
                    "the two."
                ),
            ),
            is_folded=True,
        ),
        _section(
            _("Agreements"),
            context.answer("country_agreements", **asked),
            {
                "title": _title,
                "start_on": (_("Date"), lambda row: day_cell(row, none=_("date unknown"))),
                "owner_region": lambda row: label("region", row["owner_region"]),
                "measure": lambda row: label("measure", row["measure"]),
                "value": (_("Value"), lambda row: _value(row, "agreements")),
                "planned": (_("Announced or reported"), _announced),
                "note": lambda row: record_text(row["note"]),
            },
        ),
    )
    return assemble("map", country_text(country), sections, context, stamp, is_led=True)


def outcome_columns() -> Columns[Row]:
    """An outcome: of which event, what was reported, and whether for the country alone."""
    return {
        "title": _title,
        "start_on": (_("Date"), lambda row: day_cell(row, none=_("date unknown"))),
        "measure": lambda row: label("measure", row["measure"]),
        "value": (_("Value"), _value),
        "planned": (_("Announced or reported"), _announced),
        "nationality": (
            _("For the country alone"),
            lambda row: country_text(row["nationality"]) or ("" if row["per"] else _("in total")),
        ),
    }


def _centres(answer: Answer) -> Block:
    none = _("The record has none. That is no zero.")
    return centres_table(answer, of_country=True) if answer.rows else Paragraph(none)


def _headline(context: QueryContext, country: str, centres: Answer, events: Answer) -> Section:
    """How many centres and events, and whether the country may be one of the nine."""
    count = sum(row["is_named"] for row in centres.rows)
    counted = events_counted(events.rows) if events.rows else _("no event in the record")
    title = ngettext(
        "{country}: {count} promotion centre named; {events}",
        "{country}: {count} promotion centres named; {events}",
        count,
    ).format(country=country_text(country), count=count, events=counted)
    found = [row for row in context.rows("centre_countries") if row["country"] == country]
    nine = tuple(
        Paragraph(
            _("Among the nine countries of end 2018: {confidence} ({reason})").format(
                confidence=label("confidence", row["confidence"]), reason=record_text(row["note"])
            ),
            tuple(row["source_ids"]),
        )
        for row in found
    )
    known = Paragraph(_("Everything the record knows of the country"))
    return Section(title, nine or (known,))


def _patients(context: QueryContext, region: str, country: str) -> list[Section]:
    """Korea, and its regions on a scale of their own."""
    title = _("Patients by year")
    answer = context.answer("country_patients", country=country)
    if not answer.rows:
        sentence = _("The record has no patients from this country. That is no zero.")
        return [Section(title, (Paragraph(sentence),))]
    parts = [
        [row for row in answer.rows if (row["region"] == NATION) == is_nation]
        for is_nation in (True, False)
    ]
    nation, regions = parts
    sections: list[Section] = []
    if nation:
        chart = replace(_line(_patients_finding(country, nation), nation), answer=answer)
        sections.append(Section(title, (chart,), is_half=True))
    if regions:
        chart = replace(_last_figures(country, region, regions), answer=answer)
        sections.append(Section(_("Cities and provinces"), (chart,), is_half=True))
    return sections


def _line(title: str, rows: list[Row]) -> ChartBlock:
    """A line over the years; a gap in the data is a gap in the line."""
    words = ", ".join(f"{row['year']} {figure_text(row)}" for row in rows)
    return ChartBlock(
        "line",
        title,
        label("unit", "persons"),
        tuple(str(row["year"]) for row in rows),
        (Series(label("region", NATION), tuple(map(figure_cell, rows)), True),),
        f"{title}. {words}",
    )


def _last_figures(country: str, subject: str, rows: list[Row]) -> ChartBlock:
    """The last figure of each region, largest first: of most, too few years are known for lines."""
    last = {row["region"]: row for row in rows if row["value"] is not None}
    shown = sorted(last.values(), key=lambda row: row["value"], reverse=True)
    title = _patients_finding(country, rows)
    if len(shown) > 1:
        ends = [
            _("{region} {value} ({year})").format(
                region=label("region", row["region"]), value=sentence_figure(row), year=row["year"]
            )
            for row in (shown[0], shown[-1])
        ]
        title = _(
            "Patients from {country}, last figure of each of {count} regions: {most} to {least}"
        ).format(country=country_text(country), count=len(shown), most=ends[0], least=ends[1])
    return bar_chart(
        title,
        label("unit", "persons"),
        [f"{label('region', row['region'])} {row['year']}" for row in shown],
        [figure_cell(row) for row in shown],
        {place for place, row in enumerate(shown) if row["region"] == subject},
    )


def _patients_finding(country: str, rows: Rows | list[Row]) -> str:
    """The last figure of the region whose rows come first."""
    known = [row for row in rows if row["region"] == rows[0]["region"] and row["value"] is not None]
    return ngettext(
        "Patients from {country}: {region} {value} in {year}, {count} year with a figure",
        "Patients from {country}: {region} {value} in {year}, {count} years with figures",
        len(known),
    ).format(
        country=country_text(country),
        region=label("region", known[-1]["region"]),
        value=sentence_figure(known[-1]),
        year=known[-1]["year"],
        count=len(known),
    )


def _section(title: str, answer: Answer, columns: Columns[Row], remark: str = "") -> Section:
    """The rows as a table, or that there are none, and what to beware of."""
    remarks = (Paragraph(remark),) if remark else ()
    if not answer.rows:
        return Section(title, (Paragraph(_("The record has none. That is no zero.")), *remarks))
    table = table_of("", answer.rows, columns, figures=("value",), answer=answer)
    return Section(title, (table, *remarks))


def _title(row: Row) -> Cell:
    """The title, which leads to the event's own page."""
    link = link_to("events", event=row["event_id"])
    return text_cell(record_text(row["title"]), row["source_ids"], link)


def _value(row: Row, unit: str | None = None) -> Cell:
    if row["value"] is None:
        return no_data()
    return Cell(figure_text(row, unit=unit), row["value"], row["evidence"])


def _announced(row: Row) -> str:
    return _("announced beforehand, not a result") if row["planned"] else _("reported")
