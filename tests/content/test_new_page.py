"""A page more is one function and one entry: it is then in every export and in the presenter."""

import pytest

from dashboard.access import DESK
from dashboard.content.compose import compose, draft, freeze
from dashboard.content.pages import PAGES, deck_pages
from dashboard.render.formats import possible_formats, render
from dashboard.store.editions import Editions
from tests.browser.new_page import FINDING, NEW, PATH

HERE = {"region": "KR-27", "year": 2019}


@pytest.fixture
def registered(monkeypatch):
    monkeypatch.setitem(PAGES, PATH, NEW)


@pytest.mark.usefixtures("registered")
def test_it_is_written_in_every_format_from_an_edition(record, record_settings):
    edition = freeze(record, Editions(record_settings), PATH, HERE, "en", "A tester", identity=DESK)
    report = compose(record, edition)
    for suffix in possible_formats(PATH):
        assert len(render(report, suffix)) > 500, suffix
    assert FINDING in render(report, ".csv").decode("utf-8-sig")


@pytest.mark.usefixtures("registered")
def test_it_is_taken_into_a_deck(record):
    assert PATH in [page.path for page in deck_pages()]
    deck = draft(record, "deck", {**HERE, "pages": [PATH]}, "en")
    assert [section.title for section in deck.sections] == [FINDING]


def test_without_its_entry_it_is_nowhere(record):
    assert PATH not in [page.path for page in deck_pages()]
