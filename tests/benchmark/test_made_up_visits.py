"""Made-up visits are what they are said to be."""

import csv
from collections import Counter

import pytest

from dashboard.benchmark.visits import generate_visits


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_same_seed_makes_the_same_visits(tmp_path):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        generate_visits(tmp_path / name, 300, 5, 3, 2, seed)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert (tmp_path / "a").read_bytes() != (tmp_path / "c").read_bytes()


def test_they_are_as_many_and_as_various_as_asked(tmp_path):
    generate_visits(tmp_path / "v.csv", 3_000, 40, 6, 2, 7)
    rows = rows_of(tmp_path / "v.csv")
    assert len(rows) == 3_000
    assert len({row["institution"] for row in rows}) == 40
    assert len({(row["institution"], row["region"]) for row in rows}) == 40
    assert len({row["nationality"] for row in rows}) == 6
    assert {row["visited_on"][:4] for row in rows} == {"2010", "2011"}
    most = Counter(row["nationality"] for row in rows).most_common(1)
    assert most[0][0] == "CN"  # one of 1 + 1/2 + 1/3 + 1/4 + 1/5 + 1/6 = 2.45: 1,224 of 3,000
    assert 1_100 < most[0][1] < 1_350
    paid = sum(row["spending_krw"] != "" for row in rows)
    assert 2_600 < paid < 2_800  # nine of ten


def test_there_are_not_more_nationalities_than_it_knows(tmp_path):
    with pytest.raises(ValueError, match="62 nationalities"):
        generate_visits(tmp_path / "v.csv", 10, 5, 63, 2, 7)
