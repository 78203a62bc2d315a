"""Bounds of every figure and rank of a record, with the statements that bind."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, inf

from dashboard.bounds.programme import TOLERANCE, UNBOUNDED, Optimum, Programme, accept
from dashboard.bounds.ranks import rank_interval
from dashboard.bounds.statements import Areas, Cell, Statement


@dataclass(frozen=True)
class Bound:
    """Between what the figure and the rank of a region and year must lie."""

    region: str
    year: int
    low: float
    """Whole persons."""
    high: float
    """Whole persons; infinite where nothing bounds it."""
    rank_best: int
    rank_worst: int
    region_count: int
    """Regions that the rank is among."""
    low_binding: tuple[str, ...]
    high_binding: tuple[str, ...]


@dataclass(frozen=True)
class Bounds:
    """What must be true of a record."""

    cells: tuple[Bound, ...]
    left_out: dict[str, tuple[str, ...]]
    """Statements that cannot be true beside weightier ones, and those that each contradicts."""


def bounds(areas: Areas, statements: Sequence[Statement]) -> Bounds:
    """Sharp bounds of the figures of all regions and years, and of their ranks.

    Args:
        areas: the regions of each year.
        statements: the weightiest first; of those that cannot all be true the lighter are left out.
    """
    kept, left_out = accept(areas, statements)
    programme = Programme(areas, kept)
    groups = programme.alike()
    optima = {
        group[0]: (programme.least({group[0]: 1.0}), programme.greatest({group[0]: 1.0}))
        for group in groups
    }
    ends = {cell: whole(*optima[group[0]]) for group in groups for cell in group}
    centre = _mean([optimum.table for pair in optima.values() for optimum in pair])
    for group in groups:
        centre.update(dict.fromkeys(group, sum(centre[cell] for cell in group) / len(group)))
    found = []
    for group in groups:
        ranks = _ranks(programme, group[0], optima[group[0]], ends, centre)
        least, greatest = optima[group[0]]
        found += [
            Bound(
                region,
                year,
                *ends[region, year],
                *ranks,
                len(areas[year]),
                least.binding,
                greatest.binding,
            )
            for region, year in group
        ]
    return Bounds(tuple(sorted(found, key=lambda bound: (bound.year, bound.region))), left_out)


def whole(least: Optimum, greatest: Optimum) -> tuple[float, float]:
    """The whole numbers of persons between two optima; both rounded outwards where there are none.

    The greatest is infinite where nothing bounds it.
    """
    low, high = ceil(least.value - TOLERANCE), floor(greatest.value + TOLERANCE)
    if low > high:
        low, high = high, low
    return float(low), inf if high > UNBOUNDED - 1 else float(high)


def _mean(tables: Sequence[Mapping[Cell, float]]) -> dict[Cell, float]:
    """The mean of each cell over the tables that have it; tables form a convex set."""
    values: dict[Cell, list[float]] = defaultdict(list)
    for table in tables:
        for cell, value in table.items():
            values[cell].append(value)
    return {cell: sum(found) / len(found) for cell, found in values.items()}


def _ranks(
    programme: Programme,
    cell: Cell,
    optima: tuple[Optimum, Optimum],
    ends: Mapping[Cell, tuple[float, float]],
    centre: Mapping[Cell, float],
) -> tuple[int, int]:
    """The best and the worst rank, looked for first in tables that are at hand."""
    year = cell[1]
    cells = [(region, year) for region in programme.areas[year]]
    middle = {other: centre[other] for other in cells}
    tables = [middle]
    for optimum in optima:
        near = {other: optimum.table.get(other, middle[other]) for other in cells}
        tables += [near, {other: (near[other] + middle[other]) / 2 for other in cells}]
    capped = {other: (ends[other][0], min(ends[other][1], UNBOUNDED)) for other in cells}
    return rank_interval(programme, capped, cell, tables)
