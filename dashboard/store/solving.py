"""What SQL cannot compute: bounds of figures and ranks, solved once a build for the marts."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from math import inf

import duckdb
import pyarrow as pa

from dashboard.bounds.bounds import Bounds, bounds
from dashboard.bounds.statements import Kind, Statement
from dashboard.store.connection import SOLVED

_Areas = tuple[tuple[int, tuple[str, ...]], ...]
"""Each year with its regions."""

_BOUND = pa.schema(
    [
        ("region", pa.string()),
        ("year", pa.int32()),
        *((name, pa.int64()) for name in ("low", "high", "rank_best", "rank_worst")),
        ("region_count", pa.int64()),
        ("low_statement_ids", pa.list_(pa.string())),
        ("high_statement_ids", pa.list_(pa.string())),
    ]
)
_CONTRADICTION = pa.schema([("statement_id", pa.string()), ("against_ids", pa.list_(pa.string()))])


def solve(connection: duckdb.DuckDBPyConnection) -> None:
    """Solve the bounds of the statements that the marts hold.

    Args:
        connection: to the build; it has `fct_bound_statement` and `dim_region_year`.
    """
    _write(connection, _solved(_areas(connection), tuple(_statements(connection))))


@lru_cache(maxsize=8)
def _solved(areas: _Areas, statements: tuple[Statement, ...]) -> Bounds:
    """Solved once: a delivery of events, or one taken back, leaves the statements as they were."""
    return bounds(dict(areas), statements)


def leave_unsolved(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of what is solved, without rows."""
    _write(connection, Bounds((), {}))


def _write(connection: duckdb.DuckDBPyConnection, found: Bounds) -> None:
    bound = {
        "region": [one.region for one in found.cells],
        "year": [one.year for one in found.cells],
        "low": [int(one.low) for one in found.cells],
        "high": [None if one.high == inf else int(one.high) for one in found.cells],
        "rank_best": [one.rank_best for one in found.cells],
        "rank_worst": [one.rank_worst for one in found.cells],
        "region_count": [one.region_count for one in found.cells],
        "low_statement_ids": [one.low_binding for one in found.cells],
        "high_statement_ids": [one.high_binding for one in found.cells],
    }
    contradiction = {
        "statement_id": list(found.left_out),
        "against_ids": list(found.left_out.values()),
    }
    connection.execute(f"CREATE SCHEMA {SOLVED}")
    for name, columns, schema in (
        ("bound", bound, _BOUND),
        ("contradiction", contradiction, _CONTRADICTION),
    ):
        connection.register("solved_rows", pa.table(columns, schema))
        connection.execute(f"CREATE TABLE {SOLVED}.{name} AS FROM solved_rows")
        connection.unregister("solved_rows")


def _areas(connection: duckdb.DuckDBPyConnection) -> _Areas:
    regions: dict[int, list[str]] = defaultdict(list)
    for region, year in connection.execute(
        "SELECT region, year FROM dim_region_year ORDER BY year, region"
    ).fetchall():
        regions[year].append(region)
    return tuple((year, tuple(found)) for year, found in regions.items())


def _statements(connection: duckdb.DuckDBPyConnection) -> Iterable[Statement]:
    rows = connection.execute(
        "SELECT statement_id, kind, year, regions, low, high, optional_regions "
        "FROM fct_bound_statement ORDER BY statement_order"
    ).fetchall()
    for identity, kind, year, regions, low, high, optional in rows:
        yield Statement(identity, Kind(kind), year, tuple(regions), low, high, tuple(optional))
