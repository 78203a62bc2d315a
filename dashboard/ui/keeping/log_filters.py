"""What narrows the log of access: who, what, where, and from which day to which."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial

import streamlit as st

from dashboard.access import Identity
from dashboard.content.access_lines import stream_text
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.i18n.quantities import KOREA
from dashboard.identity.access_log import AccessLog, Filter
from dashboard.ui.filter_bar import to_url, url_choice, url_text

_ALL = "all"
_WHO, _KIND, _STREAM, _SINCE, _UNTIL = "who", "what", "log", "since", "until"


def log_filters(log: AccessLog, identity: Identity) -> Filter:
    """Draw the filters, and read them from the address; days are those of Korea."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="cr-log-filters"):
        who = url_text(_WHO, _("Who"), 150)
        kind = _choice(_KIND, _("What"), log.kinds(identity), partial(label, "log_kind"), 195)
        stream = _choice(_STREAM, _("Log"), log.streams(identity), stream_text, 195)
        since, until = _day(_SINCE, _("From day")), _day(_UNTIL, _("To day"))
    return Filter(
        who,
        kind,
        stream,
        _midnight(since) if since else None,
        _midnight(until + timedelta(days=1)) if until else None,
    )


def _choice(
    name: str, title: str, codes: list[str], names: Callable[[str], str], width: int
) -> str:
    in_order = sorted(codes, key=names)
    chosen = url_choice(
        name,
        title,
        [_ALL, *in_order],
        _ALL,
        lambda code: _("all") if code == _ALL else names(code),
        width,
    )
    return "" if chosen == _ALL else chosen


def _day(name: str, title: str) -> date | None:
    written = st.query_params.get(name, "")
    try:
        day: date | None = date.fromisoformat(written)
    except ValueError:
        day = None
    st.session_state[name] = day
    st.date_input(
        title, key=name, value=None, format="YYYY-MM-DD", on_change=to_url, args=(name,), width=165
    )
    return day


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), KOREA)
