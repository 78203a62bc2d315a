"""What a file of visits brings to its regions and months, and what it takes the place of there.

Months carry the key of their visits, so that whoever may not see them exactly sees them changed in
the same way as on the pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pyarrow as pa

from dashboard.intake.lake_tables import VISIT_COUNTS
from dashboard.store.lake import Lake
from dashboard.store.protection import KEYS, protected_count

COVERAGE = ("region", "month")
"""What a complete file of visits covers: it takes the place of all visits before in these."""
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

    def protected(self, threshold: int) -> int | None:
        """The same for whoever may not see it: the sum of what the pages show of each month.

        Months together have no change of their own: whoever asked for many sets of months would
        find the counts of each from them. None where a month is withheld.
        """
        shown = [protected_count(month.visits, month.key, threshold) for month in self.months]
        known = [count for count in shown if count is not None]
        return sum(known) if len(known) == len(shown) else None


def covered(counts: pa.Table) -> set[Cell]:
    """Regions and months of counted visits."""
    return {(row["region"], row["month"]) for row in _whole_months(counts)}


def covered_by_batch(lake: Lake) -> set[tuple[Cell, str | None]]:
    """Regions and months of the record's visits, each with the batch that it is of."""
    rows = _whole_months(lake.current_rows(VISIT_COUNTS))
    return {((row["region"], row["month"]), row["batch_id"]) for row in rows}


def replaced(lake: Lake, brought: pa.Table) -> Replaced:
    """How many visits of the record a complete file takes the place of.

    Args:
        lake: of the workspace.
        brought: counts of the file.
    """
    cells = covered(brought)
    months: dict[Cell, list[Total]] = {}
    for row in _whole_months(lake.current_rows(VISIT_COUNTS)):
        if (cell := (row["region"], row["month"])) in cells:
            key = row.get("visit_key")
            counted = Total(int(row["visit_count"] or 0), None if key is None else int(key))
            months.setdefault(cell, []).append(counted)
    return Replaced(tuple(map(_added, months.values())))


def _added(totals: Sequence[Total]) -> Total:
    """A month whose visits came in several files."""
    keys = [one.key for one in totals if one.key is not None]
    key = sum(keys) % KEYS if len(keys) == len(totals) else None
    return Total(sum(one.visits for one in totals), key)


def by_institution(counts: pa.Table) -> set[Cell]:
    """Regions, months and institutions that have visits."""
    if not counts.num_rows:
        return set()
    return {
        (row["region"], row["month"], row["institution"])
        for row in counts.select(["breakdown", "region", "month", "institution"]).to_pylist()
        if row["breakdown"] == "institution"
    }


def _whole_months(counts: pa.Table) -> list[dict[str, str | None]]:
    if not counts.num_rows:
        return []
    names = [*COVERAGE, "breakdown", "visit_count", "visit_key", "batch_id"]
    rows = counts.select([name for name in names if name in counts.column_names]).to_pylist()
    return [row for row in rows if row["breakdown"] == ""]
