"""Ranks of equal and nearly equal values, and of any values."""

import csv
from random import Random

import pytest

from dashboard.settings import PROJECT_ROOT


def ranks(rows):
    return [(row["region"], row["rank"]) for row in rows]


def spending(region, value, year):
    """A metric of which only the box of what is not printed is known: anything."""
    said = {"metric": "spending_krw", "unit": "krw", "source_id": "city", "region": region}
    return said | {"value": str(value), "year": str(year)}


TIES = {"KR-11": 300, "KR-26": 200, "KR-27": 200, "KR-28": 100}
CLOSE = {"KR-11": 999, "KR-26": 1004, "KR-27": 1003}  # all three would round to a thousand


@pytest.fixture(scope="module")
def random_years():
    """20 years of random regions with many ties: year → region → value."""
    with (PROJECT_ROOT / "data/public_record/regions.csv").open(encoding="utf-8") as file:
        regions = [row["region"] for row in csv.DictReader(file) if row["region"] != "KR"]
    random = Random(17)
    return {
        year: {
            region: random.randint(1, 8)
            for region in random.sample(regions, random.randint(1, len(regions)))
        }
        for year in range(2001, 2021)
    }


@pytest.fixture(scope="module")
def ranking(small_record, random_years):
    """Rows of a year's ranking. Beside the regions stand Korea and a group of regions."""
    years = random_years | {2030: TIES, 2031: CLOSE}
    rows = [spending("KR", 1000, year) for year in years]
    rows += [spending("KR-27;KR-47", 500, year) for year in years]
    for year, values in years.items():
        rows += [spending(region, value, year) for region, value in values.items()]
    record = small_record({"sources": [{"source_id": "city"}], "observations": rows})
    return lambda year: record.ask("ranking", {"metric": "spending_krw", "year": year}).rows


def test_ties_share_a_rank_and_the_next_is_skipped(ranking):
    assert ranks(ranking(2030)) == [
        ("KR-11", 1), ("KR-26", 2), ("KR-27", 2), ("KR-28", 4)
    ]  # fmt: skip


def test_ranks_are_given_before_rounding(ranking):
    assert ranks(ranking(2031)) == [("KR-26", 1), ("KR-27", 2), ("KR-11", 3)]


def test_any_ranking(ranking, random_years):
    for year, values in random_years.items():
        found = ranking(year)
        assert {row["region"]: row["value"] for row in found} == values, "no Korea, no group"
        for row in found:
            assert row["rank"] == 1 + sum(value > row["value"] for value in values.values())
            assert row["of_count"] == len(values)
            assert row["rank_best"] == row["rank"]
            assert row["rank_worst"] - row["rank"] == 17 - len(values)
