"""The guide says by how much protection changes counts, and what it promises: from the table."""

import numpy as np
import pytest

from dashboard.settings import PROJECT_ROOT
from dashboard.store.protection import KEYS
from tests.store.attacker import LEAST, possible
from tests.store.protection_error import (
    COUNTS,
    MONTHS,
    chance_crossing,
    chance_lines,
    chance_of_parts,
    error_lines,
    errors,
    measured,
    narrowed_lines,
    shown_count,
)

GUIDE = (PROJECT_ROOT / "docs" / "personal_data.md").read_text("utf-8")


def test_the_guide_has_the_errors_as_they_are():
    assert [line for line in error_lines() if line not in GUIDE] == []


def test_the_guide_has_the_chances_as_they_are():
    assert [line for line in chance_lines() if line not in GUIDE] == []


def test_the_guide_has_what_partitions_leave_as_it_is():
    assert [line for line in narrowed_lines() if line not in GUIDE] == []


def test_errors_by_hand():
    """One visit: 48,137 of 65,536 parts take it away, the others add 2 to 5; variance 3."""
    mean, root, same = errors(1)
    assert root == pytest.approx(3**0.5, abs=0.01)
    assert same == 0
    # The mean is 0: what is taken away, 48,137 ÷ 65,536 = 0.7345, is what is added.
    assert mean == pytest.approx(2 * 48_137 / 65_536, abs=0.001)
    assert errors(1_000, MONTHS)[1] == pytest.approx((MONTHS * 3) ** 0.5, abs=0.02)


@pytest.mark.parametrize("count", COUNTS)
def test_what_is_measured_is_what_is_expected(count):
    """5,000 draws: the mean of squares, 3, is within four standard errors of √(20 ÷ 5,000)."""
    mean, root, same = errors(count)
    drawn_mean, drawn_root, drawn_same = measured(count)
    assert drawn_root**2 == pytest.approx(root**2, abs=4 * 0.063)
    assert drawn_mean == pytest.approx(mean, abs=0.08)
    assert drawn_same == pytest.approx(same, abs=0.04)


def test_large_counts_are_as_good_as_exact():
    assert errors(1_000)[1] / 1_000 < 0.002
    assert errors(1_000, MONTHS)[1] / 12_000 < 0.001


def test_a_count_alone_stands_for_six_counts_at_least():
    """0 for six, 3 for eight, 4 for nine, 5 for ten, any larger one for eleven."""
    assert [len(possible(count, 3)) for count in (0, 3, 4, 5, 6, 7, 100)] == [
        6, 8, 9, 10, 11, 11, 11,
    ]  # fmt: skip
    for line in ("0 for six (0 to 5)", "3 for eight", "from 6 on for eleven"):
        assert line in GUIDE


def test_chance_by_hand():
    """Three cells fail where their changes add up to 13 of 15 or more, on either side."""
    five, four, three = (parts / 65_536 for parts in (248, 1_087, 3_427))
    side = five**3 + 3 * five**2 * four + 3 * five**2 * three + 3 * five * four**2
    assert chance_crossing(3, LEAST) == pytest.approx(2 * side)
    assert chance_of_parts(1_000, 2, is_same_key=False) == pytest.approx(2 * side)
    # Two cells with one change c beside a total with t: 2 c - t is 13 or more.
    alike = five * (five + four + three) + four * five
    assert chance_of_parts(1_000, 2, is_same_key=True) == pytest.approx(2 * alike)
    # Three cells of one visit show 3 or more where it is not taken away, and the total 0 where its
    # three are: it is 3, 4 or 5 then.
    shown = 1 - 48_137 / 65_536
    assert chance_of_parts(1, 3, is_same_key=True) == pytest.approx(shown * 13_368 / 65_536)
    assert chance_of_parts(1, 3, is_same_key=False) == pytest.approx(shown**3 * 13_368 / 65_536)


def test_several_partitions_narrow_the_total_as_the_guide_says():
    """The total and five columns of two values, 2,000 times: √(3 ÷ 3.5) = 0.93."""
    keys = np.random.default_rng(20261129).integers(0, KEYS, (2_000, 11))
    off = np.array([[shown_count(6_000, int(key)) - 6_000 for key in row] for row in keys])
    columns = off[:, 1:].reshape(-1, 5, 2).sum(axis=2)
    mean = (off[:, 0] + columns.sum(axis=1) / 2) / (1 + 5 / 2)
    assert np.sqrt((mean**2).mean()) == pytest.approx((3 / 3.5) ** 0.5, abs=0.04)
    # Rounded it is the total itself in two of five cases.
    assert (np.round(mean) == 0).mean() == pytest.approx(0.4, abs=0.04)
