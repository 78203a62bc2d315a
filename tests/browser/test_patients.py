"""The patients page in a real browser: both languages, filters in the URL, and odd addresses."""

from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

PATH = "/patients?region=KR-27&year=2019"


def query_of(page):
    return {name: found[0] for name, found in parse_qs(urlsplit(page.url).query).items()}


def heading(page):
    return page.get_by_role("heading", level=1)


def no_failure(page):
    for words in ("Traceback", "This view could not be made", "이 화면을 만들지 못했습니다"):
        expect(page.get_by_text(words)).to_have_count(0)


def test_daegu_2019_in_english(page, visit):
    visit(f"{PATH}&lang=en")
    expect(heading(page)).to_have_text(
        "Daegu 2019: 31,183 foreign patients; of 4 published nationalities, "
        "China (20.8%) is the greatest"
    )
    change = page.get_by_role("heading", name="Daegu, 2018 to 2019: +13,438 persons (+75.7%)")
    expect(change).to_be_visible()
    table = page.get_by_role("region", name="Daegu 2019: printed without persons").locator("tr")
    expect(table.filter(has_text="Dermatology")).to_contain_text("+136%")
    no_failure(page)


def test_daegu_2019_in_korean(page, visit):
    visit(PATH)
    expect(heading(page)).to_have_text(
        "대구 2019년: 외국인환자 31,183명, 공개된 국적 4개 가운데 최다는 중국(20.8%)"
    )
    expect(page.get_by_role("heading", name="2018년에서 2019년까지의 증감 요인")).to_be_visible()
    page.get_by_role("heading", name="모든 국적과 연도").click()
    table = page.get_by_role("region", name="대구: 수치가 있는 연도가 가장 많은 국적은")
    expect(table.get_by_role("row", name="베트남")).to_contain_text("≈ 4,200")
    levels = page.locator("h1, h2, h3, h4").evaluate_all(
        "found => found.map(heading => Number(heading.tagName[1]))"
    )
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    no_failure(page)


@pytest.mark.long
def test_a_change_of_filter_is_in_the_url_and_a_copied_link_shows_the_same(page, visit, choose):
    visit(f"{PATH}&lang=en")
    choose(page.get_by_role("combobox", name="Change since"), "2015")
    finding = page.get_by_role("heading", name="Daegu, 2015 to 2019: +18,195 persons")
    expect(finding).to_be_visible()
    assert query_of(page) == {"region": "KR-27", "year": "2019", "lang": "en", "base": "2015"}
    said = finding.inner_text()
    visit(page.url)
    expect(page.get_by_role("heading", name=said, exact=True)).to_be_visible()


@pytest.mark.parametrize(
    "query",
    [
        "region=KR-50",
        "region=KR-99&year=abc&base=x",
        "region=KR&year=2009&base=2008",
    ],
)
def test_odd_addresses_and_empty_regions_are_designed(page, visit, query):
    visit(f"/patients?{query}&lang=en")
    expect(heading(page)).to_be_visible()
    no_failure(page)


def test_a_telephone_shows_the_page_without_scrolling_sideways(page, visit):
    page.set_viewport_size({"width": 390, "height": 900})
    visit("/patients?region=KR-27&year=2016&lang=en")
    expect(page.get_by_role("heading", name="what is published")).to_be_visible()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    letters = page.locator(".cr-drawn-plot span").first
    assert letters.evaluate("text => getComputedStyle(text).color") == page.locator("h1").evaluate(
        "heading => getComputedStyle(heading).color"
    )
