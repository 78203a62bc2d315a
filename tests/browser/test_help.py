"""The help page: its tours can be walked, and it is offered once."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from dashboard.content.help import read_help
from tests.browser.tour_walk import address_of, walk

TOURS = read_help().tours


@pytest.mark.parametrize("language", ["ko", pytest.param("en", marks=pytest.mark.long)])
@pytest.mark.parametrize(
    "code",
    [pytest.param(one, marks=pytest.mark.long if place else ()) for place, one in enumerate(TOURS)],
)
def test_every_step_of_a_tour_shows_what_it_says(page, settle, code, language):
    walked = [number for number, _step in walk(page, settle, TOURS[code], language)]
    assert walked == list(range(1, len(TOURS[code].steps) + 1))


def test_the_tours_are_offered_once_and_their_steps_open_the_very_view(browser, server, settle):
    page = browser.new_page(base_url=server)  # of a browser that was never here
    page.goto("/help?lang=en")
    settle(page)
    expect(page.locator(".cr-welcome")).to_have_count(0)
    first = TOURS["official"].steps[0]
    page.get_by_role("link", name=str(first.title.en)).click()
    page.wait_for_url(re.compile("year=2019"))
    opened, expected = urlsplit(page.url), urlsplit(address_of(first, "en"))
    assert (opened.path, parse_qs(opened.query)) == (expected.path, parse_qs(expected.query))
    offer = page.get_by_role("complementary", name="Help")
    expect(offer).to_be_visible()
    offer.get_by_role("button", name="Not now").click()
    expect(page.locator(".cr-welcome")).to_be_hidden()
    page.goto("/?lang=en")
    settle(page)
    expect(page.locator(".cr-welcome")).to_be_hidden()
    page.close()
