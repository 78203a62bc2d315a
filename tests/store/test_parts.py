"""Parts never exceed the whole: what contradicts it is withheld and said, whatever is claimed."""

from itertools import combinations
from random import Random

import pytest

from dashboard.content.care import institution_chart
from dashboard.content.contribution import change_chart
from dashboard.content.nationality import mix_chart

SEOUL, BUSAN, DAEGU, INCHEON = "KR-11", "KR-26", "KR-27", "KR-28"
GWANGJU, DAEJEON = "KR-29", "KR-30"
YEARS = range(2010, 2022)
CODES = ("CN", "JP", "KZ", "RU", "US", "KZ;RU", "RU;US")


def claim(region, year, value, **others):
    return {
        "source_id": "city",
        "region": region,
        "year": str(year),
        "value": str(value),
    } | others


def handed_in():
    """Random claims: about half of the years contradict themselves, some have no total."""
    draw = Random(20261128)
    for region in (SEOUL, BUSAN):
        for year in YEARS:
            if draw.random() < 0.9:
                yield claim(region, year, draw.randrange(100, 400))
            for code in draw.sample(CODES, draw.randrange(len(CODES))):
                yield claim(region, year, draw.randrange(0, 150), nationality=code)
    for year in YEARS:
        yield claim("KR", year, draw.randrange(100, 400), metric="registered_institutions")
        yield claim(SEOUL, year, draw.randrange(50, 300), metric="registered_institutions")


BY_HAND = [
    # Daegu: 80 + 40 of 100 in 2019, nothing wrong in 2018
    claim(DAEGU, 2018, 100),
    claim(DAEGU, 2018, 50, nationality="CN"),
    claim(DAEGU, 2018, 20, nationality="JP"),
    claim(DAEGU, 2019, 100),
    claim(DAEGU, 2019, 80, nationality="CN"),
    claim(DAEGU, 2019, 40, nationality="JP"),
    # Incheon: 30 + 80 of 100 in 2019, but only the 30 have a figure of 2018
    claim(INCHEON, 2018, 90),
    claim(INCHEON, 2018, 10, nationality="CN"),
    claim(INCHEON, 2019, 100),
    claim(INCHEON, 2019, 30, nationality="CN"),
    claim(INCHEON, 2019, 80, nationality="JP"),
    # Daejeon: of 200, a group of 50 in which one member alone counts 80
    claim(DAEJEON, 2019, 200),
    claim(DAEJEON, 2019, 50, nationality="KZ;RU"),
    claim(DAEJEON, 2019, 80, nationality="KZ"),
    claim(DAEJEON, 2019, 30, nationality="CN"),
    # 2018: a group of 150, but its two members are 30 + 20
    claim(DAEJEON, 2018, 200),
    claim(DAEJEON, 2018, 150, nationality="KZ;RU"),
    claim(DAEJEON, 2018, 30, nationality="KZ"),
    claim(DAEJEON, 2018, 20, nationality="RU"),
    claim(DAEJEON, 2018, 30, nationality="CN"),
    # 2017: 30 + 21 of about 50 is only rounding; 2016: 30 + 20 of 50
    claim(DAEJEON, 2017, 200),
    claim(DAEJEON, 2017, 50, nationality="KZ;RU", approximate="true"),
    claim(DAEJEON, 2017, 30, nationality="KZ"),
    claim(DAEJEON, 2017, 21, nationality="RU"),
    claim(DAEJEON, 2016, 200),
    claim(DAEJEON, 2016, 50, nationality="KZ;RU"),
    claim(DAEJEON, 2016, 30, nationality="KZ"),
    claim(DAEJEON, 2016, 20, nationality="RU"),
    # Gwangju: classes count 70 + 60 of 100; the skin clinics alone count 120
    claim(GWANGJU, 2019, 100),
    claim(GWANGJU, 2019, 70, institution_class="clinic"),
    claim(GWANGJU, 2019, 60, institution_class="hospital"),
    claim(GWANGJU, 2019, 120, department="dermatology"),
    # 2018: printed shares of 60 + 50 per cent; 2017: 33.4 three times is only rounding
    claim(GWANGJU, 2018, 60, metric="share_pct", unit="pct", institution_class="clinic"),
    claim(GWANGJU, 2018, 50, metric="share_pct", unit="pct", institution_class="hospital"),
    *(
        claim(GWANGJU, 2017, "33.4", metric="share_pct", unit="pct", institution_class=name)
        for name in ("clinic", "hospital", "general_hospital")
    ),
]


@pytest.fixture(scope="module")
def ask(small_record):
    rows = [*handed_in(), *BY_HAND]
    for row in rows:
        if row.get("metric") == "registered_institutions":
            row["unit"] = "institutions"
    record = small_record(
        {"sources": [{"source_id": "city", "tier": "official"}], "observations": rows}
    )

    def rows_of(question, **parameters):
        return record.ask(question, parameters).rows

    return rows_of


def test_a_rest_below_zero_is_no_rest(ask, english):
    """100 - 80 - 40 is -20 persons, and (-20 - 30) / 30 would be -167 %."""
    rows = ask("patients_change_by_nationality", region=DAEGU, year=2019, base=2018)
    total, *parts, rest = rows
    assert (total["change"], total["change_points"], total["change_pct"]) == (0, 0, 0)
    assert [(row["nationality"], row["change"], row["change_points"]) for row in parts] == [
        ("CN", 30, None), ("JP", 20, None)
    ]  # fmt: skip
    assert (rest["part"], rest["evidence"]) == ("rest", "no data")
    measures = ("base_value", "value", "change", "change_points", "change_pct")
    assert [rest[name] for name in measures] == [None] * 5
    chart = change_chart(DAEGU, 2019, 2018, rows)
    assert chart.title == (
        "Daegu, 2018 to 2019: ±0 persons, which cannot be divided, since the published "
        "nationalities contradict the total or each other"
    )
    assert "no data" in chart.alt


def test_parts_of_one_year_alone_can_contradict_its_total(ask):
    """30 + 80 of 100: a rest of 100 - 30 = 70 would be less than the 80 it holds."""
    *_parts, rest = ask("patients_change_by_nationality", region=INCHEON, year=2019, base=2018)
    assert (rest["part"], rest["value"], rest["change"]) == ("rest", None, None)


def test_shares_of_what_exceeds_the_total_are_withheld(ask, english):
    rows = ask("patients_by_nationality", region=DAEGU, year=2019)
    assert [(row["part"], row["value"], row["share_pct"], row["evidence"]) for row in rows] == [
        ("nationality", 80, None, "settled"),
        ("nationality", 40, None, "settled"),
        ("rest", None, None, "no data"),
    ]
    assert (
        "contradicts the total of 100 persons or another part" in mix_chart(DAEGU, 2019, rows).title
    )
    assert [row["share_pct"] for row in ask("nationality_mix", region=DAEGU, year=2019)] == [
        None, None
    ]  # fmt: skip
    assert [row["share_pct"] for row in ask("nationality_mix", region=DAEGU, year=2018)] == [50, 20]


@pytest.mark.parametrize(("year", "rest"), [(2019, None), (2018, None), (2017, 149), (2016, 150)])
def test_a_group_that_its_members_contradict_is_not_divided(ask, year, rest):
    """200 - (30 + 21) = 149 and 200 - (30 + 20) = 150, where members and group agree."""
    rows = ask("patients_by_nationality", region=DAEJEON, year=year)
    assert rows[-1]["part"] == "rest"
    assert rows[-1]["value"] == rest
    shares = [row["share_pct"] for row in ask("nationality_mix", region=DAEJEON, year=year)]
    assert (None in shares) == (rest is None)
    assert [row["share_pct"] is None for row in rows] == [rest is None] * len(rows)


def test_classes_and_departments_that_exceed_the_whole_are_said_to(ask, english):
    def said(question, year):
        return {row["is_above_whole"] for row in ask(question, region=GWANGJU, year=year)}

    assert said("institution_mix", 2019) == {True}  # 70 + 60 of 100 patients
    assert said("institution_mix", 2018) == {True}  # 60 % + 50 %
    assert said("institution_mix", 2017) == {False}  # 3 * 33.4 % = 100.2 %, rounded
    assert said("department_mix", 2019) == {True}  # 120 of 100 patients
    rows = ask("institution_mix", region=GWANGJU, year=2019)
    assert institution_chart(GWANGJU, 2019, rows).title == (
        "Gwangju 2019: the published parts are more than the whole; the sources contradict "
        "each other"
    )


def is_torn(values):
    """Whether the members of a group count more than it, or all of them less."""
    return any(
        sum(known) > value or (len(known) == len(members) and sum(known) < value)
        for code, value in values.items()
        if len(members := code.split(";")) > 1
        for known in [[values[member] for member in members if member in values]]
    )


@pytest.mark.parametrize("region", [SEOUL, BUSAN])
def test_no_part_of_a_year_is_below_zero_or_above_its_whole(ask, region):
    withheld = 0
    for year in YEARS:
        rows = ask("patients_by_nationality", region=region, year=year)
        values = {row["nationality"]: row["value"] for row in rows if row["part"] != "rest"}
        rest = next((row for row in rows if row["part"] == "rest"), None)
        counted = [row["value"] for row in rows if row["part"] in ("nationality", "group")]
        alone = sum(value for code, value in values.items() if ";" not in code)
        shares = [row["share_pct"] for row in rows if row["share_pct"] is not None]
        assert all(0 <= share <= 100 for share in shares)
        mix = [row["share_pct"] for row in ask("nationality_mix", region=region, year=year)]
        assert all(share is None or 0 <= share <= 100 for share in mix)
        concentration = next(
            (
                row
                for row in ask("nationality_concentration", region=region, year=year)
                if row["year"] == year
            ),
            None,
        )
        if concentration is not None and concentration["share_pct"] is not None:
            assert concentration["share_pct"] <= concentration["share_most_pct"] <= 100
        if rest is None:
            assert shares == []
            continue
        total = rest["total_value"]
        if max(sum(counted), alone) > total or is_torn(values):
            withheld += 1
            assert (rest["value"], shares) == (None, [])
            assert set(mix) <= {None}
            assert concentration is None or concentration["share_pct"] is None
        else:
            assert rest["value"] == total - sum(counted) >= 0
            assert sum(row["share_pct"] for row in rows if row["part"] != "counted elsewhere") == (
                pytest.approx(100)
            )
    assert 0 < withheld < len(YEARS)


@pytest.mark.parametrize("region", [SEOUL, BUSAN])
def test_no_rest_of_a_change_is_below_zero(ask, region):
    withheld = divided = 0
    for base, year in combinations(YEARS, 2):
        rows = ask("patients_change_by_nationality", region=region, year=year, base=base)
        rest = next((row for row in rows if row["part"] == "rest"), None)
        if rest is None:
            continue
        of_years = [
            row
            for each in (base, year)
            for row in ask("patients_by_nationality", region=region, year=each)
            if row["part"] == "rest"
        ]
        if any(row["value"] is None for row in of_years):
            withheld += 1
            assert (rest["value"], rest["base_value"], rest["evidence"]) == (None, None, "no data")
        elif rest["value"] is not None:
            divided += 1
            assert rest["value"] >= 0
            assert rest["base_value"] >= 0
            parts = [row["change"] for row in rows if row["part"] != "total"]
            assert sum(parts) == rows[0]["change"]
    assert withheld > 0
    assert divided > 0


def test_no_share_of_korea_is_above_the_whole(ask):
    above = 0
    for year in YEARS:
        (row,) = ask("share", metric="registered_institutions", region=SEOUL, year=year)
        if row["value"] > row["korea_value"]:
            above += 1
            assert (row["share_pct"], row["evidence"]) == (None, "no data")
        else:
            assert row["share_pct"] == pytest.approx(100 * row["value"] / row["korea_value"])
    assert 0 < above < len(YEARS)
