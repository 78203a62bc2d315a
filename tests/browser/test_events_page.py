"""The page of events: what it says first, how an event is opened, and what a link reproduces."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

DAEGU_2016 = "/events?region=KR-27&year=2016"


def query_of(address):
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def heading(page):
    return page.locator("h1").first


def test_the_page_begins_with_its_finding(page, visit):
    visit(f"{DAEGU_2016}&lang=en")
    expect(heading(page)).to_have_text(
        "Daegu, 2016: 16 events in the record, 14 held, 2 with the number of patients consulted"
    )
    expect(page.get_by_text("Traceback")).to_have_count(0)
    expect(page.locator("#cr-tile-stage-patients_consulted")).to_contain_text("≈ 400 persons")
    expect(page.get_by_role("link", name="Suseong-gu briefings in Tokyo")).to_be_visible()


def test_an_event_opens_by_link_box_and_returns(page, visit, settle, choose):
    visit("/events?region=KR-30&lang=en")
    choose(
        page.get_by_role("combobox", name="Choose events"),
        "Public relations in Sakhalin and Khabarovsk with five institutions · Aug 31, 2016",
    )
    page.wait_for_url("**event=DJ-2016-SAK*")
    page.keyboard.press("Escape")  # the list stays open for a further choice
    expect(heading(page)).to_contain_text(
        "Attendees ≈ 500 persons, Patients consulted ≈ 200 persons, "
        "Inquiries ≈ 100 persons (not a booking)"
    )
    page.get_by_role("link", name="Back to all events").click()
    settle(page)
    expect(heading(page)).to_contain_text("Daejeon, all years")
    assert query_of(page.url) == {"region": "KR-30", "lang": "en"}


@pytest.mark.long
def test_a_point_of_the_timeline_opens_its_event(page, visit, settle):
    visit(f"{DAEGU_2016}&event_type=consultation&country=RU&lang=en")
    chart = page.locator("[class*=st-key-cr-chart-events]")
    chart.locator(".cr-drawn").hover()  # touched, it is the library's
    chart.locator(".scatterlayer .point").last.click(force=True)
    page.wait_for_url("**event=DG-2016-*")
    settle(page)
    expect(page.get_by_role("link", name="Back to all events")).to_be_visible()


def test_which_events_led_to_reservations_is_one_click_on_the_page(page, visit, settle):
    visit("/events?region=KR-27&lang=en")
    page.get_by_role("link", name=re.compile("approximate · 3 events")).click()
    page.wait_for_url("**reporting=reservations*")
    settle(page)
    expect(heading(page)).to_contain_text("“Reservations” reported: 3 events")
    page.get_by_role("radio", name="Reservations").click()
    page.wait_for_url(lambda url: "reporting" not in url)
    expect(heading(page)).to_contain_text("Daegu, all years: 73 events")
    settle(page)
    opening = page.locator(".cr-opening")
    opening.get_by_role("link", name="What an event of each type yields").click()
    page.wait_for_url("**open=*")
    expect(
        page.get_by_text(re.compile("^Reservations: (of the types|reported by)"))
    ).to_be_visible()


def test_filters_land_in_the_url_and_a_copied_link_gives_the_same_view(page, visit, choose):
    visit("/events?lang=en")
    choose(page.get_by_role("combobox", name="Region"), "All regions")
    page.wait_for_url("**region=KR*")
    choose(page.get_by_role("combobox", name="Country of the event"), "Kazakhstan")
    page.wait_for_url("**country=KZ*")
    assert query_of(page.url) == {"lang": "en", "region": "KR", "country": "KZ"}
    expect(heading(page)).to_contain_text("Kazakhstan")
    seen = heading(page).inner_text()
    visit(page.url)
    assert heading(page).inner_text() == seen


@pytest.mark.parametrize(
    "address",
    [
        "/events?region=KR-50&lang=en",
        "/events?region=KR-99&year=1850&event_type=x&country=XX&event=nothing&lang=en",
    ],
)
def test_no_data_and_odd_input_are_no_fault(page, visit, address):
    visit(address)
    words = heading(page).inner_text()
    assert "the record has no event" in words or words.startswith("Daegu, all years")
    expect(page.get_by_text("This view could not be made")).to_have_count(0)


@pytest.mark.long
def test_a_telephone_needs_no_sideways_scrolling(page, visit):
    page.set_viewport_size({"width": 390, "height": 900})
    for address in (DAEGU_2016, "/events?event=DG-2020-B2B"):
        visit(address)
        widest = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        assert widest <= 390
