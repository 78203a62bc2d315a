"""The log keeps who saw exact counts and took files along, and nothing of who is not signed in."""

from types import SimpleNamespace

import pytest

from dashboard.access import DESK, VIEWER, Identity, Role
from dashboard.content.compose import draft
from dashboard.content.document import ChartBlock, Section
from dashboard.content.report import Report, Stamp
from dashboard.identity.access_log import STREAM, AccessLog
from dashboard.settings import Settings
from dashboard.store.answer import Build
from dashboard.store.ledger import Ledger
from dashboard.ui import export_panel, noting

OFFICIAL = Identity("Kim", Role.OFFICIAL, region="KR-27", account="kim@daegu")
AUDITOR = Identity("Na", Role.AUDITOR, account="na")
FIRST, SECOND = (
    Build("a", 1, "2026-11-28T00:00:00+00:00"),
    Build("b", 2, "2026-11-29T00:00:00+00:00"),
)


@pytest.fixture
def settings(tmp_path):
    return Settings(workspace=tmp_path)


@pytest.fixture
def session(monkeypatch, settings):
    """What a session keeps, and who reads: the official unless told."""
    kept = SimpleNamespace(session_state={}, identity=OFFICIAL)
    monkeypatch.setattr(noting, "st", kept)
    monkeypatch.setattr(noting, "settings", lambda: settings)
    monkeypatch.setattr(noting, "reader", lambda: SimpleNamespace(identity=kept.identity))
    return kept


def page(*exact_regions):
    """A page with one chart of an answer in which these regions are exact."""
    answer = SimpleNamespace(exact_regions=exact_regions)
    chart = ChartBlock("bar", "", "", (), (), "", answer=answer)
    return Report(
        "patients", "", "", (Section("", (chart,)),), (), Stamp("", "", 1, "", "en", "", "")
    )


def lines(settings):
    if STREAM not in Ledger(settings).streams():
        return []
    found = AccessLog(settings).lines(AUDITOR)
    return [(line.actor, line.kind, dict(line.facts)) for line in reversed(found)]


def test_exact_counts_are_noted_once_a_session_region_and_build(session, settings):
    for build in (FIRST, FIRST, SECOND, FIRST):
        noting.note_exact(page("KR-27"), build)
    said = {"role": "official", "region": "KR-27", "of": "KR-27", "report": "patients"}
    assert lines(settings) == [
        ("kim@daegu", "saw_exact", said | {"build": "a"}),
        ("kim@daegu", "saw_exact", said | {"build": "b"}),
    ]
    session.session_state = {}
    noting.note_exact(page("KR-27"), FIRST)
    assert len(lines(settings)) == 3


@pytest.mark.parametrize("identity", [VIEWER, DESK])
def test_of_whoever_is_not_signed_in_nothing_is_noted(session, settings, identity):
    session.identity = identity
    noting.note_exact(page("KR-27"), FIRST)
    made = noting.downloads(lambda: b"file", ".csv", identity, "visits_by_month", {"year": 2026})
    assert made() == b"file"
    assert not settings.ledger.exists()


def test_a_page_without_exact_counts_costs_nothing(session, settings, record):
    session.identity = None  # is not even asked for
    noting.note_exact(page(), FIRST)
    noting.note_exact(draft(record, "patients", {"region": "KR-27", "year": 2019}, "en"), FIRST)
    assert not settings.ledger.exists()


def test_a_file_is_noted_when_it_is_made_with_what_it_is_of_and_nothing_in_it(session, settings):
    asked = {"region": "KR-27", "year": 2019, "base": None, "title": "typed by somebody"}
    made = noting.downloads(lambda: b"secret", ".xlsx", OFFICIAL, "deck", asked, "abcd1234")
    assert lines(settings) == []
    assert made() == b"secret"
    assert lines(settings) == [
        (
            "kim@daegu",
            "downloaded",
            {
                "role": "official",
                "region": "KR-27",
                "report": "deck",
                "parameters": "region=KR-27 year=2019",
                "format": "xlsx",
                "edition": "abcd1234",
            },
        )
    ]


def test_holders_of_a_rounds_code_are_noted_by_role_and_round(session, settings):
    judge = Identity("Lim", Role.JUDGE, "2026-a", "j1")
    noting.note_download(".pdf", judge, "sheets", {"round": "2026-a", "judge": "j1"})
    ((actor, _kind, facts),) = lines(settings)
    assert (actor, facts["round"], facts["format"]) == ("judge", "2026-a", "pdf")


@pytest.mark.parametrize(("identity", "freezes"), [(VIEWER, False), (DESK, True), (OFFICIAL, True)])
def test_a_page_is_saved_with_an_edition_by_whoever_may_freeze_one(
    record, built_copy, tmp_path, monkeypatch, process_settings, identity, freezes
):
    settings = process_settings(built_copy(tmp_path))
    now = SimpleNamespace(identity=identity, client="a browser")
    browser = SimpleNamespace(
        query_params=_Address(region="KR-27", year="2019"),
        context=SimpleNamespace(url="http://h/rankings"),
    )
    saved = []
    monkeypatch.setattr(export_panel, "st", browser)
    monkeypatch.setattr(export_panel, "save_panel", saved.extend)
    monkeypatch.setattr(export_panel, "reader_later", lambda: lambda: now)
    asked = {"metric": "foreign_patients", "year": 2019}
    export_panel.export_panel(record, "ranking", asked)
    edition, report = saved[0].make("en", "Kim")
    streams = Ledger(settings).streams()
    assert ("editions" in streams) == freezes
    assert (edition is not None) == freezes
    assert report.stamp.made_by == "Kim"
    snapshot = record.current().snapshot
    if freezes:
        assert report.stamp.edition_id == edition.edition_id
    else:
        assert report.stamp.edition_id == ""
        assert report.stamp.build_id == record.current().build_id
        assert report.stamp.link == (
            f"http://h/rankings?region=KR-27&year=2019&metric=foreign_patients&lang=ko"
            f"&as_of={snapshot}"
        )


class _Address(dict):
    """Parameters of an address, as Streamlit gives them."""

    def to_dict(self):
        return dict(self)
