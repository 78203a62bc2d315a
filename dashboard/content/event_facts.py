"""Who took part in an event, what was agreed, the route, and what was given and said there."""

from collections.abc import Iterable, Sequence

from dashboard.content.cells import day_cell, text_cell
from dashboard.content.document import Cell, Table
from dashboard.content.links import link_to
from dashboard.content.tables import table_of
from dashboard.i18n import gettext as _
from dashboard.i18n import label, named, ngettext, place_text, record_text
from dashboard.store.answer import Row


def participants_table(rows: Iterable[Row]) -> Table:
    """Every participant with its role, of rows of `event_participants` of one event."""
    return table_of(
        _("Who took part"),
        rows,
        {
            "participant": lambda row: institution_cell(named(row, "participant"), row),
            "participant_role": lambda row: label("participant_role", row["participant_role"]),
            "institution_kind": lambda row: label("institution_kind", row["institution_kind"]),
            "city": lambda row: place_text(row["city"], row["country"]),
            "note": lambda row: record_text(row["note"]),
        },
        question="event_participants",
        is_sparse=True,
    )


def institutions_table(rows: Sequence[Row]) -> Table:
    """Institutions that the sources of an event name, of rows of `event_institutions`."""
    title = ngettext(
        "{count} institution named by its sources",
        "{count} institutions named by its sources",
        len(rows),
    ).format(count=len(rows))
    return table_of(
        title,
        rows,
        {
            "institution": lambda row: institution_cell(record_text(row["name"]), row),
            "institution_kind": lambda row: label("institution_kind", row["institution_kind"]),
            "city": lambda row: place_text(row["city"], row["country"]),
        },
        question="event_institutions",
        note=_("A source may tell of more than this event: not all need have taken part."),
        is_sparse=True,
    )


def agreements_table(rows: Iterable[Row], *, has_event: bool = False) -> Table:
    """What was agreed, promised or proposed between whom; each leads to its own page.

    Rows of `agreements`; the event of each is named where the table is not of one event.
    """
    return table_of(
        _("Agreements"),
        rows,
        {
            "agreement_subject": _subject,
            "agreement_kind": lambda row: label("agreement_kind", row["agreement_kind"]),
            "agreement_state": lambda row: label("agreement_state", row["agreement_state"]),
            "parties": lambda row: party_names(row, "parties"),
            "other_parties": lambda row: party_names(row, "other_parties"),
            "signed_on": lambda row: day_cell(row, "signed_on"),
            **({"event": event_cell} if has_event else {}),
            "note": lambda row: record_text(row["note"]),
        },
        question="agreements",
        asides=("agreement_kind", "event", "note"),
        is_sparse=True,
    )


def party_names(row: Row, side: str) -> str:
    """One side of an agreement: `parties` or `other_parties`."""
    return ", ".join(map(record_text, row[side] or ()))


def institution_cell(name: str, row: Row) -> Cell:
    """A name that leads to the page of its institution where that is known."""
    code = row["institution_id"]
    link = None if code is None else link_to("agreements", institution=code)
    return text_cell(name, row["source_ids"], link)


def event_cell(row: Row) -> Cell:
    """The event of an agreement, which leads to its page; empty where there is none."""
    link = None if row["event_id"] is None else link_to("events", event=row["event_id"])
    return text_cell(record_text(row["event_title"]), link=link)


def route_table(rows: Iterable[Row]) -> Table:
    """Stops and treatments in their order, by day where days are known.

    Of the rows of `event_programme` of one event, what lies on no route is left out.
    """
    stops = enumerate((row for row in rows if row["is_route"]), 1)
    return table_of(
        _("Route"),
        ({**row, "seq": place} for place, row in stops),
        {
            "seq": lambda row: text_cell(str(row["seq"]), row["source_ids"]),
            "day": _day,
            "text": lambda row: named(row, "text"),
            "institution": _institution,
            "programme_kind": _kind,
        },
        question="event_programme",
        is_sparse=True,
    )


def programme_table(rows: Iterable[Row]) -> Table:
    """What was given, discussed, proposed, said and planned.

    Of the rows of `event_programme` of one event, what lies on a route is left out.
    """
    return table_of(
        _("Programme and statements"),
        (row for row in rows if not row["is_route"]),
        {
            "programme_kind": lambda row: text_cell(_kind(row), row["source_ids"]),
            "text": lambda row: named(row, "text"),
            "given_by": lambda row: named(row, "given_by"),
            "day": _day,
            "note": lambda row: record_text(row["note"]),
        },
        question="event_programme",
        is_sparse=True,
    )


def _subject(row: Row) -> Cell:
    """What was agreed, which leads to all that is known of it."""
    link = link_to("agreements", agreement=row["agreement_id"])
    return text_cell(named(row, "subject"), row["source_ids"], link)


def _kind(row: Row) -> str:
    return label("programme_kind", row["programme_kind"])


def _institution(row: Row) -> str:
    """The institution of a stop; empty where the stop is the institution itself."""
    name = named(row, "institution")
    return "" if name == named(row, "text") else name


def _day(row: Row) -> str:
    day = row["day"]
    return _("Day {day}").format(day=day) if day else ""
