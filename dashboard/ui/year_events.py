"""Events of a year as cards, each with its outcomes and with what is contested about them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from dashboard.i18n import (
    country_text,
    figure_text,
    label,
    number_text,
    place_text,
    publisher_names,
    record_text,
)
from dashboard.i18n import gettext as _
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
        "outcomes": _outcomes(outcomes),
        "disputes": record.ask("event_disputes", asked).rows if outcomes else (),
        "sources": publisher_names(answer.sources, row["source_ids"]),
    }


def _outcomes(rows: Iterable[Row]) -> list[Row]:
    """One line per measure, its countries behind it: they are parts and never added to it."""
    lines: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        lines[(row["measure"], row["unit"], row["per"], row["planned"])].append(row)
    return [_line(found) for found in lines.values()]


def _line(rows: list[Row]) -> Row:
    totals = [row for row in rows if row["country"] is None]
    parts = [row for row in rows if row["country"] is not None]
    shown = rows if rows[0]["per"] else totals or parts
    name = label("measure", shown[0]["measure"])
    remarks = (
        [_("announced beforehand, not a result")]
        if shown[0]["planned"]
        else list(dict.fromkeys(label("evidence", row["evidence"]) for row in shown))
    )
    if totals and parts and shown[0]["per"] is None:
        by_country = ", ".join(
            f"{country_text(row['country'])} {number_text(row['value'])}" for row in parts
        )
        remarks.append(
            _("by country {by_country}: together {sum}").format(
                by_country=by_country, sum=number_text(totals[0]["part_sum"])
            )
        )
    return {
        "name": name,
        "value": " / ".join(_value(row) for row in shown),
        "planned": shown[0]["planned"],
        "remark": " · ".join(remarks),
    }


def _value(row: Row) -> str:
    text = figure_text(row)
    if row["country"] is not None:
        text += f" ({country_text(row['country'])})"
    if row["agreement"] == "dissent":
        text += f" [{label('agreement', 'dissent')}]"
    return text
