"""Bounds of what must be true, against cases worked by hand."""

from math import inf

import pytest

from dashboard.bounds.bounds import bounds
from dashboard.bounds.programme import accept
from dashboard.bounds.statements import Kind, Statement

REGIONS = ("A", "B", "C", "D", "E")


def says(number, kind, year, regions, low, high=None):
    return Statement(f"s{number}", kind, year, tuple(regions), low, low if high is None else high)


def figure(number, region, value, year=2019):
    return says(number, Kind.FIGURE, year, [region], value)


def bound_of(found, region, year=2019):
    return next(one for one in found.cells if (one.region, one.year) == (region, year))


# ---- Worked by hand


def test_a_region_is_ranked_for_certain_where_the_others_cannot_reach_it_together():
    """Known are 100 and 40 of 150; the three others share 10, so none of them can have 40."""
    found = bounds(
        {2019: REGIONS},
        [figure(1, "A", 100), figure(2, "B", 40), says(3, Kind.TOTAL, 2019, REGIONS, 150)],
    )
    first, second, third = (bound_of(found, region) for region in "ABC")
    assert (first.rank_best, first.rank_worst) == (1, 1)
    assert (second.rank_best, second.rank_worst) == (2, 2)
    assert (third.low, third.high) == (0, 10)
    assert (third.rank_best, third.rank_worst) == (3, 5)
    assert set(third.high_binding) == {"s1", "s2", "s3"}


def test_only_so_many_are_above_as_can_be_above_at_the_same_time():
    """Eight regions share 21,123: two of them can have 9,297, for three 27,891 were needed."""
    regions = [f"R{number}" for number in range(9)]
    found = bounds(
        {2019: regions},
        [figure(1, "R0", 9296), says(2, Kind.TOTAL, 2019, regions, 9296 + 21123)],
    )
    mine = bound_of(found, "R0")
    assert (mine.rank_best, mine.rank_worst) == (1, 3)


def test_a_growth_printed_with_one_decimal_bounds_the_year_before():
    """14,646 is 2.3 to 2.5 per cent less: 14,646 / 0.977 = 14,990.8 and / 0.975 = 15,021.5."""
    found = bounds(
        {2023: ["A"], 2024: ["A"]},
        [figure(1, "A", 14646, 2024), says(2, Kind.GROWTH, 2024, ["A"], -2.5, -2.3)],
    )
    former = bound_of(found, "A", 2023)
    assert (former.low, former.high) == (14991, 15021)
    assert set(former.low_binding) == set(former.high_binding) == {"s1", "s2"}


def test_nothing_bounds_a_region_of_which_nothing_is_printed():
    found = bounds({2019: REGIONS}, [figure(1, "A", 5)])
    assert (bound_of(found, "B").low, bound_of(found, "B").high) == (0, inf)
    assert (bound_of(found, "A").rank_best, bound_of(found, "A").rank_worst) == (1, 5)


def test_equal_figures_share_the_better_place():
    found = bounds({2019: REGIONS[:3]}, [figure(1, "A", 7), figure(2, "B", 7), figure(3, "C", 6)])
    places = [(one.rank_best, one.rank_worst) for one in found.cells]
    assert places == [(1, 1), (1, 1), (3, 3)]


def test_the_lighter_of_two_that_cannot_both_be_true_is_left_out_and_says_what_it_contradicts():
    """60 of 100 is 60.0 per cent; 59.0 with a unit of its last digit is at most 59.1."""
    found = bounds(
        {2019: REGIONS},
        [
            figure(1, "A", 60),
            figure(2, "B", 10),
            says(3, Kind.TOTAL, 2019, REGIONS, 100),
            says(4, Kind.SHARE, 2019, ["A"], 58.9, 59.1),
            says(5, Kind.SHARE, 2019, ["C"], 19.9, 20.1),
        ],
    )
    assert found.left_out == {"s4": ("s1", "s3")}
    assert (bound_of(found, "C").low, bound_of(found, "C").high) == (20, 20)


def test_a_figure_is_left_out_where_it_contradicts_a_weightier_sum():
    """A and B have 50 together, so neither has 60."""
    kept, left_out = accept(
        {2019: REGIONS},
        [says(1, Kind.FIGURE, 2019, "AB", 50), figure(2, "A", 60), figure(3, "B", 20)],
    )
    assert [one.statement_id for one in kept] == ["s1", "s3"]
    assert left_out == {"s2": ("s1",)}


@pytest.mark.parametrize("kind", [Kind.SHARE, Kind.GROWTH])
def test_a_percentage_of_years_without_a_total_still_binds(kind):
    """A has 40 and half of all: 80 in all, so 40 for the others; or half more than 40: 60."""
    areas = {2018: REGIONS, 2019: REGIONS}
    statements = [figure(1, "A", 40, 2018)]
    if kind is Kind.SHARE:
        statements.append(says(2, kind, 2018, ["A"], 50, 50))
        assert bound_of(bounds(areas, statements), "B", 2018).high == 40
    else:
        statements.append(says(2, kind, 2019, ["A"], 50, 50))
        assert bound_of(bounds(areas, statements), "A", 2019).high == 60


# ---- Announced ranks and upper limits


def test_an_announced_rank_bounds_a_figure_that_nobody_prints():
    """A has 50 of 100 and B is second: the others share 50, and B has most of it.

    No more than 49, one fewer than A; no fewer than a quarter, 12.5, so 13. Of C, D and E one could
    have as much as B, 25 each.
    """
    statements = [figure(1, "A", 50), says(2, Kind.TOTAL, 2019, REGIONS, 100)]
    statements.append(says(3, Kind.RANK, 2019, ["B"], 2))
    found = bounds({2019: REGIONS}, statements)
    second, other = bound_of(found, "B"), bound_of(found, "C")
    assert (second.low, second.high, second.rank_best, second.rank_worst) == (13, 49, 2, 2)
    assert (other.low, other.high, other.rank_best, other.rank_worst) == (0, 25, 2, 5)
    assert set(other.high_binding) == {"s1", "s2", "s3"}


def test_an_announced_rank_leaves_open_who_is_above():
    """A has 30 of 100 and is third of five: two of the others have 31 or more of the 70.

    So one of these has at most 70 - 31 = 39, and one is no third that is above.
    """
    statements = [figure(1, "A", 30), says(2, Kind.TOTAL, 2019, REGIONS, 100)]
    statements.append(says(3, Kind.RANK, 2019, ["A"], 3))
    found = bounds({2019: REGIONS}, statements)
    one, other = bound_of(found, "A"), bound_of(found, "B")
    assert (other.low, other.high, other.rank_best, other.rank_worst) == (0, 39, 1, 5)
    assert (one.rank_best, one.rank_worst) == (3, 3)


def test_a_rank_that_contradicts_figures_is_left_out_and_tightens_nothing():
    """B with 20 cannot be first beside the 30 of A."""
    statements = [figure(1, "A", 30), figure(2, "B", 20), says(3, Kind.RANK, 2019, ["B"], 1)]
    found = bounds({2019: REGIONS}, statements)
    assert found.left_out == {"s3": ("s1", "s2")}
    assert bound_of(found, "C").high == inf


def test_two_ranks_that_contradict_each_other_leave_the_later_one_out():
    """B is not second behind A where it is third behind two."""
    areas = {2019: REGIONS[:3]}
    total = says(1, Kind.TOTAL, 2019, REGIONS[:3], 60)
    ranks = [says(n, Kind.RANK, 2019, ["B"], n) for n in (3, 2)]
    found = bounds(areas, [total, *ranks])
    assert found.left_out == {"s2": ("s1", "s3")}
    assert (bound_of(found, "B").rank_best, bound_of(found, "B").rank_worst) == (3, 3)
    # Two have one more than B: 3 x 19 + 2 = 59, and 3 x 20 + 2 is more than 60.
    assert bound_of(found, "B").high == 19


def test_a_region_that_the_count_left_out_takes_no_place():
    """B is second of those counted; E may stand above it without having been counted."""
    rank = Statement("s9", Kind.RANK, 2019, ("B",), 2, 2, ("E",))
    found = bounds(
        {2019: REGIONS}, [figure(1, "A", 50), figure(2, "B", 40), figure(3, "E", 45), rank]
    )
    assert not found.left_out
    assert bound_of(found, "C").high == 40
    assert (bound_of(found, "B").rank_best, bound_of(found, "B").rank_worst) == (3, 3)


def test_fewer_than_n_each_and_a_share_below_are_upper_limits_only():
    """Fewer than 100 are at most 99; under 1 per cent of 5,000 at most 50. Neither binds below."""
    statements = [
        says(1, Kind.TOTAL, 2019, REGIONS, 5000),
        says(2, Kind.FEWER, 2019, ["A"], 0, 99),
        says(3, Kind.SHARE_BELOW, 2019, ["B"], 0, 1),
    ]
    found = bounds({2019: REGIONS}, statements)
    limits = [(bound_of(found, r).low, bound_of(found, r).high) for r in "AB"]
    assert limits == [(0, 99), (0, 50)]
    assert bound_of(found, "A").low_binding == ()
    assert bound_of(found, "B").high_binding == ("s1", "s3")
