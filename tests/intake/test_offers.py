"""Every finding that asks for something has its control on the page, or says how to mend it."""

import re

import pytest
from babel.messages.pofile import read_po
from streamlit.testing.v1 import AppTest

from dashboard.contract import city_contracts
from dashboard.i18n import use_language
from dashboard.intake.chosen_words import BLANK, LEAVE_OUT
from dashboard.intake.content import Content
from dashboard.intake.delivery import Delivery
from dashboard.intake.findings import Finding
from dashboard.intake.layout import Shape
from dashboard.intake.offers import CELL_RULES, OFFERS, Offer
from dashboard.intake.row_rules import cell_finding
from dashboard.settings import PROJECT_ROOT
from dashboard.ui.handing_in import decision, mending, reading, table_shape

HEADER = ["지표", "연도", "지역", "값"]
STEPS = {
    Offer.UNIT: table_shape.unit_step,
    Offer.LAYOUT: table_shape.shape_step,
    Offer.COLUMNS: reading.mapping_step,
    Offer.COMPLETE: decision._refused_buttons,
}
"""Controls that the page draws apart from those below the findings."""


@pytest.fixture(params=["en", "ko"])
def spoken(request):
    use_language(request.param)
    return request.param


def test_every_rule_has_its_offer_and_every_offer_its_control():
    with (PROJECT_ROOT / "dashboard/i18n/en/codes.po").open("rb") as source:
        said = {message.id for message in read_po(source) if message.context == "intake_rule"}
    assert set(OFFERS) == said
    needed = {offer for offer in OFFERS.values() if offer not in (Offer.FILE, Offer.NOTED)}
    assert needed == set(STEPS) | set(mending.CONTROLS)


@pytest.mark.parametrize("rule", sorted(
    rule for rule, offer in OFFERS.items()
    if offer == Offer.FILE and rule not in CELL_RULES and not rule.startswith("personal-")
))  # fmt: skip
def test_what_is_mended_in_the_file_is_said_exactly(rule, spoken):
    """Personal data is apart: the box above it says to take the cells out."""
    text = Finding("a", 1, "b", "c", rule, "7").rule_text()
    step = {"en": r"; |, such as |(?:columns|:) 7$", "ko": r"십시오|하세요|주세요|예: |: 7$"}[
        spoken
    ]
    assert re.search(step, text), text


def test_every_broken_cell_comes_with_an_example(spoken):
    delivery = Delivery("events", "a", Content(b""), "", 0, "csv")
    for contract in city_contracts().values():
        for column in contract.fields:
            broken = set(column.constraints) & CELL_RULES
            broken -= set() if column.constraints.get("required") else {"required"}
            broken |= {"type"} if column.type != "string" else set()
            for rule in broken:
                found = cell_finding(delivery, 2, column, "x", rule, "")
                if OFFERS[found.rule] == Offer.FILE:
                    said = {"en": "such as", "ko": "예: "}[spoken]
                    assert said in found.rule_text(), (contract.name, column.name, rule)


def _page(rule):
    """Draws the controls for one finding, on a page of its own."""
    from types import SimpleNamespace

    from dashboard.contract import city_contracts
    from dashboard.i18n import language
    from dashboard.intake import sheets
    from dashboard.intake.findings import Finding
    from dashboard.intake.layout import Shape
    from dashboard.ui.handing_in.mending import mending_step
    from dashboard.ui.handing_in.staged import Upload

    table = "event_participants" if rule == "institution" else "event_outcomes"
    contract = city_contracts()[table]
    names = {"event": "event_id", "event-twice": "event_id", "foreign-key": "source_ids"}
    names["institution"] = "institution_id"
    names |= dict.fromkeys(("above-korea", "beside-years", "tiny-money", "far-number"), "value")
    column = contract.column(names.get(rule, "country")).title[language()]
    found = Finding("a", 2, column, "somewhere", rule, "e1, e2" if rule == "event-twice" else "2")
    delivery = SimpleNamespace(
        is_large=False, shape=Shape(), sheets=("A", "B"), sheet="A",
        lines=(sheets.Line(1, ("x",)), sheets.Line(2, ("y",))),
    )  # fmt: skip
    checked = SimpleNamespace(findings=(found,), warnings=(), delivery=delivery)
    rows = {"events": {"e1": "One", "e2": "Two"}, "sources": {"s": "S"}, "institutions": {"i": "I"}}
    intake = SimpleNamespace(named=rows.__getitem__)
    mending_step(intake, contract, checked, Upload("f", "a.csv", b""))


@pytest.mark.parametrize("rule", sorted(r for r, o in OFFERS.items() if o in mending.CONTROLS))
def test_the_control_stands_below_the_finding(rule):
    app = AppTest.from_function(_page, args=(rule,)).run(timeout=30)
    assert not app.exception
    assert len(app.selectbox) == 1 or len(app.get("download_button")) == 1
    if app.selectbox:
        assert len(app.selectbox[0].options) >= 1
        assert app.selectbox[0].value in (None, "A")


def read(door, rows, shape=None, table="observations", **options):
    text = "\n".join(",".join(row) for row in rows)
    checked, _ = door.receive(
        table, "a.csv", text.encode(), "Kim", dry_run=True, shape=shape, **options
    )
    return checked


def test_a_word_is_given_its_meaning_or_its_rows_are_left_out(door, without_trial):
    rows = [
        HEADER,
        ["외국인환자 수", "2031", "한양", "10"],
        ["외국인환자 수", "2032", "대구", "20"],
    ]
    assert [(f.line, f.rule) for f in read(door, rows).findings] == [(2, "code")]
    meant = read(door, rows, Shape(words={"한양": "KR-11"}))
    assert meant.findings == ()
    assert meant.rows["region"].to_pylist() == ["KR-11", "KR-27"]
    out = read(door, rows, Shape(words={"한양": LEAVE_OUT}))
    assert out.rows["region"].to_pylist() == ["KR-27"]
    assert [(w.rule, w.expected) for w in out.warnings if w.rule == "chosen-out"] == [
        ("chosen-out", "2")
    ]


def test_an_unknown_source_is_replaced_by_the_file_itself(door, without_trial):
    rows = [[*HEADER, "출처"], ["외국인환자 수", "2031", "대구", "10", "nobody"]]
    assert [f.rule for f in read(door, rows).findings] == ["foreign-key"]
    own = read(door, rows, Shape(words={"nobody": BLANK}))
    assert own.findings == ()
    assert own.rows["source_id"].to_pylist()[0].startswith("handed-in-")
    known = read(door, rows, Shape(words={"nobody": "mohw"}))
    assert known.rows["source_id"].to_pylist() == ["mohw"]


def test_the_line_of_the_header_is_chosen(door, without_trial):
    rows = [["제목"], ["가"], ["나"]]
    lost = door.read("observations", "a.csv", "\n".join(r[0] for r in rows).encode())
    assert [f.rule for f in lost.findings] == ["no-header"]
    assert [line.number for line in lost.lines] == [1, 2, 3]
    first = [HEADER, ["외국인환자 수", "2031", "대구", "10"]]
    second = [HEADER, ["외국인환자 수", "2032", "부산", "30"]]
    chosen = read(door, [*first, *second], Shape(header_line=3))
    assert chosen.findings == ()
    assert chosen.rows["year"].to_pylist() == ["2032"]


def test_another_sheet_is_chosen(door, without_trial, xlsx_of):
    book = xlsx_of({
        "지난해": [HEADER, ["외국인환자 수", "2031", "대구", "10"]],
        "올해": [HEADER, ["외국인환자 수", "2032", "대구", "20"]],
    })  # fmt: skip
    delivery = door.read("observations", "a.xlsx", book)
    assert delivery.sheets == ("지난해", "올해")
    other = door.read("observations", "a.xlsx", book, sheet="올해")
    assert (other.sheet, other.rows[0].cells[1]) == ("올해", "2032")


def test_events_and_sources_to_choose_from_are_those_of_the_record(door):
    assert list(door.named("events")) == ["DG-2020-B2B"]
    assert set(door.named("sources")) == {"mohw", "asiae2025"}
