"""Regions side by side in a real browser."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect


def heading(page):
    return page.get_by_role("heading", level=1)


def table(page):
    return page.locator(".cr-report-table").first


def row(page, name):
    return table(page).locator("tbody tr").filter(has_text=name).first


def no_failure(page):
    for words in ("Traceback", "This view could not be made", "이 화면을 만들지 못"):
        expect(page.get_by_text(words)).to_have_count(0)


def test_2019_in_korean(page, visit):
    visit("/compare?year=2019")
    expect(heading(page)).to_have_text(
        "2019년 외국인환자: 대구 31,183명, 대전 9,296명. 대구, 대전보다 21,887명 많음 (3.4배)"
    )
    assert row(page, "외국인환자 수").locator("td").count() == 3
    no_failure(page)


def test_a_third_region_goes_into_the_url_and_the_link_opens_the_same_view(page, visit, choose):
    visit("/compare?year=2019&lang=en")
    choose(page.get_by_role("combobox", name="Third region"), "Incheon")
    expect(heading(page)).to_contain_text("Incheon 24,864 persons")
    query = {"year": ["2019"], "lang": ["en"], "third": ["KR-28"]}
    assert parse_qs(urlsplit(page.url).query) == query
    visit(page.url)
    expect(table(page).locator("thead th")).to_have_text(
        [
            "Metric", "Daegu", "Daejeon", "Incheon", "Difference from Daejeon",
            "Difference from Incheon", "Daejeon: difference from Incheon",
        ]
    )  # fmt: skip
    expect(page.locator(".cr-drawn")).to_have_count(1)


def test_the_evidence_opens(page, visit):
    visit("/compare?year=2019&lang=en")
    row(page, "Foreign patients").get_by_role("link", name="9,296").click()
    expect(page.get_by_role("dialog")).to_contain_text("Foreign patients · Daejeon 2019")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("compare=KR-50", "Sejong at most"),
        ("region=KR-50&compare=none", "Sejong no data"),
        ("region=KR-99&compare=x&third=KR-27&year=1&metric=z", "2019: Daegu 31,183 persons, Daej"),
        ("compare=KR-30&third=KR-30&year=2019", "Daegu 31,183 persons, Daejeon 9,296 persons."),
    ],
)
def test_empty_and_odd_input_is_answered(page, visit, query, words):
    visit(f"/compare?lang=en&{query}")
    expect(heading(page)).to_contain_text(words)
    no_failure(page)


@pytest.mark.long
def test_nothing_is_wider_than_a_telephone(page, visit):
    page.set_viewport_size({"width": 390, "height": 900})
    visit("/compare?year=2019&third=KR-28")
    expect(page.locator(".cr-drawn").first).to_be_visible()
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 390
