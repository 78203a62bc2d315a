"""Normalising, weighting and adding up: by hand, and what must hold of any figures."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.review.composite import (
    competition_ranks,
    complete_cases,
    composite_scores,
    scaled,
    shares,
)

SCALES = ("minmax", "percentile")
values = st.one_of(
    st.integers(0, 10**13), st.floats(-1e6, 1e6, allow_nan=False), st.sampled_from([1, 2, 3])
)


@st.composite
def tables(draw, least_regions=1):
    """2 to 5 indicators of 1 to 17 regions, with whole weights of which one is above zero."""
    regions = draw(st.integers(least_regions, 17))
    count = draw(st.integers(2, 5))
    columns = [draw(st.lists(values, min_size=regions, max_size=regions)) for _ in range(count)]
    weights = draw(st.lists(st.integers(0, 100), min_size=count, max_size=count).filter(any))
    return columns, weights


def scores_of(columns, weights, scale):
    return composite_scores([scaled(column, scale) for column in columns], weights)


# ---- By hand


def test_min_max():
    # (20 - 10) / (50 - 10) = 1/4
    assert scaled([10, 20, 50], "minmax") == [0, 25, 100]
    assert scaled([10, 20, 50], "minmax", is_up_good=False) == [100, 75, 0]


def test_percentile_rank():
    # Below 20: one of three others, and one of them equal counts half: 100 · 1.5 / 3 = 50.
    assert scaled([10, 20, 20, 90], "percentile") == [0, 50, 50, 100]
    assert scaled([10, 20, 20, 90], "percentile", is_up_good=False) == [100, 50, 50, 0]


@pytest.mark.parametrize("scale", SCALES)
def test_where_all_are_equal_nobody_is_ahead(scale):
    assert scaled([7, 7, 7], scale) == [50, 50, 50]
    assert scaled([7], scale) == [50]
    assert scaled([], scale) == []


def test_composite():
    # Weights 3 : 1. 0.75 · 100 + 0 = 75; 0.75 · 25 + 0.25 · 100 = 43.75; 0 + 0.25 · 50 = 12.5
    columns = [[100, 25, 0], [0, 100, 50]]
    indicators = [[Fraction(value) for value in column] for column in columns]
    assert composite_scores(indicators, [3, 1]) == [75, Fraction("43.75"), Fraction("12.5")]


def test_ranks_skip_after_ties():
    assert competition_ranks([5, 9, 9, 1]) == [3, 1, 1, 4]
    assert competition_ranks([]) == []


def test_scores_are_ranked_before_rounding():
    close = [Fraction(1, 3), Fraction(1, 3) + Fraction(1, 10**30)]
    assert competition_ranks(close) == [2, 1]


def test_what_regions_lack():
    figures = {"a": {"KR-27": 1.0, "KR-11": 2.0}, "b": {"KR-27": 3.0, "KR-26": 4.0}}
    assert complete_cases(figures) == (["KR-27"], {"KR-11": ("b",), "KR-26": ("a",)})


@pytest.mark.parametrize("weights", [[0, 0], [-1, 2]])
def test_weights_that_weigh_nothing_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        shares(weights)


# ---- Always


@given(st.lists(values, min_size=2, max_size=17), st.sampled_from(SCALES), st.booleans())
def test_a_scale_keeps_the_order_and_its_ends(column, scale, is_up_good):
    found = scaled(column, scale, is_up_good)
    assert all(0 <= value <= 100 for value in found)
    sign = 1 if is_up_good else -1
    assert competition_ranks(found) == competition_ranks([sign * Fraction(x) for x in column])
    if scale == "minmax" and len(set(column)) > 1:
        assert (min(found), max(found)) == (0, 100)


@given(tables(), st.sampled_from(SCALES), st.integers(1, 1000))
def test_scaling_all_weights_changes_nothing(table, scale, factor):
    columns, weights = table
    assert scores_of(columns, [factor * weight for weight in weights], scale) == scores_of(
        columns, weights, scale
    )


@given(tables(), st.sampled_from(SCALES), st.randoms())
def test_the_order_of_regions_does_not_matter(table, scale, random):
    columns, weights = table
    order = random.sample(range(len(columns[0])), len(columns[0]))
    shuffled = [[column[place] for place in order] for column in columns]
    before = scores_of(columns, weights, scale)
    assert scores_of(shuffled, weights, scale) == [before[place] for place in order]


@given(tables(), st.sampled_from(SCALES), st.data())
def test_all_weight_on_one_indicator_gives_its_own_ranking(table, scale, data):
    columns, _ = table
    chosen = data.draw(st.integers(0, len(columns) - 1))
    weights = [int(place == chosen) for place in range(len(columns))]
    found = competition_ranks(scores_of(columns, weights, scale))
    assert found == competition_ranks([Fraction(value) for value in columns[chosen]])
