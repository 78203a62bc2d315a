"""Folders for work in progress. One that a killed process left is removed at the next start."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

_PREFIX = "trial-"


@contextmanager
def workplace(workspace: Path) -> Iterator[Path]:
    """An empty folder of the workspace, gone after the block.

    A lock beside it says that somebody works there; the system lets it go with the process.
    """
    folder = workspace / f"{_PREFIX}{uuid4().hex}"
    try:
        with FileLock(_lock(folder)):
            folder.mkdir()
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    finally:
        _lock(folder).unlink(missing_ok=True)


def sweep_workplaces(workspace: Path) -> None:
    """Remove the folders in which nobody works any more."""
    for folder in workspace.glob(f"{_PREFIX}*/"):
        try:
            with FileLock(_lock(folder), timeout=0):
                shutil.rmtree(folder, ignore_errors=True)
        except Timeout:
            continue
        _lock(folder).unlink(missing_ok=True)


def _lock(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.lock")
