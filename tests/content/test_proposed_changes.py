"""What a change after closing says of itself."""

from dataclasses import replace
from decimal import Decimal

from dashboard.content.proposed_changes import change_details, reason_text
from dashboard.i18n import speaking
from dashboard.judging.proposed import FIRST_LOT, Change, Proposal
from dashboard.judging.rules_text import rules_json
from dashboard.judging.views import RoundRules
from dashboard.review.panel import Criterion, Rule

PLAN = Criterion("plan", "document", "계획", "Plan", Decimal(40))
RULES = RoundRules("mct-cluster", 2019, "Review", ("KR-27", "KR-26"), (PLAN,), Rule())


def proposed(change, **content):
    return Proposal("p1", change, content, "Because", "2019-01-07T09:00:00.000+00:00")


def test_the_reason_of_a_first_lot_stands_in_the_language_of_its_reader():
    with speaking("ko"):
        assert reason_text(FIRST_LOT) == "추첨 전 모든 동점 처리 단계에서 동점"
        assert reason_text("위원장이 쓴 사유") == "위원장이 쓴 사유"
    with speaking("en"):
        assert reason_text(FIRST_LOT) == "Equal by every step of the rule before the lot"


def test_whoever_confirms_a_lot_reads_how_it_was_drawn():
    lot = proposed(
        Change.LOT,
        order=["KR-26", "KR-27"],
        place="Room 301",
        drawn_at="2019-01-07T09:00:00.000+00:00",
        witnesses=["Han", "Seo"],
        how="Slips",
    )
    with speaking("en"):
        # 09:00 UTC is 18:00 in Korea.
        assert change_details(lot, RULES) == [
            "Where it was drawn: Room 301",
            "Drawn: Jan 7, 2019 18:00 KST",
            "Witnesses: Han, Seo",
            "How it was drawn: Slips",
        ]


def test_whoever_confirms_a_corrected_rule_reads_what_changes():
    corrected = replace(RULES, rule=replace(RULES.rule, quorum=3))
    change = proposed(Change.RULE_CORRECTION, rule=rules_json(corrected)["rule"])
    with speaking("en"):
        assert change_details(change, RULES) == [
            "So far: An applicant needs at least 1 judge who counts to have a score.",
            "From then on: An applicant needs at least 3 judges who count to have a score.",
        ]
    recusal = proposed(Change.RECUSAL, judge_id="j1", applicant="KR-27")
    assert change_details(recusal, RULES) == []
