"""Bounds of every figure and rank of a record, with the statements that bind."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import ceil, floor, inf

from dashboard.bounds.bound import Bound, Bounds
from dashboard.bounds.optimum import TOLERANCE, UNBOUNDED, Optimum, Reach
from dashboard.bounds.programme import Programme, accept
from dashboard.bounds.ranks import rank_interval
from dashboard.bounds.statements import Areas, Cell, Kind, Statement


def bounds(areas: Areas, statements: Sequence[Statement]) -> Bounds:
    """Sharp bounds of the figures of all regions and years, and of their ranks.

    The weightiest statement is first; of those that cannot all be true the lighter are left out,
    and ranks are lighter than all others.
    """
    kept, left_out = accept(areas, [s for s in statements if s.kind is not Kind.RANK])
    programme = Programme(areas, kept)
    reach = _reach(programme)
    announced = [s for s in statements if s.kind is Kind.RANK]
    if announced:
        ranks, refused = accept(areas, announced, kept, reach)
        plain, programme = programme, Programme(areas, [*kept, *ranks], reach)
        known = {cell: reach[cell] for cell in reach if programme.says_the_same(plain, cell)}
        reach, left_out = _reach(programme, known), left_out | refused
    groups = programme.alike()
    ends = {cell: whole(*optima) for cell, optima in reach.items()}
    centre = _centre(programme, reach)
    found = []
    for group in groups:
        least, greatest = reach[group[0]]
        places = _ranks(programme, group[0], reach, ends, centre)
        found += [
            Bound(
                region,
                year,
                *ends[region, year],
                *places,
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


def _reach(programme: Programme, known: Reach | None = None) -> dict[Cell, tuple[Optimum, Optimum]]:
    """The least and greatest value of every cell that is not known."""
    found = dict(known or {})
    for group in programme.alike():
        cell = group[0]
        if cell not in found:
            optima = (programme.least({cell: 1.0}), programme.greatest({cell: 1.0}))
            found.update(dict.fromkeys(group, optima))
    return found


def _centre(programme: Programme, reach: Reach) -> dict[Cell, float]:
    """A table that agrees with every statement, in the middle of those at hand.

    Tables form a convex set, in which alike cells may be evened out; not so where the order of
    regions is open: there it is one of those at hand.
    """
    values: dict[Cell, list[float]] = defaultdict(list)
    taken: set[int] = set()
    for group in programme.alike():
        block = programme.block_of.get(group[0])
        if block and block.switch_count:
            if id(block) in taken:
                continue
            taken.add(id(block))
            tables = [reach[group[0]][0].table]
        else:
            tables = [optimum.table for optimum in reach[group[0]]]
        for table in tables:
            for cell, value in table.items():
                values[cell].append(value)
    centre = {cell: sum(found) / len(found) for cell, found in values.items()}
    for group in programme.alike():
        if not programme.is_ordered(group[0]):
            centre.update(dict.fromkeys(group, sum(centre[cell] for cell in group) / len(group)))
    return centre


def _ranks(
    programme: Programme,
    cell: Cell,
    reach: Reach,
    ends: Mapping[Cell, tuple[float, float]],
    centre: Mapping[Cell, float],
) -> tuple[int, int]:
    """The best and the worst rank, looked for first in tables that are at hand."""
    year = cell[1]
    cells = [(region, year) for region in programme.areas[year]]
    middle = {other: centre[other] for other in cells}
    tables = [middle]
    at_hand = [optimum.table for optimum in reach[cell]]
    is_convex = not any(programme.is_ordered(other) for other in cells)
    if not is_convex:
        at_hand += [optimum.table for other in cells for optimum in reach[other]]
    for table in at_hand:
        near = {other: table.get(other, middle[other]) for other in cells}
        tables.append(near)
        if is_convex:
            tables.append({other: (near[other] + middle[other]) / 2 for other in cells})
    capped = {other: (ends[other][0], min(ends[other][1], UNBOUNDED)) for other in cells}
    return rank_interval(programme, capped, cell, tables)
