"""Agreements with or without an event, and the institutions that the record names."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from dashboard.content.agreement_charts import (
    agreements_by_country,
    agreements_by_year,
    countries_counted,
)
from dashboard.content.assembly import assemble
from dashboard.content.cells import day_cell, text_cell
from dashboard.content.document import Cell, ChartBlock, Paragraph, Section, Table
from dashboard.content.event_facts import (
    agreements_table,
    event_cell,
    institution_cell,
    party_names,
)
from dashboard.content.findings import NATION
from dashboard.content.links import Link
from dashboard.content.named_centres import centres_table
from dashboard.content.query_context import QueryContext, Row
from dashboard.content.report import Report, Stamp
from dashboard.content.tables import table_of
from dashboard.i18n import (
    country_text,
    day_text,
    label,
    named,
    ngettext,
    number_text,
    place_text,
    record_text,
)
from dashboard.i18n import gettext as _
from dashboard.store.answer import Answer

FILTERS = ("region", "year", "agreement_kind", "agreement_state", "country")
"""By which the list of agreements is narrowed."""
_SIDES = ("parties", "other_parties")
_COUNTS = ("named_event_count", "named_agreement_count", "named_centre_count")


def agreements_report(context: QueryContext, asked: Mapping[str, Any], stamp: Stamp) -> Report:
    """One agreement, one institution, or the list of those that fit.

    Asked are those of `FILTERS`, agreement and institution, each of which may be left out.
    """
    if asked.get("agreement"):
        title, sections = _agreement(context, asked["agreement"])
    elif asked.get("institution"):
        title, sections = _institution(context, asked["institution"])
    else:
        title, sections = _list(context, {name: asked.get(name) for name in FILTERS})
    return assemble("agreements", title, sections, context, stamp, is_led=True)


def agreements_slides(
    context: QueryContext, region: str, year: int, _first: int | None
) -> list[Section]:
    """The agreements of the year in one table by their state, under how many are in which."""
    answer = context.answer("agreements", region=region, year=year)
    if not answer.rows:
        return []
    states = Counter(row["agreement_state"] for row in answer.rows)
    order = sorted(answer.rows, key=lambda row: -states[row["agreement_state"]])
    title = _finding(answer.parameters, answer)
    partners = countries_counted(answer.rows)
    below = _("With whom: {countries}").format(countries=partners)
    table = _listed(replace(answer, rows=tuple(order)))
    return [Section(title, (table, *([Paragraph(below)] if partners else ())))]


def _count_text(number: int) -> str:
    return ngettext(
        "{count} agreement in the record", "{count} agreements in the record", number
    ).format(count=number_text(number))


def _finding(filters: Mapping[str, Any], answer: Answer) -> str:
    """How many agreements fit, and in which states they are."""
    said = _("{where}: {count}").format(where=_where(filters), count=_count_text(len(answer.rows)))
    states = Counter(row["agreement_state"] for row in answer.rows)
    if len(states) < 2:
        return said
    order = sorted(states, key=lambda one: (-states[one], one))
    each = (f"{label('agreement_state', one)} {number_text(states[one])}" for one in order)
    return f"{said} ({', '.join(each)})"


def _list(context: QueryContext, filters: Row) -> tuple[str, list[Section]]:
    if filters["region"] == NATION:
        filters = filters | {"region": None}
    answer = context.answer("agreements", **filters)
    where = _where(filters)
    title = _finding(filters, answer)
    of_all_years = context.answer("agreements", **filters | {"year": None})
    notes = [
        _(
            "Plans, proposals and promises are among them: the state says which. An event may "
            "count its agreements, too; that is the same fact once more and is never added."
        )
    ]
    if not answer.rows:
        notes = [
            _(
                "That is no zero: agreements come from press and city pages. Choose another "
                "region, year, kind, state or country."
            )
        ]
    elif filters["year"]:
        notes.append(_("Agreements of unknown date stand under all years alone."))
    institutions = context.answer("institutions", region=filters["region"])
    sections = [
        Section(title, tuple(map(Paragraph, notes))),
        Section(_("By year"), _drawn(agreements_by_year(of_all_years, filters["year"])), True),
        Section(_("By country"), _drawn(agreements_by_country(answer)), True),
        *([Section(_("Every agreement"), (_listed(answer),))] if answer.rows else []),
        Section(
            _("Institutions ({count})").format(count=len(institutions.rows)),
            (_institutions(institutions),),
        ),
    ]
    return _("Agreements: {where}").format(where=where), sections


def _drawn(chart: ChartBlock) -> tuple[ChartBlock, ...]:
    """The chart, or nothing where there is nothing to count."""
    return (chart,) if chart.has_points else ()


def _where(filters: Mapping[str, Any]) -> str:
    """The filters in words."""
    region, year, country = (filters[name] for name in ("region", "year", "country"))
    parts = [
        label("region", region) if region else _("All regions"),
        _("{year}").format(year=year) if year else _("all years"),
        *(label(name, filters[name]) for name in FILTERS[2:4] if filters[name]),
        *([country_text(country)] if country else []),
    ]
    return ", ".join(parts)


def _listed(answer: Answer) -> Table:
    table = agreements_table(answer.rows, has_event=True)
    parameters = tuple(answer.parameters.items())
    return replace(table, title="", parameters=parameters, answer=answer)


def _institutions(answer: Answer) -> Table:
    return table_of(
        "",
        answer.rows,
        {
            "institution": lambda row: institution_cell(named(row, "institution"), row),
            "institution_kind": lambda row: label("institution_kind", row["institution_kind"]),
            "city": lambda row: place_text(row["city"], row["country"]),
            **{name: partial(_counted, name) for name in _COUNTS},
        },
        figures=_COUNTS,
        answer=answer,
        note=_(
            "Counted where the record names an institution; nothing counted is no proof of nothing."
        ),
    )


def _counted(name: str, row: Row) -> Cell:
    return Cell(number_text(row[name]), row[name], "counted")


def _agreement(context: QueryContext, agreement_id: str) -> tuple[str, list[Section]]:
    """Everything the record knows of one agreement."""
    answer = context.answer("agreements", agreement_id=agreement_id)
    row = answer.first
    subject = named(row, "subject")
    parties = " ↔ ".join(filter(None, (party_names(row, side) for side in _SIDES)))
    facts: list[tuple[str, Cell | str]] = [
        *((label("column", name), label(name, row[name])) for name in FILTERS[2:4]),
        *(
            (
                label("column", _SIDES[not party["is_of_region"]]),
                institution_cell(record_text(party["party"]), party | {"source_ids": ()}),
            )
            for party in context.rows("agreement_parties", agreement_id=agreement_id)
        ),
        (label("column", "signed_on"), day_text(row, "signed_on") or _("date unknown")),
        (label("column", "country"), ", ".join(map(country_text, row["countries"]))),
        (_("Region of the project"), ", ".join(label("region", one) for one in row["regions"])),
        (_("Event"), event_cell(row) if row["event_id"] else ""),
        (_("Note of the record"), record_text(row["note"])),
    ]
    table = table_of(
        "",
        [fact for fact in facts if fact[1]],
        {
            "name": (
                _("Item"),
                lambda fact: text_cell(fact[0], row["source_ids"] if fact is facts[0] else ()),
            ),
            "text": lambda fact: fact[1],
        },
        answer=answer,
    )
    title = _("{subject}: {parties}").format(subject=subject, parties=parties)
    return _("Agreement: {subject}").format(subject=subject), [
        Section(title, (table,), part="agreements.back"),
        Section(label("column", "agreement_id"), (Paragraph(agreement_id),), is_folded=True),
    ]


def _institution(context: QueryContext, institution_id: str) -> tuple[str, list[Section]]:
    """Where the record names an institution: events, agreements, centres."""
    asked = {"institution_id": institution_id}
    answer = context.answer("institutions", **asked)
    row = answer.first
    name = named(row, "institution")
    others = ", ".join(map(record_text, row["other_names"]))
    said = [
        label("institution_kind", row["institution_kind"]),
        place_text(row["city"], row["country"]),
        *([_("also printed as {names}").format(names=others)] if others else []),
        record_text(row["note"]),
    ]
    title = _("{institution}: {events} events, {agreements} agreements, {centres} centres").format(
        institution=name,
        events=row["named_event_count"],
        agreements=row["named_agreement_count"],
        centres=row["named_centre_count"],
    )
    lead = Paragraph(" · ".join(filter(None, said)), tuple(row["source_ids"]))
    return _("Institution: {institution}").format(institution=name), [
        Section(title, (lead,), part="agreements.back"),
        *_mentions(context, asked),
    ]


def _mentions(context: QueryContext, asked: Row) -> Iterator[Section]:
    events = context.answer("institution_events", **asked)
    agreements = context.answer("agreements", **asked)
    centres = context.answer("map_centres", **asked)
    if events.rows:
        yield Section(_("Events"), (_events(events),))
    if agreements.rows:
        yield Section(_("Agreements"), (_listed(agreements),))
    if centres.rows:
        yield Section(_("Promotion centres"), (centres_table(centres),))


def _events(answer: Answer) -> Table:
    return table_of(
        "",
        answer.rows,
        {
            "start_on": (_("Date"), lambda row: day_cell(row, none=_("date unknown"))),
            "title": (_("Event"), _event),
            "city": (_("Place"), lambda row: place_text(row["city"], row["country"])),
            "roles": (label("column", "participant_role"), _roles),
        },
        answer=answer,
    )


def _event(row: Row) -> Cell:
    cell = text_cell(record_text(row["title"]), row["source_ids"])
    return replace(cell, link=Link("events", (("event", row["event_id"]),)))


def _roles(row: Row) -> str:
    if row["roles"]:
        return ", ".join(label("participant_role", role) for role in row["roles"])
    return _("in its programme") if row["has_taken_part"] else _("told of by its sources")
