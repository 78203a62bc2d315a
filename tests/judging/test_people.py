"""Judges renamed, withdrawn and replaced; codes issued again; contacts of applicants."""

from dataclasses import replace
from decimal import Decimal

import pytest

from dashboard.access import DESK, Role
from dashboard.errors import AccessDenied, ClusterReviewError, JudgingRefused, UsageError
from dashboard.judging.proposed import Change
from dashboard.judging.views import SheetStatus


def kinds(room, who):
    return [entry.kind for entry in room.judging.results.log(who, room.round_id)]


def content_of(room, who, kind):
    return [e.content for e in room.judging.results.log(who, room.round_id) if e.kind == kind]


# ---- Judges


@pytest.mark.parametrize("phase", ["draft", "sealed", "scoring"])
def test_a_name_is_corrected_and_code_and_sheets_stay(make_room, phase):
    room = make_room(phase=phase)
    people = room.judging.people
    with pytest.raises(JudgingRefused, match="text is missing"):
        people.rename_judge(room.chair, "j1", "Judge One", " ")
    people.rename_judge(room.chair, "j1", "Judge One", "Misspelt")
    assert room.judging.sheets.progress(room.chair).judges[0].name == "Judge One"
    assert room.judging.sessions.sign_in(room.round_id, room.codes[0]).identity.judge_id == "j1"
    assert content_of(room, room.chair, "judge_renamed") == [
        {"judge_id": "j1", "name": "Judge One", "reason": "Misspelt"}
    ]


def test_what_a_withdrawn_judge_scored_counts_no_more_and_is_shown_to_nobody(room, clock):
    judging = room.judging
    room.score(0, "KR-27", 30, 50)
    room.score(1, "KR-27", 10, 20)
    session = judging.sessions.sign_in(room.round_id, room.codes[0])
    judging.people.withdraw_judge(room.chair, "j1", "Fell ill")
    with pytest.raises(AccessDenied):
        judging.sessions.resume(session.token)
    with pytest.raises(AccessDenied):
        judging.sessions.sign_in(room.round_id, room.codes[0])
    # Also whoever still has the identity in hand.
    for attempt in (
        lambda: judging.sheets.sheet(room.judges[0], "KR-27"),
        lambda: judging.sheets.save_draft(room.judges[0], "KR-26", "plan", 1),
        lambda: judging.sheets.submit(room.judges[0], "KR-27"),
        lambda: judging.sheets.declare_conflict(room.judges[0], "KR-27", "Late"),
        lambda: judging.sheets.progress(room.judges[0]),
    ):
        with pytest.raises(AccessDenied, match="withdrawn"):
            attempt()
    lines = judging.sheets.progress(room.chair).judges
    assert [(line.withdrawn_reason, line.has_code) for line in lines] == [
        ("Fell ill", False),
        ("", True),
    ]
    assert {sheet.status for sheet in lines[0].sheets} == {SheetStatus.WITHDRAWN}
    # Open are the other judge's two other sheets only.
    assert judging.sheets.progress(room.chair).open_sheets == 2
    assert judging.rounds.one(room.round_id).judge_count == 1
    judging.rounds.close(room.chair, "Trial")
    result = judging.results.result(room.chair)
    # 10 + 20 of the other judge alone; with the first one it had been (80 + 30) / 2.
    assert result.outcome.applicants[0].final == Decimal("30.00")
    assert result.judges == {"j2": "Judge 2"}
    assert result.withdrawn == (("Judge 1", "Fell ill"),)
    assert judging.results.result(DESK, room.round_id).withdrawn == (("", ""),)
    with pytest.raises(AccessDenied):
        judging.sheets.sheet(room.chair, "KR-27", "j1")
    drafted = [e for e in judging.results.log(room.chair) if e.kind == "drafted"]
    assert [entry.content is None for entry in drafted] == [True, True, False, False]
    clock.wait(days=8)
    judging.results.sign_off(room.chair)


def test_a_replacement_gets_the_next_number_and_empty_sheets(room):
    judging = room.judging
    room.score(0, "KR-27", 30, 50)
    issued = judging.people.replace_judge(room.chair, "j1", "Judge 3", "Fell ill")
    assert (issued.holder, issued.name) == ("j3", "Judge 3")
    successor = judging.sessions.sign_in(room.round_id, issued.code).identity
    assert judging.sheets.sheet(successor, "KR-27").status is SheetStatus.EMPTY
    assert content_of(room, room.chair, "judge_assigned")[-1] == {
        "judge_id": "j3",
        "name": "Judge 3",
        "replaces": "j1",
    }
    assert judging.sessions.issue_code(room.chair, "Judge 4").holder == "j4"


def test_a_withdrawn_judge_is_neither_recused_nor_given_a_code(make_room):
    room = make_room(phase="sealed")
    people = room.judging.people
    people.withdraw_judge(room.chair, "j1", "Fell ill")
    for attempt in (
        lambda: people.withdraw_judge(room.chair, "j1", "Again"),
        lambda: people.rename_judge(room.chair, "j1", "Another", "Late"),
        lambda: people.replace_judge(room.chair, "j1", "Another", "Late"),
        lambda: people.issue_again(room.chair, "j1", "Lost"),
        lambda: room.judging.sheets.set_recusal(room.chair, "j1", "KR-27", True, "Related"),
    ):
        with pytest.raises(JudgingRefused, match="withdrawn"):
            attempt()


def test_after_closing_the_panel_stays_as_it_is(room):
    room.judging.rounds.close(room.chair, "Trial")
    people = room.judging.people
    for attempt in (
        lambda: people.withdraw_judge(room.chair, "j1", "Late"),
        lambda: people.rename_judge(room.chair, "j1", "Another", "Late"),
        lambda: people.replace_judge(room.chair, "j1", "Another", "Late"),
    ):
        with pytest.raises(JudgingRefused, match="allow this now"):
            attempt()


def test_only_the_chair_sees_to_the_people_of_a_round(room, viewer):
    people = room.judging.people
    contact = room.contact("KR-27")
    for who in (DESK, viewer, room.judges[0], room.deputies[0], contact):
        for attempt in (
            lambda who=who: people.rename_judge(who, "j1", "Another", "Why"),
            lambda who=who: people.withdraw_judge(who, "j2", "Why"),
            lambda who=who: people.replace_judge(who, "j2", "Another", "Why"),
            lambda who=who: people.issue_again(who, "chair", "Why"),
            lambda who=who: people.name_contact(who, "KR-26", "Another"),
            lambda who=who: people.contacts(who),
        ):
            with pytest.raises(AccessDenied):
                attempt()


# ---- Codes again


@pytest.mark.parametrize("phase", ["draft", "sealed"])
def test_a_judges_code_comes_again_from_the_chair_before_opening(make_room, phase):
    room = make_room(phase=phase)
    again = room.judging.people.issue_again(room.chair, "j1", "The slip was lost")
    identity = room.judging.sessions.sign_in(room.round_id, again.code).identity
    assert identity == room.judges[0]
    with pytest.raises(AccessDenied):
        room.judging.sessions.sign_in(room.round_id, room.codes[0])
    entry = {"holder": "j1", "reason": "The slip was lost", "by": "chair"}
    for who in (room.chair, room.deputies[0], room.judges[0]):
        assert content_of(room, who, "code_issued_again") == [entry]
    assert content_of(room, room.judges[1], "code_issued_again") == [None]
    exported = room.judging.results.export_log(room.chair).decode()
    assert again.code not in exported
    assert again.code.replace("-", "") not in exported


def test_while_scoring_is_open_the_chair_gets_no_judges_code(room):
    with pytest.raises(JudgingRefused, match="second person"):
        room.judging.people.issue_again(room.chair, "j1", "Lost")
    room.judging.sessions.sign_in(room.round_id, room.codes[0])  # it still holds
    assert "code_issued_again" not in kinds(room, room.chair)


def test_a_deputy_confirms_a_judges_new_code_and_sheets_stay(room):
    room.score(0, "KR-27", 30, 50)
    judging, judge = room.judging, {"judge_id": "j1"}
    session = judging.sessions.sign_in(room.round_id, room.codes[0])
    proposal = judging.proposals.propose(room.chair, Change.CODE_AGAIN, judge, "Lost")
    assert judging.sessions.resume(session.token) == room.judges[0]  # nothing has happened yet
    done = judging.proposals.confirm(room.deputies[1], proposal.proposal_id)
    assert (done.issued.holder, done.issued.name) == ("j1", "Judge 1")
    with pytest.raises(AccessDenied):
        judging.sessions.resume(session.token)
    identity = judging.sessions.sign_in(room.round_id, done.issued.code).identity
    assert judging.sheets.sheet(identity, "KR-27").status is SheetStatus.SUBMITTED
    assert content_of(room, room.chair, "code_issued_again") == [
        {"holder": "j1", "reason": "Lost", "by": "d2"}
    ]
    # The code is in no log, whoever reads it.
    secret = done.issued.code.replace("-", "")
    for who in (room.chair, *room.deputies, room.judges[0]):
        exported = judging.results.export_log(who).decode()
        assert done.issued.code not in exported
        assert secret not in exported


def test_a_withdrawn_judges_code_is_not_confirmed_any_more(room):
    judge = {"judge_id": "j1"}
    proposal = room.judging.proposals.propose(room.chair, Change.CODE_AGAIN, judge, "Lost")
    room.judging.people.withdraw_judge(room.chair, "j1", "Fell ill")
    with pytest.raises(JudgingRefused, match="withdrawn"):
        room.judging.proposals.confirm(room.deputies[0], proposal.proposal_id)


def test_the_chair_gets_no_deputys_code_and_none_of_nobody(room):
    with pytest.raises(JudgingRefused, match="deputy"):
        room.judging.people.issue_again(room.chair, "d1", "Lost")
    for holder in ("j9", "", "a-KR-27", "administrator"):
        with pytest.raises(UsageError):
            room.judging.people.issue_again(room.chair, holder, "Lost")


def test_a_judge_sees_when_somebody_came_in_with_the_own_code(room, clock):
    clock.wait(hours=2)
    room.judging.sessions.sign_in(room.round_id, room.codes[0])
    times = room.judging.sheets.progress(room.judges[0]).judges[0].signed_in_at
    # Once as the round was made ready, and once two hours later.
    assert times == ("2019-01-07T09:00:00.000+00:00", "2019-01-07T11:00:00.000+00:00")


# ---- Contacts


def test_a_contact_speaks_for_one_applicant(room):
    contact = room.contact("KR-27")
    assert (contact.role, contact.region, contact.name) == (Role.APPLICANT, "KR-27", "Contact")
    assert room.judging.people.contacts(room.chair) == {"KR-27": "Contact"}
    again = room.judging.people.issue_again(room.chair, "a-KR-27", "Lost")
    assert room.judging.sessions.sign_in(room.round_id, again.code).identity == contact
    with pytest.raises(UsageError):
        room.judging.people.name_contact(room.chair, "KR-11", "No applicant")
    with pytest.raises(ClusterReviewError):
        room.judging.people.name_contact(room.chair, "KR-26", " ")
    room.judging.rounds.close(room.chair, "Trial")
    names = content_of(room, DESK, "contact_named")
    assert names == [None]  # a person's name is no public fact
    assert content_of(room, contact, "contact_named")[0]["name"] == "Contact"


def test_the_contact_of_an_applicant_who_is_taken_out_comes_in_no_more(make_room, rules):
    room = make_room(phase="draft")
    people, sessions = room.judging.people, room.judging.sessions
    code = people.name_contact(room.chair, "KR-28", "Choi").code
    token = sessions.sign_in(room.round_id, code).token
    room.contact("KR-27")
    without = replace(rules, applicants=("KR-27", "KR-26"))
    room.judging.rounds.change_rules(room.chair, without)
    assert people.contacts(room.chair) == {"KR-27": "Contact"}
    with pytest.raises(AccessDenied):
        sessions.sign_in(room.round_id, code)
    with pytest.raises(AccessDenied):
        sessions.resume(token)
    (changed,) = content_of(room, room.chair, "rules_changed")
    assert changed["contacts_ended"] == ["KR-28"]
    # Who is put in again has no contact until the chair names one.
    room.judging.rounds.change_rules(room.chair, rules)
    assert people.contacts(room.chair) == {"KR-27": "Contact"}
    with pytest.raises(UsageError):
        people.issue_again(room.chair, "a-KR-28", "Lost")
    again = people.name_contact(room.chair, "KR-28", "Choi")
    assert sessions.sign_in(room.round_id, again.code).identity.region == "KR-28"
