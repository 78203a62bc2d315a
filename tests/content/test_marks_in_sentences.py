"""Sentences say a figure with its marks; nothing is highest where more is possible."""

import csv
import re
from types import SimpleNamespace

import pytest

from dashboard.content.document import Cell
from dashboard.content.findings import patients_finding, trend_finding
from dashboard.content.readings import change_words, target_words
from dashboard.i18n import axis_texts, speaking
from dashboard.i18n.evidence import flagged, signed
from dashboard.render.number_formats import cell_format
from dashboard.settings import Settings

DAEGU, GYEONGBUK, INCHEON, CHUNGBUK = "KR-27", "KR-47", "KR-28", "KR-43"


def point(year, value, evidence="settled", **others):
    return {
        "region": DAEGU,
        "year": year,
        "value": value,
        "unit": "persons",
        "evidence": evidence,
        "is_approximate": evidence == "approximate",
        "is_lower_bound": False,
    } | others


def trend(*rows, **others):
    with speaking("en"):
        return trend_finding("Foreign patients", DAEGU, rows, **others)


def test_a_trend_carries_the_marks_of_both_years():
    # 480 / 1,000 = 48 %; one of the two is rounded, or contested.
    assert trend(point(2019, 1000), point(2020, 480, "approximate")) == (
        "Daegu 2020: ≈ 480 persons, ≈ 48% of the highest of 2 years with figures, "
        "1,000 persons in 2019"
    )
    assert trend(point(2019, 1000), point(2020, 480, "contested")) == (
        "Daegu 2020: 480 persons ◆, 48% ◆ of the highest of 2 years with figures, "
        "1,000 persons in 2019"
    )


def test_nothing_is_highest_where_a_year_without_figure_may_be_higher():
    rows = (point(2019, 1000), point(2020, 1200))
    higher = [{"year": 2021, "low": 1300, "high": 1400, "is_range_narrow": True}]
    lower = [{"year": 2021, "low": 900, "high": 1100, "is_range_narrow": True}]
    assert "highest" not in trend(*rows, bounds=higher)
    assert trend(*rows, bounds=lower).endswith("the highest of 2 years with figures")


def test_a_trend_without_its_later_years_says_until_when():
    assert trend(point(2019, 1000), point(2020, 1200), is_cut=True).endswith(
        "the highest of 2 years with figures up to 2020"
    )


def test_the_headline_marks_contested_patients_and_their_change():
    # 450 / 500 = 0.9, which is -10.0 %
    row = point(2020, 450, "contested") | {
        "change_pct": -10.0,
        "previous_value": 500,
        "previous_evidence": "settled",
        "is_previous_approximate": False,
    }
    with speaking("en"):
        assert patients_finding(DAEGU, 2020, row, ()) == (
            "Daegu 2020: 450 foreign patients ◆, -10.0% on 500 the year before ◆"
        )


def test_a_mark_stands_once():
    assert signed("100명당 ≈ 18.8명", "approximate") == "100명당 ≈ 18.8명"
    assert signed("≈ 380명", "contested") == "≈ 380명 ◆"
    assert flagged("3위", "single source") == "3위"
    assert flagged("≈ 380명", "approximate") == "≈ 380명"


def test_points_and_attainment_keep_the_mark_of_a_rounded_figure():
    reading = SimpleNamespace(
        change=-0.4, change_pct=None, is_approximate=True, row={}, previous_year=2019,
        metric=SimpleNamespace(unit="pct", direction="up"),
        target=500, value=480, is_target_approximate=False,
    )  # fmt: skip
    with speaking("en"):
        assert change_words(reading)["change"] == "≈ 0.4 pp"
        reading.metric.unit = "persons"
        # 480 / 500 = 96 %
        assert target_words(reading)["target"] == "Target 500 persons: ≈ 96.0% reached"


@pytest.mark.parametrize("text", ["≈ 1.5억 원", "▼ ≈ 0.4%p"])
def test_a_sheet_keeps_the_mark_of_a_rounded_figure(text):
    value = 150_000_000 if "억" in text else -0.4
    assert "≈ " in cell_format(Cell(text, value, "approximate"))


def test_an_axis_has_one_unit():
    with speaking("ko"):
        assert axis_texts([0, 500_000, 1_000_000, 1_500_000]) == ["0", "50만", "100만", "150만"]
        assert axis_texts([0, 50_000_000, 100_000_000]) == ["0", "0.5억", "1억"]
    with speaking("en"):
        assert axis_texts([0, 500_000, 1_000_000]) == ["0", "0.5M", "1M"]


def test_a_sum_of_grants_carries_the_doubt_of_its_parts(record):
    """Incheon 2019: two sources print other amounts of an award that the sum holds."""
    rows = record.ask("grants", {"region": INCHEON}).rows
    evidence = {
        (row["programme_id"], row["year"]): row["evidence"] for row in rows if row["is_settled"]
    }
    contested = {programme for (programme, _year), code in evidence.items() if code == "contested"}
    assert contested
    for row in rows:
        if row["programme_id"] in contested and row["cumulative_krw"] is not None:
            earlier = {
                code
                for (programme, year), code in evidence.items()
                if programme == row["programme_id"] and year <= row["year"]
            }
            assert (row["cumulative_evidence"] == "contested") == ("contested" in earlier)


def test_the_span_of_a_sum_that_lacks_later_years_reaches_to_them(record):
    """Gyeongbuk's joint award of 2023 runs to 2025: at least 500 million is what is known to 2025.

    Up to 2023 it is exactly 500 million, as the sum of that year says.
    """
    row = record.ask("funding_summary", {"region": GYEONGBUK}).first
    assert (row["joint_krw"], row["is_joint_lower_bound"]) == (500_000_000, True)
    assert row["last_year"] == 2025


def source_ids():
    with (Settings().public_record / "sources.csv").open(encoding="utf-8") as file:
        return {row["source_id"] for row in csv.DictReader(file)}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_notes_name_publishers_and_no_ids_of_sources(report, cells, language):
    ids = {one for one in source_ids() if re.search(r"[\d_-]", one)}
    for kind, asked in (("funding", {"region": DAEGU}), ("events", {"region": DAEGU})):
        composed = report(kind, language, **asked)
        words = {
            word for cell in cells(composed) for word in re.findall(r"[a-z][\w-]*\w", cell.text)
        }
        assert words & ids == set()
