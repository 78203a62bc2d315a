"""Visits are counted right at any cardinality, in the memory that the setting gives."""

from collections import defaultdict

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dashboard.settings import Settings
from dashboard.store.connection import bounded_connection, quoted
from dashboard.store.visit_counts import COUNT_COLUMNS, count_visits


@pytest.fixture
def visits(tmp_path):
    """300 institutions, 40 nationalities, 700 days: nearly every visit is a cell of its own."""
    random = np.random.default_rng(5)
    size = 150_000
    days = np.arange("2024-01", "2026-01", dtype="datetime64[D]")[:700]
    paid = random.integers(0, 3, size) * random.integers(1, 1000, size)
    nations = random.integers(40, size=size)
    table = pa.table(
        {
            "visited_on": days[random.integers(700, size=size)].astype(str),
            "region": np.where(random.random(size) < 0.5, "KR-27", "KR-30"),
            "institution": np.char.add("Hospital ", random.integers(300, size=size).astype(str)),
            "nationality": pa.array([f"N{n}" if n else None for n in nations]),
            "spending_krw": pa.array([str(amount) if amount else None for amount in paid]),
        }
    )
    pq.write_table(table, tmp_path / "v.parquet")
    return table.to_pylist(), tmp_path


def summed(rows, *columns):
    """Visits, spending, payers and the two largest payments by hand."""
    found = defaultdict(list)
    for row in rows:
        cell = (row["visited_on"][:7], row["region"], *(row[name] for name in columns))
        found[cell].append(row["spending_krw"])
    result = {}
    for cell, amounts in found.items():
        paid = sorted((int(amount) for amount in amounts if amount), reverse=True)
        largest = ";".join(map(str, paid[:2])) or None
        result[cell] = (len(amounts), sum(paid) if paid else None, len(paid), largest)
    return result


@pytest.mark.parametrize("breakdown", ["", "nationality", "institution;nationality"])
def test_counts_are_those_made_by_hand_whatever_goes_to_the_disk(visits, breakdown):
    rows, folder = visits
    columns = [name for name in breakdown.split(";") if name]
    spill = folder / "spill"
    with bounded_connection(64, spill) as connection:
        source = f"read_parquet({quoted(str(folder / 'v.parquet'))})"
        connection.execute("SET threads = 1")
        count_visits(connection, source, [breakdown], b"\xab" * 32, folder / "counts")
    assert not spill.exists()
    counts = pq.read_table(folder / "counts")
    assert counts.column_names == [*COUNT_COLUMNS, "line"]
    names = ("month", "region", *columns)
    assert {
        tuple(row[name] for name in names): (
            int(row["visit_count"]),
            int(row["spending_krw"]) if row["spending_krw"] else None,
            int(row["spending_count"]),
            row["spending_largest"],
        )
        for row in counts.to_pylist()
    } == summed(rows, *columns)


def test_so_many_cells_do_not_fit_in_that_memory(visits):
    """The same as above where nothing may go to the disk: it would be no proof otherwise."""
    _, folder = visits
    with bounded_connection(64, folder / "spill") as connection:
        source = f"read_parquet({quoted(str(folder / 'v.parquet'))})"
        connection.execute("SET threads = 1")
        connection.execute("SET max_temp_directory_size = '0KB'")
        with pytest.raises(duckdb.OutOfMemoryException):
            count_visits(
                connection, source, ["institution;nationality"], b"\xab" * 32, folder / "counts"
            )


def test_the_bound_of_memory_is_enough_to_start_with():
    assert Settings(memory_limit_mb=200).database_memory_mb == 100
    with pytest.raises(ValueError, match="memory_limit_mb"):
        Settings(memory_limit_mb=199)
