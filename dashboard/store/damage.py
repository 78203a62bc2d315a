"""Files of the workspace that are damaged or may not be written, said in words, with a way back."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

import duckdb

from dashboard.errors import ClusterReviewError, WorkspaceDamaged, WorkspaceReadOnly
from dashboard.i18n import gettext as _
from dashboard.store.postgres import unreachable

DISK_FULL = (
    "could not write",
    "no space left",
    "disk full",
    "disk is full",
    "disk i/o error",
    "file too large",
)
"""What errors of a full disk say."""
_READ_ONLY = (
    "readonly database",
    "read-only file system",
    "permission denied",
    "unable to open database file",
)
_UNREADABLE = (
    "not a database",
    "malformed",
    "no such table: entry",
    "could not decode to utf-8",
)
_DUCKDB = (
    duckdb.IOException,
    duckdb.InvalidInputException,
    duckdb.SerializationException,
    duckdb.InternalException,
    duckdb.FatalException,
)


_AWAY = (
    "unable to connect to postgres",
    "connection to server",
    "server closed the connection",
    "terminating connection",
    "no connection to the server",
    "ssl connection has been closed",
    "could not receive data from server",
    "could not send data to server",
    'failed to execute query "rollback"',
    'failed to execute query "begin',
    "error for http",
    "the database system is",
    "fetch from an unsuccessful query result",
    "current transaction is aborted",
    # What DuckLake makes of an answer that broke off before its first row.
    "attempted to access index 0 within vector of size 0",
)
"""What DuckDB says where the database or the storage of several machines does not answer."""
_OVERTAKEN = (
    "failed to commit ducklake transaction",
    "exceeded the maximum retry count",
    "could not serialize access",
    "duplicate key value",
)


class Part(Enum):
    """Parts of a workspace, which are restored in different ways."""

    LAKE = "lake"
    SHARED_LAKE = "shared lake"
    LEDGER = "ledger"
    BUILD = "build"


@contextmanager
def clear_faults(part: Part, file: Path) -> Iterator[None]:
    """Turn what a damaged or unwritable file raises into an error that a reader is meant to see.

    Args:
        part: what the block reads or writes.
        file: where it is; of the lake its catalogue, which stands for the folder beside it too.

    Raises:
        WorkspaceDamaged: the file cannot be read as what it should be.
        WorkspaceReadOnly: it may not be written.
        StoreUnreachable: of what several machines share, that it does not answer.
    """
    try:
        yield
    except (OSError, sqlite3.Error, duckdb.Error) as error:
        if part is Part.SHARED_LAKE and is_overtaken(error):
            raise
        if part is Part.SHARED_LAKE and is_away(error):
            raise unreachable(_("database or storage"), str(error)) from error
        if is_read_only(error):
            raise read_only(error) from error
        if not is_damage(error):
            raise
        raise damaged(part, file, str(error)) from error


def is_overtaken(error: BaseException) -> bool:
    """Whether another machine committed meanwhile, so that nothing was written."""
    return isinstance(error, duckdb.Error) and _says(error, _OVERTAKEN) and not is_away(error)


def is_away(error: BaseException) -> bool:
    """Whether DuckDB could not reach the database or the storage of several machines."""
    return isinstance(error, duckdb.Error) and _says(error, _AWAY)


def _says(error: BaseException, signs: tuple[str, ...]) -> bool:
    message = str(error).lower()
    return any(sign in message for sign in signs)


def is_disk_full(error: BaseException) -> bool:
    """Whether an error of a database says that its disk took no more."""
    return any(sign in str(error).lower() for sign in DISK_FULL)


def is_damage(error: BaseException) -> bool:
    """Whether the file read is to blame, and neither its disk nor who asked."""
    message = str(error).lower()
    if is_read_only(error) or "is locked" in message or is_disk_full(error):
        return False
    if isinstance(error, duckdb.Error):
        # What its readers of Parquet and SQLite raise has no class of its own.
        return type(error) is duckdb.Error or isinstance(error, _DUCKDB)
    return isinstance(error, sqlite3.Error) and any(sign in message for sign in _UNREADABLE)


def is_read_only(error: BaseException) -> bool:
    """Whether the workspace may not be written."""
    if isinstance(error, OSError):
        return error.errno in (errno.EROFS, errno.EACCES, errno.EPERM)
    return isinstance(error, sqlite3.Error | duckdb.Error) and any(
        sign in str(error).lower() for sign in _READ_ONLY
    )


def damaged(part: Part, file: Path, message: str) -> WorkspaceDamaged:
    """What is damaged, what is not, and how to get it back."""
    titles = {
        Part.LAKE: _("The accepted record is damaged"),
        Part.SHARED_LAKE: _("The accepted record is damaged"),
        Part.LEDGER: _("The log of the workspace is damaged"),
        Part.BUILD: _("The computed figures are damaged"),
    }
    untouched = {
        Part.LAKE: _("The files as they were handed in, and the log, are not affected."),
        Part.SHARED_LAKE: _("The files as they were handed in, and the log, are not affected."),
        Part.LEDGER: _("The accepted record and the figures are not affected."),
        Part.BUILD: _("Nothing is lost: the figures are computed anew from the record."),
    }
    remedies = {
        Part.LAKE: _(
            "Stop the dashboard, put lake.sqlite and the folder lake aside, and put both back "
            "from one backup. Then run: python -m dashboard build"
        ),
        Part.SHARED_LAKE: _(
            "Stop the dashboard on every machine, and restore a backup into a new database and "
            "another place in the storage: python -m dashboard restore"
        ),
        Part.LEDGER: _(
            "Stop the dashboard, put {file} aside, and put it back from the backup. Compare its "
            "rounds with what was printed: python -m dashboard panel verify ROUND --head DIGEST"
        ),
        Part.BUILD: _("Delete {file} in the workspace, then run: python -m dashboard build"),
    }
    name = {
        Part.BUILD: f"{file.parent.name}/{file.name}",
        Part.SHARED_LAKE: _("database or storage"),
    }.get(part, file.name)
    # What an undecodable entry holds may be secret.
    first = (message.splitlines() or ["-"])[0].partition(" with text ")[0][:200]
    return WorkspaceDamaged(
        titles[part],
        f"{name}: {first} · {untouched[part]}",
        remedies[part].format(file=name),
    )


def read_only(error: BaseException) -> WorkspaceReadOnly:
    """The workspace may not be written, and what to do."""
    untouched = _("Nothing was changed, and nothing is lost.")
    return WorkspaceReadOnly(
        _("The workspace cannot be written"),
        f"{str(error).splitlines()[0][:200]} · {untouched}",
        _(
            "Give the account that runs the program the right to write in the folder of the "
            "workspace, or name another one: CLUSTER_REVIEW_WORKSPACE"
        ),
    )


def readable_fault(error: BaseException, workspace: Path) -> ClusterReviewError | None:
    """What a reader is told of an error that comes from where the workspace is written.

    Returns:
        None where the error is of another kind, or of a file elsewhere.
    """
    if isinstance(error, OSError) and not str(error.filename or "").startswith(str(workspace)):
        return None
    if isinstance(error, NotADirectoryError | FileExistsError) and not workspace.is_dir():
        return WorkspaceDamaged(
            _("The workspace is no folder"),
            str(workspace),
            _("Name a folder, or one that can be made: CLUSTER_REVIEW_WORKSPACE"),
        )
    return read_only(error) if is_read_only(error) else None
