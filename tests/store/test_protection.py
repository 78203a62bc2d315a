"""Own patients' counts: how they are changed, what never appears, what an attacker is left with."""

import csv
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy.optimize import linprog

from dashboard.errors import QuestionFault
from dashboard.settings import PROJECT_ROOT, Settings
from dashboard.store.protection import (
    KEYS,
    SHARES,
    Amount,
    Protection,
    largest_change,
    protect,
    protected_count,
    read_protection,
)
from scripts.perturbation_table import THRESHOLDS, distribution, variance

RULE = Protection(
    {"visit_count": "visit_key", "spending_count": "spending_key"},
    Amount("spending_krw", "spending_largest", "spending_count"),
)
LOWEST, HIGHEST = 0, KEYS - 1
MIDDLE = KEYS // 2


@pytest.fixture(scope="module")
def table():
    """Threshold and count → change → share of the keys, as the file has them."""
    found = defaultdict(dict)
    path = PROJECT_ROOT / "data" / "protection" / "perturbation_table.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            cell = found[int(line["threshold"]), int(line["count"])]
            cell[int(line["change"])] = int(line["parts"])
    return found


def test_the_table_changes_nothing_on_average_and_every_count_as_much(table):
    assert {threshold for threshold, _count in table} == set(THRESHOLDS)
    for (threshold, count), parts in table.items():
        assert sum(parts.values()) == SHARES
        assert not [one for one in parts if count + one < 0 or 0 < count + one < threshold]
        mean = sum(change * part for change, part in parts.items()) / SHARES
        spread = sum(change**2 * part for change, part in parts.items()) / SHARES
        assert mean == pytest.approx(0, abs=0.005)
        assert spread == pytest.approx(variance(threshold), rel=0.01)


@pytest.mark.parametrize("threshold", [2, 3, 10])
def test_the_file_is_what_its_script_prints(table, threshold):
    counts = [count for one, count in table if one == threshold]
    for count in counts:
        assert table[threshold, count] == distribution(count, threshold)
    # From there on a count is far enough from what may not appear, and all are changed alike.
    assert list(distribution(counts[-1] + 5, threshold)) == list(table[threshold, counts[-1]])


def test_one_visit_by_hand():
    # Of 65,536 parts of the keys 48,137 take one visit away: below 48,137 × 65,536 it is 0 visits,
    # from there on three, the least that may appear, and at the end six, 1 + 5.
    assert protected_count(1, LOWEST, 3) == 0
    assert protected_count(1, 48_137 * 65_536 - 1, 3) == 0
    assert protected_count(1, 48_137 * 65_536, 3) == 3
    assert protected_count(1, HIGHEST, 3) == 6
    assert largest_change(3) == 5


def test_a_large_count_is_changed_no_more_than_a_small_one():
    assert [protected_count(100_000, key, 3) for key in (LOWEST, MIDDLE, HIGHEST)] == [
        99_995, 100_000, 100_005,
    ]  # fmt: skip


def test_nothing_counted_stays_nothing_and_no_data_no_data():
    assert protected_count(0, MIDDLE, 3) == 0
    assert protected_count(None, None, 3) is None


@given(st.integers(1, 10_000), st.integers(LOWEST, HIGHEST), st.integers(2, 10))
def test_no_small_count_appears_and_none_far_from_the_true_one(count, key, threshold):
    shown = protected_count(count, key, threshold)
    assert shown == 0 or shown >= threshold
    assert abs(shown - count) <= largest_change(threshold)


# ---- Rows of an answer


def row(count, key=MIDDLE, *, spent=None, payers=0, largest=()):
    return {
        "month": "2026-10", "visit_count": count, "visit_key": key, "spending_krw": spent,
        "spending_count": payers, "spending_key": key, "spending_largest": largest,
    }  # fmt: skip


def shown(*rows, **chosen):
    return protect(rows, RULE, Settings(**chosen))


def test_keys_and_payments_never_leave():
    ((found,), withheld) = shown(row(40, spent=4_000_000, payers=40, largest=(200_000, 150_000)))
    assert found == {
        "month": "2026-10", "visit_count": 40, "spending_count": 40, "spending_krw": 4_000_000,
        "is_withheld": False, "is_spending_withheld": False, "is_exact": False,
    }  # fmt: skip
    assert withheld == 0


def test_a_row_that_now_counts_nothing_is_none():
    """It would say that there was a visit."""
    rows, withheld = shown(row(1, LOWEST), row(2, LOWEST), row(1, HIGHEST))
    assert [one["visit_count"] for one in rows] == [6]
    assert withheld == 0


def test_what_was_counted_without_keys_is_withheld_and_said_to_be():
    ((found,), withheld) = shown(row(40, None, spent=4_000_000, payers=40, largest=(1, 1)))
    assert (found["visit_count"], found["spending_krw"]) == (None, None)
    assert found["is_withheld"]
    assert found["is_spending_withheld"]
    assert withheld == 2


@pytest.mark.parametrize(
    ("spent", "payers", "largest", "expected"),
    [
        # Ten payments; the two largest are 750,000 of 1,000,000: three quarters, not more.
        (1_000_000, 10, (400_000, 350_000), 1_000_000),
        (1_000_000, 10, (400_000, 350_001), None),
        (1_000_000, 9, (100_000, 100_000), None),
        # To three digits: 1,234,567 is 1,230,000, and 987 stays.
        (1_234_567, 30, (50_000, 50_000), 1_230_000),
        (987, 10, (99, 98), 987),
    ],
)
def test_an_amount_needs_payers_of_whom_none_dominates(spent, payers, largest, expected):
    ((found,), _) = shown(row(40, spent=spent, payers=payers, largest=largest))
    assert found["spending_krw"] == expected
    assert found["is_spending_withheld"] == (expected is None)


def test_no_payment_is_no_withheld_one():
    ((found,), withheld) = shown(row(40))
    assert (found["spending_krw"], found["is_spending_withheld"], withheld) == (None, False, 0)


@pytest.mark.parametrize("threshold", [-1, 0, 1, 11])
def test_a_threshold_that_protects_nobody_is_refused(threshold):
    with pytest.raises(ValidationError):
        Settings(small_count_threshold=threshold)


# ---- Attempts to find a visit


def test_one_visit_more_can_show_as_more_or_fewer():
    """Of 12 visits and the same with a thirteenth, shown with the keys of 4,000 workspaces."""
    lot = np.random.default_rng(20261129)
    keys = lot.integers(0, KEYS, size=(4_000, 2), dtype=np.int64)
    changes = [
        protected_count(13, int(first + second) % KEYS, 3) - protected_count(12, int(first), 3)
        for first, second in keys
    ]
    # Without the visit nothing would change; with it, one can see 0 as well as 1, or fewer.
    often = [one for one in set(changes) if changes.count(one) > 200]
    assert {-2, -1, 0, 1, 2, 3, 4} <= set(often)
    assert np.mean(changes) == pytest.approx(1, abs=0.15)


def left(months, countries, most):
    """Least and most visits of each country for whoever has both answers and knows the rule."""
    sides = (len(countries), len(months))
    rows, limits = [], []
    for axis, answer in enumerate((countries, months)):
        for place, count in enumerate(answer):
            cells = np.zeros(sides)
            cells[(place, slice(None)) if axis == 0 else (slice(None), place)] = 1
            rows += [cells.ravel(), -cells.ravel()]
            # What is not shown has at most as many as the rule can take away, what is shown one.
            low, high = (max(1, count - most), count + most) if count else (0, most)
            limits += [high, -low]
    found = []
    for place in range(len(countries)):
        cells = np.zeros(sides)
        cells[place] = 1
        ends = [
            linprog(sign * cells.ravel(), A_ub=np.array(rows), b_ub=limits).fun * sign
            for sign in (1, -1)
        ]
        found.append(tuple(ends))
    return found


@pytest.mark.parametrize("lot", range(60))
def test_an_attacker_with_all_answers_is_left_with_more_than_one_possibility(lot):
    """Visits of up to five countries in up to four months, a quarter of them one or two."""
    draw = np.random.default_rng(lot)
    sides = draw.integers(2, 6), draw.integers(2, 5)
    visits = draw.choice([0, 1, 2, 3, 7, 20], size=sides, p=[0.25, 0.2, 0.15, 0.15, 0.15, 0.1])
    keys = [
        [int(draw.integers(0, KEYS, size=count).sum()) for count in country] for country in visits
    ]
    countries = [
        protected_count(int(sum(counts)), sum(cells) % KEYS, 3)
        for counts, cells in zip(visits, keys, strict=True)
    ]
    months = [
        protected_count(int(sum(counts)), sum(cells) % KEYS, 3)
        for counts, cells in zip(visits.T, zip(*keys, strict=True), strict=True)
    ]
    for true, (low, high) in zip(visits.sum(axis=1), left(months, countries, 5), strict=True):
        assert low - 1e-6 <= true <= high + 1e-6
        assert high - low >= 3


def test_sums_of_many_counts_are_off_by_little():
    """200 countries with 1 to 400 visits: the parts are off their total as 200 throws of a die."""
    draw = np.random.default_rng(7)
    counts = draw.integers(1, 400, size=200)
    shown = [protected_count(int(one), int(draw.integers(0, KEYS)), 3) for one in counts]
    # Variance 3 a cell: √(200 × 3) = 24.5; three times that of some 40,000 visits is 0.2 %.
    assert abs(sum(shown) - counts.sum()) < 3 * 24.5
    assert 3 * 24.5 / counts.sum() < 0.002


def test_the_guide_promises_no_more():
    said = (PROJECT_ROOT / "docs" / "handing_in.md").read_text("utf-8")
    assert "changed by their cell key" in said
    assert "nobody is left with a single possibility" in said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("visit_count by visit_key", Protection({"visit_count": "visit_key"})),
        (
            "visit_count by visit_key, spending_count by spending_key, "
            "spending_krw by spending_largest of spending_count",
            RULE,
        ),
    ],
)
def test_the_rule_is_read_from_the_header(text, expected):
    assert read_protection(text) == expected


@pytest.mark.parametrize(
    "text", ["", "Visits per month", "visit_count", "a by b by c", "a by b, c", "a by b of c"]
)
def test_a_rule_that_cannot_be_read_is_a_fault(text):
    with pytest.raises(QuestionFault):
        read_protection(text)
