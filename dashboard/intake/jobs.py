"""Intakes in processes of their own, so that the pages answer while millions of rows are read.

The file goes to the child as its standard input, from a temporary file without a name: nothing of
it can stay behind. How far it is stands in a small file in the workspace.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

from dashboard.errors import UsageError
from dashboard.i18n import gettext as _
from dashboard.i18n import language
from dashboard.intake.content import Content
from dashboard.intake.layout import Shape
from dashboard.intake.sweeping import sweep
from dashboard.settings import PROJECT_ROOT, Settings

_processes: dict[str, "subprocess.Popen[bytes]"] = {}
_PAUSE_S = 0.2
"""Between two notes of the progress, so that a fast file costs no more for being watched."""


class Jobs:
    """The jobs of one workspace."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.workspace / "jobs"

    def start(self, content: Content, arguments: list[str], shape: Shape | None = None) -> str:
        """Start `python -m dashboard intake` on a file.

        Args:
            content: the file.
            arguments: table, name and options, as on the command line.
            shape: what was chosen about the table; None takes what is remembered.

        Returns:
            The id of the job.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        sweep(self._folder)
        job_id = uuid.uuid4().hex
        if shape is not None:
            written = self._folder / f"{job_id}.shape"
            written.write_text(json.dumps(shape.as_dict(), ensure_ascii=False), encoding="utf-8")
            arguments = [*arguments, f"--shape={written}"]
        environment = os.environ | {
            f"CLUSTER_REVIEW_{name.upper()}": str(value)
            for name, value in self._settings.model_dump().items()
        }
        environment["LANG"] = f"{language()}.UTF-8"
        with tempfile.TemporaryFile() as file:
            with content.open() as reader:
                while piece := reader.read(1 << 20):
                    file.write(piece)
            file.seek(0)
            note_progress(self._file(job_id), stage="reading", done=0, total=content.size)
            _processes[job_id] = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-m", "dashboard", "intake", *arguments,
                 "--progress-file", str(self._file(job_id))],
                stdin=file,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=PROJECT_ROOT,
                env=environment,
            )  # fmt: skip
        return job_id

    def state(self, job_id: str) -> dict[str, Any]:
        """What the job noted last, and `is_running`.

        Raises:
            UsageError: there is no such job.
        """
        process = _processes.get(job_id)
        ended = process is not None and process.poll() is not None
        try:
            noted: dict[str, Any] = json.loads(self._file(job_id).read_text("utf-8"))
        except (FileNotFoundError, OSError):
            raise UsageError(
                "There is no such job", job_id, "Jobs end with the dashboard that started them."
            ) from None
        noted["is_running"] = not noted.get("receipt_id") and not noted.get("error") and not ended
        if ended and not noted.get("receipt_id") and not noted.get("error"):
            noted["error"] = _("The process ended before it was done. Nothing was taken in.")
        return noted

    def _file(self, job_id: str) -> Path:
        if not job_id.isalnum():
            raise UsageError("There is no such job", job_id, "Use the id that was given.")
        return self._folder / f"{job_id}.json"


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
