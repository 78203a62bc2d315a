"""Dates that can be read and cannot be meant: far years, a lost zero, an end before its start."""

import re
from typing import NamedTuple

from dashboard.intake.values import plain

YEARS = (1990, 2040)
"""First and last year of anything that is handed in."""
_LOST_ZERO = re.compile(r"(\d{4})\.1")


class DateFault(NamedTuple):
    """Why a date is doubted."""

    rule: str
    expected: str


def date_fault(text: str, iso: str) -> DateFault | None:
    """What is doubtful about a date alone; None when nothing is.

    Args:
        text: the cell; of a number such as 2031.10 a spreadsheet keeps 2031.1.
        iso: the date that was read, in any precision.
    """
    if found := _LOST_ZERO.fullmatch(plain(text)):
        return DateFault("date-month", f"{found[1]}-01 / {found[1]}-10")
    if not YEARS[0] <= int(iso[:4]) <= YEARS[1]:
        return DateFault("date-range", f"{YEARS[0]}–{YEARS[1]}")
    return None


def is_before(end: str, start: str) -> bool:
    """Whether an end lies before its start, as far as both are known: never 2031-11 for 2031."""
    known = min(len(end), len(start))
    return end[:known] < start[:known]
