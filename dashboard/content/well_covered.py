"""The year with which a page opens: the best covered of a region's recent years."""

from collections.abc import Iterable

from dashboard.store.answer import Row

RECENT_YEARS = 6
"""As many years, counted back from the latest with patient figures, are looked at: they reach over
the three years of the pandemic to those before, and what is older is no answer to how it stands."""


def well_covered_year(years: Iterable[Row]) -> int | None:
    """The year of which most metrics are known, of several the latest.

    The latest year with any figure is a poor one to open with: its patients are printed months
    before its events, grants and reviews are. The patients are what a page begins with, so a year
    without them is none, unless no year has any.

    Args:
        years: rows of an answer to `region_years`.

    Returns:
        One of the `RECENT_YEARS` up to the latest year with patient figures, or where there are
        none with figures of any metric; None where no year has any.
    """
    every = list(years)
    known = [row for row in every if row["has_patients"]] or [
        row for row in every if row["metric_count"]
    ]
    latest = max((row["year"] for row in known), default=None)
    if latest is None:
        return None
    recent = (row for row in known if row["year"] > latest - RECENT_YEARS)
    best = max(recent, key=lambda row: (row["metric_count"], row["year"]))
    return int(best["year"])


def latest_year(years: Iterable[Row]) -> int | None:
    """The latest year with patient figures; None where no year has any."""
    return max((int(row["year"]) for row in years if row["has_patients"]), default=None)
