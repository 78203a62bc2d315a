"""The rule by which one of many claims becomes the figure of its cell, and what is said of it."""

from dataclasses import dataclass

import duckdb
import pytest

from dashboard.intake.findings import DeliveryRefused
from dashboard.settings import PROJECT_ROOT
from tests.store.printed_claims import claim, package


def rounded(source, value, **others):
    return claim(source, value, approximate="true", **others)


@dataclass
class Cell:
    """Claims about one figure, which of them is settled on, and what stands beside the figure."""

    claims: list
    chosen: int | None
    evidence: str
    printed_by: int | None
    agreements: str
    """One letter a claim: Chosen, Same, Rounded support, Dissent, Not compared, Left out."""


LETTERS = {
    "chosen": "C",
    "same": "S",
    "rounded support": "R",
    "dissent": "D",
    "not compared": "N",
    "left out": "L",
}

# The name of a cell is also its metric, so that one build holds them all.
CELLS = {
    # 1 suspect claims are left out
    "suspect_left_out": Cell(
        [claim("city", 10510, suspect="true"), claim("blog", 15010)], 1, "single source", 1, "LC"
    ),
    "all_suspect": Cell([claim("city", 10510, suspect="true")], None, "no data", None, "L"),
    # 2 final before provisional before estimate before expected
    "final_before_provisional": Cell(
        [claim("city", 7, status="provisional"), claim("blog", 9)], 1, "single source", 1, "DC"
    ),
    "provisional_before_estimate": Cell(
        [claim("city", 7, status="estimate"), claim("blog", 9, status="provisional")],
        1, "provisional", 1, "DC",
    ),
    "estimate_before_expected": Cell(
        [claim("city", 7, status="expected"), claim("blog", 9, status="estimate")],
        1, "provisional", 1, "NC",
    ),
    "final_before_exact": Cell(
        [claim("city", 12345, status="provisional"), rounded("blog", 9000)],
        1, "approximate", 1, "DC",
    ),
    # 4 exact before approximate
    "exact_before_approximate": Cell(
        [rounded("city", 20000), claim("blog", 31183)], 1, "single source", 1, "DC"
    ),
    # 5 official before journal before newspaper before other
    "official_before_journal": Cell(
        [claim("thesis", 7), claim("city", 9)], 1, "settled", 1, "DC"
    ),
    "journal_before_newspaper": Cell(
        [claim("donga", 7), claim("thesis", 9)], 1, "single source", 1, "DC"
    ),
    "newspaper_before_other": Cell(
        [claim("blog", 7), claim("donga", 9)], 1, "single source", 1, "DC"
    ),
    "tier_before_publishers": Cell(
        [claim("donga", 7), claim("imaeil", 7), claim("thesis", 9)], 2, "single source", 1, "DDC"
    ),
    # 6 the value that more publishers print
    "more_publishers": Cell(
        [claim("yeongnam-later", 7), claim("imaeil", 9), claim("donga", 9)],
        1, "contested", 2, "DCS",
    ),
    "two_copies_of_one_publisher_count_once": Cell(
        # 7 is printed by 1 publisher in two papers, 9 by 2
        [claim("hankyung", 7), claim("hankyung-yonhap", 7), claim("donga", 9), claim("blog", 9)],
        2, "contested", 2, "DDCS",
    ),
    "two_copies_alone_are_a_single_source": Cell(
        [claim("hankyung", 7), claim("hankyung-yonhap", 7)], 0, "single source", 1, "CS"
    ),
    "coordinates_only_is_no_publisher": Cell(
        [claim("map", 7), claim("donga", 7)], 1, "single source", 1, "SC"
    ),
    "coordinates_only_is_never_chosen": Cell(
        # 7 would win by tier and by date, if the map vouched for it
        [claim("map", 7, status="provisional"), claim("donga", 9), claim("imaeil", 9)],
        1, "settled", 2, "NCS",
    ),
    "coordinates_only_cannot_contest": Cell(
        [claim("map", 7), claim("donga", 9), claim("imaeil", 9)], 1, "settled", 2, "NCS"
    ),
    # 7 the later date, then the smaller id
    "later_date": Cell(
        [claim("donga", 7), claim("yeongnam-later", 9)], 1, "contested", 1, "DC"
    ),
    "dated_before_undated": Cell(
        [claim("segye-undated", 7), claim("donga", 9)], 1, "contested", 1, "DC"
    ),
    "smaller_id": Cell([claim("donga", 9), claim("imaeil", 7)], 0, "contested", 1, "CD"),
    # 3 what others print before what an office hands in about itself
    "six_papers_before_the_city_itself": Cell(
        # twice in its own files, later and called official, and still beside six others
        [
            claim("handed-in-city", 15500),
            claim("handed-in-again", 15500),
            *(claim(paper, 12000) for paper in
              ("donga", "imaeil", "hankyung", "yeongnam-later", "segye-undated", "blog")),
        ],
        5, "settled", 6, "DDSSSCSS",
    ),
    "one_blog_before_the_city_itself": Cell(
        [claim("handed-in-city", 15500), claim("blog", 12000)], 1, "single source", 1, "DC"
    ),
    "rounded_print_before_the_city_itself": Cell(
        # 12,988 to the thousand is 13,000: the city agrees, and the printed figure stays
        [claim("handed-in-city", 12988), rounded("ministry", 13000)],
        1, "approximate", 1, "RC",
    ),
    "the_city_itself_before_a_forecast": Cell(
        [claim("handed-in-city", 15500), claim("donga", 20000, status="expected")],
        0, "self-reported", 0, "CN",
    ),
    "only_the_city_itself": Cell([claim("handed-in-city", 15500)], 0, "self-reported", 0, "C"),
    "two_files_of_the_city_do_not_settle": Cell(
        [claim("handed-in-city", 15500), claim("handed-in-again", 15500)],
        1, "self-reported", 0, "SC",
    ),
    "two_files_of_the_city_that_differ": Cell(
        [claim("handed-in-city", 15500), claim("handed-in-again", 16000)],
        1, "self-reported", 0, "DC",
    ),
    "self_reported_stays_said_when_provisional_or_rounded": Cell(
        [rounded("handed-in-city", 15000, status="provisional")], 0, "self-reported", 0, "C"
    ),
    "the_city_is_no_second_publisher": Cell(
        [claim("handed-in-city", 15500), claim("donga", 15500)], 1, "single source", 1, "SC"
    ),
    "the_city_cannot_contest_the_ministry": Cell(
        [claim("handed-in-city", 15500), claim("ministry", 12000)], 1, "settled", 1, "DC"
    ),
    # what is said of the figure
    "settled_by_an_official_source": Cell([claim("city", 31183)], 0, "settled", 1, "C"),
    "settled_by_two_publishers": Cell(
        [claim("donga", 31183), claim("blog", 31183)], 0, "settled", 2, "CS"
    ),
    "second_publisher_only_provisional": Cell(
        # two publishers print it, but only one as final
        [claim("donga", 7), claim("imaeil", 7, status="provisional")],
        0, "single source", 2, "CS",
    ),
    "second_publisher_only_rounded": Cell(
        [claim("donga", 13000), rounded("imaeil", 13000)], 0, "single source", 2, "CS"
    ),
    "contested_by_the_same_tier": Cell(
        [claim("city", 7), claim("ministry", 9), claim("donga", 9)], 1, "contested", 2, "DCS"
    ),
    "not_contested_by_a_lower_tier": Cell(
        [claim("city", 7), claim("donga", 9), claim("imaeil", 9)], 0, "settled", 1, "CDD"
    ),
    "not_contested_by_a_provisional_value": Cell(
        [claim("city", 7), claim("ministry", 9, status="provisional")], 0, "settled", 1, "CD"
    ),
    "not_contested_by_a_rounded_value": Cell(
        [claim("city", 12988), rounded("ministry", 12000)], 0, "settled", 1, "CD"
    ),
    "not_contested_by_a_suspect_value": Cell(
        [claim("city", 7), claim("ministry", 9, suspect="true")], 0, "settled", 1, "CL"
    ),
    "approximate": Cell(
        # two publishers, an official one among them, but only rounded
        [rounded("city", 30000), rounded("donga", 30000)], 0, "approximate", 2, "CS"
    ),
    "provisional": Cell(
        [claim("city", 1322, status="provisional"), claim("donga", 1322, status="provisional")],
        0, "provisional", 2, "CS",
    ),
    "expected_only": Cell([claim("city", 7, status="expected")], 0, "provisional", 1, "C"),
    # a rounded claim that agrees when rounded is support
    "rounded_support_and_dissent": Cell(
        # 12,988 to the thousand is 13,000, to the ten thousand 10,000; 12,000 and 15,000 are not it
        [
            claim("donga", 12988),
            rounded("imaeil", 13000),
            rounded("hankyung", 10000),
            rounded("city", 12000),
            rounded("blog", 15000),
        ],
        0, "single source", 1, "CRRDD",
    ),
    "rounded_share": Cell(
        # 2.46 to one place is 2.5, and 2 to none; 2.4 is not it
        [
            claim("city", 2.46, unit="pct"),
            claim("ministry", 2.5, unit="pct"),
            claim("donga", 2, unit="pct"),
            claim("thesis", 2.4, unit="pct"),
        ],
        0, "settled", 1, "CRRD",
    ),
}  # fmt: skip


# Cells beside the one of foreign_patients, KR-27, 2019, each with a figure of its own.
OTHER_CELLS = [
    {"metric": "foreign_patients_city_survey"},
    {"metric": "foreign_patients_visits"},
    {"period": "to-october"},
    {"region": "KR-27;KR-47"},
    {"nationality": "RU"},
    {"department": "dentistry"},
    {"institution_class": "clinic"},
    {"year": "2018"},
    {"year": "", "period": "unspecified"},
]
TARGET = {"metric": "target_patients", "status": "target", "region": "KR-26"}


@pytest.fixture(scope="module")
def cells(small_record):
    rows = [
        {"metric": name, "observation_id": f"obs-{number:02}{place:02}"} | row
        for number, (name, cell) in enumerate(CELLS.items())
        for place, row in enumerate(cell.claims)
    ]
    rows += [claim("city", 100, observation_id="obs-9000")]
    rows += [
        claim("city", 200 + number, observation_id=f"obs-91{number:02}", **cell)
        for number, cell in enumerate(OTHER_CELLS)
    ]
    rows += [claim("city", 50000, observation_id="obs-9200", **TARGET)]
    outcome = {"measure": "buyers", "value": "5", "unit": "buyers", "source_ids": "donga;map"}
    return small_record(
        package(rows)
        | {
            "events": [{"event_id": "DG-2019-FAIR", "source_ids": "donga;map"}],
            "event_outcomes": [{"event_id": "DG-2019-FAIR"} | outcome],
        }
    )


@pytest.mark.parametrize("name", CELLS)
def test_cell(cells, name):
    cell = CELLS[name]
    place = {"metric": name, "region": "KR-27", "year": 2019}
    claims = sorted(cells.ask("claims", place).rows, key=lambda row: row["claim_id"])
    assert "".join(LETTERS[row["agreement"]] for row in claims) == cell.agreements
    assert [number for number, row in enumerate(claims) if row["is_settled"]] == (
        [] if cell.chosen is None else [cell.chosen]
    )
    figure = cells.ask("figure", place).first
    assert figure["evidence"] == cell.evidence
    assert figure["printed_by"] == cell.printed_by
    chosen = None if cell.chosen is None else float(cell.claims[cell.chosen]["value"])
    assert figure["value"] == chosen


OWN = ["대구광역시", "대구시", "대구시 보건의료정책과", "대구시청", "경북도 보건과", "전북도"]
OTHERS = ["대구일보", "전북도민일보", "경북대학교", "대구 KBS", "부산시민신문"]


def test_a_source_by_a_region_in_its_short_name_is_by_the_region_itself():
    regions = [
        ("대구", "대구광역시"), ("경북", "경상북도"), ("전북", "전북특별자치도"),
        ("부산", "부산광역시"),
    ]  # fmt: skip
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE stg_region (batch_id TEXT, is_nation BOOL, name_ko TEXT,"
            " full_name_ko TEXT, full_name_en TEXT)"
        )
        connection.executemany(
            "INSERT INTO stg_region VALUES ('public', FALSE, ?, ?, 'elsewhere')", regions
        )
        connection.execute("CREATE TABLE stg_source_role (source_id TEXT, role TEXT)")
        connection.execute("CREATE TABLE fct_statement (source_id TEXT)")
        connection.execute(
            "CREATE TABLE stg_source AS SELECT p AS source_id, p AS publisher, p AS publisher_name,"
            " '' AS title, NULL AS published_on, '' AS language, '' AS url, 'official' AS tier,"
            " 'ours' AS batch_id, FALSE AS is_file_itself FROM (SELECT unnest(?) AS p)",
            [OWN + OTHERS],
        )
        sql = (PROJECT_ROOT / "queries/marts/dim_source.sql").read_text(encoding="utf-8")
        told = connection.execute(f"SELECT publisher, tier FROM ({sql})").fetchall()  # noqa: S608
    assert len(told) == len(OWN + OTHERS)
    assert {name for name, tier in told if tier == "self-reported"} == set(OWN)


def test_other_definitions_are_other_cells(cells):
    """Surveys, visits, parts of the year and groups of regions never meet the annual figure."""
    place = {"metric": "foreign_patients", "region": "KR-27", "year": 2019}
    assert [row["value"] for row in cells.ask("claims", place).rows] == [100]
    figure = cells.ask("figure", place).first
    assert (figure["value"], figure["claim_count"], figure["evidence"]) == (100, 1, "settled")


def test_coordinates_only_sources_print_no_outcome(cells):
    (outcome,) = cells.ask("event_outcomes", {"event_id": "DG-2019-FAIR"}).rows
    assert (outcome["printed_by"], outcome["evidence"]) == (1, "single source")


def test_target_is_never_a_figure(cells):
    place = {"region": "KR-26", "year": 2019}
    figure = cells.ask("figure", place | {"metric": "foreign_patients"}).first
    assert (figure["value"], figure["claim_count"], figure["evidence"]) == (None, 0, "no data")
    target = cells.ask("target", place).first
    assert (target["target"], target["value"], target["attainment_pct"]) == (50000, None, None)
    ranking = cells.ask("ranking", {"metric": "foreign_patients", "year": 2019}).rows
    assert [row["region"] for row in ranking] == ["KR-27"]


def test_target_under_a_false_name_is_refused(small_record):
    false_status = claim("city", 50000, status="target")
    false_metric = claim("city", 50000, metric="target_patients")
    with pytest.raises(DeliveryRefused) as caught:
        small_record(package([false_status, false_metric]))
    assert "check_target_status" in caught.value.message
    assert "obs-0001" in caught.value.message
    assert "obs-0002" in caught.value.message
