"""What SQL cannot compute: bounds of figures and ranks, solved for the marts.

Solving takes longer than the rest of a build, and most deliveries leave the statements as they
were: what was solved stands beside the builds, named by the digest of what it was solved of.
"""

import hashlib
import json
import os
import shutil
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from math import inf
from pathlib import Path
from uuid import uuid4

import duckdb
import pyarrow as pa
from pydantic import TypeAdapter

from dashboard.bounds.bound import Bound, Bounds
from dashboard.bounds.statements import Kind, Statement
from dashboard.store.connection import SOLVED
from dashboard.store.texts import PROGRAMME

_Areas = tuple[tuple[int, tuple[str, ...]], ...]
"""Each year with its regions."""
_KEPT = 8

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


def solve(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Solve the bounds of the statements that the marts hold, unless they were solved before.

    Args:
        connection: to the build; it has `fct_bound_statement` and `dim_region_year`.
        folder: where what was solved is kept.
    """
    areas, statements = _areas(connection), tuple(_statements(connection))
    file = folder / f"{_digest(areas, statements)}.json"
    try:
        found = _kept(file, areas)
    except (OSError, ValueError):
        found = _solved(areas, statements)
        _keep(file, found)
    _write(connection, found)


def _solved(areas: _Areas, statements: tuple[Statement, ...]) -> Bounds:
    from dashboard.bounds.bounds import bounds  # the solver takes half a second to load

    return bounds(dict(areas), statements)


def _digest(areas: _Areas, statements: tuple[Statement, ...]) -> str:
    """Of what is solved and of the programme that solves it."""
    content = hashlib.sha256(repr((areas, statements)).encode())
    for path in sorted(PROGRAMME.glob("*.py")):
        content.update(path.read_bytes())
    return content.hexdigest()[:32]


def _keep(file: Path, found: Bounds) -> None:
    """Keep what was solved, under its digest, for later builds; losing it costs only time."""
    text = json.dumps(asdict(found))
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(f".{uuid4().hex}.draft")
        draft.write_text(f"{_sum(text)}\n{text}", encoding="utf-8")
        if file.is_dir():
            shutil.rmtree(file)
        draft.replace(file)
        for old in sorted(file.parent.glob("*.json"), key=_used_at)[:-_KEPT]:
            old.unlink(missing_ok=True)


def _kept(file: Path, areas: _Areas) -> Bounds:
    """What was solved of these areas, as it was kept.

    Raises:
        OSError: nothing was kept that can be read.
        ValueError: the file is not as it was written, or not what the programme can have solved.
    """
    digest, _separator, text = file.read_text(encoding="utf-8").partition("\n")
    if digest != _sum(text):
        raise ValueError("its digest is another one")
    found = TypeAdapter(Bounds).validate_json(text)
    asked = {(region, year) for year, regions in areas for region in regions}
    is_asked = {(one.region, one.year) for one in found.cells} <= asked
    if not is_asked or not all(map(_is_sound, found.cells)):
        raise ValueError("it holds what cannot be")
    os.utime(file)  # the one that was used last goes last
    return found


def _is_sound(one: Bound) -> bool:
    return one.low <= one.high and 1 <= one.rank_best <= one.rank_worst <= one.region_count


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _used_at(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:  # another build removed it
        return 0.0


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
