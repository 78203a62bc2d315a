"""How firm a ranking is: what happens to it when the weights are not exactly those chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

import numpy as np

from dashboard.review.composite import composite_scores, shares


@dataclass(frozen=True)
class RankAcceptability:
    """Ranks over many draws of the weights, one entry per region in the order given."""

    shares: tuple[tuple[Fraction, ...], ...]
    """Region → rank 1, 2, … → share of the draws, 0 to 1."""
    best: tuple[int, ...]
    """The best rank of a region in any draw."""
    worst: tuple[int, ...]


@dataclass(frozen=True)
class WeightChange:
    """The smallest change of one weight at which the first place is no longer held alone."""

    indicator: int
    """Which weight changes: its place among the indicators."""
    before: Fraction
    """Its share of all weights, 0 to 1."""
    after: Fraction
    challenger: int
    """The region that draws level: its place among the regions."""


def share_deviation(share: Fraction, concentration: float) -> float:
    """Standard deviation of a drawn share, 0 to 1: √(s (1 - s) / (concentration + 1)).

    The marginal of a Dirichlet distribution with parameters concentration · s is a beta
    distribution with parameters concentration · s and concentration · (1 - s).
    """
    return float(sqrt(share * (1 - share) / (concentration + 1)))


def rank_acceptability(
    indicators: Sequence[Sequence[Fraction]],
    weights: Sequence[float],
    concentration: float,
    draws: int = 2000,
    seed: int = 2000,
) -> RankAcceptability:
    """Share of draws in which each region takes each rank: the rank acceptability index of SMAA-2.

    Lahdelma and Salminen, SMAA-2: stochastic multicriteria acceptability analysis for group
    decision making, Operations Research 49 (3), 2001, 444-454. The weights are drawn from a
    Dirichlet distribution whose parameters are concentration · s for the chosen shares s: each
    share has the mean s and the standard deviation √(s (1 - s) / (concentration + 1)). A weight of
    zero stays zero. Equals share a rank (1, 2, 2, 4).

    Args:
        indicators: for each indicator one normalised value per region, 0 to 100.
        weights: one per indicator, of any sum above zero.
        concentration: the higher, the nearer the draws stay to the chosen weights; above zero.
        draws: how many.
        seed: the same seed gives the same draws.
    """
    chosen = np.array([float(share) for share in shares(weights)])
    drawn = np.zeros((draws, len(chosen)))
    positive = chosen > 0
    random = np.random.default_rng(seed)
    drawn[:, positive] = random.dirichlet(concentration * chosen[positive], size=draws)
    region_count = len(indicators[0])
    scores = np.zeros((draws, region_count))
    # One indicator after the other, so that equal regions get equal scores to the last digit.
    for place, values in enumerate(indicators):
        scores += drawn[:, place, None] * np.array([float(value) for value in values])
    ranks = 1 + (scores[:, None, :] > scores[:, :, None]).sum(axis=2)
    counts = [
        np.bincount(ranks[:, region], minlength=region_count + 1) for region in range(region_count)
    ]
    return RankAcceptability(
        tuple(tuple(Fraction(int(count), draws) for count in found[1:]) for found in counts),
        tuple(int(rank) for rank in ranks.min(axis=0)),
        tuple(int(rank) for rank in ranks.max(axis=0)),
    )


def first_place_change(
    indicators: Sequence[Sequence[Fraction]], weights: Sequence[float]
) -> WeightChange | None:
    """The smallest change of one weight at which another region draws level with the first.

    When the share of one indicator goes from s to t, the others keep their proportions and go to
    (1 - t) / (1 - s) of theirs. The lead over another region is then linear in t,
    t · p + (1 - t) · q with p its lead in this indicator and q its mean lead in the others, and
    zero at t = q / (q - p). (The most critical criterion, as in Triantaphyllou and Sánchez, A
    sensitivity analysis approach for some deterministic multi-criteria decision making methods,
    Decision Sciences 28 (1), 1997, 151-194.) A weight that is all there is cannot be changed so.

    Args:
        indicators: for each indicator one normalised value per region, 0 to 100.
        weights: one per indicator, of any sum above zero.

    Returns:
        The change; None where no change of a single weight does it.

    Raises:
        ValueError: the first place is shared already.
    """
    before = shares(weights)
    scores = composite_scores(indicators, weights)
    first = scores.index(max(scores))
    if scores.count(scores[first]) > 1:
        raise ValueError("the first place is shared")
    changes = []
    for place, values in enumerate(indicators):
        share = before[place]
        if share == 1:
            continue
        for other, score in enumerate(scores):
            lead = values[first] - values[other]
            rest = (scores[first] - score - share * lead) / (1 - share)
            if other == first or rest == lead:
                continue
            after = rest / (rest - lead)
            if 0 <= after <= 1:
                changes.append(WeightChange(place, share, after, other))
    return min(
        changes,
        key=lambda change: (abs(change.after - change.before), change.indicator, change.challenger),
        default=None,
    )
