"""The bar over every page: it is there at once, stays, and is used by keyboard and by hand."""

import re
import sys
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from dashboard.content.pages import KEEPING, PAGES
from tests.browser.page_widths import NARROW

VISIBLE_AND_DRAWN = """() => {
    const isSeen = part => getComputedStyle(part).visibility === "visible";
    const bar = document.querySelector(".st-key-cr-header-top");
    const beneath = [...document.querySelectorAll(".stMain *")].filter(part => !bar.contains(part));
    return {
        beneath: beneath.filter(isSeen).map(part => part.outerHTML.slice(0, 200)),
        bar: isSeen(bar) ? bar.innerText : "",
    };
}"""
VIEW = "region=KR-27&year=2019&compare=KR-30"
MOST_LATER_MS = 300
PAINT_OF_PAGE = """new Promise(done => {
    new PerformanceObserver(list => done(list.getEntries()[0].startTime))
        .observe({ type: "paint", buffered: true });
    setTimeout(() => done("nothing was painted"), 20000);
})"""
PAINT_OF_FIRST_SIGHT = """new Promise(done => {
    new PerformanceObserver(list => {
        const first = list.getEntries().find(one => one.element?.closest("#cr-first"));
        if (first) done(first.startTime);
    }).observe({ type: "largest-contentful-paint", buffered: true });
    setTimeout(() => done("nothing was painted of the first sight"), 20000);
})"""
"""When text of the first sight was seen first: the largest that had been painted until then."""
NO_CLIPBOARD = "delete Navigator.prototype.clipboard"
NOR_COPYING = f"{NO_CLIPBOARD}; document.execCommand = () => false"


def query_of(address):
    return parse_qs(urlsplit(address).query)


def test_nothing_that_is_still_being_laid_out_is_seen(page):
    """Under the first sight, which is held here; what is hidden cannot jump, however slow."""
    page.add_init_script("Element.prototype.remove = function () { this.dataset.crGone = ''; };")
    page.goto("/handing-in?lang=ko")
    page.wait_for_selector("#cr-first[data-cr-gone][data-has-bar]")
    seen = page.evaluate(VISIBLE_AND_DRAWN)
    assert seen["beneath"] == []
    assert "English" in seen["bar"]


def test_the_bar_is_in_the_document_before_anything_is_drawn(browser, server):
    """Without a script, which Streamlit draws everything with."""
    context = browser.new_context(base_url=server, java_script_enabled=False)
    page = context.new_page()
    page.goto("/?lang=ko")
    first = page.locator("#cr-first")
    expect(first).to_be_visible()
    expect(first).to_contain_text("클러스터 리뷰")
    assert first.locator(".cr-first-pages span").all_inner_texts() == [
        one.title() for one in PAGES.values() if one.group != KEEPING
    ]
    context.close()


def test_the_bar_is_painted_as_early_as_an_empty_page(
    browser, server, serving, tmp_path, record_property
):
    """Both in one run and each by a browser that knows nothing of it: their difference counts."""
    program = (sys.executable, str(Path(__file__).with_name("empty_page.py")))
    painted = {}
    with serving(program, CLUSTER_REVIEW_WORKSPACE=str(tmp_path)) as empty:
        for address, first_paint in ((empty, PAINT_OF_PAGE), (server, PAINT_OF_FIRST_SIGHT)):
            context = browser.new_context(base_url=address)
            page = context.new_page()
            page.goto("/", wait_until="commit")
            painted[address] = page.evaluate(first_paint)
            context.close()
    later = painted[server] - painted[empty]
    record_property("bar_after_empty_page_ms", later)
    assert later < MOST_LATER_MS, painted


@pytest.mark.parametrize("width", [390, pytest.param(1440, marks=pytest.mark.long)])
def test_the_bar_stays_and_covers_nothing_to_which_one_jumps(page, visit, width):
    page.set_viewport_size({"width": width, "height": 900})
    visit(f"/review-summary?{VIEW}&lang=en")
    page.locator(".cr-sections a[href='#cr-section-5']").click()
    heading = page.locator("#cr-section-5")
    expect(heading).to_be_in_viewport()
    bar = page.locator(".st-key-cr-header").bounding_box()
    # 56 and 52 pixels, and a line below each; on a telephone 44 for what one does with the page.
    assert (bar["y"], bar["height"]) == (0, 56 + 1 + 52 + 1 + (44 if width == NARROW else 0))
    assert heading.bounding_box()["y"] >= bar["height"]


def test_the_filters_stand_in_one_line_on_a_telephone_and_what_one_does_above_them(page, visit):
    page.set_viewport_size({"width": 390, "height": 900})
    visit(f"/?{VIEW}&lang=en")
    acts = [
        page.locator(".st-key-cr-view").get_by_role("button", name=name)
        for name in ("Contents", "Copy link", "Save or share")
    ]
    places = [act.bounding_box() for act in acts]
    for place, following in pairwise(places):
        assert place["x"] + place["width"] <= following["x"]
    assert places[0]["x"] >= 0
    assert places[-1]["x"] + places[-1]["width"] <= NARROW
    page.locator(".cr-copy").click()
    expect(page.get_by_role("dialog", name="Copy link").get_by_role("textbox")).to_be_visible()
    page.keyboard.press("Escape")
    boxes = page.locator(".st-key-cr-view").get_by_role("combobox").all()
    assert len(boxes) == len(["region", "year", "comparison"])
    assert len({box.bounding_box()["y"] for box in boxes}) == 1
    assert boxes[0].bounding_box()["y"] >= max(place["y"] + place["height"] for place in places)


@pytest.mark.parametrize(
    ("language", "words", "button", "title"),
    [
        ("ko", "본문으로 바로가기", "목차", "이 페이지의 내용"),
        ("en", "Skip to the content", "Contents", "On this page"),
    ],
)
def test_the_first_stop_leads_past_the_bar_and_the_contents_to_each_section(
    page, visit, language, words, button, title
):
    page.set_viewport_size({"width": 1024, "height": 900})
    visit(f"/?{VIEW}&lang={language}")
    page.keyboard.press("Tab")
    way = page.get_by_test_id("stSkipToContent")
    expect(way).to_be_focused()
    expect(way).to_have_text(words)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()

    page.get_by_role("button", name=button, exact=True).focus()
    page.keyboard.press("Enter")
    listed = page.get_by_role("navigation", name=title)
    headings = page.locator(".stMain [id^=cr-section-]").all_text_contents()
    entries = listed.get_by_role("link")
    expect(entries).to_have_count(len(headings) + len(["the sources"]))
    entries_said = entries.all_text_contents()
    assert entries_said[:-1] == [text.strip() for text in headings]
    expect(listed.locator("[aria-current]")).to_have_text(headings[0])
    for _ in entries.all():
        page.keyboard.press("Tab")
    expect(entries.last).to_be_focused()
    page.keyboard.press("Enter")
    expect(listed).to_be_hidden()
    sources = page.locator("#cr-sources")
    expect(page.locator(".cr-report-sources")).to_be_visible()
    expect(sources.locator("a")).to_be_focused()
    bar = page.locator(".st-key-cr-header").bounding_box()
    assert sources.bounding_box()["y"] >= bar["height"]

    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.get_by_role("button", name=button, exact=True)).to_be_hidden()
    pages = page.locator(".cr-pages")
    assert pages.evaluate("pages => pages.scrollWidth <= pages.clientWidth")
    expect(page.locator(".cr-pages, .cr-menu > summary").filter(visible=True)).to_have_count(1)
    beside = page.get_by_role("navigation", name=title)
    assert beside.get_by_role("link").all_text_contents() == [
        re.sub(r" \(\d+\)$", "", entry) for entry in entries_said
    ]
    room, heading = beside.bounding_box(), page.get_by_role("heading", level=1).bounding_box()
    assert room["x"] + room["width"] < heading["x"]
    beside.get_by_role("link").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(beside.locator("[aria-current]")).to_have_text(headings[0].strip())

    region = page.locator(".st-key-region input")
    page.locator("body").evaluate("() => document.activeElement.blur()")
    way.focus()
    for _ in ("the page itself", "the region"):
        page.keyboard.press("Tab")
    expect(region).to_be_focused()


@pytest.mark.parametrize(
    ("without", "language", "button", "said"),
    [
        ("", "ko", "링크 복사", "링크를 복사했습니다."),
        (NO_CLIPBOARD, "en", "Copy link", "The link is copied."),
        (NOR_COPYING, "ko", "링크 복사", "선택된 링크를 Ctrl+C로 복사하십시오."),
    ],
    ids=["clipboard", "no-secure-context", "by-hand"],
)
def test_one_press_copies_the_address_of_this_very_view(
    page, context, visit, server, without, language, button, said
):
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server)
    if without:
        page.add_init_script(without)
    visit(f"/?region=KR-27&lang={language}")
    finding = page.get_by_role("heading", level=1).inner_text()
    copying = page.get_by_role("button", name=button, exact=True)
    copying.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog", name=button)
    expect(box.get_by_role("status")).to_contain_text(said)
    field = box.get_by_role("textbox")
    address = field.input_value()
    # The default year and comparison of Daegu, and the first snapshot: the public record.
    view = {"region": "KR-27", "year": "2019", "compare": "KR-30", "as_of": "1", "lang": language}
    assert query_of(address) == {name: [value] for name, value in view.items()}
    if without == NOR_COPYING:
        expect(field).to_be_focused()
        chosen = "field => field.value.slice(field.selectionStart, field.selectionEnd)"
        assert field.evaluate(chosen) == address
    else:
        expect(copying).to_be_focused()
        page.keyboard.press("Escape")
        expect(box).to_be_hidden()
        search = page.locator(".st-key-q input")
        search.focus()
        page.keyboard.press("Control+V")
        expect(search).to_have_value(address[:80])
        search.fill("")
    if not without:
        visit(address)
        assert page.get_by_role("heading", level=1).inner_text() == finding
    context.clear_permissions()


def test_a_keyboard_reader_sees_where_the_focus_is(page, visit):
    visit("/sources?lang=en")
    view = ("the filter", "the marks", "the link", "saving")
    for _ in ("the way past", "the page itself", *view, "the bar"):
        page.keyboard.press("Tab")
    brand = page.locator(".cr-brand")
    expect(brand).to_be_focused()
    assert brand.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"


def test_korean_text_of_streamlit_breaks_between_words(page, visit):
    """Its own style broke `따라` after its first syllable at 390 pixels."""
    page.set_viewport_size({"width": 390, "height": 844})
    visit("/review-room?lang=ko")
    text = page.locator("[data-testid=stMarkdownContainer] p").first
    expect(text).to_have_css("word-break", "keep-all")


def test_presenting_keeps_no_empty_line_in_the_header_on_a_telephone(page, visit):
    """52 pixels for the filters, one for the line below them."""
    page.set_viewport_size({"width": 390, "height": 844})
    visit("/present?region=KR-27&year=2019&lang=ko")
    expect(page.locator(".st-key-cr-view")).to_have_css("height", "53px")
    expect(page.locator(".st-key-cr-view")).to_have_css("padding-top", "0px")
