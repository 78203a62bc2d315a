"""A figure of one person or company is said as such, and is never added to anything."""

import pytest

from dashboard.content.cells import figure_cell
from dashboard.content.country import outcome_columns
from dashboard.content.doubts import claim_columns
from dashboard.content.event_page import event_finding
from dashboard.content.events import outcome_lines
from dashboard.content.tables import table_of
from dashboard.i18n import quantity_text, speaking

FAIR = {"event_id": "DG-2019-FAIR", "source_ids": "city"}
OUTCOMES = [
    {"measure": "consultations", "value": "200", "unit": "sessions"},
    {"measure": "consultations", "value": "3", "unit": "sessions", "per": "company"},
    {"measure": "reservations", "value": "2", "unit": "persons", "per": "company", "country": "CN"},
]


@pytest.fixture(scope="module")
def fair(small_record):
    return small_record(
        {
            "sources": [{"source_id": "city", "tier": "official"}],
            "events": [FAIR | {"country": "KR"}],
            "observations": [{"value": "100", "source_id": "city"}],
            "event_outcomes": [FAIR | outcome for outcome in OUTCOMES],
        }
    )


def test_what_is_per_company_is_added_to_nothing(fair):
    place = {"region": "KR-27", "year": 2019}
    held = fair.ask("figure", place | {"metric": "event_consultations"}).first
    assert (held["value"], held["item_count"]) == (200, 1)  # neither 203 nor a second item
    assert fair.ask("figure", place | {"metric": "event_reservations"}).first["value"] is None
    stages = {row["stage"]: row["value"] for row in fair.ask("event_stages", place).rows}
    assert (stages["consultations"], stages["reservations"]) == (200, None)


def test_what_is_per_company_contradicts_no_total(fair):
    asked = {"event_id": "DG-2019-FAIR"}
    found = {
        (row["measure"], row["per"]): (row["value"], row["evidence"], row["part_count"])
        for row in fair.ask("event_outcomes", asked).rows
    }
    assert found == {
        ("consultations", None): (200, "settled", None),
        ("consultations", "company"): (3, "settled", None),
        ("reservations", "company"): (2, "settled", None),
    }
    beside = fair.ask("event_plan_result", asked).rows
    assert [(row["per"], row["is_part"]) for row in beside] == [
        (None, False), ("company", False), ("company", False)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "fee"), [("ko", "1인당 1000만 원"), ("en", "KRW 10 million per person")]
)
def test_the_fee_of_yakutsk_is_per_person_wherever_it_stands(record, lang, fee):
    asked = {"event_id": "DG-2016-YAKT"}
    event = record.ask("events", asked).first
    rows = record.ask("event_outcomes", asked).rows
    (outcome,) = (row for row in rows if row["measure"] == "training_fee")
    answer = record.ask("country_outcomes", {"country": "RU"})
    (fee_abroad,) = (row for row in answer.rows if row["measure"] == "training_fee")
    (claim,) = (
        row for row in record.ask("event_claims", asked).rows if row["measure"] == "training_fee"
    )
    with speaking(lang):
        assert fee in event_finding(event, record.ask("event_plan_result", asked).rows)
        assert fee in [line.value for line in outcome_lines(rows)]
        assert figure_cell(outcome).text == fee
        (line,) = table_of("", [fee_abroad], outcome_columns()).rows
        abroad = {cell.text for cell in line}
        assert fee in abroad
        assert abroad.isdisjoint({"전체", "in total"})
        (line,) = table_of("", [claim], claim_columns()).rows
        assert fee in {cell.text for cell in line}
        assert quantity_text(10_000_000, "krw", True, "person").replace("≈ ", "") == fee
