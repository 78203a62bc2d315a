"""Connections to DuckDB: one that may write the lake, one that may only read a build."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from queue import Empty, Full, LifoQueue

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
    try:
        yield connection
    except BaseException:
        connection.close()
        raise
    try:
        _idle.put_nowait(connection)
    except Full:
        connection.close()


@contextmanager
def building_into(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A borrowed connection that makes its tables in a new database file, closed at the end."""
    with borrowed_connection() as connection:
        connection.execute(f"ATTACH {quoted(str(database))} AS build")
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


def open_marts(database: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection to a build that can reach neither files nor the network.

    A page asks many small questions and many pages ask at once: a question that is divided among
    threads waits longer for them than it takes.
    """
    config = {"enable_external_access": False, "lock_configuration": True, "threads": 1}
    return duckdb.connect(str(database), read_only=True, config=_OFFLINE | config)
