"""The lake: append-only tables of accepted batches, one batch a snapshot."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb
import pyarrow as pa
from tenacity import retry, retry_if_exception, stop_after_attempt, wait_random_exponential

from dashboard.errors import UsageError
from dashboard.settings import Settings
from dashboard.store.connection import attach_lake, open_workshop

ROW_ORIGIN = ("batch_id", "line")
"""Columns that every table of the lake has beside its own: which batch, which line of its file."""


@dataclass(frozen=True)
class Batch:
    """One accepted delivery: one snapshot of the lake."""

    batch_id: str
    origin: str
    """Whose delivery it is; a later batch of the same origin takes the former one's place."""
    digest: str
    """SHA-256 over the names and bytes that were handed in."""
    author: str
    message: str
    accepted_at: datetime


def _is_locked(error: BaseException) -> bool:
    """Another process holds the SQLite catalogue. Nothing was written."""
    return isinstance(error, duckdb.Error) and "database is locked" in str(error)


_patiently = retry(
    retry=retry_if_exception(_is_locked),
    wait=wait_random_exponential(multiplier=0.05, max=2),
    stop=stop_after_attempt(12),
    reraise=True,
)


class Lake:
    """The accepted record of one workspace."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @contextmanager
    def attached(
        self,
        connection: duckdb.DuckDBPyConnection | None = None,
        snapshot: int | None = None,
        read_only: bool = False,
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """The lake as `lake` on a connection, given or new; detached or closed afterwards."""
        self._settings.lake_data.mkdir(parents=True, exist_ok=True)
        own = connection is None
        used = open_workshop() if connection is None else connection
        try:
            attach_lake(
                used,
                self._settings.lake_catalogue,
                self._settings.lake_data,
                snapshot=snapshot,
                read_only=read_only,
            )
            yield used
        finally:
            if own:
                used.close()
            else:
                used.execute("DETACH DATABASE IF EXISTS lake")

    @_patiently
    def snapshot(self) -> int:
        """Number of the newest snapshot; 0 while nothing was accepted."""
        with self.attached() as connection:
            return _one(connection, "SELECT id FROM lake.current_snapshot()")

    @_patiently
    def batches(self, snapshot: int | None = None) -> list[Batch]:
        """All batches accepted up to a snapshot, oldest first.

        Raises:
            UsageError: the snapshot does not exist.
        """
        newest = self.snapshot() if snapshot is not None else 0
        if snapshot is not None and not 0 <= snapshot <= newest:
            raise UsageError(
                "There is no such snapshot",
                f"Snapshot {snapshot} was asked for; the newest is {newest}.",
                f"Name a snapshot from 1 to {newest}.",
            )
        with self.attached(snapshot=snapshot) as connection:
            if "batches" not in _tables(connection):
                return []
            rows = connection.execute(
                "SELECT batch_id, origin, digest, author, message, accepted_at "
                "FROM lake.batches ORDER BY accepted_at, batch_id"
            ).fetchall()
        return [
            Batch(row[0], row[1], row[2], row[3], row[4], datetime.fromisoformat(row[5]))
            for row in rows
        ]

    @_patiently
    def append(
        self, origin: str, digest: str, author: str, message: str, tables: Mapping[str, pa.Table]
    ) -> Batch:
        """Take a checked delivery in: all its tables in one snapshot, or nothing.

        Args:
            origin: whose delivery it is; it takes the place of that origin's former batch.
            digest: SHA-256 of what was handed in.
            author: who hands it in.
            message: what it is, in one line.
            tables: table name → columns of text as handed in, plus `line` (int64), the line of
                the file on which the row stands.
        """
        accepted_at = datetime.now(UTC)
        batch = Batch(
            f"{origin}-{accepted_at:%Y%m%dT%H%M%S%f}", origin, digest, author, message, accepted_at
        )
        with self.attached() as connection:
            connection.execute("BEGIN")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS lake.batches (batch_id VARCHAR, origin VARCHAR, "
                "digest VARCHAR, author VARCHAR, message VARCHAR, accepted_at VARCHAR)"
            )
            for name, rows in tables.items():
                _append_table(connection, name, rows, batch.batch_id)
            connection.execute(
                "INSERT INTO lake.batches VALUES (?, ?, ?, ?, ?, ?)",
                [batch.batch_id, origin, digest, author, message, accepted_at.isoformat()],
            )
            connection.execute(
                "CALL lake.set_commit_message(?, ?, extra_info => ?)",
                [author, message, json.dumps({"batch_id": batch.batch_id})],
            )
            connection.execute("COMMIT")
        return batch


def in_force(batches: Sequence[Batch]) -> list[Batch]:
    """The batches that count: of each origin the last one, in order of acceptance."""
    last = {batch.origin: batch for batch in batches}
    return [batch for batch in batches if last[batch.origin] is batch]


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    assert row is not None, sql
    return int(row[0])


def _tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    rows = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = 'lake'"
    ).fetchall()
    return {row[0] for row in rows}


def _append_table(
    connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table, batch_id: str
) -> None:
    """Add the rows; columns that the lake has not seen before are added to its table first."""
    fields = [column for column in rows.column_names if column not in ROW_ORIGIN]
    columns = ", ".join(f'"{field}" VARCHAR' for field in fields)
    connection.execute(
        f'CREATE TABLE IF NOT EXISTS lake."{name}" ({columns}, batch_id VARCHAR, line BIGINT)'
    )
    for field in fields:
        connection.execute(f'ALTER TABLE lake."{name}" ADD COLUMN IF NOT EXISTS "{field}" VARCHAR')
    selected = ", ".join(f'"{field}"' for field in fields)
    connection.register("handed_in", rows)
    connection.execute(
        f'INSERT INTO lake."{name}" ({selected}, batch_id, line) '
        f"SELECT {selected}, ?, line FROM handed_in",
        [batch_id],
    )
    connection.unregister("handed_in")
