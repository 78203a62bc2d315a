"""An announced rank as constraints: which rivals are above is open as far as figures leave it.

A region is at place r where r - 1 others have at least one person more and all further ones at most
as much (competition ranking: 1, 2, 2, 4). Where figures alone decide who is above, that is an
order, and linear. Else each rival whose order is open gets a
switch, a binary variable that is 1 where it is above (Williams 2013, chapter 9: the constraints of
a switch hold whatever its rival can have at most).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from dashboard.bounds.optimum import TOLERANCE, Reach
from dashboard.bounds.statements import Areas, Cell, Kind, Row, Statement


@dataclass(frozen=True)
class Order:
    """What a rank says beside the other statements."""

    rows: tuple[Row, ...]
    switches: tuple[Cell, ...] = ()
    """Cells of its rows that are no figures, named after the rank and the rival."""


@dataclass(frozen=True)
class _Rivals:
    """The other regions of the year of a rank."""

    above: tuple[Cell, ...]
    """Certainly above, whatever the rank says."""
    open: tuple[Cell, ...]
    below: tuple[Cell, ...]


def order_of(statement: Statement, areas: Areas, reach: Reach) -> Order:
    """The constraints of a rank; none where it says nothing beside the others.

    `reach` is of all cells of the year, by all statements but ranks. Regions that may have been
    left out of the count may be above without taking a place.
    """
    own = (statement.regions[0], statement.year)
    rivals = _rivals(own, areas, reach)
    optional = {(region, statement.year) for region in statement.optional} - {own}
    counted = [cell for cell in rivals.open if cell not in optional]
    fewest = statement.low - 1 - len(rivals.above)
    most = statement.high - 1 - len(set(rivals.above) - optional)
    if fewest <= 0 and most >= len(counted):
        return Order(())
    if most < 0 or fewest > len(rivals.open):
        return Order((Row({}, 1, 1),))
    above_rests = _bound_by(rivals.above, 0, reach) + reach[own][1].binding
    below_rests = _bound_by(rivals.below, 1, reach) + reach[own][0].binding
    if most == 0 and fewest <= 0:
        rows = [Row({cell: 1.0, own: -1.0}, -inf, 0.0, above_rests) for cell in counted]
        return Order(tuple(rows))
    if fewest == len(rivals.open) and most >= len(counted):
        rows = [Row({cell: 1.0, own: -1.0}, 1.0, inf, below_rests) for cell in rivals.open]
        return Order(tuple(rows))
    return _switched(statement, own, rivals.open, optional, (fewest, most), reach)


def contradicted_by_rank(
    statement: Statement, areas: Areas, reach: Reach, kept: Sequence[Statement]
) -> tuple[str, ...]:
    """The statements, of those accepted before it, beside which a rank cannot be true."""
    own = (statement.regions[0], statement.year)
    rivals = _rivals(own, areas, reach)
    above = [cell for cell in rivals.above if cell[0] not in statement.optional]
    if len(above) > statement.high - 1:
        found = {*_bound_by(above, 0, reach), *reach[own][1].binding}
    elif len(rivals.above) + len(rivals.open) < statement.low - 1:
        found = {*_bound_by(rivals.below, 1, reach), *reach[own][0].binding}
    else:
        cells = (own, *rivals.open)
        found = {*_bound_by(cells, 0, reach), *_bound_by(cells, 1, reach)}
        found |= {s.statement_id for s in kept if s.kind is Kind.RANK and s.year == statement.year}
    return tuple(sorted(found))


def _rivals(own: Cell, areas: Areas, reach: Reach) -> _Rivals:
    least, greatest = reach[own]
    others = [(region, own[1]) for region in areas[own[1]] if region != own[0]]
    above = tuple(c for c in others if reach[c][0].value > greatest.value + TOLERANCE)
    below = tuple(c for c in others if reach[c][1].value < least.value + 1 - TOLERANCE)
    return _Rivals(above, tuple(c for c in others if c not in {*above, *below}), below)


def _bound_by(cells: Sequence[Cell], end: int, reach: Reach) -> tuple[str, ...]:
    """The statements that bind the least (0) or greatest (1) value of cells."""
    return tuple(dict.fromkeys(s for cell in cells for s in reach[cell][end].binding))


def _switched(
    statement: Statement,
    own: Cell,
    rivals: Sequence[Cell],
    optional: set[Cell],
    count: tuple[float, float],
    reach: Reach,
) -> Order:
    fewest, most = count
    least, greatest = (optimum.value for optimum in reach[own])
    switch = {cell: (f"{statement.statement_id}>{cell[0]}", cell[1]) for cell in rivals}
    rows = []
    for cell in rivals:
        excess = max(reach[cell][1].value - least, 0.0)
        lack = greatest - reach[cell][0].value + 1
        rows.append(Row({cell: 1.0, own: -1.0, switch[cell]: -lack}, 1 - lack, inf))
        if cell not in optional:
            rows.append(Row({cell: 1.0, own: -1.0, switch[cell]: -excess}, -inf, 0.0))
    rows.append(Row(dict.fromkeys(switch.values(), 1.0), fewest, inf))
    counted = {switch[cell]: 1.0 for cell in rivals if cell not in optional}
    rows.append(Row(counted, -inf, most))
    return Order(tuple(rows), tuple(switch.values()))
