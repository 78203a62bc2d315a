"""Tables of what is being worked on (sheets, deliveries): no report, so no sources behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.render.screen.html import draw
from dashboard.render.screen.texts import Words, words_html


@dataclass(frozen=True)
class Heading:
    """A column: its title, a line below it, and how its cells are set (`number`, `date`, …)."""

    title: str
    kind: str = ""
    note: str = ""


@dataclass(frozen=True)
class StyledCell:
    """A cell with a class of its own (`cr-…`), and what it says where the pointer rests."""

    words: Words
    kind: str = ""
    hint: str = ""


@dataclass(frozen=True)
class StyledRow:
    """A row with a class of its own."""

    cells: Sequence[Words | StyledCell]
    kind: str = ""


def draw_table(
    columns: Sequence[str | Heading],
    rows: Iterable[Sequence[Words | StyledCell] | StyledRow],
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
        columns=[one if isinstance(one, Heading) else Heading(one) for one in columns],
        rows=[
            (row.kind, [_cell(one) for one in row.cells])
            if isinstance(row, StyledRow)
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


def _cell(words: Words | StyledCell) -> StyledCell:
    return words if isinstance(words, StyledCell) else StyledCell(words)
