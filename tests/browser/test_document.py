"""What the document shows before any script runs is where and what the page then shows."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NOTE_SHIFTS, TWO_FRAMES

PLACES = """root => [...document.querySelectorAll(`${root} *`)].map(part => {
    const { x, y, width, height } = part.getBoundingClientRect();
    const places = [x, y, width, height].map(Math.round);
    return [part.tagName, part.childElementCount ? "" : part.textContent.trim(), ...places];
})"""
WIDTHS = {
    "a telephone, in Korean": (390, "ko"),
    "a tablet": (1024, "en"),
    "a desk": (1440, "ko"),
}


@pytest.mark.parametrize("is_known", [False, True], ids=["first-visit", "known"])
@pytest.mark.parametrize("place", WIDTHS)
def test_what_stands_first_stays_where_it_is(page, visit, place, is_known):
    """Word for word and to the pixel, the offer of tours above it or not."""
    width, language = WIDTHS[place]
    address = f"/?lang={language}&region=KR-27&year=2019"
    page.set_viewport_size({"width": width, "height": 900})
    if is_known:
        page.add_init_script("localStorage.setItem('cr-welcomed', '1')")
    visit(address)  # what is composed now is there at once for the next document
    drawn = page.evaluate(PLACES, ".stMain .st-key-cr-report > div:has(.cr-hero) .stHtml")
    page.route("**/static/js/**", lambda route: route.abort())
    page.goto(address)
    expect(page.locator("#cr-first .cr-hero h1")).to_be_visible()
    first = page.evaluate(PLACES, "#cr-first .st-key-cr-report > div:has(.cr-hero) .stHtml")
    assert len(drawn) > 100
    assert first == drawn
    assert page.locator("#cr-first [id]").count() == 0


def test_nothing_of_it_jumps_in_a_browser_that_has_no_face_yet(browser, server, visit):
    """Letters of another face are wider: what begins the page is seen when its own is there."""
    visit("/?lang=en&region=KR-27&year=2019")  # composed, it is in the next document
    context = browser.new_context(base_url=server, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(NOTE_SHIFTS)
    page.route("**/static/js/**", lambda route: route.abort())
    faces = []
    page.route("**/fonts/**", lambda route: faces.append(route))
    page.goto("/?lang=en&region=KR-27&year=2019", wait_until="commit")
    headline = page.locator("#cr-first .cr-hero h1")
    headline.wait_for(state="attached")
    page.evaluate(TWO_FRAMES)
    expect(headline).to_be_hidden()
    page.unroute("**/fonts/**")
    for face in faces:
        face.continue_()
    expect(headline).to_be_visible()
    page.evaluate("document.fonts.ready")
    page.evaluate(TWO_FRAMES)
    assert page.evaluate("crShifted()") < 0.01  # the words of the bar
    context.close()
