"""Nationalities, departments and recovery: parts add up, groups count once, gaps stay gaps."""

from itertools import combinations

import pytest

DAEGU, BUSAN, DAEJEON, SEJONG, KOREA = "KR-27", "KR-26", "KR-30", "KR-50", "KR"
FIRST, LAST = 2009, 2025
OWN = ("nationality", "group")


@pytest.fixture(scope="module")
def ask(record):
    """Rows of a question of the former record."""

    def rows(question, **parameters):
        return record.ask(question, parameters).rows

    return rows


@pytest.fixture(scope="module")
def regions(ask):
    return [row["region"] for row in ask("regions")]


@pytest.fixture(scope="module")
def published(ask, regions):
    """Persons by region, nationality and year, each nationality by itself."""
    return {
        region: {
            (row["nationality"], row["year"]): row["value"]
            for row in ask("nationality_years", region=region)
            if row["value"] is not None
        }
        for region in regions
    }


@pytest.fixture(scope="module")
def totals(ask, regions):
    return {
        region: {
            row["year"]: row["value"]
            for row in ask("trend", metric="foreign_patients", region=region)
            if row["value"] is not None
        }
        for region in regions
    }


# One region for each case, so that one build serves all.
OVERLAPPING, EXCEEDED, ROUNDED, PART_YEAR, NO_TOTAL, ONE_YEAR = (
    "KR-11", "KR-26", "KR-27", "KR-28", "KR-29", "KR-30"
)  # fmt: skip
CLAIMS = {
    OVERLAPPING: [
        (None, 1000, {}), ("KZ;RU", 90, {}), ("RU;UZ", 300, {}), ("RU", 50, {}), ("KZ", 40, {})
    ],
    EXCEEDED: [(None, 100, {}), ("CN", 80, {}), ("JP", 30, {})],
    ROUNDED: [(None, 1000, {"approximate": "true"}), ("CN", 250, {})],
    PART_YEAR: [(None, 1000, {}), ("RU", 250, {"period": "to-october"})],
    NO_TOTAL: [("CN", 250, {})],
    ONE_YEAR: [
        (None, 100, {"year": "2018"}), ("CN", 60, {"year": "2018"}), ("JP", 10, {"year": "2018"}),
        (None, 180, {}), ("CN", 90, {}),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def small(small_record):
    """Rows of a question of a record of the claims above."""
    rows = [
        {"source_id": "city", "region": region, "nationality": nationality, "value": str(value)}
        | others
        for region, claims in CLAIMS.items()
        for nationality, value, others in claims
    ]
    source = {"source_id": "city", "tier": "official"}
    record = small_record({"sources": [source], "observations": rows})

    def rows_of(question, **parameters):
        return record.ask(question, parameters).rows

    return rows_of


def columns(rows, *names):
    return [tuple(row[name] for name in names) for row in rows]


def codes(rows):
    """Every single nationality that the counting rows hold."""
    return [code for row in rows if row["part"] in OWN for code in row["nationality"].split(";")]


# ---- The parts of a year


def test_a_group_stands_for_its_members_where_one_is_unknown(ask):
    """Daegu 2016: 1,816 from Russia and Kazakhstan, 1,295 of them from Russia."""
    rows = ask("patients_by_nationality", region=DAEGU, year=2016)
    assert columns(rows, "part", "nationality", "value", "counted_in") == [
        ("nationality", "CN", 5300, None),
        ("group", "KZ;RU", 1816, None),
        ("counted elsewhere", "RU", 1295, "KZ;RU"),
        ("nationality", "MN", 401, None),
        ("rest", None, 21100 - 5300 - 1816 - 401, None),  # 13,583
    ]
    assert rows[0]["is_approximate"]
    assert (rows[-1]["evidence"], rows[-1]["is_approximate"]) == ("approximate", True)
    assert rows[-1]["share_pct"] == pytest.approx(100 * 13583 / 21100)  # 64.37…


def test_members_stand_for_themselves_where_all_are_known(ask):
    """Daegu 2015: 383 from Russia and Kazakhstan are 291 + 92."""
    rows = ask("patients_by_nationality", region=DAEGU, year=2015)
    assert columns(rows, "part", "nationality", "value") == [
        ("nationality", "US", 4632),
        ("nationality", "CN", 3864),
        ("nationality", "VN", 809),
        ("nationality", "PH", 386),
        ("counted elsewhere", "KZ;RU", 383),
        ("nationality", "RU", 291),
        ("nationality", "KZ", 92),
        ("rest", None, 12988 - 4632 - 3864 - 809 - 386 - 291 - 92),  # 2,914
    ]


def test_parts_add_up_to_the_total_in_every_region_and_year(ask, regions, totals):
    found = 0
    for region in regions:
        for year in range(FIRST, LAST + 1):
            rows = ask("patients_by_nationality", region=region, year=year)
            counted = [row["value"] for row in rows if row["part"] in (*OWN, "rest")]
            assert len(codes(rows)) == len(set(codes(rows)))
            assert any(row["part"] == "rest" for row in rows) == (year in totals[region])
            if year in totals[region]:
                found += 1
                assert sum(counted) == totals[region][year], (region, year)
    assert found == sum(
        FIRST <= year <= LAST for years in totals.values() for year in years
    )  # none was skipped


def test_of_groups_that_overlap_the_greater_counts(small):
    rows = small("patients_by_nationality", region=OVERLAPPING, year=2019)
    assert columns(rows, "part", "nationality", "value") == [
        ("group", "RU;UZ", 300),
        ("counted elsewhere", "KZ;RU", 90),
        ("counted elsewhere", "RU", 50),
        ("nationality", "KZ", 40),
        ("rest", None, 1000 - 300 - 40),
    ]


def test_nothing_is_left_over_where_the_published_exceed_the_total(small):
    rows = small("patients_by_nationality", region=EXCEEDED, year=2019)
    assert columns(rows, "part", "value", "evidence")[-1] == ("rest", None, "no data")


def test_shares_need_a_firm_total(small):
    rows = small("patients_by_nationality", region=ROUNDED, year=2019)
    assert columns(rows, "part", "value", "share_pct") == [
        ("nationality", 250, None), ("rest", 750, None)
    ]  # fmt: skip
    assert rows[-1]["is_approximate"]


def test_a_part_of_the_year_is_no_year(small):
    rows = small("patients_by_nationality", region=PART_YEAR, year=2019)
    assert columns(rows, "part", "value") == [("rest", 1000)]
    assert small("nationality_years", region=PART_YEAR) == ()


def test_without_a_total_there_is_no_rest(small):
    rows = small("patients_by_nationality", region=NO_TOTAL, year=2019)
    assert columns(rows, "part", "share_pct", "total_value", "total_evidence") == [
        ("nationality", None, None, "no data")
    ]


def test_sejong_has_nothing_and_does_not_fail(ask):
    assert ask("patients_by_nationality", region=SEJONG, year=2019) == ()
    assert ask("patients_change_by_nationality", region=SEJONG, year=2019, base=2018) == ()
    assert ask("nationality_years", region=SEJONG) == ()
    assert ask("printed_rates", region=SEJONG, year=2019) == ()


# ---- The parts of a change


def test_change_of_daegu_2018_to_2019(ask):
    rows = ask("patients_change_by_nationality", region=DAEGU, year=2019, base=2018)
    assert columns(rows, "part", "nationality", "base_value", "value", "change") == [
        ("total", None, 17745, 31183, 13438),
        ("nationality", "CN", 3438, 6474, 3036),
        ("rest", None, 17745 - 3438, 31183 - 6474, 13438 - 3036),  # + 10,402
    ]
    assert rows[1]["change_points"] == pytest.approx(100 * 3036 / 17745)  # 17.109…
    assert rows[2]["change_points"] == pytest.approx(100 * 10402 / 17745)  # 58.619…
    assert rows[0]["change_pct"] == pytest.approx(100 * 13438 / 17745)  # 75.728…


def test_a_group_known_in_both_years_changes_as_a_group(ask):
    """Kazakhstan has no full year 2016, so Russia's 291 to 1,295 stays in the group."""
    rows = ask("patients_change_by_nationality", region=DAEGU, year=2016, base=2015)
    assert columns(rows, "part", "nationality", "change", "is_approximate") == [
        ("total", None, 21100 - 12988, False),
        ("nationality", "CN", 5300 - 3864, True),
        ("group", "KZ;RU", 1816 - 383, False),
        ("rest", None, (21100 - 12988) - (5300 - 3864) - (1816 - 383), True),  # 5,243
    ]


@pytest.mark.parametrize(
    "some",
    [[KOREA, DAEGU, SEJONG], pytest.param(None, marks=pytest.mark.long)],
    ids=["some", "all"],
)
def test_parts_and_rest_are_the_change_for_every_region_and_pair_of_years(
    ask, regions, published, totals, some
):
    divided = 0
    for region in some or regions:
        years = {*totals[region], *(year for _, year in published[region])} - {2008}
        for base, year in combinations(sorted(years), 2):
            rows = ask("patients_change_by_nationality", region=region, year=year, base=base)
            parts = [row for row in rows if row["part"] in OWN]
            assert len(codes(rows)) == len(set(codes(rows)))
            for row in parts:
                name = row["nationality"]
                before, after = published[region][name, base], published[region][name, year]
                assert (row["base_value"], row["value"]) == (before, after)
                assert row["change"] == after - before
            both = {name for name, known in published[region] if known == base} & {
                name for name, known in published[region] if known == year
            }
            assert {code for name in both for code in name.split(";")} == set(codes(rows))
            known = {base, year} <= set(totals[region])
            assert [row["part"] for row in rows].count("total") == known
            if not known:
                assert not any(row["part"] == "rest" for row in rows)
                continue
            divided += 1
            change = totals[region][year] - totals[region][base]
            rest = rows[-1]
            assert rest["part"] == "rest"
            assert rows[0]["change"] == change
            assert sum(row["change"] for row in parts) + rest["change"] == change
            assert isinstance(rest["change"], int)
            assert sum(row["change_points"] for row in rows[1:]) == pytest.approx(
                100 * change / totals[region][base]
            )
    assert divided > (100 if some else 700)


def test_2008_is_no_baseline(ask):
    assert ask("patients_change_by_nationality", region=KOREA, year=2009, base=2008) == ()


def test_a_nationality_of_one_year_is_in_the_rest(small):
    rows = small("patients_change_by_nationality", region=ONE_YEAR, year=2019, base=2018)
    assert columns(rows, "part", "nationality", "change") == [
        ("total", None, 80), ("nationality", "CN", 30), ("rest", None, 50)
    ]  # fmt: skip


# ---- Concentration


def test_concentration_of_korea_2019(ask):
    row = next(
        row
        for row in ask("nationality_concentration", region=KOREA, year=2019)
        if row["year"] == 2019
    )
    three = 162868 + 68411 + 58358  # China, Japan, United States
    unknown = 497464 - three - 29897 - 17918 - 15133  # without Russia, Mongolia, Vietnam
    assert (row["nationality"], row["value"], row["reason"]) == ("CN;JP;US", three, None)
    assert row["share_pct"] == pytest.approx(100 * three / 497464)  # 58.22…
    assert unknown > 58358  # so one unpublished country could be greater than the third
    assert row["share_most_pct"] == pytest.approx(100 * (162868 + 68411 + unknown) / 497464)


@pytest.mark.parametrize(
    ("region", "year", "reason"),
    [
        (DAEGU, 2019, "nationality not firm"),  # the United States and Vietnam are rounded
        (KOREA, 2009, "nationality not firm"),  # China is contested
        (KOREA, 2014, "fewer than three"),
        (KOREA, 2022, "fewer than three"),
        (DAEGU, 2023, "no total"),
        (SEJONG, 2019, "no total"),
    ],
)
def test_why_there_is_no_concentration(ask, region, year, reason):
    rows = ask("nationality_concentration", region=region, year=year)
    row = next(row for row in rows if row["year"] == year)
    assert (row["reason"], row["share_pct"], row["nationality"]) == (reason, None, None)


def test_concentration_cannot_exceed_what_is_possible(ask, regions):
    for region in regions:
        for row in ask("nationality_concentration", region=region, year=2019):
            if row["share_pct"] is not None:
                assert 0 < row["share_pct"] <= row["share_most_pct"] <= 100


# ---- Rates that were printed without persons


def test_printed_growth_of_daegu_2019(ask):
    rows = ask("printed_rates", region=DAEGU, year=2019)
    rates = columns(rows, "nationality", "department", "growth_pct", "growth_evidence", "share_pct")
    assert rates == [
        ("MN", None, 354, "single source", None),
        ("VN", None, 243, "single source", None),
        ("JP", None, 92, "single source", None),
        (None, "dermatology", 136, "settled", None),
        (None, "plastic_surgery", 115, "settled", None),
    ]


def test_a_part_of_the_year_is_named(ask):
    """+354 % are ten months of 2016 against all of 2015."""
    rows = ask("printed_rates", region=DAEGU, year=2016)
    assert [row["period"] for row in rows if row["nationality"] == "RU"] == ["to-october"]


def test_a_rate_that_persons_give_is_left_out(ask, regions, published):
    for region in regions:
        for year in range(FIRST, LAST + 1):
            firm = {
                row["nationality"]
                for row in ask("patients_by_nationality", region=region, year=year)
                if row["share_pct"] is not None
            }
            for row in ask("printed_rates", region=region, year=year):
                if row["breakdown"] != "nationality" or row["period"] != "annual":
                    continue
                name, known = row["nationality"], published[region]
                assert row["share_pct"] is None or name not in firm
                assert row["growth_pct"] is None or not {(name, year), (name, year - 1)} <= set(
                    known
                )


# ---- Recovery, years


def test_recovery_of_daegu(ask):
    rows = ask("recovery", region=DAEGU)
    mine = {row["year"]: row for row in rows if row["region"] == DAEGU}
    assert list(mine) == list(range(2019, max(mine) + 1))
    assert mine[2019]["index_pct"] == 100
    assert mine[2024]["index_pct"] == pytest.approx(100 * 14646 / 31183)  # 46.96…
    assert (mine[2022]["evidence"], mine[2022]["is_approximate"]) == ("approximate", True)
    assert (mine[2023]["index_pct"], mine[2023]["evidence"]) == (None, "no data")
    korea = {row["year"]: row for row in rows if row["region"] == KOREA}
    assert korea[2024]["index_pct"] == pytest.approx(100 * 1170467 / 497464)  # 235.28…


def test_no_former_year_no_index(ask, regions, totals):
    for region in regions:
        mine = [row for row in ask("recovery", region=region) if row["region"] == region]
        assert all(
            (row["index_pct"] is None) == (not {2019, row["year"]} <= set(totals[region]))
            for row in mine
        )


def test_korea_stands_once_in_its_own_recovery(ask):
    years = [row["year"] for row in ask("recovery", region=KOREA)]
    assert len(years) == len(set(years))


def test_years_without_a_figure_stay_in_the_table(ask):
    rows = [row for row in ask("nationality_years", region=DAEGU) if row["nationality"] == "VN"]
    assert [row["year"] for row in rows] == list(range(2009, 2020))
    assert {row["year"]: row["value"] for row in rows if row["value"] is not None} == {
        2009: 13, 2015: 809, 2019: 4200
    }  # fmt: skip
    by_year = {row["year"]: row["of_peak_pct"] for row in rows}
    assert by_year[2015] == pytest.approx(100 * 809 / 4200)  # 19.26…
    assert by_year[2010] is None
