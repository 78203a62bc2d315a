"""What is found of a record: between what its figures and ranks must lie."""

from dataclasses import dataclass


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
