"""Where the log is kept: a SQLite file of one machine, or the database that several share."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from filelock import FileLock

from dashboard.settings import Settings
from dashboard.store.damage import Part, clear_faults
from dashboard.store.postgres import asked, connected, database_of, unreachable

if TYPE_CHECKING:
    import psycopg

_WAIT_S = 30
_LOCK = 826_002
"""Class of the locks under which the log is written."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
    stream TEXT NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    written_at TEXT NOT NULL,
    content TEXT NOT NULL,
    salt TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (stream, number)
) STRICT;
CREATE TRIGGER IF NOT EXISTS entry_is_never_changed BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER IF NOT EXISTS entry_is_never_deleted BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;
"""
_FINGERPRINTS = (
    "CREATE TABLE IF NOT EXISTS secret (name TEXT PRIMARY KEY, fingerprint TEXT NOT NULL) STRICT"
)
_KEPT = "SELECT name, fingerprint FROM secret"

Found = TypeVar("Found")
Row = tuple[Any, ...]


class Connection(Protocol):
    """A connection to either, asked in SQL that both understand, parameters as `?`."""

    def all(self, sql: str, given: Sequence[object] = ()) -> list[Row]:
        """The rows that a question finds."""

    def hold(self, stream: str) -> None:
        """Let nobody else write to a stream until the block that holds the connection ends."""

    def add(self, entry: Row) -> None:
        """Add an entry: all columns in their order."""


class LedgerDatabase(Protocol):
    """Where the log of a workspace is."""

    def read(self, question: Callable[[Connection], Found], nothing: Found) -> Found:
        """What a question finds; `nothing` where nobody wrote yet."""

    def writing(self, stream: str) -> AbstractContextManager[Connection]:
        """A connection that holds a stream; all that is added is kept at the end, or nothing."""

    def fingerprints(self) -> dict[str, str]:
        """Name of each key file → digest of the secret that was used first."""

    def keep_fingerprint(self, name: str, digest: str) -> None:
        """Keep the digest of a secret, unless there is one of this name."""


def ledger_database(settings: Settings) -> LedgerDatabase:
    """Where the log of a workspace is."""
    return _Shared(settings) if settings.is_shared else _File(settings.ledger)


class _FileConnection:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def all(self, sql: str, given: Sequence[Any] = ()) -> list[Row]:
        return self._connection.execute(sql, given).fetchall()

    def hold(self, stream: str) -> None:
        """Whoever writes to a file holds all of it."""

    def add(self, entry: Row) -> None:
        self._connection.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", entry)


class _File:
    def __init__(self, file: Path) -> None:
        self._file = file

    def read(self, question: Callable[[Connection], Found], nothing: Found) -> Found:
        if not self._file.exists():
            return nothing
        with self._opened() as connection:
            return question(_FileConnection(connection))

    @contextmanager
    def writing(self, stream: str) -> Iterator[Connection]:
        with self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield _FileConnection(connection)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def fingerprints(self) -> dict[str, str]:
        if not self._file.exists():
            return {}
        with self._opened() as connection:
            made = connection.execute(
                "SELECT 1 FROM sqlite_schema WHERE name = 'secret'"
            ).fetchone()
            return dict(connection.execute(_KEPT).fetchall()) if made else {}

    def keep_fingerprint(self, name: str, digest: str) -> None:
        with self._opened() as connection:
            connection.execute(_FINGERPRINTS)
            connection.execute("INSERT OR IGNORE INTO secret VALUES (?, ?)", (name, digest))

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with clear_faults(Part.LEDGER, self._file), closing(self._connect()) as connection:
            yield connection

    def _connect(self) -> sqlite3.Connection:
        if not self._file.exists():
            self._create()
        connection = sqlite3.connect(self._file, timeout=_WAIT_S, isolation_level=None)
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    def _create(self) -> None:
        """Make the file beside and move it into place: nobody ever opens one without its table."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(self._file.with_suffix(".lock"), timeout=_WAIT_S):
            if self._file.exists():
                return
            fresh = self._file.with_suffix(".new")
            fresh.unlink(missing_ok=True)
            with closing(sqlite3.connect(fresh)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.executescript(_SCHEMA)
            fresh.replace(self._file)


class _SharedConnection:
    def __init__(self, connection: "psycopg.Connection") -> None:
        self._connection = connection
        self.last: Row | None = None
        """The entry that was added last."""

    def all(self, sql: str, given: Sequence[object] = ()) -> list[Row]:
        asked_so = sql.replace("%", "%%").replace("?", "%s").encode()
        return self._connection.execute(asked_so, given).fetchall()

    def hold(self, stream: str) -> None:
        """Streams of one round, named alike after their `/`, are held together."""
        self._connection.execute(
            "SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK, stream.rpartition("/")[2]]
        )

    def add(self, entry: Row) -> None:
        self._connection.execute("INSERT INTO entry VALUES (%s, %s, %s, %s, %s, %s, %s, %s)", entry)
        self.last = entry


class _Shared:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def read(self, question: Callable[[Connection], Found], nothing: Found) -> Found:
        return asked(self._settings, lambda connection: question(_SharedConnection(connection)))

    @contextmanager
    def writing(self, stream: str) -> Iterator[Connection]:
        """As the protocol says; a commit whose answer was lost is looked for.

        Raises:
            StoreUnreachable: the database does not answer; nothing was added.
        """
        import psycopg

        with connected(self._settings) as connection:
            held = _SharedConnection(connection)
            connection.execute("BEGIN")
            held.hold(stream)
            yield held
            try:
                connection.execute("COMMIT")
            except (psycopg.OperationalError, psycopg.InterfaceError) as error:
                connection.close()
                if not self._is_kept(stream, held.last):
                    place = database_of(self._settings).place
                    raise unreachable(place, str(error)) from error

    def fingerprints(self) -> dict[str, str]:
        return asked(self._settings, lambda connection: dict(connection.execute(_KEPT).fetchall()))

    def keep_fingerprint(self, name: str, digest: str) -> None:
        with connected(self._settings) as connection:
            connection.execute(
                "INSERT INTO secret VALUES (%s, %s) ON CONFLICT DO NOTHING", [name, digest]
            )

    def _is_kept(self, stream: str, entry: Row | None) -> bool:
        """Whether an entry is in the log, asked when whoever added it is done, well or not."""
        if entry is None:
            return True
        with connected(self._settings) as connection, connection.transaction():
            again = _SharedConnection(connection)
            again.hold(stream)
            found = again.all(
                "SELECT digest FROM entry WHERE stream = ? AND number = ?", (entry[0], entry[1])
            )
        return found == [(entry[-1],)]
