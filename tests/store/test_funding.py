"""Grants: contradicting amounts once, joint awards apart, unpublished amounts never as zero."""

from random import Random

import pytest

DAEGU, DAEJEON, INCHEON, SEJONG = "KR-27", "KR-30", "KR-28", "KR-50"
PAIR = "KR-27;KR-47"
MILLION = 1_000_000
AWARD = {
    "programme_id": "mct-cluster",
    "year": "2019",
    "region": DAEGU,
    "outcome": "selected",
}


@pytest.fixture(scope="module")
def ask(record):
    def rows(question, **parameters):
        return record.ask(question, parameters).rows

    return rows


def awards_of(small_record, *awards):
    """A record of the awards given as (id, other fields), each with its own official source."""
    return small_record(
        {
            "sources": [
                {"source_id": f"src-{name}", "publisher": f"Paper {name}", "tier": "official"}
                for name, _ in awards
            ],
            "programmes": [
                {"programme_id": name, "name_en": name, "ministry": "MCST"}
                for name in ("mct-cluster", "other")
            ],
            "awards": [
                AWARD | {"award_id": name, "source_ids": f"src-{name}"} | fields
                for name, fields in awards
            ],
        }
    )


# ---- The former record


def test_summary_of_daegu(ask):
    (row,) = ask("funding_summary", region=DAEGU)
    # Alone: MOHW 150 (2013), cluster 300 (2017), 300 (2018), 400 (2019), 450 (2026); jointly 500.
    assert row["alone_krw"] == (150 + 300 + 300 + 400 + 450) * MILLION
    assert row["joint_krw"] == 500 * MILLION
    # Without amount: MOHW 2010, 2011, 2014, 2017; cluster 2014, 2022.
    assert (row["selected_count"], row["known_count"], row["unknown_count"]) == (12, 6, 6)
    assert row["later_year_count"] == (2025 - 2023) + (2028 - 2026)
    assert (row["first_year"], row["last_year"]) == (2010, 2026)


def test_sejong_has_nothing_and_no_zero(ask):
    (row,) = ask("funding_summary", region=SEJONG)
    assert (row["selected_count"], row["alone_krw"], row["joint_krw"]) == (0, None, None)
    for question in ("awards", "matched", "cumulative", "selection", "beside", "ministries"):
        assert ask(f"funding_{question}", region=SEJONG) == ()


def test_incheon_2018_shows_both_amounts_and_counts_the_settled_one(ask):
    both = [
        (row["grant_krw"], row["is_settled"])
        for row in ask("funding_awards", region=INCHEON, programme="mct-cluster")
        if row["year"] == 2018
    ]
    assert sorted(both) == [(200 * MILLION, False), (400 * MILLION, True)]
    (line,) = (
        row for row in ask("funding_cumulative", region=INCHEON) if row["line"] == "cluster-line"
    )
    # 2017, 2018 (settled), 2021, 2023, 2026; the 200 of 2018 are not added.
    assert line["cumulative_krw"] == (200 + 400 + 350 + 500 + 450) * MILLION
    assert (line["evidence"], line["is_lower_bound"]) == ("contested", True)
    # 2014, 2017-2023, 2026: nine awards, although 2018 has two rows.
    assert (line["selected_count"], line["known_count"]) == (9, 5)


def test_the_joint_award_stays_with_its_group(ask):
    rows = {(row["region"], row["line"]): row for row in ask("funding_cumulative")}
    joint = rows[PAIR, "cluster-line"]
    assert (joint["is_joint"], joint["cumulative_krw"]) == (True, 500 * MILLION)
    assert rows[DAEGU, "cluster-line"]["cumulative_krw"] == (300 + 300 + 400 + 450) * MILLION
    assert ("KR-47", "cluster-line") not in rows
    assert PAIR not in {row["region"] for row in ask("funding_beside")}


@pytest.mark.parametrize("region", [DAEGU, INCHEON, "KR-26", "KR-42", "KR-43", "KR-45"])
def test_the_cluster_line_adds_up_to_the_metric_of_the_overview(ask, region):
    trend = ask("trend", metric="cluster_grant_cumulative_krw", region=region)
    (line,) = (
        row
        for row in ask("funding_cumulative", region=region)
        if row["line"] == "cluster-line" and not row["is_joint"]
    )
    assert line["cumulative_krw"] == trend[-1]["value"]


def test_matched_funds(ask):
    found = {(row["year"], row["region"]): row for row in ask("funding_matched")}
    incheon = found[2021, INCHEON]
    assert (incheon["grant_krw"], incheon["matched_krw"]) == (350 * MILLION, 875 * MILLION)
    assert incheon["matched_to_grant_pct"] == 250  # 875 / 350
    assert found[2023, PAIR]["matched_to_grant_pct"] == 100
    pilot = found[2012, DAEJEON]
    assert (pilot["grant_krw"], pilot["matched_krw"]) == (None, 187 * MILLION)
    assert pilot["matched_to_grant_pct"] is None
    assert len(found) == 5


@pytest.mark.parametrize(
    ("programme", "year", "applicants", "selected"),
    [
        ("regional-leading-technology", 2010, 12, 5),
        ("regional-leading-technology", 2011, 11, 6),
        ("regional-leading-technology", 2013, 14, 8),
        ("regional-leading-technology", 2014, 13, 8),
        ("regional-leading-technology", 2017, 22, 13),
        ("convergence-cluster", 2023, 9, 6),  # the joint award is one, Daejeon was not selected
    ],
)
def test_each_call_counts_its_applicants_once(ask, programme, year, applicants, selected):
    (call,) = (row for row in ask("funding_selection", programme=programme) if row["year"] == year)
    assert (call["applicants"], call["selected_count"]) == (applicants, selected)
    assert call["selection_rate_pct"] == pytest.approx(100 * selected / applicants)


@pytest.mark.parametrize(
    ("programme", "year"),
    [
        ("regional-leading-technology", 2016),  # 8 of 11 projects, regions not known
        ("k-farm", 2013),  # 33 of 57 projects, of which the record names one
    ],
)
def test_no_rate_where_the_selected_are_named_in_part(ask, programme, year):
    (call,) = (row for row in ask("funding_selection", programme=programme) if row["year"] == year)
    assert call["applicants"] > 1
    assert (call["selected_count"], call["selection_rate_pct"]) == (None, None)
    assert call["is_count_of_projects"]


def test_a_region_sees_its_own_outcome(ask):
    (call,) = (row for row in ask("funding_selection", region=DAEJEON) if row["year"] == 2023)
    assert (call["outcome"], call["selected_count"]) == ("not_selected", 6)


def test_grant_beside_patients_only_where_both_are_known(ask):
    found = {row["year"]: row for row in ask("funding_beside", region=DAEGU)}
    assert set(found) == {2017, 2018, 2019}  # 2023 is joint, 2026 has no patients
    assert found[2019]["grant_per_unit_krw"] == pytest.approx(400 * MILLION / 31183)
    held = {row["year"]: row for row in ask("funding_beside", metric="events_held", region=DAEGU)}
    of_2017 = held[2017]
    assert (of_2017["grant_evidence"], of_2017["value_evidence"]) == ("settled", "counted")
    assert of_2017["evidence"] == "settled"  # the weaker of the two; neither is of a single source
    contested = {row["year"]: row["evidence"] for row in ask("funding_beside", region=INCHEON)}
    assert contested[2018] == "contested"
    assert ask("funding_beside", metric="event_reservations") == ()  # none in a year with a grant


def test_ministries(ask):
    found = {row["ministry"]: row for row in ask("funding_ministries")}
    # 43 rows of the leading technology line, one of them without region, and one of its successor.
    assert found["MOHW"]["selected_count"] == 43 - 1 + 1
    assert (found["MCST"]["alone_krw"], found["MCST"]["joint_krw"]) == (
        7150 * MILLION,
        500 * MILLION,
    )
    assert found["KTO (under MCST)"]["selected_count"] == 0
    assert found["KTO (under MCST)"]["alone_krw"] is None
    (summary,) = ask("funding_summary")
    for count in ("selected_count", "known_count", "unknown_count", "call_count"):
        assert sum(row[count] for row in found.values()) == summary[count]


# ---- Rules, on records of a few rows


def test_two_rows_of_the_same_amount_are_one_award(small_record):
    record = awards_of(
        small_record,
        ("a", {"grant_krw": "5"}),
        ("b", {"grant_krw": "5"}),
        ("c", {"programme_id": "other", "grant_krw": "7"}),
    )
    (row,) = record.ask("funding_summary").rows
    assert (row["selected_count"], row["known_count"], row["alone_krw"]) == (2, 2, 5 + 7)


def test_an_unpublished_amount_is_not_zero(small_record):
    record = awards_of(small_record, ("a", {}), ("b", {"year": "2020", "grant_krw": "0"}))
    (line,) = record.ask("funding_cumulative").rows
    assert (line["cumulative_krw"], line["known_count"], line["unknown_count"]) == (0, 1, 1)
    assert line["is_lower_bound"]
    only = awards_of(small_record, ("a", {}))
    (line,) = only.ask("funding_cumulative").rows
    assert (line["cumulative_krw"], line["evidence"]) == (None, "no data")


def test_more_named_than_applied_gives_no_rate(small_record):
    record = awards_of(
        small_record,
        *((f"a{code}", {"region": f"KR-{code}", "applicants": "2"}) for code in (26, 27, 28)),
    )
    (call,) = record.ask("funding_selection").rows
    assert (call["applicants"], call["named_count"], call["selection_rate_pct"]) == (2, 3, None)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_sums_of_any_record(small_record, seed):
    """Every settled amount is counted once: in its line, in its ministry, and in the summary."""
    draw = Random(seed)
    awards = []
    for number in range(25):
        fields = {
            "region": draw.choice([DAEGU, INCHEON, PAIR]),
            "year": str(draw.randint(2015, 2019)),
            "programme_id": draw.choice(["mct-cluster", "other"]),
        }
        lost = fields["region"] == INCHEON and fields["year"] == "2019"
        fields["outcome"] = "not_selected" if lost else "selected"
        if not lost and draw.random() < 0.6:
            fields["grant_krw"] = str(draw.randint(1, 4))
        awards.append((f"a{number:02}", fields))
    record = awards_of(small_record, *awards)
    cells = {}
    won = set()
    for row in record.ask("funding_awards").rows:
        cell = (row["programme_id"], row["year"], row["region"])
        if row["outcome"] == "selected":
            won.add(cell)
        if row["is_settled"]:
            cells.setdefault(cell, set()).add(row["grant_krw"])
    assert all(len(amounts) == 1 for amounts in cells.values())
    total = sum(sum(amounts) for amounts in cells.values())
    (summary,) = record.ask("funding_summary").rows
    assert (summary["alone_krw"] or 0) + (summary["joint_krw"] or 0) == total
    lines = record.ask("funding_cumulative").rows
    assert sum(row["cumulative_krw"] or 0 for row in lines) == total
    assert summary["selected_count"] == len(won)
    for row in lines:
        assert row["is_joint"] == (row["region"] == PAIR)
        assert row["known_count"] + row["unknown_count"] == row["selected_count"]
