"""The shell around every page: the view in its address, fonts, theme, and who may be talked to."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

VIEW = "region=KR-27&year=2019&compare=KR-30"


def query_of(address):
    return parse_qs(urlsplit(address).query)


FEW = {
    "ClusterReviewSigns-Regular.woff2",
    "ClusterReviewSigns-Bold.woff2",
    "PretendardGOV-Regular.subset.woff2",
    "PretendardGOV-Bold.subset.woff2",
}
"""The faces that a page needs."""


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


def test_the_bundled_font_is_used_with_every_glyph(page, visit):
    fetched = set()
    face = re.compile("^(?:Pretendard|Cluster)")

    def note(request):
        name = urlsplit(request.url).path.rpartition("/")[2]
        if face.match(name):
            fetched.add(name)

    page.on("request", note)
    visit("/")
    faces = page.evaluate(
        "[...document.fonts].filter(face => face.family.includes('Pretendard GOV'))"
        ".map(face => [face.weight, face.status])"
    )
    assert sorted(faces) == [
        [weight, status] for weight in ("400", "700") for status in ("loaded", "loaded", "unloaded")
    ]
    # The common glyphs and the signs; the whole faces, 2 MB each, for a glyph that neither has.
    assert fetched == FEW
    page.evaluate("document.fonts.load('16px \"Pretendard GOV\"', '漢')")
    assert fetched == FEW | {"PretendardGOV-Regular.woff2"}
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


def test_paper_shows_what_a_page_says_and_nothing_to_press(page, visit):
    visit("/?lang=en")
    page.emulate_media(media="print")
    for pressed in (".st-key-cr-header", ".cr-welcome", ".cr-contents"):
        expect(page.locator(pressed).first).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
