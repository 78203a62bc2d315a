"""Sums by region and year: only what may be summed is summed, and each item can be seen."""

import shutil

import duckdb
import pytest

from dashboard.catalogue import read_catalogue
from dashboard.content.readings import reading_notes
from dashboard.i18n import use_language
from dashboard.intake.findings import DeliveryRefused
from dashboard.kpi import read_metric
from dashboard.settings import PROJECT_ROOT
from dashboard.store.connection import open_marts
from dashboard.store.pointer import marts_file

SEOUL, BUSAN, DAEGU = "KR-11", "KR-26", "KR-27"


def award(programme, region, rank, grant):
    return {
        "award_id": f"{programme}-{region.lower()}",
        "programme_id": programme,
        "year": "2023",
        "region": region,
        "outcome": "selected",
        "rank": str(rank),
        "grant_krw": str(grant),
        "source_ids": "ministry",
    }


def outcome(measure, value, unit, country=""):
    return {
        "event_id": "DG-1",
        "measure": measure,
        "value": str(value),
        "unit": unit,
        "country": country,
        "source_ids": "ministry",
    }


TABLES = {
    "sources": [{"source_id": "ministry", "tier": "official"}],
    "programmes": [
        {"programme_id": name, "name_en": name, "ministry": "MCST"}
        for name in ("mct-cluster", "wellness-cluster")
    ],
    "awards": [
        award("mct-cluster", DAEGU, 1, 300),  # two programmes, two ranks
        award("wellness-cluster", DAEGU, 2, 400),
        award("mct-cluster", BUSAN, 2, 200),  # two programmes, the same rank
        award("wellness-cluster", BUSAN, 2, 100),
        award("mct-cluster", SEOUL, 3, 500),  # one programme
        award("mct-cluster", SEOUL, 3, 500) | {"award_id": "again"},  # told once more
    ],
    "events": [{"event_id": "DG-1", "start_date": "2023-05-01", "source_ids": "ministry"}],
    "event_outcomes": [
        outcome("mous", 2, "agreements"),
        outcome("contracts", 3, "contracts"),
        outcome("contracts", 90_000_000, "krw"),
        outcome("buyers", 34, "buyers"),
        outcome("buyers", 20, "buyers", "CN"),
        outcome("buyers", 15, "buyers", "VN"),
    ],
}


@pytest.fixture(scope="module")
def small(small_record):
    return small_record(TABLES)


def figure(record, metric, region):
    found = record.ask("figure", {"metric": metric, "region": region, "year": 2023}).first
    return found["value"], found["evidence"]


def test_ranks_in_two_programmes_are_never_added(small):
    """Daegu came first in one review and second in the other: neither 1 + 2 = 3 nor one of them."""
    assert figure(small, "review_rank", DAEGU) == (None, "no data")
    assert figure(small, "review_rank", BUSAN) == (2, "settled")  # second in both, not 2 + 2 = 4
    assert figure(small, "review_rank", SEOUL) == (3, "settled")


def test_each_announced_rank_stands_for_itself(small):
    rows = small.ask("announced_ranks", {"metric": "review_rank"}).rows
    assert [(row["region"], row["programme_id"], row["announced_rank"]) for row in rows] == [
        (DAEGU, "mct-cluster", 1),
        (BUSAN, "mct-cluster", 2),
        (BUSAN, "wellness-cluster", 2),
        (DAEGU, "wellness-cluster", 2),
        (SEOUL, "mct-cluster", 3),
    ]
    assert {(row["evidence"], row["source_ids"]) for row in rows} == {("settled", ("ministry",))}


def test_what_is_known_instead_names_each_item(small):
    asked = {"metric": "review_rank", "region": DAEGU, "year": 2023}
    rows = small.ask("known_instead", asked).rows
    assert [(row["kind"], row["item"], row["value"], row["unit"]) for row in rows] == [
        ("item", "mct-cluster", 1, "rank"),
        ("item", "wellness-cluster", 2, "rank"),
    ]
    assert small.ask("known_instead", {**asked, "region": BUSAN}).rows == ()


def test_money_and_cases_are_added_each_in_its_unit(small):
    assert figure(small, "cluster_grant_krw", DAEGU) == (300 + 400, "settled")
    # 2 MOUs and 3 contracts; the contract's 90 million won are no cases.
    assert figure(small, "event_agreements", DAEGU) == (2 + 3, "settled")
    assert figure(small, "event_buyers", DAEGU) == (34, "settled")  # never 34 + 20 + 15


def test_a_grant_that_two_rows_name_is_added_once(small):
    assert figure(small, "cluster_grant_krw", SEOUL) == (500, "settled")
    rows = small.ask("grants", {"region": SEOUL}).rows
    assert [(row["grant_krw"], row["is_settled"]) for row in rows] == [(500, True), (500, True)]
    assert {row["cumulative_krw"] for row in rows} == {500}  # not 500 + 500
    (line,) = small.ask("funding_cumulative", {"region": SEOUL}).rows
    assert line["cumulative_krw"] == 500


def test_the_tallies_and_the_catalogue_agree_on_what_may_be_summed(record_settings, record):
    catalogue = read_catalogue(record_settings.queries)
    with open_marts(marts_file(record_settings, record.current().build_id)) as connection:
        tallies = dict(
            connection.execute(
                "SELECT metric, bool_and(is_additive) FROM fct_tally_item GROUP BY metric"
            ).fetchall()
        )
    assert tallies == {metric: catalogue[metric].additive for metric in tallies}
    assert (tallies["review_rank"], tallies["cluster_grant_krw"]) == (False, True)


def test_a_build_that_adds_ranks_is_refused(small_settings, build_of, tmp_path):
    queries = shutil.copytree(PROJECT_ROOT / "queries", tmp_path / "queries")
    path = queries / "marts" / "fct_tally.sql"
    text = path.read_text("utf-8")
    assert "WHEN bool_and(is_additive) THEN" in text
    path.write_text(text.replace("WHEN bool_and(is_additive) THEN", "WHEN TRUE THEN"), "utf-8")
    with pytest.raises(DeliveryRefused) as caught:
        build_of(small_settings(TABLES, queries=queries))
    assert "check_only_additive_summed" in caught.value.message


ITEM = "SELECT 'm' AS metric, 'KR-27' AS region, 2023 AS year, '{}' AS item_id, {} AS value, '{}' AS unit, {} AS is_additive"  # noqa: E501


@pytest.mark.parametrize(
    ("first", "second", "value", "is_offender"),
    [
        (("a", 1, "cases", True), ("b", 2, "cases", True), 3, False),
        (("a", 1, "cases", True), ("b", 2, "krw", True), 3, True),
        (("a", 1, "countries", False), ("b", 2, "countries", False), 3, True),
        (("a", 1, "countries", False), ("b", 2, "countries", False), "NULL", False),
        (("a", 2, "countries", False), ("b", 2, "countries", False), 2, False),
        (("a", 1, "pct", True), ("b", 2, "pct", True), 3, True),
        (("a", 1, "cases", "NULL"), ("b", 2, "cases", "NULL"), 3, True),
    ],
    ids=["sum", "two units", "not additive", "none", "same", "per cent", "not said"],
)
def test_the_check_finds_what_may_not_be_summed(first, second, value, is_offender):
    check = (PROJECT_ROOT / "queries/checks/check_only_additive_summed.sql").read_text("utf-8")
    with duckdb.connect() as connection:
        items = f"{ITEM.format(*first)} UNION ALL {ITEM.format(*second)}"
        connection.execute(f"CREATE TABLE fct_tally_item AS {items}")
        connection.execute(
            "CREATE TABLE fct_tally AS "
            f"SELECT 'm' AS metric, 'KR-27' AS region, 2023 AS year, {value} AS value"
        )
        assert bool(connection.execute(check).fetchall()) is is_offender


def test_a_tile_calls_no_rank_a_sum(small, record_settings):
    """Busan came second in both programmes: that is no sum of two items."""
    use_language("en")
    metric = read_catalogue(record_settings.queries)["review_rank"]
    notes = {
        region: reading_notes(small, read_metric(small, metric, region, 2023))
        for region in (BUSAN, DAEGU)
    }
    assert notes == {
        BUSAN: [],
        DAEGU: ["Medical Tourism Cluster: No. 1", "Wellness Tourism Cluster (from 2026): No. 2"],
    }
