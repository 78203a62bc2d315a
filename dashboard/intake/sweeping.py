"""Drafts and notes that a process left behind when it was killed."""

import shutil
import time
from pathlib import Path

_OLD_S = 24 * 3600
"""No intake takes that long, so that nobody writes to what is older."""


def sweep(folder: Path) -> None:
    """Remove what nobody wrote to for a day."""
    for path in folder.iterdir():
        try:
            if time.time() - path.stat().st_mtime < _OLD_S:
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        except OSError:
            continue  # another process was faster, or has it open
