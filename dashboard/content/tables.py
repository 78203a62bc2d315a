"""Tables from one description: what each column is called, and what a row has in it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeAlias, TypeVar

from dashboard.content.cells import text_cell
from dashboard.content.document import Cell, Column, Table
from dashboard.i18n import label
from dashboard.store.answer import Answer

T = TypeVar("T")
Said: TypeAlias = Callable[[T], Cell | str]
"""What a column has for a row; a text is a cell without figure."""
Columns: TypeAlias = Mapping[str, Said[T] | tuple[str, Said[T]]]
"""From left to right: name to what stands in it, behind its heading where that is not the record's.
"""


def table_of(
    title: str,
    rows: Iterable[T],
    columns: Columns[T],
    *,
    figures: Collection[str] = (),
    asides: Collection[str] = (),
    answer: Answer | None = None,
    question: str | None = None,
    asked: Mapping[str, Any] | None = None,
    note: str = "",
    is_sparse: bool = False,
) -> Table:
    """A line per row.

    Args:
        title: what stands above the table.
        rows: what the lines are about.
        columns: by name.
        figures: columns that stand to the right.
        asides: columns that a slide leaves to its notes.
        answer: the rows behind; question and parameters are its own unless told.
        question: the question asked, without an answer.
        asked: its parameters.
        note: what stands below.
        is_sparse: whether columns that say nothing are left out.
    """
    described = {
        name: column if isinstance(column, tuple) else (label("column", name), column)
        for name, column in columns.items()
    }
    lines = [{name: _cell(said(row)) for name, (_, said) in described.items()} for row in rows]
    shown = {
        name: heading
        for name, (heading, _) in described.items()
        if not (is_sparse and lines) or any(line[name].text for line in lines)
    }
    if answer is not None:
        question = question or answer.question.name
        asked = answer.parameters if asked is None else asked
    return Table(
        title,
        tuple(
            Column(name, heading, name in figures, is_aside=name in asides)
            for name, heading in shown.items()
        ),
        tuple(tuple(line[name] for name in shown) for line in lines),
        question,
        tuple((asked or {}).items()),
        note,
        answer,
    )


def _cell(said: Cell | str) -> Cell:
    return text_cell(said) if isinstance(said, str) else said
