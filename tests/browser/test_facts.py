"""What the base documents tell is found by the search of the page and seen after one click."""

import pytest
from playwright.sync_api import expect

from tests.content.test_event_facts import AGREED, FACTS

SAMPLE = [*FACTS[:: len(FACTS) // 4][:4], *AGREED[:: len(AGREED) // 2][:2]]
"""Twelve of them, of every document, in a fixed order."""


@pytest.fixture(scope="module")
def server(shipped_server):
    """The shipped record, which has the facts."""
    return shipped_server


def searched(words):
    """Without what the page says beside the text: the day of a tour, the state of an agreement."""
    left_out = {
        "1일차",
        "2일차",
        "Day",
        "1",
        "2",
        "체결",
        "signed",
        "agreed",
        "promised",
        "proposed",
    }
    return " ".join(word for word in words.split() if word not in {*left_out, "planned"})


def seen(page, settle, event_id, words):
    box = page.get_by_role("textbox", name="검색")
    box.fill(searched(words))
    page.keyboard.press("Enter")
    hits = page.get_by_role("search")
    expect(hits).to_contain_text(searched(words))
    links = hits.get_by_role("link")
    to_event = links.and_(page.locator(f'[href*="event={event_id}"]'))
    to_agreement = links.and_(page.locator('[href*="agreement="]'))
    to_event.or_(to_agreement).first.click()
    expect(page.get_by_role("search")).to_have_count(0)
    settle(page)
    body = page.locator("[data-testid=stMain]")
    text = body.inner_text().casefold()
    for word in words.casefold().split():
        assert word in text, (event_id, words, word)


def test_six_facts_are_found_and_seen_after_one_click(page, visit, settle):
    visit("/?lang=ko")
    for event_id, korean, _english in SAMPLE:
        seen(page, settle, event_id, korean)


@pytest.mark.long
def test_every_fact_is_found_and_seen_after_one_click(page, visit, settle):
    visit("/?lang=ko")
    for event_id, korean, _english in (*FACTS, *AGREED):
        seen(page, settle, event_id, korean)
