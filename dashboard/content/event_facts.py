"""Who took part in an event, what was agreed, the route, and what was given and said there."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from dashboard.content.cells import text_cell
from dashboard.content.document import Cell, Column, Table
from dashboard.i18n import date_text, label, named, ngettext, place_text, record_text
from dashboard.i18n import gettext as _

Row = dict[str, Any]


def participants_table(rows: Iterable[Row]) -> Table:
    """Every participant with its role.

    Args:
        rows: of `event_participants`, one event.
    """
    return _table(
        _("Who took part"),
        "event_participants",
        ("participant", "participant_role", "institution_kind", "city", "note"),
        (
            (
                text_cell(named(row, "participant"), row["source_ids"]),
                text_cell(label("participant_role", row["participant_role"])),
                text_cell(label("institution_kind", row["institution_kind"])),
                text_cell(place_text(row["city"], row["country"])),
                text_cell(record_text(row["note"])),
            )
            for row in rows
        ),
    )


def institutions_table(rows: Sequence[Row]) -> Table:
    """Institutions that the sources of an event name.

    Args:
        rows: of `event_institutions`, one event.
    """
    title = ngettext(
        "{count} institution named by its sources",
        "{count} institutions named by its sources",
        len(rows),
    ).format(count=len(rows))
    table = _table(
        title,
        "event_institutions",
        ("institution", "institution_kind", "city"),
        (
            (
                text_cell(record_text(row["name"]), row["source_ids"]),
                text_cell(label("institution_kind", row["institution_kind"])),
                text_cell(place_text(row["city"], row["country"])),
            )
            for row in rows
        ),
    )
    note = _("A source may tell of more than this event: not all need have taken part.")
    return replace(table, note=note)


def agreements_table(rows: Iterable[Row]) -> Table:
    """What was agreed, promised or proposed between whom.

    Args:
        rows: of `agreements`, one event.
    """
    return _table(
        _("Agreements"),
        "agreements",
        (
            *("agreement_subject", "agreement_kind", "agreement_state"),
            *("parties", "other_parties", "signed_on", "note"),
        ),
        (
            (
                text_cell(named(row, "subject"), row["source_ids"]),
                text_cell(label("agreement_kind", row["agreement_kind"])),
                text_cell(label("agreement_state", row["agreement_state"])),
                *(
                    text_cell(", ".join(record_text(party) for party in row[side] or ()))
                    for side in ("parties", "other_parties")
                ),
                text_cell(date_text(row["signed_on"])),
                text_cell(record_text(row["note"])),
            )
            for row in rows
        ),
    )


def route_table(rows: Iterable[Row]) -> Table:
    """Stops and treatments in their order, by day where days are known.

    Args:
        rows: of `event_programme`, one event; what lies on no route is left out.
    """
    return _table(
        _("Route"),
        "event_programme",
        ("seq", "day", "text", "institution", "programme_kind"),
        (
            (
                text_cell(str(place), row["source_ids"]),
                text_cell(_day(row)),
                text_cell(named(row, "text")),
                text_cell(_institution(row)),
                text_cell(label("programme_kind", row["programme_kind"])),
            )
            for place, row in enumerate((row for row in rows if row["is_route"]), 1)
        ),
    )


def programme_table(rows: Iterable[Row]) -> Table:
    """What was given, discussed, proposed, said and planned.

    Args:
        rows: of `event_programme`, one event; what lies on a route is left out.
    """
    return _table(
        _("Programme and statements"),
        "event_programme",
        ("programme_kind", "text", "given_by", "day", "note"),
        (
            (
                text_cell(label("programme_kind", row["programme_kind"]), row["source_ids"]),
                text_cell(named(row, "text")),
                text_cell(named(row, "given_by")),
                text_cell(_day(row)),
                text_cell(record_text(row["note"])),
            )
            for row in rows
            if not row["is_route"]
        ),
    )


def _institution(row: Row) -> str:
    """The institution of a stop; empty where the stop is the institution itself."""
    name = named(row, "institution")
    return "" if name == named(row, "text") else name


def _day(row: Row) -> str:
    day = row["day"]
    return _("Day {day}").format(day=day) if day else ""


def _table(
    title: str, question: str, names: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]
) -> Table:
    """The rows under the labels of their columns; columns that say nothing are left out."""
    filled = tuple(rows)
    shown = [place for place in range(len(names)) if any(row[place].text for row in filled)]
    return Table(
        title,
        tuple(Column(names[place], label("column", names[place])) for place in shown),
        tuple(tuple(row[place] for place in shown) for row in filled),
        question,
    )
