"""The report of a region's patients: what the page, its exports and the command line say."""

import pytest

from dashboard.content.cells import no_data
from dashboard.content.compose import draft
from dashboard.content.document import Cell, ChartBlock, Paragraph, Points, Series, Table
from dashboard.content.figure_charts import with_year
from dashboard.content.findings import trend_finding
from dashboard.content.patients import default_base
from dashboard.content.visits import visit_countries_chart, visits_chart
from dashboard.errors import UsageError
from dashboard.i18n import speaking

DAEGU, SEJONG = "KR-27", "KR-50"


@pytest.fixture(scope="module")
def daegu(report):
    return report("patients", "en", region=DAEGU, year=2019)


def blocks(report, kind):
    return [block for section in report.sections for block in section.blocks if type(block) is kind]


def section(report, title):
    (found,) = (one for one in report.sections if one.title == title)
    return found


def test_daegu_2019(daegu):
    assert daegu.is_led
    assert daegu.sections[0].title == (
        "Daegu 2019: 31,183 foreign patients; of 4 published nationalities, "
        "China (20.8%) is the greatest"
    )
    titles = [chart.title for chart in blocks(daegu, ChartBlock)]
    for finding in (
        # 31,183 - 17,745 = 13,438; of China 6,487 - 3,451 = 3,036; 13,438 - 3,036 = 10,402.
        # Viet Nam, ≈ 4,200 after +243 %: 2,937 to 3,014; Mongolia, 1,475 after +354 %: 1,150 (the
        # arithmetic stands in test_nationality.py). 10,402 - 2,937 - 1,150 = 6,315 at most and
        # 10,402 - 3,014 - 1,150 = 6,238 at least are left over.
        "Daegu, 2018 to 2019: +13,438 persons (+75.7%), of which China +3,036 persons, "
        "Vietnam +2,937 to +3,014 persons, Mongolia +1,150 persons; "
        "other or unpublished +6,238 to +6,315 persons",
        # 14,646 / 31,183 = 47.0 %
        "Daegu 2024: 47 against 2019 = 100 (14,646 persons), Korea 235 in the same year",
    ):
        assert finding in titles
    concentration, *_of_other_years = section(daegu, "Concentration").blocks
    assert concentration.text == (
        "Daegu 2019: concentration is not computed, since one of the three "
        "nationalities is approximate, provisional or contested"
    )
    for chart in blocks(daegu, ChartBlock):
        assert chart.answer is not None, chart.title


def test_rates_that_were_printed_alone(daegu, tables):
    (dermatology,) = (
        row for row in tables(daegu, "printed_rates") if row["item"].text == "Dermatology"
    )
    assert (dermatology["growth_pct"].text, dermatology["growth_pct"].value) == ("+136%", 136)
    assert dermatology["share_pct"].value is None


def test_nationalities_by_years_are_shaded_by_their_own_highest(report, tables):
    korean = report("patients", "ko", region=DAEGU, year=2019)
    (table,) = (found for found in blocks(korean, Table) if found.question == "nationality_years")
    assert table.title.startswith("대구: 수치가 있는 연도가 가장 많은 국적은")
    rows = {row["nationality"].text: row for row in tables(korean, "nationality_years")}
    assert "≈ 4,200" in {cell.text for cell in rows["베트남"].values()}
    for row in rows.values():
        cells = [cell for name, cell in row.items() if name != "nationality"]
        missing = {(cell.text, cell.shade) for cell in cells if cell.value is None}
        assert missing <= {("·", None)}
        shades = {cell.value: cell.shade for cell in cells if cell.value is not None}
        # A fifth of the highest year each: less than 20 % is the lightest, 80 % the fullest.
        assert shades == {value: min(4, int(5 * value / max(shades))) for value in shades}


def test_each_nationality_of_several_years_has_a_line_of_its_own(report):
    """Of the former record: China in five years, Viet Nam in three, from 13 to ≈ 4,200."""
    korean = report("patients", "ko", region=DAEGU, year=2019)
    lines = section(korean, "국적별 연도 추이").blocks[0]
    vietnam = next(figure for figure in lines.figures if figure.name == "베트남")
    known = [value for value in vietnam.trend if value is not None]
    assert known[0] == vietnam.trend[0]
    assert vietnam.trend[-1] == 4200 == vietnam.cell.value
    assert vietnam.note.endswith("→ 2019년 ≈ 4,200명")
    assert all(sum(value is not None for value in one.trend) > 1 for one in lines.figures)
    # A last figure of another year than the page's names it.
    assert vietnam.year is None
    others = [one for one in lines.figures if one.year]
    assert others
    for one in others:
        assert one.year != 2019
        assert f"→ {one.year}년 " in one.note


def test_years_without_any_nationality_are_no_columns_and_named(report, tables):
    korean = report("patients", "ko", region=DAEGU, year=2019)
    (table,) = (found for found in blocks(korean, Table) if found.question == "nationality_years")
    rows = tables(korean, "nationality_years")
    for column in table.columns[1:]:
        assert any(row[column.name].value is not None for row in rows), column.name
    shown = {int(column.name) for column in table.columns[1:]}
    left_out = set(range(min(shown), max(shown))) - shown
    assert left_out
    assert all(str(year) in table.note for year in left_out)


def test_the_change_counts_from_the_year_that_was_asked_for(report):
    since = report("patients", "en", region=DAEGU, year=2019, base=2015)
    # 31,183 - 12,988 = 18,195
    assert any(
        chart.title.startswith("Daegu, 2015 to 2019: +18,195 persons")
        for chart in blocks(since, ChartBlock)
    )


class OfNationalities:
    """Answers `nationality_years` with these nationalities of each year."""

    def __init__(self, **nations):
        self.nations = nations

    def rows(self, question, *, region):
        assert (question, region) == ("nationality_years", DAEGU)
        return [
            {"year": int(year[1:]), "nationality": code, "value": None if code == "JP" else 5}
            for year, codes in self.nations.items()
            for code in codes.split()
        ]


def test_the_change_counts_from_the_nearest_year_that_shares_a_nationality():
    """2018 has none of 2019; 2016 has China, too; of Japan there is no figure. 2013 is too far."""
    context = OfNationalities(y2013="CN", y2016="CN US", y2018="MN JP", y2019="CN JP", y2022="MN")
    assert default_base(context, DAEGU, 2019) == 2016
    # Of 2020 there is nothing at all, and the nearest year with Mongolia is 2018, four before 2022.
    assert default_base(context, DAEGU, 2020) == 2019
    assert default_base(context, DAEGU, 2022) == 2018
    # Six years lie between 2019 and the China of 2013.
    far = OfNationalities(y2013="CN", y2019="CN")
    assert default_base(far, DAEGU, 2019) == 2018


@pytest.mark.parametrize("base", [2008, 2019, 2020])
def test_no_change_counts_from_a_year_that_is_no_baseline(record, base):
    with pytest.raises(UsageError, match="baseline") as refused:
        draft(record, "patients", {"region": DAEGU, "year": 2019, "base": base}, "en")
    assert "2009 to 2018" in refused.value.remedy


def test_the_first_year_has_nothing_to_count_from(report):
    first = report("patients", "en", region="KR", year=2009)
    (said,) = section(first, "What drove the change").blocks
    assert said.text == "There is no earlier year to count from: registration began in 2009."


def test_a_region_without_patients_says_so_in_every_section(report):
    empty = report("patients", "en", region=SEJONG, year=2019)
    texts = [block.text for block in blocks(empty, Paragraph)]
    for sentence in (
        "No nationality of Sejong was published in persons for 2019.",
        "No nationality of Sejong was published in persons for any year.",
        "No departments of Sejong were published for 2019.",
        "No classes of institutions of Sejong were published for 2019.",
    ):
        assert sentence in texts


def test_without_a_settled_figure_it_says_what_is_known_instead(report):
    # Of 2023 a share of Korea is printed for Daegu, and no persons; with the growth of 2024,
    # 14,646 / (1 - 0.025 … 0.023), it leaves 14,991 to 15,021.
    unsettled = report("patients", "en", region=DAEGU, year=2023)
    assert "14,991–15,021 foreign patients, derived" in unsettled.sections[0].title
    (known,) = blocks(unsettled, Points)
    assert any("share of Korea" in item.text for item in known.items)
    assert all(item.source_ids for item in known.items)


def point(region, year, value, evidence="settled"):
    return {
        "region": region,
        "year": year,
        "value": value,
        "unit": "persons",
        "evidence": evidence,
        "is_approximate": evidence == "approximate",
        "is_lower_bound": False,
    }


def test_the_trend_compares_the_last_figure_with_the_highest():
    rows = [
        point(DAEGU, 2019, 31183),
        point(DAEGU, 2020, 5280, "single source"),
        point(DAEGU, 2021, None, "no data"),
        point(DAEGU, 2022, 14000, "approximate"),
    ]
    with speaking("en"):
        # 14,000 / 31,183 = 44.9 %
        assert trend_finding("Foreign patients", DAEGU, rows) == (
            "Daegu 2022: ≈ 14,000 persons, ≈ 45% of the highest of 3 years with figures, "
            "31,183 persons in 2019"
        )
        assert trend_finding("Foreign patients", SEJONG, [point(SEJONG, 2019, None)]) == (
            "Sejong: the record has no figure for “Foreign patients”"
        )


def test_a_year_without_figure_is_a_gap_of_the_trend(daegu):
    (trend,) = section(daegu, "Over the years").blocks
    years = dict(zip(trend.categories, trend.series[0].cells, strict=True))
    assert (years["2019"].value, years["2021"].value) == (31183, None)
    assert (years["2022"].text, years["2022"].evidence) == ("≈ 14,000 persons", "approximate")
    # Of all years of the record, the year of the view marked.
    assert trend.chosen == "2019"
    assert max(years) > "2022"


def visit(month, count, is_exact=False):
    return {
        "month": month, "visit_count": count, "is_withheld": count is None, "is_exact": is_exact,
    }  # fmt: skip


def test_months_of_visits_without_rows_and_withheld_ones_are_gaps():
    with speaking("en"):
        rows = [visit("2025-11", 12), visit("2025-12", None), visit("2026-02", 30)]
        chart = visits_chart(DAEGU, rows)
        assert chart.categories == ("Nov 2025", "Dec 2025", "Jan 2026", "Feb 2026")
        assert [cell.value for cell in chart.series[0].cells] == [12, None, None, 30]
        assert "withheld" in chart.note.lower()
        assert "2025" in chart.note
        assert chart.series[0].cells[0].text == "≈ 12 visits"
        # 12 may be 17 at most, 30 no less than 25: the most is certain.
        assert chart.title == "Daegu: of 2 months with visits, the most in Feb 2026, ≈ 30 visits"
        alone = visits_chart(DAEGU, [visit("2025-12", None)])
        assert alone.title == "Daegu: visits that must be handed in again to be shown"


def test_no_month_is_called_the_one_with_most_visits_when_the_protection_may_have_made_it_so():
    """20 may be 25, and 30 may be 25."""
    with speaking("en"):
        chart = visits_chart(DAEGU, [visit("2025-11", 20), visit("2025-12", 30)])
        assert chart.title == "Daegu: visits of 2 months"


def test_exact_months_are_compared_as_they_are_and_say_for_whom():
    with speaking("en"):
        rows = [visit("2025-11", 20, True), visit("2025-12", 21, True), visit("2026-01", 1, True)]
        chart = visits_chart(DAEGU, rows)
        assert chart.title == "Daegu: of 3 months with visits, the most in Dec 2025, 21 visits"
        assert [cell.text for cell in chart.series[0].cells] == [
            "20 visits",
            "21 visits",
            "1 visit",
        ]
        assert chart.note == "exact counts, for officials of Daegu only"
        countries = [
            {"nationality": code, "visit_count": count, "is_withheld": False, "is_exact": True}
            for code, count in (("CN", 2), ("JP", 1))
        ]
        chart = visit_countries_chart(DAEGU, 2025, countries)
        assert chart.title == "Daegu 2025: most visits from China, 2 visits"
        assert chart.note == "exact counts, for officials of Daegu only"


def test_a_withheld_country_has_no_bar_but_its_name():
    with speaking("en"):
        rows = [
            {"nationality": "CN", "visit_count": 12, "is_withheld": False, "is_exact": False},
            {"nationality": None, "visit_count": 3, "is_withheld": False, "is_exact": False},
            {"nationality": "JP", "visit_count": None, "is_withheld": True, "is_exact": False},
        ]
        chart = visit_countries_chart(DAEGU, 2025, rows)
        assert chart.categories[:2] == ("China", "not stated")
        assert chart.categories[2].startswith("Japan (")
        assert [cell.value for cell in chart.series[0].cells] == [12, 3, None]


def test_a_year_beyond_the_last_figure_is_marked_in_the_chart():
    """Years 2021 to 2023 have figures; 2025 is asked for: two years further, both empty."""
    figure, gap = Cell("5", 5), no_data()
    chart = ChartBlock("line", "", "", ("2021", "2022", "2023"), (Series("", (figure,) * 3),), "")
    later = with_year(chart, 2025)
    assert later.categories == ("2021", "2022", "2023", "2024", "2025")
    assert later.series[0].cells == (figure, figure, figure, gap, gap)
    assert later.chosen == "2025"
    assert with_year(chart, 2020).series[0].cells == (gap, figure, figure, figure)
    assert with_year(chart, 2022).categories == chart.categories
