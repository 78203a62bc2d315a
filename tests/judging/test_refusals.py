"""Attempts at reading another's scores or acting beyond the role: a table, each line refused.

Over the wire: `test_refusals_over_the_wire.py`. Each attempt is made at the data layer, says who
tries what in which phase, and must be refused in words that give nothing away, with nothing
written.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import pytest

from dashboard.access import DESK, Identity, Role
from dashboard.errors import ClusterReviewError
from dashboard.judging.verification import verify_round

SECRETS = ("31.5", "57.5", "Words of the first", "8.5", "2.5", "Words of the second")
"""Points and comments of the two judges, found nowhere else."""


class Attempt(NamedTuple):
    """One line of the table."""

    who: str
    what: str
    phase: str
    """`sealed`, `scoring` or `closed`; the judges have scored KR-27 in the last two."""
    make: Callable[..., object]
    """Gets the round, whoever tries, and another round."""


line = Attempt


def drafts(*given):
    """Gives points: applicant, criterion, points."""
    return lambda r, me, _o: r.sheets.save_draft(me, *given)


scores = drafts("KR-26", "plan", 30)


def reopens(judge):
    return lambda r, me, _o: r.sheets.reopen(me, judge, "KR-27", "Because")


def conflicts(r, me, _o):
    return r.sheets.declare_conflict(me, "KR-27", "Because")


def signs_in_with(code):
    return lambda r, _me, _o: r.sessions.sign_in(r.round_id, code)


def reads_j1(r, me, _o):
    return r.sheets.sheet(me, "KR-27", "j1")


def reads_j2(r, me, _o):
    return r.sheets.sheet(me, "KR-27", "j2")


def reads_result(r, me, _o):
    return r.results.result(me, r.round_id)


def reads_progress(r, me, _o):
    return r.sheets.progress(me)


def answers(r, me, _o):
    return r.results.answer(me, "o1", "No", False)


def objects(r, me, _o):
    return r.results.object(me, "KR-27", "Because", r.round_id)


ATTEMPTS = [
    # ---- Reading another's scores
    line("j1", "reads j2's sheet", "scoring", reads_j2),
    line("j1", "reads j2's sheet", "closed", reads_j2),
    line("j2", "reads j1's sheet", "closed", reads_j1),
    line(
        "j1",
        "reads the chair's sheet",
        "closed",
        lambda r, me, _o: r.sheets.sheet(me, "KR-27", "chair"),
    ),
    line("chair", "reads a sheet while scored", "scoring", reads_j1),
    line(
        "chair",
        "reads a sheet of nobody",
        "closed",
        lambda r, me, _o: r.sheets.sheet(me, "KR-27", "j9"),
    ),
    line(
        "chair",
        "reads a sheet without a judge",
        "closed",
        lambda r, me, _o: r.sheets.sheet(me, "KR-27"),
    ),
    line("visitor", "reads j1's sheet", "scoring", reads_j1),
    line("visitor", "reads j1's sheet", "closed", reads_j1),
    line("viewer", "reads j1's sheet", "closed", reads_j1),
    line("deputy", "reads j1's sheet", "scoring", reads_j1),
    line("deputy", "reads j1's sheet", "closed", reads_j1),
    line("applicant", "reads j1's sheet", "scoring", reads_j1),
    line("applicant", "reads j1's sheet", "closed", reads_j1),
    line(
        "j1 elsewhere",
        "reads j2's sheet there",
        "scoring",
        lambda r, me, o: r.sheets.sheet(replace(me, round_id=o.round_id), "KR-27", "j2"),
    ),
    line("chair elsewhere", "names this round in the own result", "closed", reads_result),
    line("j1 elsewhere", "names this round in the own result", "closed", reads_result),
    line(
        "j1",
        "is judge of no number",
        "closed",
        lambda r, me, _o: r.sheets.sheet(replace(me, judge_id=None), "KR-27"),
    ),
    line(
        "j1",
        "is judge of a number never assigned",
        "closed",
        lambda r, me, _o: r.sheets.sheet(replace(me, judge_id="j3"), "KR-27"),
    ),
    line(
        "j1",
        "reads a sheet of who never applied",
        "scoring",
        lambda r, me, _o: r.sheets.sheet(me, "KR-11"),
    ),
    # ---- Reading the result too early
    line("j1", "reads the result", "scoring", reads_result),
    line("chair", "reads the result", "scoring", reads_result),
    line("deputy", "reads the result", "scoring", reads_result),
    line("applicant", "reads the result", "scoring", reads_result),
    line("visitor", "reads the result", "scoring", reads_result),
    line("viewer", "reads the result before it is signed", "closed", reads_result),
    line(
        "visitor",
        "reads the result of a round that is none",
        "closed",
        lambda r, me, _o: r.results.result(me, "../ledger"),
    ),
    # ---- Reading how far others are
    line("visitor", "reads who submitted", "scoring", reads_progress),
    line("viewer", "reads who submitted", "scoring", reads_progress),
    line("applicant", "reads who submitted", "scoring", reads_progress),
    # ---- Writing what is another's
    line("chair", "scores", "scoring", scores),
    line("visitor", "scores", "scoring", scores),
    line("deputy", "scores", "scoring", scores),
    line("applicant", "scores", "scoring", scores),
    line(
        "deputy",
        "scores as j1",
        "scoring",
        lambda r, me, _o: r.sheets.save_draft(replace(me, judge_id="j1"), "KR-26", "plan", 30),
    ),
    line(
        "applicant",
        "submits as j1",
        "scoring",
        lambda r, me, _o: r.sheets.submit(replace(me, judge_id="j1"), "KR-26"),
    ),
    line(
        "chair",
        "scores as j1",
        "scoring",
        lambda r, me, _o: r.sheets.save_field(
            replace(me, judge_id="j1"), "KR-26", "plan", "points", "30", ""
        ),
    ),
    line("j1", "scores before opening", "sealed", scores),
    line("j1", "scores after closing", "closed", scores),
    line(
        "j1",
        "types into a closed round",
        "closed",
        lambda r, me, _o: r.sheets.save_field(me, "KR-26", "plan", "points", "30", ""),
    ),
    line("j1", "submits after closing", "closed", lambda r, me, _o: r.sheets.submit(me, "KR-26")),
    line("j1", "changes a submitted sheet", "scoring", drafts("KR-27", "plan", 1)),
    line("j1", "submits a sheet twice", "scoring", lambda r, me, _o: r.sheets.submit(me, "KR-27")),
    line("j1", "gives more than there is", "scoring", drafts("KR-26", "plan", 41)),
    line("j1", "gives less than nothing", "scoring", drafts("KR-26", "plan", -1)),
    line("j1", "gives what is no number", "scoring", drafts("KR-26", "plan", "Infinity")),
    line("j1", "scores a criterion that is none", "scoring", drafts("KR-26", "x", 1)),
    line(
        "j1",
        "submits other points than it saw",
        "scoring",
        lambda r, me, _o: r.sheets.submit(me, "KR-26", {"plan": 1, "visit": 2}),
    ),
    line("j1", "opens j2's sheet again", "scoring", reopens("j2")),
    line("chair", "opens a sheet again after closing", "closed", reopens("j1")),
    line(
        "j1",
        "recuses j2",
        "scoring",
        lambda r, me, _o: r.sheets.set_recusal(me, "j2", "KR-27", True, "Because"),
    ),
    line("j1", "declares a conflict after closing", "closed", conflicts),
    line("chair", "declares a conflict", "scoring", conflicts),
    line(
        "chair",
        "lifts a recusal after closing",
        "closed",
        lambda r, me, _o: r.sheets.set_recusal(me, "j1", "KR-28", False, "Because"),
    ),
    # ---- Running the round
    *[
        line(who, f"{name} the round", phase, make)
        for who in ("j1", "visitor", "viewer", "deputy", "applicant")
        for name, phase, make in (
            ("closes", "scoring", lambda r, me, _o: r.rounds.close(me, "Because")),
            ("signs off", "closed", lambda r, me, _o: r.results.sign_off(me, "Because")),
            ("opens", "sealed", lambda r, me, _o: r.rounds.open_scoring(me)),
            ("issues a code of", "scoring", lambda r, me, _o: r.sessions.issue_code(me, "Me")),
            ("ends a code of", "scoring", lambda r, me, _o: r.sessions.revoke_code(me, "j2")),
        )
    ],
    line(
        "j1",
        "issues a code of the chair",
        "scoring",
        lambda r, me, _o: r.people.issue_again(me, "chair", "Lost"),
    ),
    line(
        "j1",
        "changes the rules",
        "sealed",
        lambda r, me, _o: r.rounds.change_rules(me, r.rounds.one(r.round_id).rules, "Because"),
    ),
    line(
        "chair elsewhere",
        "closes this round as its own",
        "scoring",
        lambda r, me, o: r.rounds.close(replace(me, round_id="none"), "Because"),
    ),
    line(
        "viewer",
        "makes a round",
        "sealed",
        lambda r, me, o: r.rounds.create(me, r.rounds.one(r.round_id).rules, "Me", ("A", "B")),
    ),
    # ---- Objections
    line("j1", "objects", "closed", objects),
    line("viewer", "objects", "closed", objects),
    line("chair", "takes down an objection before closing", "scoring", objects),
    line("j1", "answers an objection", "closed", answers),
    line("deputy", "answers an objection", "closed", answers),
    # ---- Codes and sessions
    line(
        "nobody",
        "signs in with another round's code",
        "scoring",
        lambda r, _me, o: r.sessions.sign_in(r.round_id, o.codes[0]),
    ),
    line("nobody", "signs in with nothing", "scoring", signs_in_with("")),
    line("nobody", "signs in with the holder for a code", "scoring", signs_in_with("chair")),
    line(
        "nobody",
        "goes on with a token made up",
        "scoring",
        lambda r, _me, _o: r.sessions.resume(f"{r.round_id}.made-up"),
    ),
    line(
        "nobody",
        "goes on with another round's token",
        "scoring",
        lambda r, _me, o: r.sessions.resume(r.round_id + "." + o.session(0).partition(".")[2]),
    ),
    line(
        "nobody",
        "goes on after signing out",
        "scoring",
        lambda r, _me, _o: r.sessions.resume(r.ended_session()),
    ),
]


class Round:
    """A round in a phase, with its parts at hand."""

    def __init__(self, room):
        self.room, self.round_id, self.codes = room, room.round_id, room.codes
        judging = room.judging
        self.rounds, self.sheets, self.results = judging.rounds, judging.sheets, judging.results
        self.sessions, self.people = judging.sessions, judging.people

    def session(self, judge):
        return self.sessions.sign_in(self.round_id, self.codes[judge]).token

    def ended_session(self):
        token = self.session(0)
        self.sessions.sign_out(token)
        return token

    def written(self):
        """The end of the round's log."""
        return verify_round(self.room.judging.streams, self.round_id).log


def in_phase(make_room, phase):
    room = make_room(phase="sealed" if phase == "sealed" else "scoring")
    if phase != "sealed":
        for judge, plan, visit, comment in zip(
            room.judges, ("31.5", "8.5"), ("57.5", "2.5"), (SECRETS[2], SECRETS[5]), strict=True
        ):
            room.judging.sheets.save_draft(judge, "KR-27", "plan", plan, comment)
            room.judging.sheets.save_draft(judge, "KR-27", "visit", visit)
            room.judging.sheets.submit(judge, "KR-27")
    if phase == "closed":
        room.judging.rounds.close(room.chair, "Trial")
    return Round(room)


def identity_of(who, tried, other):
    of, _, elsewhere = who.partition(" ")
    room = (other if elsewhere else tried).room
    return {
        "j1": room.judges[0],
        "j2": room.judges[1],
        "chair": room.chair,
        "visitor": DESK,
        "viewer": Identity("", Role.VIEWER),
        "deputy": Identity("Lee", Role.DEPUTY, room.round_id, deputy_id="d1"),
        "applicant": Identity("Daegu", Role.APPLICANT, room.round_id, region="KR-27"),
        "nobody": None,
    }[of]


def test_there_are_enough_attempts_and_each_is_another_one():
    assert len({(one.who, one.what, one.phase) for one in ATTEMPTS}) == len(ATTEMPTS) >= 60


@pytest.mark.parametrize("phase", ["sealed", "scoring", "closed"])
def test_every_attempt_is_refused_and_leaves_nothing(make_room, phase):
    tried, other = in_phase(make_room, phase), in_phase(make_room, "scoring")
    before = tried.written()
    let_in = []
    for one in ATTEMPTS:
        if one.phase != phase:
            continue
        try:
            one.make(tried, identity_of(one.who, tried, other), other)
        except ClusterReviewError as refused:
            words = f"{refused.title} {refused.message} {refused.remedy}"
            assert not [secret for secret in SECRETS if secret in words], one
        else:
            let_in.append(f"{one.who} {one.what}")
    assert let_in == []
    assert tried.written() == before
