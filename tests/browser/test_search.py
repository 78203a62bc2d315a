"""Search from every page."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("path", ["/", "/sources"])
def test_words_typed_on_a_page_find_an_event(page, visit, path):
    visit(f"{path}?lang=en")
    page.get_by_role("textbox", name="Search", exact=True).fill("Yakutsk consultations")
    page.keyboard.press("Enter")
    results = page.get_by_role("search")
    expect(results).to_contain_text("Medical consultations and briefing in Yakutsk")
    assert parse_qs(urlsplit(page.url).query)["q"] == ["Yakutsk consultations"]


def test_typed_html_stays_text(page, visit):
    visit("/sources?lang=en&q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    results = page.get_by_role("search")
    expect(results).to_contain_text("0 hits for “<img src=x onerror=alert(1)>”")
    expect(results.locator("img")).to_have_count(0)


def test_a_sentence_that_is_pasted_is_sought_by_its_beginning(page, visit):
    visit("/sources?lang=en&q=Yakutsk")
    page.get_by_role("textbox", name="Search", exact=True).fill("Daegu patients 2019 " * 10)
    page.keyboard.press("Enter")
    expect(page.get_by_role("search")).to_contain_text("31,183 persons ●")
    assert parse_qs(urlsplit(page.url).query)["q"] == [("Daegu patients 2019 " * 4).strip()]


def test_a_question_is_answered_by_its_figure_whose_evidence_opens(page, visit):
    visit("/sources?lang=en&q=Daegu+patients+2019")
    results = page.get_by_role("search")
    answer = results.get_by_role("article", name="Daegu 2019 Foreign patients")
    expect(answer).to_contain_text("31,183 persons ●")
    answer.get_by_role("link", name="settled").press("Enter")
    page.wait_for_url("**evidence=foreign_patients.KR-27.2019*")
    expect(page.get_by_role("dialog")).to_contain_text("31,183 persons")


def test_many_hits_are_counted_and_paged_in_the_address(page, visit):
    visit("/sources?lang=en&q=daegu")
    results = page.get_by_role("search")
    expect(results.get_by_role("listitem")).to_have_count(20)
    expect(results).to_contain_text("1–20 of")
    results.get_by_role("link", name="Next page").press("Enter")
    expect(results).to_contain_text("21–40 of")
    assert parse_qs(urlsplit(page.url).query)["found"] == ["21"]
