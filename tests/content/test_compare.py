"""Differences between regions: only where both have a figure, and never more than they say."""

from dataclasses import replace
from random import Random

import pytest

from dashboard.catalogue import read_catalogue
from dashboard.content.compare import difference, difference_sentence, region_trends_finding
from dashboard.content.compose import draft
from dashboard.errors import UsageError
from dashboard.i18n import use_language
from dashboard.kpi import read_metric
from dashboard.settings import settings

DAEGU, DAEJEON, SEOUL, SEJONG = "KR-27", "KR-30", "KR-11", "KR-50"


pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture(scope="module")
def read(record):
    catalogue = read_catalogue(settings().queries)

    def reading(region, year=2019, metric="foreign_patients"):
        return read_metric(record, catalogue[metric], region, year)

    return reading


def test_daegu_and_daejeon_2019(read):
    daegu, daejeon = read(DAEGU), read(DAEJEON)
    found = difference(daegu, daejeon)
    assert found.amount == 31183 - 9296
    assert found.ratio == pytest.approx(31183 / 9296)  # 3.354…
    assert difference_sentence(daegu, daejeon) == (
        "Daegu: 21,887 persons more than Daejeon (3.4 times)"
    )
    assert difference_sentence(daejeon, daegu) == (
        "Daejeon: 21,887 persons less than Daegu (29.8% of Daegu)"  # 9,296 / 31,183
    )
    use_language("ko")
    assert difference_sentence(daegu, daejeon) == "대구, 대전보다 21,887명 많음 (3.4배)"
    assert difference_sentence(daejeon, daegu) == "대전, 대구보다 21,887명 적음 (대구의 29.8%)"


def test_no_figure_no_difference(read):
    assert difference_sentence(read(DAEGU), read(SEJONG)) == ""
    assert difference(read(SEJONG), read(DAEGU)) is None


def test_shares_differ_by_points_and_never_by_ratio(read):
    found = difference(
        read(DAEGU, metric="share_of_korea_pct"), read(DAEJEON, metric="share_of_korea_pct")
    )
    assert found.ratio is None
    assert found.amount == pytest.approx(100 * (31183 - 9296) / 497464)
    sentence = difference_sentence(
        read(DAEGU, metric="share_of_korea_pct"), read(DAEJEON, metric="share_of_korea_pct")
    )
    assert sentence == "Daegu: 4.4 pp above Daejeon"


def test_a_printed_share_is_not_compared_with_a_computed_one(read):
    printed = read(DAEGU, 2023, "share_of_korea_pct")
    computed = read(DAEJEON, 2023, "share_of_korea_pct")
    assert (printed.row["is_printed"], computed.row["is_printed"]) == (True, False)
    assert difference(printed, computed) is None
    assert "not compared" in difference_sentence(printed, computed)


def test_targets_are_not_compared(read):
    mine = replace(read(DAEGU, 2016, "target_attainment_pct"), value=100.0)
    assert difference(mine, replace(mine, region=SEOUL, value=50.0)) is None


def test_an_approximate_or_contested_value_is_never_silent(read):
    sentence = difference_sentence(read(DAEGU, 2022), read(DAEJEON, 2022))  # 14,000 is rounded
    assert sentence == (
        "Daegu: ≈ 9,655 persons more than Daejeon (≈ 3.2 times); includes: approximate"
    )
    contested = replace(read(DAEGU), evidence="contested")
    assert difference_sentence(contested, read(DAEJEON)).endswith("includes: contested")


@pytest.mark.parametrize("seed", range(5))
def test_differences_mirror_each_other(read, seed):
    draw = Random(seed)
    mine = replace(read(DAEGU), value=draw.randint(0, 9))
    other = replace(read(DAEJEON), value=draw.randint(0, 9))
    there, back = difference(mine, other), difference(other, mine)
    assert there.amount == -back.amount
    if mine.value and other.value:
        assert there.ratio * back.ratio == pytest.approx(1)
    else:
        assert there.ratio is back.ratio is None
    if mine.value == other.value:
        assert difference_sentence(mine, other) == "Daegu, Daejeon: equal"


def test_ranks_are_places_apart(read):
    mine, other = (read(region, metric="foreign_patients_rank") for region in (DAEGU, "KR-11"))
    assert (mine.value, other.value) == (3, 1)
    assert difference_sentence(mine, other) == "Daegu, Seoul: 2 places apart"


def test_how_much_was_published_is_not_compared(read):
    mine, other = (read(region, metric="nationalities_reported") for region in (DAEGU, DAEJEON))
    assert (mine.value, other.value) == (4, 1)
    assert difference(mine, other) is None
    events = replace(read(DAEGU, metric="events_held"), value=3)
    assert difference_sentence(events, replace(events, region=DAEJEON, value=1)).endswith(
        "includes: unlike coverage"
    )


def columns_of(table):
    return [column.label for column in table.columns]


def lines_of(table):
    return {row[0].text: row[1:] for row in table.rows}


def test_every_key_figure_of_the_regions_side_by_side(report):
    compared = report("compare", "ko", region=DAEGU, compare=DAEJEON, year=2019)
    assert compared.is_led
    assert compared.sections[0].title == (
        "2019년 외국인환자: 대구 31,183명, 대전 9,296명. 대구, 대전보다 21,887명 많음 (3.4배)"
    )
    table, *_rests_on = compared.sections[1].blocks
    daegu, daejeon, apart = lines_of(table)["클러스터 국비"]
    assert (daegu.text, daejeon.text, apart.text) == ("4억 원", "자료 없음", "")


def test_three_regions(report):
    incheon = "KR-28"
    compared = report("compare", "en", region=DAEGU, compare=DAEJEON, third=incheon, year=2019)
    assert "Incheon 24,864 persons" in compared.sections[0].title
    table, *_rests_on = compared.sections[1].blocks
    assert columns_of(table) == [
        "Metric", "Daegu", "Daejeon", "Incheon", "Difference from Daejeon",
        "Difference from Incheon", "Daejeon: difference from Incheon",
    ]  # fmt: skip
    *values, from_daejeon, from_incheon, of_others = lines_of(table)["Foreign patients"]
    assert [cell.value for cell in values] == [31183, 9296, 24864]
    assert values[1].link.parameters == (("evidence", "foreign_patients.KR-30.2019"),)
    assert from_daejeon.text == "Daegu: 21,887 persons more than Daejeon (3.4 times)"
    # 31,183 - 24,864 = 6,319; 31,183 / 24,864 = 125.4 %
    assert from_incheon.text == "Daegu: 6,319 persons more than Incheon (125.4% of Incheon)"
    # 24,864 - 9,296 = 15,568; 9,296 / 24,864 = 37.4 %
    assert of_others.text == "Daejeon: 15,568 persons less than Incheon (37.4% of Incheon)"
    for said in (from_daejeon, from_incheon, of_others):
        assert said.text in compared.sections[0].title
    (chart,) = compared.sections[2].blocks
    assert [series.name for series in chart.series] == ["Daegu", "Daejeon", "Incheon"]
    assert chart.chosen == "2019"
    # What each region has beside the value: change, target, notes.
    folded = [section.title for section in compared.sections if section.is_folded]
    assert folded[:3] == ["Daegu 2019 in full", "Daejeon 2019 in full", "Incheon 2019 in full"]


def test_one_region_alone_and_one_without_figures(report):
    # 497,464 of Korea - 473,932 of the 8 regions known - 1,613 that Ulsan has at least: 2,301 of
    # the year before, less 29.9% of them.
    most = "Sejong at most 21,919 persons"
    alone = report("compare", "en", region=SEJONG, year=2019)
    assert alone.sections[0].title == f"Foreign patients 2019: {most}"
    said = [block.text for block in alone.sections[0].blocks]
    assert "Choose a second region to compare with." in said
    both = report("compare", "en", region=DAEGU, compare=SEJONG, year=2019)
    assert both.sections[0].title.endswith(f"Daegu 31,183 persons, {most}")


def test_a_region_without_figure_has_the_most_and_the_places_that_it_can_have(report, tables):
    """Daejeon 2013: behind Daegu, the fifth with 7,298 persons, so as many at most."""
    compared = report("compare", "en", region=DAEGU, compare=DAEJEON, year=2013)
    assert compared.sections[0].title == (
        "Foreign patients 2013: Daegu 7,298 persons, Daejeon at most 7,298 persons"
    )
    found = {row["metric"].text: row[DAEJEON] for row in tables(compared)[:3]}
    patients, rank = found["Foreign patients"], found["Rank by foreign patients (computed)"]
    assert (patients.text, patients.value) == ("at most 7,298 persons", None)
    assert (rank.text, rank.value) == ("No. 5–17", None)
    assert {patients.evidence, rank.evidence} == {"derived"}
    assert patients.source_ids


def test_what_a_region_has_of_another_year_names_it_and_what_none_has_is_one_line(report):
    """Revenue per patient is printed for Daegu and Daejeon up to 2016, and never for Sejong."""
    compared = report("compare", "en", region=DAEGU, compare=SEJONG, year=2019)
    table, left_out, *_rests_on = compared.sections[1].blocks
    (daegu, sejong, apart) = lines_of(table)["Treatment revenue per foreign patient"]
    assert (daegu.text, daegu.value, daegu.evidence) == (
        "KRW 1,690,000 ○ in 2016", None, "no data",
    )  # fmt: skip
    assert daegu.source_ids
    assert (sejong.text, apart.text) == ("no data", "")
    # No row has nothing to say, and every metric of the overview is a row or named below.
    for cells in lines_of(table).values():
        assert any(cell.text != "no data" for cell in cells[:2])
    count, names = left_out.text.split(" ", 1)[0], left_out.text.partition(": ")[2]
    assert int(count) == len(names.split(", "))


def test_a_region_named_twice_stands_once(report):
    compared = report("compare", "en", region=DAEGU, compare=DAEJEON, third=DAEJEON, year=2019)
    table, *_rests_on = compared.sections[1].blocks
    assert columns_of(table) == ["Metric", "Daegu", "Daejeon", "Difference from Daejeon"]


def test_a_metric_without_a_trend_is_refused(record):
    asked = {"region": DAEGU, "year": 2019, "metric": "foreign_patients_rank"}
    with pytest.raises(UsageError, match="foreign_patients_rank"):
        draft(record, "compare", asked, "en")


def test_a_deck_sets_the_region_beside_its_neighbour(record, report):
    deck = draft(record, "deck", {"region": DAEGU, "year": 2019, "pages": "compare"}, "en")
    (slide,) = deck.sections
    (chart,) = slide.blocks
    assert [series.name for series in chart.series] == ["Daegu", "Daejeon"]
    assert max(chart.categories) == "2019"


def test_the_trend_says_who_is_greatest_and_what_is_doubtful():
    def row(region, year, value, evidence="settled"):
        return {"region": region, "year": year, "value": value, "evidence": evidence}

    rows = [
        row(DAEGU, 2018, 5), row(DAEGU, 2019, 9), row(DAEGU, 2020, None, "no data"),
        row(DAEJEON, 2018, 4), row(DAEJEON, 2019, 10, "approximate"), row(DAEJEON, 2020, 3),
    ]  # fmt: skip
    pair = (DAEGU, DAEJEON)
    assert region_trends_finding("Patients", pair, rows) == (
        "Patients: of the 2 years with figures for each of the 2 compared regions, "
        "greatest: Daegu in 1, Daejeon in 1 "
        "(1 of them with a contested, approximate, provisional or self-reported figure)"
    )
    assert region_trends_finding("Patients", (SEJONG,), [row(SEJONG, 2019, None, "no data")]) == (
        "Patients: no year with figures for all of Sejong"
    )
    use_language("ko")
    assert region_trends_finding("환자", pair, rows).startswith(
        "환자: 비교한 2개 지역에 모두 수치가 있는 2개 연도 중 값이 가장 컸던 연도는 "
        "대구 1개, 대전 1개"
    )
