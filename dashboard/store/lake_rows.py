"""The rows of the lake's tables: as they are written, and those of them that count."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import duckdb

from dashboard.store.batches import Batch

if TYPE_CHECKING:
    import pyarrow as pa

ROW_ORIGIN = ("batch_id", "line")
"""Columns that every table of the lake has beside its own: which batch, which line of its file."""
BATCH_TABLES = frozenset({"batches", "reversals"})
"""Tables of the lake that say what was accepted and taken back, not what was handed in."""

_SORTED = {"patient_visits": " ORDER BY region, visited_on"}
"""In which order a table's rows are written, so that whoever reads a part skips the rest."""

Tables: TypeAlias = "Mapping[str, pa.Table | Path]"
"""Table → its rows as text, plus `line`; a path is a Parquet file, for what memory cannot hold."""


def lake_columns(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The tables of the attached lake and their columns."""
    rows = connection.execute(
        "SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() "
        "WHERE database_name = 'lake' GROUP BY table_name ORDER BY table_name"
    ).fetchall()
    return {name: list(columns) for name, columns in rows}


def expose_rows(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    batches: Sequence[Batch],
    into: str,
    rows: str = "",
) -> None:
    """Make a temporary table of a lake table's rows that count.

    Args:
        connection: with the lake attached.
        table: a table of the lake.
        batches: those in force, in order of acceptance.
        into: the relation to create, quoted where needed.
        rows: those of the table, where they are not read from the lake.
    """
    keyed = [bool(batch.keys.get(table)) for batch in batches]
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE in_force AS "
        "SELECT unnest(?::VARCHAR[]) AS batch_id, unnest(?) AS place, unnest(?) AS is_keyed",
        [[batch.batch_id for batch in batches], list(range(len(batches))), keyed],
    )
    all_rows = rows or f'lake."{table}"'
    rows = f"SELECT t.* FROM {all_rows} AS t SEMI JOIN in_force USING (batch_id)"
    if any(keyed):
        key = next(batch.keys[table] for batch in reversed(batches) if batch.keys.get(table))
        same = " AND ".join(f't."{name}" IS NOT DISTINCT FROM later."{name}"' for name in key)
        # A row gives way to a later keyed batch's row with its key; rows of one batch never do.
        rows = (
            f"WITH held AS MATERIALIZED (FROM {all_rows}) "
            "SELECT t.* FROM held AS t JOIN in_force AS mine USING (batch_id) "
            "WHERE NOT EXISTS (FROM held AS later JOIN in_force AS over "
            "ON later.batch_id = over.batch_id WHERE over.is_keyed AND over.place > mine.place "
            f"AND {same})"
        )
    connection.execute(f"CREATE OR REPLACE TABLE {into} AS {rows}")


def hold_columns(
    connection: duckdb.DuckDBPyConnection, table: str, held: Sequence[str], columns: Iterable[str]
) -> None:
    """Make a table of rows as handed in, or add the columns of text that it lacks.

    Args:
        connection: to the database of the table.
        table: its schema and name, quoted where needed.
        held: the columns that it has; none while there is no such table.
        columns: those that it is to have beside the origin of each row.
    """
    lacking = [f'"{name}" VARCHAR' for name in columns if name not in {*ROW_ORIGIN, *held}]
    if not held:
        origin = ("batch_id VARCHAR", "line BIGINT")
        connection.execute(f"CREATE TABLE {table} ({', '.join((*lacking, *origin))})")
        return
    for column in lacking:
        connection.execute(f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {column}")


def append_table(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    held: Sequence[str],
    rows: "pa.Table | Path",
    batch_id: str,
) -> None:
    """Add the rows; columns that the lake has not seen before are added to its table first."""
    fields = open_rows(connection, rows)
    hold_columns(connection, f'lake."{name}"', held, fields)
    selected = ", ".join(f'"{column}"' for column in fields)
    connection.execute(
        f'INSERT INTO lake."{name}" ({selected}, batch_id, line) '
        f"SELECT {selected}, ?, line FROM handed_in{_SORTED.get(name, '')}",
        [batch_id],
    )
    connection.unregister("handed_in")


def open_rows(connection: duckdb.DuckDBPyConnection, rows: "pa.Table | Path") -> list[str]:
    """Make rows that were handed in readable as `handed_in`, and name their own columns."""
    if isinstance(rows, Path):
        stored = connection.read_parquet(str(rows))
        connection.register("handed_in", stored)
        names = list(stored.columns)
    else:
        connection.register("handed_in", rows)
        names = rows.column_names
    return [column for column in names if column not in ROW_ORIGIN]


def no_rows() -> "pa.Table":
    """The rows of a table that nobody handed in yet."""
    import pyarrow  # a question needs none, and it takes long to load

    return pyarrow.table({})
