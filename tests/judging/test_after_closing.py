"""After closing: objections and what they open, lots, and every version of a result."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dashboard.access import VISITOR, Identity, Role
from dashboard.content.document import Table
from dashboard.content.panel_versions import lot_sections, moves, version_sentences
from dashboard.errors import AccessDenied, JudgingRefused, UsageError
from dashboard.judging.objecting import Letter, Opening
from dashboard.judging.proposed import Change, Proposal, ProposalStatus
from dashboard.judging.rules_text import rules_json
from dashboard.judging.streams import panel_stream
from dashboard.judging.verification import verify_round
from dashboard.judging.views import Phase
from dashboard.review.panel import TieBreak
from tests.judging.conftest import Room

ROUND = "mct-cluster-2019-abcdef"
D1 = Identity("Lee", Role.DEPUTY, ROUND, deputy_id="d1")
D2 = Identity("Park", Role.DEPUTY, ROUND, deputy_id="d2")
J1_DAEGU = {"judge_id": "j1", "applicant": "KR-27"}
RESCORING = Opening(Change.RESCORING, J1_DAEGU)


def city(region):
    return Identity("Contact", Role.APPLICANT, ROUND, region=region)


@pytest.fixture
def make_closed(judging, rules, rate):
    """Makes a closed round with two deputies: closed on 7 January 2019 at 18:00 in Korea."""

    def make(points, **changed):
        written = {
            "rules": rules_json(replace(rules, **changed)),
            "chair": "Kim",
            "deputies": ["Lee", "Park"],
        }
        judging.streams.ledger.append(panel_stream(ROUND), "created", "official", written)
        chair = Identity("Kim", Role.CHAIR, ROUND)
        count = max(len(given) for given in points.values())
        codes = [judging.sessions.issue_code(chair, f"Judge {n + 1}").code for n in range(count)]
        judges = [judging.sessions.sign_in(ROUND, code).identity for code in codes]
        room = Room(judging, ROUND, chair, judges, codes)
        judging.rounds.seal(chair)
        judging.rounds.open_scoring(chair)
        rate(room, points)
        judging.rounds.close(chair, "Trial")
        return room

    return make


@pytest.fixture
def closed(make_closed):
    """Daegu (80 + 64) / 2 = 72, Busan (70 + 76) / 2 = 73, nobody went to Incheon."""
    return make_closed({"KR-27": [(30, 50), (26, 38)], "KR-26": [(30, 40), (34, 42)]})


@pytest.fixture
def tied(make_closed, rules):
    """Daegu and Busan (80 + 80) / 2 = 80, told apart by the lot alone; Incheon (60 + 60) / 2."""
    same = [(30, 50), (30, 50)]
    return make_closed(
        {"KR-27": same, "KR-26": same, "KR-28": [(20, 40), (20, 40)]},
        rule=replace(rules.rule, tie_breaks=(TieBreak("lot"),)),
    )


def standing(room, version=None):
    """Applicant → rank and score."""
    found = room.judging.results.result(room.chair, version=version)
    return {row.applicant: (row.rank, row.final) for row in found.outcome.applicants}


def lot(*order, **changed):
    given = {
        "place": "Room 301",
        "drawn_at": "2019-01-07T18:00:00+09:00",
        "witnesses": ["Han", "Seo"],
        "how": "Slips from an urn",
    }
    return {"order": list(order), **given, **changed}


# ---- Deadlines, in Korean time


def test_an_objection_can_be_handed_in_to_the_end_of_the_last_korean_day(closed, clock):
    results = closed.judging.results
    # Closed on the 7th in Korea; seven days after it: the end of the 14th, 15:00 UTC.
    until = results.result(closed.chair).round.objections_until
    assert until == "2019-01-14T15:00:00.000+00:00"
    clock.wait(days=7, hours=5, minutes=59, seconds=59)  # 23:59:59 in Korea
    found = results.object(city("KR-28"), "KR-28", "Nobody came")
    # Handed in on the 14th in Korea; seven days after it: the end of the 21st.
    assert found.answer_due == "2019-01-21T15:00:00.000+00:00"
    clock.wait(seconds=1)
    with pytest.raises(JudgingRefused, match=r"Jan 14, 2019 24:00 KST"):
        results.object(city("KR-28"), "KR-28", "Too late")


def test_a_day_in_korea_is_not_one_of_utc(make_closed, clock):
    clock.wait(hours=6)  # 15:00 UTC is midnight in Korea: closed on the 8th there
    room = make_closed({"KR-27": [(30, 50)]})
    until = room.judging.results.result(room.chair).round.objections_until
    assert until == "2019-01-15T15:00:00.000+00:00"


def test_a_log_without_a_written_deadline_keeps_its_days_of_24_hours(judging, rules, settings):
    for kind, content in (
        ("created", {"rules": rules_json(rules), "chair": "Kim"}),
        ("sealed", {}),
        ("scoring_opened", {}),
        ("closed", {"reason": ""}),
        ("objected", {"objection_id": "o1", "applicant": "KR-27", "text": "Old"}),
    ):
        judging.streams.ledger.append(panel_stream(ROUND), kind, "chair", content)
    view = judging.rounds.one(ROUND)
    assert view.objections_until == "2019-01-14T09:00:00.000+00:00"
    chair = Identity("Kim", Role.CHAIR, ROUND)
    (old,) = judging.results.objections(chair)
    assert (old.answer_due, old.handed_in_by) == ("2019-01-14T09:00:00.000+00:00", "chair")


def test_a_letter_counts_on_the_day_on_which_it_was_received(closed, clock):
    results = closed.judging.results
    clock.wait(days=8)  # the 15th: the deadline is over
    for wrong in (
        None,
        Letter("City hall", date(2019, 1, 6)),
        Letter("City hall", date(2020, 1, 1)),
    ):
        with pytest.raises(JudgingRefused):
            results.object(closed.chair, "KR-27", "By letter", letter=wrong)
    with pytest.raises(JudgingRefused):
        results.object(closed.chair, "KR-27", "By letter", letter=Letter(" ", date(2019, 1, 14)))
    with pytest.raises(JudgingRefused, match="over"):
        results.object(closed.chair, "KR-27", "By letter", letter=Letter("City", date(2019, 1, 15)))
    found = results.object(
        closed.chair, "KR-27", "By letter", letter=Letter("City hall", date(2019, 1, 14))
    )
    assert (found.letter_from, found.letter_on) == ("City hall", "2019-01-14")
    # It is answered within seven days of the day on which it was recorded.
    assert found.answer_due == "2019-01-22T15:00:00.000+00:00"


def test_an_applicant_objects_for_the_own_region_only(closed, room):
    with pytest.raises(JudgingRefused):  # scoring is open in the other round
        room.judging.results.object(room.contact("KR-27"), "KR-27", "Early")
    with pytest.raises(UsageError):
        closed.judging.results.object(
            closed.chair, "KR-11", "Who", letter=Letter("City hall", date(2019, 1, 7))
        )
    with pytest.raises(AccessDenied, match="Incheon"):
        closed.judging.results.object(city("KR-28"), "KR-27", "Another's")
    with pytest.raises(AccessDenied):
        closed.judging.results.object(VISITOR, "KR-27", "An official", ROUND)
    with pytest.raises(AccessDenied):
        closed.judging.results.object(city("KR-26"), "KR-27", "For the neighbour")
    for who in (D1, *closed.judges):
        with pytest.raises(AccessDenied):
            closed.judging.results.object(who, "KR-27", "Not mine")


def test_a_round_without_days_for_objections_takes_none(make_closed):
    room = make_closed({"KR-27": [(30, 50)]}, objection_days=0)
    with pytest.raises(JudgingRefused, match="over"):
        room.judging.results.object(city("KR-27"), "KR-27", "At once")
    assert room.judging.results.sign_off(room.chair).phase is Phase.SIGNED_OFF


# ---- Objections and what they open


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


# ---- Lot


def test_a_tie_waits_for_a_lot_that_a_deputy_confirms(tied):
    judging = tied.judging
    propose = judging.proposals.propose
    found = judging.results.result(tied.chair)
    assert [tie.applicants for tie in found.open_ties] == [("KR-26", "KR-27")]
    with pytest.raises(JudgingRefused, match="cannot be signed"):
        judging.results.sign_off(tied.chair, "Trial")
    for wrong in (
        lot("KR-27"),
        lot("KR-27", "KR-28"),
        lot("KR-27", "KR-26", "KR-26"),
        lot(),
        lot("KR-27", "KR-26", witnesses=["Han", " "]),
        lot("KR-27", "KR-26", witnesses=["Han", "h an"]),
        lot("KR-27", "KR-26", place=""),
        lot("KR-27", "KR-26", how=" "),
        lot("KR-27", "KR-26", drawn_at="2019-01-07T17:59:59+09:00"),  # before closing
        lot("KR-27", "KR-26", drawn_at="2019-01-07T18:00:01+09:00"),  # to come
    ):
        with pytest.raises(JudgingRefused):
            propose(tied.chair, Change.LOT, wrong, "Equal")
    assert isinstance(propose(tied.chair, Change.LOT, lot("KR-26", "KR-27"), "Equal"), Proposal)
    assert standing(tied)["KR-27"][0] == 1  # both, until a deputy confirms
    judging.proposals.confirm(D2, "p1")
    assert {code: rank for code, (rank, _score) in standing(tied).items()} == {
        "KR-26": 1,
        "KR-27": 2,
        "KR-28": 3,
    }
    # D2 is Park: named in the record, and with a line of the own to sign.
    (record,) = lot_sections(judging.results.result(tied.chair), is_printed=True)
    assert "Deputy: Park" in str(record)
    (signing,) = [block for block in record.blocks if isinstance(block, Table)]
    assert [[cell.text for cell in row[:2]] for row in signing.rows] == [
        ["Chair", "Kim"],
        ["Deputy", "Park"],
        ["Witness", "Han"],
        ["Witness", "Seo"],
    ]
    (drawn,) = judging.results.result(tied.chair).lots
    assert (drawn.place, drawn.witnesses, drawn.note) == (
        "Room 301",
        ("Han", "Seo"),
        "Slips from an urn",
    )
    assert drawn.drawn_at == "2019-01-07T09:00:00.000+00:00"
    assert judging.results.sign_off(tied.chair, "All waived it").phase is Phase.SIGNED_OFF


def test_a_lot_may_be_drawn_in_the_minute_of_closing(make_closed, rules, clock):
    clock.wait(seconds=40)  # closed at 18:00:40 in Korea; the page takes the lot's time in minutes
    same = [(30, 50), (30, 50)]
    rule = replace(rules.rule, tie_breaks=(TieBreak("lot"),))
    room = make_closed({"KR-27": same, "KR-26": same, "KR-28": [(20, 40), (20, 40)]}, rule=rule)
    propose = room.judging.proposals.propose
    drawn = lot("KR-26", "KR-27", drawn_at="2019-01-07T18:00:00+09:00")
    assert isinstance(propose(room.chair, Change.LOT, drawn, "Equal"), Proposal)
    early = lot("KR-26", "KR-27", drawn_at="2019-01-07T17:59:00+09:00")
    with pytest.raises(JudgingRefused, match="time"):
        propose(room.chair, Change.LOT, early, "Equal")


def test_a_lot_is_drawn_again_and_the_former_one_stays_readable(tied, clock):
    judging = tied.judging
    tied.change(Change.LOT, lot("KR-26", "KR-27"), "Equal")
    judging.results.sign_off(tied.chair, "All waived it in writing")
    clock.wait(hours=2)
    judging.results.object(city("KR-27"), "KR-27", "Our witness was not let in")
    judging.results.answer(
        tied.chair, "o1", "The lot is drawn again", True, Opening(Change.LOT, {})
    )
    assert judging.proposals.listed(tied.chair)[0].status is ProposalStatus.CONFIRMED  # the first
    with pytest.raises(JudgingRefused):
        judging.results.sign_off(tied.chair, "Quick")
    again = lot("KR-27", "KR-26", drawn_at="2019-01-07T19:30:00+09:00", objection_id="o1")
    with pytest.raises(JudgingRefused, match="text is missing"):
        judging.proposals.propose(tied.chair, Change.LOT, again, " ")
    tied.change(Change.LOT, again, "Our witness was not let in")
    found = judging.results.result(tied.chair)
    assert [(one.order[0], one.replaced_at is None) for one in found.lots] == [
        ("KR-26", False),
        ("KR-27", True),
    ]
    assert standing(tied)["KR-27"][0] == 1
    assert standing(tied, 1)["KR-27"][0] == 2
    assert not judging.results.objections(tied.chair)[0].is_pending
    judging.results.sign_off(tied.chair, "All waived it in writing")
    assert len(judging.rounds.one(ROUND).signed) == 2
    verify_round(judging.streams, ROUND)


def test_a_lot_counts_for_the_applicants_for_whom_it_was_drawn_and_no_others(tied, clock):
    # Incheon is scored again up to the other two: what two drew does not order three.
    tied.change(Change.LOT, lot("KR-26", "KR-27"), "Equal")
    for judge in ("j1", "j2"):
        tied.change(Change.RESCORING, {"judge_id": judge, "applicant": "KR-28"}, "Half the route")
    for judge in (0, 1):
        tied.score(judge, "KR-28", 30, 50)
    (tie,) = tied.judging.results.result(tied.chair).open_ties
    assert tie.applicants == ("KR-26", "KR-27", "KR-28")
    assert {rank for rank, _score in standing(tied).values()} == {1}
    clock.wait(days=1)
    tied.change(Change.LOT, lot("KR-28", "KR-27", "KR-26"), "Equal")
    assert {code: rank for code, (rank, _score) in standing(tied).items()} == {
        "KR-28": 1,
        "KR-27": 2,
        "KR-26": 3,
    }


def test_a_lot_of_an_older_log_still_orders(tied):
    tied.judging.streams.ledger.append(
        panel_stream(ROUND), "lot_recorded", "chair", {"order": ["KR-27", "KR-26"], "note": "Drawn"}
    )
    assert [standing(tied)[code][0] for code in ("KR-27", "KR-26", "KR-28")] == [1, 2, 3]
    (old,) = tied.judging.results.result(tied.chair).lots
    assert (old.note, old.place, old.witnesses, old.drawn_at) == ("Drawn", "", (), None)
