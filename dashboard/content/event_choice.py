"""Which events were asked for: by filters, by words, by what they report, or one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.content.events import STAGES
from dashboard.content.findings import NATION
from dashboard.content.query_context import QueryContext, Row, Rows
from dashboard.errors import UsageError
from dashboard.i18n import country_text, label, ngettext, record_text
from dashboard.i18n import gettext as _

_FILTERS = ("region", "year", "event_type", "country")


@dataclass(frozen=True)
class EventChoice:
    """The events that were asked for."""

    filters: Row
    """Parameters of every question about them."""
    rows: Rows
    """Of the question `events`."""
    words: str
    """What was asked for."""


def event_ids(asked: Mapping[str, Any]) -> tuple[str, ...]:
    """Ids of the events that were chosen one by one; empty where they are found by filters."""
    return tuple(name for name in str(asked.get("event") or "").split(",") if name)


def event_choice(context: QueryContext, asked: Mapping[str, Any]) -> EventChoice:
    """The events that fit region, year, event_type, country, text and reporting, or are named.

    The text is looked for in title, place and type, all of its words; `reporting` is a stage that
    a held event must report. Beside events that are named the first four are of no account.

    Raises:
        UsageError: there is no such stage.
    """
    ids, text, stage = event_ids(asked), asked.get("text") or "", asked.get("reporting")
    if stage and stage not in STAGES:
        raise UsageError("There is no such code", f"stage '{stage}'", f"Known: {', '.join(STAGES)}")
    filters: Row = {name: None if ids else asked.get(name) for name in _FILTERS}
    if filters["region"] == NATION:
        filters["region"] = None
    filters["events"] = ",".join(ids) or None
    rows = context.rows("events", **filters)
    if stage:
        parts = context.rows("event_stage_parts", by="event", **filters)
        reporting = {row["event_id"] for row in parts if row["stage"] == stage}
        rows = tuple(row for row in rows if row["event_id"] in reporting)
    if text:
        rows = tuple(row for row in rows if _has_words(row, text))
    if stage or text:
        filters["events"] = ",".join(row["event_id"] for row in rows)
    return EventChoice(filters, rows, _in_words(filters, len(ids), text, stage))


def _has_words(row: Row, text: str) -> bool:
    """Whether every word of a text stands in what the reader sees of an event."""
    seen = " ".join(
        (
            row["event_id"],
            row["title"],
            record_text(row["title"]),
            record_text(row["city"]),
            country_text(row["country"]),
            label("event_type", row["event_type"]),
        )
    ).casefold()
    return all(word in seen for word in text.casefold().split())


def _in_words(filters: Row, named: int, text: str, stage: str | None) -> str:
    """The filters in words: region, years, type, country, what is reported, the text."""
    if named:
        parts = [ngettext("{count} event chosen", "{count} events chosen", named)]
        parts[0] = parts[0].format(count=named)
    else:
        region, year = filters["region"], filters["year"]
        parts = [
            label("region", region) if region else _("All regions"),
            _("{year}").format(year=year) if year else _("all years"),
        ]
    if filters["event_type"]:
        parts.append(label("event_type", filters["event_type"]))
    if filters["country"]:
        parts.append(country_text(filters["country"]))
    if stage:
        parts.append(_("“{stage}” reported").format(stage=label("measure", stage)))
    if text:
        parts.append(_("with “{text}”").format(text=text))
    return ", ".join(parts)
