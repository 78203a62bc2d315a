"""Small counts: what is withheld, what goes with it, and that it cannot be computed back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import QuestionFault
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


@given(st.lists(st.one_of(st.none(), st.integers(0, 12)), max_size=8), st.integers(1, 6))
def test_a_known_total_never_gives_a_withheld_count_away(counts, threshold):
    found = shown(*counts, threshold=threshold)
    hidden = [
        count
        for count, seen in zip(counts, found, strict=True)
        if count is not None and seen is None
    ]
    assert not [seen for seen in found if seen and seen < threshold]
    # One alone would be the total less the rest, unless no other count was there to hide it.
    if len(hidden) == 1:
        assert [count for count in counts if count] == hidden
    for before, after in zip(counts, found, strict=True):
        assert after in (before, None)


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
