"""What every file is read into: sheets of text, with what is known about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

ROW_LIMIT = 200_000
"""Rows of a table that is compared with the record row by row; visits have no such limit."""
COLUMN_LIMIT = 200
GAP_LIMIT = 10_000
"""Blank rows between two rows of a workbook."""
CELLS_LIMIT = 12_000_000
"""Cells of a workbook: a million visits of ten columns, and some."""
TEXT_LIMIT = 100_000_000
"""Characters of all cells of a file, a text that many cells share counted for each."""
UNPACKED_LIMIT = 1 << 30


@dataclass(frozen=True)
class Line:
    """One row of a sheet: the line it begins on, counted from 1, and its cells."""

    number: int
    cells: tuple[str, ...]


class Merge(NamedTuple):
    """Cells that a workbook shows as one; only the first of them has a text."""

    first_row: int
    """Line, counted from 1, as in `Line.number`."""
    first_column: int
    """Place in `Line.cells`, counted from 0."""
    last_row: int
    last_column: int


class CellFault(NamedTuple):
    """A cell that has no value to be read, such as `#REF!`."""

    line: int
    column: int
    """Place in `Line.cells`, counted from 0."""
    value: str
    """What stands there instead."""
    rule: str
    """Of `Finding`."""


@dataclass(frozen=True)
class Sheet:
    """A table of text, with what a workbook says about it beside the texts.

    A cell's text is what the workbook shows, so far as it changes the meaning: `3.2%` for 0.032
    in a percent format, `98000천원` for 98000 in `#,##0"천원"`, dates in ISO 8601.
    """

    name: str
    lines: tuple[Line, ...]
    """All of one width in a workbook; blank rows below the last filled one are left out."""
    merges: tuple[Merge, ...] = ()
    is_hidden: bool = False
    hidden_lines: frozenset[int] = frozenset()
    """Lines, counted from 1; their texts are in `lines` all the same."""
    hidden_columns: frozenset[int] = frozenset()
    """Places in `Line.cells`, counted from 0."""
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(line, place) → number format as written, of cells whose format has percent or words."""
    faults: tuple[CellFault, ...] = ()
    is_1904: bool = False
    """Whether bare numbers of days are counted from 1904-01-01."""


@dataclass(frozen=True)
class Book:
    """All that was read of a file."""

    format: str
    sheets: tuple[Sheet, ...]
    has_formats: bool = True
    """Whether number formats and hidden rows are known."""
    texts: tuple[tuple[str, str], ...] = ()
    """Texts that stand in no cell, such as comments: place and text."""


class CannotRead(Exception):
    """The file cannot be read; carries the rule and what it asks for, in no language."""

    def __init__(self, rule: str, expected: str, line: int = 0, value: str = "") -> None:
        super().__init__(rule)
        self.rule = rule
        self.expected = expected
        self.line = line
        self.value = value


def runs_of(lines: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each run of lines that follow on each other: 4, 5, 9 → (4, 5), (9, 9)."""
    runs: list[tuple[int, int]] = []
    for line in lines:
        first = runs.pop()[0] if runs and line == runs[-1][1] + 1 else line
        runs.append((first, line))
    return runs


def line_ranges(lines: Sequence[int]) -> list[str]:
    """The same in words: `4–5`, `9`."""
    return [str(low) if low == high else f"{low}–{high}" for low, high in runs_of(lines)]


def column_letters(place: int) -> str:
    """The letters of a column, as spreadsheets name it: 0 → A, 26 → AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(line: int, place: int) -> str:
    """A cell as spreadsheets name it: line 2 and place 3 → D2."""
    return f"{column_letters(place)}{line}"
