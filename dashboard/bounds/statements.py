"""Printed statements about regions and years, each as one linear constraint."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor, inf

Cell = tuple[str, int]
"""A region and a year."""
Areas = Mapping[int, Sequence[str]]
"""The regions that the country has in each year."""


class Kind(StrEnum):
    """What a statement is about, the weightiest first."""

    FIGURE = "figure"
    """The sum of its regions, one or several, lies between low and high."""
    TOTAL = "total"
    """The sum of all regions of the year lies between low and high."""
    SHARE = "share"
    """Its regions have between low and high per cent of all regions of the year."""
    GROWTH = "growth"
    """Its regions have between low and high per cent more than in the year before."""
    FEWER = "fewer"
    """Its region has at most high: fewer than N are at most N - 1."""
    SHARE_BELOW = "share_below"
    """Its region has at most high per cent of all regions of the year."""
    RANK = "rank"
    """So many others have more than its region that it stands at place low to high."""


@dataclass(frozen=True)
class Statement:
    """What one or several sources print, with what its last digit leaves open."""

    statement_id: str
    kind: Kind
    year: int
    regions: tuple[str, ...]
    low: float
    """Persons, per cent or place."""
    high: float
    optional: tuple[str, ...] = ()
    """Regions that whoever counted the places may have left out."""


@dataclass(frozen=True)
class Row:
    """A linear constraint: low <= sum of coefficient x cell <= high."""

    coefficients: Mapping[Cell, float]
    low: float
    high: float
    rests_on: tuple[str, ...] = ()
    """Statements of which a number stands in it, such as an exact total."""


Totals = Mapping[int, tuple[float, str]]
"""The exact total of a year, and the statement that says it."""


def rows_of(statement: Statement, areas: Areas, totals: Totals) -> tuple[Row, ...]:
    """The constraints that say the same as a statement; none where it says nothing linear.

    A growth compares those of its regions that existed in the year before, and says nothing where
    that year has no regions.
    """
    year, low, high = statement.year, statement.low, statement.high
    own = [(region, year) for region in statement.regions]
    if statement.kind in (Kind.FIGURE, Kind.TOTAL, Kind.FEWER):
        if ceil(low) <= floor(high):  # persons are whole
            low, high = ceil(low), floor(high)
        return (Row(dict.fromkeys(own, 1.0), -inf if statement.kind is Kind.FEWER else low, high),)
    if statement.kind in (Kind.SHARE, Kind.SHARE_BELOW):
        base = [(region, year) for region in areas[year]]
    elif statement.kind is Kind.GROWTH:
        former = areas.get(year - 1, ())
        base = [(region, year - 1) for region in statement.regions if region in former]
        low, high = 100 + low, 100 + high
    else:
        return ()
    if not base:
        return ()
    at_most = _compared(own, base, high / 100, areas, totals, at_most=True)
    if statement.kind is Kind.SHARE_BELOW:
        return (at_most,)
    return (_compared(own, base, low / 100, areas, totals), at_most)


def _compared(
    own: Sequence[Cell],
    base: Sequence[Cell],
    factor: float,
    areas: Areas,
    totals: Totals,
    *,
    at_most: bool = False,
) -> Row:
    """The sum of the own cells is at least, or at most, `factor` times the sum of the base.

    A sum over all regions of a year is a number where the total of the year is exact: years are
    then coupled only by what is said about their regions.
    """
    coefficients: dict[Cell, float] = {}
    known, used = 0.0, []
    for cells, coefficient in ((own, 1.0), (base, -factor)):
        year = cells[0][1]
        if len(cells) == len(areas[year]) and year in totals:
            known += coefficient * totals[year][0]
            used.append(totals[year][1])
            continue
        for cell in cells:
            coefficients[cell] = coefficients.get(cell, 0.0) + coefficient
    low, high = (-inf, -known) if at_most else (-known, inf)
    return Row(coefficients, low, high, tuple(used))
