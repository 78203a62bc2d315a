"""The workspace belongs to the account that runs the dashboard: files 0600, folders 0700."""

import os
from fnmatch import fnmatch
from pathlib import Path
from typing import IO

from dashboard.errors import UsageError
from dashboard.i18n import gettext as _

_FOLDER, _FILE = 0o700, 0o600
_FOLDERS = ("lake", "marts", "receipts", "jobs", "drafts", "emblems", "trial-*", "serving-*")
_FILES = ("lake.sqlite*", "ledger.*", "cookie.key", "visits.key", "intake.lock", "trial-*.lock")
"""All that is written into a workspace."""


def keep_private(workspace: Path) -> None:
    """Let no other account read what is written into the workspace, now or from now on.

    What is wider is mended, once for each process that calls it; files of others that lie in the
    folder keep their modes, and so does the folder while it holds any. Processes started by this
    one inherit it. On Windows nothing changes: there the rights of the folder decide.
    """
    if os.name != "posix":
        return
    os.umask(0o077)
    if not workspace.is_dir():
        return
    entries = list(workspace.iterdir())
    own = own_entries(workspace)
    if len(own) == len(entries):
        _narrow(str(workspace), _FOLDER)
    for entry in own:
        if not entry.is_dir():
            _narrow(str(entry), _FILE)
            continue
        for folder, _folders, files in os.walk(entry):
            _narrow(folder, _FOLDER)
            for name in files:
                _narrow(os.path.join(folder, name), _FILE)  # noqa: PTH118 - many, and fast


def own_entries(workspace: Path) -> list[Path]:
    """The files and folders that the program has written into a workspace; none where none is."""
    if not workspace.is_dir():
        return []
    return [entry for entry in workspace.iterdir() if _is_own(entry)]


def wider_than_private(workspace: Path) -> list[Path]:
    """What other accounts of this machine may read or write; nothing on Windows."""
    if os.name != "posix":
        return []
    own = own_entries(workspace)
    inside = [path for entry in own if entry.is_dir() for path in entry.rglob("*")]
    return [path for path in (*own, *inside) if not path.is_symlink() and _is_wide(str(path))]


def new_private_file(path: Path) -> IO[bytes]:
    """A new file that only its owner may read, opened for writing.

    Raises:
        FileExistsError: there is one.
    """
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, _FILE), "wb")


def is_own_name(name: str) -> bool:
    """Whether an entry of this name in a workspace is one that the program writes."""
    return any(fnmatch(name, pattern) for pattern in (*_FOLDERS, *_FILES))


def is_private(path: Path) -> bool:
    """Whether no other account can read a file; on Windows the rights of its folder say that."""
    return os.name != "posix" or not _is_wide(str(path))


def secret_of(path: Path) -> str:
    """The secret in a file.

    Raises:
        UsageError: the file cannot be read, or others than its owner can read it.
    """
    try:
        text = path.read_text("utf-8").strip()
    except OSError as error:
        raise UsageError(
            "The file with the secret cannot be read",
            f"{path.name}: {error.strerror}",
            _("Name a file that the account of the dashboard may read."),
        ) from error
    require_private(path)
    return text


def require_private(path: Path) -> None:
    """See that nobody but its owner can read a file with a secret.

    Raises:
        UsageError: others can.
    """
    if not is_private(path):
        raise UsageError(
            "The file with the secret is open to others",
            path.name,
            _("Let only its owner read it: chmod 600."),
        )


def _is_own(entry: Path) -> bool:
    if entry.is_symlink():
        return False
    names = _FOLDERS if entry.is_dir() else _FILES
    return any(fnmatch(entry.name, name) for name in names)


def _narrow(path: str, mode: int) -> None:
    try:
        if not os.path.islink(path) and _is_wide(path):  # noqa: PTH114
            os.chmod(path, mode)  # noqa: PTH101
    except OSError:
        return  # gone meanwhile, or another account's


def _is_wide(path: str) -> bool:
    return bool(os.stat(path).st_mode & 0o077)  # noqa: PTH116 - many, and fast
