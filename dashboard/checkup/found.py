"""What a check is given, and what it finds."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dashboard.settings import Settings


class State(StrEnum):
    """How it stands."""

    WELL = "well"
    MEND = "mend"
    """Something has to be done."""
    UNASKED = "unasked"
    """It could not be looked at, or nobody asked for it; that is no fault."""


@dataclass(frozen=True)
class Found:
    """What a check found."""

    state: State
    what: str
    """As it stands: which file, which version, how much."""
    remedy: str = ""
    """What to do; only where something has to be done."""


@dataclass(frozen=True)
class Examined:
    """What is looked at."""

    settings: Settings
    port: int
    """On which the server is to listen, or listens."""
    backups: Path | None = None
    """Folder of backups; None: nobody keeps any here."""
    backup_hours: float = 26
    """How old the newest may be."""


def well(what: str) -> Found:
    """Nothing has to be done."""
    return Found(State.WELL, what)


def mend(what: str, remedy: str) -> Found:
    """Something has to be done."""
    return Found(State.MEND, what, remedy)


def unasked(what: str) -> Found:
    """Nothing was looked at."""
    return Found(State.UNASKED, what)
