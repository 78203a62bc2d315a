"""The shell around every page: language, bar, width, fonts, theme, and who may be talked to."""

import re
import sys
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from dashboard.content.pages import PAGES
from tests.browser.page_widths import MOST_SHIFT, NARROW, ONE_WIDTH_EACH, WIDE

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
TABLET = 1024
WIDTHS = (WIDE, TABLET, NARROW)

WIDTH_OF_FILTERS = "document.querySelector('.st-key-cr-view')?.scrollWidth ?? 0"
WIDEST_ONCE_CHARTS_FIT = """width => new Promise(resolve => {
    const patience = performance.now() + 5000;
    const look = () => {
        const widest = Math.max(
            document.documentElement.scrollWidth,
            document.querySelector("[data-testid=stMain]").scrollWidth,
        );
        if (widest <= width || performance.now() > patience) resolve(widest);
        else requestAnimationFrame(look);
    };
    look();
})"""


ALLOWED = {
    language: set((Path(__file__).parent / f"allowed_{language}.txt").read_text("utf-8").split())
    for language in ("ko", "en")
}
"""Words of the other writing that a page in this language may have outside the record's texts."""
WORDS = {"ko": re.compile("[A-Za-z]{2,}"), "en": re.compile("[가-힣]+")}
BUILD_ID = re.compile(r"\b[0-9a-f]{8,}\b")
OF_THE_RECORD = (
    ".cr-weak, .cr-report-sources, tbody, a[href^=http], body [lang], .cr-open, .cr-about,"
    " code, pre, [aria-hidden=true], script, noscript, style, .js-plotly-plot, [role=dialog]"
)
"""Where names, titles and ids of the record stand as they were printed."""
SAID = """places => {
    const said = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const text = walk.currentNode;
        if (!text.parentElement.closest(places)) said.push(text.data);
    }
    for (const name of ["title", "aria-label", "placeholder", "alt"])
        for (const one of document.body.querySelectorAll(`[${name}]`))
            if (!one.closest(places)) said.push(one.getAttribute(name));
    return said;
}"""


def foreign_words(page, language):
    """Words of the other writing that are not allowed, outside the texts of the record."""
    said = page.evaluate(SAID, OF_THE_RECORD)
    texts = [BUILD_ID.sub("", text) for text in said]
    return {word for text in texts for word in WORDS[language].findall(text)} - ALLOWED[language]


def query_of(address):
    return parse_qs(urlsplit(address).query)


TALLEST = 6_000
"""Pixels of a page at 1440."""
MOST_LATER_MS = 300
PAINT_OF_PAGE = """new Promise(done => {
    new PerformanceObserver(list => done(list.getEntries()[0].startTime))
        .observe({ type: "paint", buffered: true });
    setTimeout(() => done("nothing was painted"), 20000);
})"""
PAINT_OF_BAR = """new Promise(done => {
    new PerformanceObserver(list => {
        const bar = list.getEntries().find(one => one.element?.closest(".cr-first-bar, .cr-top"));
        if (bar) done(bar.startTime);
    }).observe({ type: "largest-contentful-paint", buffered: true });
    setTimeout(() => done("the bar was not painted"), 20000);
})"""
"""When text of the bar was seen first: the largest that had been painted until then."""
TRIES_UNTIL_LOST = 20
"""How often Streamlit asks for its server at most before it says that it is lost."""
NO_CLIPBOARD = "delete Navigator.prototype.clipboard"
NOR_COPYING = f"{NO_CLIPBOARD}; document.execCommand = () => false"


@pytest.mark.parametrize(
    ("address", "language", "name"),
    [
        ("/", "ko", "클러스터 리뷰"),
        ("/sources?lang=tlh", "ko", "클러스터 리뷰"),
        ("/sources?lang=en", "en", "Cluster Review"),
    ],
)
def test_the_document_speaks_the_language_of_its_url(page, visit, address, language, name):
    missing = []
    page.on("response", lambda answer: missing.append(answer.url) if answer.status == 404 else None)
    visit(address)
    assert page.locator("html").get_attribute("lang") == language
    expect(page.get_by_role("link", name=name)).to_be_visible()
    expect(page).to_have_title(f"{page.locator('.cr-here').inner_text()} · {name}")
    assert missing == []


def test_a_change_of_page_keeps_the_view_and_back_returns_to_it(page, visit):
    visit(f"/?{VIEW}&lang=en&own=1")
    page.locator(".cr-pages").get_by_role("link", name="Sources", exact=True).click()
    expect(page.locator(".cr-here")).to_have_text("Sources")
    assert page.locator(".cr-here").get_attribute("aria-current") == "page"
    assert urlsplit(page.url).path == "/sources"
    assert query_of(page.url) == parse_qs(f"{VIEW}&lang=en")

    page.go_back()
    expect(page.locator(".cr-here")).to_have_text("Overview")
    assert urlsplit(page.url).path == "/"
    assert query_of(page.url) == parse_qs(f"{VIEW}&lang=en&own=1")


def test_the_product_name_leads_to_the_overview_of_the_same_view(page, visit):
    visit(f"/sources?{VIEW}&lang=en")
    page.get_by_role("link", name="Cluster Review").click()
    expect(page.locator(".cr-here")).to_have_text("Overview")
    assert urlsplit(page.url).path == "/"
    assert query_of(page.url) == parse_qs(f"{VIEW}&lang=en")


def test_the_language_switch_stays_on_the_page(page, visit):
    visit(f"/sources?{VIEW}&lang=en")
    page.get_by_role("link", name="한국어").click()
    expect(page.locator(".cr-here")).to_have_text("출처")
    assert page.locator("html").get_attribute("lang") == "ko"
    assert urlsplit(page.url).path == "/sources"
    assert query_of(page.url) == parse_qs(f"{VIEW}&lang=ko")


@pytest.mark.parametrize("language", ["ko", pytest.param("en", marks=pytest.mark.long)])
@pytest.mark.parametrize(("path", "opened"), ONE_WIDTH_EACH)
def test_every_page_stands_still_fits_its_window_and_speaks_one_language(
    page, visit, shifted, path, opened, language
):
    page.set_viewport_size({"width": opened, "height": 900})
    visit(f"{path}?lang={language}")
    assert shifted() < MOST_SHIFT
    if opened == WIDE:
        main = page.get_by_test_id("stMain")
        assert main.evaluate("main => main.scrollHeight") <= TALLEST
    assert foreign_words(page, language) == set()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(WIDEST_ONCE_CHARTS_FIT, width) <= width
        if width == TABLET:
            assert page.evaluate(WIDTH_OF_FILTERS) <= width
        switch = page.locator(".cr-language").bounding_box()
        assert switch["x"] >= 0
        assert switch["x"] + switch["width"] <= width


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
        one.title() for one in PAGES.values()
    ]
    context.close()


def test_the_bar_is_painted_as_early_as_an_empty_page(
    browser, server, serving, tmp_path, record_property
):
    """Both in one run and each by a browser that knows nothing of it: their difference counts."""
    program = (sys.executable, str(Path(__file__).with_name("empty_page.py")))
    painted = {}
    with serving(program, CLUSTER_REVIEW_WORKSPACE=str(tmp_path)) as empty:
        for address, first_paint in ((empty, PAINT_OF_PAGE), (server, PAINT_OF_BAR)):
            context = browser.new_context(base_url=address)
            page = context.new_page()
            page.goto("/", wait_until="commit")
            painted[address] = page.evaluate(first_paint)
            context.close()
    later = painted[server] - painted[empty]
    record_property("bar_after_empty_page_ms", later)
    assert later < MOST_LATER_MS, painted


@pytest.mark.parametrize("width", [1440, 390])
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


def test_the_bundled_font_is_used_with_every_glyph(page, visit):
    visit("/")
    assert page.evaluate("document.fonts.check('16px \"Pretendard GOV\"', '가▲漢')")
    assert page.evaluate("document.fonts.check('bold 16px \"Pretendard GOV\"', '가▲漢')")
    faces = page.evaluate(
        "[...document.fonts].filter(face => face.family.includes('Pretendard GOV'))"
        ".map(face => [face.weight, face.status])"
    )
    assert sorted(faces) == [["400", "loaded"]] * 2 + [["700", "loaded"]] * 2
    family = page.evaluate("getComputedStyle(document.querySelector('.stApp')).fontFamily")
    assert family.startswith('"Pretendard GOV"')


def test_the_tokens_follow_the_theme_of_the_reader(page, visit):
    """In the app, and in `body`, where Streamlit draws popovers and dialogs."""
    seen = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        visit("/")
        for place in (".stApp", "body"):
            seen[scheme, place] = page.evaluate(
                """place => {
                    const probe = document.createElement("span");
                    document.querySelector(place).append(probe);
                    const names = ["text", "surface", "primary", "good", "bad", "warning"];
                    const colours = names.map(name => {
                        probe.style.color = `var(--cr-${name})`;
                        return getComputedStyle(probe).color;
                    });
                    probe.remove();
                    return colours;
                }""",
                place,
            )
    light, dark = seen["light", ".stApp"], seen["dark", ".stApp"]
    assert light[:3] == ["rgb(30, 33, 36)", "rgb(255, 255, 255)", "rgb(37, 110, 244)"]
    assert dark[:3] == ["rgb(244, 245, 246)", "rgb(30, 33, 36)", "rgb(76, 135, 246)"]
    assert all(one != other for one, other in zip(light, dark, strict=True))
    assert seen["light", "body"] == light
    assert seen["dark", "body"] == dark


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
    expect(sources).to_be_focused()
    expect(page.locator(".cr-report-sources")).to_be_visible()
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


@pytest.mark.parametrize(
    ("language", "title", "next_step"),
    [
        ("ko", "없는 주소입니다", "위의 메뉴에서 골라 주십시오"),
        ("en", "There is no such page", "Choose another one in the bar above"),
    ],
)
def test_an_address_of_no_page_is_said_in_the_language_of_the_reader(
    page, visit, language, title, next_step
):
    visit(f"/no-such-page?lang={language}")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading")).to_have_text(title)
    expect(dialog).to_contain_text(next_step)


@pytest.mark.parametrize(
    ("language", "title", "words"),
    [
        ("ko", "연결이 끊겼습니다", "서버가 답하지 않습니다. 저장된 것은 그대로 있습니다."),
        ("en", "The connection is lost", "Nothing that was stored is lost."),
    ],
)
def test_a_lost_connection_is_said_in_the_language_of_the_reader(
    page, visit, language, title, words
):
    sockets = []

    def note(socket):
        sockets.append(socket)
        socket.connect_to_server()

    page.clock.install()
    page.route_web_socket("**/_stcore/stream", note)
    visit(f"/help?lang={language}")
    page.route("**/_stcore/**", lambda route: route.abort())
    sockets[0].close()
    dialog = page.get_by_role("dialog")
    for _ in range(TRIES_UNTIL_LOST):
        with page.expect_request("**/_stcore/**"):
            page.clock.fast_forward("01:00")
        if dialog.count():
            break
    expect(dialog.get_by_role("heading")).to_have_text(title)
    expect(dialog).to_contain_text(words)
    assert "Streamlit" not in page.locator("body").inner_text()
    assert not set(WORDS[language].findall(dialog.inner_text())) - ALLOWED[language]


def test_documents_carry_headers_that_make_the_browser_refuse_others(browser, server):
    page = browser.new_page(base_url=server)
    answered = []
    page.on("response", lambda response: answered.append(response.url))
    headers = page.goto("/sources?lang=en").headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "script-src 'self' 'sha256-" in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    blocked = page.evaluate(
        """() => new Promise(resolve => {
            document.addEventListener("securitypolicyviolation", event =>
                resolve(event.blockedURI));
            fetch("http://192.0.2.1/").catch(() => null);
        })"""
    )
    assert blocked.startswith("http://192.0.2.1")
    assert all(address.startswith(server) for address in answered)
    page.close()
