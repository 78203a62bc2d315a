"""What a file of visits brings to its regions and months, and what it takes the place of there.

Months carry the key of their visits, so that whoever may not see them exactly sees them changed in
the same way as on the pages.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq

from dashboard.store.lake import Lake
from dashboard.store.protection import KEYS, protected_count
from dashboard.store.visit_counts import VISIT_COUNTS

COVERAGE = ("region", "month")
"""What a complete file of visits covers: it takes the place of all visits before in these."""
_WHOLE = ""
"""The breakdown whose counts are of all visits of a month."""
Cell = tuple[str | None, ...]
"""Region and month, of an institution also its name."""


class Total(NamedTuple):
    """How many visits a month of a region has."""

    visits: int
    key: int | None
    """Sum of their keys; None where some were counted before there were keys."""


@dataclass(frozen=True)
class Replaced:
    """Visits that a file takes the place of, by month and region."""

    months: tuple[Total, ...]

    @property
    def count(self) -> int:
        """All of them."""
        return sum(month.visits for month in self.months)

    def protected(self, threshold: int, secret: bytes) -> int | None:
        """The same for whoever may not see it: the sum of what the pages show of each month.

        Months together have no change of their own: whoever asked for many sets of months would
        find the counts of each from them. None where a month is withheld.
        """
        shown = [
            protected_count(month.visits, month.key, threshold, secret) for month in self.months
        ]
        known = [count for count in shown if count is not None]
        return sum(known) if len(known) == len(shown) else None


def covered(counts: Path) -> set[Cell]:
    """Regions and months of the counted visits of a file."""
    return {(row["region"], row["month"]) for row in _brought(counts, COVERAGE, _WHOLE)}


def covered_by_batch(lake: Lake, cells: Set[Cell]) -> set[tuple[Cell, str | None]]:
    """Those of some regions and months that have visits in the record, each with its batch."""
    return {(_month(row), row["batch_id"]) for row in _held(lake, _WHOLE, cells)}


def replaced(lake: Lake, brought: Path) -> Replaced:
    """How many visits of the record a complete file takes the place of.

    Args:
        lake: of the workspace.
        brought: counts of the file.
    """
    cells = covered(brought)
    months: dict[Cell, list[Total]] = {}
    for row in _held(lake, _WHOLE, cells):
        key = row.get("visit_key")
        counted = Total(int(row["visit_count"] or 0), None if key is None else int(key))
        months.setdefault(_month(row), []).append(counted)
    return Replaced(tuple(map(_added, months.values())))


def _added(totals: Sequence[Total]) -> Total:
    """A month whose visits came in several files."""
    keys = [one.key for one in totals if one.key is not None]
    key = sum(keys) % KEYS if len(keys) == len(totals) else None
    return Total(sum(one.visits for one in totals), key)


def by_institution(counts: Path) -> set[Cell]:
    """Regions, months and institutions that have visits in a file."""
    names = (*COVERAGE, "institution")
    return {tuple(row[name] for name in names) for row in _brought(counts, names, "institution")}


def held_by_institution(lake: Lake, cells: Set[Cell]) -> set[Cell]:
    """The same of the record, of some regions and months."""
    return {(*_month(row), row["institution"]) for row in _held(lake, "institution", cells)}


def _month(row: Mapping[str, str | None]) -> Cell:
    return row["region"], row["month"]


def _held(lake: Lake, breakdown: str, cells: Set[Cell]) -> list[dict[str, str | None]]:
    """The record's counts of a breakdown in some regions and months: the others stay unread."""
    only = {
        "breakdown": {breakdown},
        "region": {region for region, _month in cells},
        "month": {month for _region, month in cells},
    }
    rows: list[dict[str, str | None]] = lake.current_rows(VISIT_COUNTS, only=only).to_pylist()
    return [row for row in rows if _month(row) in cells]


def _brought(counts: Path, names: Sequence[str], breakdown: str) -> list[dict[str, str | None]]:
    """The rows of one breakdown of the counts of a file."""
    found = pq.read_table(counts, columns=[*names], filters=[("breakdown", "=", breakdown)])
    rows: list[dict[str, str | None]] = found.to_pylist()
    return rows
