"""The error that protection adds, and how often chance leaves too little, from the table.

`python -m tests.store.protection_error` prints the tables of docs/personal_data.md.
"""

from functools import cache
from itertools import product

import numpy as np

from dashboard.store.protection import KEYS, protected_count
from tests.store.attacker import LEAST, LEAST_OVER_BUILDS, changes

THRESHOLD = 3
COUNTS = (1, 2, 3, 4, 5, 10, 100, 1_000, 10_000)
MONTHS = 12
DRAWS = 5_000
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
    for steps in (1, 3, 12):
        chance = chance_of_steps(steps, LEAST_OVER_BUILDS)
        name = f"{steps} further builds, one visit more in each"
        yield f"| {name} | {LEAST_OVER_BUILDS} | {chance:.1e} |"


if __name__ == "__main__":
    print(*error_lines(), "", *chance_lines(), sep="\n")
