"""What several machines share, as the files of one machine, and back: for backups.

Catalogue and log have the same tables in the database and in SQLite; a few types are written
otherwise.
"""

import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from dashboard.errors import BackupRefused
from dashboard.i18n import gettext as _
from dashboard.settings import Settings
from dashboard.store.intake_turn import intake_turn
from dashboard.store.lake import Lake
from dashboard.store.ledger_database import Connection, Row, ledger_database
from dashboard.store.postgres import LAKE_SCHEMA, asked, connected
from dashboard.store.storage import SharedFiles
from dashboard.store.workspace_keys import see_to_keys

if TYPE_CHECKING:
    import psycopg

FOLDERS = ("receipts", "emblems")
"""Of files that are written once, beside the data of the lake."""
_READ = {
    "bytea": "convert_from({}, 'UTF8')",
    "boolean": "{}::int",
    "uuid": "{}::text",
    "timestamp with time zone": "{}::text",
}
"""How a type of the database is read as SQLite has it; others are the same."""
_WRITTEN = {"bytea": "convert_to(%s, 'UTF8')", "boolean": "%s::int::boolean"}
_TYPES = {"BIGINT": "bigint", "VARCHAR": "bytea"}
"""Types of SQLite and of the database, of rows that stand in the catalogue itself."""
_TO_BE_REMOVED = "ducklake_files_scheduled_for_deletion"
"""Names files of the place that is copied from; a copy has none of them."""
_ENTRIES = (
    "SELECT stream, number, kind, actor, written_at, content, salt, digest FROM entry "
    "ORDER BY stream, number"
)
_IS_EMPTY = (
    "SELECT NOT EXISTS (SELECT 1 FROM entry)",
    f"SELECT to_regclass('{LAKE_SCHEMA}.ducklake_snapshot') IS NULL",
    f"SELECT max(snapshot_id) = 0 FROM {LAKE_SCHEMA}.ducklake_snapshot",
)


def copy_databases(settings: Settings, copies: Settings) -> None:
    """Copy catalogue and log into the files of one machine; the caller has the turn to hand in.

    Raises:
        StoreUnreachable: the database does not answer.
    """
    if Lake(settings).has_catalogue():
        with Lake(copies).attached():
            pass  # which makes the tables that every catalogue has
        with connected(settings) as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            connection.execute("SET LOCAL timezone = 'UTC'")
            with closing(sqlite3.connect(copies.lake_catalogue)) as target, target:
                _read_catalogue(connection, target)
    if entries := _entries(settings):
        with ledger_database(copies).writing("") as log:
            for entry in entries:
                log.add(entry)


def fetched(settings: Settings, copies: Settings, names: Iterable[str]) -> Iterator[Path]:
    """Files of the storage under their paths in a workspace; each is there until the next one.

    Raises:
        StoreUnreachable: the storage does not answer, or lacks one.
    """
    files = SharedFiles(settings)
    others = [name for folder in FOLDERS for name in files.names(folder)]
    for name in [*names, *others]:
        path = copies.workspace / name
        path.parent.mkdir(parents=True, exist_ok=True)
        files.get(name, path)
        yield path
        path.unlink()


def give(staged: Settings, settings: Settings) -> None:
    """Give the files of one machine to several: to an empty database and the storage.

    The database has it all at once, after all files are in the storage: what breaks off before is
    done again. What is theirs then is gone from the files of the one machine.

    Raises:
        BackupRefused: the database is not empty.
        WorkspaceDamaged: other machines of it have other secrets.
        StoreUnreachable: database or storage do not answer.
    """
    with intake_turn(settings):
        _require_empty(settings)
        see_to_keys(evolve(settings, workspace=staged.workspace))
        if staged.lake_catalogue.exists():
            with Lake(settings).attached():
                pass
        files = SharedFiles(settings)
        for folder in (staged.lake_data, *(staged.workspace / name for name in FOLDERS)):
            for path in sorted(filter(Path.is_file, folder.rglob("*"))):
                files.put(path, path.relative_to(staged.workspace).as_posix())
        with connected(settings) as connection, connection.transaction():
            if staged.lake_catalogue.exists():
                with closing(sqlite3.connect(staged.lake_catalogue)) as source:
                    _write_catalogue(source, connection)
            with connection.cursor() as cursor:
                places = ", ".join(["%s"] * 8)
                cursor.executemany(
                    f"INSERT INTO entry VALUES ({places})".encode(), _entries(staged)
                )
        shutil.rmtree(staged.lake_data, ignore_errors=True)
        for pattern in ("*.sqlite*", "*.lock"):
            for left in staged.workspace.glob(pattern):
                left.unlink()


def _entries(settings: Settings) -> list[Row]:
    def all_entries(log: Connection) -> list[Row]:
        return log.all(_ENTRIES)

    return ledger_database(settings).read(all_entries, [])


def _require_empty(settings: Settings) -> None:
    def is_empty(connection: "psycopg.Connection") -> bool:
        def says(sql: str) -> bool:
            return connection.execute(sql.encode()).fetchone() == (True,)

        no_log, no_lake, no_snapshot = _IS_EMPTY
        return says(no_log) and (says(no_lake) or says(no_snapshot))

    if not asked(settings, is_empty):
        raise BackupRefused(
            _("The shared record to restore into is not empty"),
            settings.data,
            _("Name a new database and another place in the storage."),
        )


def _read_catalogue(connection: "psycopg.Connection", target: sqlite3.Connection) -> None:
    for table, columns in _columns(connection).items():
        made = ", ".join(
            f'"{name}" {"BIGINT" if kind == "bigint" else "VARCHAR"}' for name, kind in columns
        )
        target.execute(f'CREATE TABLE IF NOT EXISTS "{table}" ({made})')
        target.execute(f'DELETE FROM "{table}"')
        if table == _TO_BE_REMOVED:
            continue
        read = ", ".join(_READ.get(kind, "{}").format(f'"{name}"') for name, kind in columns)
        rows = connection.execute(f'SELECT {read} FROM {LAKE_SCHEMA}."{table}"'.encode())
        names = ", ".join(f'"{name}"' for name, _kind in columns)
        places = ", ".join("?" * len(columns))
        target.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', rows)


def _write_catalogue(source: sqlite3.Connection, connection: "psycopg.Connection") -> None:
    tables = source.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    known = _columns(connection)
    for (table,) in tables:
        there = f'{LAKE_SCHEMA}."{table}"'
        columns = known.get(table)
        if columns is None:
            found = source.execute(f'PRAGMA table_info("{table}")').fetchall()
            columns = [(name, _TYPES[kind]) for _number, name, kind, *_more in found]
            made = ", ".join(f'"{name}" {kind}' for name, kind in columns)
            connection.execute(f"CREATE TABLE {there} ({made})".encode())
        connection.execute(f"DELETE FROM {there}".encode())
        if table == _TO_BE_REMOVED:
            continue
        names = ", ".join(f'"{name}"' for name, _kind in columns)
        places = ", ".join(_WRITTEN.get(kind, "%s") for _name, kind in columns)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {there} ({names}) VALUES ({places})".encode(),
                source.execute(f'SELECT {names} FROM "{table}"').fetchall(),
            )


def _columns(connection: "psycopg.Connection") -> dict[str, list[tuple[str, str]]]:
    """Tables of the catalogue in the database → their columns with their types."""
    rows = connection.execute(
        "SELECT table_name, column_name, data_type FROM information_schema.columns "
        "WHERE table_schema = %s ORDER BY table_name, ordinal_position",
        [LAKE_SCHEMA],
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for table, name, kind in rows:
        found.setdefault(table, []).append((name, kind))
    return found
