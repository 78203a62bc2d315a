"""From the lake to the build in force: checked, made once, and swapped in at once."""

import hashlib
import json
import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb

from dashboard.errors import BuildRefused, RecordMissing, WorkspaceDamaged
from dashboard.settings import Settings
from dashboard.store.answer import Build
from dashboard.store.batches import Batch, Keys, in_force
from dashboard.store.build_files import damaged_files, files_of_build, is_whole
from dashboard.store.connection import borrowed_connection, quoted, visits_folder
from dashboard.store.damage import Part, clear_faults, damaged, is_damage
from dashboard.store.lake import Lake
from dashboard.store.lake_rows import Tables
from dashboard.store.ledger import Ledger
from dashboard.store.marts import NEVER_READ, make_marts, make_with_visits
from dashboard.store.patience import patiently
from dashboard.store.pointer import marts_file, pointer_file, read_pointer
from dashboard.store.texts import texts_digest
from dashboard.store.visit_counts import VISIT_COUNTS
from dashboard.store.visit_files import (
    check_counts,
    discard_visit_files,
    make_visit_files,
    of_visits,
)
from dashboard.store.workplace import sweep_workplaces, workplace

EDITIONS = "editions"
"""Stream of the ledger in which frozen views name the builds that must stay on disk."""
_CELL = ("metric", "region", "year", "period", "nationality", "department", "institution_class")


@dataclass(frozen=True)
class FigureChange:
    """A settled figure that a delivery would change; None where there is or was no figure."""

    metric: str
    region: str
    year: int
    period: str
    nationality: str | None
    department: str | None
    institution_class: str | None
    unit: str
    former_value: Decimal | None
    former_evidence: str | None
    value: Decimal | None
    evidence: str | None


@dataclass(frozen=True)
class Standing:
    """How the build in force stands."""

    build_id: str
    is_newest: bool
    """Whether it is the one that the newest snapshot and the SQL text give."""
    is_damaged: bool
    """Whether its file is gone or cannot be read to its end."""


class Builder:
    """Builds the marts of one workspace."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lake = Lake(settings)

    def build_current(self, mend: bool = False) -> tuple[Build, bool]:
        """Bring the build in force up to the newest snapshot and the SQL text.

        Args:
            mend: read the build that is on disk to the end, and make a damaged one anew.

        Returns:
            The build, and whether the pointer had to move (False: nothing had changed).

        Raises:
            BuildRefused: a check failed or a statement broke; the former build stays in force.
            WorkspaceDamaged: a folder stands where a file is to be written.
        """
        sweep_workplaces(self._settings.workspace)
        snapshot = self._lake.snapshot()
        build_id = self._build_id(in_force(self._lake.batches(snapshot)))
        if mend:
            for file in damaged_files(marts_file(self._settings, build_id)):
                _discard(file)
        in_use = self._in_use()
        if in_use and in_use.snapshot == snapshot and in_use.build_id == build_id:
            return in_use, False
        build = self.build(snapshot)
        self._point_to(build)
        self._discard_old(build)
        return build, True

    def build(self, snapshot: int) -> Build:
        """The build of one snapshot, made now unless it is on disk already. Moves no pointer.

        Raises:
            UsageError: there is no such snapshot.
            BuildRefused: a check failed or a statement broke.
        """
        batches = in_force(self._lake.batches(snapshot))
        if not batches:
            raise BuildRefused(
                "There is nothing to build from",
                f"No batch was accepted up to snapshot {snapshot}.",
                "Run: python -m dashboard build",
            )
        build_id = self._build_id(batches)
        target = marts_file(self._settings, build_id)
        if target.exists():
            return Build(build_id, snapshot, self._made_at(target, snapshot))
        target.parent.mkdir(parents=True, exist_ok=True)
        with workplace(self._settings.workspace) as folder:
            draft = folder / target.name
            self._make(draft, snapshot, batches)
            draft.replace(target)
        return Build(build_id, snapshot, self._made_at(target, snapshot))

    def _made_at(self, target: Path, snapshot: int) -> str:
        """When a build was made: ISO 8601, UTC. All machines say the same of the same build.

        Each makes its own file, so that where they share a record the time of the snapshot counts.
        """
        if self._settings.is_shared:
            return self._lake.made_at(snapshot).isoformat(timespec="seconds")
        made_at = datetime.fromtimestamp(target.stat().st_mtime, UTC)
        return made_at.isoformat(timespec="seconds")

    @patiently
    def _make(self, draft: Path, snapshot: int, batches: Sequence[Batch]) -> None:
        """Make the marts, from the beginning where a connection to a shared lake broke."""
        draft.unlink(missing_ok=True)
        visits = self._visit_files(batches)
        former = self._but_for_visits(batches)
        if former is None:
            make_marts(self._settings, draft, snapshot, batches, visits=visits)
        else:
            make_with_visits(self._settings, former, draft, batches, visits)

    def _but_for_visits(self, batches: Sequence[Batch]) -> Path | None:
        """The file of the build in force, if it is whole and nothing but visits came since."""
        current, others = self._in_use(), len(batches)
        while others and of_visits([batches[others - 1]]):
            others -= 1
        alike = list(self._build_ids(batches))[others:-1]
        if current is None or current.build_id not in alike:
            return None
        file = marts_file(self._settings, current.build_id)
        return file if is_whole(file) else None

    def build_former(self, snapshot: int) -> Build:
        """As `build`, and no more builds stay on disk than the settings say.

        Raises:
            UsageError: there is no such snapshot.
            BuildRefused: a check failed or a statement broke.
        """
        build = self.build(snapshot)
        self._discard_old(build)
        return build

    def try_out(self, tables: Tables, keys: Keys, batch: Batch | None = None) -> list[FigureChange]:
        """Build from the record and rows that are not in it yet, and put nothing in force.

        Args:
            tables: the rows, as `Lake.append` would take them.
            keys: tables in which a row takes the place of one with the same key.
            batch: which the rows are to become, in place of its origin's former one. Its build is
                put by under its id, so that it need not be made again once they are taken in.

        Returns:
            The settled figures that would change, in the order of their cells; none while there
            is no build to compare with.

        Raises:
            BuildRefused: a check would fail or a statement would break.
        """
        if tables and tables.keys() <= NEVER_READ:  # no figure follows from visits
            counts = tables[VISIT_COUNTS]
            assert isinstance(counts, Path)
            check_counts(self._settings, counts)
            return []
        snapshot = self._lake.snapshot()
        batches = in_force(self._lake.batches(snapshot))
        visits = self._visit_files(batches)
        current = self._in_use()
        with workplace(self._settings.workspace) as folder:
            trial = folder / "trial.duckdb"
            if batch is None:
                make_marts(self._settings, trial, snapshot, batches, (tables, keys), visits=visits)
            else:
                rest = [other for other in batches if other.origin != batch.origin]
                trial = marts_file(self._settings, self._build_id([*rest, batch]))
                if not trial.exists():
                    make_marts(
                        self._settings,
                        folder / trial.name,
                        snapshot,
                        rest,
                        (tables, keys),
                        batch.batch_id,
                        visits,
                    )
                    trial.parent.mkdir(parents=True, exist_ok=True)
                    (folder / trial.name).replace(trial)
            if current is None:
                return []
            return _changes(marts_file(self._settings, current.build_id), trial)

    def _visit_files(self, batches: Sequence[Batch]) -> list[str]:
        """The files of counted visits, made where they are not there.

        Those of the newest snapshot, of which a former one takes what it had: they are there.
        """
        return make_visit_files(self._settings, self._lake.batches()) if of_visits(batches) else []

    def _build_id(self, batches: Sequence[Batch]) -> str:
        return list(self._build_ids(batches))[-1]

    def _build_ids(self, batches: Sequence[Batch]) -> Iterator[str]:
        """The ids of the builds of the first batches: of none, of one, of two, and so on."""
        content = hashlib.sha256(texts_digest(self._settings))
        yield content.hexdigest()[:12]
        for batch in batches:
            content.update(f"{batch.origin}\0{batch.digest}\n".encode())
            if batch.keys:
                content.update(json.dumps(batch.keys, sort_keys=True).encode())
            yield content.hexdigest()[:12]

    def has_build(self) -> bool:
        """Whether there is a build that the pages can go on with."""
        return self._in_use() is not None

    def standing(self) -> "Standing":
        """How the build in force stands to the newest snapshot and the SQL text. Makes nothing.

        Raises:
            WorkspaceDamaged: the pointer cannot be read.
            RecordMissing: nothing was built yet.
        """
        try:
            build = read_pointer(self._settings)
        except FileNotFoundError as error:
            raise RecordMissing(
                "There is no record to ask yet",
                "No build was made in this workspace.",
                "Run: python -m dashboard build",
            ) from error
        target = marts_file(self._settings, build.build_id)
        newest = self._build_id(in_force(self._lake.batches()))
        is_damaged = not target.exists() or bool(damaged_files(target))
        return Standing(build.build_id, build.build_id == newest, is_damaged)

    def _in_use(self) -> Build | None:
        """The build in force, or None when there is none whose file is still on disk."""
        try:
            build = read_pointer(self._settings)
        except (FileNotFoundError, WorkspaceDamaged):
            return None  # building writes another
        return build if marts_file(self._settings, build.build_id).exists() else None

    def _point_to(self, build: Build) -> None:
        pointer = pointer_file(self._settings)
        draft = pointer.with_suffix(f".{os.getpid()}.draft")
        content = {
            "build_id": build.build_id,
            "snapshot": build.snapshot,
            "built_at": build.built_at,
        }
        if pointer.is_dir():
            _discard(pointer)
        draft.write_text(json.dumps(content), encoding="utf-8")
        draft.replace(pointer)

    def _discard_old(self, build: Build) -> None:
        """Keep the newest builds and those of editions; any other can be made again."""
        pinned = {entry.content["build_id"] for entry in Ledger(self._settings).entries(EDITIONS)}
        files = [path for path in self._settings.marts.glob("*.duckdb") if path.stem not in pinned]
        files.sort(key=lambda path: path.stat().st_mtime)
        in_use = self._in_use()
        needed = {build.build_id, in_use.build_id if in_use else ""}
        spare = [path for path in files if path.stem not in needed]
        for path in spare[: max(0, len(files) - self._settings.builds_kept)]:
            try:
                path.unlink()
            except PermissionError:
                continue  # Windows: a reader has it open; the next build tries again
        self._discard_visits(needed)

    def _discard_visits(self, needed: Collection[str]) -> None:
        """Keep the files of counted visits that a build on disk names."""
        folder = self._settings.marts
        named: set[str] = set()
        builds = sorted(folder.glob("*.duckdb"), key=lambda path: path.stem not in needed)
        for path in builds:  # those that are needed first: they mostly name all that is there
            if named >= {file.stem for file in visits_folder(folder).glob("*.duckdb")}:
                return
            try:
                named |= set(files_of_build(path))
            except duckdb.Error as error:
                if not is_damage(error):
                    raise
                if path.exists():  # a damaged one may be mended with the files that it names
                    return
        discard_visit_files(self._settings, named)


def _discard(file: Path) -> None:
    """Remove a damaged file of a build.

    Raises:
        WorkspaceDamaged: it is a folder, which somebody else put there.
    """
    try:
        file.unlink()
    except (IsADirectoryError, PermissionError) as error:
        raise damaged(Part.BUILD, file, str(error)) from error


def _changes(former: Path, draft: Path) -> list[FigureChange]:
    """The figures of two builds that differ in value or evidence."""
    same = " AND ".join(f"a.{name} IS NOT DISTINCT FROM b.{name}" for name in _CELL)
    cell = ", ".join(f"coalesce(a.{name}, b.{name}) AS {name}" for name in _CELL)
    with clear_faults(Part.BUILD, former), borrowed_connection() as connection:
        connection.execute(f"ATTACH {quoted(str(former))} AS former (READ_ONLY)")
        connection.execute(f"ATTACH {quoted(str(draft))} AS draft (READ_ONLY)")
        rows = connection.execute(
            f"SELECT {cell}, coalesce(a.unit, b.unit), a.value, a.evidence, b.value, b.evidence "
            f"FROM former.fct_figure AS a FULL JOIN draft.fct_figure AS b ON {same} "
            "WHERE (a.value, a.evidence) IS DISTINCT FROM (b.value, b.evidence) ORDER BY ALL"
        ).fetchall()
        connection.execute("DETACH DATABASE former")
        connection.execute("DETACH DATABASE draft")
    return [FigureChange(*row) for row in rows]
