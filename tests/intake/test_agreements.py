"""Agreements: handed in by a city, asked by region, year, country and event, and found."""

import pytest

from dashboard.catalogue import read_catalogue
from dashboard.search import find
from dashboard.settings import settings
from dashboard.store.ask import Record

HEADER = ["시도", "행사 ID", "협약 종류", "지역 측 당사자", "상대방", "상대국", "협약 내용",
          "협약일", "상태"]  # fmt: skip
ROWS = [
    ["대구", "DG-2020-B2B", "", "대구시;대구의료원", "하노이 관광", "베트남", "상품 개발",
     "2019. 11.", ""],
    ["대구;경북", "", "계약", "경북도", "노무문 병원;VIP Tour", "몽골;러시아", "환자 송출",
     "2023-05-01", "합의"],
    ["부산", "", "계획", "부산시", "", "", "원격 진료", "", "예정"],
]  # fmt: skip


@pytest.fixture
def handed_in(door, door_settings, csv_of):
    """The record after the three agreements were taken in."""
    content = csv_of([HEADER, *ROWS]).encode()
    _, receipt = door.receive("agreements", "협약.csv", content, "Kim")
    assert receipt.status == "accepted", receipt.findings
    return Record(door_settings)


def test_agreements_are_asked_by_region_year_country_and_event(handed_in):
    def about(**parameters):
        return [row["subject_ko"] for row in handed_in.ask("agreements", parameters).rows]

    assert about() == ["환자 송출", "상품 개발", "원격 진료"]  # newest first, undated last
    assert about(region="KR-27") == ["환자 송출", "상품 개발"]
    assert about(region="KR-47") == ["환자 송출"]
    assert about(year=2019) == ["상품 개발"]
    assert about(country="RU") == ["환자 송출"]
    assert about(event_id="DG-2020-B2B") == ["상품 개발"]


def test_what_is_left_blank_is_a_signed_memorandum(handed_in):
    (row,) = handed_in.ask("agreements", {"year": 2019}).rows
    assert (row["agreement_kind"], row["agreement_state"]) == ("mou", "signed")
    assert (row["parties"], row["other_parties"]) == (("대구시", "대구의료원"), ("하노이 관광",))
    assert (row["signed_on"], row["date_precision"], row["is_date_inferred"]) == (
        "2019-11", "month", False,
    )  # fmt: skip
    (plan,) = handed_in.ask("agreements", {"region": "KR-26"}).rows
    assert (plan["other_parties"], plan["countries"], plan["year"]) == ((), (), None)


@pytest.mark.parametrize("words", ["노무문", "VIP tour", "환자 송출"])
def test_parties_and_subjects_are_found(handed_in, words):
    hits = find(handed_in, read_catalogue(settings().queries), words)
    assert [(hit.kind, hit.title, hit.page) for hit in hits] == [
        ("agreement", "환자 송출", "agreements")
    ]


def test_an_agreement_is_found_by_a_party_and_leads_to_its_page(handed_in):
    (hit,) = find(handed_in, read_catalogue(settings().queries), "하노이 관광")
    (row,) = handed_in.ask("agreements", {"event_id": "DG-2020-B2B"}).rows
    assert (hit.page, hit.parameters["agreement"]) == ("agreements", row["agreement_id"])


def test_an_event_that_is_not_in_the_record_is_named(door, csv_of):
    rows = [HEADER, [*ROWS[0][:1], "DG-2020-NONE", *ROWS[0][2:]]]
    checked = door.check(door.read("agreements", "a.csv", csv_of(rows).encode()), "Kim")
    assert [(f.rule, f.value, f.column) for f in checked.findings] == [
        ("event", "DG-2020-NONE", "Event")
    ]
    checked.discard()
