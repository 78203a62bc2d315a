"""Before a batch is taken back: does anything handed in later still need it?"""

from collections.abc import Sequence

from dashboard.errors import UsageError
from dashboard.intake.lake_tables import WITHDRAWN
from dashboard.store.lake import Batch, Lake, expose_rows, in_force, lake_columns

_NEEDED = {
    "sources": ("source_id", ("source_id", "source_ids")),
    "events": ("event_id", ("event_id",)),
}
"""Table → its key, and the columns in which rows of other tables name it."""


def check_not_needed(lake: Lake, batch_id: str) -> None:
    """See that no row which stays in force names a source or event that would be gone.

    Raises:
        UsageError: one does; it says which.
    """
    rest = in_force([batch for batch in lake.batches() if batch.batch_id != batch_id])
    for needed, (key, columns) in _NEEDED.items():
        there = {row[key] for row in _rows(lake, needed, rest)}
        for table in _tables(lake) - {needed}:
            for row in _rows(lake, table, rest):
                for column in columns:
                    for name in str(row.get(column) or "").split(";"):
                        if name and name not in there:
                            raise UsageError(
                                "The batch is needed by another one",
                                f"{table} ({row['batch_id']}): {column} {name}",
                                "Take the later batch back first.",
                            )


def _tables(lake: Lake) -> set[str]:
    with lake.attached() as connection:
        found = lake_columns(connection)
    wanted = {column for _key, columns in _NEEDED.values() for column in columns}
    return {table for table, columns in found.items() if wanted & set(columns)}


def _rows(lake: Lake, table: str, batches: Sequence[Batch]) -> list[dict[str, str | None]]:
    with lake.attached() as connection:
        if table not in lake_columns(connection):
            return []
        expose_rows(connection, table, batches, "found")
        rows = connection.execute("FROM found").to_arrow_table().to_pylist()
    return [row for row in rows if not row.get(WITHDRAWN)]
