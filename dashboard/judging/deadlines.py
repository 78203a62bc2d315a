"""Deadlines in Korean days: until the end of the last day, 24:00 in Korea."""

from datetime import datetime, time, timedelta

from dashboard.i18n import date_text, moment_text
from dashboard.i18n.quantities import KOREA


def end_of_day(moment: datetime, days: int) -> datetime:
    """The end of the so-many-th day after the Korean day of a moment, which itself is not counted.

    Args:
        moment: an aware time.
        days: 0 is the moment itself: no time is given.
    """
    if days == 0:
        return moment
    last = moment.astimezone(KOREA).date() + timedelta(days=days)
    return datetime.combine(last + timedelta(days=1), time(), KOREA)


def deadline_text(moment: str | datetime | None) -> str:
    """A deadline as one writes it in Korea: the end of a day is that day's 24:00."""
    if not moment:
        return ""
    known = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    local = known.astimezone(KOREA)
    if local.time() != time():
        return moment_text(known)
    day = local.date() - timedelta(days=1)
    return f"{date_text(day.isoformat())} 24:00 {local:%Z}"
