"""The map of promotion centres and the page of a country, said for every medium."""

import re

import pytest

from dashboard.content.compose import draft
from dashboard.content.document import ChartBlock, MapBlock, Paragraph
from dashboard.errors import UsageError


def section(report, start):
    return next(one for one in report.sections if one.title.startswith(start))


def words(section):
    return " ".join(block.text for block in section.blocks if isinstance(block, Paragraph))


def test_lead_counts_by_each_rule_and_draws_the_centres(report):
    lead = report("map", "ko", region="KR-27", year=2018).sections[0]
    assert "발표된 해외홍보센터 20개소, 이름이 확인된 곳 9개국 22개소" in lead.title
    (drawn,) = (block for block in lead.blocks if isinstance(block, MapBlock))
    assert "자카르타" in drawn.alt
    english = report("map", "en", region="KR-27", year=2016).sections[0]
    assert "end of 2016: 15 named in 6 countries" in english.title


def test_named_and_candidates_differ_for_a_reason_that_is_said(report):
    """5 certain, 11 likely and 7 possible are 23; 23 - 2 planned + 1 of a district = 22 named."""
    nine = section(report("map", "en", region="KR-27", year=2018), "10 candidates")
    said = words(nine)
    assert "5 that are certainly among them, 11 that likely are, and 7 that may be" in said
    assert "Daegu, end of 2018: 22 centres are named, 23 may be counted." in said
    assert (
        "2 of those that may be counted were planned by then, without word of an opening "
        "(Shanghai, Ningbo)."
    ) in said
    assert "1 of those named is not among those counted (Qingdao)." in said


def test_candidates_are_said_of_their_owner_and_of_korea_alone(report):
    def has_nine(region):
        return any(
            "nine countries" in one.title
            for one in report("map", "en", region=region, year=2018).sections
        )

    assert has_nine("KR-27")
    assert has_nine("KR")
    assert not has_nine("KR-30")


def test_totals_stand_beside_what_can_be_named_by_the_same_days(report):
    totals = section(report("map", "en", region="KR-27", year=2018), "What was said")
    (chart,) = (block for block in totals.blocks if isinstance(block, ChartBlock))
    (table,) = section(report("map", "en", region="KR-27", year=2018), "Stated totals").blocks
    stated, named = chart.series
    assert len(stated.cells) == len(named.cells) == len(chart.categories) == len(table.rows)
    assert all(cell.value is not None for cell in stated.cells)
    assert [cell.value for cell in named.cells] == sorted(cell.value for cell in named.cells)
    plans = [place for place, day in enumerate(chart.categories) if day.endswith("(a plan)")]
    assert [place for place, cell in enumerate(stated.cells) if cell.evidence] == plans


def test_region_without_a_centre_says_that_nothing_is_no_zero(report):
    sejong = report("map", "en", region="KR-50", year=2018)
    assert "That is no zero." in words(section(sejong, "What was said"))
    assert words(section(sejong, "Routes")) == "Sejong: the record has no stop of an onsite review."


def test_every_review_with_a_stop_has_its_route(small_record, report):
    route = section(report("map", "en", region="KR-27", year=2018), "Route of the onsite review")
    assert route.title.endswith("2019")
    assert len(route.blocks[0].items) == 5
    visits = [
        {"year": year, "region": "KR-30", "kind": "stop", "item_en": f"Clinic {year}", "seq": "1",
         "source_ids": "a"}
        for year in ("2017", "2021")
    ]  # fmt: skip
    record = small_record(
        {"sources": [{"source_id": "a", "tier": "official"}], "review_visits": visits}
    )
    titles = [one.title for one in draft(record, "map", {"region": "KR-30", "year": 2019}, "en")
              .sections]  # fmt: skip
    routes = [title for title in titles if title.startswith("Route of")]
    assert routes == ["Route of the onsite review of 2021", "Route of the onsite review of 2017"]


def test_centres_of_every_region_are_told_beside_those_in_question(shipped_record):
    """Of 59 centres 27 are of Daegu, 10 of Busan, 8 of Daejeon, 7 of Incheon, 3 of Gwangju, 3 of
    Gyeonggi and 1 of Jeonbuk: at the end of the last year all are there."""
    last = max(row["year"] for row in shipped_record.ask("map_years").rows)
    composed = draft(shipped_record, "map", {"region": "KR-27", "year": last}, "en")
    (others,) = section(composed, "Centres of other regions").blocks
    rows = shipped_record.ask("map_centres", {"year": last}).rows
    assert len(rows) == 59
    assert [row[0].text for row in others.rows] == [
        "Busan", "Daejeon", "Incheon", "Gwangju", "Gyeonggi", "Jeonbuk",
    ]  # fmt: skip
    mine = section(composed, "Promotion centres at the end").blocks[0]
    assert len(mine.rows) == 27


def test_every_country_with_a_centre_or_an_event_has_a_page(shipped_record):
    countries = {row["country"] for row in shipped_record.ask("countries").rows}
    centres = {row["country"] for row in shipped_record.ask("map_centres").rows}
    events = {row["country"] for row in shipped_record.ask("events").rows}
    assert (centres | events) - {None, "KR"} <= countries
    beyond = sorted(
        centres - {row["country"] for row in shipped_record.ask("centre_countries").rows}
    )
    assert beyond
    asked = {"region": "KR-27", "year": 2018, "country": beyond[0]}
    page = draft(shipped_record, "map", asked, "ko")
    assert page.sections[0].title


def test_page_of_a_country_has_all_that_is_known_of_it(report):
    russia = report("map", "ko", region="KR-27", year=2018, country="RU")
    assert russia.sections[0].title.startswith("러시아: 이름이 확인된 해외홍보센터 6개소")
    assert "2018년 말 9개국" in words(russia.sections[0])
    titles = [one.title for one in russia.sections]
    for title in ("해외홍보센터", "연도별 환자", "현지 행사", "협약과 계약"):
        assert title in titles
    nation, regions = (
        block for one in russia.sections for block in one.blocks if isinstance(block, ChartBlock)
    )
    assert [series.name for series in nation.series] == ["전국"]
    assert any(re.fullmatch(r"대구 20\d\d", name) for name in regions.categories)
    drawn = [
        max(cell.value or 0 for cell in cells)
        for cells in zip(*(one.cells for one in regions.series), strict=True)
    ]
    assert drawn == sorted(drawn, reverse=True)


def test_country_with_patients_alone_is_no_candidate(report):
    emirates = report("map", "ko", region="KR-27", year=2018, country="AE")
    assert emirates.sections[0].title.startswith("아랍에미리트: 이름이 확인된 해외홍보센터 0개소")
    assert "2018년 말 9개국" not in words(emirates.sections[0])


def test_unknown_country_is_refused(report):
    with pytest.raises(UsageError, match="XX"):
        report("map", "en", region="KR-27", year=2018, country="XX")


def test_every_country_has_a_line_with_its_latest_figure_and_year(shipped_record):
    """China of Korea 618,973 (2025), of Daegu 6,474 (2019), as their sources print them."""
    composed = draft(shipped_record, "map", {"region": "KR-27", "year": 2018}, "en")
    (table,) = next(
        one.blocks for one in composed.sections if "with a figure of patients" in one.title
    )
    known = {row["country"] for row in shipped_record.ask("countries").rows}
    listed = [dict(row[0].link.parameters)["country"] for row in table.rows]
    assert sorted(listed) == sorted(known)
    names = [column.name for column in table.columns]
    assert names == ["country", "KR", "KR-year", "KR-27", "KR-27-year", "centres", "events"]
    china = table.rows[listed.index("CN")]
    assert [cell.text for cell in china[1:5]] == [
        "618,973 persons",
        "2025",
        "6,474 persons",
        "2019",
    ]
    assert [cell.evidence for cell in china[1:5:2]] == ["single source", "settled"]
    # Greatest first: China before Japan (600,009) before Taiwan (185,715).
    assert listed[:3] == ["CN", "JP", "TW"]
    of_patients = sum(any(row[place].value is not None for place in (1, 3)) for row in table.rows)
    assert f", {of_patients} with a figure of patients" in next(
        one.title for one in composed.sections if "with a figure of patients" in one.title
    )
    # Of all Korea there is one figure, not the same twice.
    nation = draft(shipped_record, "map", {"region": "KR", "year": 2018}, "en")
    (table,) = next(
        one.blocks for one in nation.sections if "with a figure of patients" in one.title
    )
    assert [one.name for one in table.columns] == ["country", "KR", "KR-year", "centres", "events"]


def test_a_line_counts_what_the_page_of_its_country_counts(shipped_record):
    composed = draft(shipped_record, "map", {"region": "KR-27", "year": 2018}, "en")
    (table,) = next(
        one.blocks for one in composed.sections if "with a figure of patients" in one.title
    )
    for row in table.rows[::4]:
        (country,) = (value for name, value in row[0].link.parameters if name == "country")
        asked = {"region": "KR-27", "year": 2018, "country": country}
        title = draft(shipped_record, "map", asked, "en").sections[0].title
        centres = row[-2].value or 0
        assert f"{row[0].text}: {centres} promotion centre" in title


def test_a_centre_opens_what_vouches_for_it(shipped_record):
    composed = draft(shipped_record, "map", {"region": "KR-27", "year": 2018}, "en")
    mine = section(composed, "Promotion centres at the end").blocks[0]
    ids = {row["centre_id"] for row in shipped_record.ask("map_centres").rows}
    for row in mine.rows:
        (evidence,) = (value for name, value in row[0].link.parameters if name == "evidence")
        assert evidence.removeprefix("centre.") in ids


def test_the_title_says_what_is_announced_and_named_and_the_rest_follows(report):
    first = report("map", "en", region="KR-27", year=2018).sections[0]
    assert first.title == (
        "Daegu, end of 2018: 20 promotion centres announced, 22 named in 9 countries"
    )
    said = next(block.text for block in first.blocks if isinstance(block, Paragraph))
    assert "of them seen open that year or later" in said
