"""The database that several machines share: where it is, connections to it, what it keeps.

Its schema `lake` is DuckLake's catalogue; `cluster_review` has the log and what tells whether all
machines have the same secrets. The driver is loaded where the settings name a database.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from queue import Empty, Full, LifoQueue
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from dashboard.errors import StoreUnreachable
from dashboard.i18n import gettext as _
from dashboard.settings import Settings
from dashboard.store.private_files import secret_of

if TYPE_CHECKING:
    import psycopg

LAKE_SCHEMA = "lake"
"""Of DuckLake's catalogue in the database."""
CONNECT_S = 5
"""Seconds to wait for a database that does not answer."""
_PORT = 5432
_IDLE = 4
"""Connections that are kept open for the next who asks."""
_SETTING_UP = 826_001
"""Number of the lock under which tables are made: only one machine makes them."""
_TABLES = """
CREATE SCHEMA IF NOT EXISTS lake;
CREATE SCHEMA IF NOT EXISTS cluster_review;
CREATE TABLE IF NOT EXISTS cluster_review.entry (
    stream text COLLATE "C" NOT NULL,
    number integer NOT NULL,
    kind text COLLATE "C" NOT NULL,
    actor text COLLATE "C" NOT NULL,
    written_at text COLLATE "C" NOT NULL,
    content text COLLATE "C" NOT NULL,
    salt text COLLATE "C" NOT NULL,
    digest text COLLATE "C" NOT NULL,
    PRIMARY KEY (stream, number)
);
CREATE TABLE IF NOT EXISTS cluster_review.secret (
    name text PRIMARY KEY,
    fingerprint text NOT NULL
);
CREATE OR REPLACE FUNCTION cluster_review.refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'entries are never changed or deleted'; END $$;
CREATE OR REPLACE TRIGGER entry_is_never_changed BEFORE UPDATE OR DELETE ON cluster_review.entry
    FOR EACH ROW EXECUTE FUNCTION cluster_review.refuse();
CREATE OR REPLACE TRIGGER entry_is_never_emptied BEFORE TRUNCATE ON cluster_review.entry
    FOR EACH STATEMENT EXECUTE FUNCTION cluster_review.refuse();
CREATE OR REPLACE FUNCTION cluster_review.instr(text, text) RETURNS integer
    LANGUAGE sql IMMUTABLE AS $$ SELECT strpos($1, $2) $$;
CREATE OR REPLACE FUNCTION cluster_review.json_extract(text, text) RETURNS text
    LANGUAGE sql IMMUTABLE AS $$ SELECT $1::json #>> string_to_array(substr($2, 3), '.') $$;
"""
"""Functions under SQLite's names, so that the log is searched in the same words there and here."""

Found = TypeVar("Found")
_idle: dict[tuple[int, "Database"], "LifoQueue[psycopg.Connection]"] = {}
"""Of this process and each database."""


@dataclass(frozen=True)
class Database:
    """Where the database is, and as whom it is asked."""

    host: str
    port: int
    name: str
    user: str
    password: str = field(repr=False)
    """Empty: as libpq finds it (`PGPASSFILE`), or none is needed."""
    options: tuple[tuple[str, str], ...]
    """What else the address says: `sslmode`, `sslrootcert` …"""

    @property
    def place(self) -> str:
        """Host, port and name, for messages."""
        return f"{self.host}:{self.port}/{self.name}"

    def parameters(self) -> dict[str, str]:
        """For libpq (https://www.postgresql.org/docs/15/libpq-connect.html), but the password.

        A machine that is gone is noticed within some thirty seconds, at either end.
        """
        usual = {
            "application_name": "cluster_review",
            "connect_timeout": str(CONNECT_S),
            "keepalives_idle": "10",
            "keepalives_interval": "5",
            "keepalives_count": "4",
            "tcp_user_timeout": "30000",
            "options": "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 "
            "-c tcp_keepalives_count=4 -c tcp_user_timeout=30000",
        }
        where = {
            "host": self.host,
            "port": str(self.port),
            "dbname": self.name,
            "user": self.user,
        }
        return usual | dict(self.options) | where


@cache
def database_of(settings: Settings) -> Database:
    """The database that the settings name.

    Raises:
        UsageError: the file with the password cannot be read, or is open to others.
    """
    parts = urlsplit(settings.catalogue.text)
    file = settings.catalogue_password_file
    return Database(
        parts.hostname or "",
        parts.port or _PORT,
        unquote(parts.path[1:]),
        unquote(parts.username or ""),
        secret_of(file) if file is not None else unquote(parts.password or ""),
        tuple(parse_qsl(parts.query)),
    )


@contextmanager
def connected(settings: Settings) -> Iterator["psycopg.Connection"]:
    """A connection that answers, in autocommit mode and with the tables made, for one user.

    It is not used again after an error.

    Raises:
        StoreUnreachable: the database does not answer, the connection broke, or its account may
            not do this.
    """
    import psycopg

    database = database_of(settings)
    try:
        connection = _answering(database)
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        raise unreachable(database.place, str(error)) from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise _without_right(database, str(error)) from error
    _keep(database, connection)


def asked(settings: Settings, question: Callable[["psycopg.Connection"], Found]) -> Found:
    """What a question that changes nothing finds; asked once more when its connection broke.

    Raises:
        StoreUnreachable: the database does not answer.
    """
    try:
        with connected(settings) as connection:
            return question(connection)
    except StoreUnreachable:
        with connected(settings) as connection:
            return question(connection)


def unreachable(place: str, reason: str) -> StoreUnreachable:
    """What does not answer, and what to do. Of the reason, neither statement nor password."""
    import textwrap  # most commands say nothing of the kind

    answered = re.sub(r'( query) ".*":', r"\1:", reason, flags=re.DOTALL)
    lines = [line.strip() for line in answered.splitlines() if line.strip()]
    first = _without_passwords(lines[0] if lines else "-")
    return StoreUnreachable(
        _("The shared record does not answer"),
        f"{place}: {textwrap.shorten(first, 300, placeholder=' …')}",
        _(
            "Nothing was stored by this. Try again; if it stays so, see that the database and the "
            "storage run and can be reached from this machine: python -m dashboard doctor"
        ),
    )


def _without_right(database: Database, reason: str) -> StoreUnreachable:
    return StoreUnreachable(
        _("The account of the shared database lacks a right"),
        f"{database.place}: {reason.splitlines()[0]}",
        _(
            "All machines use one account, which makes its schemas itself. Let it: "
            'GRANT CREATE ON DATABASE "{name}" TO "{user}"'
        ).format(name=database.name, user=database.user),
    )


def _without_passwords(text: str) -> str:
    return re.sub(r"(://[^:/@\s]*):[^@/\s]*@|(password=)\S+", r"\1\2…", text)


def _answering(database: Database) -> "psycopg.Connection":
    """A connection that was kept and still answers, or a new one."""
    import psycopg

    while True:
        try:
            connection = _queue(database).get_nowait()
        except Empty:
            return _connect(database)
        try:
            connection.execute("SELECT 1")
        except psycopg.Error:
            connection.close()
        else:
            return connection


def _connect(database: Database) -> "psycopg.Connection":
    import psycopg

    try:
        connection = psycopg.connect(
            **database.parameters(),  # type: ignore[arg-type]  # all of libpq's are text
            password=database.password or None,
            autocommit=True,
        )
    except psycopg.ProgrammingError as error:  # an option that libpq does not know
        raise psycopg.OperationalError(str(error)) from None
    connection.execute("SET search_path = cluster_review, pg_catalog")
    if database not in _made:
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [_SETTING_UP])
            found = connection.execute("SELECT to_regclass('cluster_review.secret')").fetchone()
            if found == (None,):
                connection.execute(_TABLES)
        _made.add(database)
    return connection


_made: set[Database] = set()
"""Databases in which this process has seen the tables."""


def _keep(database: Database, connection: "psycopg.Connection") -> None:
    try:
        _queue(database).put_nowait(connection)
    except Full:
        connection.close()


def _queue(database: Database) -> "LifoQueue[psycopg.Connection]":
    """A process that was forked from another has connections of its own."""
    return _idle.setdefault((os.getpid(), database), LifoQueue(_IDLE))
