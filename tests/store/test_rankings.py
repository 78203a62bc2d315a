"""Ranks over the years and what moved: ties, gaps, intervals, and only what can be compared."""

import csv
from random import Random

import pytest

from dashboard.errors import UsageError
from dashboard.settings import PROJECT_ROOT

SEOUL, BUSAN, DAEGU, INCHEON, JEJU = "KR-11", "KR-26", "KR-27", "KR-28", "KR-49"
SEJONG = "KR-50"


def columns(rows, *names):
    return [tuple(row[name] for name in names) for row in rows]


def patients(region, value, year):
    return {"source_id": "city", "region": region, "value": str(value), "year": str(year)}


@pytest.fixture(scope="module")
def regions():
    with (PROJECT_ROOT / "data/public_record/regions.csv").open(encoding="utf-8") as file:
        return [row["region"] for row in csv.DictReader(file) if row["region"] != "KR"]


# ---- The former record


def test_2019_and_what_moved_since_2018(record):
    asked = {"metric": "foreign_patients", "year": 2019, "previous_year": 2018}
    rows = record.ask("ranking_movement", asked).rows
    # All eight had figures in 2018: 245,463 46,379 17,745 17,760 15,282 7,506 7,831 1,723.
    # So among the eight Daegu was 4th behind Incheon, and Jeju 7th behind Daejeon.
    names = ("rank", "region", "value", "previous_both_rank", "both_rank", "movement", "change")
    assert columns(rows, *names) == [
        (1, "KR-11", 320284, 1, 1, 0, 74821),
        (2, "KR-41", 53413, 2, 2, 0, 7034),
        (3, "KR-27", 31183, 4, 3, 1, 13438),
        (4, "KR-28", 24864, 3, 4, -1, 7104),
        (5, "KR-26", 19748, 5, 5, 0, 4466),
        (6, "KR-49", 14114, 7, 6, 1, 6608),
        (7, "KR-30", 9296, 6, 7, -1, 1465),
        (8, "KR-42", 1030, 8, 8, 0, -693),
    ]
    for row in rows:
        assert (row["of_count"], row["region_count"], row["both_count"]) == (8, 17, 8)
    daegu = rows[2]
    assert daegu["change_pct"] == pytest.approx(100 * 13438 / 17745)  # 75.728…
    assert set(daegu["source_ids"]) >= {"incheonin2020", "asiae2020"}


def test_movement_is_counted_among_regions_with_both_years_only(record):
    """2017 to 2018: Gyeonggi has no figure of 2017, and takes no place in the comparison."""
    asked = {"metric": "foreign_patients", "year": 2018, "previous_year": 2017}
    rows = {row["region"]: row for row in record.ask("ranking_movement", asked).rows}
    gyeonggi, daegu, incheon = rows["KR-41"], rows[DAEGU], rows[INCHEON]
    assert (gyeonggi["rank"], gyeonggi["movement"], gyeonggi["previous_year"]) == (2, None, None)
    assert (gyeonggi["change"], gyeonggi["previous_evidence"]) == (None, "no data")
    # With figures in both: Seoul, Incheon, Daegu, Busan, Daejeon, Jeju, Gwangju, Chungbuk.
    # 2017: Seoul 202,248, Daegu 21,876, Incheon 14,572; 2018: Seoul, Incheon 17,760, Daegu 17,745.
    assert (daegu["rank"], daegu["both_count"]) == (4, 8)
    assert (daegu["previous_both_rank"], daegu["both_rank"], daegu["movement"]) == (2, 3, -1)
    assert (incheon["previous_both_rank"], incheon["both_rank"], incheon["movement"]) == (3, 2, 1)


def test_announced_ranks_are_facts_of_their_own(record):
    assert columns(record.ask("announced_ranks").rows, "year", "region", "announced_rank") == [
        (2017, DAEGU, 1), (2018, DAEGU, 1), (2019, DAEGU, 1)
    ]  # fmt: skip
    printed = record.ask(
        "announced_ranks", {"metric": "rank", "first_year": 2018, "last_year": 2018}
    )
    assert columns(printed.rows, "region", "announced_rank") == [(INCHEON, 3), (JEJU, 7)]
    assert all(row["source_ids"] for row in printed.rows)
    assert record.ask("announced_ranks", {"metric": "foreign_patients"}).rows == ()


@pytest.mark.parametrize("metric", ["rank", "review_rank"])
@pytest.mark.parametrize("question", ["ranking", "ranking_movement", "ranking_years"])
def test_an_announced_rank_is_never_ranked_again(record, question, metric):
    """Incheon came 3rd and Jeju 7th in 2018, as printed: Jeju's 7 is no first place."""
    asked = {"metric": metric} | ({} if question == "ranking_years" else {"year": 2018})
    with pytest.raises(UsageError) as caught:
        record.ask(question, asked)
    assert f"'{question}' has no metric '{metric}'" in caught.value.message
    assert "ask announced_ranks" in caught.value.message
    assert metric not in {row["metric"] for row in record.ask("ranked_metrics").rows}


def test_only_regions_alone_are_ranked(record):
    """Busan and others had 500 million each in 2023; Daegu and Gyeongbuk had theirs together."""
    rows = record.ask("ranking_movement", {"metric": "cluster_grant_krw", "year": 2023}).rows
    assert {row["region"] for row in rows} == {"KR-26", "KR-28", "KR-42", "KR-43", "KR-45"}
    assert {row["rank"] for row in rows} == {1}
    assert {(row["rank_best"], row["rank_worst"]) for row in rows} == {(1, 1 + 17 - 5)}


def test_sejong_has_no_rank(record):
    rows = record.ask("ranking_years", {"metric": "foreign_patients"}).rows
    assert SEJONG not in {row["region"] for row in rows}
    assert {row["year"] for row in rows} == set(range(2009, 2025))


def test_which_metrics_can_be_ranked(record):
    found = {(row["metric"], row["year"]): row for row in record.ask("ranked_metrics").rows}
    assert found["foreign_patients", 2016]["of_count"] == 12
    assert DAEGU not in found["foreign_patients", 2023]["regions"]
    # Seoul and Gyeonggi of 2012 have one revenue together.
    assert "KR-11" not in found["spending_krw", 2012]["regions"]


def test_measures_of_2019(record):
    rows = record.ask("region_measures", {"year": 2019, "metrics": "foreign_patients_change_pct"})
    found = {row["region"]: row for row in rows.rows}
    assert len(found) == 8
    assert found[DAEGU]["value"] == pytest.approx(100 * 13438 / 17745)
    # Gyeonggi 2018 is printed by one source only, and the weaker evidence holds.
    assert (found[DAEGU]["evidence"], found["KR-41"]["evidence"]) == ("settled", "single source")
    both = record.ask("region_measures", {"year": 2019, "metrics": "foreign_patients,events_held"})
    assert {row["metric"] for row in both.rows} == {"foreign_patients", "events_held"}


# ---- By hand: ties, gaps, decimals


HAND = {
    2010: {SEOUL: 300, BUSAN: 200, DAEGU: 200, INCHEON: 100},
    # 2011: nobody has a figure
    2012: {SEOUL: 100, DAEGU: 300, JEJU: 300},
    2013: {SEOUL: 299, BUSAN: 304, DAEGU: 303},  # all three would round to 300
}


@pytest.fixture(scope="module")
def hand(small_record):
    rows = [patients("KR", 1000, year) for year in HAND]
    rows += [patients("KR-27;KR-47", 500, year) for year in HAND]
    rows += [
        patients(region, v, year) for year, found in HAND.items() for region, v in found.items()
    ]
    rows += [patients(DAEGU, 900, 2011) | {"period": "to-october"}]
    rows += [patients(DAEGU, 900, 2011) | {"suspect": "true"}]
    return small_record({"sources": [{"source_id": "city"}], "observations": rows})


def test_years_stand_side_by_side_with_their_gaps(hand):
    rows = hand.ask("ranking_years", {"metric": "foreign_patients"}).rows
    ranks = {(row["year"], row["region"]): row["rank"] for row in rows}
    expected = {
        2010: {SEOUL: 1, BUSAN: 2, DAEGU: 2, INCHEON: 4},  # 2 and 2, then 4
        2012: {DAEGU: 1, JEJU: 1, SEOUL: 3},
        2013: {BUSAN: 1, DAEGU: 2, SEOUL: 3},  # before rounding
    }
    assert ranks == {
        (year, region): expected.get(year, {}).get(region)
        for year in (2010, 2011, 2012, 2013)
        for region in (SEOUL, BUSAN, DAEGU, INCHEON, JEJU)
    }
    counts = {row["year"]: row["of_count"] for row in rows}
    assert counts == {2010: 4, 2011: 0, 2012: 3, 2013: 3}
    gap = next(row for row in rows if (row["year"], row["region"]) == (2011, DAEGU))
    assert (gap["value"], gap["evidence"], gap["rank"]) == (None, "no data", None)
    assert (gap["rank_best"], gap["rank_worst"]) == (1, 16)  # of 16, without Sejong
    tied = next(row for row in rows if (row["year"], row["region"]) == (2010, DAEGU))
    # KR-47 has 500 - 200 = 300, so Korea's 1,000 cannot be true beside the five, and bounds nobody:
    # Seoul and KR-47 stand above, and so could the 16 - 5 = 11 others (no Sejong yet).
    assert (tied["rank_best"], tied["rank_worst"]) == (3, 14)


def test_years_can_be_narrowed(hand):
    asked = {"metric": "foreign_patients", "first_year": 2012, "last_year": 2013}
    rows = hand.ask("ranking_years", asked).rows
    assert {row["year"] for row in rows} == {2012, 2013}
    assert {row["region"] for row in rows} == {SEOUL, BUSAN, DAEGU, JEJU}


def test_movement_across_a_gap(hand):
    asked = {"metric": "foreign_patients", "year": 2012, "previous_year": 2010}
    rows = hand.ask("ranking_movement", asked).rows
    # With figures in both: Seoul 300 → 100 and Daegu 200 → 300.
    assert columns(rows, "region", "rank", "both_count", "previous_both_rank", "movement") == [
        (DAEGU, 1, 2, 2, 1), (JEJU, 1, None, None, None), (SEOUL, 3, 2, 1, -1)
    ]  # fmt: skip
    assert columns(rows, "change", "change_pct") == [(100, 50), (None, None), (-200, -200 / 3)]


def test_movement_with_ties_keeps_shared_places(hand):
    asked = {"metric": "foreign_patients", "year": 2013, "previous_year": 2010}
    rows = hand.ask("ranking_movement", asked).rows
    # 2010 among the three: Seoul 1, Busan and Daegu both 2. 2013: Busan 1, Daegu 2, Seoul 3.
    assert columns(rows, "region", "previous_both_rank", "both_rank", "movement") == [
        (BUSAN, 2, 1, 1), (DAEGU, 2, 2, 0), (SEOUL, 1, 3, -2)
    ]  # fmt: skip


@pytest.mark.parametrize("previous", [None, 2011, 1999])
def test_without_a_year_to_compare_with_nothing_is_compared(hand, previous):
    """2011 has a part-year and a suspect count only, 1999 has nothing."""
    asked = {"metric": "foreign_patients", "year": 2012, "previous_year": previous}
    rows = hand.ask("ranking_movement", asked).rows
    assert len(rows) == 3
    for row in rows:
        assert row["previous_evidence"] == "no data"
        names = ("previous_year", "previous_value", "change", "change_pct", "movement", "both_rank")
        assert {row[name] for name in names} == {None}


# ---- Always


OPEN = {"metric": "spending_krw", "unit": "krw"}
"""A metric of which regions without a figure could have anything."""


@pytest.fixture(scope="module")
def random_years(small_record, regions):
    """12 years of random regions with many ties, and a record of them."""
    random = Random(27)
    years = {
        year: {
            region: random.randint(1, 8)
            for region in random.sample(regions, random.randint(1, len(regions)))
        }
        for year in range(2001, 2013)
    }
    rows = [
        patients(region, v, year) | OPEN
        for year, found in years.items()
        for region, v in found.items()
    ]
    return years, small_record({"sources": [{"source_id": "city"}], "observations": rows})


def test_any_years(random_years):
    years, record = random_years
    rows = record.ask("ranking_years", {"metric": OPEN["metric"]}).rows
    assert len(rows) == len(years) * len({region for found in years.values() for region in found})
    for row in rows:
        found = years[row["year"]]
        value = found.get(row["region"])
        assert row["value"] == value
        assert row["of_count"] == len(found)
        if value is None:
            assert (row["rank"], row["evidence"]) == (None, "no data")
            continue
        assert row["rank"] == 1 + sum(other > value for other in found.values())
        assert (row["rank_best"], row["rank_worst"]) == (row["rank"], row["rank"] + 17 - len(found))


def test_any_movement(random_years):
    years, record = random_years
    for year in range(2002, 2013):
        now, before = years[year], years[year - 1]
        both = now.keys() & before.keys()
        asked = {"metric": OPEN["metric"], "year": year, "previous_year": year - 1}
        rows = record.ask("ranking_movement", asked).rows
        assert {row["region"] for row in rows} == set(now)
        for row in rows:
            region = row["region"]
            if region not in both:
                assert (row["movement"], row["change"]) == (None, None)
                continue
            stood = 1 + sum(before[other] > before[region] for other in both)
            stands = 1 + sum(now[other] > now[region] for other in both)
            assert (row["both_count"], row["movement"]) == (len(both), stood - stands)
            assert row["change"] == now[region] - before[region]


PLACES = ("rank", "among_best", "among_worst", "rank_best", "rank_worst", "rank_certain")


def places(record, metric, year):
    rows = record.ask("ranking", {"metric": metric, "year": year}).rows
    return {row["region"]: tuple(row[name] for name in PLACES) for row in rows}


def test_rank_among_figures_and_among_all_are_two_columns(record):
    # Gyeonggi has no figure of 2017 but certainly more than Daegu: second of nine, third of 17.
    assert places(record, "foreign_patients", 2017)[DAEGU] == (2, 2, 2, 3, 3, 3)
    row = record.ask("ranking", {"metric": "foreign_patients", "year": 2017}).first
    assert "place" not in row


def test_a_lower_bound_is_not_certainly_below_a_greater_figure(record):
    """Incheon at least 1,450, Daegu at least 1,000, Busan at least 500 million; three exactly 500.

    Each of the first three could be first, and none of the exact ones is certainly above them: they
    are second at worst by each other and third by the two. An exact 500 million has the two surely
    above (3rd) and all three at worst (4th). 17 - 6 = 11 regions without figure could be above.
    """
    found = places(record, "cluster_grant_cumulative_krw", 2023)
    for region, rank in ((INCHEON, 1), (DAEGU, 2), (BUSAN, 3)):
        assert found[region] == (rank, 1, 3, 1, 3 + 11, None)
    for region in ("KR-42", "KR-43", "KR-45"):
        assert found[region] == (3, 3, 4, 3, 4 + 11, None)
    asked = {"metric": "cluster_grant_cumulative_krw", "year": 2023, "previous_year": 2019}
    rows = {row["region"]: row for row in record.ask("ranking_movement", asked).rows}
    # Daegu from 1,000 to 1,000, Incheon from 600 to 1,450, both at least: who led is open.
    assert (rows[DAEGU]["both_count"], rows[DAEGU]["movement"]) == (2, None)


def test_ranks_by_share_follow_from_all_that_is_printed_of_the_patients(record):
    # 2019: 4 regions are certain by their patients, as in `bounds`; Busan is fifth or sixth.
    found = places(record, "share_pct", 2019)
    assert [found[region][3:] for region in (SEOUL, "KR-41", DAEGU, INCHEON, BUSAN)] == [
        (1, 1, 1), (2, 2, 2), (3, 3, 3), (4, 4, 4), (5, 6, None)
    ]  # fmt: skip
    bounds = record.ask("bounds", {"year": 2019}).rows
    assert {r["region"]: (r["rank_best"], r["rank_worst"]) for r in bounds}.items() >= {
        region: row[3:5] for region, row in found.items()
    }.items()


def test_rounded_figures_that_overlap_share_places(small_record):
    # ≈ 1,000 stands for 500 to 1,500, in which 1,200 lies; 1,600 is above and 400 below both.
    values = {SEOUL: 1600, BUSAN: 1200, DAEGU: 1000, JEJU: 400}
    record = small_record(
        {
            "sources": [{"source_id": "city"}],
            "observations": [
                patients(region, value, 2019)
                | {
                    "metric": "spending_krw",
                    "unit": "krw",
                    "approximate": str(region == DAEGU).lower(),
                }
                for region, value in values.items()
            ],
        }
    )
    found = places(record, "spending_krw", 2019)
    assert {region: row[:3] for region, row in found.items()} == {
        SEOUL: (1, 1, 1), BUSAN: (2, 2, 3), DAEGU: (3, 2, 3), JEJU: (4, 4, 4)
    }  # fmt: skip
