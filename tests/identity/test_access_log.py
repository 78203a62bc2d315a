"""The log of who did what: who reads it, what is in it, and that it was not tampered with."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.access import DESK, VIEWER, Action, Identity, Role, require, tell_of_refusals
from dashboard.content.access_lines import facts_text, log_csv
from dashboard.errors import AccessDenied, LedgerBroken
from dashboard.i18n import use_language
from dashboard.identity.access_log import AccessLog, Filter, exported
from dashboard.identity.accounts import Accounts
from dashboard.settings import Settings
from dashboard.store.ledger import Ledger

pytestmark = pytest.mark.usefixtures("english")

NINE = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
KIM = Identity("Kim Mina", Role.OFFICIAL, region="KR-27", account="kim@daegu.go.kr")
AUDITOR = Identity("Oh", Role.AUDITOR, account="oh@mohw.go.kr")
READERS = (AUDITOR, Identity("Choi", Role.ADMINISTRATOR, account="choi@mohw.go.kr"), DESK)


class Clock:
    """The time, which goes on only when a test says so."""

    def __init__(self):
        self.now = NINE

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def settings(tmp_path):
    return Settings(workspace=tmp_path)


@pytest.fixture
def log(settings, clock):
    return AccessLog(settings, clock=clock)


@pytest.fixture
def told(settings, log, clock):
    """A day: a role given, counts seen, a file handed in, and approved by another."""
    Accounts(settings, clock).grant(DESK, "kim@daegu.go.kr", "official KR-27", "Kim Mina")
    clock.now += timedelta(hours=1)
    log.note("saw_exact", KIM, of="KR-27", report="patients")
    clock.now += timedelta(hours=1)
    ledger = Ledger(settings, clock)
    received = {
        "receipt_id": "r1",
        "status": "waiting",
        "table": "patient_visits",
        "name": "환자_김철수.csv",
        "row_count": 4711,
        "message": "call 010-1234-5678",
        "findings": [{"value": "김철수"}],
        "changes": {"new": 4711},
        "account": "kim@daegu.go.kr",
        "regions": ["KR-27", "KR-30"],
    }
    ledger.append("intake", "received", "Kim", received)
    clock.now += timedelta(hours=14)
    decided = {"receipt_id": "r1", "status": "accepted", "reason": "seen with 김철수"}
    ledger.append("intake", "decided", "lee@daegu.go.kr", decided)
    return log


def kinds(lines):
    return [line.kind for line in lines]


@pytest.mark.parametrize("reader", READERS)
def test_auditor_administrator_and_desk_read_it_the_newest_first(told, reader):
    lines = told.lines(reader)
    assert kinds(lines) == ["decided", "received", "saw_exact", "granted"]
    assert told.count(reader) == 4
    assert lines[1].facts == {
        "account": "kim@daegu.go.kr",
        "regions": "KR-27;KR-30",
        "receipt_id": "r1",
        "table": "patient_visits",
        "status": "waiting",
    }
    assert told.kinds(reader) == ["decided", "granted", "received", "saw_exact"]
    assert told.streams(reader) == ["access", "accounts", "intake"]


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in {one.role for one in READERS}]
)
def test_nobody_else_reads_any_of_it(told, role):
    other = Identity("Lee", role, region="KR-27", account="lee@daegu.go.kr")
    for attempt in (told.lines, told.count, told.kinds, told.streams, told.closed, told.verify):
        with pytest.raises(AccessDenied):
            attempt(other)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(who="KIM@"), ["received", "saw_exact", "granted"]),
        (Filter(kind="decided"), ["decided"]),
        (Filter(stream="intake"), ["decided", "received"]),
        (Filter(stream="no-such"), []),
        (Filter(since=NINE + timedelta(hours=1)), ["decided", "received", "saw_exact"]),
        (Filter(until=NINE + timedelta(hours=1)), ["granted"]),
        (Filter(who="kim", stream="access", kind="saw_exact"), ["saw_exact"]),
        (Filter(who="%"), []),
    ],
)
def test_it_is_narrowed_by_who_what_when_and_where(told, wanted, found):
    assert kinds(told.lines(AUDITOR, wanted)) == found
    assert told.count(AUDITOR, wanted) == len(found)


def test_it_is_read_page_by_page(told):
    assert kinds(told.lines(AUDITOR, first=1, count=2)) == ["received", "saw_exact"]
    assert told.lines(AUDITOR, first=4, count=2) == []


def test_no_figure_no_name_of_a_file_and_nothing_written_is_in_it(told):
    lines = told.lines(AUDITOR)
    for file in (exported(lines).decode(), log_csv(lines, "utf-8").decode("utf-8-sig")):
        for secret in ("김철수", "4711", "010-1234", "Kim Mina", "findings"):
            assert secret not in file
        assert "kim@daegu.go.kr" in file


def test_facts_are_said_in_words(told):
    decided, received, saw, granted = told.lines(AUDITOR)
    assert facts_text(decided) == "receipt r1 · Taken in"
    assert facts_text(received).startswith("kim@daegu.go.kr · Daegu·Daejeon · receipt r1 · ")
    assert facts_text(saw) == "Official · Daegu · of Daegu · Patients"
    assert facts_text(granted) == "kim@daegu.go.kr · Official · Daegu"


def test_saved_as_csv_it_opens_in_both_encodings(log):
    log.note("downloaded", Identity("=1+1", Role.OFFICIAL, account="=1+1"), format="pdf")
    use_language("ko")
    lines = log.lines(AUDITOR)
    for encoding, read_as in (("utf-8", "utf-8-sig"), ("cp949", "cp949")):
        heading, row = log_csv(lines, encoding).decode(read_as).splitlines()
        assert heading.startswith("시각(한국),")
        assert row.startswith("2026-12-01 18:00:00,")  # 09:00 UTC
        assert "'=1+1" in row
        assert "담당 공무원" in row
    assert json.loads(exported(lines))["kind"] == "downloaded"


def test_a_changed_entry_is_said(settings, told):
    heads = told.verify(AUDITOR)
    assert set(heads) == {"access", "accounts", "intake"}
    assert heads["access"] == told.lines(AUDITOR, Filter(stream="access"))[0].digest
    with closing(sqlite3.connect(settings.ledger)) as connection:
        connection.execute("DROP TRIGGER entry_is_never_changed")
        connection.execute("UPDATE entry SET actor = 'park' WHERE kind = 'decided'")
        connection.commit()
    with pytest.raises(LedgerBroken, match="intake: entry 2"):
        told.verify(AUDITOR)


def test_refusals_are_noted_once_a_minute_for_each_account_and_action(log, clock):
    for _attempt in range(3):
        log.note_refused(KIM, Action.MANAGE_ACCOUNTS, "accounts")
    log.note_refused(KIM, Action.READ_ACCESS_LOG, "access-log")
    clock.now += timedelta(seconds=59)
    log.note_refused(KIM, Action.MANAGE_ACCOUNTS, "accounts")
    assert log.count(AUDITOR) == 2
    clock.now += timedelta(seconds=1)
    log.note_refused(KIM, Action.MANAGE_ACCOUNTS, "accounts")
    newest = log.lines(AUDITOR)[0]
    assert newest.actor == "kim@daegu.go.kr"
    assert newest.facts == {
        "role": "official",
        "region": "KR-27",
        "action": "manage_accounts",
        "page": "accounts",
    }
    assert log.count(AUDITOR) == 3


def test_of_whoever_is_not_signed_in_or_only_looks_nothing_is_noted(log):
    looking = Identity("Choi", Role.VIEWER, account="choi@mohw.go.kr", is_view_only=True)
    for one in (VIEWER, DESK, looking):
        log.note_refused(one, Action.HAND_IN)
    assert log.count(AUDITOR) == 0


def test_whatever_was_refused_is_told_with_who_and_what():
    heard = []
    tell_of_refusals(lambda identity, action: heard.append((identity, action)))
    try:
        require(KIM, Action.HAND_IN, region="KR-27")
        assert heard == []
        for action, region in ((Action.APPROVE, None), (Action.HAND_IN, "KR-30")):
            with pytest.raises(AccessDenied):
                require(KIM, action, region=region)
        assert heard == [(KIM, Action.APPROVE), (KIM, Action.HAND_IN)]
    finally:
        tell_of_refusals(lambda _identity, _action: None)
