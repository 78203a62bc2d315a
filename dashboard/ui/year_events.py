"""Events of a year as cards, each with its outcomes and with what is contested about them."""

from collections.abc import Iterable
from typing import Any

from dashboard.content.events import outcome_lines
from dashboard.i18n import (
    place_text,
    publisher_names,
    record_text,
)
from dashboard.render.screen.html import draw
from dashboard.store.answer import Answer
from dashboard.store.ask import Record

Row = dict[str, Any]


def event_cards(record: Record, answer: Answer, rows: Iterable[Row]) -> None:
    """Draw events as cards; `rows` are some of an answer to `year_events`."""
    draw("events.html", events=[_event(record, answer, row) for row in rows])


def _event(record: Record, answer: Answer, row: Row) -> Row:
    asked: dict[str, object] = {"event_id": row["event_id"]}
    outcomes = record.ask("event_outcomes", asked).rows if row["outcome_count"] else ()
    return {
        **row,
        "title": record_text(row["title"]),
        "place": place_text(row["city"], row["country"]),
        "outcomes": outcome_lines(outcomes),
        "disputes": record.ask("event_disputes", asked).rows if outcomes else (),
        "sources": publisher_names(answer.sources, row["source_ids"]),
    }
