"""Tables of what is being worked on (sheets, deliveries): no report, so no sources behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup, escape

from dashboard.render.screen.html import draw

_BELOW, _BESIDE = Markup("<br>"), Markup(" ")
_ELEMENTS = frozenset({"strong", "code"})


@dataclass(frozen=True)
class Part:
    """A part of a text in a tone of its own: `strong`, `code`, or a class such as `weak`."""

    text: "Words"
    tone: str = "weak"


Words: TypeAlias = str | int | Part | Sequence["Words"] | None
"""A text; a tuple's parts stand one after the other, a list's below each other, empty ones not."""


@dataclass(frozen=True)
class Column:
    """A column: its title, a line below it, and how its cells are set (`number`, `date`, …)."""

    title: str
    kind: str = ""
    note: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell with a class of its own (`cr-…`), and what it says where the pointer rests."""

    words: Words
    kind: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Row:
    """A row with a class of its own."""

    cells: Sequence[Words | Cell]
    kind: str = ""


def draw_table(
    columns: Sequence[str | Column],
    rows: Iterable[Sequence[Words | Cell] | Row],
    caption: Words,
    kind: str = "",
    *,
    label: str = "",
    head: int | None = 0,
    is_tall: bool = False,
) -> None:
    """Draw a table that scrolls by itself where it is too wide.

    Args:
        columns: titles, or columns that are set in a way of their own.
        rows: one cell for each column.
        caption: what stands above it.
        kind: its class (`cr-…`).
        label: name of the part that scrolls; empty: the caption, which then is a plain text.
        head: number of the column that names a row, from 0; None: no column does.
        is_tall: it scrolls downwards too.
    """
    draw(
        "table.html",
        columns=[one if isinstance(one, Column) else Column(one) for one in columns],
        rows=[
            (row.kind, [_cell(one) for one in row.cells])
            if isinstance(row, Row)
            else ("", [_cell(one) for one in row])
            for row in rows
        ],
        caption=words_html(caption),
        label=label or caption,
        kind=kind,
        head=head,
        is_tall=is_tall,
        words=words_html,
    )


def words_html(words: Words) -> Markup:
    """The HTML of a text; what it says is escaped."""
    if isinstance(words, Part):
        text = words_html(words.text)
        if not text:
            return text
        if words.tone in _ELEMENTS:
            return Markup("<{0}>{1}</{0}>").format(words.tone, text)
        return Markup('<span class="cr-{}">{}</span>').format(words.tone, text)
    if isinstance(words, tuple | list):
        joint = _BELOW if isinstance(words, list) else _BESIDE
        return joint.join(html for html in map(words_html, words) if html)
    return escape("" if words is None else words)


def _cell(words: Words | Cell) -> Cell:
    return words if isinstance(words, Cell) else Cell(words)
