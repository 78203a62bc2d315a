"""Whether the accepted record can be read to its end, and the log is there."""

import sqlite3
from contextlib import closing

from dashboard.i18n import gettext as _
from dashboard.settings import Settings
from dashboard.store.damage import Part, clear_faults, damaged
from dashboard.store.lake import Lake
from dashboard.store.lake_rows import lake_columns


def see_to_parts(settings: Settings) -> None:
    """See that neither the catalogue of the record nor the log is gone from what needs it.

    Raises:
        WorkspaceDamaged: one is.
    """
    Lake(settings).has_catalogue()
    see_to_log(settings)


def see_to_log(settings: Settings) -> None:
    """See that a workspace in which files were handed in or rounds were held has its log.

    Raises:
        WorkspaceDamaged: it has none.
    """
    if settings.is_shared:
        return  # the database has it as long as it has anything
    receipts = settings.workspace / "receipts"
    was_written = settings.ledger_key.exists() or next(receipts.glob("*/original"), None)
    if was_written and not settings.ledger.exists():
        raise damaged(Part.LEDGER, settings.ledger, _("The file is empty or missing."))


def check_pages(database: sqlite3.Connection) -> None:
    """Check the pages of a database, also those that no question has read yet.

    Raises:
        sqlite3.DatabaseError: a page is damaged.
    """
    (found,) = database.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(f"malformed: {' '.join(found.split())}")


def read_lake(settings: Settings) -> dict[str, int]:
    """Read every page of the catalogue, and every value of every table of the lake.

    Returns:
        Table → how many rows it has, of all batches.

    Raises:
        WorkspaceDamaged: a file is missing, or cannot be read to its end.
    """
    catalogue = settings.lake_catalogue
    Lake(settings).has_catalogue()
    if not settings.is_shared:  # a database sums up its pages itself
        with clear_faults(Part.LAKE, catalogue), closing(sqlite3.connect(catalogue)) as database:
            check_pages(database)
    counts = {}
    with Lake(settings).attached(read_only=True) as connection:
        for table in lake_columns(connection):
            row = connection.execute(
                f'SELECT count(*), bit_xor(hash(t)) FROM lake."{table}" AS t'
            ).fetchone()
            assert row is not None
            counts[table] = int(row[0])
    return counts
