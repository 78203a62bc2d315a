"""The workspace belongs to the account that runs the dashboard: files 0600, folders 0700."""

import os
from pathlib import Path

_FOLDER, _FILE = 0o700, 0o600


def keep_private(workspace: Path) -> None:
    """Let no other account read what is in the workspace, now or written from now on.

    What is wider is mended, once for each process that calls it. Processes started by this one
    inherit it. On Windows nothing changes: there the rights of the folder decide.
    """
    if os.name != "posix":
        return
    os.umask(0o077)
    if not workspace.is_dir():
        return
    for folder, _folders, files in os.walk(workspace):
        _narrow(folder, _FOLDER)
        for name in files:
            _narrow(os.path.join(folder, name), _FILE)  # noqa: PTH118 - many, and fast


def _narrow(path: str, mode: int) -> None:
    try:
        if not os.path.islink(path) and os.stat(path).st_mode & 0o077:  # noqa: PTH114, PTH116
            os.chmod(path, mode)  # noqa: PTH101
    except OSError:
        return  # gone meanwhile, or another account's
