"""Proofs in words: the arithmetic of the former record, added up by hand."""

from dashboard.content.proofs import range_proof, rank_proof, statement_text
from dashboard.i18n import use_language

DAEGU, DAEJEON = "KR-27", "KR-30"


def bound(record, region, year):
    (row,) = record.ask("bounds", {"region": region, "year": year}).rows
    return row


def test_what_the_others_have_together_proves_a_rank(record):
    """497,464 - 473,932 = 23,532, less than 31,183."""
    row = bound(record, DAEGU, 2019)
    assert rank_proof(row) == (
        "알려진 8개 지역이 473,932명, 나머지 9개 지역은 합해도 23,532명으로 "
        "대구의 31,183명보다 적음."
    )
    use_language("en")
    assert rank_proof(row) == (
        "The 8 regions known have 473,932; the other 9 together at most 23,532, fewer than the "
        "31,183 of Daegu."
    )


def test_a_narrow_rank_says_how_many_can_be_above_at_the_same_time(record):
    """Six are above 9,296; two others can have 9,297 each (18,594), three (27,891) cannot."""
    assert rank_proof(bound(record, DAEJEON, 2019)) == (
        "알려진 8개 지역이 473,932명, 나머지 9개 지역은 합해도 23,532명. 대전보다 확실히 많은 곳은 "
        "6곳이고, 많을 수도 있는 8곳 가운데 동시에 많을 수 있는 곳은 2곳까지임."
    )


def test_a_derived_range_names_the_statements_that_bind(record):
    row = bound(record, DAEGU, 2023)
    proof = record.ask("proof", {"region": DAEGU, "year": 2023}).rows
    assert range_proof(row, proof) == (
        "14,991–15,021명. 근거: 대구 2024년 14,646명, 대구 2024년 전년 대비 -2.4%."
    )


def test_a_contradiction_is_said_as_a_statement(record):
    row = record.ask("contradictions", {"year": 2016}).rows[0]
    assert statement_text(row) == "서울 2016년 전국의 59.0%"
