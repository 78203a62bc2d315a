"""Bounds of what must be true, against hand-worked cases, all small tables, and random ones."""

import itertools
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.bounds.bounds import bounds
from dashboard.bounds.programme import UNBOUNDED, Programme, accept
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


# ---- All tables of a few persons


@given(
    st.lists(st.integers(0, 4), min_size=4, max_size=4),
    st.sets(st.sampled_from(range(4))),
    st.integers(0, 2),
    st.booleans(),
)
@settings(max_examples=60)
def test_ends_and_ranks_are_those_of_all_tables_that_agree(values, known, half, has_total):
    """Intervals of single figures and of their sum: whole tables attain what is found."""
    regions = REGIONS[:4]
    ranges = [(max(v - half, 0), v + half) if n in known else (0, 4) for n, v in enumerate(values)]
    ranges = [(low, min(high, 4)) for low, high in ranges]
    statements = [
        says(n, Kind.FIGURE, 2019, [regions[n]], low, high) for n, (low, high) in enumerate(ranges)
    ]
    if has_total:
        statements.append(says(9, Kind.TOTAL, 2019, regions, sum(values)))
    tables = [
        table
        for table in itertools.product(*(range(low, high + 1) for low, high in ranges))
        if not has_total or sum(table) == sum(values)
    ]
    found = bounds({2019: regions}, statements)
    for n, region in enumerate(regions):
        ranks = [1 + sum(other > table[n] for other in table) for table in tables]
        one = bound_of(found, region)
        assert (one.low, one.high) == (min(t[n] for t in tables), max(t[n] for t in tables))
        assert (one.rank_best, one.rank_worst) == (min(ranks), max(ranks))


# ---- Random tables, printed in part


def last_digit(draw, value, decimals):
    """A percentage as printed: cut or rounded, which is at most one unit off."""
    unit = 10.0**-decimals
    printed = (int if draw(st.booleans()) else round)(value / unit) * unit
    return printed - unit, printed + unit


@st.composite
def printed_records(draw):
    """A complete table of two years, and statements of which all are true."""
    truth = {
        (region, year): draw(st.integers(0, 5000)) for year in (2018, 2019) for region in REGIONS
    }
    statements = []
    for number in range(draw(st.integers(1, 9))):
        year = draw(st.sampled_from((2018, 2019)))
        kind = draw(st.sampled_from(tuple(Kind)))
        size = 5 if kind is Kind.TOTAL else draw(st.integers(1, 2))
        regions = tuple(sorted(draw(st.permutations(REGIONS))[:size]))
        value = sum(truth[region, year] for region in regions)
        low = high = float(value)
        if kind is Kind.FIGURE and draw(st.booleans()):
            unit = 10 ** draw(st.integers(1, 3))
            printed = round(value / unit) * unit
            low, high = printed - unit / 2, printed + unit / 2
        if kind is Kind.SHARE:
            total = sum(truth[region, year] for region in REGIONS)
            if not total:
                continue
            low, high = last_digit(draw, 100 * value / total, draw(st.integers(0, 2)))
        if kind is Kind.GROWTH:
            former = sum(truth[region, 2018] for region in regions)
            if year == 2018 or not former:
                continue
            low, high = last_digit(draw, 100 * value / former - 100, draw(st.integers(0, 2)))
        statements.append(Statement(f"s{number}", kind, year, regions, low, high))
    return truth, statements


def agrees(statement, table):
    """Whether a table is as a statement says, but for what a solver may be off by."""
    value = sum(table[region, statement.year] for region in statement.regions)
    factor = 1.0
    if statement.kind is Kind.SHARE:
        factor = sum(table[region, statement.year] for region in REGIONS) / 100
    if statement.kind is Kind.GROWTH:
        value -= sum(table[region, statement.year - 1] for region in statement.regions)
        factor = sum(table[region, statement.year - 1] for region in statement.regions) / 100
    return statement.low * factor - 0.01 <= value <= statement.high * factor + 0.01


@given(printed_records())
@settings(max_examples=60)
def test_no_bound_is_tighter_than_the_truth_and_some_table_attains_each(drawn):
    truth, statements = drawn
    areas = {2018: REGIONS, 2019: REGIONS}
    found = bounds(areas, statements)
    assert not found.left_out
    programme = Programme(areas, statements)
    for one in found.cells:
        cell = (one.region, one.year)
        assert one.low <= truth[cell] <= one.high
        rank = 1 + sum(truth[other, one.year] > truth[cell] for other in REGIONS)
        assert one.rank_best <= rank <= one.rank_worst
        for optimum, end in (
            (programme.least({cell: 1.0}), one.low),
            (programme.greatest({cell: 1.0}), min(one.high, UNBOUNDED)),
        ):
            table = {other: truth[other] for other in truth} | dict(optimum.table)
            assert abs(table[cell] - end) < 1.001
            assert all(agrees(statement, table) for statement in statements)


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
