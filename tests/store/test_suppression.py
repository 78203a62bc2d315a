"""Small counts: what is withheld, what goes with it, and what can be computed back all the same."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import QuestionFault
from dashboard.settings import PROJECT_ROOT
from dashboard.store.suppression import Protection, read_protection, withhold

PARTS = Protection("visit_count", ("spending_krw",), ("month",))


def rows(*counts, month="2026-10"):
    return [
        {"month": month, "visit_count": count, "spending_krw": 1000, "is_withheld": False}
        for count in counts
    ]


def shown(*counts, threshold=3):
    found, _ = withhold(rows(*counts), PARTS, threshold)
    return [row["visit_count"] for row in found]


def test_a_count_under_three_goes_with_the_next_smallest():
    # 2 is withheld; 20 - 10 - 8 would give it away, so the smaller of 10 and 8 goes with it.
    assert shown(10, 2, 8) == [10, None, None]


def test_two_small_counts_need_no_third():
    assert shown(10, 2, 1, 8) == [10, None, None, 8]


def test_zero_is_no_person_and_stays():
    assert shown(10, 0, 8) == [10, 0, 8]
    assert shown(10, 0, 2, 8) == [10, 0, None, None]


def test_no_data_stays_no_data():
    found, count = withhold(rows(None, 5), PARTS, 3)
    assert [(row["visit_count"], row["is_withheld"]) for row in found] == [
        (None, False),
        (5, False),
    ]
    assert count == 0


def test_what_goes_with_a_count_is_withheld_too():
    found, count = withhold(rows(10, 2, 8), PARTS, 3)
    assert [row["spending_krw"] for row in found] == [1000, None, None]
    assert [row["is_withheld"] for row in found] == [False, True, True]
    assert count == 2


def test_each_total_is_protected_by_itself():
    found, _ = withhold(rows(10, 2) + rows(10, 20, month="2026-11"), PARTS, 3)
    assert [row["visit_count"] for row in found] == [None, None, 10, 20]


# ---- Attempts to compute a withheld count back: what is promised, and what is not


@given(st.lists(st.one_of(st.none(), st.integers(0, 12)), max_size=8), st.integers(1, 6))
def test_the_total_less_what_is_shown_is_never_one_withheld_count(counts, threshold):
    found = shown(*counts, threshold=threshold)
    assert all(after in (before, None) for before, after in zip(counts, found, strict=True))
    assert not [seen for seen in found if seen and seen < threshold]
    hidden = [
        count
        for count, seen in zip(counts, found, strict=True)
        if count is not None and seen is None
    ]
    total = sum(count for count in counts if count)
    rest = total - sum(seen for seen in found if seen)
    assert rest == sum(hidden)
    # One alone only where nothing else was counted that could hide it: then the total is the count.
    assert len(hidden) != 1 or rest == total


def worlds(found, total, threshold=3):
    """All counts that would be shown so, for somebody who knows the total and the rule."""
    places = [place for place, seen in enumerate(found) if seen is None]
    rest = total - sum(seen for seen in found if seen)
    for parts in product(range(1, rest + 1), repeat=len(places)):
        whole = list(found)
        for place, part in zip(places, parts, strict=True):
            whole[place] = part
        if sum(parts) == rest and shown(*whole, threshold=threshold) == found:
            yield tuple(whole)


def test_whoever_knows_total_and_rule_is_mostly_left_with_several_possibilities():
    # Of the pair 2 and 8 the sum is known, 20 − 10 = 10, and not its parts: 1 + 9 and 2 + 8, each
    # in either place. 3 + 7 would have nothing to hide, and 10 is not below the 10 that is shown.
    assert set(worlds(shown(10, 2, 8), 20)) == {
        (10, 1, 9), (10, 9, 1), (10, 2, 8), (10, 8, 2),
    }  # fmt: skip


@pytest.mark.parametrize(
    "counts",
    [
        # The withheld sum is 2, and a withheld count is at least 1: 1 and 1.
        (1, 1, 9),
        # The withheld sum is 10. What went along is the smallest of the others and thus at most 8,
        # so that it is 8 and the small one 2; of two eights the first goes: it stands first.
        (8, 8, 2),
    ],
)
def test_not_promised_that_the_rule_itself_gives_nothing_away(counts):
    assert set(worlds(shown(*counts), sum(counts))) == {counts}


def test_not_promised_that_several_answers_together_give_nothing_away():
    # Visits of two nationalities in two departments: A 2 and 8, B 10 and 10.
    of_a, of_b = shown(2, 8), shown(10, 10)
    assert (of_a, of_b) == ([None, None], [10, 10])
    by_department = shown(2 + 10, 8 + 10)
    assert by_department == [12, 18]
    # Each answer keeps its own promise; the second less the first is the small count: 12 − 10 = 2.
    assert [whole - part for whole, part in zip(by_department, of_b, strict=True)] == [2, 8]


def test_the_docs_promise_no_more():
    said = (PROJECT_ROOT / "docs" / "handing_in.md").read_text("utf-8")
    assert "of one answer never leaves a single withheld count" in said
    assert "several answers put together" in said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("visit_count", Protection("visit_count", (), ())),
        ("visit_count per month", Protection("visit_count", (), ("month",))),
        (
            "visit_count with spending_krw, days per region, month",
            Protection("visit_count", ("spending_krw", "days"), ("region", "month")),
        ),
    ],
)
def test_the_rule_is_read_from_the_header(text, expected):
    assert read_protection(text) == expected


@pytest.mark.parametrize("text", ["", "Visits per month", "visit_count by month", "a per b per c"])
def test_a_rule_that_cannot_be_read_is_a_fault(text):
    with pytest.raises(QuestionFault):
        read_protection(text)
