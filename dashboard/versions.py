"""Which rows are new, changed and gone between two versions of a table."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from dashboard.contract import Contract

Row = Mapping[str, str]
Rows = Mapping[str, Sequence[Row]]
"""Table → its rows; an empty cell is empty text."""
_BESIDE = frozenset({"approximate", "source_ids", "note"})
"""Columns that say something of a figure and not which it is."""


def differing(
    contract: Contract, both: Sequence[str], old_rows: Sequence[Row], new_rows: Sequence[Row]
) -> Iterator[tuple[str, Row | None, Row | None]]:
    """Key, former and later row, of rows that differ in columns that both have, or that one lacks.

    Rows with one key are paired in their order; those of a key stand together, gone ones last.
    """
    key = contract.primary_key or tuple(
        column.name
        for column in contract.fields
        if column.type not in ("number", "integer") and column.name not in _BESIDE
    )
    old, new = _by_key(old_rows, key), _by_key(new_rows, key)
    for row_key in [*new, *(found for found in old if found not in new)]:
        gone, come = list(old.get(row_key, ())), list(new.get(row_key, ()))
        for row in list(come):  # what is alike in both is no difference
            same = next((found for found in gone if _same(found, row, both)), None)
            if same is not None:
                gone.remove(same)
                come.remove(row)
        shown = " / ".join(filter(None, row_key))
        for before, after in zip_longest(gone, come):
            yield shown, before, after


def _by_key(rows: Sequence[Row], key: Sequence[str]) -> Mapping[tuple[str, ...], list[Row]]:
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[tuple(row.get(name, "") for name in key)].append(row)
    return found


def _same(one: Row, other: Row, columns: Sequence[str]) -> bool:
    return all(one.get(column, "") == other.get(column, "") for column in columns)


def contents_of(contract: Contract, row: Row) -> list[tuple[str, str]]:
    """The figures of a row, coordinates left out; its first other text where it has none."""
    figures = [
        (column.name, row[column.name])
        for column in contract.fields
        if column.type in ("number", "integer")
        and not (column.unit or "").startswith("degrees")
        and row.get(column.name)
    ]
    texts = (
        row[column.name]
        for column in contract.fields
        if column.name not in contract.primary_key and row.get(column.name)
    )
    return figures or [("", next(texts, ""))]
