"""Attempts at acting alone where two are needed, or for somebody else: a table, each refused.

The people of a round beyond its judges: deputies, contacts of applicants, whoever recovers a code.
Each line is tried in a round that is scored (`scoring`) or closed with a proposal to score j1's
sheet of KR-27 again (`proposed`) or that very sheet open again (`rescoring`).
"""

from dataclasses import replace

import pytest

from dashboard.access import DESK, Identity, Role
from dashboard.errors import ClusterReviewError
from dashboard.judging.proposed import Change
from dashboard.judging.verification import verify_round

OPENS = {"judge_id": "j1", "applicant": "KR-27"}
SECRETS = ("31.5", "57.5", "Words of the first", "8.5", "2.5", "Words of the second")


def confirms(j, me):
    return j.proposals.confirm(me, "p1")


def declines(j, me):
    return j.proposals.decline(me, "p1", "No")


def withdraws(j, me):
    return j.proposals.withdraw(me, "p1")


def proposes(j, me):
    return j.proposals.propose(me, Change.RESCORING, {**OPENS, "judge_id": "j2"}, "Because")


def lists(j, me):
    return j.proposals.listed(me)


def agrees(j, me):
    return j.recovery.agree(me, "lost")


def objects(j, me):
    return j.results.object(me, "KR-26", "Because")


def scores(j, me):
    return j.sheets.save_draft(me, "KR-26", "plan", 30)


def scores_open_sheet(j, me):
    return j.sheets.save_draft(me, "KR-27", "plan", 30)


def reads_open_sheet(j, me):
    return j.sheets.sheet(me, "KR-27", "j1")


def renames(j, me):
    return j.people.rename_judge(me, "j2", "Other", "Because")


def withdraws_judge(j, me):
    return j.people.withdraw_judge(me, "j2", "Because")


def replaces_judge(j, me):
    return j.people.replace_judge(me, "j2", "Other", "Because")


def names_contact(j, me):
    return j.people.name_contact(me, "KR-26", "Me")


def issues_again(j, me):
    return j.people.issue_again(me, "j2", "Because")


def signs(j, me):
    return j.results.sign_off(me, "Because")


def closes(j, me):
    return j.rounds.close(me, "Because")


def corrects_recusal(j, me):
    return j.sheets.set_recusal(me, "j1", "KR-27", True, "Because")


ATTEMPTS = [
    *[(who, confirms, "proposed") for who in ("chair", "j1", "visitor", "viewer", "applicant")],
    *[(who, declines, "proposed") for who in ("chair", "j1", "visitor", "applicant")],
    *[(who, withdraws, "proposed") for who in ("d1", "j1", "visitor", "applicant")],
    *[(who, proposes, "proposed") for who in ("d1", "j1", "visitor", "viewer", "applicant")],
    *[(who, lists, "proposed") for who in ("j1", "visitor", "viewer", "applicant")],
    ("d1 elsewhere", confirms, "proposed"),
    ("chair elsewhere", withdraws, "proposed"),
    ("chair as d1", confirms, "proposed"),
    ("j1 as d1", confirms, "proposed"),
    ("chair", signs, "proposed"),
    ("d1", confirms, "rescoring"),
    ("d1", signs, "rescoring"),
    ("chair", signs, "rescoring"),
    ("j1", scores, "rescoring"),
    ("j2", scores, "rescoring"),
    ("j2", scores_open_sheet, "rescoring"),
    ("j2", reads_open_sheet, "rescoring"),
    ("chair", scores_open_sheet, "rescoring"),
    ("d1", scores_open_sheet, "rescoring"),
    ("d1", reads_open_sheet, "rescoring"),
    ("applicant", reads_open_sheet, "rescoring"),
    *[(who, agrees, "scoring") for who in ("chair", "j1", "visitor", "viewer", "applicant")],
    *[(who, objects, "proposed") for who in ("applicant", "d1", "j1", "visitor", "viewer")],
    ("chair", objects, "proposed"),
    ("applicant", scores, "scoring"),
    ("d1", scores, "scoring"),
    ("d1", closes, "scoring"),
    *[(who, renames, "scoring") for who in ("d1", "j1", "visitor", "applicant")],
    *[(who, withdraws_judge, "scoring") for who in ("d1", "j1", "visitor", "applicant")],
    *[(who, replaces_judge, "scoring") for who in ("d1", "j1", "visitor", "applicant")],
    *[(who, names_contact, "scoring") for who in ("d1", "j1", "visitor", "applicant")],
    *[(who, issues_again, "scoring") for who in ("chair", "d1", "j1", "visitor", "applicant")],
    ("chair", withdraws_judge, "proposed"),
    ("chair", replaces_judge, "proposed"),
    ("chair", corrects_recusal, "proposed"),
]
"""Who, what, in which state of the round."""


def made(make_room, state):
    """A round in a state of the table: its room, and who speaks for KR-27."""
    room = make_room()
    judging = room.judging
    for judge, plan, visit, comment in zip(
        room.judges, ("31.5", "8.5"), ("57.5", "2.5"), (SECRETS[2], SECRETS[5]), strict=True
    ):
        judging.sheets.save_draft(judge, "KR-27", "plan", plan, comment)
        judging.sheets.save_draft(judge, "KR-27", "visit", visit)
        judging.sheets.submit(judge, "KR-27")
    contact = judging.people.name_contact(room.chair, "KR-27", "Choi")
    applicant = judging.sessions.sign_in(room.round_id, contact.code).identity
    if state != "scoring":
        judging.rounds.close(room.chair, "Trial")
        judging.proposals.propose(room.chair, Change.RESCORING, OPENS, "The year was misread")
    if state == "rescoring":
        judging.proposals.confirm(room.deputies[0], "p1")
    return room, applicant


def identity_of(who, room, other, applicant):
    own = {
        "chair": room.chair,
        "j1": room.judges[0],
        "j2": room.judges[1],
        "d1": room.deputies[0],
        "applicant": applicant,
        "visitor": DESK,
        "viewer": Identity("", Role.VIEWER),
        "d1 elsewhere": other.deputies[0],
        "chair elsewhere": other.chair,
        "chair as d1": replace(room.chair, deputy_id="d1"),
        "j1 as d1": replace(room.judges[0], deputy_id="d1"),
    }
    return own[who]


@pytest.mark.parametrize("state", ["scoring", "proposed", "rescoring"])
def test_nobody_acts_alone_or_for_another(make_room, state):
    (room, applicant), other = made(make_room, state), make_room()
    before = verify_round(room.judging.streams, room.round_id).log
    let_in = []
    for who, act, when in ATTEMPTS:
        if when != state:
            continue
        try:
            act(room.judging, identity_of(who, room, other, applicant))
        except ClusterReviewError as refused:
            words = f"{refused.title} {refused.message} {refused.remedy}"
            assert not [secret for secret in SECRETS if secret in words], (who, act)
        else:
            let_in.append(f"{who} {act.__name__}")
    assert let_in == []
    assert verify_round(room.judging.streams, room.round_id).log == before


def test_there_are_as_many_more_attempts_as_that():
    assert len({(who, act, when) for who, act, when in ATTEMPTS}) == len(ATTEMPTS) >= 60


def test_one_deputy_alone_recovers_no_code_of_the_chair(make_room):
    room = make_room()
    first, second = room.deputies
    assert room.judging.recovery.agree(first, "seen by others") == ()
    with pytest.raises(ClusterReviewError):
        room.judging.recovery.agree(first, "once more alone")
    with pytest.raises(ClusterReviewError):
        room.judging.people.issue_again(room.chair, "d1", "the chair would hold both")
    (issued,) = room.judging.recovery.agree(second, "seen by others")
    again = room.judging.sessions.sign_in(room.round_id, issued.code).identity
    assert again.role is Role.CHAIR


def test_a_deputy_confirms_once(make_room):
    room, _applicant = made(make_room, "rescoring")
    for deputy in room.deputies:
        with pytest.raises(ClusterReviewError):
            room.judging.proposals.confirm(deputy, "p1")
