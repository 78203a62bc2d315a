"""Connections to DuckDB: one that may write the lake, one that may only read a build."""

import ctypes
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from queue import Empty, Full, LifoQueue
from threading import Lock

import duckdb

from dashboard.settings import Settings
from dashboard.store.postgres import LAKE_SCHEMA, database_of
from dashboard.store.storage import endpoint_of, lake_data, secret_key

_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
_LAKE_EXTENSIONS = ("ducklake", "sqlite_scanner")
_SHARED_EXTENSIONS = ("postgres_scanner", "httpfs")
SOLVED = "solved"
"""The schema of what is solved. Only marts read it, and it goes when they are made."""


def _extension_file(name: str) -> Path:
    """The extension's file inside its pinned wheel, so that no machine has to download it."""
    folder = Path(str(files(f"duckdb_extension_{name}"))) / "extensions"
    return folder / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"


def quoted(text: str) -> str:
    """A text as an SQL literal, where a statement takes no parameters."""
    return "'" + text.replace("'", "''") + "'"


def open_lake_connection() -> duckdb.DuckDBPyConnection:
    """A connection in memory that can attach the lake. For intake and build only."""
    connection = duckdb.connect(config=_OFFLINE)
    _load(connection, _LAKE_EXTENSIONS)
    return connection


def _load(connection: duckdb.DuckDBPyConnection, names: tuple[str, ...]) -> None:
    for name in names:
        connection.execute(f"LOAD {quoted(str(_extension_file(name)))}")


def _bound(connection: duckdb.DuckDBPyConnection, memory_mb: int, spill: Path) -> None:
    connection.execute(f"SET memory_limit = '{int(memory_mb)}MB'")
    connection.execute(f"SET temp_directory = {quoted(str(spill))}")


_idle: LifoQueue[duckdb.DuckDBPyConnection] = LifoQueue(maxsize=2)
"""Connections that wait for work: loading the extensions takes longer than most of it."""


@contextmanager
def borrowed_connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection as above that nobody else uses; not used again after an error.

    It does many small things: dividing one among threads takes longer than doing it.
    """
    try:
        connection = _idle.get_nowait()
    except Empty:
        connection = open_lake_connection()
    connection.execute("SET threads = 1")
    for bound in ("memory_limit", "temp_directory"):  # of whoever had it before
        connection.execute(f"RESET {bound}")
    try:
        yield connection
    except BaseException:
        _close_or_leave(connection)
        raise
    (folder,) = connection.execute("SELECT current_setting('temp_directory')").fetchone() or ("",)
    if folder and Path(folder).exists():
        connection.close()  # what went to the disk stands there, and no other folder can be named
        return
    try:
        _idle.put_nowait(connection)
    except Full:
        connection.close()


def _close_or_leave(connection: duckdb.DuckDBPyConnection) -> None:
    """Close a connection, but not one whose database gave up: its end would be the process's.

    DuckDB gives a database up after some faults of an extension, as when PostgreSQL goes away
    while the lake is read, and then throws from a destructor: so it is never destroyed.
    """
    try:
        connection.execute("SELECT 1")
    except duckdb.FatalException:
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(connection))
        return
    except duckdb.Error:
        pass  # a transaction that failed
    connection.close()


@contextmanager
def _closing(connection: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    try:
        yield connection
    finally:
        _close_or_leave(connection)


@contextmanager
def bounded_connection(
    memory_mb: int, spill: Path, is_kept: bool = True
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A borrowed connection for many rows: those that do not fit in its memory go to a folder.

    Args:
        memory_mb: what it may take, in MB.
        spill: the folder, which is new, and gone afterwards.
        is_kept: whether it is lent again; one whose configuration is locked must not be.
    """
    try:
        with borrowed_connection() if is_kept else _closing(open_lake_connection()) as lent:
            _bound(lent, memory_mb, spill)
            lent.execute("RESET threads")
            # Temporary tables and variables are those of a cursor, and go with it.
            with _closing(lent.cursor()) as connection:
                yield connection
    finally:
        shutil.rmtree(spill, ignore_errors=True)


@contextmanager
def building_into(
    database: Path, memory_mb: int, is_kept: bool = True
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A borrowed connection that makes its tables in a new database, closed at the end.

    Args:
        database: its file.
        memory_mb: how much memory it takes; what is more goes to a folder beside the file.
        is_kept: whether there is a file, and not nothing left at the end.
    """
    with borrowed_connection() as connection:
        _bound(connection, memory_mb, database.with_suffix(".spill"))
        connection.execute(f"ATTACH {quoted(str(database) if is_kept else ':memory:')} AS build")
        connection.execute("USE build")
        yield connection
        connection.execute("USE memory")
        connection.execute("DETACH DATABASE build")


def attach_lake(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    *,
    snapshot: int | None = None,
    read_only: bool = False,
) -> None:
    """Attach the lake as `lake`; at a former snapshot when one is named (then read-only).

    The catalogue names data files relative to the folder given here, and remembers the folder of
    the first time, which a workspace that was moved, restored or reached by a link has left.
    """
    options = [f"DATA_PATH {quoted(lake_data(settings))}", "OVERRIDE_DATA_PATH true"]
    catalogue = f"sqlite:{settings.lake_catalogue}"
    if settings.is_shared:
        _know_shared(connection, settings)
        words = database_of(settings).parameters().items()
        catalogue = "postgres:" + " ".join(f"{name}={_word(text)}" for name, text in words)
        options += [f"METADATA_SCHEMA {quoted(LAKE_SCHEMA)}", f"META_SCHEMA {quoted(LAKE_SCHEMA)}"]
        options.append("META_SECRET 'lake_catalogue'")
    if read_only or snapshot is not None:
        options.append("READ_ONLY")
    if snapshot is not None:
        options.append(f"SNAPSHOT_VERSION {int(snapshot)}")
    connection.execute(f"ATTACH {quoted(f'ducklake:{catalogue}')} AS lake ({', '.join(options)})")


def _word(text: str) -> str:
    """A value in an address of libpq."""
    return "'" + text.replace("\\", r"\\").replace("'", r"\'") + "'"


def _know_shared(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Let a connection reach database and storage, by secrets that no statement or error shows.

    A commit that met another is not repeated by DuckLake: whoever commits looks first what that
    other one was.
    """
    _load(connection, _SHARED_EXTENSIONS)
    database = database_of(settings)
    for statement in (
        "SET ducklake_max_retry_count = 0",
        f"CREATE OR REPLACE SECRET lake_catalogue (TYPE postgres, HOST {quoted(database.host)}, "
        f"PORT '{database.port}', DATABASE {quoted(database.name)}, "
        f"USER {quoted(database.user)}, PASSWORD {quoted(database.password)})",
        f"CREATE OR REPLACE SECRET lake_data (TYPE s3, KEY_ID {quoted(settings.s3_key_id)}, "
        f"SECRET {quoted(secret_key(settings))}, ENDPOINT {quoted(endpoint_of(settings))}, "
        f"REGION {quoted(settings.s3_region)}, USE_SSL {settings.s3_use_ssl}, "
        f"URL_STYLE '{settings.s3_url_style}', SCOPE {quoted(settings.data)})",
    ):
        connection.execute(statement)


_opening = Lock()


def open_marts(database: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection to a build that can reach neither files nor the network.

    The files of counted visits that the build names are attached to it before that is so.

    A page asks many small questions and many pages ask at once: a question that is divided among
    threads waits longer for them than it takes.
    """
    config: dict[str, str | bool | int | float | list[str]] = {"threads": 1}
    with _opening:  # connections of one process to one build share what is attached and set
        connection = duckdb.connect(str(database), read_only=True, config=_OFFLINE | config)
        locked = connection.execute("SELECT current_setting('lock_configuration')").fetchone()
        if locked and locked[0]:
            return connection
        try:
            for name in visit_files(connection, database.stem):
                attach_visits(connection, database.parent, name)
        except BaseException:
            connection.close()
            raise
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
    return connection


def visit_files(connection: duckdb.DuckDBPyConnection, build: str) -> list[str]:
    """The files of counted visits that an attached build names: none for an earlier version's."""
    found = connection.execute(
        "SELECT 1 FROM duckdb_tables() WHERE schema_name = 'visits' AND table_name = 'file' "
        "AND database_name = ?",
        [build],
    ).fetchone()
    if found is None:
        return []
    rows = connection.execute(f'FROM "{build}".visits.file ORDER BY ALL').fetchall()
    return [name for (name,) in rows]


def visits_folder(marts: Path) -> Path:
    """The folder of the files of counted visits, in that of the builds."""
    return marts / "visits"


def visit_file(marts: Path, name: str) -> Path:
    """The file of counted visits of a name, in the folder of the builds."""
    return visits_folder(marts) / f"{name}.duckdb"


def attach_visits(connection: duckdb.DuckDBPyConnection, marts: Path, name: str) -> None:
    """Attach a file of counted visits under the name by which the views of builds know it."""
    path = quoted(str(visit_file(marts, name)))
    connection.execute(f"ATTACH {path} AS {visits_alias(name)} (READ_ONLY)")


def visits_alias(name: str) -> str:
    """Under which name a file of counted visits is attached."""
    return f"visits_{name}"
