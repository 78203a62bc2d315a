"""The shell around every page: language, bar, width, fonts, theme, and who may be talked to."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from dashboard.content.pages import FIRST, PAGES

VIEW = "region=KR-27&year=2019&compare=KR-30"
ADDRESSES = [f"/{path}" if path != FIRST else "/" for path in PAGES]
WIDTHS = (1440, 1024, 390)

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
    visit(address)
    assert page.locator("html").get_attribute("lang") == language
    expect(page.get_by_role("link", name=name)).to_be_visible()
    expect(page).to_have_title(f"{page.locator('.cr-here').inner_text()} · {name}")


def test_a_change_of_page_keeps_the_view_and_back_returns_to_it(page, visit):
    visit(f"/?{VIEW}&lang=en&own=1")
    page.get_by_role("link", name="Sources", exact=True).click()
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
@pytest.mark.parametrize("path", ADDRESSES)
def test_no_page_is_wider_than_its_window(page, visit, path, language):
    visit(f"{path}?lang={language}")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(WIDEST_ONCE_CHARTS_FIT, width) <= width
        switch = page.locator(".cr-language").bounding_box()
        assert switch["x"] >= 0
        assert switch["x"] + switch["width"] <= width


@pytest.mark.parametrize("width", [1440, 390])
def test_the_bar_stays_and_covers_nothing_to_which_one_jumps(page, visit, width):
    page.set_viewport_size({"width": width, "height": 900})
    visit(f"/review-summary?{VIEW}&lang=en")
    page.locator(".cr-sections a[href='#cr-section-5']").click()
    heading = page.locator("#cr-section-5")
    expect(heading).to_be_in_viewport()
    bar = page.locator(".st-key-cr-header").bounding_box()
    # 56 and 52 pixels, and a line below each.
    assert (bar["y"], bar["height"]) == (0, 56 + 1 + 52 + 1)
    assert heading.bounding_box()["y"] >= bar["height"]


def test_the_filters_stand_side_by_side_in_one_line_on_a_telephone(page, visit):
    page.set_viewport_size({"width": 390, "height": 900})
    visit(f"/?{VIEW}&lang=en")
    boxes = page.locator(".st-key-cr-view").get_by_role("combobox").all()
    assert len(boxes) == len(["region", "year", "comparison"])
    assert len({box.bounding_box()["y"] for box in boxes}) == 1


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


def test_a_keyboard_reader_sees_where_the_focus_is(page, visit):
    visit("/sources?lang=en")
    for _ in ("the way past the bar", "the page itself", "the filter", "saving", "the bar"):
        page.keyboard.press("Tab")
    brand = page.locator(".cr-brand")
    expect(brand).to_be_focused()
    assert brand.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"


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
