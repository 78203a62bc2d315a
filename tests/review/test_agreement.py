"""Agreement between judges, worked out by hand."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from dashboard.review.agreement import concordance, spread
from dashboard.review.panel import Criterion, PointSheet

PLAN = Criterion("plan", "document", "계획", "Plan", Decimal(10))


def totals(*judges):
    return [dict(zip("ABCDEF", map(Decimal, judge), strict=False)) for judge in judges]


def test_concordance_of_three_judges_without_ties():
    # Ranks 1 2 3 4, 1 3 2 4, 2 1 3 4: sums 4 6 8 12, their mean 7.5,
    # S = 12.25 + 2.25 + 0.25 + 20.25 = 35, W = 12 · 35 / (9 · 60) = 420 / 540
    found = concordance("ABCD", totals([9, 8, 7, 6], [9, 7, 8, 6], [8, 9, 7, 6]))
    assert (found.w, found.judges, found.applicants) == (Fraction(7, 9), 3, 4)


def test_concordance_is_corrected_for_ties():
    # Ranks 1.5 1.5 3 and 1 2 3: sums 2.5 3.5 6, mean 4, S = 2.25 + 0.25 + 4 = 6.5, T = 8 - 2 = 6,
    # W = 12 · 6.5 / (4 · 24 - 2 · 6) = 78 / 84
    assert concordance("ABC", totals([10, 10, 5], [9, 8, 7])).w == Fraction(13, 14)
    # Two judges with the same tie agree completely: S = 6, W = 72 / (96 - 2 · 12)
    assert concordance("ABC", totals([10, 10, 5], [9, 9, 7])).w == 1


def test_opposite_judges_do_not_agree_at_all():
    assert concordance("ABC", totals([3, 2, 1], [1, 2, 3])).w == 0


def test_a_judge_recused_from_one_applicant_is_left_out():
    found = concordance("ABC", totals([3, 2, 1], [1, 2], [3, 2, 1]))
    assert (found.w, found.judges) == (1, 2)


def test_without_two_judges_two_applicants_or_any_difference_there_is_none():
    assert concordance("ABC", totals([3, 2, 1])).w is None
    assert concordance("A", totals([3], [2])).w is None
    assert concordance("AB", totals([3, 3], [2, 2])).w is None


@given(st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=2, max_size=6))
def test_concordance_lies_between_none_and_complete(judges):
    found = concordance("ABCD", totals(*judges)).w
    assert found is None or 0 <= found <= 1


def test_spread_of_one_criterion():
    given_points = [
        PointSheet(f"j{n}", "A", {"plan": Decimal(points)}) for n, points in enumerate((9, 6, 7))
    ]
    blank = PointSheet("j9", "A", {})
    (row,) = spread(["A", "B"], [PLAN], [*given_points, blank])
    assert (row.judges, row.lowest, row.median, row.highest) == (3, 6, 7, 9)
    # Mean 22 / 3; deviations -4/3, -1/3, 5/3; their squares 42 / 9 over two: √(7 / 3) = 1.52752…
    assert round(row.mean, 5) == Decimal("7.33333")
    assert round(row.deviation, 5) == Decimal("1.52753")


def test_a_single_judge_has_no_deviation():
    (row,) = spread(["A"], [PLAN], [PointSheet("j1", "A", {"plan": Decimal(7)})])
    assert row.deviation is None
