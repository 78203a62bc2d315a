"""From attendance to contract: what the held events of a choice report at each step."""

from collections.abc import Callable, Iterable

from dashboard.content.cells import figure_cell, no_data
from dashboard.content.document import Block, KeyFigure, KeyFigures, Paragraph, Points, Section
from dashboard.content.event_stages import conversion_words
from dashboard.content.links import link_to
from dashboard.content.query_context import QueryContext, Row
from dashboard.i18n import figure_text, label, ngettext, number_text
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import sign_and_name

STEPS = {
    "attendees": "persons",
    "patients_consulted": "persons",
    "reservations": "persons",
    "agreements": "cases",
}
"""The steps of the path and what each counts: persons, and at its end contracts."""


def funnel(context: QueryContext, filters: Row) -> Section:
    """The steps side by side: how many, and how many events report it; then who passes on.

    What is counted otherwise (participants, organisations, sessions) is said and added to nothing.
    """
    answer = context.answer("event_stages", **filters)
    conversions = context.rows("event_conversions", **filters)
    rates = [row for row in conversions if row["per_100"] is not None]
    steps = [row for row in answer.rows if STEPS.get(row["stage"]) == row["unit"]]
    apart = [row for row in answer.rows if row not in steps and row["reporting_count"]]
    said = [
        _(
            "Each step counts only the events that report it, so that the steps are not the same "
            "persons. What is approximate makes its sum approximate."
        )
    ]
    if apart:
        others = " · ".join(f"{label('measure', row['stage'])} {figure_text(row)}" for row in apart)
        said.append(_("Counted otherwise and in none of these: {others}.").format(others=others))
    blocks: list[Block] = [KeyFigures(tuple(map(_step, steps)), answer=answer)]
    if rates:
        blocks.append(rows_in_words(conversion_words, rates))
    blocks.append(Paragraph(" ".join(said)))
    return Section(_("From attendance to contract"), tuple(blocks))


def _step(row: Row) -> KeyFigure:
    name, count = label("measure", row["stage"]), row["reporting_count"]
    if not count:
        none = _("No event reports it; that is no zero")
        return KeyFigure(name, no_data(), f"stage-{row['stage']}", note=none)
    events = ngettext("{count} event", "{count} events", count).format(count=number_text(count))
    return KeyFigure(
        name,
        figure_cell(row),
        f"stage-{row['stage']}",
        note=_("Reported by {count} of {held} held events").format(
            count=number_text(count), held=number_text(row["held_count"])
        ),
        evidence=f"{sign_and_name(row['evidence'])} · {events}",
        behind=link_to("", reporting=row["stage"]),
    )


def rows_in_words(words: Callable[[Row], str], rows: Iterable[Row]) -> Points:
    """A point for each row, with its sources."""
    return Points(tuple(Paragraph(words(row), tuple(row["source_ids"])) for row in rows))
