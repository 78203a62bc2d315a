"""Codes: personal, shown once, revocable, and slow to guess."""

import hashlib

import pytest

from dashboard.access import DESK, Role
from dashboard.errors import AccessDenied, UsageError
from dashboard.judging import sign_in as sign_in_module
from dashboard.judging.judging import Judging
from dashboard.judging.proposed import Change


def hand_again(room, judge_id="j1"):
    """The judge's code once more, as it comes while scoring is open."""
    change = room.change(Change.CODE_AGAIN, {"judge_id": judge_id}, "The slip was lost")
    return change.issued


def test_a_code_opens_the_round_as_whom_it_was_issued_to(judging, room):
    identity = judging.sessions.sign_in(room.round_id, room.codes[1]).identity
    assert (identity.role, identity.judge_id, identity.name) == (Role.JUDGE, "j2", "Judge 2")
    assert identity.round_id == room.round_id
    assert room.chair.role is Role.CHAIR


def test_case_blanks_and_hyphens_do_not_matter(judging, room):
    code = room.codes[0]
    assert len(code.replace("-", "")) == 10
    assert not set(code) & set("01ILO")
    typed = f" {code[:3].lower()} {code[3:].replace('-', '').lower()}"
    assert judging.sessions.sign_in(room.round_id, typed).identity.judge_id == "j1"


def test_neither_code_nor_token_stands_in_the_file(judging, room, settings):
    session = judging.sessions.sign_in(room.round_id, room.codes[0])
    stored = b"".join(path.read_bytes() for path in settings.workspace.glob("ledger.sqlite*"))
    assert room.codes[0].encode() not in stored
    assert room.codes[0].replace("-", "").encode() not in stored
    assert session.token.partition(".")[2].encode() not in stored


def test_a_code_of_one_round_does_not_open_another(judging, room, make_room):
    with pytest.raises(AccessDenied):
        judging.sessions.sign_in(make_room().round_id, room.codes[0])
    with pytest.raises(UsageError):
        judging.sessions.sign_in("mct-cluster-2019-none", room.codes[0])


def test_a_reload_keeps_a_judge_signed_in_also_in_another_process(judging, room, settings, clock):
    session = judging.sessions.sign_in(room.round_id, room.codes[0])
    clock.wait(hours=11, minutes=59)
    assert Judging(settings, clock).sessions.resume(session.token) == session.identity
    clock.wait(minutes=1)
    with pytest.raises(AccessDenied):
        judging.sessions.resume(session.token)


@pytest.mark.parametrize("token", ["", ".", "x", "mct-cluster-2019-abc.def", "../x.y", "\0.\0"])
def test_tokens_that_were_never_given_are_refused(judging, room, token):
    with pytest.raises(AccessDenied):
        judging.sessions.resume(token)
    judging.sessions.sign_out(token)


def test_another_rounds_token_does_not_fit(judging, room, make_room):
    session = judging.sessions.sign_in(room.round_id, room.codes[0])
    secret = session.token.partition(".")[2]
    with pytest.raises(AccessDenied):
        judging.sessions.resume(f"{make_room().round_id}.{secret}")


def test_signing_out_ends_one_session_only(judging, room):
    one, two = (judging.sessions.sign_in(room.round_id, room.codes[0]) for _ in range(2))
    judging.sessions.sign_out(one.token)
    with pytest.raises(AccessDenied):
        judging.sessions.resume(one.token)
    assert judging.sessions.resume(two.token).judge_id == "j1"


def test_revoking_ends_code_and_sessions_and_keeps_scores(judging, room):
    session = judging.sessions.sign_in(room.round_id, room.codes[0])
    judging.sheets.save_draft(session.identity, "KR-27", "plan", 30)
    judging.sessions.revoke_code(room.chair, "j1")
    with pytest.raises(AccessDenied):
        judging.sessions.resume(session.token)
    with pytest.raises(AccessDenied):
        judging.sessions.sign_in(room.round_id, room.codes[0])
    assert not judging.sheets.progress(room.chair).judges[0].has_code
    again = hand_again(room)
    identity = judging.sessions.sign_in(room.round_id, again.code).identity
    assert (identity.name, identity.judge_id) == ("Judge 1", "j1")
    assert judging.sheets.sheet(identity, "KR-27").cells[0].points == 30


def test_a_new_code_ends_the_former_one(judging, make_room):
    room = make_room(phase="sealed")
    again = judging.people.issue_again(room.chair, "j1", "The slip was lost")
    with pytest.raises(AccessDenied):
        judging.sessions.sign_in(room.round_id, room.codes[0])
    judging.sessions.sign_in(room.round_id, again.code)
    assert len(judging.sheets.progress(room.chair).judges) == 2


def test_the_chair_can_renew_the_own_code(judging, room):
    renewed = judging.people.issue_again(room.chair, "chair", "Seen by others")
    identity = judging.sessions.sign_in(room.round_id, renewed.code).identity
    assert (identity.role, identity.name) == (Role.CHAIR, "Kim")


def test_only_the_chair_issues_and_revokes(judging, room, viewer):
    for who in (DESK, viewer, room.judges[0]):
        with pytest.raises(AccessDenied):
            judging.sessions.issue_code(who, "Lee")
        with pytest.raises(AccessDenied):
            judging.sessions.revoke_code(who, "j2")
    with pytest.raises(UsageError):
        judging.sessions.revoke_code(room.chair, "j9")


def test_after_thirty_wrong_codes_a_pause_that_outlives_a_restart(judging, room, settings, clock):
    for _ in range(30):
        with pytest.raises(AccessDenied, match="does not open"):
            judging.sessions.sign_in(room.round_id, "WRNG2WRNG2", "tablet")
    with pytest.raises(AccessDenied, match="Too many"):
        judging.sessions.sign_in(room.round_id, room.codes[0], "tablet")  # right, but not now
    with pytest.raises(AccessDenied, match="Too many"):
        Judging(settings, clock).sessions.sign_in(room.round_id, room.codes[0], "tablet")
    judging.sessions.sign_in(room.round_id, room.codes[1], "another tablet")
    clock.wait(seconds=60)
    judging.sessions.sign_in(room.round_id, room.codes[0], "tablet")


def test_the_pause_allows_one_attempt_a_minute(judging, room, clock):
    for _ in range(30):
        with pytest.raises(AccessDenied):
            judging.sessions.sign_in(room.round_id, "WRNG2WRNG2")
    clock.wait(minutes=1)
    with pytest.raises(AccessDenied, match="does not open"):
        judging.sessions.sign_in(room.round_id, "WRNG2WRNG2")
    with pytest.raises(AccessDenied, match="Too many"):
        judging.sessions.sign_in(room.round_id, "WRNG2WRNG2")
    clock.wait(minutes=11)
    with pytest.raises(AccessDenied, match="does not open"):
        judging.sessions.sign_in(room.round_id, "WRNG2WRNG2")
    with pytest.raises(AccessDenied, match="does not open"):
        judging.sessions.sign_in(room.round_id, "WRNG2WRNG2")  # the former failures no longer count


def test_wrong_codes_from_elsewhere_shut_nobody_out(judging, room):
    for client in range(40):
        with pytest.raises(AccessDenied, match="does not open"):
            judging.sessions.sign_in(room.round_id, "WRNG2WRNG2", str(client))
    judging.sessions.sign_in(room.round_id, room.codes[0], "a judge's tablet")


def test_a_panel_behind_one_address_mistypes_and_comes_in(judging, room):
    for _mistyped in range(29):
        with pytest.raises(AccessDenied, match="does not open"):
            judging.sessions.sign_in(room.round_id, "WRNG2WRNG2", "the office")
    for code in room.codes:
        judging.sessions.sign_in(room.round_id, code, "the office")


def test_a_pause_grows_with_what_fails_and_never_beyond_a_minute(judging, room, clock):
    # 30 are free; then 2 s after each of five, 4 s after each of the next five, 8, 16, 32, 60 …
    def attempt():
        with pytest.raises(AccessDenied) as refused:
            judging.sessions.sign_in(room.round_id, "WRNG2WRNG2", "tablet")
        return refused.value.title

    for _free in range(30):
        assert "does not open" in attempt()
    for seconds in (2, 2, 2, 2, 2, 4, 4, 4, 4, 4, 8):
        clock.wait(seconds=seconds - 1)
        assert "Too many" in attempt()
        clock.wait(seconds=1)
        assert "does not open" in attempt()
    for _more in range(30):
        clock.wait(seconds=60)
        judging.sessions.sign_in(room.round_id, room.codes[0], "tablet")
        with pytest.raises(AccessDenied):
            judging.sessions.sign_in(room.round_id, "WRNG2WRNG2", "tablet")


def test_a_browser_that_was_in_before_is_not_held_up_by_others_behind_its_address(judging, room):
    judging.sessions.sign_in(room.round_id, room.codes[0], "office", "my browser")
    for _guess in range(40):
        with pytest.raises(AccessDenied):
            judging.sessions.sign_in(room.round_id, "WRNG2WRNG2", "office", "made up")
    with pytest.raises(AccessDenied, match="Too many"):
        judging.sessions.sign_in(room.round_id, room.codes[1], "office", "another one")
    judging.sessions.sign_in(room.round_id, room.codes[0], "office", "my browser")


def test_a_browser_that_was_in_before_guesses_no_more_than_any_other(judging, room):
    judging.sessions.sign_in(room.round_id, room.codes[0], "office", "my browser")
    for _guess in range(10 + 30):  # its own ten, then the thirty of its address
        with pytest.raises(AccessDenied, match="does not open"):
            judging.sessions.sign_in(room.round_id, "WRNG2WRNG2", "office", "my browser")
    with pytest.raises(AccessDenied, match="Too many"):
        judging.sessions.sign_in(room.round_id, "WRNG2WRNG2", "office", "my browser")


def test_a_browser_is_known_to_the_round_it_was_in_only(judging, room, make_room):
    judging.sessions.sign_in(room.round_id, room.codes[0], "office", "my browser")
    other = make_room()
    for _guess in range(30):
        with pytest.raises(AccessDenied, match="does not open"):
            judging.sessions.sign_in(other.round_id, "WRNG2WRNG2", "office", "my browser")
    with pytest.raises(AccessDenied, match="Too many"):
        judging.sessions.sign_in(other.round_id, other.codes[0], "office", "my browser")


@pytest.mark.parametrize("count", [240, pytest.param(2400, marks=pytest.mark.long)])
def test_any_number_of_wrong_codes_from_everywhere_stops_nobody(judging, room, count):
    for client in range(count):
        with pytest.raises(AccessDenied, match="does not open"):
            judging.sessions.sign_in(room.round_id, "WRNG2WRNG2", f"10.0.{client // 20}.1")
    judging.sessions.sign_in(room.round_id, room.codes[0], "a judge's tablet")


def test_codes_are_kept_as_scrypt(monkeypatch):
    monkeypatch.setattr(sign_in_module, "_COST", 2**15)
    expected = hashlib.scrypt(
        b"ABCDE23456", salt=b"\1\2", n=32768, r=8, p=1, maxmem=2**26, dklen=32
    )
    assert sign_in_module.hash_code("0102", "abcde-23456") == expected.hex()
