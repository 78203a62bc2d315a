"""Search from every page."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("path", ["/", "/sources"])
def test_words_typed_on_a_page_find_an_event(page, visit, path):
    visit(f"{path}?lang=en")
    page.get_by_role("textbox", name="Search").fill("Yakutsk consultations")
    page.keyboard.press("Enter")
    results = page.get_by_role("search")
    expect(results).to_contain_text("Medical consultations and briefing in Yakutsk")
    assert parse_qs(urlsplit(page.url).query)["q"] == ["Yakutsk consultations"]


def test_typed_html_stays_text(page, visit):
    visit("/sources?lang=en&q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    results = page.get_by_role("search")
    expect(results).to_contain_text("0 hits for “<img src=x onerror=alert(1)>”")
    expect(results.locator("img")).to_have_count(0)
