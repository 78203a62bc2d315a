"""From the lake to the marts: staging, marts, checks, and an atomic swap."""

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from dashboard.errors import BuildRefused
from dashboard.settings import Settings
from dashboard.store.answer import Build
from dashboard.store.connection import open_workshop
from dashboard.store.lake import Batch, Lake, in_force
from dashboard.store.question import Relation, in_order, read_room

ROOMS = ("staging", "marts", "checks")
"""The rooms whose text makes the build; a changed question needs no new build."""


def marts_file(settings: Settings, build_id: str) -> Path:
    """The database file of a build."""
    return settings.marts / f"{build_id}.duckdb"


def pointer_file(settings: Settings) -> Path:
    """The file that names the build in force; readers reopen when it changes."""
    return settings.marts / "current.json"


class Builder:
    """Builds the marts of one workspace."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lake = Lake(settings)

    def build_current(self) -> tuple[Build, bool]:
        """Bring the build in force up to the newest snapshot and the SQL text.

        Returns:
            The build, and whether the pointer had to move (False: nothing had changed).

        Raises:
            BuildRefused: a check failed or a statement broke; the former build stays in force.
        """
        snapshot = self._lake.snapshot()
        in_use = self._in_use()
        build_id = self._build_id(in_force(self._lake.batches(snapshot)))
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
            return Build(build_id, snapshot, _made_at(target))
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(f".{os.getpid()}.draft")
        draft.unlink(missing_ok=True)
        try:
            self._make(draft, snapshot, batches)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
        return Build(build_id, snapshot, _made_at(target))

    def _make(self, draft: Path, snapshot: int, batches: Sequence[Batch]) -> None:
        queries = self._settings.queries
        connection = open_workshop(draft)
        try:
            with self._lake.attached(connection, snapshot, read_only=True):
                _expose_raw(connection, batches)
                connection.execute("CREATE SCHEMA staging")
                connection.execute("SET search_path = 'main,staging,raw'")
                for relation in read_room(queries / "staging").values():
                    _create(connection, "staging", relation)
                for relation in in_order(connection, read_room(queries / "marts").values()):
                    _create(connection, "main", relation)
                _check(connection, read_room(queries / "checks").values())
                connection.execute("DROP SCHEMA staging CASCADE")
                connection.execute("DROP SCHEMA raw CASCADE")
        finally:
            connection.close()

    def _build_id(self, batches: Sequence[Batch]) -> str:
        content = hashlib.sha256(duckdb.__version__.encode())
        for batch in batches:
            content.update(f"{batch.origin}\0{batch.digest}\n".encode())
        for room in ROOMS:
            for path in sorted((self._settings.queries / room).glob("*.sql")):
                content.update(f"{room}/{path.name}\0".encode() + path.read_bytes())
        return content.hexdigest()[:12]

    def has_build(self) -> bool:
        """Whether there is a build that the pages can go on with."""
        return self._in_use() is not None

    def _in_use(self) -> Build | None:
        """The build in force, or None when there is none whose file is still on disk."""
        try:
            written = json.loads(pointer_file(self._settings).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        build = Build(written["build_id"], written["snapshot"], written["built_at"])
        return build if marts_file(self._settings, build.build_id).exists() else None

    def _point_to(self, build: Build) -> None:
        pointer = pointer_file(self._settings)
        draft = pointer.with_suffix(f".{os.getpid()}.draft")
        content = {
            "build_id": build.build_id,
            "snapshot": build.snapshot,
            "built_at": build.built_at,
        }
        draft.write_text(json.dumps(content), encoding="utf-8")
        draft.replace(pointer)

    def _discard_old(self, build: Build) -> None:
        """Keep the newest builds; any other can be made again from its snapshot."""
        files = sorted(self._settings.marts.glob("*.duckdb"), key=lambda path: path.stat().st_mtime)
        spare = [path for path in files if path.stem != build.build_id]
        for path in spare[: max(0, len(files) - self._settings.builds_kept)]:
            try:
                path.unlink()
            except PermissionError:
                continue  # Windows: a reader has it open; the next build tries again


def _made_at(target: Path) -> str:
    """When a build was made: ISO 8601, UTC."""
    return datetime.fromtimestamp(target.stat().st_mtime, UTC).isoformat(timespec="seconds")


def _expose_raw(connection: duckdb.DuckDBPyConnection, batches: Sequence[Batch]) -> None:
    """One table per lake table in schema `raw`, holding the rows of the batches in force."""
    connection.execute("CREATE SCHEMA raw")
    connection.execute("CREATE TEMP TABLE batches_in_force (batch_id VARCHAR)")
    connection.executemany(
        "INSERT INTO batches_in_force VALUES (?)", [[batch.batch_id] for batch in batches]
    )
    names = connection.execute(
        "SELECT table_name FROM duckdb_tables() "
        "WHERE database_name = 'lake' AND table_name <> 'batches' ORDER BY 1"
    ).fetchall()
    for (name,) in names:
        connection.execute(
            f'CREATE TABLE raw."{name}" AS FROM lake."{name}" '
            "WHERE batch_id IN (FROM batches_in_force)"
        )


def _create(connection: duckdb.DuckDBPyConnection, schema: str, relation: Relation) -> None:
    _execute(connection, relation, f"CREATE TABLE {schema}.{relation.name} AS {relation.sql}")


def _execute(
    connection: duckdb.DuckDBPyConnection, relation: Relation, sql: str
) -> duckdb.DuckDBPyConnection:
    try:
        return connection.execute(sql)
    except duckdb.Error as error:
        raise BuildRefused(
            "A statement of the build broke",
            f"{relation.name}: {error}",
            "The former build stays in force. Mend the SQL or the delivery.",
        ) from error


def _check(connection: duckdb.DuckDBPyConnection, checks: Iterable[Relation]) -> None:
    """Run every check; each must return no row.

    Raises:
        BuildRefused: naming each failed check with its first offenders.
    """
    failures: list[str] = []
    for check in checks:
        found = _execute(connection, check, check.sql)
        names = [column[0] for column in found.description or ()]
        offenders = found.fetchall()
        if offenders:
            shown = [
                ", ".join(f"{name}={value}" for name, value in zip(names, row, strict=True))
                for row in offenders[:3]
            ]
            failures.append(
                f"{check.name} ({check.answers}): {len(offenders)} offenders, first: "
                + " | ".join(shown)
            )
    if failures:
        raise BuildRefused(
            "The build did not pass its checks",
            "; ".join(failures),
            "The former build stays in force. Correct the rows named, then build again.",
        )
