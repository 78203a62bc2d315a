"""Charts of nationalities: signs, marks of doubt, and findings that hold for odd data."""

import pytest

from dashboard.content.care import institution_chart
from dashboard.content.contribution import change_chart
from dashboard.content.findings import nationality_finding
from dashboard.content.nationality import concentration_chart, mix_chart
from dashboard.content.recovery import recovery_chart
from dashboard.render.bar_layout import bars

pytestmark = pytest.mark.usefixtures("english")


def part(kind, nationality, value, share=None, evidence="settled", **others):
    return {
        "part": kind,
        "nationality": nationality,
        "counted_in": None,
        "value": value,
        "share_pct": share,
        "evidence": evidence,
        "is_approximate": evidence == "approximate",
        "total_value": 1000,
        "total_evidence": "settled",
        "source_ids": ("A",),
    } | others


def change(kind, nationality, before, after, evidence="settled"):
    return {
        "part": kind,
        "nationality": nationality,
        "base_value": before,
        "value": after,
        "change": after - before,
        "change_points": (after - before) / 10,
        "change_pct": 100 * (after - before) / before,
        "evidence": evidence,
        "is_approximate": evidence == "approximate",
        "source_ids": (),
    }


def test_heading_and_chart_count_published_nationalities_alike():
    """China, Mongolia, and Russia, which a group counts in: three nationalities and one group."""
    rows = [
        part("nationality", "CN", 300, 30.0),
        part("group", "KZ;RU", 100, 10.0),
        part("counted elsewhere", "RU", 80, 8.0, counted_in="KZ;RU"),
        part("nationality", "MN", 20, 2.0),
        part("rest", None, 580, 58.0),
    ]
    heading = nationality_finding("KR-27", 2016, rows, [])
    assert heading.startswith("Daegu 2016: of 3 published nationalities, China (30.0%)")
    assert "(3 nationalities, 1 group)" in mix_chart("KR-27", 2016, rows).title


def values(chart):
    """Series → its values; None where another stands."""
    return {series.name: [cell.value for cell in series.cells] for series in chart.series}


def test_the_mix_names_groups_members_and_what_is_left():
    rows = [
        part("group", "KZ;RU", 300, 30.0),
        part("counted elsewhere", "RU", 200, 20.0, counted_in="KZ;RU"),
        part("nationality", "CN", 100, 10.0, "approximate"),
        part("rest", None, 600, 60.0, "approximate"),
    ]
    chart = mix_chart("KR-27", 2016, rows)
    assert chart.title == (
        "Daegu 2016: what is published (2 nationalities, 1 group) holds ≈ 40.0% of all patients, "
        "others or unpublished ones ≈ 60.0%"
    )
    assert (
        "Kazakhstan·Russia together 300 persons (30.0%), of which Russia 200 persons" in chart.alt
    )
    assert values(chart) == {
        "Group that cannot be split": [300, None, None, None],
        "Counted elsewhere": [None, 200, None, None],
        "Nationality": [None, None, 100, None],
        "Other or unpublished": [None, None, None, 600],
    }
    assert [series.is_striped for series in chart.series] == [True, True, False, False]
    assert [series.is_subject for series in chart.series] == [True, False, True, False]
    cells = [cell for series in chart.series for cell in series.cells if cell.value is not None]
    assert [cell.evidence for cell in cells] == ["settled", "settled", "approximate", "approximate"]
    assert {cell.source_ids for cell in cells} == {("A",)}


def test_the_mix_says_why_there_are_no_shares():
    rows = [part("nationality", "JP", 600), part("rest", None, 400, total_evidence="approximate")]
    assert "is not firm (approximate)" in mix_chart("KR", 2025, rows).title
    above = [part("nationality", "JP", 1600), part("rest", None, None)]
    assert (
        "contradicts the total of 1,000 persons or another part"
        in mix_chart("KR", 2025, above).title
    )
    alone = [part("nationality", "JP", 600)]
    assert "no total to measure by" in mix_chart("KR", 2025, alone).title


def test_a_fall_goes_back_from_where_the_bar_before_it_ended():
    rows = [
        change("total", None, 1000, 700),
        change("nationality", "CN", 500, 150),
        change("rest", None, 500, 550, "approximate"),
    ]
    chart = change_chart("KR-27", 2020, 2019, rows)
    assert values(chart) == {
        "Total": [1000, None, None, 700],
        "Nationality": [None, -350, None, None],
        "Other or unpublished": [None, None, 50, None],
    }
    # 1,000 - 350 = 650; 650 + 50 = 700.
    assert {bar.category: (bar.start, bar.end) for bar in bars(chart)} == {
        0: (0, 1000),
        1: (1000, 650),
        2: (650, 700),
        3: (0, 700),
    }
    # -350 / 500 = -70 %
    assert chart.categories == ("2019", "China · -70.0%", "Other or unpublished", "2020")
    assert chart.title == (
        "Daegu, 2019 to 2020: -300 persons (-30.0%), of which China -350 persons; "
        "other or unpublished ≈ +50 persons"
    )


def rate(nationality, growth, **others):
    return {
        "breakdown": "nationality",
        "nationality": nationality,
        "growth_pct": growth,
        "period": "annual",
        "is_growth_approximate": False,
        "growth_note": None,
        "growth_evidence": "single source",
        "source_ids": ("B",),
    } | others


DAEGU_2019 = [
    change("total", None, 17_745, 31_183),
    change("nationality", "CN", 3_438, 6_474),
    change("rest", None, 14_307, 24_709, "single source"),
]
"""31,183 - 17,745 = 13,438; 6,474 - 3,438 = 3,036; 13,438 - 3,036 = 10,402."""
MIX_2019 = [
    part("nationality", "CN", 6_474),
    part("nationality", "US", 5_500, evidence="approximate"),
    part("nationality", "VN", 4_200, evidence="approximate"),
    part("nationality", "TH", 2_788),
    part("nationality", "MN", 1_475),
    part("rest", None, 10_746),
]
RATES_2019 = [rate("MN", 354), rate("VN", 243), rate("TH", 100), rate("JP", 92)]


def test_daegu_2018_to_2019_with_the_ranges_that_printed_growth_leaves():
    """What a figure x and its printed growth g leave of the change: x - x / (1 + g).

    Viet Nam, 4,150 to 4,250 and 242 to 244 %: 4,150 - 4,150 / 3.42 = 2,936.5 and
    4,250 - 4,250 / 3.44 = 3,014.5, so 2,937 to 3,014 persons. Thailand, 2,788 and 99 to 101 %:
    2,788 - 2,788 / 1.99 = 1,387.0 (1,386.995) and 2,788 - 2,788 / 2.01 = 1,400.9, so 1,387 to
    1,400. Mongolia, 1,475 and 353 to 355 %: 1,475 - 1,475 / 4.53 = 1,149.4 and
    1,475 - 1,475 / 4.55 = 1,150.8, so 1,150. All others: 13,438 - 3,036 = 10,402, of which
    2,937 + 1,387 + 1,150 = 5,474 to 3,014 + 1,400 + 1,150 = 5,564 are theirs: 4,838 to 4,928.
    The United States have no growth, and Japan no figure: both are among all others.
    """
    chart = change_chart("KR-27", 2019, 2018, DAEGU_2019, MIX_2019, RATES_2019)
    assert chart.is_waterfall
    cells = {
        name: next(cell for cell in column if cell.text)
        for name, column in zip(
            chart.categories, zip(*(one.cells for one in chart.series), strict=True), strict=True
        )
    }
    # 3,036 / 3,438 = 88.3 %
    assert {name: (cell.value, cell.span) for name, cell in cells.items()} == {
        "2018": (17_745, None),
        "China · +88.3%": (3_036, None),
        "Vietnam · printed +243%": (None, (2_937, 3_014)),
        "Thailand · printed +100%": (None, (1_387, 1_400)),
        "Mongolia · printed +354%": (1_150, None),
        "Other or unpublished": (None, (4_838, 4_928)),
        "2019": (31_183, None),
    }
    assert cells["Vietnam · printed +243%"].text == "+2,937 to +3,014 persons"
    assert cells["Vietnam · printed +243%"].evidence == "derived"
    drawn = list(bars(chart))
    # 17,745 + 3,036 + 2,937 + 1,387 + 1,150 = 26,255, and 26,255 + 4,928 = 31,183.
    rest = [(bar.start, bar.end, bar.is_striped) for bar in drawn if bar.category == 5]
    assert rest == [(26_255, 31_093, False), (31_093, 31_183, True)]
    assert chart.title == (
        "Daegu, 2018 to 2019: +13,438 persons (+75.7%), of which China +3,036 persons, "
        "Vietnam +2,937 to +3,014 persons, Thailand +1,387 to +1,400 persons and 1 more; "
        "other or unpublished +4,838 to +4,928 persons"
    )


def test_no_range_follows_from_growth_that_says_something_else():
    """Of half a year, in words, contested, or with a remark of its own; and of an earlier base."""
    for odd in (
        rate("VN", 243, period="h1"),
        rate("VN", 243, is_growth_approximate=True),
        rate("VN", 243, growth_evidence="contested"),
        rate("VN", 243, growth_note="without unknown nationalities"),
    ):
        chart = change_chart("KR-27", 2019, 2018, DAEGU_2019, MIX_2019, [odd])
        assert chart.categories[-2:] == ("Other or unpublished", "2019")
        assert len(chart.categories) == 4
    since = change_chart("KR-27", 2019, 2015, DAEGU_2019, MIX_2019, RATES_2019)
    assert len(since.categories) == 4


def test_a_change_without_total_says_so():
    chart = change_chart("KR-27", 2020, 2019, [change("nationality", "CN", 500, 150)])
    assert "the change as a whole is not known" in chart.title


def test_only_years_with_a_share_have_a_bar():
    empty = {"nationality": None, "share_pct": None, "share_most_pct": None}
    rows = [
        {"year": 2013, "nationality": "CN;US;RU", "share_pct": 53.4, "share_most_pct": 74.4}
        | {"reason": None, "nationality_count": 6, "evidence": "settled", "source_ids": ("A",)},
        {"year": 2014, **empty, "reason": "fewer than three", "nationality_count": 1},
    ]
    chart = concentration_chart("KR", 2014, rows, [], [])
    assert chart.title == (
        "Korea 2014: concentration is not computed, since "
        "fewer than three nationalities have a figure (1)"
    )
    assert chart.categories == ("2013 China·United States·Russia",)
    held, possible = chart.series
    assert [cell.value for cell in held.cells] == [53.4]
    # Beyond what is held: 74.4 - 53.4 = 21.0 points.
    assert [cell.value for cell in possible.cells] == [pytest.approx(21.0)]
    assert possible.cells[0].text == "+21.0 pp (74.4%)"
    assert [series.is_striped for series in chart.series] == [False, True]
    # The year of the view has no bar to be marked.
    assert chart.chosen == ""


def test_a_printed_share_alone_draws_no_persons():
    row = {
        "is_combined": False,
        "is_approximate": False,
        "evidence": "settled",
        "share_evidence": "settled",
        "is_above_whole": False,
        "source_ids": (),
    }
    rows = [
        {**row, "institution_class": "clinic", "value": 98182, "share_pct": None},
        {**row, "institution_class": "hospital", "value": None, "share_pct": 39.2},
    ]
    chart = institution_chart("KR", 2016, rows)
    assert chart.categories == ("Clinic", "Hospital (printed 39.2%)")
    assert values(chart) == {"Institution class": [98182, None]}
    assert "Hospital printed 39.2%" in chart.alt
    shares_only = institution_chart("KR", 2024, [rows[1]])
    assert values(shares_only) == {"Institution class": [39.2]}
    assert (chart.unit, shares_only.unit) == ("persons", "%")
    assert shares_only.title == "Korea 2024: 1 published class of institutions"


def test_recovery_speaks_of_the_last_year_with_an_index():
    def point(region, year, value, index, evidence="settled"):
        return {
            "region": region,
            "year": year,
            "value": value,
            "index_pct": index,
            "evidence": evidence,
            "is_approximate": evidence == "approximate",
            "source_ids": (),
        }

    rows = [
        point("KR-27", 2019, 200, 100),
        point("KR-27", 2020, 90, 45, "approximate"),
        point("KR-27", 2021, None, None, "no data"),
        point("KR", 2019, 1000, 100),
        point("KR", 2020, 300, 30),
        point("KR", 2021, 400, 40),
    ]
    chart = recovery_chart("KR-27", 2019, rows)
    assert chart.title == (
        "Daegu 2020: ≈ 45 against 2019 = 100 (≈ 90 persons), Korea 30 in the same year"
    )
    assert values(chart) == {"Daegu": [100, 45, None], "Korea": [100, 30, 40]}
    assert [series.is_subject for series in chart.series] == [True, False]
    assert [(cell.text, cell.evidence) for cell in chart.series[0].cells] == [
        ("100", "settled"),
        ("≈ 45", "approximate"),
        ("no data", "no data"),
    ]
    assert chart.unit == "2019 = 100"
