"""What is folded on a page is made when it is opened, and stays open in another year."""

import re
from dataclasses import replace

import pytest

from dashboard.content.compose import draft
from dashboard.render.screen.address import standing_at
from dashboard.render.screen.html import Html
from dashboard.render.screen.written import written_report

pytestmark = pytest.mark.usefixtures("english")

DAEGU = {"region": "KR-27", "year": "2019", "lang": "en"}
FOLDED = {
    "Definitions": ("definitions", 'aria-label="Definitions: Metric, Definition, Caveat"'),
    "Sources": ("sources", '<ol class="cr-report-sources">'),
}


@pytest.fixture(scope="module")
def overview(record):
    """The report of Daegu 2019."""
    return draft(record, "kpi", {"region": "KR-27", "year": "2019", "compare": ""}, "en")


@pytest.fixture
def page(overview):
    """Writes it, or another report, at an address; what is read of it, as one text."""

    def of(opened="", report=overview):
        with standing_at(DAEGU | ({"open": opened} if opened else {})):
            written = written_report(report, frozenset())
        return "".join(one for one in written if isinstance(one, Html))

    return of


def openers(html):
    """What can be opened: name → its words, whether it is open, and the names that follow."""
    found = re.findall(
        r'<a class="cr-open" id="cr-opening-([\w-]+)" aria-expanded="(\w+)" href="(.*?)">(.*?)</a>',
        html,
    )
    return {
        name: (words, state == "true", dict(re.findall(r"[?;](\w+)=([\w%-]*)", href)).get("open"))
        for name, state, href, words in found
    }


@pytest.mark.parametrize("title", FOLDED)
def test_what_is_folded_is_sent_only_once_it_is_open(page, title):
    name, sign = FOLDED[title]
    closed = page()
    words, is_open, leads_to = openers(closed)[name]
    assert words.startswith(f"{title} (")
    assert (is_open, leads_to) == (False, name)
    assert sign not in closed

    opened = page(name)
    assert openers(opened)[name] == (words, True, None)
    assert sign in opened
    assert [one for one, (_words, is_open, _to) in openers(opened).items() if is_open] == [name]
    assert len(opened) > len(closed)


def test_what_else_is_open_stays_so(page):
    both = openers(page("definitions,sources"))
    assert both["definitions"] == (both["definitions"][0], True, "sources")
    assert both["sources"] == (both["sources"][0], True, "definitions")


def test_a_name_of_nothing_opens_nothing_and_is_no_fault(page):
    assert not any(is_open for _words, is_open, _to in openers(page("9,x<y,")).values())


def test_the_same_is_open_where_sections_have_other_numbers(page, overview):
    """As in a year without a section that another year has."""
    shorter = replace(overview, sections=overview.sections[1:])
    numbers = []
    for report in (overview, shorter):
        html = page("definitions", report)
        assert FOLDED["Definitions"][1] in html
        heading = r'id="cr-section-(\d+)"[^>]*><a class="cr-open" id="cr-opening-definitions"'
        numbers += re.findall(heading, html)
    at = [section.anchor for section in overview.sections].index("definitions") + 1
    assert numbers == [str(at), str(at - 1)]


def test_a_table_behind_what_shows_it_otherwise_is_made_when_it_is_asked_for(page):
    closed, events = page(), "events-0"
    assert openers(closed)[events] == ("Show as a table", False, events)
    assert "Differing claims</button>" not in closed
    assert "Differing claims</button>" in page(events)
