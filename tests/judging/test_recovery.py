"""A lost code of the chair: two deputies together, or the administrator of the server."""

import pytest

from dashboard.__main__ import main
from dashboard.access import DESK, Role
from dashboard.errors import AccessDenied, JudgingRefused
from dashboard.judging.verification import verify_round
from dashboard.settings import PROJECT_ROOT


def entries(room, who, kind):
    return [e.content for e in room.judging.results.log(who, room.round_id) if e.kind == kind]


@pytest.mark.parametrize("phase", ["draft", "sealed", "scoring", "closed", "signed"])
def test_both_deputies_together_give_the_chair_a_new_code(make_room, clock, phase):
    room = make_room(phase=phase if phase in ("draft", "sealed") else "scoring", objection_days=0)
    judging = room.judging
    if phase in ("closed", "signed"):
        judging.rounds.close(room.chair, "Trial")
    if phase == "signed":
        clock.wait(minutes=1)
        judging.results.sign_off(room.chair)
    first, second = room.deputies
    stays = judging.sessions.sign_in(room.round_id, room.codes[0])
    assert judging.recovery.agree(first, "The slip is lost") == ()
    assert [one.name for one in judging.recovery.waiting(room.chair)] == ["Lee"]
    (issued,) = judging.recovery.agree(second, "The chair told me so")
    chair = judging.sessions.sign_in(room.round_id, issued.code).identity
    assert chair == room.chair
    assert judging.recovery.waiting(chair) == []
    assert judging.sessions.resume(stays.token) == room.judges[0]
    assert entries(room, chair, "recovery_agreed") == [
        {"holder": "d1", "reason": "The slip is lost"},
        {"holder": "d2", "reason": "The chair told me so"},
    ]
    assert entries(room, chair, "code_issued_again") == [
        {"holder": "chair", "reason": "The chair told me so", "by": "d2"}
    ]
    verify_round(judging.streams, room.round_id)


def test_the_former_code_and_its_sessions_end(judging, rules):
    view, issued = judging.rounds.create(DESK, rules, "Kim", ("Lee", "Park"))
    sessions = [judging.sessions.sign_in(view.round_id, one.code) for one in issued]
    judging.recovery.agree(sessions[1].identity, "Leaked")
    judging.sessions.resume(sessions[0].token)  # one alone ends nothing
    judging.recovery.agree(sessions[2].identity, "Leaked")
    with pytest.raises(AccessDenied):
        judging.sessions.resume(sessions[0].token)
    with pytest.raises(AccessDenied):
        judging.sessions.sign_in(view.round_id, issued[0].code)


def test_one_deputy_is_not_two(room):
    deputy = room.deputies[0]
    room.judging.recovery.agree(deputy, "Lost")
    with pytest.raises(JudgingRefused, match="agreed already"):
        room.judging.recovery.agree(deputy, "Lost, really")
    with pytest.raises(JudgingRefused, match="text is missing"):
        room.judging.recovery.agree(room.deputies[1], " ")
    assert entries(room, room.chair, "code_issued_again") == []


def test_an_agreement_waits_seven_days(room, clock):
    first, second = room.deputies
    room.judging.recovery.agree(first, "Lost")
    clock.wait(days=7, seconds=1)
    assert room.judging.recovery.waiting(first) == []
    assert room.judging.recovery.agree(second, "Lost") == ()
    clock.wait(days=7)
    assert len(room.judging.recovery.agree(first, "Lost")) == 1


def test_only_deputies_agree(room, viewer):
    for who in (DESK, viewer, room.chair, room.judges[0], room.contact("KR-27")):
        with pytest.raises(AccessDenied):
            room.judging.recovery.agree(who, "Lost")
    for who in (DESK, viewer, room.contact("KR-26")):
        with pytest.raises(AccessDenied):
            room.judging.recovery.waiting(who)


def test_what_needs_no_code_is_called_by_the_command_line_alone():
    callers = [
        file.name
        for file in (PROJECT_ROOT / "dashboard").rglob("*.py")
        if ".on_server(" in file.read_text("utf-8")
    ]
    assert callers == ["panel.py"]


def test_the_administrator_recovers_on_the_server(room, settings, process_settings, capsys):
    process_settings(settings)
    judging = room.judging
    why = ["--reason", "Both deputies are abroad", "--name", "Choi"]
    assert main(["panel", "recover-chair", room.round_id, *why]) == 0
    code = capsys.readouterr().out.splitlines()[0].rpartition(" ")[2]
    assert judging.sessions.sign_in(room.round_id, code).identity == room.chair
    assert main(["panel", "recover-deputy", room.round_id, "d2", *why]) == 0
    code = capsys.readouterr().out.splitlines()[0].rpartition(" ")[2]
    identity = judging.sessions.sign_in(room.round_id, code).identity
    assert (identity.role, identity.deputy_id) == (Role.DEPUTY, "d2")
    log = [e for e in judging.results.log(room.chair) if e.kind == "code_issued_again"]
    assert [(e.actor, e.content["holder"], e.content["by"]) for e in log] == [
        ("administrator", "chair", "Choi"),
        ("administrator", "d2", "Choi"),
    ]
    assert main(["panel", "recover-chair", room.round_id, "--reason", " ", "--name", "Choi"]) == 1
    assert main(["panel", "recover-chair", "nowhere", *why]) == 2
