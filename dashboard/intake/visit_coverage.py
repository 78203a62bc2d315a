"""What a file of visits brings to its regions and months, and what it takes the place of there.

Totals carry the key of their visits, so that whoever may not see them exactly sees them changed in
the same way as on the pages.
"""

from dataclasses import dataclass

import pyarrow as pa

from dashboard.intake.lake_tables import VISIT_COUNTS
from dashboard.store.lake import Lake
from dashboard.store.protection import KEYS, protected_count

COVERAGE = ("region", "month")
"""What a complete file of visits covers: it takes the place of all visits before in these."""
Cell = tuple[str | None, ...]
"""Region and month, of an institution also its name."""


@dataclass(frozen=True)
class Total:
    """How many visits some cells count."""

    count: int
    key: int | None
    """Sum of their keys; None where some were counted before there were keys."""

    def shown(self, is_exact: bool, threshold: int) -> int | None:
        """As somebody may see it; None where it is withheld."""
        return self.count if is_exact else protected_count(self.count, self.key, threshold)


def covered(counts: pa.Table) -> set[Cell]:
    """Regions and months of counted visits."""
    return {(row["region"], row["month"]) for row in _whole_months(counts)}


def covered_by_batch(lake: Lake) -> set[tuple[Cell, str | None]]:
    """Regions and months of the record's visits, each with the batch that it is of."""
    rows = _whole_months(lake.current_rows(VISIT_COUNTS))
    return {((row["region"], row["month"]), row["batch_id"]) for row in rows}


def replaced(lake: Lake, brought: pa.Table) -> Total:
    """How many visits of the record a complete file takes the place of.

    Args:
        lake: of the workspace.
        brought: counts of the file.
    """
    cells = covered(brought)
    held = _whole_months(lake.current_rows(VISIT_COUNTS))
    rows = [row for row in held if (row["region"], row["month"]) in cells]
    keys = [row.get("visit_key") for row in rows]
    key = None if None in keys else sum((int(one or 0) for one in keys), 0) % KEYS
    return Total(sum(int(row["visit_count"] or 0) for row in rows), key)


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
