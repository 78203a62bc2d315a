"""The funding page in a real browser: both languages, filters in the URL, and the empty states."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect


def heading(page):
    return page.get_by_role("heading", level=1)


def no_failure(page):
    for words in ("Traceback", "This view could not be made", "이 화면을 만들지 못"):
        expect(page.get_by_text(words)).to_have_count(0)


def width(page):
    return page.evaluate(
        "Math.max(document.documentElement.scrollWidth,"
        " document.querySelector('[data-testid=stMain]').scrollWidth)"
    )


def test_daegu_in_korean(page, visit):
    visit("/funding")
    expect(heading(page)).to_have_text(
        "대구 2010~2026년 지원사업 선정 12건, 금액 공표 6건, 국비 합계 16억 원 이상, "
        "공동 선정 5억 원 이상 별도"
    )
    expect(page.get_by_text("14.5억 원 이상").first).to_be_visible()
    assert page.locator("h2").count() >= 7
    no_failure(page)


@pytest.mark.long
def test_a_filter_goes_into_the_url_and_the_link_opens_the_same_view(page, visit, choose):
    visit("/funding?region=KR&lang=en")
    expect(heading(page)).to_contain_text("All regions 2010–2026: 79 awards")
    expect(page.get_by_text("KRW 400 million and KRW 200 million are both printed")).to_be_visible()
    choose(page.get_by_role("combobox", name="Ministry"), "Ministry of Health and Welfare")
    expect(heading(page)).to_contain_text("All regions 2010–2021: 43 awards")
    assert parse_qs(urlsplit(page.url).query) == {
        "region": ["KR"],
        "lang": ["en"],
        "ministry": ["MOHW"],
    }
    sentence = heading(page).inner_text()
    visit(page.url)
    assert heading(page).inner_text() == sentence


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("region=KR-50", "Sejong: the record has no result in a support programme"),
        ("region=KR-99&ministry=x&programme=k&year=abc", "Daegu 2010–2026: 12 awards"),
        ("region=KR-27&year=2024", "Daegu 2024: the record has no result in a support programme"),
        ("ministry=MOHW&programme=mct-cluster", "Daegu 2010–2017: 5 awards"),
        ("region=KR&ministry=KTO (under MCST)", "All regions: no award with a named winner"),
    ],
)
def test_empty_and_odd_input_is_answered(page, visit, query, words):
    visit(f"/funding?lang=en&{query}")
    expect(heading(page)).to_contain_text(words)
    no_failure(page)


def test_nothing_is_wider_than_a_telephone(page, visit, settle):
    page.set_viewport_size({"width": 390, "height": 900})
    visit("/funding?region=KR-28")
    expect(page.locator(".cr-drawn").first).to_be_visible()
    assert width(page) <= 390
