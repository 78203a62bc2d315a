"""Single visits, read from the lake for a question that no count answers: slower than counts.

The lake has them sorted by region and day, so that only the parts with the region and year asked
for are read.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from dashboard.settings import Settings
from dashboard.store.connection import bounded_connection, quoted
from dashboard.store.lake import Lake
from dashboard.store.lake_rows import lake_columns
from dashboard.store.question import SINGLE_VISIT
from dashboard.store.storage import lake_data
from dashboard.store.visit_counts import DIMENSIONS, VISITS, key_sql
from dashboard.store.visit_secret import known_secret
from dashboard.store.workplace import workplace


@contextmanager
def open_single_visits(
    settings: Settings, build: Path, snapshot: int
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the visits that count in a build, as `single_visit`, and its macros.

    It reads no file but those of the lake and of the build, and asks no network but for a lake that
    several machines share. What reads the catalogue of the lake (SQLite's extension) opens files of
    its own and is not bound by that: only questions of `queries/` are asked here, never SQL of
    anybody else.

    Args:
        settings: where the lake is, and the secret of the visits.
        build: file of the build.
        snapshot: of the lake, of which the build is.
    """
    with (
        workplace(settings.workspace) as folder,
        bounded_connection(
            settings.database_memory_mb, folder / "spill", is_kept=False
        ) as connection,
    ):
        connection.execute(f"ATTACH {quoted(str(build))} AS build (READ_ONLY)")
        if connection.execute("FROM build.visits.counted_month WHERE has_key LIMIT 1").fetchone():
            secret = known_secret(settings).hex()
            connection.execute("SET VARIABLE secret = $secret", {"secret": secret})
        with Lake(settings).attached(connection, snapshot, read_only=True):
            connection.execute("USE build")
            connection.execute(_view(VISITS in lake_columns(connection)))
            if not settings.is_shared:  # what is shared is reached by network alone
                folders = ", ".join(quoted(one) for one in (lake_data(settings), str(folder)))
                connection.execute(f"SET allowed_directories = [{folders}]")
                connection.execute("SET enable_external_access = false")
            connection.execute("SET lock_configuration = true")
            yield connection
            connection.execute("USE memory")


def _view(has_visits: bool) -> str:
    """The visits of batches and months that count; without a key where their counts have none."""
    columns = ", ".join(f"v.{name}" for name in DIMENSIONS)
    key = key_sql("getvariable('secret')", "c.month", "c.region", "v.nationality")
    names = ("batch_id", "visited_on", "region", "spending_krw", *DIMENSIONS)
    nothing = ", ".join(f"cast(NULL AS VARCHAR) AS {name}" for name in names)
    visits = f"lake.{VISITS}" if has_visits else f"(SELECT {nothing} LIMIT 0)"
    return (
        f"CREATE TEMP VIEW {SINGLE_VISIT} AS SELECT v.visited_on, c.month, v.region, {columns}, "
        "cast(v.spending_krw AS BIGINT) AS spending_krw, "
        f"cast(if(c.has_key, {key}, NULL) AS BIGINT) AS visit_key "
        f"FROM {visits} AS v JOIN build.visits.counted_month AS c "
        "ON v.batch_id = c.batch_id AND v.region = c.region AND left(v.visited_on, 7) = c.month"
    )
