"""The least or greatest value of cells, and how far each cell reaches."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.bounds.statements import Cell

UNBOUNDED = 6e7
"""Persons; more than live in Korea. What reaches it has no upper bound."""
TOLERANCE = 1e-3
"""Persons; what the solver may be off by."""


@dataclass(frozen=True)
class Optimum:
    """The least or greatest value of a sum of cells."""

    value: float
    table: Mapping[Cell, float]
    """A table that agrees with every statement and in which the sum has this value: the cells of
    the sum, and those that statements couple with them."""
    binding: tuple[str, ...]
    """Statements with a non-zero dual value, each with the exact figures that it adds up."""


Reach = Mapping[Cell, tuple[Optimum, Optimum]]
"""The least and the greatest value of each cell."""
