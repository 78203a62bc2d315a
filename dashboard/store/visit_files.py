"""Counted visits in files of their own beside the builds: made once, and never changed.

A build names the files that belong to it, so that it costs the same however many visits there are.
Each file holds the counts of one batch, or of ten, a hundred, … that follow each other: pages open
some ten files, and not one for each batch.
"""

import hashlib
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from dashboard.settings import Settings
from dashboard.store import visit_counts
from dashboard.store.batches import Batch
from dashboard.store.connection import (
    attach_visits,
    bounded_connection,
    building_into,
    quoted,
    visit_file,
    visits_alias,
    visits_folder,
)
from dashboard.store.lake import Lake
from dashboard.store.lake_rows import expose_rows, lake_columns
from dashboard.store.question import Layer, Relation
from dashboard.store.statements import check, execute
from dashboard.store.texts import asked_breakdowns
from dashboard.store.visit_counts import (
    COUNT_COLUMNS,
    VISIT_COUNTS,
    VISITS,
    count_visits,
)
from dashboard.store.visit_secret import visits_secret
from dashboard.store.workplace import workplace

STAGED = "stg_visit_count"
"""What of staging a file holds; checks that read it are of the file, not of a build."""
_TOGETHER = 10
_YOUNG_S = 3600
"""A file that no build names may be of one that is being made."""


def of_visits(batches: Iterable[Batch]) -> list[Batch]:
    """The batches that brought visits."""
    return [batch for batch in batches if batch.digest.startswith(f"{VISITS}:")]


def is_of_file(relation: Relation) -> bool:
    """Whether a relation is of the files of counted visits, and not of a build."""
    return relation.name == STAGED or STAGED in relation.reads


def make_visit_files(settings: Settings, batches: Sequence[Batch]) -> list[str]:
    """Make the files of counted visits that are not there.

    Args:
        settings: where they and the lake are.
        batches: all of the lake, oldest first, also those that count no more: so a file stays what
            it is when one is taken back.

    Returns:
        Their names.

    Raises:
        BuildRefused: a check of the counts failed.
    """
    names = []
    for members in _groups(of_visits(batches)):
        name = _name(settings, members)
        names.append(name)
        target = visit_file(settings.marts, name)
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with workplace(settings.workspace) as folder:
            draft = folder / target.name
            _make(settings, draft, members)
            draft.replace(target)
    return names


def check_counts(settings: Settings, counts: Path) -> None:
    """Hold the counts of visits that are not accepted yet to the checks.

    Raises:
        BuildRefused: one failed.
    """
    with (
        workplace(settings.workspace) as folder,
        building_into(folder / "counts", settings.database_memory_mb, is_kept=False) as connection,
    ):
        _stage(
            connection,
            settings,
            f"SELECT *, 'candidate' AS batch_id FROM read_parquet({quoted(str(counts))})",
        )


def expose_visits(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    names: Sequence[str],
    batches: Sequence[Batch],
) -> None:
    """Make the schema `visits` of a build: its files, which months count, and the counts that do.

    The files stay attached until `leave_visits`.

    Args:
        connection: to the build, with its macros.
        settings: where the files are.
        names: of the files.
        batches: those in force, in order of acceptance.
    """
    connection.execute("CREATE SCHEMA visits")
    connection.execute("CREATE TABLE visits.file AS SELECT unnest(?::VARCHAR[]) AS name", [names])
    columns = ", ".join(f'"{name}" VARCHAR' for name in COUNT_COLUMNS)
    connection.execute(f"CREATE TABLE raw.{VISIT_COUNTS} ({columns}, batch_id VARCHAR)")
    staged = Layer(settings.queries / "staging")[STAGED].sql
    connection.execute(f"CREATE TABLE visits.none AS {staged}")
    for name in names:
        attach_visits(connection, settings.marts, name)
    parts = ["FROM visits.none", *(f"FROM {visits_alias(name)}.visit_count" for name in names)]
    connection.execute(f"CREATE VIEW visits.held AS {' UNION ALL BY NAME '.join(parts)}")
    months = (
        "(SELECT batch_id, region, month, visit_key IS NOT NULL AS has_key "
        "FROM visits.held WHERE breakdown = '')"
    )
    expose_rows(connection, VISIT_COUNTS, batches, "visits.counted_month", months)
    connection.execute(
        "CREATE VIEW visits.visit_count AS FROM visits.held "
        "SEMI JOIN visits.counted_month USING (batch_id, region, month)"
    )


def leave_visits(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> None:
    """Detach the files of a build."""
    for name in names:
        connection.execute(f"DETACH DATABASE {visits_alias(name)}")


def discard_visit_files(settings: Settings, named: Iterable[str]) -> None:
    """Remove the files that no build names, but those that may be of one that is being made."""
    kept = {visit_file(settings.marts, name) for name in named}
    for path in set(visits_folder(settings.marts).glob("*.duckdb")) - kept:
        if time.time() - path.stat().st_mtime > _YOUNG_S:
            try:
                path.unlink(missing_ok=True)
            except PermissionError:
                continue  # Windows: a reader has it open; the next build tries again


def _groups(batches: Sequence[Batch]) -> list[Sequence[Batch]]:
    """Batches in groups of as many as ten, a hundred, …, the largest first, the newest alone.

    A group keeps its members whatever follows, so that each batch is put into a larger file as
    often as its number has digits (the logarithmic method of Bentley and Saxe, 1980).
    """
    size = 1
    while size * _TOGETHER <= len(batches):
        size *= _TOGETHER
    groups = []
    start = 0
    while start < len(batches):
        if start + size <= len(batches):
            groups.append(batches[start : start + size])
            start += size
        else:
            size //= _TOGETHER
    return groups


def _name(settings: Settings, members: Sequence[Batch]) -> str:
    """The name of the file of these batches, by the program and SQL that make it."""
    content = hashlib.sha256(duckdb.__version__.encode())
    for relation in (_staged(settings), *_checks(settings)):
        content.update(f"{relation.name}\0{relation.sql}\0".encode())
    content.update("\0".join(asked_breakdowns(settings)).encode())
    content.update(Path(visit_counts.__file__).read_bytes())
    for batch in members:
        content.update(f"{batch.batch_id}\0{batch.digest}\n".encode())
    return content.hexdigest()[:16]


def _staged(settings: Settings) -> Relation:
    return Layer(settings.queries / "staging")[STAGED]


def _checks(settings: Settings) -> list[Relation]:
    return [one for one in Layer(settings.queries / "checks").values() if is_of_file(one)]


def _make(settings: Settings, draft: Path, members: Sequence[Batch]) -> None:
    """Make the file of some batches from the lake."""
    wanted = asked_breakdowns(settings)
    ids = [batch.batch_id for batch in members]
    counts = draft.with_suffix(".parquet")
    with (
        bounded_connection(settings.database_memory_mb, draft.with_suffix(".spill")) as reading,
        Lake(settings).attached(reading, read_only=True),
    ):
        held = lake_columns(reading)
        columns = ", ".join(
            f'"{name}"' if name in held.get(VISIT_COUNTS, ()) else f'NULL::VARCHAR AS "{name}"'
            for name in COUNT_COLUMNS
        )
        chosen = {"ids": ids, "wanted": wanted}
        where = "WHERE batch_id IN (SELECT unnest($ids::VARCHAR[]))"
        reading.execute(
            f"CREATE TEMP TABLE counted AS SELECT {columns}, batch_id FROM lake.{VISIT_COUNTS} "
            f"{where} AND breakdown IN (SELECT unnest($wanted::VARCHAR[]))",
            chosen,
        )
        _count_lacking(reading, settings, wanted, draft.with_suffix(".counts"))
        reading.execute(f"COPY counted TO {quoted(str(counts))} (FORMAT parquet)")
    with building_into(draft, settings.database_memory_mb) as connection:
        _stage(connection, settings, f"FROM read_parquet({quoted(str(counts))})")


def _count_lacking(
    connection: duckdb.DuckDBPyConnection, settings: Settings, wanted: list[str], into: Path
) -> None:
    """Count single visits of batches that were handed in before a question asked for them so."""
    lacking = connection.execute(
        "SELECT batch_id, w.breakdown, bool_or(t.visit_key IS NULL) "
        "FROM counted AS t, unnest($wanted::VARCHAR[]) AS w (breakdown) "
        "WHERE t.breakdown = '' AND NOT EXISTS (FROM counted AS c "
        "WHERE c.batch_id = t.batch_id AND c.breakdown = w.breakdown) GROUP BY ALL ORDER BY ALL",
        {"wanted": wanted},
    ).fetchall()
    for batch_id, breakdown, is_without_key in lacking:
        secret = None if is_without_key else visits_secret(settings)
        visits = f"(FROM lake.{VISITS} WHERE batch_id = {quoted(batch_id)})"
        count_visits(connection, visits, [breakdown], secret, into)
        connection.execute(
            f"INSERT INTO counted BY NAME SELECT * EXCLUDE (line), {quoted(batch_id)} AS batch_id "
            f"FROM read_parquet({quoted(str(into))})"
        )


def _stage(connection: duckdb.DuckDBPyConnection, settings: Settings, rows: str) -> None:
    """Make the table `visit_count` of rows as the lake has them, and hold it to its checks.

    Raises:
        BuildRefused: a check failed.
    """
    connection.execute("CREATE SCHEMA raw")
    connection.execute("CREATE SCHEMA staging")
    connection.execute("SET search_path = 'build.main,build.staging,build.raw'")
    connection.execute(f"CREATE VIEW raw.{VISIT_COUNTS} AS {rows}")
    staged = _staged(settings)
    execute(
        connection,
        staged,
        f"CREATE TABLE main.visit_count AS FROM ({staged.sql}) ORDER BY region, breakdown, month",
    )
    connection.execute(f"CREATE VIEW staging.{STAGED} AS FROM main.visit_count")
    check(connection, _checks(settings))
    connection.execute("DROP SCHEMA staging CASCADE")
    connection.execute("DROP SCHEMA raw CASCADE")
