"""What moves a result after closing needs two persons, and both stand in the log."""

import json
from functools import partial

import pytest

from dashboard.access import DESK, Identity, Role
from dashboard.errors import AccessDenied, JudgingRefused, UsageError
from dashboard.judging.proposed import Change, ProposalStatus
from dashboard.judging.verification import verify_round
from tests.judging.closed_round import D1, D2, J1_DAEGU, ROUND, closed_round

POINTS = {"KR-27": [(30, 50), (26, 38)], "KR-26": [(30, 40), (36, 54)]}
"""Daegu (80 + 64) / 2 = 72, Busan (70 + 90) / 2 = 80."""


@pytest.fixture
def make_closed(judging, rules):
    """Makes a closed round with these deputies."""
    return partial(closed_round, judging, rules, POINTS, "Nobody went to Incheon")


@pytest.fixture
def closed(make_closed):
    """Two judges, two deputies, closed."""
    return make_closed(deputies=["Lee", "Park"])


@pytest.fixture
def deputies():
    return [D1, D2]


def finals(room):
    outcome = room.judging.results.result(room.chair).outcome
    return {row.applicant: row.final for row in outcome.applicants}


def test_a_recusal_after_closing_happens_when_a_deputy_confirms_it(closed, deputies, clock):
    proposals = closed.judging.proposals
    proposal = proposals.propose(closed.chair, Change.RECUSAL, J1_DAEGU, "Advised the city")
    assert (proposal.proposal_id, proposal.status) == ("p1", ProposalStatus.WAITING)
    assert finals(closed)["KR-27"] == 72  # (80 + 64) / 2: nothing has happened yet
    clock.wait(hours=1)
    done = proposals.confirm(deputies[1], "p1").proposal
    assert (done.status, done.decided_by) == (ProposalStatus.CONFIRMED, "d2")
    assert done.decided_at == "2019-01-07T10:00:00.000+00:00"
    assert proposals.listed(closed.chair) == proposals.listed(deputies[0]) == [done]
    assert finals(closed)["KR-27"] == 64  # the second judge's alone: 26 + 38
    log = closed.judging.results.log(closed.chair)[-3:]
    assert [(entry.kind, entry.actor) for entry in log] == [
        ("change_proposed", "chair"),
        ("change_confirmed", "d2"),
        ("recusal_set", "d2"),
    ]
    verify_round(closed.judging.streams, ROUND)


def test_nobody_but_a_deputy_of_the_round_confirms_or_declines(closed, deputies):
    proposals = closed.judging.proposals
    proposals.propose(closed.chair, Change.RECUSAL, J1_DAEGU, "Advised the city")
    region = Identity("City", Role.APPLICANT, ROUND, region="KR-27")
    elsewhere = Identity("Lee", Role.DEPUTY, "another-2019-abcdef", deputy_id="d1")
    made_up = Identity("Chair", Role.DEPUTY, ROUND, deputy_id="d3")
    nobody = Identity("Chair", Role.DEPUTY, ROUND)
    for who in (closed.chair, *closed.judges, DESK, region, elsewhere, made_up, nobody):
        with pytest.raises((AccessDenied, UsageError)):
            proposals.confirm(who, "p1")
        with pytest.raises((AccessDenied, UsageError)):
            proposals.decline(who, "p1", "No")
    for who in (*closed.judges, DESK, region, *deputies):
        with pytest.raises(AccessDenied):
            proposals.propose(who, Change.RECUSAL, J1_DAEGU, "Advised the city")
        with pytest.raises(AccessDenied):
            proposals.withdraw(who, "p1")
    for who in (*closed.judges, DESK, region, elsewhere, made_up, nobody):
        with pytest.raises((AccessDenied, UsageError)):
            proposals.listed(who)
    assert finals(closed)["KR-27"] == 72


def test_declined_with_a_reason_it_can_be_proposed_again(closed, deputies):
    proposals = closed.judging.proposals
    proposals.propose(closed.chair, Change.RECUSAL, J1_DAEGU, "Advised the city")
    with pytest.raises(JudgingRefused):
        proposals.propose(closed.chair, Change.RECUSAL, J1_DAEGU, "Advised it, I say")
    with pytest.raises(JudgingRefused):
        proposals.decline(deputies[0], "p1", " ")
    declined = proposals.decline(deputies[0], "p1", "Not shown")
    assert (declined.status, declined.why) == (ProposalStatus.DECLINED, "Not shown")
    with pytest.raises(JudgingRefused):
        proposals.confirm(deputies[1], "p1")
    proposals.propose(closed.chair, Change.RECUSAL, J1_DAEGU, "The contract is attached")
    assert proposals.withdraw(closed.chair, "p2").status is ProposalStatus.WITHDRAWN
    for late in (
        lambda: proposals.confirm(deputies[0], "p2"),
        lambda: proposals.decline(deputies[0], "p2", "Late"),
        lambda: proposals.withdraw(closed.chair, "p2"),
    ):
        with pytest.raises(JudgingRefused):
            late()
    with pytest.raises(UsageError):
        proposals.confirm(deputies[0], "p3")
    assert finals(closed)["KR-27"] == 72


def test_what_the_round_does_not_allow_is_refused_when_proposed_and_when_confirmed(
    closed, deputies, room
):
    proposals = closed.judging.proposals
    for wrong in ({"judge_id": "j9", "applicant": "KR-27"}, {"judge_id": "j1", "applicant": "X"}):
        with pytest.raises(UsageError):
            proposals.propose(closed.chair, Change.RECUSAL, wrong, "Why")
    with pytest.raises(JudgingRefused):
        proposals.propose(closed.chair, Change.RECUSAL, J1_DAEGU, "")
    with pytest.raises(JudgingRefused):  # scoring is open in the other round
        proposals.propose(room.chair, Change.RECUSAL, J1_DAEGU, "Why")
    # Two reasons for the same recusal under way: the second finds it done.
    proposals.propose(closed.chair, Change.RECUSAL, J1_DAEGU, "Advised the city")
    objection = {**J1_DAEGU, "objection_id": "o1"}
    city = Identity("City", Role.APPLICANT, ROUND, region="KR-27")
    closed.judging.results.object(city, "KR-27", "The judge advised the neighbour")
    proposals.propose(closed.chair, Change.RECUSAL, objection, "As objected")
    proposals.confirm(deputies[0], "p1")
    with pytest.raises(JudgingRefused, match="recused already"):
        proposals.confirm(deputies[0], "p2")
    assert proposals.listed(closed.chair)[0].status is ProposalStatus.WAITING


def test_a_judge_named_in_a_proposal_is_read_by_those_concerned_alone(closed, deputies):
    closed.judging.proposals.propose(closed.chair, Change.RECUSAL, J1_DAEGU, "Advised the city")
    closed.judging.proposals.confirm(deputies[0], "p1")
    readers = {
        "chair": (closed.chair, True),
        "deputy": (deputies[1], True),
        "that judge": (closed.judges[0], True),
        "another judge": (closed.judges[1], False),
        "official": (DESK, False),
    }
    for name, (who, is_shown) in readers.items():
        log = closed.judging.results.export_log(who, ROUND).decode().splitlines()
        entries = [json.loads(line) for line in log[-3:]]
        assert [entry["content"] is not None for entry in entries] == [is_shown] * 3, name


def test_in_a_round_without_deputies_the_chair_goes_on_alone(make_closed):
    room = make_closed()
    done = room.judging.proposals.propose(room.chair, Change.RECUSAL, J1_DAEGU, "Advised the city")
    assert (done.proposal.status, done.proposal.decided_by) == (ProposalStatus.CONFIRMED, "chair")
    assert finals(room)["KR-27"] == 64


def test_after_closing_the_chair_alone_recuses_nobody(closed):
    with pytest.raises(JudgingRefused):
        closed.judging.sheets.set_recusal(closed.chair, "j1", "KR-27", True, "Advised the city")
