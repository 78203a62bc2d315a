"""A long list in pages: by mouse and keyboard, in the address, and whole on paper."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

EVENTS = "/events?region=KR-27&lang=en"


def query_of(page):
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def test_a_list_is_paged_by_keyboard_kept_in_the_address_and_printed_whole(page, visit, settle):
    visit(EVENTS)
    pager = page.get_by_role("navigation", name="Pages of the list: Every event")
    table = page.get_by_role("table").filter(has=page.get_by_role("columnheader", name="Event"))
    count = int(table.get_attribute("aria-rowcount")) - 1
    assert count > 50
    rows = table.locator("tbody tr")
    expect(pager).to_contain_text(f"1–25 of {count}")
    expect(rows.locator("visible=true")).to_have_count(25)
    first = rows.locator("visible=true").first.inner_text()
    pager.get_by_role("link", name="Next page").focus()
    page.keyboard.press("Enter")
    expect(pager).to_contain_text(f"26–50 of {count}")
    # The way on has the focus again, so that the keyboard goes on from there.
    expect(pager.get_by_role("link", name="Next page")).to_be_focused()
    assert rows.locator("visible=true").first.inner_text() != first
    shared = urlsplit(page.url)
    page.emulate_media(media="print")
    expect(rows.locator("visible=true")).to_have_count(count)
    expect(pager).to_be_hidden()
    page.emulate_media(media="screen")
    visit(f"{shared.path}?{shared.query}")
    expect(pager).to_contain_text(f"26–50 of {count}")
    pager.get_by_role("link", name="50", exact=True).click()
    expect(pager).to_contain_text(f"1–50 of {count}")


def test_another_choice_begins_with_its_first_page(page, visit, choose):
    visit("/events?region=KR&lang=en")
    pager = page.get_by_role("navigation", name="Pages of the list: Every event")
    pager.get_by_role("link", name="Last page").click()
    expect(pager).to_contain_text(re.compile(r"\d+–(\d+) of \1"))
    choose(page.get_by_role("combobox", name="Region"), "Daegu")
    page.wait_for_url("**region=KR-27*")
    expect(pager).to_contain_text("1–25 of")
    assert set(query_of(page)) == {"region", "lang"}
