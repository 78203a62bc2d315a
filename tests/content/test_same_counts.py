"""The same thing is the same number: each count by its rule, wherever it is asked or printed."""

import re
from collections import Counter

import pytest

from dashboard.catalogue import read_catalogue
from dashboard.content.centres import centres_map
from dashboard.content.document import Table
from dashboard.content.findings import centres_finding, events_counted
from dashboard.content.query_context import QueryContext
from dashboard.content.readings import reading_notes
from dashboard.i18n import label, speaking
from dashboard.kpi import read_metric
from dashboard.settings import settings

PLACES = [
    ("KR-27", 2012), ("KR-27", 2014), ("KR-27", 2016), ("KR-27", 2018), ("KR-27", 2019),
    ("KR-27", 2020), ("KR-27", 2025), ("KR-30", 2013), ("KR-30", 2016), ("KR-30", 2023),
    ("KR-11", 2019), ("KR-28", 2018), ("KR-47", 2023), ("KR-50", 2025),
]  # fmt: skip


@pytest.fixture(scope="module")
def ask(record):
    return lambda question, **asked: record.ask(question, asked).rows


@pytest.fixture(scope="module")
def reading(record):
    catalogue = read_catalogue(settings().queries)
    return lambda metric, *place: read_metric(record, catalogue[metric], *place)


def same(counts):
    """All of them equal; the message names those that are not."""
    assert len(set(counts.values())) == 1, counts


def up_to(rows, year):
    """Rows of `centre_totals_named` up to the end of a year."""
    return [row for row in rows if row["date_on"] <= f"{year}-12-31"]


@pytest.mark.parametrize(("region", "year"), PLACES)
def test_centres_and_their_countries(ask, reading, record, region, year):
    (row,) = (row for row in ask("map_years", owner_region=region) if row["year"] == year)
    on_map = ask("map_centres", owner_region=region, year=year)
    listed = ask("centres", owner_region=region, year=year)
    dated = up_to(ask("centre_totals_named", owner_region=region), year)
    named = {
        "map, in the headline": row["named_count"],
        "map, drawn": sum(found["is_named"] for found in on_map),
        "centres, asked": sum(found["is_named"] for found in listed),
        "said against shown": dated[-1]["named_count"] if dated else 0,
    }
    with speaking("en"):
        said = "; ".join(reading_notes(record, reading("promotion_centres", region, year)))
        heads = {
            "tile": said,
            "map": centres_finding(label("region", region), year, row),
            "review and deck": centres_map(QueryContext(record, record.current()), region, year)[0],
        }
    for place, text in heads.items():
        found = re.search(r"(\d+) named in (\d+) countr", text)
        named[place] = int(found[1]) if found else 0
        assert (int(found[2]) if found else 0) == row["country_count"], place
    same(named)
    assert row["country_count"] == len({one["country"] for one in on_map if one["is_named"]})
    stated = [one for one in dated if one["stated_count"] is not None and not one["is_plan"]]
    of_year = [one["stated_count"] for one in stated if one["date_on"].startswith(str(year))]
    same(
        {
            "tile": reading("promotion_centres", region, year).value,
            "map": row["stated_count"],
            "last total of the year": of_year[-1] if of_year else None,
        }
    )
    same(
        {
            "tile": reading("promotion_centre_countries", region, year).value,
            "map": row["stated_country_count"],
        }
    )
    states = Counter(found["centre_state"] for found in on_map)
    counted = {
        state: row[f"{state.replace(' ', '_')}_count"]
        for state in ("open", "not confirmed", "planned", "overdue", "unknown")
    }
    assert {state: states[state] for state in counted} == counted


def test_daegu_2019_says_which_count_is_which(ask):
    """24 were announced on 8 October; of 31 in the record 26 are of Daegu, 3 of them only plans."""
    (row,) = (row for row in ask("map_years", owner_region="KR-27") if row["year"] == 2019)
    with speaking("en"):
        assert centres_finding("Daegu", 2019, row) == (
            "Daegu, end of 2019: 24 promotion centres announced, 23 named in 9 countries, "
            "3 of them seen open that year or later, "
            "3 more planned by then, without word of an opening"
        )
    with speaking("ko"):
        assert centres_finding("대구", 2019, row) == (
            "대구 2019년 말: 발표된 해외홍보센터 24개소, 이름이 확인된 곳 9개국 23개소, "
            "그중 그해 이후 운영이 확인된 곳 3개소, "
            "개소 예정일이 지났으나 소식이 없는 곳 3개소 별도"
        )


def test_no_opening_is_still_planned_after_its_date(ask):
    for row in ask("map_years"):
        for centre in ask("map_centres", year=row["year"]):
            if int(centre["opened_on"][:4]) <= row["year"]:
                assert centre["centre_state"] != "planned", centre["centre_id"]


def test_the_candidates_are_said_to_be_more_than_the_nine(ask, reading):
    candidates = ask("centre_countries")
    assert len(candidates) == 10
    assert reading("promotion_centre_countries", "KR-27", 2018).value == 9


@pytest.mark.parametrize(("region", "year"), PLACES)
def test_events_and_their_outcomes(ask, reading, report, region, year):
    years = {row["year"]: row for row in ask("region_years", region=region)}
    of_year = ask("year_events", region=region, year=year)
    known = {row["year"] for row in ask("events")}
    asked = {"region": region, "year": year}
    listed = ask("events", **asked) if year in known else ()
    found = [
        row
        for row in ask("search_index")
        if (row["kind"], row["region"], row["year"]) == ("event", region, year)
    ]
    composed = report("kpi", "en", region=region, year=year)
    tables = [
        block
        for section in composed.sections
        for block in section.blocks
        if isinstance(block, Table) and block.question == "year_events"
    ]
    same(
        {
            "overview": len(of_year),
            "events page": len(listed),
            "map": len(ask("map_events", **asked)),
            "search": len(found),
            "filter of years": years[year]["event_count"] if year in years else 0,
            "report": len(tables[0].rows) if tables else 0,
        }
    )
    stages = ask("event_stages", **asked) if year in known else ()
    same(
        {
            "tile": reading("events_held", region, year).value or 0,
            "overview": sum(row["is_held"] for row in of_year),
            "events page": sum(row["is_held"] for row in listed),
            "stages": stages[0]["held_count"] if stages else 0,
            "filter of years": years[year]["held_count"] if year in years else 0,
            "types": sum(row["held_count"] for row in _types(ask, asked, known)),
        }
    )
    if of_year:
        with speaking("en"):
            assert tables[0].note == events_counted(of_year)
    outcomes = {row["event_id"]: row["outcome_count"] for row in of_year}
    assert outcomes == {
        row["event_id"]: row["reported_count"] + row["planned_count"] for row in listed
    }


def _types(ask, asked, known):
    """Held events by type, each once."""
    rows = ask("event_yield", stage="attendees", **asked) if asked["year"] in known else ()
    return {row["event_type"]: row for row in rows}.values()


@pytest.mark.parametrize("region", ["KR-27", "KR-28", "KR-30", "KR-47", "KR-50"])
def test_awards(ask, region):
    """An award with two printed amounts is one award."""
    years = ask("region_years", region=region)
    summary = ask("funding_summary", region=region)[0]
    same(
        {
            "funding": summary["selected_count"],
            "by line": sum(
                row["selected_count"] for row in ask("funding_cumulative", region=region)
            ),
            "by ministry": sum(
                row["selected_count"] for row in ask("funding_ministries", region=region)
            ),
        }
    )
    everything = summary["selected_count"] + summary["not_selected_count"] + summary["call_count"]
    assert sum(row["award_count"] for row in years) == everything


def test_sources_and_regions(ask):
    kinds = Counter(row["kind"] for row in ask("search_index"))
    assert kinds["source"] == len(ask("sources"))
    assert kinds["event"] == len(ask("events"))
    regions = sum(not row["is_nation"] for row in ask("regions"))
    asked = {"metric": "foreign_patients", "year": 2019}
    same(
        {
            "regions": regions,
            "ranking": ask("ranking", **asked)[0]["region_count"],
            "movement": ask("ranking_movement", **asked)[0]["region_count"],
            "years": ask("ranking_years", metric="foreign_patients")[-1]["region_count"],
            "coverage": len({row["region"] for row in ask("coverage")} - {"KR"}),
        }
    )
