"""What is done from a page that stays open is done by who one is then, and said of known pages."""

from contextlib import nullcontext
from types import SimpleNamespace

import pytest

from dashboard.access import Action, Identity, Role
from dashboard.errors import AccessDenied
from dashboard.identity.access_log import AccessLog, Filter
from dashboard.settings import Settings
from dashboard.ui import reader, refused_attempts
from dashboard.ui.keeping import log_page
from dashboard.ui.review_room import log as round_log

AUDITOR = Identity("Oh", Role.AUDITOR, account="oh@mohw.go.kr")
CHAIR = Identity("Kim", Role.CHAIR, "2026-a")


@pytest.fixture
def session(monkeypatch):
    """An open page of whom the test names: session.who; its buttons: session.made."""
    now = SimpleNamespace(session_state={}, who=AUDITOR, made=[])
    now.container = lambda **_options: nullcontext()
    now.markdown = now.text_input = now.button = lambda *_said, **_options: None
    now.download_button = lambda _title, data, **_options: now.made.append(data)
    for module in (reader, log_page, round_log):
        monkeypatch.setattr(module, "st", now)
    monkeypatch.setattr(reader, "credentials", lambda: None)
    monkeypatch.setattr(reader, "reader_of", lambda _shown: reader.Reader(now.who))
    return now


def test_the_log_is_saved_by_who_may_read_it_when_it_is_saved(session, tmp_path):
    log = AccessLog(Settings(workspace=tmp_path))
    log.note("viewed_as", AUDITOR)
    log_page._files(log, Filter())
    assert len(session.made) == 3
    assert b"viewed_as" in session.made[2]()
    session.who = Identity("Oh", Role.VIEWER, account="oh@mohw.go.kr")
    for made in session.made:
        with pytest.raises(AccessDenied):
            made()
    assert log.count(AUDITOR, Filter(kind="downloaded")) == 1


def test_the_log_of_a_round_is_saved_as_who_one_is_when_it_is_saved(session, monkeypatch):
    asked = []
    results = SimpleNamespace(
        log=lambda _identity, _round: [],
        export_log=lambda identity, round_id: asked.append((identity, round_id)) or b"",
    )
    monkeypatch.setattr(round_log, "judging", lambda: SimpleNamespace(results=results))
    monkeypatch.setattr(round_log, "_names", lambda _view, _now: {})
    monkeypatch.setattr(round_log, "draw_text", lambda *_said: None)
    monkeypatch.setattr(round_log, "draw_table", lambda *_said, **_options: None)
    session.who = CHAIR
    round_log.log_part(SimpleNamespace(round_id="2026-a"), reader.Reader(CHAIR))
    session.who = other = Identity("Oh", Role.VIEWER)
    session.made[0]()
    assert asked == [(other, "2026-a")]


@pytest.mark.parametrize(
    ("path", "page"), [("/x/accounts", "accounts"), ("/", "overview"), ("/12 of Kazakhstan", None)]
)
def test_a_refusal_is_noted_with_a_page_that_there_is(monkeypatch, tmp_path, path, page):
    """The browser says the address, and could say anything."""
    log = AccessLog(Settings(workspace=tmp_path))
    context = SimpleNamespace(context=SimpleNamespace(url=f"http://h{path}"))
    monkeypatch.setattr(refused_attempts, "st", context)
    monkeypatch.setattr(refused_attempts, "get_script_run_ctx", lambda **_options: object())
    monkeypatch.setattr(refused_attempts, "open_access_log", lambda _settings: log)
    refused_attempts.note_refused_attempt(AUDITOR, Action.HAND_IN)
    assert log.lines(AUDITOR)[0].facts.get("page") == page
