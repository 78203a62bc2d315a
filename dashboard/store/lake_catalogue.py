"""The catalogue of the lake: a SQLite file of one machine, or a schema of a shared database."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dashboard.i18n import gettext as _
from dashboard.settings import Settings
from dashboard.store.damage import Part, clear_faults, damaged
from dashboard.store.postgres import LAKE_SCHEMA, asked
from dashboard.store.storage import SharedFiles

if TYPE_CHECKING:
    import psycopg

PATIENCE_S = 60
"""How long to wait for another process that writes."""
LAST = (
    "SELECT snapshot_id, snapshot_time FROM {schema}.ducklake_snapshot "
    "ORDER BY snapshot_id DESC LIMIT 1"
)
"""Asks a catalogue, in the schema of its tables, for its newest snapshot and when it was made."""
_seen: set[Settings] = set()
"""Settings whose database has a catalogue, as this process has seen."""


def lake_part(settings: Settings) -> Part:
    """Which part of a workspace the lake is."""
    return Part.SHARED_LAKE if settings.is_shared else Part.LAKE


def prepare_catalogue(settings: Settings) -> None:
    """Make the files of a lake that is new; one whose catalogue is gone is not taken for that.

    Raises:
        WorkspaceDamaged: there are data files, and no catalogue that names them.
        StoreUnreachable: database or storage do not answer.
    """
    if has_catalogue(settings) or settings.is_shared:
        return
    settings.lake_data.mkdir(parents=True, exist_ok=True)
    _make_file(settings.lake_catalogue)


def has_catalogue(settings: Settings) -> bool:
    """Whether anything was ever accepted here, or is about to be.

    Raises:
        WorkspaceDamaged: there are data files, and no catalogue that names them.
        StoreUnreachable: database or storage do not answer.
    """
    catalogue = settings.lake_catalogue
    if settings.is_shared:
        if settings in _seen or asked(settings, _has_snapshots):
            _seen.add(settings)
            return True
        files = SharedFiles(settings).names("lake")
        has_data = any(name.endswith(".parquet") for name in files)
    else:
        if catalogue.exists() and catalogue.stat().st_size:
            return True
        has_data = next(settings.lake_data.rglob("*.parquet"), None) is not None
    if has_data:
        raise damaged(lake_part(settings), catalogue, _("The file is empty or missing."))
    return False


class Newest(NamedTuple):
    """The newest snapshot; its time tells it from that of a record put in the place of another."""

    number: int
    """0 while nothing was accepted."""
    made_at: str


def newest_snapshot(settings: Settings) -> int:
    """Number of the newest snapshot, as `newest`."""
    return newest(settings).number


def newest(settings: Settings) -> Newest:
    """The newest snapshot, read from the catalogue itself: to attach the lake takes longer.

    Raises:
        WorkspaceDamaged: there are data files, and no catalogue that names them.
        StoreUnreachable: database or storage do not answer.
    """
    if not has_catalogue(settings):
        return Newest(0, "")
    if settings.is_shared:
        return asked(settings, _newest)
    catalogue = settings.lake_catalogue
    with (
        clear_faults(Part.LAKE, catalogue),
        closing(sqlite3.connect(catalogue, timeout=PATIENCE_S)) as connection,
    ):
        is_made = connection.execute(
            "SELECT count(*) FROM sqlite_schema WHERE name = 'ducklake_snapshot'"
        ).fetchone()[0]
        found = connection.execute(LAST.format(schema="main")).fetchone() if is_made else None
        return _as_newest(found)


def _newest(connection: "psycopg.Connection") -> Newest:
    return _as_newest(connection.execute(LAST.format(schema=LAKE_SCHEMA)).fetchone())


def _as_newest(found: tuple[Any, ...] | None) -> Newest:
    return Newest(0, "") if found is None else Newest(int(found[0]), str(found[1]))


def _has_snapshots(connection: "psycopg.Connection") -> bool:
    found = connection.execute("SELECT to_regclass(%s)", [f"{LAKE_SCHEMA}.ducklake_snapshot"])
    return found.fetchone() != (None,)


def _make_file(catalogue: Path) -> None:
    """Make an empty catalogue with a write-ahead log: readers never wait for a writer.

    See https://www.sqlite.org/wal.html.
    """
    with closing(sqlite3.connect(catalogue, timeout=PATIENCE_S)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
