"""The error that protection adds, and how often chance leaves too little, from the table.

`python -m tests.store.protection_error` prints the tables of docs/personal_data.md.
"""

from functools import cache
from itertools import product
from math import prod

import numpy as np

from dashboard.store.protection import KEYS, protected_count
from tests.store.attacker import LEAST, LEAST_OVER_BUILDS, changes, possible

THRESHOLD = 3
COUNTS = (1, 2, 3, 4, 5, 10, 100, 1_000, 10_000)
MONTHS = 12
DRAWS = 5_000
PARTS = ((1, 3, False), (1, 3, True), (1, 8, True), (1_000, 2, True))
"""Visits of a cell, how many such cells make up a total, and whether they have one key."""
PARTITIONS = {
    "the total alone": (1,),
    "the total, and five columns of two values": (1, 2, 2, 2, 2, 2),
    "12 months, 20 nationalities, 10 departments, 3 classes, 6 ages, sex, first or not": (
        12,
        20,
        10,
        3,
        6,
        2,
        2,
    ),
}
"""Partitions of the same visits → how many values each has."""
LARGE = 1_000
"""A count from which on all are changed alike."""


def spread(count, cells=1):
    """Change → share, of the sum of so many cells of this count, whose changes are independent."""
    found = {0: 1.0}
    for _cell in range(cells):
        further = {}
        for (one, share), (other, part) in product(
            found.items(), changes(count, THRESHOLD).items()
        ):
            further[one + other] = further.get(one + other, 0.0) + share * part
        found = further
    return found


def errors(count, cells=1):
    """Mean absolute error, root of the mean square, and share of unchanged ones, in expectation."""
    shares = spread(count, cells)
    mean = sum(abs(change) * share for change, share in shares.items())
    square = sum(change**2 * share for change, share in shares.items())
    return mean, square**0.5, shares.get(0, 0.0)


def shown_count(count, key):
    """A count as the product shows it in a workspace with this secret."""
    return protected_count(count, key, THRESHOLD, bytes(range(32)))


@cache
def measured(count, cells=1):
    """The same of `DRAWS` sums of the product's own counts, by a fixed seed."""
    keys = np.random.default_rng(20261129 + count).integers(0, KEYS, (DRAWS, cells))
    found = np.array([sum(shown_count(count, int(key)) - count for key in row) for row in keys])
    return np.abs(found).mean(), np.sqrt((found**2).mean()), (found == 0).mean()


def error_lines():
    """Count or sum, and its error in expectation and as measured."""
    for cells in (1, MONTHS):
        for count in COUNTS if cells == 1 else (1, 10, 100, LARGE):
            (mean, root, same), (drawn_mean, drawn_root, drawn_same) = (
                errors(count, cells),
                measured(count, cells) if cells == 1 or count == LARGE else (None,) * 3,
            )
            drawn = (
                "– | – | –"
                if drawn_mean is None
                else f"{drawn_mean:.2f} | {drawn_root:.2f} | {100 * drawn_same:.0f}%"
            )
            name = f"{count:,}" if cells == 1 else f"sum of {cells} months of {count:,} each"
            relative = 100 * root / (count * cells)
            text = f"{relative:.0f}%" if relative >= 10 else f"{relative:.2g}%"
            yield f"| {name} | {mean:.2f} | {root:.2f} | {100 * same:.0f}% | {text} | {drawn} |"


def chance_crossing(cells, least):
    """How often fewer than `least` counts agree with the sum of so many cells on two sides.

    A cell is left with so many counts as the changes of all lie below the most they could be.
    """
    reach = max(changes(LARGE, THRESHOLD)) * cells
    return sum(
        part for change, part in spread(LARGE, cells).items() if reach - abs(change) < least - 1
    )


def chance_of_parts(count, cells, is_same_key):
    """How often fewer than `LEAST` are left of a total or of the cells of this count it is of.

    Cells of as many visits of one month and nationality have the same key, and so the same change.
    """
    rows = changes(count, THRESHOLD).items()
    drawn = [[row] * cells for row in rows] if is_same_key else product(rows, repeat=cells)
    chance = 0.0
    for changed, (change, part) in product(drawn, changes(count * cells, THRESHOLD).items()):
        ends = [ends_of(count + one) for one, _share in changed]
        lowest, highest = (sum(side) for side in zip(*ends, strict=True))
        low, high = ends_of(count * cells + change)
        low, high = max(low, lowest), min(high, highest)
        left = [high - low + 1] + [
            min(most, high - lowest + least) - max(least, low - highest + most) + 1
            for least, most in ends
        ]
        if min(left) < LEAST:
            chance += part * prod(share for _one, share in changed[: 1 if is_same_key else cells])
    return chance


def ends_of(shown):
    """The least and the most visits that are shown so."""
    counts = possible(shown, THRESHOLD)
    return counts[0], counts[-1]


def narrowed(values):
    """By how much the weighted mean of partitions of as many values each is off the total.

    A sum of K cells has the variance 3 K; weighted by one over it, variances add up as 1 / (1 / v).
    """
    return (3 / sum(1 / count for count in values)) ** 0.5


def chance_of_steps(steps, least):
    """How often fewer than `least` first counts agree with so many further visits, one by one.

    With each visit the count is one more at least: the first is bounded above by the smallest
    change that comes after it, and below by its own.
    """
    shares = changes(LARGE, THRESHOLD)
    reach = max(shares)
    chance = 0.0
    for own, share in shares.items():
        # own - smallest > 2 × reach + 1 - least, of at least one of the others.
        low = sum(part for one, part in shares.items() if 2 * reach + 1 - (own - one) < least)
        chance += share * (1 - (1 - low) ** steps)
    return chance


def chance_lines():
    """What is looked at, and how often it leaves fewer than was promised."""
    for cells in (3, 4, 6):
        yield f"| one build, {cells} cells | {LEAST} | {chance_crossing(cells, LEAST):.1e} |"
    # Of the total and five columns of two values five pairs have three cells, and ten have four.
    pairs = 5 * chance_crossing(3, LEAST) + 10 * chance_crossing(4, LEAST)
    yield f"| one build, a total and five columns of two values | {LEAST} | at most {pairs:.1e} |"
    for count, cells, is_same_key in PARTS:
        chance = chance_of_parts(count, cells, is_same_key)
        name = f"one build, a total of {count * cells:,} and {cells} cells of {count:,}"
        alike = ", all of one month and nationality" if is_same_key else ""
        yield f"| {name}{alike} | {LEAST} | {chance:.1e} |"
    for steps in (1, 3, 12):
        chance = chance_of_steps(steps, LEAST_OVER_BUILDS)
        name = f"{steps} further builds, one visit more in each"
        yield f"| {name} | {LEAST_OVER_BUILDS} | {chance:.1e} |"


def narrowed_lines():
    """Partitions, the arithmetic, and how far their weighted mean is off the total."""
    for name, values in PARTITIONS.items():
        terms = " + ".join("1" if count == 1 else f"1/{count}" for count in values)
        within = f"({terms})" if len(values) > 1 else terms
        yield f"| {name} | √(3 ÷ {within}) | {narrowed(values):.2f} |"


if __name__ == "__main__":
    print(*error_lines(), "", *chance_lines(), "", *narrowed_lines(), sep="\n")
