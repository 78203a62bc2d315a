"""Before a batch is taken back: does anything handed in later still need it?"""

import duckdb

from dashboard.errors import UsageError
from dashboard.intake.lake_tables import PUBLIC
from dashboard.store.batches import HANDED_IN, in_force
from dashboard.store.lake import Lake
from dashboard.store.lake_rows import expose_rows, lake_columns

_NEEDED = {
    "sources": ("source_id", ("source_id", "source_ids")),
    "events": ("event_id", ("event_id",)),
}
"""Table → its key, and the columns in which rows of other tables name it."""


def check_not_needed(lake: Lake, batch_id: str) -> None:
    """See that no row which stays in force names a source or event that would be gone.

    Raises:
        UsageError: one does; it says which. Or it is the only version of the public record.
    """
    rest = in_force([batch for batch in lake.batches() if batch.batch_id != batch_id])
    if not any(batch.origin == PUBLIC for batch in rest):
        raise UsageError(
            "There is no former version of the record to go back to",
            batch_id,
            "Put the files of another version into the folder of the record, then build.",
        )
    if not any(batch.origin.startswith(HANDED_IN) for batch in rest):
        return  # the public record names nothing that cities hand in
    with lake.attached() as connection:
        held = lake_columns(connection)
        for needed, (key, columns) in _NEEDED.items():
            brought = _ids(
                connection, f"SELECT {key} FROM lake.{needed} WHERE batch_id = ?", [batch_id]
            )
            if not brought:
                continue
            expose_rows(connection, needed, rest, "found")
            gone = sorted(brought - _ids(connection, f"SELECT {key} FROM found", []))
            for table in held.keys() - {needed} if gone else ():
                for column in set(columns) & set(held[table]):
                    expose_rows(connection, table, rest, "found")
                    _check_column(connection, table, column, gone)


def _check_column(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, gone: list[str]
) -> None:
    named = connection.execute(
        f"SELECT batch_id, {column} FROM found "
        f"WHERE list_has_any(string_split({column}, ';'), $gone) LIMIT 1",
        {"gone": gone},
    ).fetchone()
    if named is not None:
        raise UsageError(
            "The batch is needed by another one",
            f"{table} ({named[0]}): {column} {named[1]}",
            "Take the later batch back first.",
        )


def _ids(connection: duckdb.DuckDBPyConnection, sql: str, values: list[str]) -> set[str]:
    return {row[0] for row in connection.execute(sql, values).fetchall() if row[0]}
