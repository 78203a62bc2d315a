"""Events of a year, each with its outcomes and with what is contested about them."""

from collections.abc import Iterable
from dataclasses import replace

from dashboard.content.document import Block, Paragraph, Points, Section
from dashboard.content.doubts import dispute_point
from dashboard.content.events import outcome_lines
from dashboard.content.panel_cells import sentences
from dashboard.i18n import label, place_text, publisher_names, record_text, span_text
from dashboard.render.screen.page import sections_view
from dashboard.store.answer import Answer, Row
from dashboard.store.ask import Record


def event_cards(record: Record, answer: Answer, rows: Iterable[Row]) -> None:
    """Draw events under each other; `rows` are some of an answer to `year_events`."""
    sections_view([_event(record, answer, row) for row in rows])


def _event(record: Record, answer: Answer, row: Row) -> Section:
    asked: dict[str, object] = {"event_id": row["event_id"]}
    facts = (
        label("event_type", row["event_type"]),
        span_text(row["start_on"], row["end_on"]),
        place_text(row["city"], row["country"]),
        label("event_status", row["status"]),
    )
    blocks: list[Block] = [Paragraph(" · ".join(facts))]
    outcomes = record.ask("event_outcomes", asked).rows if row["outcome_count"] else ()
    if outcomes:
        lines = outcome_lines(outcomes)
        blocks.append(
            sentences(f"{one.name}: {one.value} ({' · '.join(one.remarks)})" for one in lines)
        )
        disputes = record.ask("event_disputes", asked).rows
        # The sources are named below: a part of a page has no list of its own.
        points = tuple(replace(dispute_point(one), source_ids=()) for one in disputes)
        blocks += [Points(points)] if points else []
    blocks.append(Paragraph(publisher_names(answer.sources, row["source_ids"])))
    return Section(record_text(row["title"]), tuple(blocks))
