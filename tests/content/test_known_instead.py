"""Where a region and year has no figure, its page says what the record knows all the same."""

from functools import cache

import pytest

from dashboard.catalogue import read_catalogue
from dashboard.content.readings import known_sentence, reading_notes, value_text
from dashboard.i18n import label, number_text, percent_text, use_language
from dashboard.kpi import read_metric
from dashboard.settings import settings

SAMPLED = range(0, 17 * 16, 9)
"""Every ninth of the regions and years without a figure."""


pytestmark = pytest.mark.usefixtures("english")


def without_figure(record):
    """Region and year of every row of `bounds` that has no figure, each with its row."""
    return [row for row in record.ask("bounds").rows if row["value"] is None]


def claims_by_cell(record):
    """What is printed of each region and year, asked for without the questions of the page."""

    @cache
    def found(region, year, metric):
        asked = {"metric": metric, "region": region, "year": year}
        return record.ask("figure", asked).first

    return found


def said_of(record, row, metric="foreign_patients"):
    """Everything on the tile of a metric: its text and what stands below it."""
    asked = read_catalogue(settings().queries)[metric]
    reading = read_metric(record, asked, row["region"], row["year"])
    return value_text(reading), reading_notes(record, reading)


def check(record, rows):
    figure = claims_by_cell(record)
    figures = {
        (row["region"], row["year"]): row["value"]
        for row in record.ask("bounds").rows
        if row["value"] is not None
    }
    silent = []
    for row in rows:
        region, year = row["region"], row["year"]
        text, notes = said_of(record, row)
        said = "; ".join((text, *notes))
        where = (label("region", region), year, said)
        if row["is_range_narrow"]:
            assert number_text(row["low"]) in said, where
            assert number_text(row["high"]) in said, where
        share = figure(region, year, "share_pct")["value"]
        if share is not None:
            assert percent_text(share) in said, where
        for other in (year, year + 1):
            growth = figure(region, other, "growth_pct")["value"]
            if growth is not None:
                assert percent_text(growth, signed=True) in said, where
        # The nearest earlier and the nearest later year with a figure, however far away.
        known = sorted(one for place, one in figures if place == region)
        nearest = [one for one in known if one < year][-1:] + [one for one in known if one > year][
            :1
        ]
        for other in nearest:
            assert number_text(figures[region, other]) in said, where
        if row["low"] == 0 and row["high"] is not None:
            assert text == f"at most {number_text(row['high'])} persons", where
        best, worst = row["rank_best"], row["rank_worst"]
        if (best, worst) != (1, row["region_count"]):
            rank, among = said_of(record, row, "foreign_patients_rank")
            places = str(best) if best == worst else f"{best}–{worst}"
            assert rank == f"No. {places}", where
            assert among == [f"of all {row['region_count']} regions"], where
        silent += [] if notes or row["high"] is not None else [where]
    return silent


def test_no_region_and_year_says_nothing_while_the_record_knows_something(shipped_record):
    rows = without_figure(shipped_record)
    assert len(rows) > len(SAMPLED), "most regions print nothing in most years"
    assert check(shipped_record, [row for n, row in enumerate(rows) if n in SAMPLED]) == []


def test_a_metric_without_figure_of_the_year_names_its_latest(record):
    """Of Daegu 2016 two print KRW 35.7 billion and one 35 billion; no later year has a figure."""
    asked = {"metric": "spending_krw", "region": "KR-27"}
    (latest,) = record.ask("known_instead", {**asked, "year": 2024}).rows
    assert (latest["kind"], latest["year"], latest["value"]) == ("latest figure", 2016, 35.7e9)
    assert known_sentence(latest) == "latest: 2016, KRW 35.7 billion ◆"
    use_language("ko")
    assert known_sentence(latest) == "최근: 2016년 357억 원 ◆"
    # Before the first figure the first one after it stands, without being called the latest.
    (first,) = record.ask("known_instead", {**asked, "year": 2008}).rows
    assert first["kind"] == "first figure"


@pytest.mark.long
def test_no_region_in_any_year_says_nothing_while_the_record_knows_something(shipped_record):
    assert check(shipped_record, without_figure(shipped_record)) == []
