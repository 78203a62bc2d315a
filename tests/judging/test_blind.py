"""Blind until the chair closes: every way to read, for every role, in every phase."""

import json
import re
from dataclasses import replace

import pytest

from dashboard.access import DESK, Identity, Role
from dashboard.errors import AccessDenied, ClusterReviewError, UsageError
from dashboard.judging.logs_for_others import LogsForOthers
from dashboard.judging.people import People
from dashboard.judging.practice import Practice
from dashboard.judging.recovery import Recovery
from dashboard.judging.results import Results
from dashboard.judging.rounds import Rounds
from dashboard.judging.second_person import Proposals
from dashboard.judging.sheets import Sheets
from dashboard.judging.sign_in import Sessions
from dashboard.judging.streams import panel_stream
from dashboard.judging.views import Phase
from dashboard.settings import PROJECT_ROOT

# Points and words that appear nowhere else, so that whoever sees one of them has seen the sheet.
SECRET = {"j1": ("31.5", "57.5", "Comment of the first"), "j2": ("8.5", "2.5", "Comment of two")}

READS = {
    "own sheet": lambda room, who: room.judging.sheets.sheet(who, "KR-27"),
    "first judge's sheet": lambda room, who: room.judging.sheets.sheet(who, "KR-27", "j1"),
    "second judge's sheet": lambda room, who: room.judging.sheets.sheet(who, "KR-27", "j2"),
    "proposals": lambda room, who: room.judging.proposals.listed(who),
    "progress": lambda room, who: room.judging.sheets.progress(who),
    "result": lambda room, who: room.judging.results.result(who, room.round_id),
    "objections": lambda room, who: room.judging.results.objections(who, room.round_id),
    "answerable": lambda room, who: room.judging.results.answerable(who),
    "log": lambda room, who: room.judging.results.log(who, room.round_id),
    "export": lambda room, who: room.judging.results.export_log(who, room.round_id).decode(),
    "round": lambda room, who: room.judging.rounds.one(room.round_id),
    "rounds": lambda room, who: room.judging.rounds.all(),
    "contacts": lambda room, who: room.judging.people.contacts(who),
    "waiting": lambda room, who: room.judging.recovery.waiting(who),
    "log of access": lambda room, who: room.judging.for_others.contents(
        who, room.judging.streams.ledger.entries(panel_stream(room.round_id))
    ),
    "streams of all": lambda room, who: room.judging.for_others.kinds(who),
    "practice": lambda room, who: room.judging.practice.codes(),
    "practice ended": lambda room, who: room.judging.practice.ended(),
}
"""Every public method of the judging's parts that returns something of a round."""

WRITES = {
    "create change_rules seal open_scoring close issue_code revoke_code sign_in",
    "rename_judge withdraw_judge replace_judge name_contact issue_again agree on_server",
    "resume sign_out declare_conflict set_recusal save_draft save_field submit reopen",
    "object answer sign_off open",
    "propose confirm decline withdraw",
}


@pytest.fixture
def secret_room(make_room):
    room = make_room(phase="scoring", objection_days=0)
    for judge, (plan, visit, comment) in zip(room.judges, SECRET.values(), strict=True):
        room.judging.sheets.save_draft(judge, "KR-27", "plan", plan, comment)
        room.judging.sheets.save_draft(judge, "KR-27", "visit", visit)
        room.judging.sheets.submit(judge, "KR-27")
    return room


def people(room, others):
    return {
        "j1": room.judges[0],
        "j2": room.judges[1],
        "chair": room.chair,
        "deputy": room.deputies[0],
        "applicant": room.contact("KR-27"),
        "official": DESK,
        "viewer": Identity("", Role.VIEWER),
        "judge elsewhere": others.judges[0],
        "chair elsewhere": others.chair,
    }


def seen(room, who):
    """Whose secrets come out of any read, and which reads let this person in."""
    found, open_reads = set(), set()
    for name, read in READS.items():
        try:
            text = repr(read(room, who))
        except (AccessDenied, UsageError):
            continue
        open_reads.add(name)
        found |= {
            judge for judge, secrets in SECRET.items() for secret in secrets if secret in text
        }
    return found, open_reads


def test_every_public_way_is_in_one_of_the_two_lists():
    named = {name for line in WRITES for name in line.split()}
    named |= {"sheet", "progress", "result", "objections", "log", "export_log", "one", "all"}
    named |= {"codes", "ended", "listed", "contacts", "waiting", "answerable"}
    named |= {"contents", "kinds"}
    parts = (Sessions, Rounds, Sheets, Results, Proposals, Practice, People, Recovery)
    parts += (LogsForOthers,)
    assert {name for part in parts for name in vars(part) if not name.startswith("_")} == named


def test_the_logs_themselves_are_given_to_nobody_but_the_verification():
    """What a round's logs hold unread is handed on by `verify_round` alone, as their ends."""
    lines = [
        line
        for file in (PROJECT_ROOT / "dashboard").rglob("*.py")
        if file.parent.name != "judging"
        for line in file.read_text("utf-8").splitlines()
        if re.search(r"judging\b.*\.streams\b(?! import)", line)
    ]
    assert lines
    assert all(re.search(r"verify_round\([\w()]+\.streams, ", line) for line in lines), lines


def test_while_scoring_is_open_each_judge_sees_the_own_sheet_and_nobody_else_any(
    secret_room, make_room
):
    expected = {"j1": {"j1"}, "j2": {"j2"}}
    for name, who in people(secret_room, make_room()).items():
        found, reads = seen(secret_room, who)
        assert found == expected.get(name, set()), name
        assert "result" not in reads, name
    _, chair_reads = seen(secret_room, secret_room.chair)
    assert chair_reads == {
        *("progress", "proposals", "log", "export", "round", "rounds"),
        *("practice", "practice ended"),
        *("contacts", "waiting", "answerable"),
    }


def test_after_closing_the_chair_sees_all_and_a_judge_still_only_the_own_sheet(
    secret_room, make_room
):
    secret_room.judging.rounds.close(secret_room.chair, "Trial")
    everybody = people(secret_room, make_room())
    assert seen(secret_room, everybody["chair"])[0] == {"j1", "j2"}
    for judge, other in (("j1", "j2"), ("j2", "j1")):
        _, reads = seen(secret_room, everybody[judge])
        name = {"j1": "first", "j2": "second"}
        assert f"{name[judge]} judge's sheet" in reads
        assert f"{name[other]} judge's sheet" not in reads
        log = secret_room.judging.results.export_log(everybody[judge]).decode()
        assert SECRET[judge][2] in log
        assert SECRET[other][2] not in log
    for name in ("deputy", "applicant"):
        assert not {r for r in seen(secret_room, everybody[name])[1] if "sheet" in r}, name
        export = secret_room.judging.results.export_log(everybody[name]).decode()
        assert not any(secrets[2] in export for secrets in SECRET.values()), name
    for name in ("viewer", "judge elsewhere", "chair elsewhere"):
        assert seen(secret_room, everybody[name])[0] == set(), name
        assert "result" not in seen(secret_room, everybody[name])[1], name


def test_result_and_log_of_others_name_no_judge(secret_room):
    judging = secret_room.judging
    judging.rounds.close(secret_room.chair, "Trial")
    for who in (DESK, secret_room.judges[0]):
        result = judging.results.result(who, secret_room.round_id)
        assert result.judges == {}
        totals = result.outcome.applicants[0].totals
        assert [total.judge_id for total in totals] == ["", ""]
        assert [total.total for total in totals] == [89, 11]  # by size, not by judge
        assert {judge for _applicant, judge in result.not_submitted} == {""}
        log = judging.results.export_log(who, secret_room.round_id).decode()
        assert "Judge 2" not in log
    assert judging.results.result(secret_room.chair).judges == {"j1": "Judge 1", "j2": "Judge 2"}


def test_viewers_see_the_result_once_it_is_signed(secret_room, viewer, clock):
    judging = secret_room.judging
    judging.rounds.close(secret_room.chair, "Trial")
    clock.wait(minutes=1)
    with pytest.raises(AccessDenied):
        judging.results.result(viewer, secret_room.round_id)
    assert judging.results.sign_off(secret_room.chair).phase is Phase.SIGNED_OFF
    assert judging.results.result(viewer, secret_room.round_id).is_final


def test_what_a_judge_scored_before_recusal_is_shown_to_nobody(secret_room, make_room):
    judging = secret_room.judging
    judging.sheets.declare_conflict(secret_room.judges[0], "KR-27", "Related")
    judging.rounds.close(secret_room.chair, "Trial")
    for name, who in people(secret_room, make_room()).items():
        assert "j1" not in seen(secret_room, who)[0], name


def test_a_withheld_score_comes_without_its_salt(secret_room):
    # Points are few: with the salt, whoever has the digest could try them all.
    exported = secret_room.judging.results.export_log(secret_room.judges[1]).decode()
    entries = [json.loads(line) for line in exported.splitlines()]
    others = [e for e in entries if e["kind"] == "drafted" and e["actor"] == "j1"]
    assert [(entry["content"], entry["salt"]) for entry in others] == [(None, None)] * 2


def test_an_identity_made_up_for_another_judge_id_is_refused(secret_room):
    nobody = replace(secret_room.judges[0], judge_id="j9")
    with pytest.raises(ClusterReviewError):
        secret_room.judging.sheets.sheet(nobody, "KR-27")
    with pytest.raises(ClusterReviewError):
        secret_room.judging.sheets.progress(replace(nobody, judge_id=None))
