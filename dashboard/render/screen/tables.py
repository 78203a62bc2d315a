"""Tables of what is being worked on (sheets, deliveries): no report, so no sources behind them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from dashboard.i18n import number_text
from dashboard.render.screen.html import Html, draw, render
from dashboard.render.screen.links import href
from dashboard.render.screen.paging import Paging
from dashboard.render.screen.table_order import FILTERED_FROM
from dashboard.render.screen.texts import Words, words_html

_NUMBER = re.compile(r"[-+]?\d{1,3}(,\d{3})*(\.\d+)?|\d+")


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
    order: float | str | None = None
    """By what its row is sorted where that is not its text: the bare figure, the ISO date."""


@dataclass(frozen=True)
class StyledRow:
    """A row with a class of its own."""

    cells: Sequence[Words | StyledCell]
    kind: str = ""


def table_html(
    columns: Sequence[str | Heading],
    rows: Iterable[Sequence[Words | StyledCell] | StyledRow],
    caption: Words,
    kind: str = "",
    *,
    key: str = "",
    label: str = "",
    head: int | None = 0,
    is_tall: bool = False,
) -> Html:
    """A table that scrolls by itself where it is too wide.

    Args:
        columns: titles, or columns that are set in a way of their own.
        rows: one cell for each column.
        caption: what stands above it.
        kind: its class (`cr-…`).
        key: its name in the address, on the page its own; a reader may sort and filter it, and on
            a telephone its rows are cards. Without one it stays as it is: a sheet as it was read.
        label: name of the part that scrolls; empty: the caption, which then is a plain text.
        head: number of the column that names a row, from 0; None: no column does.
        is_tall: it scrolls downwards too.
    """
    return render(
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
        key=key,
        filtered_from=FILTERED_FROM,
        head=head,
        is_tall=is_tall,
        words=words_html,
    )


def draw_table(
    columns: Sequence[str | Heading],
    rows: Iterable[Sequence[Words | StyledCell] | StyledRow],
    caption: Words,
    kind: str = "",
    **form: Any,
) -> None:
    """Draw a table of `table_html`."""
    st.html(table_html(columns, rows, caption, kind, **form))


def draw_pager(page: Paging, caption: str) -> None:
    """Draw the ways to the other pages of a long list."""
    draw("pager.html", page=page, caption=caption, href=href, number=number_text)


def _cell(words: Words | StyledCell) -> StyledCell:
    """A cell that is sorted by the bare number where it is nothing else."""
    cell = words if isinstance(words, StyledCell) else StyledCell(words)
    if cell.order is None and _NUMBER.fullmatch(text := str(cell.words)):
        return replace(cell, order=text.replace(",", ""))
    return cell
