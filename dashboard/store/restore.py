"""Restoring a backup into an empty folder: all of it as it was, or nothing.

What an archive says is believed only where it is checked: every path, every sum, every chain.
"""

import gzip
import hashlib
import json
import os
import tarfile
import zlib
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import IO, Any

from dashboard.errors import BackupRefused, LedgerBroken, UsageError
from dashboard.i18n import gettext as _
from dashboard.settings import Settings
from dashboard.store.backup import FORMAT, MANIFEST, Contents, of_one_machine, said_of_disk
from dashboard.store.checkpoint import Head
from dashboard.store.lake import Lake
from dashboard.store.ledger import Ledger
from dashboard.store.pointer import pointer_file, read_pointer
from dashboard.store.private_files import is_own_name, new_private_file
from dashboard.store.shared_copy import give
from dashboard.store.workplace import sweep_workplaces, workplace

_PIECE = 1 << 20
_LONGEST_MANIFEST = 1 << 26
"""Bytes: some 500,000 files."""


def restore(file: Path, settings: Settings) -> Contents:
    """Restore a backup into a workspace, which may have another path and be on another machine.

    Where the settings name a database and a storage, what several machines share goes there.

    Args:
        file: written by `back_up`.
        settings: with a workspace that is empty or not there, and likewise the database.

    Returns:
        What was restored.

    Raises:
        UsageError: there is no such file.
        BackupRefused: the folder or the database is not empty, or cannot be written, or the file
            is not whole or no backup; then both stay as they were.
        LedgerBroken: the log in it was tampered with; likewise.
        StoreUnreachable: database or storage do not answer; likewise.
    """
    with said_of_disk(_("The backup could not be restored")):
        return _restore(file, settings)


def _restore(file: Path, settings: Settings) -> Contents:
    target = settings.workspace
    if not file.is_file():
        raise UsageError("There is no such file", str(file), _("Name a file that exists."))
    sweep_workplaces(target)
    if target.exists() and (not target.is_dir() or next(target.iterdir(), None) is not None):
        raise BackupRefused(
            "The workspace to restore into is not empty",
            str(target),
            _("Name a new folder: what is there is never overwritten."),
        )
    is_new = not target.exists()
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    if os.name == "posix":
        target.chmod(0o700)
    try:
        with workplace(target) as folder:
            folder.chmod(0o700)
            staged = of_one_machine(settings, folder / "staged")
            staged.workspace.mkdir(mode=0o700)
            contents = _read(file, staged.workspace)
            _verify(staged, contents)
            if settings.is_shared:
                give(staged, settings)
            for entry in sorted(staged.workspace.iterdir()):
                entry.rename(target / entry.name)
    except BaseException:
        if is_new:
            with suppress(OSError):
                target.rmdir()
        raise
    return contents


def _read(file: Path, folder: Path) -> Contents:
    """Unpack an archive and hold it to its manifest.

    Raises:
        BackupRefused: it is damaged, cut off, or names what no backup names.
    """
    digests: dict[str, str] = {}
    manifest: dict[str, Any] | None = None
    try:
        with tarfile.open(file, "r:gz") as archive:
            for member in archive:
                source = _checked(archive, member, digests)
                if member.name == MANIFEST:
                    manifest = json.loads(source.read(_LONGEST_MANIFEST))
                    continue
                digests[member.name] = _unpack(source, folder / member.name, member.mtime)
            _read_to_end(archive)
    except (tarfile.TarError, gzip.BadGzipFile, EOFError, zlib.error, ValueError) as error:
        raise _refused(str(error)) from error
    if manifest is None:
        raise _refused(_("It was cut off: the list of its files is missing."))
    contents = _contents(manifest)
    for name in sorted(contents.files.keys() | digests.keys()):
        if name not in digests:
            raise _refused(_("{name} is missing.").format(name=name))
        if contents.files.get(name) != digests[name]:
            raise _refused(_("{name} is not what was backed up.").format(name=name))
    return contents


def _checked(archive: tarfile.TarFile, member: tarfile.TarInfo, known: dict[str, str]) -> IO[bytes]:
    """The content of a member that a backup may have: a plain file, once, within the workspace.

    Raises:
        BackupRefused: a link, a device, a path that leads elsewhere, or one of no backup.
    """
    name = member.name
    parts = PurePosixPath(name).parts
    is_plain = "\\" not in name and ":" not in name and PurePosixPath(*parts).as_posix() == name
    is_inside = is_plain and bool(parts) and not {"..", "/", "//"} & set(parts)
    is_own = name == MANIFEST or (is_inside and is_own_name(parts[0]))
    content = archive.extractfile(member) if member.isreg() and is_own else None
    if content is None or name in known:
        raise _refused(_("A backup has no such entry: {name}").format(name=repr(name)[:200]))
    return content


def _unpack(source: IO[bytes], target: Path, made_at: float) -> str:
    """Write a file for its owner alone; returns its SHA-256."""
    digest = hashlib.sha256()
    for folder in reversed(target.parents):
        if not folder.exists():
            folder.mkdir(mode=0o700)
    with new_private_file(target) as file:
        while piece := source.read(_PIECE):
            digest.update(piece)
            file.write(piece)
    os.utime(target, (made_at, made_at))  # a build is as old as its file
    return digest.hexdigest()


def _read_to_end(archive: tarfile.TarFile) -> None:
    """Read what follows the last entry, so that gzip compares its own sum of the whole."""
    assert archive.fileobj is not None
    while archive.fileobj.read(_PIECE):
        pass


def _contents(manifest: dict[str, Any]) -> Contents:
    """The manifest as a record.

    Raises:
        BackupRefused: it is of a later format, or none.
    """
    try:
        if manifest.pop("format") > FORMAT:
            raise BackupRefused(
                "This backup is of a later version of the program",
                _("It was made by version {version}.").format(version=manifest["program"]),
                _("Install that version or a later one, then restore again."),
            )
        heads = {stream: Head(*head) for stream, head in manifest.pop("heads").items()}
        return Contents(**manifest, heads=heads)
    except (AttributeError, KeyError, TypeError) as error:
        raise _refused(str(error)) from error


def _verify(staged: Settings, contents: Contents) -> None:
    """Hold what was unpacked to what the manifest says of it.

    Raises:
        BackupRefused: it says something else.
        LedgerBroken: a chain of the log does not hold, or ends elsewhere.
    """
    ledger = Ledger(staged)
    streams = ledger.streams()
    if set(streams) != set(contents.heads):
        raise _refused(_("{name} is not what was backed up.").format(name=staged.ledger.name))
    for stream in streams:
        ledger.verify(stream)
        if ledger.head(stream) != contents.heads[stream]:
            raise LedgerBroken(
                "The log was tampered with",
                _("{stream} does not end as the backup says.").format(stream=stream),
                _("Restore another backup."),
            )
    if staged.lake_catalogue.exists():
        lake = Lake(staged)
        if (lake.snapshot(), len(lake.batches())) != (contents.snapshot, contents.batches):
            raise _refused(
                _("{name} is not what was backed up.").format(name=staged.lake_catalogue.name)
            )
    if contents.build_id and (
        not pointer_file(staged).exists() or read_pointer(staged).build_id != contents.build_id
    ):
        raise _refused(_("{name} is not what was backed up.").format(name="marts/current.json"))


def _refused(message: str) -> BackupRefused:
    return BackupRefused(
        "This file cannot be restored",
        message,
        _("Nothing was restored. Take another backup, or another copy of this one."),
    )
