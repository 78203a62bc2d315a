"""A table → the rows of a delivery, with what is to be said about how they were read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Protocol

from dashboard.contract import Contract, missing_columns
from dashboard.intake.delivery import SourceRow
from dashboard.intake.formats.number_formats import number_format
from dashboard.intake.headers import Header
from dashboard.intake.layout import LEFT_OUT, Shape, TableLayout
from dashboard.intake.layout_notes import layout_notes, line_words
from dashboard.intake.sheets import Line, Sheet, cell_name
from dashboard.intake.tables import VISITS, Table, list_rows, turn
from dashboard.intake.units import choices_for, fixed_scale, unit_of_word
from dashboard.intake.workbook_findings import DayNumbers, faults_in, hidden_parts

_FAULTS_SHOWN = 100
_MONTHS_SHOWN = 3


class Find(Protocol):
    """Notes a finding."""

    def __call__(
        self,
        line: int,
        column: str,
        value: str,
        rule: str,
        expected: str = "",
        severity: str = "error",
    ) -> None:
        """Note one."""


@dataclass
class TakenRows:
    """Header and rows of a table, filled by `take_table`."""

    contract: Contract
    find: Find
    is_large: bool
    """Whether the rows are read as a stream later."""
    header: Header | None = None
    header_line: int = 0
    rows: list[SourceRow] = field(default_factory=list)


def take_table(taken: TakenRows, table: Table) -> None:
    """Take the rows of a list as they stand, or those that a wide table is turned into."""
    if table.layout is not None:
        header = _turn(taken, table, table.layout)
    else:
        header = _take_list(taken, table)
    for rule, places in hidden_parts(table.sheet, header):
        taken.find(taken.header_line, "", "", rule, places, "warning")
    for count, (fault, column) in enumerate(faults_in(table.sheet, header)):
        if count < _FAULTS_SHOWN:
            place = cell_name(fault.line, fault.column)
            title = taken.contract.column(column).heading
            taken.find(fault.line, title, fault.value, fault.rule, place)


def _turn(taken: TakenRows, table: Table, layout: TableLayout) -> Header:
    """Take the rows of a wide table; returns the header of the sheet as it stands."""
    taken.header_line = layout.header_lines[0]
    taken.header, taken.rows = turn(taken.contract, table)
    for note in layout_notes(taken.contract, layout):
        taken.find(*note)
    if not taken.rows and layout.month_words:
        months = ", ".join(layout.month_words[:_MONTHS_SHOWN])
        taken.find(taken.header_line, "", months, "only-months")
    elif not taken.rows and not layout.is_open:
        taken.find(taken.header_line, "", "", "no-values")
    _say_units(taken, taken.header)
    return _sheet_header(taken.contract, table.sheet, layout)


def _sheet_header(contract: Contract, sheet: Sheet, layout: TableLayout) -> Header:
    """Which columns of a wide table are read, as the header of a list."""
    names = {column.name for column in contract.fields}
    amount = next(column.name for column in contract.fields if column.type == "number")
    columns: dict[int, str | None] = {
        label.place: label.column if label.column in names else None
        for label in layout.labels
        if label.column != LEFT_OUT
    }
    columns |= {value.place: amount for value in layout.values if value.kind == "number"}
    width = max(len(line.cells) for line in sheet.lines)
    place = next(
        place for place, line in enumerate(sheet.lines) if line.number == layout.header_lines[0]
    )
    roles = tuple(columns.get(at) for at in range(width))
    return Header(place, ("",) * width, roles, layout.remembered, {})


def _take_list(taken: TakenRows, table: Table) -> Header:
    header, lines, notes = list_rows(taken.contract, table)
    taken.header = header
    taken.header_line = table.sheet.lines[header.place].number
    if notes:
        taken.find(notes[0], "", "", "notes", line_words(notes), "warning")
    _take_lines(taken, header, lines, table.sheet.is_1904)
    _ask_formats(taken, table, header)
    taken.header = _with_fixed(taken, header, table.shape)
    _check_columns(taken, taken.header, table.shape)
    return header


def _take_lines(taken: TakenRows, header: Header, lines: Sequence[Line], is_1904: bool) -> None:
    width = len(header.headers)
    days = DayNumbers(taken.contract, header.columns, is_1904)
    has_torn = False
    for line in lines:
        cells = list(days.turned(line))
        while len(cells) > width and not cells[-1].strip():
            cells.pop()
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != width:
            if taken.is_large:
                continue  # found when the stream comes to it
            has_torn = True
            torn = _torn_number(cells) if len(cells) > width else None
            if torn is not None:
                number, digits = torn
                taken.find(line.number, "", number, "width-number", digits)
            else:
                taken.find(line.number, "", str(len(cells)), "width", str(width))
            continue
        taken.rows.append(SourceRow(line.number, tuple(cells)))
    if days.note:
        taken.find(taken.header_line, "", "", "day-numbers", days.note, "warning")
    if not taken.rows and not has_torn:
        taken.find(0, "", "", "empty")


def _torn_number(cells: Sequence[str]) -> tuple[str, str] | None:
    """A number that its comma of thousands cut in two cells, as written and without the comma.

    Single quotes do not hold a cell together: `'31,183'`.
    """
    for left, right in pairwise(cells):
        written = f"{left.strip()},{right.strip()}"
        if re.fullmatch(r"(['‘’]?)\d{1,3},\d{3}['‘’]?", written):
            return written, re.sub(r"\D", "", written)
    return None


def _with_fixed(taken: TakenRows, header: Header, shape: Shape) -> Header:
    """Values that all rows of a list have, as columns of their own; a stream adds them itself."""
    names = [name for name in shape.fixed if name not in header.columns]
    if not names or taken.is_large:
        return header
    values = tuple(shape.fixed[name] for name in names)
    taken.rows = [replace(row, cells=(*row.cells, *values)) for row in taken.rows]
    return replace(
        header,
        headers=(*header.headers, *(taken.contract.column(name).heading for name in names)),
        columns=(*header.columns, *names),
    )


def _check_columns(taken: TakenRows, header: Header, shape: Shape) -> None:
    named = [column for column in header.columns if column]
    twice = sorted({column for column in named if named.count(column) > 1})
    if twice:
        taken.find(taken.header_line, "", "", "header-twice", ", ".join(twice))
    missing = missing_columns(taken.contract, {*header.columns, *shape.fixed})
    if missing:
        titles = ", ".join(taken.contract.column(name).heading for name in missing)
        taken.find(taken.header_line, "", "", "missing-columns", titles)
    unread = header.unread
    if unread:
        taken.find(taken.header_line, "", "", "extra-columns", ", ".join(unread), "warning")
    _say_units(taken, header)


def _say_units(taken: TakenRows, header: Header) -> None:
    words = dict.fromkeys((*header.scale_words, *_row_units(taken, header)))
    if words:
        taken.find(taken.header_line, "", "", "scaled", ", ".join(words), "warning")
    if taken.contract.name != VISITS:
        return  # asked for row by row, as a metric has its own unit
    for place, name in enumerate(header.columns):
        _scale, unclear = fixed_scale(header.units, place, "krw")
        if unclear is not None and name is not None:
            expected = ", ".join(choices_for("krw"))
            title = taken.contract.column(name).heading
            taken.find(taken.header_line, title, unclear.written, unclear.rule, expected)


def _ask_formats(taken: TakenRows, table: Table, header: Header) -> None:
    """Ask for the unit of visits whose number format shows thousands, where none says so."""
    for place, name in enumerate(header.columns if taken.contract.name == VISITS else ()):
        codes = {code for (_line, at), code in table.sheet.formats.items() if at == place}
        thousands = {number_format(code).thousands for code in codes} - {0}
        scale, _unclear = fixed_scale(header.units, place, "krw")
        if name and name not in table.shape.units and thousands - {1 if scale == 1000 else 0}:
            code = next(code for code in sorted(codes) if number_format(code).thousands)
            title, choices = taken.contract.column(name).heading, ", ".join(choices_for("krw"))
            taken.find(taken.header_line, title, code, "unit-format", choices)


def _row_units(taken: TakenRows, header: Header) -> list[str]:
    """Units with a scale in the column of units."""
    place = header.unit_place
    found = () if place is None else dict.fromkeys(row.cells[place] for row in taken.rows)
    units = (unit_of_word(text) for text in found)
    return [unit.text for unit in units if unit is not None and unit.scale != 1]
