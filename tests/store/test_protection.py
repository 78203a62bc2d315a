"""Own patients' counts: how they are changed, and what never appears."""

import csv
import hashlib
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import QuestionFault
from dashboard.settings import PROJECT_ROOT, Settings
from dashboard.store.protection import (
    KEYS,
    SHARES,
    Amount,
    Protection,
    change_of,
    largest_change,
    part_of,
    protect,
    protected_count,
    read_protection,
)
from scripts.perturbation_table import THRESHOLDS, distribution, variance

RULE = Protection(
    {"visit_count": "visit_key", "spending_count": "spending_key"},
    Amount("spending_krw", "spending_largest", "spending_count"),
)
SECRET = bytes(range(32))
LOWEST, HIGHEST = 0, SHARES - 1
MIDDLE = SHARES // 2


def key_in(part, use="count 3"):
    """A key of a cell that lies in this part."""
    return next(key for key in range(KEYS) if part_of(key, use, SECRET) == part)


LOW_KEY, MIDDLE_KEY, HIGH_KEY = map(key_in, (LOWEST, MIDDLE, HIGHEST))


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
    # Of 65,536 parts of the keys 48,137 take one visit away: in them it is 0 visits, from there on
    # three, the least that may appear, and at the end six, 1 + 5.
    assert [change_of(1, part, 3) for part in (LOWEST, 48_136, 48_137, HIGHEST)] == [-1, -1, 2, 5]
    assert protected_count(1, LOW_KEY, 3, SECRET) == 0
    assert protected_count(1, HIGH_KEY, 3, SECRET) == 6
    assert largest_change(3) == 5


def test_a_large_count_is_changed_no_more_than_a_small_one():
    assert [change_of(100_000, part, 3) for part in (LOWEST, MIDDLE, HIGHEST)] == [-5, 0, 5]


def test_parts_are_told_by_a_keyed_digest_of_use_and_key():
    """BLAKE2b by RFC 7693: two bytes of “count 3 7” and “count 4 7” under the secret."""
    for use in ("count 3", "count 4"):
        told = hashlib.blake2b(f"{use} 7".encode(), digest_size=2, key=SECRET).hexdigest()
        assert part_of(7, use, SECRET) == int(told, 16)


def test_another_secret_draws_other_changes():
    """Whoever has a key, or tries all of them, has no change: that of 1,000 keys under two secrets.

    Two changes drawn apart are the same for the sum of the squares of their shares, 0.16.
    """
    shown = [
        [protected_count(100, key, 3, secret) for key in range(1_000)]
        for secret in (SECRET, SECRET[::-1])
    ]
    assert 120 < sum(one == other for one, other in zip(*shown, strict=True)) < 210


def test_no_count_is_shown_without_a_secret():
    assert protected_count(40, MIDDLE_KEY, 3, None) is None


def test_nothing_counted_stays_nothing_and_no_data_no_data():
    assert protected_count(0, MIDDLE_KEY, 3, SECRET) == 0
    assert protected_count(None, None, 3, SECRET) is None


@given(st.integers(1, 10_000), st.integers(0, KEYS - 1), st.integers(2, 10))
def test_no_small_count_appears_and_none_far_from_the_true_one(count, key, threshold):
    shown = protected_count(count, key, threshold, SECRET)
    assert shown == 0 or shown >= threshold
    assert abs(shown - count) <= largest_change(threshold)


# ---- Rows of an answer


def row(count, key=MIDDLE_KEY, *, spent=None, payers=0, largest=()):
    return {
        "month": "2026-10", "visit_count": count, "visit_key": key, "spending_krw": spent,
        "spending_count": payers, "spending_key": key, "spending_largest": largest,
    }  # fmt: skip


def shown(*rows, **chosen):
    return protect(rows, RULE, Settings(**chosen), SECRET)


def test_keys_and_payments_never_leave():
    ((found,), withheld) = shown(row(40, spent=4_000_000, payers=40, largest=(200_000, 150_000)))
    # The key lies in part 1,743 for amounts: 3,487 ÷ 65,536 - 1 = -0.94679 of the largest payment,
    # 189,359 won, is taken away; 3,810,641 to three digits.
    assert part_of(MIDDLE_KEY, "amount", SECRET) == 1_743
    assert found == {
        "month": "2026-10", "visit_count": 40, "spending_count": 40,
        "spending_krw": 3_810_000,
        "is_withheld": False, "is_spending_withheld": False, "is_exact": False,
    }  # fmt: skip
    assert withheld == 0


def test_a_row_that_now_counts_nothing_is_none():
    """It would say that there was a visit."""
    rows, withheld = shown(row(1, LOW_KEY), row(2, LOW_KEY), row(1, HIGH_KEY))
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
        # Fifteen payments are shown, so that there are ten at least; the two largest are 750,000 of
        # 1,000,000: three quarters, not more. 0.94679 × 400,000 = 378,717 is taken away.
        (1_000_000, 15, (400_000, 350_000), 621_000),
        (1_000_000, 15, (400_000, 350_001), None),
        (1_000_000, 14, (100_000, 100_000), None),
        # To three digits: 1,234,567 - 47,340 is 1,190,000, and 987 - 94 is 893.
        (1_234_567, 30, (50_000, 50_000), 1_190_000),
        (987, 15, (99, 98), 893),
    ],
)
def test_an_amount_needs_payers_of_whom_none_dominates(spent, payers, largest, expected):
    ((found,), _) = shown(row(40, spent=spent, payers=payers, largest=largest))
    assert found["spending_krw"] == expected
    assert found["is_spending_withheld"] == (expected is None)


def test_no_payment_is_no_withheld_one():
    ((found,), withheld) = shown(row(40))
    assert (found["spending_krw"], found["is_spending_withheld"], withheld) == (None, False, 0)


def test_a_payment_that_shows_as_none_is_not_said_to_be_withheld():
    """It would say that somebody paid."""
    ((found,), withheld) = shown(
        row(40, spent=5, payers=1, largest=(5,)) | {"spending_key": LOW_KEY}
    )
    assert (found["spending_count"], found["is_spending_withheld"], withheld) == (0, False, 0)


@pytest.mark.parametrize("threshold", [-1, 0, 1, 11])
def test_a_threshold_that_protects_nobody_is_refused(threshold):
    with pytest.raises(ValueError, match="small_count_threshold"):
        Settings(small_count_threshold=threshold)


# ---- Attempts to find a visit


def test_one_visit_more_can_show_as_more_or_fewer():
    """Of 12 visits and the same with a thirteenth, shown with the keys of 4,000 workspaces."""
    lot = np.random.default_rng(20261129)
    keys = lot.integers(0, KEYS, size=(4_000, 2), dtype=np.int64)
    changes = [
        protected_count(13, int(first + second) % KEYS, 3, SECRET)
        - protected_count(12, int(first), 3, SECRET)
        for first, second in keys
    ]
    # Without the visit nothing would change; with it, one can see 0 as well as 1, or fewer.
    often = [one for one in set(changes) if changes.count(one) > 200]
    assert {-2, -1, 0, 1, 2, 3, 4} <= set(often)
    assert np.mean(changes) == pytest.approx(1, abs=0.15)


def test_sums_of_many_counts_are_off_by_little():
    """200 countries with 1 to 400 visits: the parts are off their total as 200 throws of a die."""
    draw = np.random.default_rng(7)
    counts = draw.integers(1, 400, size=200)
    shown = [protected_count(int(one), int(draw.integers(0, KEYS)), 3, SECRET) for one in counts]
    # Variance 3 a cell: √(200 × 3) = 24.5; three times that of some 40,000 visits is 0.2 %.
    assert abs(sum(shown) - counts.sum()) < 3 * 24.5
    assert 3 * 24.5 / counts.sum() < 0.002


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("visit_count by visit_key", Protection({"visit_count": "visit_key"})),
        (
            "visit_count by visit_key, spending_count by spending_key, "
            "spending_krw by spending_largest of spending_count",
            RULE,
        ),
        (
            "visit_count by visit_key, spending_krw of visit_count",
            Protection({"visit_count": "visit_key"}, Amount("spending_krw", None, "visit_count")),
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
