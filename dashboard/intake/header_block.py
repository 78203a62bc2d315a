"""The header of a table, of one row or several: where it is, and its merged and blank cells."""

from collections.abc import Sequence

from dashboard.contract import Contract
from dashboard.intake.headers import SEARCHED
from dashboard.intake.layout import Shape
from dashboard.intake.sheets import Line, Merge, Sheet
from dashboard.intake.table_words import (
    Vocabulary,
    is_month,
    is_note,
    is_number,
    is_year_like,
    only_units,
    spaced,
    unit_row,
)
from dashboard.intake.units import is_unit_statement, unit_of_word

HEADER_ROWS = 6
"""More rows than this above the first numbers are no header."""


class HeaderBlock:
    """The header of one sheet, as chosen or as the rows above the first numbers."""

    def __init__(self, contract: Contract, sheet: Sheet, shape: Shape) -> None:
        self.contract = contract
        self.sheet = sheet
        self.shape = shape
        self.words = Vocabulary(contract, shape.words)
        self.cells = [tuple(spaced(cell) for cell in line.cells) for line in sheet.lines]
        self.header, self.first = self._header()
        self.width = max(
            (len(self.cells[row]) for row in (*self.header, self.first) if row < len(self.cells)),
            default=0,
        )
        self.grid = self._merged()

    def has_header(self) -> bool:
        """Whether there is a header with numbers below it."""
        return bool(self.header) and self.first < len(self.cells)

    def _header(self) -> tuple[list[int], int]:
        """Rows of the header, and the first row below it, as indices."""
        chosen = self.shape.header_line
        if chosen is not None:
            start = next(
                (row for row, line in enumerate(self.sheet.lines) if line.number >= chosen), 0
            )
            rows = list(range(start, min(len(self.cells), start + (self.shape.header_rows or 1))))
            return rows, rows[-1] + 1 if rows else 0
        first = self._first_numbers()
        rows = []
        for row in range(first - 1, max(-1, first - 1 - HEADER_ROWS), -1):
            if not any(self.cells[row]) or self._is_title(row):
                break
            rows.insert(0, row)
        wanted = self.shape.header_rows
        return (rows[-wanted:] if wanted else rows), first

    def _first_numbers(self) -> int:
        """The first row that holds an amount; years alone are a header."""
        for row, cells in enumerate(self.cells[: SEARCHED + HEADER_ROWS]):
            amounts = [
                cell
                for cell in cells
                if is_number(cell) and not is_year_like(cell) and not is_month(cell)
            ]
            if amounts and sum(map(bool, cells)) > 1 and not is_note(cells):
                return row
        return len(self.cells)

    def _is_title(self, row: int) -> bool:
        cells = self.cells[row]
        written = [(place, cell) for place, cell in enumerate(cells) if cell]
        rest = [(place, cell) for place, cell in written if not is_unit_statement(cell)]
        if not rest or is_note([cell for _place, cell in rest]):
            return True
        place, word = rest[0]
        if len(rest) == 2 and place == 0 and self.words.column_of(word) is None:
            unit = unit_of_word(rest[1][1])  # 외국인환자 수 | (천명)
            return unit is not None and (unit.scale != 1 or rest[1][1].startswith(("(", "[")))
        if len(rest) > 1:
            return False
        return place == 0 or not self.words.role_of([word])

    def _is_unit_row(self, row: int) -> bool:
        return len(self.header) > 1 and (unit_row(self.cells[row]) or only_units(self.cells[row]))

    def _merged(self) -> list[list[str]]:
        """The header's cells, all as wide as the table, with merged cells filled."""
        grid = [list(self._padded(row)) for row in self.header]
        where = {self.sheet.lines[row].number: at for at, row in enumerate(self.header)}
        for merge in self.sheet.merges:
            if merge.first_row in where:
                text = self._padded(self.header[where[merge.first_row]])[merge.first_column :][:1]
                for line in range(merge.first_row, merge.last_row + 1):
                    for place in range(merge.first_column, merge.last_column + 1):
                        if line in where and place < self.width and text:
                            grid[where[line]][place] = text[0]
        return grid

    def _padded(self, row: int) -> tuple[str, ...]:
        cells = self.cells[row][: self.width]
        return cells + ("",) * (self.width - len(cells))

    def _filled(self, rows: Sequence[int], at: int, values: Sequence[int]) -> dict[int, str]:
        """A header row above the values: blank cells as left of them, or as above in the last."""
        grid = [self.grid[self.header.index(row)] for row in rows]
        is_merged = any(
            merge.first_row in {self.sheet.lines[row].number for row in rows}
            for merge in self.sheet.merges
        )
        found: dict[int, str] = {}
        left = ""
        for place in values:
            word = grid[at][place]
            if word:
                left = word
            elif at < len(rows) - 1 and not is_merged:
                above = any(grid[higher][place] for higher in range(at))
                word = left if not above or left == "" else self._beside(grid, at, place, left)
            if not word and at:
                word = next((grid[up][place] for up in range(at - 1, -1, -1) if grid[up][place]),
                            "")  # fmt: skip
                word = word or (found.get(place, ""))
            found[place] = word
        return found

    @staticmethod
    def _beside(grid: Sequence[Sequence[str]], at: int, place: int, left: str) -> str:
        """Below a header of its own, a blank cell belongs to that one, not to its left."""
        return grid[at - 1][place] if at and grid[at - 1][place] else left


def header_of_lines(lines: Sequence[Line], merges: Sequence[Merge]) -> Sequence[Line]:
    """Lines of a long table with the cells that are merged downwards filled."""
    if not merges:
        return lines
    grid = {line.number: list(line.cells) for line in lines}
    for merge in merges:
        row = grid.get(merge.first_row)
        if row is None or merge.first_column >= len(row):
            continue
        for number in range(merge.first_row + 1, merge.last_row + 1):
            below = grid.get(number)
            if below is not None and merge.first_column < len(below):
                below[merge.first_column] = below[merge.first_column] or row[merge.first_column]
    return [Line(line.number, tuple(grid[line.number])) for line in lines]
