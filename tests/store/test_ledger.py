"""The ledger: nothing lost between processes, nothing changed without being found."""

import multiprocessing
import shutil
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import psycopg
import pytest

from dashboard.errors import LedgerBroken
from dashboard.settings import Settings
from dashboard.store.ledger import GENESIS, Ledger
from dashboard.store.sought import Sought

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture(params=["file", "database"])
def settings(request, tmp_path):
    """Of one machine, and of one of several that share a database."""
    if request.param == "file":
        return Settings(workspace=tmp_path)
    return request.getfixturevalue("shared_servers").settings(tmp_path)


@pytest.fixture
def ledger(settings):
    return Ledger(settings)


def tamper(settings, sql, *values):
    """Change the log as somebody with access to the server would."""
    if settings.is_shared:
        change(settings, "ALTER TABLE entry DISABLE TRIGGER USER", sql)
        return
    with closing(sqlite3.connect(settings.ledger)) as connection:
        connection.execute("DROP TRIGGER entry_is_never_changed")
        connection.execute("DROP TRIGGER entry_is_never_deleted")
        connection.execute(sql, values)
        connection.commit()


def change(settings, *statements):
    with psycopg.connect(settings.catalogue.text) as connection:
        for sql in ("SET search_path = cluster_review", *statements):
            connection.execute(sql)


def count_up(settings, name, times):
    """Each entry depends on what was there before: a lost one would leave a number twice."""
    ledger = Ledger(settings)
    for _ in range(times):
        with ledger.writing("count") as writer:
            last = writer.entries[-1].content["count"] if writer.number else 0
            writer.append("counted", name, {"count": last + 1})


def test_a_stream_says_what_was_written_and_who_wrote_it(ledger):
    ledger.append("a", "said", "Kim", {"text": "가나다", "points": "7.5"})
    ledger.append("b", "said", "Lee", {})
    ledger.append("a", "said", "Park", {"text": None})
    entries = ledger.entries("a")
    assert [(e.number, e.actor, dict(e.content)) for e in entries] == [
        (1, "Kim", {"text": "가나다", "points": "7.5"}),
        (2, "Park", {"text": None}),
    ]
    assert ledger.entries("a", after=1) == entries[1:]
    assert ledger.streams() == ["a", "b"]
    assert ledger.verify("a") == entries
    assert ledger.head("a") == (2, entries[1].digest)
    assert ledger.verify("nobody wrote here") == []
    assert ledger.head("nobody wrote here") == (0, GENESIS)


def test_a_block_that_fails_leaves_nothing(ledger):
    ledger.append("a", "said", "", {"n": 1})

    def fail():
        with ledger.writing("a") as writer:
            writer.append("said", "", {"n": 2})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert [entry.content["n"] for entry in ledger.entries("a")] == [1]


def test_two_processes_writing_at_once_lose_nothing(settings, ledger, monkeypatch):
    # A script of Streamlit that another test ran may still be the main module: nothing to run anew.
    monkeypatch.setattr(sys.modules["__main__"], "__file__", None, raising=False)
    # Both begin in an empty workspace, so that they also race for making the file.
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=count_up, args=(settings, f"p{n}", 60)) for n in (1, 2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    entries = ledger.entries("count")
    assert [entry.content["count"] for entry in entries] == list(range(1, 121))
    assert {entry.actor for entry in entries} == {"p1", "p2"}
    ledger.verify("count")


def test_many_threads_writing_at_once_lose_nothing(settings, ledger):
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: count_up(settings, f"t{n}", 10), range(8)))
    assert [e.content["count"] for e in ledger.entries("count")] == list(range(1, 81))
    ledger.verify("count")


def test_entries_of_several_streams_are_found_newest_first(settings, ledger):
    for stream, actor, account in (("a", "Kim", "kim@x"), ("b", "Lee", "lee@x"), ("a", "Lee", "")):
        ledger.append(stream, "said", actor, {"account": account, "report": "sheets", "round": "r"})
    sought = Sought({"a": None, "b": frozenset({"said"})})
    found = ledger.newest(sought)
    assert [(e.stream, e.number) for e in found][-1] == ("a", 1)
    assert (ledger.count(sought), ledger.kinds(sought)) == (3, ["said"])
    assert [e.number for e in ledger.newest(sought, 2, 5)] == [1]
    assert ledger.count(replace(sought, actor="LEE")) == 2
    assert ledger.count(replace(sought, without_sheets_of=frozenset({"r"}))) == 0
    assert ledger.count(replace(sought, without_sheets_of=frozenset({"other"}))) == 3


@pytest.mark.parametrize(
    ("sql", "place"),
    [
        ('UPDATE entry SET content = \'{"points":"9"}\' WHERE number = 2', 2),
        ("UPDATE entry SET actor = 'Lee' WHERE number = 1", 1),
        ("UPDATE entry SET written_at = '2019-01-01' WHERE number = 3", 3),
        ("UPDATE entry SET salt = '00' WHERE number = 2", 2),
        ("DELETE FROM entry WHERE number = 2", 2),
        ("UPDATE entry SET number = number + 10 WHERE number = 3", 3),
    ],
)
def test_a_tampered_file_is_found(settings, ledger, sql, place):
    for points in ("7", "8", "8.5"):
        ledger.append("a", "scored", "Kim", {"points": points})
    tamper(settings, sql)
    with pytest.raises(LedgerBroken, match=f"entry {place} "):
        ledger.verify("a")


def test_a_chain_cut_off_at_its_end_shows_another_last_digest(settings, ledger):
    for points in ("7", "8"):
        ledger.append("a", "scored", "Kim", {"points": points})
    written_down = ledger.head("a")
    tamper(settings, "DELETE FROM entry WHERE number = 2")
    assert ledger.verify("a")[-1].digest != written_down.digest


def test_the_log_itself_refuses_to_change_or_delete(settings, ledger):
    ledger.append("a", "scored", "Kim", {"points": "7"})
    if settings.is_shared:
        for sql in ("UPDATE entry SET actor = 'Lee'", "DELETE FROM entry", "TRUNCATE entry"):
            with pytest.raises(psycopg.errors.RaiseException, match="never"):
                change(settings, sql)
        return
    with closing(sqlite3.connect(settings.ledger)) as connection:
        for sql in ("UPDATE entry SET actor = 'Lee'", "DELETE FROM entry"):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                connection.execute(sql)


def test_equal_contents_have_different_digests(ledger):
    # Points are few: without salt, whoever sees the digest of a withheld score could try them all.
    first, second = (ledger.append("a", "scored", "Kim", {"points": "7"}) for _ in range(2))
    assert first.content_digest != second.content_digest


def test_a_copy_of_the_file_holds_too(tmp_path):
    settings = Settings(workspace=tmp_path)
    ledger = Ledger(settings)
    ledger.append("a", "scored", "Kim", {"points": "7"})
    elsewhere = Settings(workspace=tmp_path / "restored")
    elsewhere.workspace.mkdir()
    shutil.copy(settings.ledger, elsewhere.ledger)
    assert Ledger(elsewhere).verify("a") == ledger.verify("a") != []
