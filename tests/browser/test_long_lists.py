"""A long list in pages: by mouse and keyboard, in the address, and whole on paper."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
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


@pytest.mark.long
def test_another_choice_begins_with_its_first_page(page, visit, settle, choose):
    visit("/events?region=KR&lang=en")
    pager = page.get_by_role("navigation", name="Pages of the list: Every event")
    pager.get_by_role("link", name="Last page").click()
    expect(pager).to_contain_text(re.compile(r"\d+–(\d+) of \1"))
    settle(page)
    choose(page.get_by_role("combobox", name="Region"), "Daegu")
    page.wait_for_url("**region=KR-27*")
    expect(pager).to_contain_text("1–25 of")
    assert set(query_of(page)) == {"region", "lang"}


def test_all_pages_of_a_list_are_sorted_by_its_headings_and_filtered_in_the_browser(
    page, visit, settle
):
    visit(EVENTS)
    table = page.get_by_role("table").filter(has=page.get_by_role("columnheader", name="Event"))
    rows = table.locator("tbody tr")
    seen = rows.locator("visible=true")
    dates = rows.locator("[data-order]").first
    newest = seen.first.locator("[data-order]").first.get_attribute("data-order")
    every = rows.evaluate_all("rows => rows.map(row => row.cells[0].dataset.order)")
    oldest = min(day for day in every if day)
    assert oldest < newest
    heading = table.get_by_role("columnheader", name="Date")
    heading.get_by_role("button").press("Enter")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    # The oldest of all pages, not of the one that was seen; the keyboard stays where it was.
    expect(dates).to_have_attribute("data-order", oldest)
    expect(heading.get_by_role("button")).to_be_focused()
    expect(seen).to_have_count(25)
    assert query_of(page)["sort-" + table.get_attribute("data-table")].endswith(".asc")
    shared = urlsplit(page.url)
    visit(f"{shared.path}?{shared.query}")
    expect(dates).to_have_attribute("data-order", oldest)
    pager = page.get_by_role("navigation", name="Pages of the list: Every event")
    pager.get_by_role("link", name="Next page").click()
    expect(pager).to_contain_text("26–50 of")
    expect(dates).to_have_attribute("data-order", oldest)
    expect(seen.first).to_have_attribute("aria-rowindex", "27")
    field = page.get_by_role("searchbox", name="Filter the rows").first
    field.fill("yakutsk")
    found = sum("yakutsk" in text.casefold() for text in rows.all_text_contents())
    expect(seen).to_have_count(found)
    expect(page.get_by_text(f"{found} of {len(every)} rows")).to_be_visible()
    expect(pager).to_be_hidden()
    # Laid out as cards on a telephone it is a table still.
    page.set_viewport_size({"width": 390, "height": 844})
    expect(table.get_by_role("cell").first).to_be_visible()
