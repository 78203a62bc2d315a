"""Several tables in one sheet: where the next one stands, and the sheet without those before it."""

from dataclasses import replace

from dashboard.intake.layout import TableLayout
from dashboard.intake.sheets import Line, Sheet
from dashboard.intake.table_words import is_note
from dashboard.intake.units import is_unit_statement
from dashboard.intake.values import plain


def sheet_after(sheet: Sheet, layout: TableLayout) -> Sheet:
    """The sheet from the next table on, its titles included; lines and places stay as they are.

    Args:
        sheet: with the table of the layout and another one.
        layout: whose `other_table_line` is not 0.
    """
    if layout.other_table_place:
        return _beside(sheet, layout.other_table_line, layout.other_table_place)
    return _below(sheet, layout)


def _beside(sheet: Sheet, line: int, place: int) -> Sheet:
    lines = tuple(
        one if one.number < line else Line(one.number, ("",) * place + one.cells[place:])
        for one in sheet.lines
    )
    merges = tuple(
        merge for merge in sheet.merges if merge.first_column >= place or merge.last_row < line
    )
    return replace(sheet, lines=lines, merges=merges)


def _below(sheet: Sheet, layout: TableLayout) -> Sheet:
    """From the titles directly above the header on; notes belong to the table before them."""
    ended = {*layout.data_lines, *layout.total_lines, *layout.unread_lines}
    first = next(
        at for at, line in enumerate(sheet.lines) if line.number >= layout.other_table_line
    )
    while first:
        above = sheet.lines[first - 1]
        filled = [cell for cell in above.cells if plain(cell)]
        is_unit = any(map(is_unit_statement, filled))
        if not filled or above.number in ended or (is_note(filled) and not is_unit):
            break
        first -= 1
    lines = sheet.lines[first:]
    if not _has_own_header(sheet, layout):
        titles = sum(line.number <= layout.other_table_line for line in lines)
        kept = {*layout.header_lines, *layout.unit_lines}
        header = tuple(line for line in sheet.lines if line.number in kept)
        rows = tuple(line for line in lines[titles:] if any(map(plain, line.cells)))
        lines = (*lines[:titles], *header, *rows)
    return replace(sheet, lines=lines)


def _has_own_header(sheet: Sheet, layout: TableLayout) -> bool:
    """Whether the next table repeats a header; below a heading alone it has that of the first."""
    line = next(line for line in sheet.lines if line.number == layout.other_table_line)
    written = [cell for cell in line.cells if plain(cell) and not is_unit_statement(cell)]
    return len(written) > 1
