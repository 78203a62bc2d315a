"""What an entry of a round's log says to its reader."""

import re
from decimal import Decimal

import pytest

from dashboard.content.log_words import entry_text
from dashboard.i18n import speaking
from dashboard.judging.proposed import FIRST_LOT
from dashboard.judging.views import LogEntry, RoundRules
from dashboard.review.panel import Criterion, Rule

PLAN = Criterion("plan", "document", "계획", "Plan", Decimal(40))
RULES = RoundRules("mct-cluster", 2019, "Review", ("KR-27", "KR-26"), (PLAN,), Rule())
LOT = {
    "order": ["KR-26", "KR-27"],
    "place": "301호",
    "drawn_at": "2019-01-07T09:00:00.000+00:00",
    "witnesses": ["한증인", "서증인"],
}
ENTRIES = {
    "drafted": {"applicant": "KR-27", "criterion_id": "plan", "judge_id": "j1", "points": "10.0"},
    "lot_recorded": {**LOT, "note": "쪽지", "reason": FIRST_LOT},
    "change_proposed": {
        "proposal_id": "p2",
        "change": "lot",
        "content": {**LOT, "how": "쪽지", "rule": {"quorum": 1}},
        "reason": FIRST_LOT,
    },
    "objected": {
        "objection_id": "o1",
        "applicant": "KR-26",
        "text": "이의",
        "answer_due": "2019-01-14T15:00:00.000+00:00",
        "letter_from": "부산시",
        "letter_on": "2019-01-08",
    },
    "answered": {"objection_id": "o1", "text": "인용", "is_upheld": True, "opens": "rescoring"},
    "closed": {"reason": "출장", "objections_until": "2019-01-14T15:00:00.000+00:00"},
    "rules_changed": {"rules": {"a": 1}, "reason": "", "contacts_ended": ["KR-28"]},
    "recusal_set": {"judge_id": "j1", "applicant": "KR-27", "is_recused": False, "reason": "끝"},
}


def said(kind, code):
    entry = LogEntry(1, kind, "chair", "", ENTRIES[kind], "", "", "")
    with speaking(code):
        return entry_text(entry, {"j1": "홍길동"}, RULES)


@pytest.mark.parametrize("kind", ENTRIES)
def test_no_entry_speaks_of_fields_or_of_utc(kind):
    text = said(kind, "ko")
    assert not re.search(r"[a-z]{3,}|_|T\d\d:|[{}\[\]]", text), text


def test_an_entry_names_what_it_is_about():
    assert said("drafted", "en") == "Daegu · Plan · 홍길동 · points: 10"
    # 15:00 UTC on the 14th is the end of that day in Korea.
    assert said("closed", "en") == "출장 · Objections until: Jan 14, 2019 24:00 KST"
    assert said("answered", "en") == (
        "objection 1 · 인용 · upheld · What follows: Rescoring of a sheet"
    )
    assert said("lot_recorded", "en") == (
        "Busan → Daegu · 301호 · Drawn: Jan 7, 2019 18:00 KST · Witnesses: 한증인, 서증인 · 쪽지 · "
        "Equal by every step of the rule before the lot"
    )
