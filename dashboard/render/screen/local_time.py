"""Times in the reader's own time zone."""

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from dashboard import i18n
from dashboard.i18n import KOREA


def clock_text(moment: str) -> str:
    """The time of day of an ISO 8601 time, to the second."""
    return f"{datetime.fromisoformat(moment).astimezone(_zone()):%H:%M:%S}"


def moment_text(moment: str | datetime | None) -> str:
    """Date, time of day and zone of a time, ISO 8601 or aware; nothing where there is none."""
    return i18n.moment_text(moment, _zone())


def _zone() -> tzinfo:
    """The browser's zone; Korea's where it names none that is known."""
    try:
        return ZoneInfo(st.context.timezone) if st.context.timezone else KOREA
    except (ZoneInfoNotFoundError, ValueError):
        return KOREA
