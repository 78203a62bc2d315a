"""The trend: gaps stay gaps, weak points look weak, the title is the finding."""

from base64 import b64decode

import pytest
from dashboard.charts.sparkline import sparkline

from dashboard.charts.ranking import ranking_chart
from dashboard.charts.trend import trend_chart
from dashboard.i18n import use_language


@pytest.fixture(autouse=True)
def english():
    use_language("en")
    yield
    use_language(None)


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


ROWS = [
    point("KR-27", 2019, 31183),
    point("KR-27", 2020, 5280, "single source"),
    point("KR-27", 2021, None, "no data"),
    point("KR-27", 2022, 14000, "approximate"),
    point("KR-30", 2019, 9296),
    point("KR-30", 2020, None, "no data"),
    point("KR-30", 2021, 2198),
    point("KR-30", 2022, 4345),
]


def test_a_year_without_figure_breaks_the_line():
    figure = trend_chart("Foreign patients", "KR-27", ROWS).figure
    daejeon, daegu = figure.data
    assert daegu.y == (31183, 5280, None, 14000)
    assert not daegu.connectgaps
    assert not daejeon.connectgaps


def test_every_point_says_its_figure_and_what_it_rests_on(told):
    daegu = trend_chart("Foreign patients", "KR-27", ROWS).figure.data[1]
    assert told(daegu) == [
        "2019: 31,183 persons (settled)",
        "2020: 5,280 persons (single source)",
        "2021: no data (no data)",
        "2022: ≈ 14,000 persons (approximate)",
    ]
    # Without a pointer the doubtful one differs from all others, and they from none.
    *firm, doubtful = daegu.marker.symbol
    assert set(firm) != {doubtful}
    assert len(set(firm)) == 1


def test_the_title_compares_the_last_figure_with_the_highest():
    chart = trend_chart("Foreign patients", "KR-27", ROWS)
    # 14,000 / 31,183 = 44.9 %
    assert chart.title == (
        "Daegu 2022: ≈ 14,000 persons, 45% of the highest of 3 years with figures, "
        "31,183 persons in 2019"
    )
    assert "2021 no data" in chart.alt


def test_a_region_without_any_figure_has_a_title_too():
    chart = trend_chart("Foreign patients", "KR-50", [point("KR-50", 2019, None, "no data")])
    assert chart.title == "Sejong: the record has no figure for “Foreign patients”"


def test_an_empty_ranking_draws_nothing_and_says_why():
    chart = ranking_chart("KR-50", 2019, [])
    assert chart.title == "Sejong 2019: no rank, since the record has no figure"
    assert chart.figure.data[0].x == ()


def test_korea_as_a_whole_is_not_said_to_lack_a_figure():
    """It has one in the former record, 605,768 in 2023; it is no region among regions."""
    chart = ranking_chart("KR", 2023, [])
    assert chart.title == "2023: Korea as a whole has no rank among its own regions"


def test_a_sparkline_has_one_line_per_run_of_values():
    image = sparkline([None, 1, 2, None, 3])
    svg = b64decode(image.split(",")[1]).decode()
    assert svg.count("<polyline") == 2
    assert svg.count("<circle") == 1
