"""The linear programme of a record: all tables that agree with every printed statement.

The bounds of a figure are the optima of a linear programme over those tables; the solution is a
table that attains the bound, and the statements with non-zero dual values are those that bind
(Dantzig 1963, chapter 6). HiGHS solves it (Huangfu and Hall 2018). An announced rank adds one
binary variable per region whose order to the ranked one is open (Wolsey 1998, chapter 1).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds as VariableBounds
from scipy.optimize import LinearConstraint, OptimizeResult, linprog, milp

from dashboard.bounds.optimum import TOLERANCE, UNBOUNDED, Optimum, Reach
from dashboard.bounds.orders import contradicted_by_rank, order_of
from dashboard.bounds.statements import Areas, Cell, Kind, Row, Statement, rows_of

Vector = NDArray[np.float64]

_ZERO_DUAL = 1e-7
_INFEASIBLE = 2
_FAILED = 4


class Contradiction(ValueError):
    """No table agrees with all statements."""


@dataclass(frozen=True, eq=False)
class Block:
    """Cells without an exact figure that statements couple."""

    cells: tuple[Cell, ...]
    """Those of regions, then the switches of ranks."""
    switch_count: int
    """How many are switches: 1 where a rival of a ranked region is above it, else 0."""
    matrix: Vector
    """Constraints by cells."""
    low: Vector
    high: Vector
    owners: tuple[str, ...]
    """The statement of each constraint."""
    rows: tuple[Row, ...]

    @property
    def is_switch(self) -> NDArray[np.bool_]:
        """Of each cell, whether it is a switch."""
        return np.arange(len(self.cells)) >= len(self.cells) - self.switch_count

    @property
    def upper(self) -> Vector:
        """The most that each cell can have."""
        return np.where(self.is_switch, 1.0, UNBOUNDED)


class Programme:
    """What statements leave open.

    Args:
        areas: the regions of each year.
        statements: about these regions and years only.
        reach: of all cells, where ranks are among the statements.
    """

    def __init__(
        self, areas: Areas, statements: Sequence[Statement], reach: Reach | None = None
    ) -> None:
        self.areas = areas
        self._totals = {
            s.year: (s.low, s.statement_id)
            for s in statements
            if s.kind is Kind.TOTAL and s.low == s.high
        }
        self._rows: dict[str, Sequence[Row]] = {}
        self._ranks = {s.statement_id for s in statements if s.kind is Kind.RANK}
        self._switches: list[Cell] = []
        for s in statements:
            if s.kind is Kind.RANK:
                order = order_of(s, areas, reach or {})
                self._rows[s.statement_id] = order.rows
                self._switches += order.switches
            else:
                self._rows[s.statement_id] = rows_of(s, areas, self._totals)
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
        """Whether some table agrees with all statements; what is found is added to `known`."""
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
        groups: dict[object, list[Cell]] = defaultdict(list)
        for number, block in enumerate(self.blocks):
            own = len(block.cells) - block.switch_count
            ranked = np.array([owner in self._ranks for owner in block.owners], dtype=bool)
            for cell, column in zip(block.cells[:own], block.matrix.T[:own], strict=True):
                # A rank has rows of its own for each rival: it says the same of those like it.
                places: dict[str, list[float]] = defaultdict(list)
                for row in np.flatnonzero(ranked & (column != 0)):
                    places[block.owners[row]].append(float(column[row]))
                groups[number, column[~ranked].tobytes(), repr(places)].append(cell)
        return [[cell] for cell in self.fixed] + list(groups.values())

    def is_ordered(self, cell: Cell) -> bool:
        """Whether the order of a cell to others is open and a rank has its say in it."""
        return cell in self.block_of and self.block_of[cell].switch_count > 0

    def says_the_same(self, other: "Programme", cell: Cell) -> bool:
        """Whether another has the same statements about a cell and those coupled to it."""
        own, others = self.block_of.get(cell), other.block_of.get(cell)
        if own is None or others is None:
            return own is others
        return (own.cells, own.owners) == (others.cells, others.owners)

    def least(self, coefficients: Mapping[Cell, float]) -> Optimum:
        """The least value of a sum of coefficient x cell.

        Raises:
            Contradiction: no table agrees with all statements.
        """
        table: dict[Cell, float] = {}
        binding: list[tuple[str, Row | None]] = []
        wanted: dict[Block, dict[Cell, float]] = defaultdict(dict)
        for cell, coefficient in coefficients.items():
            if cell in self.fixed:
                table[cell] = self.fixed[cell]
                binding.append((self._figures[cell][1], None))
            else:
                wanted[self.block_of[cell]][cell] = coefficient
        for block, part in wanted.items():
            solution, duals = _minimum(
                block, np.array([part.get(cell, 0.0) for cell in block.cells])
            )
            own = len(block.cells) - block.switch_count
            table |= zip(block.cells[:own], solution[:own].tolist(), strict=True)
            bind = np.flatnonzero(duals > _ZERO_DUAL)
            binding += [(block.owners[row], block.rows[row]) for row in bind]
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
        """The statements that a further one, no rank, contradicts; empty where it may be true."""
        for row in rows_of(statement, self.areas, self._totals):
            if row.low > -inf:
                most = self.greatest(row.coefficients)
                if most.value < row.low - TOLERANCE:
                    return tuple(sorted({*most.binding, *row.rests_on}))
            if row.high < inf:
                least = self.least(row.coefficients)
                if least.value > row.high + TOLERANCE:
                    return tuple(sorted({*least.binding, *row.rests_on}))
        return ()

    def _with_figures(self, binding: Iterable[tuple[str, Row | None]]) -> tuple[str, ...]:
        found = set()
        for owner, row in binding:
            found.add(owner)
            if row:
                found.update(row.rests_on)
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
        } | {switch: switch for switch in self._switches}

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
        switch_count = len(column.keys() & set(self._switches))
        for number, (_, row) in enumerate(rows):
            known = 0.0
            for cell, coefficient in row.coefficients.items():
                if cell in column:
                    matrix[number, column[cell]] = coefficient
                else:
                    known += coefficient * self.fixed[cell]
            low[number], high[number] = row.low - known, row.high - known
        owners = tuple(owner for owner, _ in rows)
        said = tuple(row for _, row in rows)
        return Block(tuple(cells), switch_count, matrix, low, high, owners, said)


def accept(
    areas: Areas,
    statements: Sequence[Statement],
    beside: Sequence[Statement] = (),
    reach: Reach | None = None,
) -> tuple[list[Statement], dict[str, tuple[str, ...]]]:
    """The statements that hold together when they are added one by one.

    Args:
        areas: the regions of each year.
        statements: the weightiest first; either none or only ranks.
        beside: others that hold together already.
        reach: of all cells by the others, where the statements are ranks.

    Returns:
        Those that hold, in their order, and for each one left out the accepted ones that it
        contradicts.
    """
    known: dict[object, bool] = {}
    kept = list(beside)
    left_out: dict[str, tuple[str, ...]] = {}
    waiting = list(statements)

    def holds(further: Sequence[Statement]) -> bool:
        return Programme(areas, [*kept, *further], reach).holds(known)

    while waiting:
        count = _holding(waiting, holds)
        kept += waiting[:count]
        if count < len(waiting):
            refused = waiting[count]
            left_out[refused.statement_id] = (
                contradicted_by_rank(refused, areas, reach or {}, kept)
                if refused.kind is Kind.RANK
                else Programme(areas, kept, reach).against(refused)
            )
        waiting = waiting[count + 1 :]
    return kept[len(beside) :], left_out


def _holding(waiting: Sequence[Statement], holds: Callable[[Sequence[Statement]], bool]) -> int:
    """How many of the waiting statements hold together with those kept, the first ones first."""
    if holds(waiting):
        return len(waiting)
    holding, refused = 0, len(waiting)
    while refused - holding > 1:
        middle = (holding + refused) // 2
        if holds(waiting[:middle]):
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
    lower, upper = np.zeros(len(block.cells)), block.upper
    if block.switch_count:
        # The order is chosen first; for this order the programme is linear and has dual values.
        found = solved_mixed(
            objective,
            integrality=block.is_switch,
            bounds=VariableBounds(lower, upper),
            constraints=LinearConstraint(block.matrix, block.low, block.high),
        )
        chosen = np.round(found.x[block.is_switch])
        lower[block.is_switch] = upper[block.is_switch] = chosen
    equal = block.low == block.high
    below, above = ~equal & (block.high < inf), ~equal & (block.low > -inf)
    found = linprog(
        objective,
        A_ub=np.vstack([block.matrix[below], -block.matrix[above]]),
        b_ub=np.concatenate([block.high[below], -block.low[above]]),
        A_eq=block.matrix[equal],
        b_eq=block.low[equal],
        bounds=np.column_stack([lower, upper]),
        method="highs",
    )
    _raise_unless_solved(found)
    duals = np.zeros(len(block.owners))
    duals[equal] = np.abs(found.eqlin.marginals)
    split = int(below.sum())
    duals[below] += np.abs(found.ineqlin.marginals[:split])
    duals[above] += np.abs(found.ineqlin.marginals[split:])
    return found.x, duals


def solved_mixed(objective: Vector, **programme: Any) -> OptimizeResult:
    """The solution of a mixed-integer programme, to the last unit of its objective.

    Args:
        objective: what is to be least.
        programme: further arguments of `scipy.optimize.milp`.

    Raises:
        Contradiction: there is no solution.
    """
    for scale, presolve in product((1.0, 1000.0), (True, False)):
        options = {"mip_rel_gap": 0, "presolve": presolve}
        found = milp(scale * objective, options=options, **programme)
        # HiGHS at times fails to carry a solution back through its presolve, or to prove the last
        # unit of a small objective.
        if found.status != _FAILED:
            break
    _raise_unless_solved(found)
    found.fun = objective @ found.x
    return found


def _raise_unless_solved(found: OptimizeResult) -> None:
    if found.status == _INFEASIBLE:
        raise Contradiction(found.message)
    if not found.success:
        raise RuntimeError(found.message)
