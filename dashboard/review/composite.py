"""Composite indicators: several indicators of a region made comparable, weighted and added up.

Formulas: OECD and JRC, Handbook on Constructing Composite Indicators (2008), step 5 (normalisation)
and step 6 (weighting and aggregation). Everything is computed in exact fractions: equal regions are
exactly equal, and ranks come before any rounding.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

Scale = Literal["minmax", "percentile"]

_MIDDLE = Fraction(50)


def scaled(values: Sequence[float], scale: Scale, is_up_good: bool = True) -> list[Fraction]:
    """One indicator of all regions on a scale from 0 (worst) to 100 (best).

    `minmax`: 100 · (x - min) / (max - min), the handbook's re-scaling. `percentile`: 100 · (number
    of regions below + half the number of others with the same value) / (number of others), a
    percentile rank that depends on the order only. Where all are equal, all get 50.

    Args:
        values: one per region, in the indicator's own unit; none may be missing.
        scale: the way to normalise.
        is_up_good: False turns the scale around.
    """
    exact = [Fraction(value) for value in values]
    if not is_up_good:
        exact = [-value for value in exact]
    if not exact:
        return []
    low, high = min(exact), max(exact)
    if low == high:
        return [_MIDDLE] * len(exact)
    if scale == "minmax":
        return [100 * (value - low) / (high - low) for value in exact]
    ordered, others = sorted(exact), len(exact) - 1
    return [
        Fraction(100 * (2 * below + upto - below - 1), 2 * others)
        for below, upto in ((bisect_left(ordered, x), bisect_right(ordered, x)) for x in exact)
    ]


def shares(weights: Sequence[float]) -> list[Fraction]:
    """Weights as shares of one.

    Raises:
        ValueError: a weight is negative, or all are zero.
    """
    exact = [Fraction(weight) for weight in weights]
    total = sum(exact, Fraction(0))
    if total <= 0 or min(exact) < 0:
        raise ValueError("weights must not be negative, and one must be above zero")
    return [weight / total for weight in exact]


def composite_scores(
    indicators: Sequence[Sequence[Fraction]], weights: Sequence[float]
) -> list[Fraction]:
    """Weighted arithmetic mean of normalised indicators (linear aggregation), one per region.

    Args:
        indicators: for each indicator one value per region, 0 to 100.
        weights: one per indicator, of any sum above zero.
    """
    return [
        sum((share * value for share, value in zip(shares(weights), region, strict=True)), _ZERO)
        for region in zip(*indicators, strict=True)
    ]


_ZERO = Fraction(0)


def competition_ranks(scores: Sequence[Fraction] | Sequence[float]) -> list[int]:
    """Ranks 1, 2, 2, 4: the greatest first, equals share one, and the next place is skipped."""
    ordered = sorted(scores)
    return [1 + len(ordered) - bisect_right(ordered, score) for score in scores]


def complete_cases(
    figures: Mapping[str, Mapping[str, float]],
) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    """Which regions have every indicator, and what the others lack.

    No figure is made up for a missing one (the handbook's case deletion, step 3).

    Args:
        figures: indicator → region → value.

    Returns:
        The complete regions in order of their codes, and region → missing indicators of those that
        have at least one.
    """
    regions = sorted({region for values in figures.values() for region in values})
    lacking = {
        region: tuple(name for name, values in figures.items() if region not in values)
        for region in regions
    }
    return (
        [region for region in regions if not lacking[region]],
        {region: missing for region, missing in lacking.items() if missing},
    )
