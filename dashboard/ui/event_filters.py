"""The filters of the events page: region, year, type, country, words, what is reported, events."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from dashboard.content.event_choice import event_choice
from dashboard.content.event_funnel import STEPS
from dashboard.content.findings import NATION
from dashboard.content.links import Link
from dashboard.content.query_context import QueryContext
from dashboard.i18n import country_text, date_text, label, record_text
from dashboard.i18n import gettext as _
from dashboard.render.screen.links import href
from dashboard.render.screen.texts import Anchor, draw_text
from dashboard.store.answer import Row
from dashboard.store.ask import Record
from dashboard.ui.filter_bar import (
    DEFAULT_REGION,
    filters_row,
    from_url,
    text_in_url,
    to_url,
    url_choice,
    url_text,
)

ALL = "all"
"""What stands in the URL for no choice."""
_TEXT, _REPORTING, _EVENT = "text", "reporting", "event"


def event_filters(record: Record) -> dict[str, Any]:
    """Draw the filters, and read them and what narrows them further from the URL."""
    known = record.ask("events").rows
    regions = [row["region"] for row in record.ask("regions").rows]
    titles = {str(row["event_id"]): row for row in known}
    with filters_row():
        region = url_choice("region", _("Region"), regions, DEFAULT_REGION, region_or_all)
        years = [ALL, *values_of(known, "year", newest_first=True)]
        year = url_choice("year", _("Year"), years, ALL, or_all(str), 150)
        types = [ALL, *values_of(known, "event_type", lambda code: label("event_type", code))]
        event_type = url_choice(
            "event_type", _("Event type"), types, ALL, or_all(partial(label, "event_type")), 200
        )
        countries = [ALL, *values_of(known, "country", country_text)]
        country = url_choice(
            "country", _("Country of the event"), countries, ALL, or_all(country_text), 180
        )
    return {
        "region": region,
        "year": None if year == ALL else int(year),
        "event_type": None if event_type == ALL else event_type,
        "country": None if country == ALL else country,
        _TEXT: text_in_url(_TEXT) or None,
        _REPORTING: from_url(_REPORTING, list(STEPS), "") or None,
        _EVENT: ",".join(one for one in _named() if one in titles) or None,
    }


def narrow_events(record: Record, asked: dict[str, Any]) -> None:
    """Draw what narrows the list further: words, what is reported, and events one by one."""
    with st.container(horizontal=True, key="cr-event-filters", vertical_alignment="bottom"):
        url_text(_TEXT, _("Words in title or place"))
        _choose_stage(asked)
        _choose_events(record, asked)


def back_to_all(record: Record, asked: dict[str, Any]) -> None:
    """The way from an event to all that fit the filters, and to others beside it."""
    if asked[_EVENT]:
        _choose_events(record, asked)
        draw_text(Anchor(f"← {_('Back to all events')}", href(Link("", ((_EVENT, ""),)))), "back")


def _choose_stage(asked: dict[str, Any]) -> None:
    """Draw the choice of the stage that an event must report."""
    st.session_state[_REPORTING] = asked[_REPORTING]
    st.pills(
        _("Only events that report"),
        list(STEPS),
        format_func=partial(label, "measure"),
        key=_REPORTING,
        on_change=to_url,
        args=(_REPORTING,),
    )


def _named() -> list[str]:
    """Ids in the URL."""
    return [one for one in st.query_params.get(_EVENT, "").split(",") if one]


def _choose_events(record: Record, asked: dict[str, Any]) -> None:
    """Draw the box in which one event is opened and several are taken together.

    A link may choose events that lie outside its filters.
    """
    titles = {str(row["event_id"]): row for row in record.ask("events").rows}
    fitting = event_choice(QueryContext(record, record.current()), {**asked, _EVENT: None}).rows
    ids = [str(row["event_id"]) for row in fitting]
    named = [one for one in _named() if one in titles]
    st.session_state[_EVENT] = named
    st.multiselect(
        _("Choose events: one opens, several are taken together"),
        [*(one for one in named if one not in ids), *ids],
        key=_EVENT,
        format_func=partial(_event_name, titles),
        placeholder=_("none (all that fit)"),
        on_change=to_url,
        args=(_EVENT,),
        width=520,
    )


def region_or_all(code: str) -> str:
    """Name of a region; of Korea, that all of them are meant."""
    return _("All regions") if code == NATION else label("region", code)


def or_all(name: Callable[[str], str]) -> Callable[[str], str]:
    """Names of codes with a name for no choice."""
    return lambda code: _("all") if code == ALL else name(code)


def _event_name(titles: dict[str, Row], code: str) -> str:
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
