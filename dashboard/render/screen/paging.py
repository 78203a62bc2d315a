"""The pages of a long list: which rows are seen, and the ways to the others.

The address keeps both, so that a link leads to the same page; paper and files have every row.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.content.links import Link
from dashboard.i18n import gettext as _

SIZES = (25, 50, 100)
"""Rows a page, the usual number first."""
SIZE = "per_page"
"""What the address calls the number of rows a page, for every list of a page."""
AT = "at-"
"""Before the key of a list: what the address calls the number of its first row."""
_LEAST = 40
"""A list of up to so many rows is one page: a second one with a few rows helps nobody."""


@dataclass(frozen=True)
class Paging:
    """One page of a list."""

    key: str
    """Of the list on its page."""
    first: int
    """Number of its first row, counted from 1."""
    last: int
    count: int
    """Of all rows."""
    steps: tuple[tuple[str, str, Link | None], ...]
    """Key, name and link of every way to another page; None where there is no such page."""
    sizes: tuple[tuple[int, Link | None], ...]
    """Numbers of rows a page; None for the one in force."""


def paging(key: str, count: int, asked: Mapping[str, str]) -> Paging | None:
    """The page of a list that the address asks for; the first one where it asks for none there is.

    Returns:
        None for a list that is short enough to be seen whole.
    """
    if count <= _LEAST:
        return None
    size = next((one for one in SIZES if str(one) == asked.get(SIZE)), SIZES[0])
    name = f"{AT}{key}"
    written = asked.get(name, "")
    at = int(written) if written.isdecimal() and len(written) <= len(str(count)) else 1
    first = (at - 1) // size * size + 1 if 1 <= at <= count else 1
    final = (count - 1) // size * size + 1

    def to(row: int, text: str, way: str) -> tuple[str, str, Link | None]:
        leads = 1 <= row <= count and row != first
        return way, text, Link("", ((name, str(row) if row > 1 else ""),)) if leads else None

    return Paging(
        key,
        first,
        min(first + size - 1, count),
        count,
        (
            to(1, _("First page"), "first"),
            to(first - size, _("Previous page"), "previous"),
            to(first + size, _("Next page"), "next"),
            to(final, _("Last page"), "last"),
        ),
        # With another number of rows the first row that is seen stays in sight.
        tuple(
            (one, None if one == size else Link("", ((SIZE, str(one)), (name, str(first)))))
            for one in SIZES
        ),
    )
