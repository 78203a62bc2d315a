"""The filters of the events page: region, year, type, country, and the event to open."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from dashboard.content.document import Link
from dashboard.content.findings import NATION
from dashboard.i18n import country_text, date_text, label, record_text
from dashboard.i18n import gettext as _
from dashboard.render.screen.links import href
from dashboard.render.screen.texts import Anchor, draw_text
from dashboard.store.answer import Row
from dashboard.store.ask import Record
from dashboard.ui.filter_bar import DEFAULT_REGION, filters_row, url_choice

ALL = "all"
"""What stands in the URL for no choice."""


def event_filters(record: Record) -> dict[str, Any]:
    """Draw the filters and the box that opens an event, and read them from the URL."""
    known = record.ask("events").rows
    regions = [row["region"] for row in record.ask("regions").rows]
    titles = {str(row["event_id"]): row for row in known}
    with filters_row():
        region = url_choice("region", _("Region"), regions, DEFAULT_REGION, region_or_all)
        years = [ALL, *values_of(known, "year", newest_first=True)]
        year = url_choice("year", _("Year"), years, ALL, or_all(str), 150)
        types = [ALL, *values_of(known, "event_type", lambda code: label("event_type", code))]
        event_type = url_choice(
            "event_type", _("Event type"), types, ALL, or_all(partial(label, "event_type")), 230
        )
        countries = [ALL, *values_of(known, "country", country_text)]
        country = url_choice(
            "country", _("Country of the event"), countries, ALL, or_all(country_text), 190
        )
        filters: dict[str, object] = {
            "region": region,
            "year": None if year == ALL else int(year),
            "event_type": None if event_type == ALL else event_type,
            "country": None if country == ALL else country,
        }
        asked = filters | {"region": None if region == NATION else region}
        ids = [str(row["event_id"]) for row in record.ask("events", asked).rows]
        # A link may open an event that lies outside its filters.
        named = st.query_params.get("event")
        if named in titles and named not in ids:
            ids.insert(0, named)
        event = url_choice(
            "event", _("Open an event"), [ALL, *ids], ALL, partial(_event_name, titles), 330
        )
    return filters | {"event": None if event == ALL else event}


def back_to_all(record: Record, asked: dict[str, Any]) -> None:
    """The way from an event to all that fit the filters; nothing where none is opened."""
    if asked["event"]:
        draw_text(Anchor(f"← {_('Back to all events')}", href(Link("", (("event", ""),)))), "back")


def region_or_all(code: str) -> str:
    """Name of a region; of Korea, that all of them are meant."""
    return _("All regions") if code == NATION else label("region", code)


def or_all(name: Callable[[str], str]) -> Callable[[str], str]:
    """Names of codes with a name for no choice."""
    return lambda code: _("all") if code == ALL else name(code)


def _event_name(titles: dict[str, Row], code: str) -> str:
    if code == ALL:
        return _("none (all events)")
    row = titles[code]
    day = date_text(row["start_on"]) or _("date unknown")
    return f"{record_text(row['title'])} · {day}"


def values_of(
    rows: Sequence[Row],
    column: str,
    order: Callable[[str], str] = str,
    *,
    newest_first: bool = False,
) -> list[str]:
    """Every value of a column once, as text, in the order of their names."""
    found = {str(row[column]) for row in rows if row[column] is not None}
    return sorted(found, key=order, reverse=newest_first)
