"""After closing: what objections open, and every version of a result."""

from dataclasses import replace
from decimal import Decimal

import pytest

from dashboard.access import Identity, Role
from dashboard.content.panel_versions import moves, version_sentences
from dashboard.errors import AccessDenied, JudgingRefused, UsageError
from dashboard.judging.objecting import Opening
from dashboard.judging.proposed import Change
from dashboard.judging.rules_text import rules_json
from dashboard.judging.verification import verify_round
from dashboard.judging.views import Phase
from tests.judging.closed_round import D1, D2, J1_DAEGU, RESCORING, ROUND, city, standing


def test_an_upheld_objection_opens_one_sheet_and_the_result_is_another(closed, clock):
    judging, results = closed.judging, closed.judging.results
    results.sign_off(closed.chair, "All waived it in writing")
    assert standing(closed) == {
        "KR-26": (1, Decimal("73.00")),
        "KR-27": (2, Decimal("72.00")),
        "KR-28": (None, None),
    }
    first = results.result(closed.chair)
    clock.wait(days=1)
    results.object(city("KR-27"), "KR-27", "The visit was scored on half the route")
    answered = results.answer(closed.chair, "o1", "One sheet is scored again", True, RESCORING)
    assert (answered.opens, answered.is_pending) == ("rescoring", True)
    assert judging.rounds.one(ROUND).phase is Phase.SIGNED_OFF  # nothing has happened yet
    with pytest.raises(JudgingRefused):
        judging.sheets.save_draft(closed.judges[0], "KR-27", "visit", 60)
    judging.proposals.confirm(D1, "p1")
    view = judging.rounds.one(ROUND)
    assert (view.phase, view.signed_off_at, view.result_digest) == (Phase.CLOSED, None, None)
    assert not results.objections(closed.chair)[0].is_pending

    # Meanwhile the sheet does not count, and is not said to be missing: Daegu has 64 alone.
    waiting = results.result(closed.chair)
    assert waiting.rescoring == (("KR-27", "j1"),)
    assert ("KR-27", "j1") not in waiting.not_submitted
    assert standing(closed)["KR-27"] == (2, Decimal("64.00"))
    assert moves(waiting) == ""  # who moved is known when the sheet is there again
    with pytest.raises(JudgingRefused, match="scored again"):
        results.sign_off(closed.chair, "Quick")

    # That judge writes on that sheet, and on no other; nobody else writes at all.
    sheet = judging.sheets.sheet(closed.judges[0], "KR-27")
    assert (sheet.is_open, sheet.reopened_reason) == (True, "One sheet is scored again")
    for judge, applicant in ((0, "KR-26"), (1, "KR-27"), (1, "KR-26")):
        with pytest.raises(JudgingRefused):
            judging.sheets.save_draft(closed.judges[judge], applicant, "plan", 1)
    judging.sheets.save_draft(closed.judges[0], "KR-27", "visit", 54)
    judging.sheets.submit(closed.judges[0], "KR-27")
    with pytest.raises(JudgingRefused):
        judging.sheets.save_draft(closed.judges[0], "KR-27", "visit", 60)

    # 30 + 54 = 84, (84 + 64) / 2 = 74: Daegu is before Busan now.
    assert standing(closed)["KR-27"] == (1, Decimal("74.00"))
    clock.wait(days=7)
    signed = results.sign_off(closed.chair).signed
    assert [(one.number, one.replaced_because) for one in signed] == [
        (1, ("One sheet is scored again",)),
        (2, ()),
    ]
    assert signed[0].replaced_at == "2019-01-08T09:00:00.000+00:00"

    # Both versions are read, and both are proven.
    old, new = (results.result(closed.chair, version=n) for n in (1, 2))
    assert (old.outcome, old.digest, old.number) == (first.outcome, first.digest, 1)
    assert (old.former, old.is_final) == (None, True)
    assert (new.number, new.former, new.is_final) == (2, old.outcome, True)
    moved = moves(new).replace("\N{NO-BREAK SPACE}", " ")  # a line divides none of them
    assert (moves(old), moved) == ("", "since version 1: Daegu 2 → 1, Busan 1 → 2")
    assert version_sentences(old)[0] == "Version 1 of 2; it is no longer in force."
    assert version_sentences(new)[0] == "Version 2 of 2, in force."
    assert old.objections == ()
    assert standing(closed, 1)["KR-27"] == (2, Decimal("72.00"))
    verify_round(judging.streams, ROUND)
    for wrong in (0, 3, -1):
        with pytest.raises(UsageError):
            results.result(closed.chair, version=wrong)


def test_who_reads_only_signed_results_reads_the_last_one_signed_meanwhile(closed):
    viewer = Identity("", Role.VIEWER)
    results = closed.judging.results
    with pytest.raises(AccessDenied):
        results.result(viewer, ROUND)
    results.sign_off(closed.chair, "All waived it in writing")
    closed.change(Change.RESCORING, J1_DAEGU, "Half the route")
    found = results.result(viewer, ROUND)
    assert (found.is_final, found.number) == (True, 1)
    assert found.round.signed[0].replaced_because == ("Half the route",)


def test_what_an_answer_opens_must_be_said_and_said_once(closed):
    results = closed.judging.results
    results.object(city("KR-27"), "KR-27", "Half the route")
    for wrong in (
        (True, None, ""),
        (True, RESCORING, "And nothing"),
        (False, RESCORING, ""),
        (False, None, "Nothing"),
    ):
        with pytest.raises(JudgingRefused):
            results.answer(closed.chair, "o1", "Answer", *wrong)
    unknown = Opening(Change.RESCORING, {**J1_DAEGU, "judge_id": "j9"})
    with pytest.raises(UsageError):
        results.answer(closed.chair, "o1", "Answer", True, unknown)
    assert results.objections(closed.chair)[0].answered_at is None  # both, or nothing
    found = results.answer(closed.chair, "o1", "True", True, None, "The total was right")
    assert (found.is_upheld, found.nothing_because, found.is_pending) == (
        True,
        "The total was right",
        False,
    )
    assert closed.judging.proposals.listed(closed.chair) == []
    with pytest.raises(JudgingRefused):
        results.answer(closed.chair, "o1", "Once more", False)
    results.sign_off(closed.chair, "All waived it in writing")


def test_declined_by_a_deputy_an_objection_is_answered_again(closed):
    results, proposals = closed.judging.results, closed.judging.proposals
    results.object(city("KR-27"), "KR-27", "Half the route")
    results.answer(closed.chair, "o1", "Again, then", True, RESCORING)
    with pytest.raises(JudgingRefused, match="wait for a deputy"):
        results.sign_off(closed.chair, "Quick")
    proposals.decline(D2, "p1", "The route was whole")
    with pytest.raises(JudgingRefused, match="not carried out"):
        results.sign_off(closed.chair, "Quick")
    assert results.answerable(closed.chair) == ["o1"]
    found = results.answer(closed.chair, "o1", "The route was whole", False)
    assert (found.is_upheld, found.is_pending) == (False, False)
    results.sign_off(closed.chair, "All waived it in writing")


def test_a_recused_judge_need_not_finish_the_sheet_scored_again(closed):
    closed.change(Change.RESCORING, J1_DAEGU, "Half the route")
    closed.change(Change.RECUSAL, J1_DAEGU, "The judge is ill")
    found = closed.judging.results.result(closed.chair)
    assert (found.rescoring, found.recusals) == ((), (("KR-27", "j1"),))
    assert standing(closed)["KR-27"] == (2, Decimal("64.00"))
    closed.judging.results.sign_off(closed.chair, "All waived it in writing")


def test_the_chair_gets_no_code_of_a_judge_with_which_to_score_again(closed):
    # Neither before the rescoring is open, to be kept for it, nor while it is.
    judging = closed.judging
    for _time in ("closed", "being scored again"):
        with pytest.raises(JudgingRefused, match="second person"):
            judging.people.issue_again(closed.chair, "j1", "The slip was lost")
        closed.change(Change.RESCORING, {**J1_DAEGU, "applicant": "KR-26"}, "Half the route")
        judging.sheets.submit(closed.judges[0], "KR-26")
    issued = closed.change(Change.CODE_AGAIN, {"judge_id": "j1"}, "The slip was lost").issued
    assert judging.sessions.sign_in(ROUND, issued.code).identity.judge_id == "j1"
    # A new code moves no result: what is signed stays so.
    judging.results.sign_off(closed.chair, "All waived it in writing")
    closed.change(Change.CODE_AGAIN, {"judge_id": "j1"}, "Lost once more")
    assert judging.rounds.one(ROUND).phase is Phase.SIGNED_OFF


def test_only_a_submitted_sheet_is_scored_again(closed):
    for applicant in ("KR-28", "KR-27"):
        if applicant == "KR-27":
            closed.change(Change.RESCORING, J1_DAEGU, "Half the route")
        with pytest.raises(JudgingRefused, match="not submitted"):
            closed.judging.proposals.propose(
                closed.chair, Change.RESCORING, {"judge_id": "j1", "applicant": applicant}, "Why"
            )


def test_the_rule_is_corrected_and_criteria_and_sheets_stay(closed, rules):
    judging = closed.judging
    judging.results.sign_off(closed.chair, "All waived it in writing")
    assert standing(closed)["KR-27"][0] == 2
    # One lowest total goes from one judge more than it on: Daegu keeps 80, Busan 76.
    rule = replace(rules.rule, drop_highest=0, drop_lowest=1, min_judges_to_drop=2)
    given = {"rule": rules_json(replace(rules, rule=rule))["rule"]}
    closed.change(Change.RULE_CORRECTION, given, "The call drops the lowest alone")
    assert standing(closed)["KR-27"] == (1, Decimal("80.00"))
    assert standing(closed)["KR-26"] == (2, Decimal("76.00"))
    view = judging.rounds.one(ROUND)
    assert (view.versions[-1].number, view.versions[-1].reason) == (
        2,
        "The call drops the lowest alone",
    )
    assert view.rules.criteria == rules.criteria
    assert view.seal == view.versions[-1].digest
    assert standing(closed, 1)["KR-27"] == (2, Decimal("72.00"))
    for wrong in (rule, replace(rule, quorum=0)):
        again = {"rule": rules_json(replace(rules, rule=wrong))["rule"]}
        with pytest.raises(JudgingRefused, match="cannot be corrected"):
            judging.proposals.propose(closed.chair, Change.RULE_CORRECTION, again, "Why")
    judging.results.sign_off(closed.chair, "All waived it in writing")
    verify_round(judging.streams, ROUND)


def test_a_rule_that_takes_no_blank_is_no_correction_where_sheets_have_some(
    make_closed, rules, judging
):
    room = make_closed(
        {"KR-27": [(30, 50)], "KR-26": [(None, 50)]},
        rule=replace(rules.rule, blank_policy="leave_out"),
    )
    given = {"rule": rules_json(rules)["rule"]}
    with pytest.raises(JudgingRefused, match="cannot be corrected"):
        judging.proposals.propose(room.chair, Change.RULE_CORRECTION, given, "Why")


def test_the_judge_of_a_change_is_named_to_the_chair_alone(closed):
    closed.change(Change.RESCORING, J1_DAEGU, "Half the route")
    for who, judge in ((closed.chair, "j1"), (closed.judges[1], None), (D1, None)):
        found = closed.judging.results.result(who)
        assert found.changes[0].content.get("judge_id") == judge
        assert found.rescoring == (("KR-27", judge or ""),)
        assert found.changes[0].reason == "Half the route"
