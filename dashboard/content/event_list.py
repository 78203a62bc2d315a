"""The events that fit what was asked for: how many, when, where, and what came of them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from dashboard.content.assembly import assemble
from dashboard.content.cells import text_cell
from dashboard.content.document import Block, Cell, Paragraph, Section, Table
from dashboard.content.event_choice import EventChoice, event_choice, event_ids
from dashboard.content.event_funnel import funnel, rows_in_words
from dashboard.content.event_page import event_report
from dashboard.content.event_stages import (
    conversion_chart,
    stage_words,
    stages_chart,
    yield_chart,
)
from dashboard.content.event_timeline import event_timeline
from dashboard.content.events import matching_events_table, stage_parts_table
from dashboard.content.findings import events_counted
from dashboard.content.links import link_to
from dashboard.content.query_context import QueryContext, Row
from dashboard.content.report import Report, Stamp
from dashboard.content.tables import table_of
from dashboard.i18n import gettext as _
from dashboard.i18n import ngettext, number_text

_YIELDS = ("patients_consulted", "reservations", "agreements")


def events_report(context: QueryContext, asked: Mapping[str, Any], stamp: Stamp) -> Report:
    """The page of one event, or the list of those that fit.

    Asked are those of `event_choice`, each of which may be left out: region, year, event_type,
    country, text, reporting, and event, which names one or several by their ids.
    """
    ids = event_ids(asked)
    if len(ids) == 1:
        return event_report(context, ids[0], stamp)
    choice = event_choice(context, asked)
    sections = (
        _headline(context, choice, asked),
        *(_matching(context, choice) if choice.rows else ()),
        _undated(context, asked),
    )
    title = _("Events: {where}").format(where=choice.words)
    return assemble("events", title, sections, context, stamp, is_led=True)


def _headline(context: QueryContext, choice: EventChoice, asked: Mapping[str, Any]) -> Section:
    """How many events, how many of them held, and how many say whom they consulted.

    Where the year has none, the years that have some of the same choice.
    """
    where, rows = choice.words, choice.rows
    if not rows:
        none = _(
            "That is no zero: events come from press and city pages, and most regions have "
            "none there. Choose another region, year, type or country."
        )
        title = _("{where}: the record has no event").format(where=where)
        return Section(title, (Paragraph(none), *_years(context, asked)), part="events.choice")
    stages = context.rows("event_stages", **choice.filters)
    consulted = next(row for row in stages if row["stage"] == "patients_consulted")
    title = _("{where}: {counts}, {reporting} with the number of patients consulted").format(
        where=where, counts=events_counted(rows), reporting=consulted["reporting_count"]
    )
    held = _(
        "Held events leave out those only announced, those not known to have taken place, and "
        "the ministry's onsite reviews."
    )
    return Section(title, (Paragraph(held),), part="events.choice")


def _years(context: QueryContext, asked: Mapping[str, Any]) -> Iterator[Table]:
    """The years that have events of a choice, each with its number, and the way there."""
    if not asked.get("year"):
        return
    rows = event_choice(context, {**asked, "year": None}).rows
    counts = Counter(row["year"] for row in rows if row["year"] is not None)
    if counts:
        yield table_of(
            _("Years with events of this choice"),
            sorted(counts, reverse=True),
            {
                "year": lambda year: text_cell(str(year), link=link_to("", year=str(year))),
                "events": (_("Events"), lambda year: Cell(number_text(counts[year]), counts[year])),
            },
            figures=("events",),
        )


def _matching(context: QueryContext, choice: EventChoice) -> Iterator[Section]:
    rows, filters = choice.rows, choice.filters
    yield funnel(context, filters)
    answer = context.answer("events", **filters)
    yield Section(_("Timeline"), (replace(event_timeline(rows), answer=answer),))
    table = matching_events_table(context, "", rows, filters)
    yield Section(_("Every event"), (replace(table, answer=answer),))
    yield _stages(context, filters)
    yield _yields(context, filters)
    yield _parts(context, filters)


def _stages(context: QueryContext, filters: Row) -> Section:
    """How many events report each stage, and what passes between two of them."""
    stages = context.answer("event_stages", **filters)
    conversions = context.answer("event_conversions", **filters)
    return Section(
        _("How many events report each stage"),
        (
            replace(stages_chart(stages.rows), answer=stages),
            rows_in_words(stage_words, stages.rows),
            replace(conversion_chart(conversions.rows), answer=conversions),
        ),
        is_folded=True,
        anchor="stages",
    )


def _yields(context: QueryContext, filters: Row) -> Section:
    """Mean per event of each type, over the events that report it."""
    answers = {stage: context.answer("event_yield", stage=stage, **filters) for stage in _YIELDS}
    charts = (
        replace(yield_chart(stage, answer.rows), answer=answer) for stage, answer in answers.items()
    )
    note = _(
        "Mean over the events that report the figure, and how many of how many held they are; "
        "events that do not report are left out, not taken as zero. Few events report, and "
        "the larger ones more readily, so a mean says little about the type as such."
    )
    blocks: tuple[Block, ...] = (*charts, Paragraph(note))
    return Section(_("What an event of each type yields"), blocks, is_folded=True, anchor="yields")


def _parts(context: QueryContext, filters: Row) -> Section:
    """The stages by country and by year, where not one of them was chosen."""
    title = _("The stages one by one")
    tables = [
        table
        for by in ("country", "year")
        if not filters[by] and (table := stage_parts_table(context, by, filters)).rows
    ]
    if not tables:
        return Section(title, (Paragraph(_("No held event of this choice reports a stage.")),))
    note = _(
        "Held events only. An empty cell is no zero; units stand side by side and are not added. "
        "In brackets: how many events report."
    )
    blocks: tuple[Block, ...] = (Paragraph(note), *tables)
    return Section(title, blocks, is_folded=True, anchor="stages-one-by-one")


def _undated(context: QueryContext, asked: Mapping[str, Any]) -> Section | None:
    """Beside a chosen year: events whose date is not known, which may belong to it."""
    if not asked.get("year") or event_ids(asked):
        return None
    anywhen = event_choice(context, {**asked, "year": None})
    rows = tuple(row for row in anywhen.rows if not row["start_on"])
    if not rows:
        return None
    title = ngettext(
        "{count} event of unknown date", "{count} events of unknown date", len(rows)
    ).format(count=len(rows))
    table = matching_events_table(context, "", rows, anywhen.filters)
    note = _("Not counted in the chosen year; they may belong to it.")
    return Section(title, (replace(table, note=note),))
