"""The linear programme of a record: all tables that agree with every printed statement.

The bounds of a figure are the optima of a linear programme over those tables; the solution is a
table that attains the bound, and the statements with non-zero dual values are those that bind
(Dantzig 1963, chapter 6). HiGHS solves it (Huangfu and Hall 2018).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from dashboard.bounds.statements import Areas, Cell, Kind, Row, Statement, rows_of

Vector = NDArray[np.float64]

UNBOUNDED = 6e7
"""Persons; more than live in Korea. What reaches it has no upper bound."""
TOLERANCE = 1e-3
"""Persons; what the solver may be off by."""
_ZERO_DUAL = 1e-7
_INFEASIBLE = 2


class Contradiction(ValueError):
    """No table agrees with all statements."""


@dataclass(frozen=True)
class Optimum:
    """The least or greatest value of a sum of cells."""

    value: float
    table: Mapping[Cell, float]
    """A table that agrees with every statement and in which the sum has this value: the cells of
    the sum, and those that statements couple with them."""
    binding: tuple[str, ...]
    """Statements with a non-zero dual value, each with the exact figures that it adds up."""


@dataclass(frozen=True, eq=False)
class Block:
    """Cells without an exact figure that statements couple."""

    cells: tuple[Cell, ...]
    matrix: Vector
    """Constraints by cells."""
    low: Vector
    high: Vector
    owners: tuple[str, ...]
    """The statement of each constraint."""


class Programme:
    """What statements leave open.

    Args:
        areas: the regions of each year.
        statements: about these regions and years only.
    """

    def __init__(self, areas: Areas, statements: Sequence[Statement]) -> None:
        self.areas = areas
        self._totals = {
            s.year: (s.low, s.statement_id)
            for s in statements
            if s.kind is Kind.TOTAL and s.low == s.high
        }
        self._rows = {s.statement_id: rows_of(s, areas, self._totals) for s in statements}
        self._figures = {
            (s.regions[0], s.year): (s.low, s.statement_id)
            for s in statements
            if s.kind is Kind.FIGURE and len(s.regions) == 1 and s.low == s.high
        }
        self.fixed = {cell: value for cell, (value, _) in self._figures.items()}
        """The exact figures."""
        self.blocks = self._coupled()
        self.block_of = {cell: block for block in self.blocks for cell in block.cells}

    def holds(self, known: dict[object, bool] | None = None) -> bool:
        """Whether some table agrees with all statements.

        Args:
            known: what was found of blocks before; what is found now is added.
        """
        known = {} if known is None else known
        for rows in self._rows.values():
            for row in rows:
                if row.coefficients.keys() <= self.fixed.keys():
                    value = sum(c * self.fixed[cell] for cell, c in row.coefficients.items())
                    if not row.low - TOLERANCE <= value <= row.high + TOLERANCE:
                        return False
        for block in self.blocks:
            key = (block.owners, block.cells)
            if key not in known:
                known[key] = _feasible(block)
            if not known[key]:
                return False
        return True

    def alike(self) -> list[list[Cell]]:
        """Cells in groups of which every statement says the same, so that their ends are equal."""
        groups: dict[tuple[int, bytes], list[Cell]] = defaultdict(list)
        for number, block in enumerate(self.blocks):
            for cell, column in zip(block.cells, block.matrix.T, strict=True):
                groups[number, column.tobytes()].append(cell)
        return [[cell] for cell in self.fixed] + list(groups.values())

    def least(self, coefficients: Mapping[Cell, float]) -> Optimum:
        """The least value of a sum of coefficient x cell.

        Raises:
            Contradiction: no table agrees with all statements.
        """
        table: dict[Cell, float] = {}
        binding: list[str] = []
        wanted: dict[Block, dict[Cell, float]] = defaultdict(dict)
        for cell, coefficient in coefficients.items():
            if cell in self.fixed:
                table[cell] = self.fixed[cell]
                binding.append(self._figures[cell][1])
            else:
                wanted[self.block_of[cell]][cell] = coefficient
        for block, part in wanted.items():
            solution, duals = _minimum(
                block, np.array([part.get(cell, 0.0) for cell in block.cells])
            )
            table |= zip(block.cells, solution.tolist(), strict=True)
            binding += [block.owners[row] for row in np.flatnonzero(duals > _ZERO_DUAL)]
        value = sum(c * table[cell] for cell, c in coefficients.items())
        return Optimum(value, table, self._with_figures(binding))

    def greatest(self, coefficients: Mapping[Cell, float]) -> Optimum:
        """The greatest value of a sum of coefficient x cell.

        Raises:
            Contradiction: no table agrees with all statements.
        """
        found = self.least({cell: -c for cell, c in coefficients.items()})
        return Optimum(-found.value, found.table, found.binding)

    def against(self, statement: Statement) -> tuple[str, ...]:
        """The statements that a further one contradicts; empty where it may be true beside them."""
        for row in rows_of(statement, self.areas, self._totals):
            if row.low > -inf:
                most = self.greatest(row.coefficients)
                if most.value < row.low - TOLERANCE:
                    return tuple(sorted({*most.binding, *row.totals}))
            if row.high < inf:
                least = self.least(row.coefficients)
                if least.value > row.high + TOLERANCE:
                    return tuple(sorted({*least.binding, *row.totals}))
        return ()

    def _with_figures(self, owners: Iterable[str]) -> tuple[str, ...]:
        found = set(owners)
        for owner in list(found):
            for row in self._rows[owner]:
                found.update(row.totals)
                for cell in row.coefficients.keys() & self.fixed.keys():
                    found.add(self._figures[cell][1])
        return tuple(sorted(found))

    def _coupled(self) -> tuple[Block, ...]:
        """The free cells in groups, such that no statement is about cells of two groups."""
        parent = {
            (region, year): (region, year)
            for year, regions in self.areas.items()
            for region in regions
            if (region, year) not in self.fixed
        }

        def root(cell: Cell) -> Cell:
            while parent[cell] != cell:
                parent[cell] = cell = parent[parent[cell]]
            return cell

        coupling: list[tuple[str, Row, Cell]] = []
        for owner, rows in self._rows.items():
            for row in rows:
                free = [cell for cell in row.coefficients if cell in parent]
                if free:
                    coupling.append((owner, row, free[0]))
                for cell in free[1:]:
                    parent[root(cell)] = root(free[0])
        cells_of: dict[Cell, list[Cell]] = defaultdict(list)
        for cell in parent:
            cells_of[root(cell)].append(cell)
        rows_of_block: dict[Cell, list[tuple[str, Row]]] = defaultdict(list)
        for owner, row, cell in coupling:
            rows_of_block[root(cell)].append((owner, row))
        return tuple(self._block(cells, rows_of_block[key]) for key, cells in cells_of.items())

    def _block(self, cells: Sequence[Cell], rows: Sequence[tuple[str, Row]]) -> Block:
        column = {cell: number for number, cell in enumerate(cells)}
        matrix = np.zeros((len(rows), len(cells)))
        low, high = np.empty(len(rows)), np.empty(len(rows))
        for number, (_, row) in enumerate(rows):
            known = 0.0
            for cell, coefficient in row.coefficients.items():
                if cell in column:
                    matrix[number, column[cell]] = coefficient
                else:
                    known += coefficient * self.fixed[cell]
            low[number], high[number] = row.low - known, row.high - known
        return Block(tuple(cells), matrix, low, high, tuple(owner for owner, _ in rows))


def accept(
    areas: Areas, statements: Sequence[Statement]
) -> tuple[list[Statement], dict[str, tuple[str, ...]]]:
    """The statements that hold together when they are added one by one.

    Args:
        areas: the regions of each year.
        statements: the weightiest first.

    Returns:
        Those that hold, in their order, and for each one left out the accepted ones that it
        contradicts.
    """
    known: dict[object, bool] = {}
    kept: list[Statement] = []
    left_out: dict[str, tuple[str, ...]] = {}
    waiting = list(statements)
    while waiting:
        count = _holding(areas, kept, waiting, known)
        kept += waiting[:count]
        if count < len(waiting):
            refused = waiting[count]
            left_out[refused.statement_id] = Programme(areas, kept).against(refused)
        waiting = waiting[count + 1 :]
    return kept, left_out


def _holding(
    areas: Areas,
    kept: Sequence[Statement],
    waiting: Sequence[Statement],
    known: dict[object, bool],
) -> int:
    """How many of the waiting statements hold together with those kept, the first ones first."""
    if Programme(areas, [*kept, *waiting]).holds(known):
        return len(waiting)
    holding, refused = 0, len(waiting)
    while refused - holding > 1:
        middle = (holding + refused) // 2
        if Programme(areas, [*kept, *waiting[:middle]]).holds(known):
            holding = middle
        else:
            refused = middle
    return holding


def _feasible(block: Block) -> bool:
    try:
        _minimum(block, np.zeros(len(block.cells)))
    except Contradiction:
        return False
    return True


def _minimum(block: Block, objective: Vector) -> tuple[Vector, Vector]:
    """The solution (cells) with the least objective, and the size of each row's dual value.

    Raises:
        Contradiction: there is no solution.
    """
    equal = block.low == block.high
    below, above = ~equal & (block.high < inf), ~equal & (block.low > -inf)
    found = linprog(
        objective,
        A_ub=np.vstack([block.matrix[below], -block.matrix[above]]),
        b_ub=np.concatenate([block.high[below], -block.low[above]]),
        A_eq=block.matrix[equal],
        b_eq=block.low[equal],
        bounds=(0, UNBOUNDED),
        method="highs",
    )
    if found.status == _INFEASIBLE:
        raise Contradiction(found.message)
    if not found.success:
        raise RuntimeError(found.message)
    duals = np.zeros(len(block.owners))
    duals[equal] = np.abs(found.eqlin.marginals)
    split = int(below.sum())
    duals[below] += np.abs(found.ineqlin.marginals[:split])
    duals[above] += np.abs(found.ineqlin.marginals[split:])
    return found.x, duals
