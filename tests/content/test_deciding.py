"""Why a figure is the one it is: the sentence against the claims, and against the rule itself."""

import re

import pytest

from dashboard.catalogue import read_catalogue
from dashboard.content.deciding import AGREES, STEPS, deciding_text, decisions
from dashboard.content.sources import has_claims
from dashboard.i18n import number_text, quantity_text, use_language
from dashboard.kpi import read_metric
from dashboard.settings import settings

ORDERS = {
    "status": {"final": 1, "target": 1, "provisional": 2, "estimate": 3, "expected": 4},
    "tier": {"official": 1, "journal": 2, "newspaper": 3, "other": 4, "self-reported": 5},
}
# Daegu 2015: 12,988 in Asia News Agency, Seoul Economic Daily, Yonhap and Dong-A Ilbo, exact and
# final; 12,000 rounded on the city's page and provisional at Newsis; 15,000 an estimate; 13,000 is
# 12,988 to the thousand.
# Daegu 2023: ≈ 15,000 in one paper; 10,510 marked suspect.
# Spending in Daegu 2016: 35.7 billion in two papers, 35 billion in one, all final and exact.
# Chungbuk 2023: 1,418 is printed later than 1,417, each in one paper.
# Spending in Korea 2016: 860.6 billion is official, 860.652 billion stands in papers only.
# Incheon 2023: 14,606 in four places; 13,089 an estimate; 14,600 is 14,606 to the hundred.
# Grant of Daegu 2019: nobody prints another; it is the sum of one award.
SAID = {
    ("foreign_patients", "KR-27", 2015): (
        "12,988명을 채택함: 정확한 확정치이고 4곳이 같은 값을 실음. ≈ 12,000은 어림한 값."
        " ≈ 15,000은 추정치. ≈ 13,000은 반올림하면 같은 값.",
        "12,988 persons was settled on: an exact final value that 4 publishers print. ≈ 12,000 is"
        " a rounded value. ≈ 15,000 is an estimate. ≈ 13,000 agrees when rounded.",
    ),
    ("foreign_patients", "KR-27", 2023): (
        "≈ 15,000명을 채택함: 어림한 확정치이고 한 곳만 실음. 10,510은 오류로 보아 제외함.",
        "≈ 15,000 persons was settled on: a rounded final value that one publisher prints. 10,510"
        " is left out as an error.",
    ),
    ("spending_krw", "KR-27", 2016): (
        "357억 원을 채택함: 정확한 확정치이고 2곳이 같은 값을 실음. 350억 원은 1곳만 실음. 같은"
        " 무게의 다른 값이 남아 있어 이견 있음으로 표시함.",
        "KRW 35.7 billion was settled on: an exact final value that 2 publishers print. KRW 35"
        " billion is printed by 1 publisher only. Another value weighs as much, so the figure is"
        " marked as contested.",
    ),
    ("foreign_patients", "KR-43", 2023): (
        "1,418명을 채택함: 정확한 확정치이고 한 곳만 실음. 1,417은 2024. 4. 29.에 실린 더 이른 값."
        " 같은 무게의 다른 값이 남아 있어 이견 있음으로 표시함.",
        "1,418 persons was settled on: an exact final value that one publisher prints. 1,417 is"
        " older, of Apr 29, 2024. Another value weighs as much, so the figure is marked as"
        " contested.",
    ),
    ("spending_krw", "KR", 2016): (
        "8606억 원을 채택함: 정확한 확정치이고 3곳이 같은 값을 실음. 8606.52억 원은 공식 자료가"
        " 아닌 언론의 값.",
        "KRW 860.6 billion was settled on: an exact final value that 3 publishers print. KRW"
        " 860.652 billion stands in a newspaper, not in an official source.",
    ),
    ("foreign_patients", "KR-28", 2023): (
        "14,606명을 채택함: 정확한 확정치이고 4곳이 같은 값을 실음. 13,089는 추정치. ≈ 14,600은"
        " 반올림하면 같은 값.",
        "14,606 persons was settled on: an exact final value that 4 publishers print. 13,089 is an"
        " estimate. ≈ 14,600 agrees when rounded.",
    ),
    ("cluster_grant_krw", "KR-27", 2019): (
        "4억 원을 채택함: 정확한 확정치이고 6곳이 같은 값을 실음. 다른 값은 없음.",
        "KRW 400 million was settled on: an exact final value that 6 publishers print. No other"
        " value is printed.",
    ),
    # 300 + 300 + 400 million of 2017, 2018 and 2019
    ("cluster_grant_cumulative_krw", "KR-27", 2019): (
        "산출: 3개 항목의 합",
        "Computed: the sum of 3 items",
    ),
    # 31,183 / 497,464 = 0.06268…; (31,183 - 17,745) / 17,745 = 0.75728…
    ("share_of_korea_pct", "KR-27", 2019): (
        "산출: 31,183명 ÷ 497,464명 × 100 = 6.3%",
        "Computed: 31,183 persons ÷ 497,464 persons × 100 = 6.3%",
    ),
    ("foreign_patients_change_pct", "KR-27", 2019): (
        "산출: (31,183명 − 17,745명) ÷ 17,745명 × 100 = 75.7%",
        "Computed: (31,183 persons − 17,745 persons) ÷ 17,745 persons × 100 = 75.7%",
    ),
    # 400,000,000 / 31,183 = 12,827.5
    ("grant_per_patient_krw", "KR-27", 2019): (
        "산출: 4억 원 ÷ 31,183명 = 12,828원",
        "Computed: KRW 400 million ÷ 31,183 persons = KRW 12,828",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def catalogue():
    return read_catalogue(settings().queries)


def claims(record, metric, region, year):
    return record.ask("claims", {"metric": metric, "region": region, "year": year}).rows


@pytest.mark.parametrize("place", SAID, ids=lambda place: "-".join(map(str, place)))
def test_the_sentence_says_why(shipped_record, catalogue, place):
    name, region, year = place
    metric = catalogue[name]
    rows = claims(shipped_record, *place) if has_claims(metric) else ()
    for code, expected in zip(("ko", "en"), SAID[place], strict=True):
        use_language(code)
        reading = read_metric(shipped_record, metric, region, year)
        assert deciding_text(reading, rows) == expected


@pytest.mark.parametrize(
    ("chosen", "rival", "expected"),
    [
        # handed in by the office, with what stood there before it
        (
            {"printed_by": 1, "tier": "newspaper"},
            {"lost_at": "own office", "tier": "self-reported"},
            "5명을 채택함: 정확한 확정치이고 한 곳만 실음. 7은 해당 기관이 직접 제출한 값.",
        ),
        (
            {"printed_by": 0, "tier": "self-reported"},
            {"lost_at": "date", "published_on": None},
            "5명을 채택함: 정확한 확정치이고 해당 기관이 직접 제출함. 7은 날짜를 알 수 없는 값.",
        ),
        (
            {"status": "provisional", "approximate": True},
            {"lost_at": "status", "status": "expected"},
            "≈ 5명을 채택함: 어림한 잠정치이고 2곳이 같은 값을 실음. 7은 예상치.",
        ),
        (
            {},
            {"lost_at": "place only", "approximate": True},
            "5명을 채택함: 정확한 확정치이고 2곳이 같은 값을 실음. ≈ 7은 위치만 인용한 출처의 값.",
        ),
        (
            {},
            {"lost_at": "id"},
            "5명을 채택함: 정확한 확정치이고 2곳이 같은 값을 실음. 7은 모든 단계에서 같으나 기록"
            " 순서가 뒤인 값.",
        ),
    ],
)
def test_steps_that_the_record_hardly_knows(chosen, rival, expected):
    row = {
        "cell_id": "c", "unit": "persons", "approximate": False, "status": "final",
        "tier": "newspaper", "printed_by": 2, "published_on": "2020-01", "item": None,
    }  # fmt: skip
    settled = row | {"value": 5, "is_settled": True, "agreement": "chosen", "lost_at": None}
    other = row | {"value": 7, "is_settled": False, "agreement": "dissent"}
    (decision,) = decisions([settled | chosen, other | rival])
    assert decision.text == expected


def test_a_figure_of_left_out_claims_alone_has_no_settled_value():
    row = {
        "cell_id": "c", "unit": "persons", "approximate": False, "status": "final", "tier": "other",
        "printed_by": 0, "published_on": "2020", "item": None, "value": 7, "is_settled": False,
        "agreement": "left out", "lost_at": "error",
    }  # fmt: skip
    (decision,) = decisions([row])
    assert decision.text == "채택한 값이 없음. 7은 오류로 보아 제외함."


def is_true(step, rival, chosen):
    """Whether the two claims differ as the step says, and in no step before it."""
    if step == "error":
        return rival["suspect"]
    if step == AGREES:
        return rival["agreement"] == "rounded support"
    ranks = {
        "status": lambda claim: ORDERS["status"][claim["status"]],
        "own office": lambda claim: claim["tier"] == "self-reported",
        "rounding": lambda claim: claim["approximate"],
        "tier": lambda claim: ORDERS["tier"][claim["tier"]],
        "publishers": lambda claim: -claim["printed_by"],
    }
    before = [rank for name, rank in ranks.items() if STEPS.index(name) < STEPS.index(step)]
    if any(rank(rival) != rank(chosen) for rank in before):
        return False
    if step in ranks:
        return ranks[step](rival) > ranks[step](chosen)
    ages = [claim["published_on"] or "" for claim in (rival, chosen)]
    return ages[0] < ages[1] if step == "date" else ages[0] == ages[1]


def said_value(claim):
    """A percentage with all its decimals: 5.75% is not 5.8%."""
    if claim["unit"] == "pct":
        return f"{claim['value']:g}%"
    if claim["unit"] in ("krw", "krw_per_person", "usd", "rank"):
        return quantity_text(claim["value"], claim["unit"], digits=6)
    return number_text(claim["value"], 2)


def test_every_printed_value_stands_in_the_sentence_once_with_a_step_that_is_true(shipped_record):
    places = {
        (row["metric"], row["region"], row["year"])
        for row in shipped_record.ask("figure_index").rows
        if len(row["printed"]) > 1
        and row["period"] == "annual"
        and row["nationality"] is row["event_id"] is row["programme_id"] is None
    }
    found = 0
    for place in sorted(places):
        for decision in decisions(claims(shipped_record, *place)):
            others = {row["value"] for row in decision.claims}
            if decision.chosen is not None:
                others.remove(decision.chosen["value"])
                assert said_value(decision.chosen) in decision.text
            assert sorted(rival.claim["value"] for rival in decision.rivals) == sorted(others)
            for rival in decision.rivals:
                alone = rf"(?<![\d,.]){re.escape(said_value(rival.claim))}(?![\d,])"
                same = [one for one in decision.rivals if said_value(one.claim) in one.sentence]
                assert rival in same, rival
                assert len(re.findall(alone, decision.text)) == 1, decision.text
                assert is_true(rival.step, rival.claim, decision.chosen), (place, rival)
                found += 1
    # 42 left out, 121 others that lost and 112 + 6 that agree: some hundred figures have them
    assert found > 100


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "산출: 20.41억 원 ÷ 5817.16억 원 × 100 = 0.4%"),
        ("en", "Computed: KRW 2.04 billion ÷ KRW 581.72 billion × 100 = 0.4%"),
    ],
)
def test_a_share_is_computed_in_the_unit_of_what_it_is_a_share_of(
    shipped_record, catalogue, language, text
):
    """Card payments of Chungnam in 2023: 2,040,904,000 / 581,715,547,000 = 0.00351."""
    use_language(language)
    reading = read_metric(shipped_record, catalogue["card_share_of_korea_pct"], "KR-44", 2023)
    assert deciding_text(reading) == text
