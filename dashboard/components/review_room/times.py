"""Times of the review room, in the reader's own time zone."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from dashboard.i18n import date_text

_HOME = ZoneInfo("Asia/Seoul")


def clock_text(moment: str) -> str:
    """The time of day of an ISO 8601 time, to the second."""
    return f"{_local(moment):%H:%M:%S}"


def moment_text(moment: str | None) -> str:
    """Date, time of day and zone of an ISO 8601 time; nothing where there is none."""
    if not moment:
        return ""
    local = _local(moment)
    return f"{date_text(f'{local:%Y-%m-%d}')} {local:%H:%M %Z}"


def _local(moment: str) -> datetime:
    zone = st.context.timezone
    try:
        return datetime.fromisoformat(moment).astimezone(ZoneInfo(zone) if zone else _HOME)
    except (ZoneInfoNotFoundError, ValueError):
        return datetime.fromisoformat(moment).astimezone(_HOME)
