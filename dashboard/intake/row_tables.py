"""Checked rows as a table of text, on their way into the lake."""

from collections.abc import Iterable, Sequence

import pyarrow as pa

from dashboard.intake.validation import Row


def text_table(rows: Sequence[Row], names: Iterable[str] = ()) -> pa.Table:
    """Rows as columns of text, with the line of each; `names` are there though no row has them."""
    columns: dict[str, pa.Array] = {
        name: pa.array([row.cells.get(name) for row in rows], pa.string())
        for name in dict.fromkeys([*names, *(name for row in rows for name in row.cells)])
    }
    return pa.table(columns | {"line": pa.array([row.line for row in rows], pa.int64())})
