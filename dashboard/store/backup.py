"""Backups: one file with all of a workspace that cannot be made again, taken while it is used.

A tar archive under gzip: the files under their paths in the workspace, and last its manifest, so
that an archive that was cut off has none.
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import IO

from attrs import evolve

from dashboard import __version__
from dashboard.errors import BackupRefused, UsageError, WorkspaceDamaged
from dashboard.i18n import gettext as _
from dashboard.settings import Settings
from dashboard.store.build import EDITIONS
from dashboard.store.build_files import files_of_build
from dashboard.store.checkpoint import Head
from dashboard.store.connection import visit_file
from dashboard.store.damage import Part, clear_faults, damaged, is_disk_full
from dashboard.store.intake_turn import intake_turn
from dashboard.store.lake import Lake
from dashboard.store.ledger import Entry, Ledger
from dashboard.store.pointer import marts_file, pointer_file, read_pointer
from dashboard.store.private_files import new_private_file, own_entries
from dashboard.store.shared_copy import copy_databases, fetched
from dashboard.store.soundness import check_pages, see_to_parts
from dashboard.store.workplace import sweep_workplaces, workplace
from dashboard.store.workspace_keys import see_to_keys

FORMAT = 1
"""Of the archive and its manifest; one of a later format is not restored."""
MANIFEST = "manifest.json"
SUFFIX = ".tar.gz"
_NAME = "cluster-review-"
_LEVEL = 3
"""Of gzip: most of a build shrinks to a third with it, and little more with levels above."""
_PATIENCE_S = 600
_NOT_TAKEN = (
    *("drafts", "jobs", "marts", "lake", "trial-*", "serving-*"),
    *("*.lock", "*-wal", "*-shm", "*.draft"),
)
"""Work in progress, and what is taken in ways of its own: builds, the lake, databases."""
_LAKE_FILES = (
    "SELECT s.path || t.path || f.path, "
    "s.path_is_relative AND t.path_is_relative AND f.path_is_relative "
    "FROM {table} AS f "
    "JOIN ducklake_table AS t USING (table_id) JOIN ducklake_schema AS s USING (schema_id)"
)


@dataclass(frozen=True)
class Contents:
    """What a backup holds, as its manifest says it."""

    made_at: str
    """ISO 8601, UTC."""
    program: str
    """Version of the program that made it."""
    build_id: str
    """The build in force; empty where nothing was built."""
    snapshot: int
    """Of the lake, the newest."""
    batches: int
    editions: int
    entries: int
    """Of all streams of the ledger."""
    heads: dict[str, Head]
    """Stream → its end."""
    files: dict[str, str]
    """Path in the workspace → SHA-256 of the file."""


def back_up(settings: Settings, out: Path) -> tuple[Path, Contents]:
    """Write a backup of the workspace, while others read, hand in and judge.

    It is the state between two intakes: the record, the receipts and the log fit together. Of
    several machines that share a record it has what one machine would: all that is shared, and the
    secrets and builds of the machine that takes it.

    Args:
        settings: the workspace.
        out: the file, which is new, or a folder, in which it is named after the time.

    Returns:
        The file, which only its owner may read since it holds the keys and sessions of the
        workspace, and what it holds.

    Raises:
        UsageError: the file is there already, or in the workspace; or there is nothing to back up.
        WorkspaceBusy: an intake took longer than one waits for it.
        WorkspaceDamaged: a file of the workspace is missing, or cannot be read, or this machine
            lacks a secret of the others.
        StoreUnreachable: database or storage of several machines do not answer.
        LedgerBroken: the log was tampered with.
        BackupRefused: the disk is full, or the folder may not be written.
    """
    made_at = datetime.now(UTC)
    out = out / f"{_NAME}{made_at:%Y%m%dT%H%M%SZ}{SUFFIX}" if out.is_dir() else out
    _check_place(settings, out)
    sweep_workplaces(out.parent)
    with said_of_disk(_("The backup could not be made")), workplace(out.parent) as folder:
        folder.chmod(0o700)
        copies = of_one_machine(settings, folder / "copies")
        copies.workspace.mkdir(mode=0o700)
        _copy_databases(settings, copies)
        _copy_pointer(settings, copies)
        draft = folder / "draft"
        with new_private_file(draft) as file:
            contents = _write(settings, copies, file, made_at)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(out)
    return out, contents


@contextmanager
def said_of_disk(title: str) -> Iterator[None]:
    """Say in words what a disk that is full or may not be written raises.

    Raises:
        BackupRefused: with this title and the reason of the system.
    """
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        if isinstance(error, sqlite3.Error) and not is_disk_full(error):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        place = getattr(error, "filename", None)
        raise BackupRefused(
            title,
            f"{reason}: {place}" if place else reason,
            _(
                "Nothing was left behind. Name a folder in which this account may write, and make "
                "room there."
            ),
        ) from error


def newest_backup(folder: Path) -> Path | None:
    """The backup in a folder that was made last; None where there is none."""
    found = folder.glob(f"*{SUFFIX}")
    return max(found, key=lambda path: path.stat().st_mtime, default=None)


def of_one_machine(settings: Settings, workspace: Path) -> Settings:
    """Settings of one machine that has all of the record in a workspace."""
    return evolve(settings, workspace=workspace, catalogue="", data="")


def _check_place(settings: Settings, out: Path) -> None:
    if not (settings.is_shared or own_entries(settings.workspace)):
        raise UsageError(
            "There is nothing to back up",
            str(settings.workspace),
            _("Name the workspace of the dashboard: CLUSTER_REVIEW_WORKSPACE"),
        )
    if out.exists():
        raise UsageError(
            "The file is there already", str(out), _("Name another file, or a folder.")
        )
    if not out.parent.is_dir():
        raise UsageError("There is no such folder", str(out.parent), _("Name one that exists."))
    if out.resolve().is_relative_to(settings.workspace.resolve()):
        raise UsageError(
            "A backup within the workspace is lost with it",
            str(out),
            _("Name a file elsewhere, at best on another disk."),
        )


def _copy_databases(settings: Settings, copies: Settings) -> None:
    """Copy the catalogue and the ledger as they stand between two intakes, with their logs."""
    with intake_turn(settings, _PATIENCE_S):
        see_to_parts(settings)
        if settings.is_shared:
            see_to_keys(settings)
            copy_databases(settings, copies)
            return
        for part, source, target in (
            (Part.LAKE, settings.lake_catalogue, copies.lake_catalogue),
            (Part.LEDGER, settings.ledger, copies.ledger),
        ):
            if source.exists():
                with clear_faults(part, source):
                    _copy_database(source, target)


def _copy_database(source: Path, target: Path) -> None:
    """SQLite's online backup: https://www.sqlite.org/backup.html."""
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)
        check_pages(written)


def _copy_pointer(settings: Settings, copies: Settings) -> None:
    """Copy the pointer: from here on a new build changes nothing of what is backed up."""
    if pointer_file(settings).is_file():
        copies.marts.mkdir(mode=0o700)
        shutil.copy(pointer_file(settings), pointer_file(copies))


def _write(settings: Settings, copies: Settings, file: IO[bytes], made_at: datetime) -> Contents:
    """Write the archive: what the copied databases name is there, and stays as it is."""
    ledger = Ledger(copies)
    verified = {stream: ledger.verify(stream) for stream in ledger.streams()}
    editions = verified.get(EDITIONS, [])
    digests: dict[str, str] = {}
    with tarfile.open(fileobj=file, mode="w:gz", compresslevel=_LEVEL) as archive:
        build_id, builds = _builds(settings, copies, editions)
        lake = _lake_state(copies)
        for workspace, paths in (
            (settings.workspace, builds),
            *_kept_files(settings, copies),
            (copies.workspace, (copies.lake_catalogue, copies.ledger, pointer_file(copies))),
        ):
            for path in filter(Path.exists, paths):
                name = path.relative_to(workspace).as_posix()
                digests[name] = _add(archive, path, name)
        contents = Contents(
            made_at.isoformat(timespec="seconds"),
            __version__,
            build_id,
            *lake,
            editions=len(editions),
            entries=sum(map(len, verified.values())),
            heads={stream: ledger.head(stream) for stream in verified},
            files=digests,
        )
        text = json.dumps({"format": FORMAT} | asdict(contents), ensure_ascii=False, indent=1)
        described = tarfile.TarInfo(MANIFEST)
        described.size, described.mode = len(text.encode()), 0o600
        archive.addfile(described, io.BytesIO(text.encode()))
    return contents


def _lake_state(copies: Settings) -> tuple[int, int]:
    """Newest snapshot of the copied catalogue, and how many batches it has."""
    if not copies.lake_catalogue.exists():
        return 0, 0
    lake = Lake(copies)
    return lake.snapshot(), len(lake.batches())


def _builds(settings: Settings, copies: Settings, editions: list[Entry]) -> tuple[str, list[Path]]:
    """The build in force, and the files of it, of those of editions, and of their visits."""
    pinned = {str(entry.content["build_id"]) for entry in editions}
    current = read_pointer(copies).build_id if pointer_file(copies).exists() else ""
    named = sorted(pinned | {current}) if current else sorted(pinned)
    builds = [marts_file(settings, build_id) for build_id in named]
    visits = {name for build in builds if build.exists() for name in files_of_build(build)}
    return current, [*builds, *(visit_file(settings.marts, name) for name in sorted(visits))]


def _kept_files(settings: Settings, copies: Settings) -> Iterator[tuple[Path, Iterable[Path]]]:
    """Workspaces with those of their files that never change: of the lake, and others."""
    if settings.is_shared:
        yield settings.workspace, settings.key_files
        names = [f"{copies.lake_data.name}/{name}" for name in _lake_names(copies)]
        yield copies.workspace, fetched(settings, copies, names)
    else:
        yield settings.workspace, (*_lake_files(settings, copies), *_plain_files(settings))


def _plain_files(settings: Settings) -> Iterator[Path]:
    """What is written once and never changed: receipts, emblems, keys."""
    for entry in sorted(own_entries(settings.workspace)):
        if _is_not_taken(entry) or entry.suffix == ".sqlite":
            continue
        if entry.is_file():
            yield entry
            continue
        for path in sorted(entry.rglob("*")):
            inside = path.relative_to(entry).parents
            is_draft = any(part.name.endswith(".draft") for part in (path, *inside))
            if path.is_file() and not path.is_symlink() and not is_draft:
                yield path


def _is_not_taken(entry: Path) -> bool:
    return any(fnmatch(entry.name, name) for name in _NOT_TAKEN)


def _lake_files(settings: Settings, copies: Settings) -> list[Path]:
    """The files of the lake that the copied catalogue names.

    Raises:
        WorkspaceDamaged: one is not there, or not in the folder of the lake.
    """
    paths = [settings.lake_data / name for name in _lake_names(copies)]
    for path in paths:
        if not path.is_file():
            raise _missing(copies, path.name)
    return paths


def _lake_names(copies: Settings) -> list[str]:
    """Names of the files of the lake, in its folder.

    Raises:
        WorkspaceDamaged: one is not in the folder of the lake.
    """
    catalogue = copies.lake_catalogue
    if not catalogue.exists():
        return []
    with clear_faults(Part.LAKE, catalogue), closing(sqlite3.connect(catalogue)) as connection:
        tables = ("ducklake_data_file", "ducklake_delete_file")
        rows = [
            row for table in tables for row in connection.execute(_LAKE_FILES.format(table=table))
        ]
    lake = copies.lake_data.resolve()
    for name, is_relative in rows:
        if not (is_relative and (lake / name).resolve().is_relative_to(lake)):
            raise _missing(copies, name)
    return [name for name, _is_relative in rows]


def _missing(copies: Settings, name: str) -> WorkspaceDamaged:
    message = _("{name} is missing.").format(name=name)
    return damaged(Part.LAKE, copies.lake_catalogue, message)


def _add(archive: tarfile.TarFile, path: Path, name: str) -> str:
    """Add a file under a name; returns its SHA-256.

    Raises:
        BackupRefused: it became shorter or longer meanwhile.
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        stat = os.fstat(file.fileno())
        described = tarfile.TarInfo(name)
        described.size, described.mtime, described.mode = stat.st_size, stat.st_mtime, 0o600
        try:
            archive.addfile(described, _Summed(file, digest))
        except OSError as error:
            if error.errno is not None:
                raise
            raise _changed(name) from error
    return digest.hexdigest()


def _changed(name: str) -> BackupRefused:
    return BackupRefused(
        "A file changed while it was backed up",
        name,
        _("Take the backup again."),
    )


class _Summed(io.RawIOBase):
    """A file that is summed up while it is read."""

    def __init__(self, file: IO[bytes], digest: "hashlib._Hash") -> None:
        self._file = file
        self._digest = digest

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self._digest.update(piece)
        return piece
