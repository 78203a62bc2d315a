"""Charts of nationalities: signs, marks of doubt, and findings that hold for odd data."""

import pytest

from dashboard.content.care import institution_chart
from dashboard.content.findings import nationality_finding
from dashboard.content.nationality import change_chart, concentration_chart, mix_chart
from dashboard.content.recovery import recovery_chart
from dashboard.i18n import use_language


@pytest.fixture(autouse=True)
def english():
    use_language("en")
    yield
    use_language(None)


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


def test_a_fall_is_a_bar_to_the_left():
    rows = [
        change("total", None, 1000, 700),
        change("nationality", "CN", 500, 150),
        change("rest", None, 500, 550, "approximate"),
    ]
    chart = change_chart("KR-27", 2020, 2019, rows)
    assert values(chart) == {
        "Total": [-300, None, None],
        "Nationality": [None, -350, None],
        "Other or unpublished": [None, None, 50],
    }
    assert chart.title == (
        "Daegu, 2019 to 2020: -300 persons (-30.0%), of which China -350 persons; "
        "other or unpublished ≈ +50 persons"
    )


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
