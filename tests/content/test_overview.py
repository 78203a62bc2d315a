"""The overview says what is known of a region first, names other years, and drops no metric."""

import csv
from collections import Counter

import pytest

from dashboard.content.compose import draft
from dashboard.content.document import ChartBlock, KeyFigures, Paragraph, Table
from dashboard.content.headline import headline, whole_trend
from dashboard.content.query_context import QueryContext
from dashboard.content.tiles import tile_blocks
from dashboard.i18n import label, use_language
from tests.conftest import SHIPPED

FRONT = ("foreign_patients", "foreign_patients_rank")
"""What the card at the top says."""


@pytest.fixture(scope="module")
def context(shipped_record):
    return QueryContext(shipped_record, shipped_record.current())


@pytest.fixture(autouse=True)
def english(default_language):
    use_language("en")


def in_front(context, region, year):
    """Figures of the card, tiles, and the blocks in which everything else is folded."""
    hero = headline(context, region, year, None)
    blocks = tile_blocks(context, region, year, None, Table("", (), ()))
    tiles = [one for block in blocks if isinstance(block, KeyFigures) and block.form == "tiles"
             for one in block.figures]  # fmt: skip
    return hero.blocks[0].figures, tiles, blocks


def years_of(context, region):
    """Years of which the record says anything of the region, newest first."""
    rows = context.rows("region_years", region=region)
    counted = ("figure_count", "event_count", "award_count")
    return [row["year"] for row in rows if any(row[name] for name in counted)]


def knows(context, metric, region, years):
    """Whether any year has a value of a metric, asked year by year."""
    return any(context.reading(metric, region, year).value is not None for year in years)


def check(context, region, year):
    front, tiles, blocks = in_front(context, region, year)
    none = label("evidence", "no data")
    for figure in (*front, *tiles):
        assert figure.cell.text != none, (region, year, figure.name)
        assert figure.cell.evidence != "no data", (region, year, figure.name)
    if len(tiles) < 6:
        asked = [one for one in context.catalogue.overview() if one.tile]
        years = years_of(context, region)
        assert len(tiles) == sum(knows(context, one, region, years) for one in asked)
    names = {one.key for block in blocks if isinstance(block, KeyFigures) for one in block.figures}
    folded = " ".join(block.text for block in blocks if isinstance(block, Paragraph))
    lost = [
        metric.id
        for metric in context.catalogue.overview()
        if metric.id not in (*FRONT, *names) and str(metric.name) not in folded
    ]
    assert lost == [], (region, year)


def regions_of(context):
    return [row["region"] for row in context.rows("regions") if row["region"] != "KR"]


def test_every_region_has_a_figure_or_range_at_the_head_of_the_latest_year(context):
    """2026, of which nobody prints patients: the year in which they were known last is named."""
    regions = regions_of(context)
    assert len(regions) == 17
    for region in regions:
        first, *_others = headline(context, region, 2026, None).blocks[0].figures
        assert first.cell.evidence != "no data", region
        assert first.year is not None, region


def test_regions_open_with_values_in_front_and_no_metric_lost(context):
    """Four of the regions, each with another of its years; the long test has all of all."""
    for place, region in enumerate(regions_of(context)[::5]):
        years = years_of(context, region)
        check(context, region, years[place % len(years)])


def test_a_region_of_which_only_ranges_are_known_opens_with_the_latest(context):
    """Sejong 2023: 14,170 of four regions less 5,653 (Daejeon), 1,418 (Chungbuk), 7,050 (Chungnam).

    14,170 - 5,653 - 1,418 - 7,050 = 49; what is printed of 2024 and 2025 leaves 29,064 and more.
    """
    hero = headline(context, "KR-50", 2026, None)
    first, *others = hero.blocks[0].figures
    assert (first.cell.text, first.cell.evidence, first.year) == ("49 persons", "derived", 2023)
    assert dict(first.behind.parameters) == {"evidence": "foreign_patients.KR-50.2023"}
    assert first.evidence == "↔ derived range"
    assert others == []
    assert hero.title == "Sejong 2026: no figure of foreign patients could be settled on"
    chart = hero.blocks[1]
    # The chart has ranges, so it is not said to have no data.
    assert chart.title.startswith("Sejong 2023: 49 foreign patients, derived from what else")


@pytest.mark.long
def test_every_year_of_every_region_has_values_in_front(context):
    for row in context.rows("regions"):
        for year in years_of(context, row["region"]):
            check(context, row["region"], year)


def test_the_first_two_of_each_group_stand_in_front(context):
    """Daegu 2019 has a value of the first two of each group of the catalogue."""
    _front, tiles, _blocks = in_front(context, "KR-27", 2019)
    assert [(one.group, one.key) for one in tiles] == [
        ("Patients", "share_of_korea_pct"),
        ("Patients", "nationalities_reported"),
        ("Activities", "promotion_centres"),
        ("Activities", "events_held"),
        ("Funding", "cluster_grant_cumulative_krw"),
        ("Funding", "grant_per_patient_krw"),
    ]
    assert {one.year for one in tiles} == {None}


def test_a_value_of_another_year_names_it(context):
    """The latest revenue of Daegu is of 2016, of which another source has another value."""
    _front, _tiles, blocks = in_front(context, "KR-27", 2019)
    line = next(one for one in blocks if isinstance(one, KeyFigures) and one.form == "line")
    revenue = next(one for one in line.figures if one.key == "spending_krw")
    assert (revenue.cell.text, revenue.cell.evidence) == ("KRW 35.7 billion", "contested")
    assert revenue.full_name == f"{revenue.name} (2016)"
    assert (revenue.year, dict(revenue.behind.parameters)) == (
        2016,
        {"evidence": "spending_krw.KR-27.2016"},
    )
    assert line.title == f"{len(line.figures)} metrics without a figure of 2019"


def test_the_card_has_the_range_where_there_is_no_figure(context):
    """Sejong 2019: the others leave so many, and the places that so many allow."""
    front, _tiles, _blocks = in_front(context, "KR-50", 2019)
    (bound,) = (row for row in context.rows("bounds", year=2019) if row["region"] == "KR-50")
    assert front[0].cell.text == f"at most {bound['high']:,} persons"
    assert front[1].cell.text == f"No. {bound['rank_best']}–{bound['rank_worst']}"


def test_the_trend_of_the_card_has_all_years_with_ranges_and_the_pandemic(context):
    chart = whole_trend(context, "KR-27", 2019)
    assert (chart.categories[0], chart.categories[-1], chart.chosen) == ("2009", "2024", "2019")
    (bound,) = (row for row in context.rows("bounds", year=2021) if row["region"] == "KR-27")
    (cells,) = (one.cells for one in chart.series)
    assert cells[2021 - 2009].span == (bound["low"], bound["high"])
    assert cells[2021 - 2009].value is None
    assert cells[2019 - 2009].value == 31183
    assert [(one.first, one.last) for one in chart.eras] == [(2020, 2022)]
    assert "2019" in chart.title


def test_nothing_is_said_of_another_region_that_the_record_does_not_have(report):
    """Of Sejong the record has no grant per patient: the tile beside it says nothing of it."""
    made = report("kpi", "en", region="KR-27", year=2019, compare="KR-50")
    notes = [one.note for block in made.blocks if isinstance(block, KeyFigures)
             for one in block.figures]  # fmt: skip
    assert not [note for note in notes if "no data" in note]


def test_events_are_counted_by_what_became_of_them(context, shipped_record):
    """As the rows of the record count: held but for visits of judges, announced, visits."""
    with (SHIPPED / "events.csv").open(encoding="utf-8") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["owner_region"] == "KR-27" and row["start_date"].startswith("2019")
        ]
    states = Counter(
        "visit" if row["event_type"] == "onsite_review" else row["status"] for row in rows
    )
    made = draft(shipped_record, "kpi", {"region": "KR-27", "year": 2019}, "en")
    (section,) = (one for one in made.sections if one.title.startswith("Events of 2019: "))
    assert section.title == (
        f"Events of 2019: {states['held']} confirmed as held, {states['planned']} only announced, "
        f"{states['visit']} onsite review"
    )
    assert len(section.blocks[0].rows) == sum(states.values())
    assert not any(isinstance(block, ChartBlock) for block in section.blocks)
