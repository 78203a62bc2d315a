"""The shell around every page: language, bar, width, fonts, theme, and who may be talked to."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

VIEW = "region=KR-27&year=2019&compare=KR-30"
PAGES = ("/", "/sources")


def query_of(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


@pytest.mark.parametrize(
    ("address", "language", "name"),
    [
        ("/", "ko", "클러스터 리뷰"),
        ("/?lang=ko", "ko", "클러스터 리뷰"),
        ("/?lang=en", "en", "Cluster Review"),
        ("/?lang=tlh", "ko", "클러스터 리뷰"),
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
    page.get_by_role("link", name="Sources").click()
    expect(page.locator(".cr-here")).to_have_text("Sources")
    assert urlsplit(page.url).path == "/sources"
    assert query_of(page.url) == parse_qs(f"{VIEW}&lang=en")
    assert page.locator(".cr-here").get_attribute("aria-current") == "page"

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


@pytest.mark.parametrize("width", [390, 1024, 1440])
@pytest.mark.parametrize(
    "address", [f"{path}?lang={code}" for path in PAGES for code in ("ko", "en")]
)
def test_no_page_is_wider_than_its_window(page, visit, address, width):
    page.set_viewport_size({"width": width, "height": 900})
    visit(address)
    widest = page.evaluate(
        "Math.max(document.documentElement.scrollWidth,"
        " document.querySelector('[data-testid=stMain]').scrollWidth)"
    )
    assert widest <= width
    right = page.locator(".cr-language").bounding_box()
    assert right["x"] >= 0
    assert right["x"] + right["width"] <= width


def test_the_bundled_font_is_used_with_every_glyph(page, visit):
    visit("/")
    assert page.evaluate("document.fonts.check('16px \"Pretendard GOV\"', '가▲漢')")
    assert page.evaluate("document.fonts.check('bold 16px \"Pretendard GOV\"', '가▲漢')")
    faces = page.evaluate(
        "[...document.fonts].filter(face => face.family.includes('Pretendard GOV'))"
        ".map(face => [face.weight, face.status])"
    )
    assert sorted(faces) == [["400", "loaded"]] * 2 + [["700", "loaded"]] * 2
    body = page.evaluate("getComputedStyle(document.querySelector('.stApp')).fontFamily")
    assert body.startswith('"Pretendard GOV"')


@pytest.mark.parametrize("place", [".stApp", "body"])
def test_the_tokens_follow_the_theme_of_the_reader(page, visit, place):
    """`body` stands for popovers and dialogs, which Streamlit draws outside the app."""
    colours = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        visit("/")
        colours[scheme] = page.evaluate(
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
    assert colours["light"][:3] == ["rgb(30, 33, 36)", "rgb(255, 255, 255)", "rgb(37, 110, 244)"]
    assert colours["dark"][:3] == ["rgb(244, 245, 246)", "rgb(30, 33, 36)", "rgb(76, 135, 246)"]
    assert all(light != dark for light, dark in zip(*colours.values(), strict=True))


def test_a_keyboard_reader_sees_where_the_focus_is(page, visit):
    visit("/?lang=en")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to main content")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_text("Cluster Review")
    assert focused.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"


def test_documents_carry_the_security_headers(visit):
    headers = visit("/sources?lang=en").headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "script-src 'self' 'sha256-" in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"


def test_the_browser_refuses_requests_to_others(browser, server, settle):
    page = browser.new_page(base_url=server)
    answered = []
    page.on("response", lambda response: answered.append(response.url))
    page.goto("/")
    settle(page)
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
