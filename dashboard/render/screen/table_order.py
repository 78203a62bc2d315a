"""The order in which a screen shows a table, and by what a reader may sort it.

All rows are in the document, those of other pages out of sight: sorting and filtering by
`static/tables.js` is of the whole table, never of the page that is seen.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from dashboard.content.document import Cell, Column, Table
from dashboard.i18n import gettext as _

FILTERED_FROM = 12
"""A table with more rows has a field to filter them."""
SORT = "sort-"
"""Before the key of a table: what the address calls its order, `column.asc` or `column.desc`."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_FEWEST_YEARS = 3

Row = tuple[Cell, ...]


def as_read(table: Table) -> Table:
    """The table with its newest year first and figures to the right.

    Columns of years at either end in which no row has anything are left out, and the note says so.
    """
    columns, rows, note = table.columns, table.rows, table.note
    years = [at for at, one in enumerate(columns) if _YEAR.fullmatch(one.name)]
    if len(years) >= _FEWEST_YEARS and years == [*range(years[0], years[-1] + 1)]:
        kept = _without_empty_ends(years, rows)
        is_rising = [columns[at].name for at in kept] == sorted(columns[at].name for at in kept)
        order = [*range(years[0]), *(reversed(kept) if is_rising else kept)]
        order += range(years[-1] + 1, len(columns))
        left_out = [columns[at].label for at in years if at not in kept]
        if left_out:
            said = _("Years without anything, left out: {years}").format(years=", ".join(left_out))
            note = f"{note} {said}".strip()
        columns = tuple(columns[at] for at in order)
        rows = tuple(tuple(row[at] for at in order) for row in rows)
    if table.picked is None:  # its place is counted
        rows = _newest_first(columns, rows)
    columns = tuple(
        replace(column, is_figure=column.is_figure or _is_of_figures(column, at, rows))
        for at, column in enumerate(columns)
    )
    return replace(table, columns=columns, rows=rows, note=note)


def order_of(cell: Cell) -> str:
    """By what a row is sorted: figure, least of a range, ISO date, shade, else the text."""
    if cell.order is not None:
        return str(cell.order)
    if isinstance(cell.value, int | float):
        return str(cell.value)
    if cell.span is not None:
        return str(cell.span[0])
    if cell.shade is not None:
        return str(cell.shade)
    return "" if cell.evidence == "no data" else cell.text


def _without_empty_ends(years: Sequence[int], rows: Sequence[Row]) -> list[int]:
    has = [any(row[at].value is not None or row[at].link for row in rows) for at in years]
    if True not in has:
        return list(years)
    last = len(has) - has[::-1].index(True)
    return list(years[has.index(True) : last])


def _newest_first(columns: Sequence[Column], rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Rows whose years only rise, turned; rows of one year keep their order."""
    at = next((place for place, one in enumerate(columns) if one.name == "year"), None)
    if at is None:
        return rows
    years = [order_of(row[at]) for row in rows]
    if not all(_YEAR.fullmatch(year) for year in years) or years != sorted(years):
        return rows
    return tuple(sorted(rows, key=lambda row: order_of(row[at]), reverse=True))


def _is_of_figures(column: Column, at: int, rows: Sequence[Row]) -> bool:
    """Whether all that stands in a column is numbers, and no year."""
    cells = [row[at] for row in rows if row[at].text and row[at].evidence != "no data"]
    return (
        bool(cells)
        and all(isinstance(cell.value, int | float) for cell in cells)
        and not all(_YEAR.fullmatch(str(cell.value)) for cell in cells)
    )
