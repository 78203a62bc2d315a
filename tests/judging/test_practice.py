"""The practice round: invented, said so everywhere, and nowhere in the record."""

import json
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from dashboard.__main__ import main
from dashboard.access import DESK, Role
from dashboard.i18n import speaking
from dashboard.judging.judging import Judging
from dashboard.judging.practice import _FILE as PRACTICE_FILE
from dashboard.judging.practice_names import progress_named, result_named
from dashboard.judging.round_log import verify_export
from dashboard.judging.rules_text import rules_json, rules_of
from dashboard.judging.sign_in import prepare, write_code
from dashboard.judging.texts import practice_warning
from dashboard.judging.verification import verify_round
from dashboard.judging.views import Phase, SheetStatus
from dashboard.settings import PROJECT_ROOT


@pytest.fixture
def practice(judging):
    return judging.practice.open()


def people(judging, practice):
    return [
        judging.sessions.sign_in(practice.round_id, person.code).identity
        for person in judging.practice.codes()
    ]


def test_it_is_opened_once_however_many_ask(settings):
    with ThreadPoolExecutor(4) as threads:
        views = list(threads.map(lambda _: Judging(settings).practice.open(), range(4)))
    assert {view.round_id for view in views} == {"practice-1"}
    judging = Judging(settings)
    assert [view.round_id for view in judging.rounds.all()] == ["practice-1"]
    assert judging.rounds.all(include_practice=False) == []
    assert judging.practice.open(restart=True).round_id == "practice-2"
    assert judging.practice.open().round_id == "practice-2"


def test_everything_of_it_says_that_it_is_practice(judging, practice):
    chair, *others = people(judging, practice)
    judges = [one for one in others if one.role is Role.JUDGE]
    assert (chair.role, chair.is_practice, len(judges)) == (Role.CHAIR, True, 6)
    roles = [one.role for one in others if one not in judges]
    assert roles == [Role.DEPUTY] * 2 + [Role.APPLICANT] * 5
    seen = [
        practice,
        judging.sheets.sheet(judges[0], "KR-27"),
        judging.sheets.progress(chair),
        *others,
    ]
    judging.rounds.close(chair, "Trial")
    seen += [judging.results.result(chair), judging.results.result(DESK, practice.round_id)]
    seen += judging.practice.codes()
    assert all(view.is_practice for view in seen)
    assert b"practice/practice-1" in judging.results.export_log(chair).splitlines()[0]
    verify_export(judging.results.export_log(chair))


def test_it_can_be_played_to_its_end(judging, practice, clock):
    chair, *judges = people(judging, practice)[:7]
    open_sheets = [
        (judge.judge_id, sheet.applicant, sheet.status)
        for judge in judging.sheets.progress(chair).judges
        for sheet in judge.sheets
        if sheet.status in (SheetStatus.EMPTY, SheetStatus.STARTED)
    ]
    assert open_sheets == [("j6", "KR-30", "started"), ("j6", "KR-42", "started")]
    last = judges[5]
    judging.sheets.submit(last, "KR-30")
    for criterion, points in (("c4", 11), ("c5", "10.5"), ("c6", 10)):
        judging.sheets.save_draft(last, "KR-42", criterion, points)
    judging.sheets.submit(last, "KR-42")
    judging.rounds.close(chair)
    result = judging.results.result(chair)
    # Daegu 90 88 91 89 92 64 → 358 / 4. Incheon 82 85 85.5 – 86 91 → 256.5 / 3, and Busan
    # 84 86 87 83 85 90 → 342 / 4: both 85.5; on site Incheon has 259 / 5 = 51.8, Busan
    # 309.5 / 6 = 51.58…. Daejeon 77 79 78.5 80 75 81 → 314.5 / 4 = 78.625.
    # Gangwon 70 69 72.5 66 71 69 → 279 / 4 = 69.75, below the pass mark of 70.
    assert [(r.applicant, r.rank, r.final, r.passes) for r in result.outcome.applicants] == [
        ("KR-27", 1, Decimal("89.50"), True),
        ("KR-28", 2, Decimal("85.50"), True),
        ("KR-26", 3, Decimal("85.50"), True),
        ("KR-30", 4, Decimal("78.63"), True),
        ("KR-42", 5, Decimal("69.75"), False),
    ]
    clock.wait(days=8)
    assert judging.results.sign_off(chair).phase is Phase.SIGNED_OFF
    verify_round(judging.streams, practice.round_id)


def test_a_practice_round_made_before_there_were_deputies_stays_readable(judging, settings):
    """As it was written then: a chair and judges, and no entry of anybody else."""
    rules = rules_of(json.loads(PRACTICE_FILE.read_text("utf-8"))["rules"])
    with judging.streams.writing_sign_in("practice-1") as (_state, codes):
        salt = prepare(codes)
        write_code(codes, salt, "chair", "Practice chair", Role.CHAIR, "CHAIR-22222")
        write_code(codes, salt, "j1", "Practice judge 1", Role.JUDGE, "JUDGE-22222")
    created = {"rules": rules_json(rules), "chair": "Practice chair"}
    judging.streams.ledger.append("practice/practice-1", "created", "chair", created)
    judge = {"judge_id": "j1", "name": "Practice judge 1"}
    judging.streams.ledger.append("practice/practice-1", "judge_assigned", "chair", judge)
    assert judging.practice.open().deputies == ()
    assert [one.holder for one in judging.practice.codes()] == ["chair", "j1"]
    chair = judging.sessions.sign_in("practice-1", "CHAIR-22222").identity
    assert [one.judge_id for one in judging.sheets.progress(chair).judges] == ["j1"]
    # Without deputies the chair goes on alone, also while scoring is open.
    judging.rounds.seal(chair)
    judging.rounds.open_scoring(chair)
    again = judging.people.issue_again(chair, "j1", "Lost")
    assert judging.sessions.sign_in("practice-1", again.code).identity.judge_id == "j1"


def test_nothing_of_it_is_in_the_public_record():
    for path in (PROJECT_ROOT / "data" / "public_record").glob("*.csv"):
        assert "연습" not in path.read_text("utf-8"), path.name


def test_the_command_line_marks_it_and_shows_no_score_before_closing(
    judging, practice, process_settings, settings, capsys
):
    process_settings(settings)
    chair = people(judging, practice)[0]
    assert main(["panel", "list"]) == 0
    assert "invented" in capsys.readouterr().out
    before = ["panel", "result", practice.round_id, "--code", "CHAIR-22222"]
    assert main(before) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "until the chair closes" in said.err
    judging.rounds.close(chair, "Trial")
    assert main(before) == 0
    assert practice_warning() in capsys.readouterr().out
    assert main(["panel", "verify", practice.round_id]) == 0
    assert verify_round(judging.streams, practice.round_id).log.digest in capsys.readouterr().out
    assert main(["panel", "log", practice.round_id, "--code", "WRNG2WRNG2"]) == 1
    assert main(["panel", "verify", "nowhere"]) == 2
    capsys.readouterr()
    assert main(["panel", "log", practice.round_id, "--code", "CHAIR-22222"]) == 0
    exported = capsys.readouterr().out.encode()
    assert verify_export(exported) == verify_round(judging.streams, practice.round_id).log.digest


def test_codes_that_were_replaced_or_revoked_are_not_shown_as_open_to_everybody(judging, practice):
    chair = people(judging, practice)[0]
    assert judging.practice.ended() == []
    judging.people.issue_again(chair, "a-KR-27", "Lost")
    judging.sessions.revoke_code(chair, "j2")
    shown = {one.holder for one in judging.practice.codes()}
    assert len(shown) == 12  # fourteen people without these two
    assert not shown & {"a-KR-27", "j2"}
    assert judging.practice.ended() == [
        "연습 심사위원 2 · Practice judge 2",
        "연습 대구 담당자 · Practice contact of Daegu",
    ]
    judging.practice.open(restart=True)
    assert (len(judging.practice.codes()), judging.practice.ended()) == (14, [])


@pytest.mark.parametrize(("code", "named"), [("ko", "연습 심사위원 1"), ("en", "Practice judge 1")])
def test_invented_names_stand_in_the_language_of_the_page(judging, practice, code, named):
    chair = people(judging, practice)[0]
    judging.rounds.close(chair, "Trial")
    progress, result = judging.sheets.progress(chair), judging.results.result(chair)
    with speaking(code):
        assert progress_named(progress).judges[0].name == named
        assert result_named(result).judges["j1"] == named
        seen = result_named(result).round
        assert not [name for name in (seen.chair, *seen.deputies) if " · " in name]
