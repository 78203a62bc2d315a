"""The marts of one snapshot: raw rows, staging, marts and checks, in one database file."""

import shutil
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from dashboard.settings import Settings
from dashboard.store.batches import Batch, Keys
from dashboard.store.connection import SOLVED, building_into
from dashboard.store.lake import Lake
from dashboard.store.lake_rows import (
    BATCH_TABLES,
    Tables,
    expose_rows,
    hold_columns,
    lake_columns,
    open_rows,
)
from dashboard.store.question import Layer, Relation, in_order
from dashboard.store.statements import check, execute
from dashboard.store.visit_counts import VISIT_COUNTS, VISITS
from dashboard.store.visit_files import expose_visits, is_of_file, leave_visits

if TYPE_CHECKING:
    import pyarrow as pa

NEVER_READ = frozenset({VISITS, VISIT_COUNTS})
"""Tables of visits and of their counts, which stand in files of their own: a build costs the same
however many visits there are."""


def make_marts(
    settings: Settings,
    draft: Path,
    snapshot: int,
    batches: Sequence[Batch],
    candidates: tuple[Tables, Keys] | None = None,
    batch_id: str = "",
    visits: Sequence[str] = (),
) -> None:
    """Make the marts in a file.

    Args:
        settings: where the lake and the queries are.
        draft: the file, which is new.
        snapshot: of the lake.
        batches: those in force, of which the rows count.
        candidates: rows that are not in the lake yet, and the keys by which they replace others.
        batch_id: the batch that the candidates are to become; without, their marts are a trial,
            for which no bounds are solved.
        visits: the files of counted visits of all batches.

    Raises:
        BuildRefused: a check failed or a statement broke.
    """
    tables, keys = candidates or ({}, {})
    queries, lake = settings.queries, Lake(settings)
    with lake.attached() as newest:
        known = lake_columns(newest)
    with building_into(draft, settings.database_memory_mb) as connection:
        for path in sorted((queries / "macros").glob("*.sql")):
            connection.execute(path.read_text(encoding="utf-8"))
        with lake.attached(connection, snapshot, read_only=True):
            _expose_raw(connection, batches, known)
        for name, rows in tables.items():
            held = known.get(name, ())
            _add_candidates(connection, name, held, rows, keys.get(name, ()), batch_id)
        expose_visits(connection, settings, visits, batches)
        connection.execute("CREATE SCHEMA staging")
        connection.execute("SET search_path = 'build.main,build.staging,build.raw'")
        for relation in Layer(queries / "staging").values():
            if not is_of_file(relation):
                _create(connection, "staging", relation)
        # What it takes to write them is long to load, and only a build needs it.
        from dashboard.store.solving import leave_unsolved, solve

        is_trial = candidates is not None and not batch_id
        solving = leave_unsolved if is_trial else partial(solve, folder=settings.marts / "bounds")
        _create_marts(connection, Layer(queries / "marts").values(), solving)
        checks = Layer(queries / "checks").values()
        check(connection, [one for one in checks if not is_of_file(one)])
        connection.execute("DROP SCHEMA staging CASCADE")
        connection.execute(f"DROP SCHEMA IF EXISTS {SOLVED} CASCADE")
        connection.execute("DROP SCHEMA raw CASCADE")
        leave_visits(connection, visits)


def make_with_visits(
    settings: Settings,
    former: Path,
    draft: Path,
    batches: Sequence[Batch],
    visits: Sequence[str],
) -> None:
    """Make the marts of a build that differs from a former one in visits alone.

    What follows from visits is read of their files, by views that are the same in every build.

    Args:
        settings: where the queries and the files of visits are.
        former: the file of the other build.
        draft: the file, which is new.
        batches: those in force, of which the visits count.
        visits: the files of counted visits of all batches.
    """
    shutil.copyfile(former, draft)
    with building_into(draft, settings.database_memory_mb) as connection:
        connection.execute("DROP SCHEMA visits CASCADE")
        connection.execute("CREATE SCHEMA raw")
        expose_visits(connection, settings, visits, batches)
        connection.execute("DROP SCHEMA raw CASCADE")
        leave_visits(connection, visits)


def _expose_raw(
    connection: duckdb.DuckDBPyConnection,
    batches: Sequence[Batch],
    known: dict[str, list[str]],
) -> None:
    """One table per lake table in schema `raw`, holding the rows that count.

    Args:
        connection: with the lake attached at the snapshot.
        batches: those in force at the snapshot.
        known: the tables and columns of the newest snapshot; what a former one lacks is empty.
    """
    connection.execute("CREATE SCHEMA raw")
    there = lake_columns(connection)
    for name in known.keys() - BATCH_TABLES - NEVER_READ:
        if name in there:
            expose_rows(connection, name, batches, f'raw."{name}"')
        hold_columns(connection, f'raw."{name}"', there.get(name, ()), known[name])


def _add_candidates(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    held: Sequence[str],
    rows: "pa.Table | Path",
    key: Sequence[str],
    batch_id: str,
) -> None:
    """Put rows that are not accepted yet into their raw table, as if they were."""
    if name in NEVER_READ:
        return
    fields = open_rows(connection, rows)
    hold_columns(connection, f'raw."{name}"', held, fields)
    if key:
        same = " AND ".join(f't."{column}" IS NOT DISTINCT FROM n."{column}"' for column in key)
        connection.execute(
            f'DELETE FROM raw."{name}" AS t WHERE EXISTS (FROM handed_in AS n WHERE {same})'
        )
    selected = ", ".join(f'"{column}"' for column in fields)
    connection.execute(
        f'INSERT INTO raw."{name}" ({selected}, batch_id, line) '
        f"SELECT {selected}, ?, line FROM handed_in",
        [batch_id or "candidate"],
    )
    connection.unregister("handed_in")


def _create_marts(
    connection: duckdb.DuckDBPyConnection,
    marts: Iterable[Relation],
    solving: Callable[[duckdb.DuckDBPyConnection], None],
) -> None:
    """Make the marts in their order; what is solved, before the first one that reads it."""
    is_solved = False
    for relation in in_order(marts):
        if not is_solved and any(name.startswith(f"{SOLVED}.") for name in relation.reads):
            solving(connection)
            is_solved = True
        _create(connection, "main", relation)


def _create(connection: duckdb.DuckDBPyConnection, schema: str, relation: Relation) -> None:
    # What stays in files beside the build is read there whenever somebody asks.
    kind = "VIEW" if any(name.startswith("visits.") for name in relation.reads) else "TABLE"
    execute(connection, relation, f"CREATE {kind} {schema}.{relation.name} AS {relation.sql}")
