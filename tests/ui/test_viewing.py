"""Looking at the pages as another role, and what a page that is not open says."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from dashboard.access import Action, Identity, Role, may
from dashboard.identity.access_log import AccessLog
from dashboard.identity.claims import Standing
from dashboard.settings import Settings
from dashboard.ui import not_open, reader, signing_in
from dashboard.ui.keeping import standing_choice, viewing

pytestmark = pytest.mark.usefixtures("english")

CHOI = Identity("Choi", Role.ADMINISTRATOR, account="choi@mohw.go.kr")
LEE = Identity("Lee", Role.OFFICIAL, region="KR-30", account="lee@daejeon.go.kr")


@pytest.fixture
def session(monkeypatch):
    """A session in which somebody reads, whom the test names: session.who."""
    now = SimpleNamespace(session_state={}, who=CHOI)
    for module in (reader, standing_choice, viewing):
        monkeypatch.setattr(module, "st", now)
    monkeypatch.setattr(reader, "credentials", lambda: None)
    monkeypatch.setattr(reader, "reader_of", lambda _shown: reader.Reader(now.who))
    return now


@pytest.fixture
def use_settings(monkeypatch, tmp_path):
    """Makes settings those of the pages."""

    def use(sign_in):
        made = Settings(workspace=tmp_path, sign_in=sign_in)
        for module in (reader, viewing, not_open, signing_in):
            monkeypatch.setattr(module, "settings", lambda: made)
        return made

    return use


def test_an_administrator_looks_as_an_official_does_nothing_and_is_in_the_log(
    session, use_settings
):
    settings = use_settings("oidc")
    session.session_state |= {"viewing-role": Role.OFFICIAL, "viewing-region": "KR-27"}
    viewing._begin()
    now = reader.reader()
    assert now.administrator == CHOI
    assert now.identity == replace(CHOI, role=Role.OFFICIAL, region="KR-27", is_view_only=True)
    assert not may(now.identity, Action.READ_EXACT, "KR-27")
    assert not may(now.identity, Action.HAND_IN, "KR-27")
    assert not may(now.identity, Action.MANAGE_ACCOUNTS)
    [line] = AccessLog(settings).lines(CHOI)
    assert (line.kind, line.actor) == ("viewed_as", "choi@mohw.go.kr")
    assert line.facts == {
        "role": "administrator",
        "seen_role": "official",
        "seen_region": "KR-27",
    }
    reader.view_as(None)
    assert reader.reader() == reader.Reader(CHOI)


def test_a_role_without_a_region_takes_none_along(session, use_settings):
    use_settings("oidc")
    session.session_state |= {"viewing-role": Role.AUDITOR, "viewing-region": "KR-27"}
    viewing._begin()
    assert reader.reader().identity.region is None


def test_nobody_else_looks_as_another_role_whatever_the_session_says(session, use_settings):
    use_settings("oidc")
    session.who = LEE
    reader.view_as(Standing(Role.ADMINISTRATOR))
    assert reader.reader() == reader.Reader(LEE)


@pytest.mark.parametrize(
    ("sign_in", "action", "names"),
    [
        ("desk", Action.HAND_IN, "This machine"),
        ("oidc", Action.HAND_IN, "Official, Approver"),
        ("proxy", Action.MANAGE_ACCOUNTS, "Administrator of the server"),
        ("oidc", Action.READ_ACCESS_LOG, "Administrator of the server, Auditor"),
        ("public", Action.SCORE, "Judge"),
    ],
)
def test_who_may_open_a_page_are_those_that_there_are_here(use_settings, sign_in, action, names):
    use_settings(sign_in)
    assert not_open.who_may(action) == names


def test_where_nobody_may_it_is_said_so(use_settings):
    use_settings("public")
    assert not_open.who_may(Action.HAND_IN).startswith("nobody at this address")


@pytest.mark.parametrize(
    ("sign_in", "who", "says"),
    [
        ("oidc", Identity("", Role.VIEWER), "Sign in with your account."),
        ("proxy", Identity("", Role.VIEWER), "Sign in on the page of your organisation"),
        ("public", Identity("", Role.VIEWER), "At this address people only read."),
        ("oidc", LEE, "Ask the administrator"),
        ("desk", Identity("Kim", Role.JUDGE, "r", "j1"), "signed in with the code of a round"),
    ],
)
def test_the_way_in_is_that_of_the_server_and_of_who_reads(use_settings, sign_in, who, says):
    use_settings(sign_in)
    assert says in signing_in.way_in(reader.Reader(who))
