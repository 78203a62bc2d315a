"""The promotion centres of the record: state by year, certainty, totals, countries, the route."""

from collections import Counter

import pytest

from dashboard.errors import UsageError

SOURCES = [{"source_id": "paper", "url": "paper.txt"}, {"source_id": "release", "url": "r.txt"}]


def centre(centre_id, **others):
    return {
        "centre_id": centre_id,
        "owner_region": "KR-27",
        "city_en": "Almaty",
        "country": "KZ",
        "opened_on": "2012",
        "opened_precision": "year",
        "status": "open",
        "status_as_of": "2012",
        "counted_2018": "no",
        "source_ids": "paper",
    } | others


def states(record, centre_id, years):
    found = {}
    for year in years:
        rows = record.ask("map_centres", {"year": year}).rows
        row = next((row for row in rows if row["centre_id"] == centre_id), None)
        found[year] = row and row["centre_state"]
    return found


def test_novosibirsk_is_planned_in_2016_and_open_from_2018(record):
    assert states(record, "dg-novosibirsk-2018", range(2015, 2021)) == {
        2015: None,
        2016: "planned",
        2017: "planned",
        2018: "open",
        2019: "open",
        2020: "not confirmed",  # last seen open in April 2019
    }
    rows = record.ask("map_centres", {"year": 2016}).rows
    row = next(row for row in rows if row["centre_id"] == "dg-novosibirsk-2018")
    assert row["planned_on"] == "2016-12"
    assert "seed-yakutsk-2016" in row["source_ids"]


def test_yakutsk_is_open_from_2015(record):
    assert states(record, "dg-yakutsk-2015", (2014, 2015, 2018, 2019)) == {
        2014: None,
        2015: "open",
        2018: "open",
        2019: "not confirmed",
    }


def test_the_state_of_a_year(small_record):
    record = small_record(
        {
            "sources": SOURCES,
            "centres": [
                centre("seen-till-2014", status_as_of="2014-03"),
                centre("promised", status="planned", opened_on="2013-05", opened_precision="month"),
                centre("unheard", status="unknown"),
                centre("announced", opened_on="2014", status_as_of="2014"),
            ],
            "centre_plans": [
                {"centre_id": "announced", "announced_on": "2013-01", "source_ids": "release"}
            ],
            "events": [
                {"event_id": "DG-2015-END", "start_date": "2015-05-01", "source_ids": "paper"},
            ],
        }
    )
    years = range(2011, 2016)
    assert list(states(record, "seen-till-2014", years).values()) == (
        [None, "open", "open", "open", "not confirmed"]
    )
    # A promise that no source reports as kept is no plan any more once its year is over.
    assert list(states(record, "promised", years).values()) == (
        [None, None, "overdue", "overdue", "overdue"]
    )
    assert list(states(record, "unheard", years).values()) == [None, *["unknown"] * 4]
    assert list(states(record, "announced", years).values()) == (
        [None, None, "planned", "open", "not confirmed"]
    )
    last = record.ask("map_years", {"owner_region": "KR-27"}).rows[-1]
    assert last == {
        "year": 2015,
        "stated_count": None,
        "stated_country_count": None,
        "named_count": 3,  # all but the promised one
        "open_count": 0,
        "not_confirmed_count": 2,
        "planned_count": 0,
        "overdue_count": 1,
        "unknown_count": 1,
        "country_count": 1,
    }


def test_a_centre_never_vanishes_and_is_never_open_before_its_year(record):
    years = [row["year"] for row in record.ask("map_years").rows]
    assert years == list(range(years[0], years[-1] + 1))
    before = set()
    for year in years:
        rows = record.ask("map_centres", {"year": year}).rows
        ids = {row["centre_id"] for row in rows}
        assert before <= ids
        before = ids
        for row in rows:
            opened = int(row["opened_on"][:4])
            if row["centre_state"] in ("open", "not confirmed", "unknown"):
                assert opened <= year
            else:
                assert row["centre_state"] == ("planned" if year < opened else "overdue")
                assert not row["is_named"]
    assert len(before) == 31


def test_certainty_of_the_twenty(record):
    rows = record.ask("map_centres", {"owner_region": "KR-27"}).rows
    counts = Counter(row["counted_2018"] for row in rows)
    # 5 + 11 = 16 of the stated 20: four more come from the 7 possible ones. 3 are not among them.
    assert (counts["certain"], counts["likely"], counts["possible"]) == (5, 11, 7)
    countries = record.ask("centre_countries").rows
    assert sum(row["certain_count"] for row in countries) == 5
    assert sum(row["likely_count"] for row in countries) == 11
    assert sum(row["possible_count"] for row in countries) == 7


def test_the_nine_countries(record):
    rows = record.ask("centre_countries").rows
    by_confidence = {
        name: {row["country"] for row in rows if row["confidence"] == name}
        for name in ("certain", "likely", "possible")
    }
    assert by_confidence == {
        "certain": {"CN", "RU", "VN", "KZ", "MN", "ID"},
        "likely": {"KG", "CA"},
        "possible": {"KH", "JP"},
    }
    japan = next(row for row in rows if row["country"] == "JP")
    assert japan["cities"] == ()


def test_stated_totals_beside_named_centres(record):
    rows = record.ask("centre_totals_named", {"owner_region": "KR-27"}).rows
    stated = [row for row in rows if row["stated_count"] is not None]
    assert [row["stated_count"] for row in stated] == [16, 15, 16, 20, 22, 24, 25]
    assert [row["is_plan"] for row in stated] == [False] * 6 + [True]
    end_of_2018 = next(row for row in stated if row["date_on"] == "2018-11-28")
    # 31 centres less 5 of Daejeon, less Erdenet and Chengdu of 2019, less the two of 2014 whose
    # opening nobody reported (Shanghai, Ningbo); that of the district Suseong is among them.
    assert end_of_2018["named_count"] == 31 - 5 - 2 - 2
    assert end_of_2018["stated_country_count"] == end_of_2018["named_country_count"] == 9
    named = [row["named_count"] for row in rows]
    assert named == sorted(named)
    assert all(row["seen_count"] <= row["named_count"] for row in rows)
    assert all(row["source_ids"] for row in rows)


def test_a_date_of_a_month_counts_from_its_last_day(small_record):
    record = small_record(
        {
            "sources": SOURCES,
            "centres": [centre("a", opened_on="2018-02", opened_precision="month")],
            "centre_totals": [
                {
                    "as_of": day,
                    "owner_region": "KR-27",
                    "centres": "1",
                    "source_ids": "release",
                }
                for day in ("2018-02-10", "2018-03-01")
            ],
        }
    )
    rows = record.ask("centre_totals_named", {"owner_region": "KR-27"}).rows
    assert [(row["date_on"], row["named_count"]) for row in rows] == [
        ("2018-02-10", 0),
        ("2018-02-28", 1),
        ("2018-03-01", 1),
    ]


def test_the_route_of_2019_in_order_and_without_invented_places(record):
    rows = record.ask("review_route", {"region": "KR-27", "year": 2019}).rows
    stops = [row for row in rows if row["role"] == "stop"]
    assert [row["item"] for row in stops] == [
        "Daegu Medical Tourism Information Center",
        "Daegu Medical Tourism Promotion Institute",
        "BL plastic surgery and dermatology clinic",
        "Sky Lake",
        "Kimgwangseok-gil",
    ]
    assert all(row["title_ko"] for row in stops)
    assert all(row["lat"] is None for row in stops)
    assert {row["title_ko"] for row in rows if row["role"] == "landmark"} == {
        "경북대학교병원",
        "칠곡경북대학교병원",
        "계명대학교 동산의료원",
    }
    assert record.ask("review_route", {"region": "KR-50", "year": 2019}).rows == ()


def test_events_of_a_year_with_and_without_place(record):
    rows = record.ask("map_events", {"region": "KR-27", "year": 2018}).rows
    assert {row["event_id"] for row in rows if row["lat"] is None} == {"DG-2018-BRIEF"}
    openings = record.ask(
        "map_events", {"region": "KR-27", "year": 2018, "event_type": "centre_opening"}
    ).rows
    assert [row["city"] for row in openings] == ["Ulaanbaatar", "Novosibirsk", "Irkutsk", "Jakarta"]


def test_patients_of_groups_are_marked(small_record):
    figure = {"source_id": "release", "year": "2019"}
    record = small_record(
        {
            "sources": SOURCES,
            "observations": [
                figure | {"nationality": "RU", "value": "10"},
                figure | {"nationality": "CN;JP", "value": "30"},
            ],
        }
    )
    rows = record.ask("map_patients", {"region": "KR-27", "year": 2019}).rows
    assert [(row["nationality"], row["is_group"], row["value"]) for row in rows] == [
        ("CN;JP", True, 30),
        ("RU", False, 10),
    ]
    assert record.ask("map_patients", {"region": "KR-50", "year": 2019}).rows == ()


def test_a_country_page_keeps_plans_and_results_apart(record):
    rows = record.ask("country_outcomes", {"country": "RU"}).rows
    assert any(row["planned"] for row in rows)
    assert {row["nationality"] for row in rows} <= {None, "RU"}
    agreements = record.ask("country_agreements", {"country": "KZ"}).rows
    assert [(row["event_id"], row["value"]) for row in agreements] == [("DG-2016-LEAD", 1)]
    with pytest.raises(UsageError):
        record.ask("country_patients", {"country": "XX"})


def test_patients_of_a_country_keep_their_gaps(record):
    rows = record.ask("country_patients", {"country": "RU"}).rows
    daegu = {row["year"]: row["value"] for row in rows if row["region"] == "KR-27"}
    assert (daegu[2015], daegu[2016], daegu[2017]) == (291, 1295, None)
    assert all(row["evidence"] == "no data" for row in rows if row["value"] is None)
