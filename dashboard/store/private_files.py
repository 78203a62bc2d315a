"""The workspace belongs to the account that runs the dashboard: files 0600, folders 0700."""

import os
from fnmatch import fnmatch
from pathlib import Path

_FOLDER, _FILE = 0o700, 0o600
_FOLDERS = ("lake", "marts", "receipts", "jobs", "drafts", "emblems", "trial-*")
_FILES = ("lake.sqlite*", "ledger.*", "intake.lock", "trial-*.lock")
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
    own = [entry for entry in entries if _is_own(entry)]
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


def _is_own(entry: Path) -> bool:
    if entry.is_symlink():
        return False
    names = _FOLDERS if entry.is_dir() else _FILES
    return any(fnmatch(entry.name, name) for name in names)


def _narrow(path: str, mode: int) -> None:
    try:
        if not os.path.islink(path) and os.stat(path).st_mode & 0o077:  # noqa: PTH114, PTH116
            os.chmod(path, mode)  # noqa: PTH101
    except OSError:
        return  # gone meanwhile, or another account's
