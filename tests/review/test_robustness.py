"""Ranks under other weights: by hand, and what must hold of any figures."""

from fractions import Fraction
from statistics import mean, stdev

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dashboard.review.composite import competition_ranks, composite_scores, scaled
from dashboard.review.robustness import first_place_change, rank_acceptability, share_deviation

DRAWS = 200


def exact(columns):
    return [[Fraction(value) for value in column] for column in columns]


@st.composite
def tables(draw, least_regions=1):
    """Normalised indicators of regions, and whole weights of which one is above zero."""
    regions = draw(st.integers(least_regions, 17))
    count = draw(st.integers(2, 5))
    points = st.lists(st.integers(0, 10**6), min_size=regions, max_size=regions)
    weights = draw(st.lists(st.integers(0, 100), min_size=count, max_size=count).filter(any))
    return [scaled(draw(points), "minmax") for _ in range(count)], weights


# ---- Rank acceptability, by hand


def test_who_is_best_in_everything_is_always_first():
    found = rank_acceptability(exact([[100, 50, 0], [100, 0, 50]]), [1, 1], 10)
    assert found.shares[0] == (1, 0, 0)
    assert (found.best[0], found.worst[0]) == (1, 1)
    # The other two are mirror images under equal weights: each is second about half of the time.
    assert found.shares[1][1] == pytest.approx(0.5, abs=0.05)
    assert found.shares[1][1] + found.shares[2][1] == pytest.approx(1)
    assert (found.best[1:], found.worst[1:]) == ((2, 2), (3, 3))


def test_uniform_weights_give_the_shares_of_a_line():
    # Two indicators and Dirichlet(1, 1): the first weight t is uniform. The first region has 100 t,
    # the second 100 · (1 - t), the third 60 always. The third is first where 0.4 < t < 0.6: 20 %.
    found = rank_acceptability(exact([[100, 0, 60], [0, 100, 60]]), [1, 1], 2, draws=20_000)
    assert found.shares[2] == pytest.approx((0.2, 0.8, 0), abs=0.02)
    assert found.shares[0] == pytest.approx((0.4, 0.1, 0.5), abs=0.02)


def test_equal_regions_share_every_rank():
    found = rank_acceptability(exact([[70, 70, 10], [30, 30, 90]]), [2, 1], 30)
    assert found.shares[0] == found.shares[1]
    assert found.shares[0][2] == 0  # both first or both second: 1, 1, 3 or 1, 2, 2


def test_a_weight_of_zero_stays_zero():
    found = rank_acceptability(exact([[100, 0], [0, 100]]), [1, 0], 5, DRAWS)
    assert found.shares == ((1, 0), (0, 1))


def test_higher_concentration_stays_nearer():
    table = exact([[100, 0], [0, 98]])
    wide, near = (rank_acceptability(table, [1, 1], many, DRAWS) for many in (3, 3000))
    assert near.shares[0][0] > wide.shares[0][0]


def test_the_same_seed_gives_the_same_draws():
    table = exact([[100, 30, 0], [0, 60, 100]])
    once, again, other = (rank_acceptability(table, [1, 1], 20, DRAWS, seed) for seed in (1, 1, 2))
    assert once == again
    assert once != other


def test_spread_is_the_stated_one():
    """One region's score is the drawn share itself: mean s, deviation √(s (1 - s) / (c + 1))."""
    # 99 fixed regions are the marks of a ruler: the rank of the first tells its score.
    ruler = [100, *range(1, 100)]
    found = rank_acceptability(exact([ruler, [0, *range(1, 100)]]), [3, 7], 20, draws=20_000)
    scores = [
        100 - rank
        for rank, share in enumerate(found.shares[0], 1)
        for _ in range(round(share * 20_000))
    ]
    assert mean(scores) == pytest.approx(30, abs=1)
    stated = share_deviation(Fraction(3, 10), 20)
    assert stated == pytest.approx((0.3 * 0.7 / 21) ** 0.5)  # 0.1
    assert stdev(scores) == pytest.approx(100 * stated, rel=0.05)


# ---- Rank acceptability, always


@settings(deadline=None)
@given(tables(), st.integers(1, 200))
def test_a_region_takes_some_rank_in_every_draw(table, concentration):
    indicators, weights = table
    found = rank_acceptability(indicators, weights, concentration, DRAWS)
    for region, of_region in enumerate(found.shares):
        assert sum(of_region) == pytest.approx(1)
        taken = [rank for rank, share in enumerate(of_region, 1) if share]
        assert (found.best[region], found.worst[region]) == (taken[0], taken[-1])


@settings(deadline=None)
@given(tables(), st.integers(1, 200))
def test_without_ties_every_rank_is_taken_once(table, concentration):
    indicators, weights = table
    weighed = [column for column, weight in zip(indicators, weights, strict=True) if weight]
    assume(len(set(zip(*weighed, strict=True))) == len(indicators[0]))
    found = rank_acceptability(indicators, weights, concentration, DRAWS)
    for of_rank in zip(*found.shares, strict=True):
        assert sum(of_rank) == pytest.approx(1)


@settings(deadline=None)
@given(tables(), st.integers(1, 50))
def test_scaling_all_weights_changes_no_draw(table, factor):
    indicators, weights = table
    once = rank_acceptability(indicators, weights, 30, DRAWS)
    assert rank_acceptability(indicators, [factor * w for w in weights], 30, DRAWS) == once


@settings(deadline=None)
@given(tables(), st.randoms())
def test_the_order_of_regions_changes_no_draw(table, random):
    indicators, weights = table
    order = random.sample(range(len(indicators[0])), len(indicators[0]))
    shuffled = [[column[place] for place in order] for column in indicators]
    before = rank_acceptability(indicators, weights, 30, DRAWS).shares
    after = rank_acceptability(shuffled, weights, 30, DRAWS).shares
    assert after == tuple(before[place] for place in order)


@settings(deadline=None)
@given(tables(), st.data())
def test_all_weight_on_one_indicator_leaves_nothing_to_chance(table, data):
    indicators, _ = table
    chosen = data.draw(st.integers(0, len(indicators) - 1))
    weights = [int(place == chosen) for place in range(len(indicators))]
    found = rank_acceptability(indicators, weights, 30, DRAWS)
    ranks = competition_ranks(indicators[chosen])
    assert list(found.best) == list(found.worst) == ranks


# ---- The smallest change of one weight


def test_smallest_change():
    # Equal weights: 50 against 48. With t on the first indicator: 60 t + 40 (1 - t) = 40 + 20 t
    # against 20 t + 76 (1 - t) = 76 - 56 t; level at 76 t = 36, t = 9/19 = 47.4 %.
    found = first_place_change(exact([[60, 20], [40, 76]]), [1, 1])
    assert (found.indicator, found.challenger) == (0, 1)
    assert (found.before, found.after) == (Fraction(1, 2), Fraction(9, 19))


def test_no_change_moves_who_is_ahead_in_everything():
    assert first_place_change(exact([[60, 20], [40, 30]]), [1, 1]) is None


def test_a_weight_of_zero_can_grow():
    # Only the first counts. With t on the second: 100 (1 - t) against 90 (1 - t) + 100 t: t = 1/11.
    found = first_place_change(exact([[100, 90], [0, 100]]), [1, 0])
    assert (found.indicator, found.before, found.after) == (1, 0, Fraction(1, 11))


def test_a_shared_first_place_cannot_be_changed():
    with pytest.raises(ValueError, match="shared"):
        first_place_change(exact([[60, 60], [40, 40]]), [1, 1])


@given(tables(least_regions=2))
def test_at_the_change_the_challenger_is_level_and_before_it_nobody_is(table):
    indicators, weights = table
    scores = composite_scores(indicators, weights)
    first = scores.index(max(scores))
    assume(scores.count(scores[first]) == 1)
    found = first_place_change(indicators, weights)
    assume(found is not None)

    def at(share):
        total = sum(weights)
        others = [
            share if place == found.indicator
            else Fraction(weight, total) * (1 - share) / (1 - found.before)
            for place, weight in enumerate(weights)
        ]  # fmt: skip
        return composite_scores(indicators, others)

    level = at(found.after)
    assert level[first] == level[found.challenger] == max(level)
    short_of_it = at(found.before + (found.after - found.before) * Fraction(999, 1000))
    assert competition_ranks(short_of_it)[first] == 1
    assert short_of_it.count(max(short_of_it)) == 1
