"""What a workbook holds that its reader may not see: hidden parts, cells without a value, days."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from dashboard.contract import Contract
from dashboard.intake.formats.number_formats import number_format
from dashboard.intake.headers import Header
from dashboard.intake.sheets import CellFault, Line, Sheet, cell_name, column_letters, line_ranges
from dashboard.intake.values import day_of

_BARE_NUMBER = re.compile(r"\d{5}(?:\.\d+)?")
_DAYS_TO_1904 = 1462
"""Days from the one start of counting to the other."""
_SHOWN = 5


def hidden_parts(sheet: Sheet, header: Header) -> Iterator[tuple[str, str]]:
    """Rule and places of the rows and columns that are hidden: read all the same, or left out."""
    start = sheet.lines[header.place].number
    lines = [
        line.number
        for line in sheet.lines
        if line.number > start and line.number in sheet.hidden_lines and any(line.cells)
    ]
    if lines:
        yield "hidden-lines", ", ".join(line_ranges(lines))
    read: list[str] = []
    left: list[str] = []
    for place in sorted(sheet.hidden_columns):
        if any(line.cells[place] for line in sheet.lines[header.place :]):
            is_read = place < len(header.columns) and header.columns[place]
            (read if is_read else left).append(column_letters(place))
    if read:
        yield "hidden-columns", ", ".join(read)
    if left:
        yield "hidden-columns-unread", ", ".join(left)


def without_hidden_columns(sheet: Sheet) -> Sequence[Line]:
    """The rows as they are seen, with the hidden columns blank."""
    return [
        replace(
            line,
            cells=tuple(
                "" if place in sheet.hidden_columns else cell
                for place, cell in enumerate(line.cells)
            ),
        )
        for line in sheet.lines
    ]


def faults_in(sheet: Sheet, header: Header) -> Iterator[tuple[CellFault, str]]:
    """The cells without a value below the header, in columns that are read, and their columns."""
    start = sheet.lines[header.place].number
    for fault in sheet.faults:
        column = header.columns[fault.column] if fault.column < len(header.columns) else None
        if fault.line > start and column:
            yield fault, column


def amount_formats(sheet: Sheet) -> dict[str, str]:
    """Cell, such as `D7` → number format that divides what is stored, or puts words beside it."""
    return {
        cell_name(line, place): code
        for (line, place), code in sheet.formats.items()
        if (shown := number_format(code)).thousands or shown.before or shown.after
    }


class DayNumbers:
    """Turns numbers of days in columns of dates into dates, and remembers which."""

    def __init__(self, contract: Contract, columns: Collection[str | None], is_1904: bool) -> None:
        self._places = [
            place
            for place, name in enumerate(columns)
            if name and contract.column(name).is_partial_date
        ]
        self._offset = _DAYS_TO_1904 if is_1904 else 0
        self._found: list[str] = []

    def turned(self, line: Line) -> tuple[str, ...]:
        """The cells of a row with dates for numbers of days: 46718 → 2027-11-27."""
        cells = list(line.cells)
        for place in self._places:
            written = cells[place].strip() if place < len(cells) else ""
            if _BARE_NUMBER.fullmatch(written):
                day = day_of(int(written.split(".")[0]) + self._offset)
                if day is not None:
                    cells[place] = day
                    self._found.append(f"{cell_name(line.number, place)} {written} → {day}")
        return tuple(cells)

    @property
    def note(self) -> str:
        """The first of them, for a warning; empty when there were none."""
        more = f", … {len(self._found):,}" if len(self._found) > _SHOWN else ""
        return ", ".join(self._found[:_SHOWN]) + more
