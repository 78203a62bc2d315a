"""What a check of the log proves: cut off, rebuilt, signed, and compared with a printed head."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from dashboard.__main__ import main
from dashboard.errors import LedgerBroken, UsageError
from dashboard.i18n import use_language
from dashboard.judging.judging import Judging
from dashboard.judging.texts import log_promise
from dashboard.judging.verification import verify_round
from dashboard.settings import PROJECT_ROOT, Settings
from dashboard.store.ledger import Ledger


@pytest.fixture
def closed(make_room, rate):
    """Two judges of one applicant, closed."""
    room = make_room(applicants=("KR-27",), objection_days=0)
    rate(room, {"KR-27": [(30, 50), (26, 38)]})
    room.judging.rounds.close(room.chair)
    return room


def cut(settings, stream, count):
    """Take so many entries off the end of a stream, as somebody who writes the file could."""
    with closing(sqlite3.connect(settings.ledger)) as connection:
        connection.execute("DROP TRIGGER IF EXISTS entry_is_never_deleted")
        connection.execute(
            "DELETE FROM entry WHERE stream = ? AND number > "
            "(SELECT max(number) - ? FROM entry WHERE stream = ?)",
            (stream, count, stream),
        )
        connection.commit()


def rebuilt(settings, folder, round_id, *, with_key, sign=True):
    """The logs of a round chained anew in another workspace, 26.0 points made 36.0."""
    forged = Settings(workspace=folder)
    folder.mkdir()
    if with_key:
        shutil.copy(settings.ledger_key, forged.ledger_key)
    ledger, streams = Ledger(forged), (f"sign_in/{round_id}", f"panel/{round_id}")
    for stream in streams:
        for entry in Ledger(settings).entries(stream):
            content = dict(entry.content)
            if content.get("points") == "26.0":
                content["points"] = "36.0"
            if "checkpoint" in content:
                del content["checkpoint"]
                if sign:
                    heads = {name: ledger.head(name) for name in streams}
                    content["checkpoint"] = ledger.checkpoints.sign(heads)
            ledger.append(stream, entry.kind, entry.actor, content)
    if not with_key and sign:
        shutil.copy(settings.ledger_key, forged.ledger_key)  # the true key stays where it was
    return forged


def test_a_log_that_goes_on_from_a_printed_head_says_how_many_entries_came_later(
    make_room, rate, clock
):
    closed = make_room(applicants=("KR-27",), objection_days=1)
    rate(closed, {"KR-27": [(30, 50), (26, 38)]})
    judging = closed.judging
    judging.rounds.close(closed.chair)
    printed = judging.results.result(closed.chair).log
    # created, 2 assigned, sealed, opened, 4 drafted, 2 submitted, closed
    assert printed.number == 12
    assert verify_round(judging.streams, closed.round_id, printed.digest).later == 0
    judging.results.object(closed.contact("KR-27"), "KR-27", "The route was cut short")
    judging.results.answer(closed.chair, "o1", "It was not", False)
    clock.wait(days=2)
    judging.results.sign_off(closed.chair)
    found = verify_round(judging.streams, closed.round_id, f" {printed.digest.upper()}\n")
    # Contact named, objection, answer, signature.
    assert (found.later, found.log.number) == (4, 16)
    # Entry 12 is proven by the head itself; of the two checkpoints one came after it.
    assert found.signed == (16,)
    assert verify_round(judging.streams, closed.round_id).signed == (12, 16)


def test_entries_cut_off_at_the_end_are_found_by_a_printed_head_only(closed, settings, clock):
    clock.wait(seconds=1)
    closed.judging.results.sign_off(closed.chair)
    printed = closed.judging.results.result(closed.chair).log
    cut(settings, f"panel/{closed.round_id}", 1)
    anew = Judging(settings, clock)
    assert verify_round(anew.streams, closed.round_id).log.number == printed.number - 1
    with pytest.raises(LedgerBroken, match="cut off or rebuilt"):
        verify_round(anew.streams, closed.round_id, printed.digest)


@pytest.mark.parametrize("sign", [True, False])
def test_a_log_rebuilt_without_the_key_is_found(closed, settings, tmp_path, sign):
    forged = rebuilt(settings, tmp_path / "forged", closed.round_id, with_key=False, sign=sign)
    with pytest.raises(LedgerBroken, match=r"cannot be checked|carries no signature"):
        verify_round(Judging(forged).streams, closed.round_id)


def test_a_signature_made_up_is_found(closed, settings, tmp_path):
    forged = rebuilt(settings, tmp_path / "forged", closed.round_id, with_key=True)
    entry = Ledger(settings).entries(f"panel/{closed.round_id}")[-1]
    checkpoint = {**entry.content["checkpoint"], "signature": "0" * 64}
    with pytest.raises(LedgerBroken, match="tampered"):
        Ledger(forged).checkpoints.check(checkpoint)


def test_a_log_rebuilt_with_the_key_is_found_by_a_printed_head_only(closed, settings, tmp_path):
    printed = closed.judging.results.result(closed.chair).log
    forged = Judging(rebuilt(settings, tmp_path / "forged", closed.round_id, with_key=True))
    assert verify_round(forged.streams, closed.round_id).signed == (12,)
    with pytest.raises(LedgerBroken, match="cut off or rebuilt"):
        verify_round(forged.streams, closed.round_id, printed.digest)


def test_a_checkpoint_of_another_place_of_the_log_does_not_fit(closed, settings, tmp_path):
    # Its signature is true; the entry that carries it was moved one place back.
    stream, forged = f"panel/{closed.round_id}", Settings(workspace=tmp_path / "forged")
    forged.workspace.mkdir()
    shutil.copy(settings.ledger_key, forged.ledger_key)
    for name in (f"sign_in/{closed.round_id}", stream):
        for entry in Ledger(settings).entries(name):
            if (entry.stream, entry.number) != (stream, 11):
                Ledger(forged).append(name, entry.kind, entry.actor, entry.content)
    with pytest.raises(LedgerBroken, match="cut off or rebuilt"):
        verify_round(Judging(forged).streams, closed.round_id)


@pytest.mark.parametrize("change", ["cut", "edited"])
def test_the_log_of_sign_ins_is_followed_too(closed, settings, change):
    stream = f"sign_in/{closed.round_id}"
    verify_round(closed.judging.streams, closed.round_id)
    if change == "cut":
        cut(settings, stream, 1)
    else:
        with closing(sqlite3.connect(settings.ledger)) as connection:
            connection.execute("DROP TRIGGER entry_is_never_changed")
            connection.execute(
                "UPDATE entry SET actor = 'j9' WHERE stream = ? AND kind = 'signed_in'", (stream,)
            )
            connection.commit()
    with pytest.raises(LedgerBroken, match="cut off or rebuilt" if change == "cut" else "tampered"):
        verify_round(Judging(settings).streams, closed.round_id)


def test_the_key_is_its_owners_alone_and_a_printed_head_does_without_it(closed, settings):
    assert settings.ledger_key.stat().st_mode & 0o777 == 0o600
    printed = closed.judging.results.result(closed.chair).log
    for spoil in (settings.ledger_key.unlink, lambda: settings.ledger_key.write_text("no key")):
        spoil()
        with pytest.raises(LedgerBroken, match="cannot be checked"):
            verify_round(closed.judging.streams, closed.round_id)
        assert verify_round(closed.judging.streams, closed.round_id, printed.digest).later == 0


def test_what_is_no_digest_is_refused(closed):
    for wrong in ("12ab", "g" * 64, "0" * 63):
        with pytest.raises(UsageError):
            verify_round(closed.judging.streams, closed.round_id, wrong)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_command_line_compares_and_says_what_it_cannot_find(
    closed, settings, process_settings, monkeypatch, capsys, language
):
    process_settings(settings)
    monkeypatch.setenv("LANG", f"{language}_KR.UTF-8")
    printed = closed.judging.results.result(closed.chair).log.digest
    for arguments in ([], ["--head", printed]):
        assert main(["panel", "verify", closed.round_id, *arguments]) == 0
        said = capsys.readouterr().out
        use_language(language)
        assert log_promise() in said
        assert printed in said
    assert main(["panel", "verify", closed.round_id, "--head", "0" * 64]) == 1
    assert main(["panel", "verify", closed.round_id, "--head", "0"]) == 2


def test_the_docs_say_the_same_of_the_log():
    assert log_promise() in (PROJECT_ROOT / "docs" / "review_room.md").read_text("utf-8")
