"""Apply a layout: the numbers of a wide table as long rows that know the cell they came from."""

from collections.abc import Mapping, Sequence

from dashboard.contract import Contract
from dashboard.intake.delivery import SourceRow
from dashboard.intake.layout import LEFT_OUT, TOTALS, Label, Shape, TableLayout
from dashboard.intake.sheets import Line, Sheet, cell_name, column_letters
from dashboard.intake.table_words import AMOUNT, Vocabulary, bare, is_blank, spaced, year_word
from dashboard.intake.units import (
    Unit,
    header_units,
    note_units,
    table_units,
    title_units,
    unit_of_word,
)
from dashboard.intake.values import is_total

UNIT = "unit"
STATUS = "status"


def filled_labels(
    sheet: Sheet, lines: Sequence[Line], labels: Sequence[Label]
) -> tuple[list[dict[int, str]], tuple[str, ...]]:
    """The labels of each row: merged cells filled down, and blank ones as above.

    A blank cell is not filled when a label to its left says something new.

    Returns:
        For each line its labels by place; and the headers of columns filled without a merge.
    """
    merged = {
        (line, merge.first_column)
        for merge in sheet.merges
        for line in range(merge.first_row + 1, merge.last_row + 1)
    }
    above: dict[int, str] = {}
    found: list[dict[int, str]] = []
    filled: dict[str, None] = {}
    kept = [label for label in labels if label.column not in ("note", UNIT, LEFT_OUT)]
    for line in lines:
        texts: dict[int, str] = {}
        is_new = False
        for label in labels:
            text = spaced(line.cells[label.place]) if label.place < len(line.cells) else ""
            if not text and label in kept and not is_new and above.get(label.place):
                text = above[label.place]
                if (line.number, label.place) not in merged:
                    filled[label.header or column_letters(label.place)] = None
            elif text and label in kept and text != above.get(label.place):
                is_new = True
            texts[label.place] = text
        above = texts
        found.append(texts)
    return found, tuple(filled)


def turned_rows(
    contract: Contract, sheet: Sheet, layout: TableLayout, shape: Shape, limit: int
) -> tuple[tuple[str, ...], list[SourceRow]]:
    """The numbers of a table, one row each; amounts of one subject share a row.

    Args:
        contract: of the table that is handed in.
        sheet: as read.
        layout: of the sheet.
        shape: what was chosen about it.
        limit: rows after which it ends.

    Returns:
        Columns of the contract, and the rows with a cell for each.
    """
    return _Turner(contract, sheet, layout, shape).rows(limit)


def units_in_title(sheet: Sheet, layout: TableLayout) -> tuple[Unit, ...]:
    """The units that are stated above the table, in the corner of its header, or else below it."""
    head = {*layout.header_lines, *layout.unit_lines}
    above = tuple(
        unit
        for line in sheet.lines
        for unit in (
            title_units(line.cells)
            if line.number in layout.title_lines
            else table_units(line.cells)
            if line.number in head
            else ()
        )
    )
    return above or tuple(
        unit
        for line in sheet.lines
        if line.number in layout.note_lines
        for unit in note_units(line.cells)
    )


class _Turner:
    def __init__(self, contract: Contract, sheet: Sheet, layout: TableLayout, shape: Shape) -> None:
        self.contract = contract
        self.layout = layout
        self.words = Vocabulary(contract, shape.words)
        self.lines = {line.number: line for line in sheet.lines}
        self.labels = [label for label in layout.labels if label.column not in (None, LEFT_OUT)]
        data = [self.lines[number] for number in layout.data_lines]
        below = [line for line in sheet.lines if line.number >= min(layout.data_lines, default=0)]
        everything, _filled = filled_labels(sheet, self._table(below), layout.labels)
        by_line = dict(zip((line.number for line in self._table(below)), everything, strict=True))
        self.data = [(line, by_line[line.number]) for line in data]
        self.units = self._units_by_place(sheet)
        has_unit = any(column.name == UNIT for column in contract.fields)
        self.has_unit = has_unit and not any(label.column == UNIT for label in layout.labels)

    def _table(self, below: Sequence[Line]) -> list[Line]:
        table = {*self.layout.data_lines, *self.layout.total_lines, *self.layout.unread_lines}
        return [line for line in below if line.number in table]

    def _units_by_place(self, sheet: Sheet) -> dict[int, str]:
        """Unit of each column of values as its header or a row of units says it."""
        found: dict[int, str] = {}
        for line in sheet.lines:
            if line.number in self.layout.unit_lines:
                for place, cell in enumerate(line.cells):
                    if unit_of_word(cell) is not None:
                        found[place] = spaced(cell)
        for across in self.layout.across:
            for place, word in across.words.items():
                stated = header_units(word)
                if stated:
                    found[place] = ", ".join(unit.text for unit in stated)
        return found

    def rows(self, limit: int) -> tuple[tuple[str, ...], list[SourceRow]]:
        """Columns and rows."""
        made: list[tuple[int, dict[str, str], dict[str, str]]] = []
        groups = self._groups()
        for line, labels in self.data:
            for places in groups:
                row = self._row(line, labels, places)
                if row is not None:
                    made.append((line.number, *row))
            if len(made) > limit:
                break
        used = {name for _line, cells, _origins in made for name in cells}
        columns = tuple(column.name for column in self.contract.fields if column.name in used)
        return columns, [
            SourceRow(line, tuple(cells.get(name, "") for name in columns), origins)
            for line, cells, origins in made
        ]

    def _groups(self) -> list[list[int]]:
        """Places of values that make up one row: one each, or the amounts of one subject."""
        places = [value.place for value in self.layout.values if value.kind == "number"]
        if not any(across.column == AMOUNT for across in self.layout.across):
            return [[place] for place in places]
        groups: dict[tuple[str, ...], list[int]] = {}
        for place in places:
            subject = tuple(
                across.words.get(place, "")
                for across in self.layout.across
                if across.column != AMOUNT
            )
            groups.setdefault(subject, []).append(place)
        return list(groups.values())

    def _row(
        self, line: Line, labels: Mapping[int, str], places: Sequence[int]
    ) -> tuple[dict[str, str], dict[str, str]] | None:
        numbers = {
            place: line.cells[place]
            for place in places
            if place < len(line.cells) and not is_blank(line.cells[place])
        }
        if not numbers:
            return None
        cells = {**self.layout.from_title, **self.layout.fixed}
        origins: dict[str, str] = {}
        first = next(iter(numbers))
        for across in self.layout.across:
            if across.column not in (None, TOTALS, AMOUNT):
                self._put(cells, str(across.column), across.words.get(first, ""))
                origins[str(across.column)] = cell_name(across.line, first)
        for label in self.labels:
            if label.column != TOTALS:
                self._put(cells, str(label.column), labels.get(label.place, ""))
                origins[str(label.column)] = cell_name(line.number, label.place)
        for place, text in numbers.items():
            name = self._amount(place)
            cells[name] = text
            origins[name] = cell_name(line.number, place)
        unit = self._unit(first, labels)
        if self.has_unit and unit:
            cells[UNIT] = unit
        return cells, origins

    def _put(self, cells: dict[str, str], name: str, word: str) -> None:
        """A header's or label's word, as its code where somebody chose one."""
        chosen = self.words.chosen(word)
        if chosen == "*" or (chosen is None and is_total(bare(word)) and name not in cells):
            cells[name] = ""
            return
        column = self.contract.column(name)
        if column.type == "year":
            year = year_word(word)
            cells[name] = self.words.code(name, word) or word
            if year and year[1] and any(one.name == STATUS for one in self.contract.fields):
                cells.setdefault(STATUS, "provisional")
            return
        cells[name] = (self.words.code(name, word) if column.codes else None) or word

    def _amount(self, place: int) -> str:
        for across in self.layout.across:
            if across.column == AMOUNT:
                return self.words.amount_of(across.words.get(place, "")) or ""
        return next(
            column.name for column in self.words.amounts if column.constraints.get("required")
        )

    def _unit(self, place: int, labels: Mapping[int, str]) -> str:
        """The unit that the row's labels or the column's header state."""
        for label in self.layout.labels:
            stated = header_units(labels.get(label.place, ""))
            if stated:
                return ", ".join(unit.text for unit in stated)
        return self.units.get(place, "")
