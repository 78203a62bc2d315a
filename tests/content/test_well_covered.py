"""The year with which pages open, counted by hand from the record's figures of whole years."""

import pytest

from dashboard.content.well_covered import latest_year, well_covered_year

DAEGU, DAEJEON, BUSAN, SEJONG = "KR-27", "KR-30", "KR-26", "KR-50"


@pytest.mark.parametrize(
    ("region", "year", "metrics", "latest"),
    [
        # 2019: grants of the year and cumulative (2), events held, buyers, patients consulted and
        # agreements (4), patients, growth and share (3), centres, their countries and their target
        # (3), review rank (1), card spending (1): 14. 2020 has 11, 2024 has 6.
        (DAEGU, 2019, 14, 2024),
        # 2023: events held and agreements (2), patients, inpatients, growth, two shares (5), card
        # spending (1): 8. 2018 has 8 as well, but is older; 2022 has 6; 2024 has no patients.
        (DAEJEON, 2023, 8, 2023),
        # 2022, 2023 and 2024 have 8 each: the latest.
        (BUSAN, 2024, 8, 2024),
    ],
)
def test_the_best_covered_of_the_recent_years_opens(shipped_record, region, year, metrics, latest):
    years = shipped_record.ask("region_years", {"region": region}).rows
    assert well_covered_year(years) == year
    assert latest_year(years) == latest
    assert {row["year"]: row["metric_count"] for row in years}[year] == metrics


def test_a_better_covered_year_that_is_long_past_does_not_open():
    """2012 has most, but only 2019 to 2024 are recent; of these 2020 has no patients."""
    known = {2012: 9, 2018: 8, 2019: 3, 2020: 7, 2024: 3}
    years = [
        {"year": year, "metric_count": count, "has_patients": year != 2020}
        for year, count in known.items()
    ]
    assert well_covered_year(years) == 2024
    # 2013 to 2018 are the six up to 2018: 2012 is just outside.
    assert well_covered_year(years[:2]) == 2018


def test_a_region_without_patients_opens_with_its_latest_figure(shipped_record):
    """Sejong: card spending alone, one metric a year from 2018 to 2025; of 2026 nothing yet."""
    years = shipped_record.ask("region_years", {"region": SEJONG}).rows
    assert {row["year"] for row in years if row["metric_count"]} == set(range(2018, 2026))
    assert well_covered_year(years) == 2025
    assert latest_year(years) is None


def test_where_no_year_has_a_figure_none_opens():
    assert well_covered_year([{"year": 2024, "metric_count": 0, "has_patients": False}]) is None
