"""The best and the worst rank of a region, over all tables that agree with every statement.

How many other regions can be above at the same time is a mixed-integer programme: one binary
variable per region whose order to the region in question is open (Wolsey 1998, chapter 1).
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy.optimize import Bounds as VariableBounds
from scipy.optimize import LinearConstraint

from dashboard.bounds.programme import Programme, solved_mixed
from dashboard.bounds.statements import Cell

Ends = Mapping[Cell, tuple[float, float]]
"""The least and the greatest whole number of persons of each cell."""


def rank_interval(
    programme: Programme, ends: Ends, cell: Cell, tables: Iterable[Mapping[Cell, float]] = ()
) -> tuple[int, int]:
    """The best and the worst competition rank (1, 2, 2, 4) of a region among those of its year.

    Args:
        programme: of statements that hold together.
        ends: of all cells of the year.
        cell: region and year.
        tables: some that agree with every statement; where one of them shows the most that the
            ends allow, nothing needs to be solved.

    Raises:
        Contradiction: no table agrees with all statements.
    """
    region, year = cell
    low, high = ends[cell]
    others = [(other, year) for other in programme.areas[year] if other != region]
    first = 1 + sum(ends[other][0] > high for other in others)
    undecided = [other for other in others if ends[other][0] <= high and ends[other][1] > low]
    if not undecided:
        return first, first
    counts_above: set[int] = set()
    counts_not_below: set[int] = set()
    for table in tables:
        gaps = [table[other] - table[cell] for other in undecided]
        counts_above.add(sum(gap >= 1 for gap in gaps))
        counts_not_below.add(sum(gap > 0 for gap in gaps))
    fewest, most = 0, len(undecided)
    if fewest not in counts_not_below:
        fewest = _count_above(programme, ends, cell, undecided, most=False)
    if most not in counts_above:
        most = _count_above(programme, ends, cell, undecided, most=True)
    return first + fewest, first + most


def _count_above(
    programme: Programme, ends: Ends, cell: Cell, others: Sequence[Cell], *, most: bool
) -> int:
    """The fewest or the most of the others that are above a cell at the same time."""
    blocks = {
        id(programme.block_of[c]): programme.block_of[c]
        for c in (cell, *others)
        if c in programme.block_of
    }
    column = {c: n for n, c in enumerate(c for block in blocks.values() for c in block.cells)}
    width = len(column) + len(others)
    matrix = np.zeros((sum(len(b.owners) for b in blocks.values()) + len(others), width))
    low, high = np.full(len(matrix), -np.inf), np.full(len(matrix), np.inf)
    upper, integrality = np.ones(width), np.zeros(width)
    integrality[len(column) :] = 1
    row = start = 0
    for block in blocks.values():
        rows = slice(row, row + len(block.owners))
        columns = slice(start, start + len(block.cells))
        matrix[rows, columns] = block.matrix
        upper[columns] = block.upper
        integrality[columns] = block.is_switch
        low[rows], high[rows] = block.low, block.high
        row, start = rows.stop, columns.stop
    for number, other in enumerate(others):
        # above = 1 needs other >= cell + 1; above = 0 needs other <= cell.
        known = 0.0
        for part, sign in ((other, 1.0), (cell, -1.0)):
            if part in column:
                matrix[row, column[part]] = sign
            else:
                known += sign * programme.fixed[part]
        if most:
            slack = ends[cell][1] - ends[other][0] + 1
            matrix[row, len(column) + number] = -slack
            low[row] = 1 - slack - known
        else:
            matrix[row, len(column) + number] = -(ends[other][1] - ends[cell][0])
            high[row] = -known
        row += 1
    objective = np.zeros(width)
    objective[len(column) :] = -1.0 if most else 1.0
    found = solved_mixed(
        objective,
        integrality=integrality,
        bounds=VariableBounds(np.zeros(width), upper),
        constraints=LinearConstraint(matrix, low, high),
    )
    count: int = round(abs(found.fun))
    return count
