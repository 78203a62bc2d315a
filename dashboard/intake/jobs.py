"""Intakes in processes of their own, so that the pages answer while millions of rows are read.

The file goes to the child as its standard input, from a temporary file without a name: nothing of
it can stay behind. Who hands in, and what was chosen, goes in an order that only the owner of the
workspace can write and read, and that the child removes before it works: no option of a command
line says who one is. The child asks the matrix again, as every intake does. How far it is stands in
a small file in the workspace, and is told to whoever started it. As long as it lives it holds a
lock beside that file, which the system lets go however it ends: so other processes know, too.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from dashboard.access import Identity, Role
from dashboard.errors import AccessDenied, UsageError
from dashboard.i18n import gettext as _
from dashboard.i18n import language
from dashboard.intake.content import Content
from dashboard.intake.layout import Shape, shape_from
from dashboard.intake.sweeping import sweep
from dashboard.settings import PROJECT_ROOT, Settings, plain_settings, read_settings, secrets_for
from dashboard.store.private_files import new_private_file

_processes: dict[str, "subprocess.Popen[bytes]"] = {}
_PAUSE_S = 0.2
"""Between two notes of the progress, so that a fast file costs no more for being watched."""


@dataclass(frozen=True)
class JobOrder:
    """What a child is to hand in, and for whom."""

    identity: Identity
    table: str
    name: str
    by: str
    mapping: dict[str, str] | None
    shape: Shape | None
    """What was chosen about the table; None takes what is remembered."""
    complete: bool
    office: str
    message: str


class Jobs:
    """The jobs of one workspace."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.workspace / "jobs"

    def start(self, content: Content, order: JobOrder) -> str:
        """Start a process that hands a file in.

        Returns:
            The id of the job.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        sweep(self._folder)
        job_id = uuid.uuid4().hex
        written = vars(order) | {
            "identity": asdict(order.identity),
            "shape": order.shape.as_dict() if order.shape is not None else None,
            "language": language(),
            # Secrets stand in no file: those that the child needs are in its environment.
            "settings": plain_settings(self._settings),
        }
        _write_private(self._folder / f"{job_id}.order", written)
        _write_private(self._folder / f"{job_id}.starter", asdict(order.identity))
        with tempfile.TemporaryFile() as file:
            with content.open() as reader:
                while piece := reader.read(1 << 20):
                    file.write(piece)
            file.seek(0)
            note_progress(self._file(job_id), stage="reading", done=0, total=content.size)
            with _held(_lock(self._file(job_id))) as lock:
                _processes[job_id] = subprocess.Popen(  # noqa: S603 - our own module
                    [sys.executable, "-m", "dashboard.intake.job_process", str(self._file(job_id))],
                    stdin=file,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    cwd=PROJECT_ROOT,
                    env=os.environ | secrets_for(self._settings),
                    pass_fds=lock,
                )
        return job_id

    def state(self, job_id: str, identity: Identity) -> dict[str, Any]:
        """What the job noted last, `is_running`, and `is_cut_off`: it ended and noted nothing.

        Raises:
            AccessDenied: somebody else started it.
            UsageError: there is no such job.
        """
        path = self._file(job_id)
        has_ended = _has_ended(job_id, path)  # before its note is read: then it is the last one
        try:
            starter = _identity(json.loads(path.with_suffix(".starter").read_text("utf-8")))
            noted: dict[str, Any] = json.loads(path.read_text("utf-8"))
        except (FileNotFoundError, OSError):
            raise UsageError(
                "There is no such job",
                job_id,
                _(
                    "It is over, or of another machine. The list of what was handed in says what "
                    "became of it."
                ),
            ) from None
        if _who(starter) != _who(identity):
            raise AccessDenied(
                "This is not open to you",
                _("Somebody else handed this file in."),
                _("Its receipt is in the history of its region."),
            )
        is_open = not noted.get("receipt_id") and not noted.get("error")
        return noted | {
            "is_running": is_open and not has_ended,
            "is_cut_off": is_open and has_ended,
        }

    def _file(self, job_id: str) -> Path:
        if not job_id.isalnum():
            raise UsageError("There is no such job", job_id, "Use the id that was given.")
        return self._folder / f"{job_id}.json"


@contextmanager
def _held(path: Path) -> Iterator[tuple[int, ...]]:
    """A lock for a child to take over, as descriptors: it holds it once this block has ended."""
    if os.name != "posix":
        yield ()
        return
    import fcntl

    with path.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield (file.fileno(),)


def _has_ended(job_id: str, note: Path) -> bool:
    """Whether the process of a job lives no more, whoever started it."""
    process = _processes.get(job_id)
    if process is not None:
        return process.poll() is not None
    if os.name != "posix" or not note.exists():
        return False
    try:
        with FileLock(_lock(note), timeout=0):
            return True
    except Timeout:
        return False


def _lock(note: Path) -> Path:
    return note.with_suffix(".lock")


def take_order(note: Path) -> tuple[JobOrder, Settings, str]:
    """The order that stands beside the note of a job, for its process alone: it is removed.

    Returns:
        The order, the settings and the language in which it was given.

    Raises:
        FileNotFoundError: there is none, or it was taken before.
    """
    path = note.with_suffix(".order")
    written = json.loads(path.read_text("utf-8"))
    path.unlink()
    settings, spoken = read_settings(**written.pop("settings")), written.pop("language")
    shape = written.pop("shape")
    order = JobOrder(
        identity=_identity(written.pop("identity")),
        shape=shape_from(shape) if shape is not None else None,
        **written,
    )
    return order, settings, spoken


def note_progress(path: Path, **what: object) -> None:
    """Replace a job's note in one step, so that a reader never sees half of it."""
    draft = path.with_suffix(f".{os.getpid()}.draft")
    draft.write_text(json.dumps(what, ensure_ascii=False), encoding="utf-8")
    draft.replace(path)


class ProgressNote:
    """A `Progress` that notes into a file, a few times a second at most."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stage = ""
        self._next = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Note how far it is."""
        now = time.monotonic()
        if stage != self._stage or now >= self._next:
            self._stage, self._next = stage, now + _PAUSE_S
            note_progress(self._path, stage=stage, done=done, total=total)


def _who(identity: Identity) -> tuple[str, str, str | None]:
    return identity.account, identity.role, identity.region


def _identity(written: dict[str, Any]) -> Identity:
    return Identity(**written | {"role": Role(written["role"])})


def _write_private(path: Path, what: object) -> None:
    """Write a new file that nobody but its owner may read."""
    with new_private_file(path) as file:
        file.write(json.dumps(what, ensure_ascii=False).encode())
