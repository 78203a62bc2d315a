"""Which language a page speaks: its own words, those of Streamlit, and those of a fault."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.page_widths import MOST_SHIFT, NARROW, ONE_WIDTH_EACH, WIDE
from tests.browser.test_accessibility import findings

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
OUTSIDE_DIALOGS = (
    ".cr-weak, .cr-report-sources, tbody, a[href^=http], body [lang], .cr-open, .cr-about,"
    " code, pre, [aria-hidden=true], script, noscript, style, .js-plotly-plot"
)
OF_THE_RECORD = f"{OUTSIDE_DIALOGS}, [role=dialog]"
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
TALLEST = 6_000
"""Pixels of a page at 1440."""
TRIES_UNTIL_LOST = 20
"""How often Streamlit asks for its server at most before it says that it is lost."""


def foreign_words(page, language, places=OF_THE_RECORD):
    """Words of the other writing that are not allowed, outside the texts of the record."""
    said = page.evaluate(SAID, places)
    texts = [BUILD_ID.sub("", text) for text in said]
    return {word for text in texts for word in WORDS[language].findall(text)} - ALLOWED[language]


def query_of(address):
    return parse_qs(urlsplit(address).query)


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


def test_the_language_switch_stays_on_the_page(page, visit):
    visit(f"/sources?{VIEW}&lang=en")
    page.get_by_role("link", name="한국어").click()
    expect(page.locator(".cr-here")).to_have_text("출처")
    assert page.locator("html").get_attribute("lang") == "ko"
    assert urlsplit(page.url).path == "/sources"
    assert query_of(page.url) == parse_qs(f"{VIEW}&lang=ko")


@pytest.mark.parametrize("language", ["ko", pytest.param("en", marks=pytest.mark.long)])
@pytest.mark.parametrize(("path", "opened"), ONE_WIDTH_EACH)
def test_every_page_stands_still_fits_its_window_is_accessible_and_speaks_one_language(
    page, visit, shifted, path, opened, language
):
    page.set_viewport_size({"width": opened, "height": 900})
    visit(f"{path}?lang={language}")
    assert shifted() < MOST_SHIFT
    if opened == WIDE:
        main = page.get_by_test_id("stMain")
        assert main.evaluate("main => main.scrollHeight") <= TALLEST
    assert foreign_words(page, language) == set()
    assert findings(page) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(WIDEST_ONCE_CHARTS_FIT, width) <= width
        if width == TABLET:
            assert page.evaluate(WIDTH_OF_FILTERS) <= width
        switch = page.locator(".cr-language").bounding_box()
        assert switch["x"] >= 0
        assert switch["x"] + switch["width"] <= width


@pytest.mark.long
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(("path", "opened"), ONE_WIDTH_EACH)
def test_what_is_folded_fits_its_window_and_speaks_one_language(
    page, visit, unfold_all, path, opened, language
):
    page.set_viewport_size({"width": opened, "height": 900})
    visit(f"{path}?lang={language}")
    unfold_all()
    assert foreign_words(page, language) == set()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(WIDEST_ONCE_CHARTS_FIT, width) <= width


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
    assert foreign_words(page, language, OUTSIDE_DIALOGS) == set()


OF_BALANCER = "<html><h1>502 Bad Gateway</h1><hr>nginx</html>"


@pytest.mark.parametrize(
    ("language", "status", "title", "words"),
    [
        ("ko", None, "연결이 끊겼습니다", "서버가 답하지 않습니다. 저장된 것은 그대로 있습니다."),
        ("ko", 502, "연결이 끊겼습니다", "서버가 답하지 않습니다. 저장된 것은 그대로 있습니다."),
        ("en", None, "The connection is lost", "Nothing that was stored is lost."),
        ("en", 403, "The connection is lost", "Nothing that was stored is lost."),
    ],
)
def test_a_lost_connection_is_said_in_the_language_of_the_reader(
    page, visit, language, status, title, words
):
    """Nothing answers any more, or a balancer in front that has no process left."""
    sockets = []

    def note(socket):
        sockets.append(socket)
        socket.connect_to_server()

    page.clock.install()
    page.route_web_socket("**/_stcore/stream", note)
    visit(f"/help?lang={language}")

    def answer(route):
        return route.fulfill(status=status, body=OF_BALANCER) if status else route.abort()

    page.route("**/_stcore/**", answer)
    sockets[0].close()
    dialog = page.get_by_role("dialog")
    for _ in range(TRIES_UNTIL_LOST):
        with page.expect_request("**/_stcore/**"):
            page.clock.fast_forward("01:00")
        if dialog.count():
            break
    expect(dialog.get_by_role("heading")).to_have_text(title)
    expect(dialog).to_contain_text(words)
    shown = page.locator("body").inner_text()
    assert not [word for word in ("Streamlit", "nginx", str(status)) if word in shown]
    assert not set(WORDS[language].findall(dialog.inner_text())) - ALLOWED[language]
