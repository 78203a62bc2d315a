"""A full or unwritable disk, said in words instead of codes."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from dashboard.errors import ClusterReviewError
from dashboard.i18n import gettext as _
from dashboard.store.damage import DISK_FULL, is_read_only, read_only


class WorkspaceFull(ClusterReviewError):
    """The disk took no more; nothing was taken in."""


def is_disk_error(error: BaseException | None) -> bool:
    """Whether the disk is to blame; DuckDB says so in words of several errors."""
    if isinstance(error, OSError | duckdb.IOException):
        return True
    return isinstance(error, sqlite3.OperationalError | duckdb.Error) and any(
        sign in str(error).lower() for sign in DISK_FULL
    )


@contextmanager
def clear_errors() -> Iterator[None]:
    """Turn errors of the disk into one that a reader is meant to see.

    Raises:
        WorkspaceFull: the disk is full.
        WorkspaceReadOnly: the workspace may not be written.
    """
    try:
        yield
    except (OSError, sqlite3.Error, duckdb.Error) as error:
        if is_read_only(error):
            raise read_only(error) from error
        if not is_disk_error(error):
            raise
        raise WorkspaceFull(
            _("The file could not be stored"),
            str(error).splitlines()[0][:300],
            _(
                "Nothing was taken in. Make room on the disk of the workspace, then hand it in "
                "again."
            ),
        ) from error
