"""What each snapshot of the lake brought, and the rows that count at one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from dashboard.settings import Settings
from dashboard.store.answer import Build
from dashboard.store.batches import Batch, in_force
from dashboard.store.lake import Lake
from dashboard.store.lake_rows import BATCH_TABLES, expose_rows, lake_columns
from dashboard.store.patience import patiently

TableRows: TypeAlias = Mapping[str, Sequence[Mapping[str, str]]]
"""Table → its rows, each column → text."""
_STEPS_KEPT = 8
_ROWS_KEPT = 4
"""Snapshots whose rows a process keeps."""


@dataclass(frozen=True)
class Step:
    """One snapshot: a delivery that was taken in, or one that was taken back."""

    snapshot: int
    batch: Batch
    is_reversal: bool
    row_counts: Mapping[str, int]
    """Table of the lake → how many rows the delivery has in it."""

    @property
    def made_at(self) -> str:
        """When it happened: ISO 8601, UTC."""
        moment = self.batch.reverted_at if self.is_reversal else self.batch.accepted_at
        assert moment is not None
        return moment.isoformat(timespec="seconds")

    @property
    def made_by(self) -> str:
        """Who handed it in or took it back."""
        return (self.batch.reverted_by or "") if self.is_reversal else self.batch.author


@lru_cache(maxsize=_STEPS_KEPT)
def steps_until(settings: Settings, build: Build) -> tuple[Step, ...]:
    """Every delivery and every step back up to the snapshot of a build, oldest first."""
    lake = Lake(settings)
    batches = {batch.batch_id: batch for batch in lake.batches(build.snapshot)}
    brought = _row_counts(lake)
    taken_in: set[str] = set()
    steps = []
    for number, batch_id in lake.commits():
        if number <= build.snapshot:
            is_reversal = batch_id in taken_in
            taken_in.add(batch_id)
            steps.append(Step(number, batches[batch_id], is_reversal, brought.get(batch_id, {})))
    return tuple(steps)


def rows_at(settings: Settings, step: Step, tables: Collection[str]) -> TableRows:
    """The rows of tables that count at a snapshot; an empty cell is empty text."""
    return _rows(settings, step.snapshot, step.batch.batch_id, frozenset(tables))


@lru_cache(maxsize=_ROWS_KEPT)
@patiently
def _rows(settings: Settings, snapshot: int, _batch_id: str, tables: frozenset[str]) -> TableRows:
    """A snapshot never changes; the batch tells it from that of another lake in its place."""
    lake = Lake(settings)
    batches = in_force(lake.batches(snapshot))
    found = {}
    with lake.attached(snapshot=snapshot) as connection:
        for table in sorted(lake_columns(connection).keys() & tables - BATCH_TABLES):
            expose_rows(connection, table, batches, "found")
            columns = connection.execute("FROM found ORDER BY batch_id, line").to_arrow_table()
            found[table] = [
                {name: str(cell) if cell is not None else "" for name, cell in row.items()}
                for row in columns.to_pylist()
            ]
            connection.execute("DROP TABLE found")
    return found


@patiently
def _row_counts(lake: Lake) -> dict[str, dict[str, int]]:
    """Batch → table → number of its rows."""
    found: dict[str, dict[str, int]] = {}
    with lake.attached(read_only=True) as connection:
        for table in sorted(lake_columns(connection).keys() - BATCH_TABLES):
            counted = f'SELECT batch_id, count(*) FROM lake."{table}" GROUP BY batch_id'
            for batch_id, count in connection.execute(counted).fetchall():
                found.setdefault(batch_id, {})[table] = int(count)
    return found
