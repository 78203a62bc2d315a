"""What must be true of a record: bounds, proofs and contradictions, expected by hand."""

import pytest

from dashboard.access import DESK
from dashboard.intake.intake import Intake
from dashboard.store.ask import Record

HEADER = ["지표", "연도", "지역", "값", "비고"]
SEOUL, BUSAN, DAEGU, DAEJEON, GYEONGGI = "KR-11", "KR-26", "KR-27", "KR-30", "KR-41"


def bound(record, region, year):
    (row,) = record.ask("bounds", {"region": region, "year": year}).rows
    return row


def ends(row):
    return row["low"], row["high"], row["rank_best"], row["rank_worst"]


# ---- The former record


def test_daegu_was_third_in_2019_whatever_the_missing_regions_have(record):
    """Eight regions have 473,932 of 497,464: the nine others share 23,532, Daegu has 31,183."""
    row = bound(record, DAEGU, 2019)
    assert ends(row) == (31183, 31183, 3, 3)
    assert (row["rank_certain"], row["region_count"]) == (3, 17)
    names = ("known_region_count", "known_sum", "other_region_count", "remainder")
    assert [row[name] for name in names] == [8, 473932, 9, 23532]
    assert bound(record, DAEGU, 2018)["rank_certain"] == 4
    assert ends(bound(record, DAEJEON, 2019))[2:] == (7, 9)


def test_daegu_2023_is_bounded_though_nobody_prints_it_exactly(record):
    """14,646 in 2024 is 2.3 to 2.5 per cent less: / 0.977 = 14,990.8 and / 0.975 = 15,021.5."""
    row = bound(record, DAEGU, 2023)
    assert (row["low"], row["high"], row["is_known"]) == (14991, 15021, False)
    proof = record.ask("proof", {"region": DAEGU, "year": 2023}).rows
    bind = [(one["kind"], one["region"], one["year"], one["value"]) for one in proof]
    assert ("growth", DAEGU, 2024, pytest.approx(-2.4)) in bind
    assert ("figure", DAEGU, 2024, 14646) in bind
    assert all(one["source_ids"] for one in proof)


def test_seoul_was_first_in_every_year(record):
    assert {bound(record, SEOUL, year)["rank_certain"] for year in range(2009, 2025)} == {1}


def test_sejong_counts_since_2012(record):
    counts = {year: bound(record, DAEGU, year)["region_count"] for year in (2009, 2011, 2012, 2019)}
    assert counts == {2009: 16, 2011: 16, 2012: 17, 2019: 17}


def test_a_range_without_a_figure_is_derived_and_no_figure(record):
    row = bound(record, GYEONGGI, 2013)
    assert (row["evidence"], row["value"]) == ("derived", None)
    # A share of 12.2 per cent of 211,218 lies between 12.1 and 12.3: 25,557.4 and 25,979.8.
    assert (row["low"], row["high"]) == (25558, 25979)
    asked = {"metric": "foreign_patients", "region": GYEONGGI, "year": 2013}
    (figure,) = record.ask("figure", asked).rows
    assert (figure["value"], figure["evidence"]) == (None, "no data")
    ranked = record.ask("ranking", {"metric": "foreign_patients", "year": 2013}).rows
    assert GYEONGGI not in {one["region"] for one in ranked}


def test_a_share_that_cannot_be_true_is_listed_with_what_it_contradicts(record):
    """216,657 of 364,189 is 59.5 per cent, more than the 59.1 that 59.0 may stand for."""
    rows = record.ask("contradictions", {"year": 2016}).rows
    names = ("kind", "region", "value", "against_kind", "against_region", "against_value")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("share", SEOUL, 59, "figure", SEOUL, 216657),
        ("share", SEOUL, 59, "total", "KR", 364189),
    ]


# ---- The shipped record


def test_daegus_rank_is_certain_in_ten_years_of_the_shipped_record(shipped_settings):
    """It may grow: what is certain stays so, unless a statement turns out to be wrong."""
    shipped = Record(shipped_settings)
    rows = {row["year"]: row for row in shipped.ask("bounds", {"region": DAEGU}).rows}
    certain = {year: row["rank_certain"] for year, row in rows.items() if row["rank_certain"]}
    assert len(certain) >= 10
    assert {2018: 4, 2019: 3, 2023: 3}.items() <= certain.items()
    assert (rows[2023]["low"], rows[2023]["high"]) == (14991, 15021)
    # Printed fifth in 2013, but not whether Sejong was counted; in 2015 nobody prints Busan.
    places = {year: ends(rows[year])[2:] for year in (2013, 2015)}
    assert places == {2013: (5, 6), 2015: (4, 5)}
    assert bound(shipped, SEOUL, 2024)["rank_certain"] == 1
    out = shipped.ask("contradictions").rows
    left_out = {(row["kind"], row["region"], row["year"], float(row["value"])) for row in out}
    # 5,379 of 122,297 in 2011 is 4.398 per cent, less than the 4.4 that 4.5 may stand for.
    assert left_out >= {("share", SEOUL, 2016, 59.0), ("share", DAEGU, 2011, 4.5)}


# ---- Small records


def patients(region, value, year=2013, **others):
    said = {"source_id": "paper", "region": region, "value": str(value), "year": str(year)}
    return said | others


@pytest.fixture
def open_record(small_settings, build_of):
    """2013: Korea 100, Seoul 60, Busan 20."""
    rows = [patients("KR", 100), patients(SEOUL, 60), patients(BUSAN, 20)]
    settings = small_settings({"sources": [{"source_id": "paper"}], "observations": rows})
    build_of(settings)
    return settings


def test_a_figure_handed_in_tightens_the_others_and_taking_it_back_restores_them(
    open_record, csv_of
):
    """The 15 others share 20; Daegu's 15 leaves 5 to the 14 that remain.

    Where Gyeonggi has none of the 5, at most five others have one each: ninth behind 3 + 5.
    """
    intake = Intake(open_record, DESK)
    before = Record(open_record).ask("bounds", {"year": 2013}).rows
    assert ends(bound(Record(open_record), GYEONGGI, 2013)) == (0, 20, 2, 17)
    sent = csv_of([HEADER, ["외국인환자 수", "2013년", "대구", "15", ""]])
    _, receipt = intake.receive("observations", "2013.csv", sent.encode(), "Kim")
    assert receipt.status == "accepted"
    assert ends(bound(Record(open_record), GYEONGGI, 2013)) == (0, 5, 4, 9)
    assert ends(bound(Record(open_record), DAEGU, 2013)) == (15, 15, 3, 3)
    intake.revert(receipt.batch_id, "Kim", "only tried")
    assert Record(open_record).ask("bounds", {"year": 2013}).rows == before


def test_only_accepted_statements_bind(small_record):
    """Suspect, expected, part-year, multi-year and estimated statements say nothing of Daegu."""
    rows = [
        patients("KR", 100),
        patients(DAEGU, 1, suspect="true"),
        patients(DAEGU, 2, status="expected"),
        patients(DAEGU, 3, status="estimate"),
        patients(DAEGU, 4, period="to-october"),
        patients(DAEGU, 5, nationality="RU"),
        patients(DAEGU, 6, metric="share_pct", unit="pct", period="multi-year"),
    ]
    record = small_record({"sources": [{"source_id": "paper"}], "observations": rows})
    assert ends(bound(record, DAEGU, 2013)) == (0, 100, 1, 17)


def test_rounded_and_contested_figures_bind_as_far_as_they_say(small_record):
    """About 1,200 is 1,150 to 1,250; of 40 and 44 printed with equal weight either may be true."""
    rows = [
        patients("KR", 5000),
        patients(SEOUL, 1200, approximate="true"),
        patients(BUSAN, 40),
        patients(BUSAN, 44, source_id="other"),
    ]
    sources = [{"source_id": "paper"}, {"source_id": "other", "publisher": "Another paper"}]
    record = small_record({"sources": sources, "observations": rows})
    assert ends(bound(record, SEOUL, 2013))[:2] == (1150, 1250)
    busan = bound(record, BUSAN, 2013)
    assert (*ends(busan)[:2], busan["evidence"]) == (40, 44, "contested")


# ---- Printed ranks and upper limits


def test_printed_ranks_and_limits_of_the_shipped_record_take_part(shipped_record):
    """As docs/bounds.md counts them; none of them cannot be true."""
    contradictory = {row["kind"] for row in shipped_record.ask("contradictions").rows}
    assert not contradictory & {"rank", "fewer", "share_below"}
    # Fewer than 100 are at most 99; under 1 per cent of 60,201 are at most 602.
    assert bound(shipped_record, "KR-31", 2009)["high"] == 99
    assert bound(shipped_record, "KR-29", 2009)["high"] == 602
    # Ulsan's 4,124 of 2022 were seventh of 16: Gwangju, which nobody prints, has no more.
    assert bound(shipped_record, "KR-31", 2022)["rank_certain"] == 7
    assert bound(shipped_record, "KR-29", 2022)["high"] == 4124
    proof = shipped_record.ask("proof", {"region": "KR-29", "year": 2022}).rows
    bind = {(one["kind"], one["region"], one["value"]) for one in proof if one["is_for_high"]}
    assert bind >= {("rank", "KR-31", 7), ("figure", "KR-31", 4124)}


def test_a_printed_rank_that_contradicts_figures_is_listed_and_tightens_nothing(small_record):
    """20 in Busan are not first beside the 60 of Seoul; Daegu may still have up to 20."""
    rows = [
        patients("KR", 100),
        patients(SEOUL, 60),
        patients(BUSAN, 20),
        patients(BUSAN, 1, metric="rank", unit="rank"),
    ]
    record = small_record({"sources": [{"source_id": "paper"}], "observations": rows})
    out = record.ask("contradictions").rows
    said = {(row["kind"], row["region"], row["value"], row["against_value"]) for row in out}
    assert said == {("rank", BUSAN, 1, 20), ("rank", BUSAN, 1, 60)}
    assert ends(bound(record, DAEGU, 2013)) == (0, 20, 2, 17)


def test_a_printed_rank_and_a_printed_limit_bound_what_nobody_prints(small_record):
    """Busan's 20 are second, so that nobody but Seoul has more; Daegu has fewer than 5."""
    rows = [
        patients("KR", 130),
        patients(SEOUL, 60),
        patients(BUSAN, 20),
        patients(BUSAN, 2, metric="rank", unit="rank"),
        patients(DAEGU, 5, metric="foreign_patients_below"),
        patients(DAEJEON, 2, metric="share_pct_below", unit="pct"),
    ]
    record = small_record({"sources": [{"source_id": "paper"}], "observations": rows})
    # 50 are left to 15 regions; without the rank Gyeonggi could have all of them.
    assert bound(record, GYEONGGI, 2013)["high"] == 20
    assert bound(record, DAEGU, 2013)["high"] == 4
    assert bound(record, DAEJEON, 2013)["high"] == 2  # 2 per cent of 130 are 2.6
    assert bound(record, BUSAN, 2013)["rank_certain"] is None, "Sejong may not have been counted"
    assert ends(bound(record, BUSAN, 2013))[2:] == (2, 3)
