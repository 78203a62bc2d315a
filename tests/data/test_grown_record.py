"""The shipped record as it grew: how much is in it, what is settled, and what is never added."""

import csv
import re
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from dashboard.catalogue import read_catalogue
from dashboard.i18n import speaking
from dashboard.search import find
from dashboard.settings import settings
from dashboard.store.connection import open_marts
from dashboard.store.pointer import marts_file

RECORD = Path(__file__).parents[2] / "data" / "public_record"
COUNTS = {  # the reference's own counts; 11 agreements more are from the base documents, and 24
    # observations stood in notes: upper limits of 4 and 10 regions, and 10 ranks
    "observations": 2675 + 24, "sources": 852, "events": 299, "event_outcomes": 476,
    "agreements": 119 + 11, "funding_lines": 42 - 1, "awards": 116, "review_criteria": 97,
    "centres": 59, "institutions": 150, "disputes": 54, "review_visits": 34,
}  # fmt: skip


def rows(table):
    with (RECORD / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def ask(shipped_record):
    """Rows of a question of the shipped record."""

    def found(question, **parameters):
        return shipped_record.ask(question, parameters).rows

    return found


@pytest.fixture(scope="module")
def marts(shipped_settings, shipped_record):
    """File of the build of the shipped record."""
    return marts_file(shipped_settings, shipped_record.current().build_id)


@pytest.mark.parametrize("table", COUNTS)
def test_as_many_rows_as_the_reference(table):
    assert len(rows(table)) == COUNTS[table]


def test_regions_and_owners():
    assert len({row["owner_region"] for row in rows("events")}) == 14
    assert Counter(row["owner_region"] for row in rows("centres")) == {
        "KR-27": 27, "KR-26": 10, "KR-30": 8, "KR-28": 7, "KR-29": 3, "KR-41": 3, "KR-45": 1,
    }  # fmt: skip


# ---- The rule of settling, written a second time

STATUS = {"final": 1, "target": 1, "provisional": 2, "estimate": 3, "expected": 4}
TIER = {"official": 1, "journal": 2, "newspaper": 3, "other": 4}
CELL = ("metric", "region", "year", "period", "nationality", "department", "institution_class")


def cell_of(row):
    area = ""
    if row["metric"].endswith(("_subregion", "_hospital")):
        parts = re.split(r"[;,]", row["note"])
        area = parts[1].strip() if re.fullmatch(r"\d{4}-\d{4}", parts[0]) else parts[0]
    return (*(row[name] for name in CELL), area)


def tolerance(row):
    """Half of the last digit that is printed, doubled: the size of that digit."""
    text = row["value"]
    if "." in text:
        return Decimal(1).scaleb(-len(text.partition(".")[2]))
    if row["approximate"] == "true":
        return Decimal(10) ** (len(text) - len(text.rstrip("0")))
    return Decimal(row["unit"] == "pct")


def settled_anew():
    """observation_id → (agreement, evidence) by the rule, without a line of SQL."""
    sources = {row["source_id"]: row for row in rows("sources")}
    cells = defaultdict(list)
    for row in rows("observations"):
        cells[cell_of(row)].append(row)

    def publisher(row):
        return re.sub(r"\s*\(.*\)$", "", sources[row["source_id"]]["publisher"])

    def tier(row):
        return TIER[sources[row["source_id"]]["tier"]]

    def is_firm(row):
        return STATUS[row["status"]] == 1 and row["approximate"] == "false"

    found = {}
    for claims in cells.values():
        valid = [row for row in claims if row["suspect"] == "false"]
        printed = defaultdict(set)
        for row in valid:
            printed[Decimal(row["value"])].add(publisher(row))
        if not valid:
            found |= {row["observation_id"]: ("left out", "no data") for row in claims}
            continue
        # Sorted by the last rule first, since the sort is stable.
        order = sorted(valid, key=lambda row: row["observation_id"])
        order.sort(key=lambda row: sources[row["source_id"]]["published_on"], reverse=True)
        order.sort(
            key=lambda row: (
                STATUS[row["status"]],
                row["approximate"] == "true",
                tier(row),
                -len(printed[Decimal(row["value"])]),
            )
        )
        best = order[0]
        value = Decimal(best["value"])

        def agreement(row, best=best, value=value):
            gap = abs(Decimal(row["value"]) - value)
            if row["suspect"] == "true":
                return "left out"
            if row is best:
                return "chosen"
            if not gap:
                return "same"
            if gap * 2 <= max(tolerance(row), tolerance(best)):
                return "rounded support"
            return "not compared" if row["status"] == "expected" else "dissent"

        same = [row for row in valid if Decimal(row["value"]) == value and is_firm(row)]
        is_contested = any(
            agreement(row) == "dissent" and is_firm(row) and tier(row) <= tier(best)
            for row in claims
        )
        if STATUS[best["status"]] > 1:
            evidence = "provisional"
        elif best["approximate"] == "true":
            evidence = "approximate"
        elif is_contested:
            evidence = "contested"
        elif any(tier(row) == 1 for row in same) or len({publisher(row) for row in same}) > 1:
            evidence = "settled"
        else:
            evidence = "single source"
        found |= {row["observation_id"]: (agreement(row), evidence) for row in claims}
    return found


def test_every_cell_is_settled_as_the_rule_says(marts):
    with open_marts(marts) as cursor:
        built = {
            claim: (agreement, evidence)
            for claim, agreement, evidence in cursor.execute(
                "SELECT claim_id, agreement, evidence FROM fct_claim WHERE claim_id LIKE 'obs-%'"
            ).fetchall()
        }
    anew = settled_anew()
    assert len(anew) == 2675 + 24
    assert {claim for claim in anew if built[claim] != anew[claim]} == set()
    assert {"settled", "contested", "single source", "approximate", "provisional"} <= {
        evidence for _, evidence in anew.values()
    }


# ---- What may be added


def test_new_measures_and_figures_of_one_enter_no_sum(marts):
    with open_marts(marts) as cursor:
        summed = dict(
            cursor.execute("SELECT metric, count(*) FROM fct_tally_item GROUP BY 1").fetchall()
        )
        stages = {
            name for (name,) in cursor.execute("SELECT stage FROM fct_event_stage").fetchall()
        }
    new = {"agencies", "applicants", "attendees_conference", "attendees_cumulative", "moas",
           "booth_visitors", "consultation_value", "contract_value_pursued",
           "institutions_visited"}  # fmt: skip
    assert new <= {row["measure"] for row in rows("event_outcomes")}
    assert not {f"event_{measure}" for measure in new} & summed.keys()
    assert not new & stages
    assert set(summed) == {
        "event_agreements", "event_buyers", "event_consultations", "event_patients_consulted",
        "event_reservations", "events_held", "cluster_grant_krw", "cluster_grant_cumulative_krw",
        "review_rank",
    }  # fmt: skip


def test_a_figure_of_one_says_of_what_one():
    found = {(row["event_id"], row["measure"], row["unit"], row["per"], row["value"])
             for row in rows("event_outcomes") if row["per"]}  # fmt: skip
    assert found == {
        ("DG-2016-YAKT", "training_fee", "krw", "person", "10000000"),
        ("DG-2024-SUSACU", "trainees", "persons", "session", "40"),
    }


def test_events_counted_are_those_held(ask):
    tallied = {
        (row["owner_region"], row["start_date"][:4])
        for row in rows("events")
        if row["status"] == "held" and row["event_type"] != "onsite_review" and row["start_date"]
    }
    busan = sum(
        row["owner_region"] == "KR-26" and row["start_date"][:4] == "2016"
        and row["status"] == "held" for row in rows("events")
    )  # fmt: skip
    assert ("KR-26", "2016") in tallied
    (figure,) = ask("figure", metric="events_held", region="KR-26", year=2016)
    assert figure["value"] == busan


# ---- The new tables


def test_agreements_of_a_region_year_country_and_event(ask):
    fair = ask("agreements", event_id="DG-2020-B2B")
    assert {row["agreement_id"] for row in fair} == {
        "AG-036", "AG-037", "AG-038", "dg-2020-b2b-niage", "dg-2020-b2b-feibi",
        "dg-2020-b2b-ohdae",
    }  # fmt: skip
    assert {row["agreement_id"] for row in ask("agreements", country="TM")} == {"AG-023"}
    joint = {"AG-035", "AG-041", "dg-2019-onsite-gyeongbuk"}
    ours = {row["agreement_id"] for row in ask("agreements", region="KR-47")}
    assert joint | {"gb-almaty-4", "gb-2019-almaty"} == ours
    (proposal,) = ask("agreements", event_id="DG-2016-YAKT")
    assert proposal["other_parties"] == (
        "Deputy Prime Minister of the Sakha Republic",
        "Health Minister of the Sakha Republic",
    )
    assert (proposal["agreement_state"], proposal["year"]) == ("proposed", 2016)


def test_states_and_kinds_are_as_reported():
    ours = rows("agreements")
    known = Counter(row["state"] for row in ours if row["source_ids"].find("seed-") < 0
                    or row["agreement_id"].startswith("AG-"))  # fmt: skip
    assert known == {"planned": 23, "signed": 83, "proposed": 4, "promised": 2, "agreed": 7}


def test_funding_lines_stand_each_for_itself(ask):
    lines = {row["funding_line_id"]: row for row in ask("funding_lines", region="KR-27")}
    (both,) = (row for row in lines.values() if row["budgeted_krw"] and row["executed_krw"])
    # KBS 2021: 2.4bn budgeted and 2.225bn spent in 2020
    assert (both["year"], both["budgeted_krw"], both["executed_krw"]) == (
        2020, 2_400_000_000, 2_225_000_000,
    )  # fmt: skip
    assert both["executed_pct"] == pytest.approx(92.7083, abs=1e-4)  # 2225 / 2400
    shared = [row for row in lines.values() if row["regions"] == ("KR-27", "KR-47")]
    assert {(row["year"], row["year_end"]) for row in shared} == {(2023, 2025)}
    in_2024 = {row["funding_line_id"] for row in ask("funding_lines", region="KR-47", year=2024)}
    assert in_2024 == {row["funding_line_id"] for row in shared}
    assert sum(row["money_source"] == "mixed" for row in rows("funding_lines")) == 2


def test_card_spending_by_region_is_a_series_of_its_own(ask):
    daegu = ask("trend", metric="spending_krw_card_datalab", region="KR-27")
    assert [row["year"] for row in daegu if row["value"] is not None] == list(range(2018, 2026))
    (korea,) = ask("figure", metric="spending_krw_card_datalab", region="KR", year=2024)
    assert (korea["value"], korea["unit"]) == (1_038_789_220_000, "krw")


def test_hospitals_of_one_region_do_not_contradict_each_other(ask):
    claims = [row for row in rows("observations") if row["metric"] == "foreign_patients_hospital"]
    assert len({cell_of(row) for row in claims}) == len(claims) == 8
    found = ask("claims", metric="foreign_patients_hospital", region="KR-42", year=2011)
    assert [row["agreement"] for row in found] == ["chosen"] * 5


# ---- Titles and dates


def test_titles_say_whether_they_are_printed(ask):
    origins = Counter(row["title_ko_origin"] for row in rows("events"))
    assert origins == {"translated": 91, "worded": 22, "printed": 299 - 91 - 22}
    assert sum(bool(row["title_ko_source_id"]) for row in rows("events")) == 167 - 91
    (event,) = ask("events", event_id="DG-2014-PNH")
    assert (event["title_ko_origin"], event["title_ko_source_id"]) == (
        "printed", "wowtv2014-phnom-penh",
    )  # fmt: skip


def test_every_inferred_date_says_from_what():
    marked = [row for row in rows("events") if row["date_inferred"] == "true"]
    assert len(marked) == 29
    assert all(row["start_date"] and row["note"] for row in marked)
    assert not [
        row["event_id"] for row in rows("events")
        if "INFERRED" in row["note"].upper() and row["date_inferred"] != "true"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code"),
    [("노보시비르스크 여행사", "AG-061"), ("Nantong Shengfeng", "AG-026"), ("나눔의료단", None)],
)
def test_parties_and_titles_are_found_in_either_language(shipped_record, words, code):
    with speaking("ko"):
        hits = find(shipped_record, read_catalogue(settings().queries), words)
    assert hits
    assert code is None or hits[0].kind == "agreement"
