"""The lake: append-only tables of accepted batches, one batch a snapshot."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from dashboard.errors import UsageError, WorkspaceBusy
from dashboard.i18n import gettext as _
from dashboard.settings import Settings
from dashboard.store.batches import Batch, batch_of_row, in_force
from dashboard.store.connection import (
    attach_lake,
    borrowed_connection,
    bounded_connection,
    quoted,
)
from dashboard.store.damage import clear_faults
from dashboard.store.lake_catalogue import (
    LAST,
    Newest,
    has_catalogue,
    lake_part,
    newest,
    prepare_catalogue,
)
from dashboard.store.lake_rows import (
    BATCH_TABLES,
    Tables,
    append_table,
    expose_rows,
    lake_columns,
    no_rows,
)
from dashboard.store.patience import patiently
from dashboard.store.workplace import workplace

if TYPE_CHECKING:
    import pyarrow as pa

_KEPT = 8
"""Snapshots whose batches are kept."""


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
        """The lake as `lake` on a connection, given or new; detached or closed afterwards.

        All that is done meanwhile is one transaction, which is committed at the end: its
        statements see one state of the lake, and read the catalogue once.
        """
        lent = borrowed_connection() if connection is None else nullcontext(connection)
        with clear_faults(lake_part(self._settings), self._settings.lake_catalogue), lent as used:
            prepare_catalogue(self._settings)
            attach_lake(used, self._settings, snapshot=snapshot, read_only=read_only)
            try:
                used.execute("BEGIN")
                yield used
                used.execute("COMMIT")
            except BaseException:
                # Left to its end, a transaction whose connection broke would end the process.
                with suppress(duckdb.Error):
                    used.execute("ROLLBACK")
                raise
            used.execute("DETACH DATABASE lake")

    def has_catalogue(self) -> bool:
        """Whether anything was ever accepted here, or is about to be.

        Raises:
            WorkspaceDamaged: there are data files, and no catalogue that names them.
            StoreUnreachable: database or storage do not answer.
        """
        return has_catalogue(self._settings)

    def snapshot(self) -> int:
        """Number of the newest snapshot; 0 while nothing was accepted.

        Read from the catalogue itself: every command asks, and to attach the lake takes longer.
        """
        return newest(self._settings).number

    def batches(self, snapshot: int | None = None) -> list[Batch]:
        """All batches accepted up to a snapshot, oldest first.

        Raises:
            UsageError: the snapshot does not exist.
        """
        last = newest(self._settings)
        number = last.number if snapshot is None else snapshot
        if not 0 <= number <= last.number:
            raise UsageError(
                "There is no such snapshot",
                f"Snapshot {snapshot} was asked for; the newest is {last.number}.",
                f"Name a snapshot from 1 to {last.number}.",
            )
        return list(_batches_at(self._settings, number, last)) if number else []

    @patiently
    def append(self, batch: Batch, tables: Tables, checked_at: int | None = None) -> Batch:
        """Take a checked delivery in: all its tables in one snapshot, or nothing, and only once.

        Args:
            batch: as made by `new_batch`.
            tables: table name → columns of text as handed in, plus `line` (int64), the line of
                the file on which the row stands.
            checked_at: the snapshot against which it was checked, where it matters that nobody
                else handed anything in since.

        Raises:
            WorkspaceBusy: somebody did; nothing was taken in.
            StoreUnreachable: database or storage do not answer. Whether it was taken in, the list
                of batches says.
        """
        with self._writing(tables) as lent, self.attached(lent) as connection:
            if any(held.batch_id == batch.batch_id for held in _batches(connection)):
                return batch  # a commit whose answer was lost
            if checked_at is not None and _snapshot(connection) != checked_at:
                raise WorkspaceBusy(
                    _("Somebody else handed in at the same moment"),
                    batch.message,
                    _("Nothing was taken in. Hand the file in again: it is compared anew."),
                )
            connection.execute(
                "CREATE TABLE IF NOT EXISTS lake.batches (batch_id VARCHAR, origin VARCHAR, "
                "digest VARCHAR, author VARCHAR, message VARCHAR, accepted_at VARCHAR)"
            )
            connection.execute("ALTER TABLE lake.batches ADD COLUMN IF NOT EXISTS keys VARCHAR")
            held = lake_columns(connection)
            for name, rows in tables.items():
                append_table(connection, name, held.get(name, ()), rows, batch.batch_id)
            connection.execute(
                "INSERT INTO lake.batches "
                "(batch_id, origin, digest, author, message, accepted_at, keys) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    batch.batch_id,
                    batch.origin,
                    batch.digest,
                    batch.author,
                    batch.message,
                    batch.accepted_at.isoformat(),
                    json.dumps(batch.keys),
                ],
            )
            _name_commit(connection, batch.author, batch.message, batch.batch_id)
        return batch

    @contextmanager
    def _writing(self, tables: Tables) -> Iterator[duckdb.DuckDBPyConnection | None]:
        """A connection of its own where rows come that memory cannot hold, else none."""
        if not any(isinstance(rows, Path) for rows in tables.values()):
            yield None
            return
        with self._bounded() as connection:
            yield connection

    @contextmanager
    def _bounded(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with (
            workplace(self._settings.workspace) as folder,
            bounded_connection(self._settings.database_memory_mb, folder / "spill") as connection,
        ):
            yield connection

    def revert(self, batch_id: str, author: str, reason: str) -> Batch:
        """Take a batch back: its rows count no more, and stay where they are.

        Returns:
            The batch as it stands now.

        Raises:
            UsageError: there is no such batch, or it was taken back before.
        """
        return self._revert(batch_id, author, reason, datetime.now(UTC))

    @patiently
    def _revert(self, batch_id: str, author: str, reason: str, reverted_at: datetime) -> Batch:
        with self.attached() as connection:
            batches = _batches(connection)
            batch = next((found for found in batches if found.batch_id == batch_id), None)
            if batch is not None and batch.reverted_at == reverted_at:
                return batch  # a commit whose answer was lost
            _require_in_force(batch_id, batches)
            connection.execute(
                "CREATE TABLE IF NOT EXISTS lake.reversals (batch_id VARCHAR, author VARCHAR, "
                "reason VARCHAR, reverted_at VARCHAR)"
            )
            connection.execute(
                "INSERT INTO lake.reversals VALUES (?, ?, ?, ?)",
                [batch_id, author, reason, reverted_at.isoformat()],
            )
            _name_commit(connection, author, reason, batch_id)
        assert batch is not None
        return replace(batch, reverted_at=reverted_at, reverted_by=author, reason=reason)

    def put_together(self) -> int:
        """Put small files of the lake together; every snapshot reads the same as before.

        What was put together stays on the disk for a day, for whoever reads it now.

        Returns:
            How many files gave way to larger ones.
        """
        with self._bounded() as lent, self.attached(lent) as connection:
            merged = connection.execute("CALL ducklake_merge_adjacent_files('lake')").fetchall()
        with self.attached() as connection:
            connection.execute(
                "CALL ducklake_cleanup_old_files('lake', older_than => now() - INTERVAL 1 DAY)"
            )
        return sum(int(files) for *_table, files, _into in merged)

    @patiently
    def made_at(self, snapshot: int) -> datetime:
        """When a snapshot came to be, UTC.

        Raises:
            UsageError: there is no such snapshot.
        """
        with self.attached(read_only=True) as connection:
            row = connection.execute(
                "SELECT snapshot_time FROM lake.snapshots() WHERE snapshot_id = ?", [snapshot]
            ).fetchone()
        if row is None:
            raise UsageError(
                "There is no such snapshot",
                f"Snapshot {snapshot} was asked for.",
                "Name one from the list of batches.",
            )
        made_at: datetime = row[0]
        return made_at.astimezone(UTC)

    @patiently
    def commits(self) -> list[tuple[int, str]]:
        """Each snapshot with the batch that it took in or back, oldest first."""
        with self.attached(read_only=True) as connection:
            rows = connection.execute(
                "SELECT snapshot_id, commit_extra_info FROM lake.snapshots() "
                "WHERE commit_extra_info IS NOT NULL ORDER BY snapshot_id"
            ).fetchall()
        return [(int(snapshot), json.loads(extra)["batch_id"]) for snapshot, extra in rows]

    def snapshots_of_batches(self) -> dict[str, int]:
        """Each batch and the snapshot that it made."""
        return {batch_id: snapshot for snapshot, batch_id in reversed(self.commits())}

    @patiently
    def current_rows(
        self,
        table: str,
        snapshot: int | None = None,
        only: Mapping[str, Collection[str | None]] | None = None,
    ) -> "pa.Table":
        """The rows of a table that count: of the batches in force, each key's latest.

        Args:
            table: of the lake.
            snapshot: at which; None is the newest.
            only: columns with the values of which a row must have one. Rows with them must give
                way to each other alone.

        Returns:
            Columns as handed in, `batch_id` and `line`; no row and no column for a table that
            nobody handed in yet.
        """
        batches = in_force(self.batches(snapshot))
        with self.attached(snapshot=snapshot) as connection:
            if table in BATCH_TABLES or table not in lake_columns(connection):
                return no_rows()
            wanted = " AND ".join(_has(name, values) for name, values in (only or {}).items())
            source = f'(FROM lake."{table}" WHERE {wanted})' if wanted else ""
            expose_rows(connection, table, batches, "found", source)
            rows = connection.execute("FROM found").to_arrow_table()
            connection.execute("DROP TABLE found")
            return rows

    @patiently
    def rows_of(self, batch: Batch, tables: Iterable[str]) -> dict[str, list[dict[str, str]]]:
        """The rows that one batch brought to each table; an empty cell is empty text."""
        with self.attached(read_only=True) as connection:
            held = lake_columns(connection)
            found = {
                name: connection.execute(
                    f'FROM lake."{name}" WHERE batch_id = ? ORDER BY line', [batch.batch_id]
                ).to_arrow_table()
                for name in tables
                if name in held
            }
        return {
            name: [{column: text or "" for column, text in row.items()} for row in rows.to_pylist()]
            for name, rows in found.items()
        }


def _has(name: str, values: Collection[str | None]) -> str:
    """The condition that a column has one of some values."""
    texts = ", ".join(quoted(text) for text in values if text is not None)
    ways = [f'"{name}" IN ({texts})'] if texts else []
    ways += [f'"{name}" IS NULL'] if None in values else []
    return f"({' OR '.join(ways) or 'false'})"


def _require_in_force(batch_id: str, batches: Sequence[Batch]) -> None:
    standing = ", ".join(found.batch_id for found in in_force(batches))
    remedy = f"The batches in force: {standing}."
    batch = next((found for found in batches if found.batch_id == batch_id), None)
    if batch is None:
        raise UsageError("There is no such batch", batch_id, remedy)
    if batch.reverted_at is not None:
        raise UsageError("The batch was taken back before", batch_id, remedy)


def _name_commit(
    connection: duckdb.DuckDBPyConnection, author: str, message: str, batch_id: str
) -> None:
    """Say who commits what; `Lake.snapshots_of_batches` reads it."""
    connection.execute(
        "CALL lake.set_commit_message(?, ?, extra_info => ?)",
        [author, message, json.dumps({"batch_id": batch_id})],
    )


def _snapshot(connection: duckdb.DuckDBPyConnection) -> int:
    """Number of the newest snapshot of the attached lake.

    Asked of its catalogue (https://ducklake.select/docs/stable/duckdb/usage/connecting): its
    function `current_snapshot` loads every table first.
    """
    row = connection.execute(LAST.format(schema="__ducklake_metadata_lake")).fetchone()
    assert row is not None
    return int(row[0])


@lru_cache(maxsize=_KEPT)
@patiently
def _batches_at(settings: Settings, snapshot: int, _newest: Newest) -> tuple[Batch, ...]:
    """The batches up to a snapshot, read once: a delivery asks eight times."""
    with Lake(settings).attached(snapshot=snapshot) as connection:
        return tuple(_batches(connection))


def _batches(connection: duckdb.DuckDBPyConnection) -> list[Batch]:
    """The batches of the attached lake, oldest first."""
    held = lake_columns(connection)
    if "batches" not in held:
        return []
    keys = "keys" if "keys" in held["batches"] else "NULL"
    nothing = "SELECT NULL AS batch_id, NULL AS reverted_at, NULL AS author, NULL AS reason"
    taken_back = "lake.reversals" if "reversals" in held else f"({nothing})"
    rows = connection.execute(
        "SELECT b.batch_id, b.origin, b.digest, b.author, b.message, b.accepted_at, "
        f"{keys}, r.reverted_at, r.author, r.reason "
        f"FROM lake.batches AS b LEFT JOIN {taken_back} AS r ON b.batch_id = r.batch_id "
        "ORDER BY b.accepted_at, b.batch_id"
    ).fetchall()
    return [batch_of_row(row) for row in rows]
