"""Attempts to find what one visit paid, and what marks, order and sentences say beside counts."""

from functools import cache

import numpy as np
import pytest
from scipy.optimize import linprog

from dashboard.content.visits import visit_countries_chart, visits_chart
from dashboard.i18n import speaking
from dashboard.settings import Settings
from dashboard.store.protection import KEYS, Amount, Protection, largest_change, protect
from tests.store.attacker import possible

RULE = Protection(
    {"visit_count": "visit_key", "spending_count": "spending_key"},
    Amount("spending_krw", "spending_largest", "spending_count"),
)
SECRET = bytes(range(32))
SPREADS = {
    "alike": lambda lot, count: lot.integers(90_000, 110_000, count),
    "few large": lambda lot, count: np.sort(lot.pareto(1.5, count) * 100_000 + 10_000).astype(int),
    "round": lambda lot, count: lot.choice([100_000, 300_000, 1_000_000], count),
}


def cell(payments, key):
    """A row of the mart: visits that all paid."""
    paid = sorted(map(int, payments), reverse=True)
    return {
        "visit_count": len(paid), "visit_key": key, "spending_count": len(paid),
        "spending_key": key, "spending_krw": sum(paid), "spending_largest": tuple(paid[:2]),
    }  # fmt: skip


@cache
def settings(threshold):
    return Settings(small_count_threshold=threshold)


def shown(row, threshold=3):
    return protect([row], RULE, settings(threshold), SECRET)[0]


def span_of(row, largest):
    """Between what the true amount lies for whoever knows the largest payment in it."""
    amount = row["spending_krw"]
    half = 10 ** (len(str(amount)) - 3) / 2
    return amount - half - largest, amount + half + largest


@pytest.mark.parametrize("spread", SPREADS)
@pytest.mark.parametrize("count", [20, 60, 400])
@pytest.mark.parametrize("lot", range(4))
def test_two_amounts_do_not_tell_the_payment_by_which_they_differ(spread, count, lot):
    """By a delivery of one visit, or by taking it back: four times the payment stays open."""
    draw = np.random.default_rng(lot)
    payments = SPREADS[spread](draw, count)
    keys = [int(key) for key in draw.integers(0, KEYS, 2)]
    more, less = shown(cell(payments, keys[0])), shown(cell(payments[1:], keys[1]))
    if None in (more[0]["spending_krw"], less[0]["spending_krw"]):
        return  # withheld: a payment dominates
    ends = [span_of(row[0], max(of)) for row, of in ((more, payments), (less, payments[1:]))]
    low, high = ends[0][0] - ends[1][1], ends[0][1] - ends[1][0]
    assert low <= payments[0] <= high
    assert high - low >= 4 * payments[0]


@pytest.mark.parametrize("lot", range(12))
def test_a_withheld_amount_does_not_follow_from_the_others(lot):
    """Months and countries of a year add up to the same; one country has three payers."""
    draw = np.random.default_rng(lot)
    paid = {
        (month, country): SPREADS["few large"](draw, 3 if country == "MN" else 40)
        for month in range(1 + lot % 3)
        for country in ("CN", "JP", "MN")
        if country != "MN" or month == 0
    }

    def along(at, name):
        return np.concatenate([one for place, one in paid.items() if place[at] == name])

    sums = [(0, month) for month in range(1 + lot % 3)] + [(1, one) for one in ("CN", "JP", "MN")]
    rows = [cell(along(*one), int(draw.integers(0, KEYS))) for one in sums]
    limits, largest = [], {}
    for row, one in zip(rows, sums, strict=True):
        largest[one] = max(along(*one))
        (found,) = shown(row) or ({"spending_krw": None},)
        known = found["spending_krw"] is not None
        limits.append(span_of(found, largest[one]) if known else (0, None))
    assert limits[-1] == (0, None)
    signs = [[1 if at == 0 else -1 for at, _name in sums]]
    aim = np.zeros(len(sums))
    aim[-1] = 1
    ends = [linprog(sign * aim, A_eq=signs, b_eq=[0], bounds=limits) for sign in (1, -1)]
    low, high = ends[0].fun, -ends[1].fun if ends[1].status == 0 else np.inf
    assert low <= sum(along(1, "MN")) <= high
    assert high - low >= 2 * largest[1, "MN"]


@pytest.mark.parametrize("count", [15, 20, 100])
def test_an_amount_by_payer_does_not_tell_the_largest_payment(count):
    """Payers all alike: the mean is no nearer to the payment than the number of payers is."""
    draw = np.random.default_rng(count)
    found = {
        round(row["spending_krw"] / row["spending_count"])
        for key in draw.integers(0, KEYS, 200)
        for row in shown(cell([120_000] * count, int(key)))
        if row["spending_krw"]
    }
    assert max(found) - min(found) >= 120_000 / count


def test_the_same_payers_show_the_same_amount_under_every_threshold():
    """Else whoever kept it under several could take the mean."""
    found = {
        shown(cell([100_000] * 300, 7), threshold)[0]["spending_krw"] for threshold in range(2, 11)
    }
    assert len(found) == 1


@pytest.mark.parametrize("payers", range(1, 40))
def test_the_mark_of_a_withheld_amount_says_no_more_than_the_number_beside_it(payers):
    """Payers all alike, so that none dominates: the mark follows from what is shown of them."""
    marks = {}
    for key in range(120):
        for row in shown(cell([100_000] * payers, key)):
            number = row["spending_count"]
            marks.setdefault(number, set()).add(row["is_spending_withheld"])
            assert row["is_spending_withheld"] == (0 < number < 10 + largest_change(3))
            assert (row["spending_krw"] is None) == (number < 10 + largest_change(3))
    assert all(len(one) == 1 for one in marks.values())


def test_a_count_is_withheld_for_want_of_a_key_and_for_nothing_else():
    for count in range(1, 60):
        for key in (*range(40), None):
            for row in shown(cell([1_000] * count, key)):
                assert row["is_withheld"] == (key is None)


def answer(counts, names, column):
    return [
        {column: name, "visit_count": count, "is_withheld": False, "is_exact": False}
        for name, count in zip(names, counts, strict=True)
    ]


@pytest.mark.parametrize("lot", range(40))
def test_a_sentence_names_the_most_only_where_every_possibility_agrees(lot):
    draw = np.random.default_rng(lot)
    counts = [int(one) for one in draw.choice([3, 5, 9, 14, 30, 60], size=4)]
    ends = [(fit[0], fit[-1]) for fit in (possible(count, 3) for count in counts)]
    certain = [
        at
        for at, (low, _high) in enumerate(ends)
        if all(low > high for other, (_low, high) in enumerate(ends) if other != at)
    ]
    names = ["CN", "JP", "MN", "US"]
    words = ["China", "Japan", "Mongolia", "United States"]
    with speaking("en"):
        title = visit_countries_chart("KR-27", 2026, answer(counts, names, "nationality")).title
        named = [at for at, word in enumerate(words) if word in title]
        assert named in ([], certain)
        months = [f"2026-0{month}" for month in range(1, 5)]
        title = visits_chart("KR-27", answer(counts, months, "month")).title
        named = [at for at, word in enumerate(("Jan", "Feb", "Mar", "Apr")) if word in title]
        assert named in ([], certain)


@pytest.mark.parametrize("lot", range(10))
def test_the_order_of_bars_is_that_of_what_is_shown(lot):
    """Countries that show the same stand in the order of the answer, which is that of codes."""
    draw = np.random.default_rng(lot)
    counts = [int(one) for one in draw.choice([0, 3, 3, 7], size=5)]
    names = ["CN", "JP", "MN", "RU", "US"]
    with speaking("en"):
        chart = visit_countries_chart("KR-27", 2026, answer(counts, names, "nationality"))
    words = dict(zip(names, ("China", "Japan", "Mongolia", "Russia", "United States"), strict=True))
    expected = sorted(names, key=lambda name: (-counts[names.index(name)], name))
    assert list(chart.categories) == [words[name] for name in expected]
