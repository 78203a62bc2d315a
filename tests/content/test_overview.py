"""The overview says what is known of a region first, names other years, and drops no metric."""

import csv
from collections import Counter, defaultdict
from functools import cache

import pytest

from dashboard.content.compose import draft
from dashboard.content.countries import country_ways
from dashboard.content.document import ChartBlock, KeyFigures, Paragraph, Table
from dashboard.content.headline import headline, whole_trend
from dashboard.content.links import Link, evidence_link, link_to
from dashboard.content.query_context import QueryContext
from dashboard.content.tiles import tile_blocks
from dashboard.content.well_covered import well_covered_year
from dashboard.i18n import label
from tests.conftest import SHIPPED

FRONT = ("foreign_patients", "foreign_patients_rank")
"""What the card at the top says."""


@pytest.fixture(scope="module")
def context(shipped_record):
    return QueryContext(shipped_record, shipped_record.current())


pytestmark = pytest.mark.usefixtures("english")


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


def table_of(name):
    with (SHIPPED / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def known_by_hand():
    """Region → what the rows of the record, read as they stand, know of it for the tiles.

    The announced ranks and grants of the cluster line need not be counted: whoever has one has six
    things without it.
    """
    parts = ("nationality", "department", "institution_class")
    rows = [
        row
        for row in table_of("observations")
        if row["period"] == "annual" and row["suspect"] == "false" and row["year"]
    ]
    total = {
        (row["metric"], row["region"], row["year"])
        for row in rows
        if not any(row[part] for part in parts)
    }
    found = defaultdict(set)
    for metric, region, year in total:
        if metric in ("growth_pct", "spending_krw", "spending_per_patient_krw"):
            found[region].add(metric)
        elif metric == "spending_krw_card_datalab":
            found[region].add(metric)
            if (metric, "KR", year) in total:
                found[region] |= {"share of card payments", "rank by card payments"}
        elif metric == "share_pct" or (
            metric == "foreign_patients" and (metric, "KR", year) in total
        ):
            found[region].add("share")
        if metric == "foreign_patients" and ("target_patients", region, year) in total:
            found[region].add("attainment")
    for row in rows:
        nation = row["nationality"]
        is_whole = not row["department"] and not row["institution_class"]
        if row["metric"] == "foreign_patients" and is_whole and nation and ";" not in nation:
            found[row["region"]].add("nationalities")
    for row in table_of("events"):
        if row["status"] == "held" and row["start_date"] and row["event_type"] != "onsite_review":
            found[row["owner_region"]].add("events")
    for row in table_of("agreements"):
        if row["state"] == "signed":
            for region in row["region"].split(";"):
                found[region].add("agreements")
    for row in table_of("awards"):
        if row["outcome"] == "selected" and not row["area"]:
            for region in row["region"].split(";"):
                found[region].add("selections")
    return found


def check(context, region, year):
    front, tiles, blocks = in_front(context, region, year)
    none = label("evidence", "no data")
    for figure in (*front, *tiles):
        assert figure.cell.text != none, (region, year, figure.name)
        assert figure.cell.evidence != "no data", (region, year, figure.name)
    if region != "KR":
        by_hand = known_by_hand()[region]
        assert len(tiles) == min(6, len(by_hand)), (region, year, by_hand)
    names = {one.key for block in blocks if isinstance(block, KeyFigures) for one in block.figures}
    folded = " ".join(block.text for block in blocks if isinstance(block, Paragraph))
    lost = [
        metric.id
        for metric in (*context.catalogue.overview(), *context.catalogue.tiles())
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


def opening_year(context, region):
    return well_covered_year(context.rows("region_years", region=region))


def test_every_region_opens_with_six_tiles_where_the_record_knows_six_things(context):
    """Sixteen of the seventeen; of Sejong the record has card payments alone."""
    counts = {}
    for region in regions_of(context):
        year = opening_year(context, region)
        check(context, region, year)
        _front, tiles, _blocks = in_front(context, region, year)
        counts[region] = len(tiles)
    assert counts == dict.fromkeys(regions_of(context), 6) | {"KR-50": 3}


def test_a_region_without_patients_opens_with_its_latest_figures(context):
    """Sejong has card payments of 2018 to 2025 and no other figure; it opened in 2026."""
    assert opening_year(context, "KR-50") == 2025
    _front, tiles, blocks = in_front(context, "KR-50", 2025)
    assert [(one.key, one.year) for one in tiles] == [
        ("spending_krw_card_datalab", None),
        ("card_share_of_korea_pct", None),
        ("card_rank", None),
    ]
    (missing,) = (one.text for one in blocks if isinstance(one, Paragraph))
    assert missing.startswith("20 metrics of which the record has no figure for this region: ")


def test_every_tile_leads_to_evidence(context):
    """In one step: the claims of a figure, else the texts from which it was counted or computed."""
    for region in regions_of(context):
        year = opening_year(context, region)
        _front, tiles, _blocks = in_front(context, region, year)
        for one in tiles:
            ((name, asked),) = one.behind.parameters
            metric, of, at = asked.split(".")
            assert (name, metric, of) == ("evidence", one.key, region)
            assert int(at) == (one.year or year), one.name
            reading = context.reading(context.metric(metric), region, int(at))
            assert reading.value is not None, asked
            assert reading.answer.sources, asked


def check_years(context, region):
    rows = context.rows("known_metric_years", region=region)
    for metric in context.catalogue.tiles():
        if metric.question in ("agreements_recorded", "selections_recorded"):
            continue
        of = (metric.question, metric.params.get("metric", "foreign_patients"))
        at_once = {row["year"] for row in rows if (row["question"], row["metric"]) == of}
        one_by_one = {
            year
            for year in range(2008, 2027)
            if context.reading(metric, region, year).value is not None
        }
        assert at_once == one_by_one, (region, metric.id)


def test_years_of_a_metric_are_those_in_which_it_has_a_value(context):
    """Asked at once, and year by year: Jeonnam, of which little is known; the long test has all."""
    check_years(context, "KR-46")


@pytest.mark.long
def test_years_of_every_region_are_those_in_which_a_metric_has_a_value(context):
    for row in context.rows("regions"):
        check_years(context, row["region"])


def test_counts_of_the_record_are_those_of_its_rows(context):
    """Signed agreements of Gyeongbuk, and programmes that selected it, each year once."""
    signed = [
        row
        for row in table_of("agreements")
        if row["state"] == "signed" and "KR-47" in row["region"].split(";")
    ]
    selected = {
        (row["programme_id"], row["year"])
        for row in table_of("awards")
        if row["outcome"] == "selected" and not row["area"] and "KR-47" in row["region"].split(";")
    }
    for metric, count in (
        ("agreements_recorded", len(signed)),
        ("selections_recorded", len(selected)),
    ):
        assert context.reading(context.metric(metric), "KR-47", 2019).value == count


def test_a_printed_growth_of_another_year_is_no_change_after_it(context):
    """Ulsan 2022: the note of its growth said the growth of 2021 once more, as of patients."""
    _front, tiles, _blocks = in_front(context, "KR-31", 2022)
    (growth,) = (one for one in tiles if one.key == "growth_pct")
    assert (growth.year, growth.note) == (2021, "")


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


def test_a_range_that_leaves_every_place_but_the_first_open_does_not_lead(context):
    """Sejong 2025: from nobody to 134,615, rank 2 to 17 of 17; 49 of 2023 is what is known."""
    hero = headline(context, "KR-50", 2025, "KR-27")
    (first,) = hero.blocks[0].figures
    assert (first.cell.text, first.year) == ("49 persons", 2023)
    assert first.note.endswith("2025: at most 134,615 persons")
    assert hero.title == (
        "Sejong 2025: no figure of foreign patients; at most 134,615 by what else is printed"
    )
    chart = hero.blocks[1]
    spans = [cell.span for one in chart.series if one.is_subject for cell in one.cells]
    assert not [span for span in spans if span and span[0] == 0]


def test_a_change_that_rounds_to_nothing_has_no_arrow(context):
    """341,792,000 of 1,038,789,220,000 are 0.0329 %, 410,587,000 of 1,722,843,271,000 0.0238 %."""
    _front, tiles, _blocks = in_front(context, "KR-50", 2025)
    (share,) = (one for one in tiles if one.key == "card_share_of_korea_pct")
    assert (share.change, share.mood) == ("■ changed by less than 0.1 pp on 2024", "even")


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
    for year in (2015, 2021):
        assert cells[year - 2009].link == evidence_link("foreign_patients", "KR-27", year)
    assert [(one.first, one.last) for one in chart.eras] == [(2020, 2022)]
    assert "2019" in chart.title


def test_the_countries_of_a_region_lead_to_their_pages(context):
    """Daegu has centres in Russia; of Sejong the record has no country."""
    (paragraph,) = country_ways(context, "KR-27")
    assert ", ".join(name for name, _link in paragraph.links) in paragraph.text
    assert dict(paragraph.links)["Russia"] == link_to("map", country="RU", pick="")
    assert country_ways(context, "KR-50") == []


def test_only_a_change_that_nationalities_divide_leads_to_what_drove_it(context):
    """Daegu 2019 has Chinese of both years; no nationality of Sejong was ever published."""
    found = [
        headline(context, region, year, None).blocks[0].figures[0].driven_by
        for region, year in (("KR-27", 2019), ("KR-50", 2025))
    ]
    ways = (("region", "KR-27"), ("year", "2019"))
    assert found == [Link("patients", ways, "drivers"), None]


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
