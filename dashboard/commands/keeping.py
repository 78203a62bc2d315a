"""`backup`, `restore` and `compact`: a workspace as one file, and back, and in fewer files."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from attrs import evolve

from dashboard.i18n import gettext as _
from dashboard.intake.disk import clear_errors
from dashboard.settings import settings
from dashboard.store.backup import Contents, back_up
from dashboard.store.build import Builder
from dashboard.store.intake_turn import intake_turn
from dashboard.store.lake import Lake
from dashboard.store.restore import restore as restore_file

Format = Literal["text", "json"]


def backup(out: Path, /, *, format: Format = "text") -> int:
    """Write the workspace into one file, while the dashboard runs and people use it.

    The file holds the keys of the workspace and everything that was judged: keep it as secret.

    Args:
        out: file to write, .tar.gz; or a folder, in which it is named after the time.
        format: text for people or json.
    """
    path, contents = back_up(settings(), out.absolute())
    _print(contents, format, {"file": str(path), "bytes": path.stat().st_size})
    return 0


def restore(file: Path, /, *, to: Path, format: Format = "text") -> int:
    """Restore a backup into a new or empty folder, after checking all of it.

    Where the settings name a database and a storage, into these, which are empty as well.

    Args:
        file: written by backup.
        to: the folder, which is then a workspace: name it in CLUSTER_REVIEW_WORKSPACE.
        format: text for people or json.
    """
    target = evolve(settings(), workspace=to)
    contents = restore_file(file.absolute(), target)
    _print(contents, format, {"workspace": str(target.workspace)})
    return 0


def compact() -> int:
    """Put small files of the record together, which many small deliveries leave.

    Every figure and every former snapshot reads the same as before.
    """
    with clear_errors(), intake_turn(settings()):
        count = Lake(settings()).put_together()
        Builder(settings()).build_current()
    print(_("Files put together with others: {count}").format(count=count))
    return 0


def _print(contents: Contents, format: Format, more: dict[str, Any]) -> None:
    if format == "json":
        written = asdict(contents)
        written["files"] = len(contents.files)
        print(json.dumps(more | written, ensure_ascii=False, indent=2))
        return
    print(*more.values())
    print(
        _(
            "Build {build}, snapshot {snapshot}; batches: {batches}, editions: {editions}, log "
            "entries: {entries}, files: {files}. Made {made_at} by version {program}."
        ).format(
            build=contents.build_id or "-",
            snapshot=contents.snapshot,
            batches=contents.batches,
            editions=contents.editions,
            entries=contents.entries,
            files=len(contents.files),
            made_at=contents.made_at,
            program=contents.program,
        )
    )
