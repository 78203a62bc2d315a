"""Where builds stand, and which of them is in force."""

import json
from pathlib import Path

from dashboard.settings import Settings
from dashboard.store.answer import Build
from dashboard.store.damage import Part, damaged


def marts_file(settings: Settings, build_id: str) -> Path:
    """The database file of a build."""
    return settings.marts / f"{build_id}.duckdb"


def pointer_file(settings: Settings) -> Path:
    """The file that names the build in force; readers reopen when it changes."""
    return settings.marts / "current.json"


def read_pointer(settings: Settings) -> Build:
    """The build in force, as the pointer names it.

    Raises:
        FileNotFoundError: nothing was built yet.
        WorkspaceDamaged: the pointer cannot be read.
    """
    pointer = pointer_file(settings)
    try:
        written = json.loads(pointer.read_text(encoding="utf-8"))
        return Build(written["build_id"], written["snapshot"], written["built_at"])
    except (IsADirectoryError, ValueError, KeyError, TypeError) as error:
        raise damaged(Part.BUILD, pointer, str(error)) from error
