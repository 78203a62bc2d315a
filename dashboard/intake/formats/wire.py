"""How sheets come out of the reading process: one JSON array a line, within bounds.

The reading side writes as it reads and keeps nothing, so that its memory does not grow with the
file; the other side puts the sheets together.
"""

import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TextIO

from dashboard.intake.sheets import (
    CELLS_LIMIT,
    COLUMN_LIMIT,
    GAP_LIMIT,
    TEXT_LIMIT,
    Book,
    CannotRead,
    CellFault,
    Line,
    Merge,
    Sheet,
    cell_name,
)

_ASIDES = 100_000
"""Merges, formats, faults and hidden rows that are passed on of one sheet, each."""


class Writer:
    """Takes sheets row by row and writes them out.

    Every method raises CannotRead as soon as the file is larger inside than a table can be.
    """

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._cells = 0
        self._characters = 0
        self._asides: dict[str, int] = {}
        self._line = 0

    def book(self, kind: str, has_formats: bool = True) -> None:
        """Say what the file is; the last word counts."""
        self._write("book", kind, has_formats)

    def sheet(self, name: str, is_hidden: bool = False, is_1904: bool = False) -> None:
        """Begin a sheet."""
        self._asides, self._line = {}, 0
        self._write("sheet", name, is_hidden, is_1904)

    def line(self, number: int, cells: list[str]) -> None:
        """A row; blank cells at its end, and blank rows, are left out."""
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            return
        if len(cells) > COLUMN_LIMIT:
            raise CannotRead("far-cell", cell_name(number, len(cells) - 1), number)
        if number > self._line + GAP_LIMIT:
            raise CannotRead("far-cell", cell_name(number, len(cells) - 1), number)
        self._line = max(number, self._line)
        self._cells += len(cells)
        self._characters += sum(map(len, cells))
        if self._cells > CELLS_LIMIT:
            raise CannotRead("cell-count", f"{CELLS_LIMIT:,}")
        if self._characters > TEXT_LIMIT:
            raise CannotRead("text-size", f"{TEXT_LIMIT:,}")
        self._write("line", number, [_composed(cell) for cell in cells])

    def merge(self, *corners: int) -> None:
        """First row, first column, last row, last column."""
        self._aside("merge", *corners)

    def hide_line(self, number: int) -> None:
        """A row that is not shown."""
        self._aside("hidden_line", number)

    def hide_column(self, place: int) -> None:
        """A column that is not shown, counted from 0."""
        self._aside("hidden_column", place)

    def format(self, number: int, place: int, code: str) -> None:
        """The number format of a cell."""
        self._aside("format", number, place, code)

    def fault(self, number: int, place: int, value: str, rule: str) -> None:
        """A cell without a value."""
        self._aside("fault", number, place, value[:60], rule)

    def text(self, place: str, text: str) -> None:
        """A text that stands in no cell."""
        self._characters += len(text)
        if self._characters > TEXT_LIMIT:
            raise CannotRead("text-size", f"{TEXT_LIMIT:,}")
        self._write("text", place, _composed(text))

    def end(self) -> None:
        """All was read."""
        self._write("end")
        self._out.flush()

    def refuse(self, error: CannotRead) -> None:
        """The file cannot be read."""
        self._write("refused", error.rule, error.expected, error.line)
        self._out.flush()

    def _aside(self, kind: str, *content: object) -> None:
        count = self._asides.get(kind, 0)
        if count < _ASIDES:
            self._asides[kind] = count + 1
            self._write(kind, *content)

    def _write(self, *content: object) -> None:
        self._out.write(json.dumps(content, ensure_ascii=False))
        self._out.write("\n")


@dataclass
class _Draft:
    name: str
    is_hidden: bool
    is_1904: bool
    lines: list[tuple[int, list[str]]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden_lines: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    faults: list[CellFault] = field(default_factory=list)

    def sheet(self) -> Sheet:
        width = max((len(cells) for _, cells in self.lines), default=0)
        return Sheet(
            self.name,
            tuple(_filled(sorted(self.lines, key=lambda line: line[0]), width)),
            tuple(self.merges),
            self.is_hidden,
            frozenset(self.hidden_lines),
            frozenset(place for place in self.hidden_columns if place < width),
            self.formats,
            tuple(self.faults),
            self.is_1904,
        )


def _filled(lines: Sequence[tuple[int, list[str]]], width: int) -> Iterable[Line]:
    """Rows of one width, and the blank ones between them."""
    blank = ("",) * width
    at = 0
    for number, cells in lines:
        while at < number - 1:
            at += 1
            yield Line(at, blank)
        at = number
        yield Line(number, (*cells, *blank[len(cells) :]))


class Assembler:
    """Puts the sheets together that a `Writer` wrote. What does not fit raises ValueError."""

    def __init__(self) -> None:
        self.is_complete = False
        self._book = Book("", ())
        self._drafts: list[_Draft] = []
        self._texts: list[tuple[str, str]] = []
        self._known: dict[str, str] = {}

    def take(self, written: bytes) -> None:
        """One line.

        Raises:
            CannotRead: the line says so.
        """
        kind, *content = json.loads(written)
        match kind:
            case "line":
                self._drafts[-1].lines.append((content[0], self._shared(content[1])))
            case "sheet":
                self._drafts.append(_Draft(*content))
            case "merge":
                self._drafts[-1].merges.append(Merge(*content))
            case "hidden_line":
                self._drafts[-1].hidden_lines.add(content[0])
            case "hidden_column":
                self._drafts[-1].hidden_columns.add(content[0])
            case "format":
                self._drafts[-1].formats[content[0], content[1]] = self._shared(content[2:])[0]
            case "fault":
                self._drafts[-1].faults.append(CellFault(*content))
            case "text":
                self._texts.append((content[0], content[1]))
            case "book":
                self._book = Book(content[0], (), content[1])
            case "end":
                self.is_complete = True
            case "refused":
                raise CannotRead(*content)

    def book(self) -> Book:
        """All that was read."""
        return replace(
            self._book,
            sheets=tuple(draft.sheet() for draft in self._drafts),
            texts=tuple(self._texts),
        )

    def _shared(self, cells: list[Any]) -> list[str]:
        """Each text once in memory, however many cells have it."""
        if len(self._known) > CELLS_LIMIT // 10:
            self._known.clear()
        return [self._known.setdefault(cell, cell) for cell in cells]


def _composed(text: str) -> str:
    """Hangul in whole syllables, as other systems than macOS write it."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)
