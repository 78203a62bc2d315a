"""The onsite-review summary: what the ministry announced, and the record's figures beside it."""

import re
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

# From the announcement of January 2019 (seed-cluster-2019 and the papers that print it).
ANNOUNCED = {
    "ko": ["선정", "1위", "4억 원", "6명", "2단계"],
    "en": ["selected", "No. 1", "KRW 400 million", "6 judges", "2 stages"],
}
PRAISED = [
    "Digital medical tourism web portal",
    "Competition for representative products",
    "Customised sessions for target countries",
    "1st Asia Pacific Anti-Aging Course",
    "Social media group Meditor",
]
STOPS = [
    "Daegu Medical Tourism Information Center",
    "Daegu Medical Tourism Promotion Institute",
    "BL plastic surgery and dermatology clinic",
    "Sky Lake",
    "Kimgwangseok-gil",
]
# Figures of 2018 in the record: 17,745 patients (21,876 in 2017: 4,131 fewer), 20 centres in nine
# countries, 300 million won.
FIGURES = {
    "ko": ["17,745명", "4,131명", "20개소", "9개국", "3억 원", "31,183명"],
    "en": ["17,745 persons", "4,131 persons", "20 centres", "9 countries", "KRW 300 million"],
}


@pytest.fixture
def summary(page, visit):
    """Opens the summary of a region and year."""

    def open_summary(region, year, language):
        page.set_viewport_size({"width": 1024, "height": 900})
        visit(f"/review-summary?region={region}&year={year}&lang={language}")
        return page

    return open_summary


@pytest.mark.parametrize("language", ["ko", pytest.param("en", marks=pytest.mark.long)])
def test_daegu_2019_reads_as_it_was_announced(summary, language):
    page = summary("KR-27", 2019, language)
    tiles = page.locator(".cr-report-figures").first.locator(".cr-value")
    # A sign and its number are held together by a space that does not break.
    texts = [" ".join(text.split()) for text in tiles.all_inner_texts()]
    assert texts == ANNOUNCED[language]
    for figure in FIGURES[language]:
        expect(page.locator(".cr-report-table").filter(has_text=figure).first).to_be_visible()
    stops = page.locator("ol.cr-report-points li")
    expect(stops).to_have_count(len(STOPS))
    if language == "en":
        for stop, name in zip(stops.all(), STOPS, strict=True):
            expect(stop).to_contain_text(name)
        for item in PRAISED:
            expect(page.get_by_role("rowheader", name=re.compile(f"^{item}"))).to_be_visible()


def test_what_to_ask_stays_in_sight_and_a_figure_leads_to_its_sources(summary):
    page = summary("KR-27", 2019, "en")
    ask = page.get_by_role("navigation", name="Sections").get_by_role("link").first
    expect(ask).to_contain_text("Ask first on site")
    page.locator(".cr-report-figures .cr-refs a").first.click()
    source = page.locator("#cr-source-1")
    expect(source).to_be_in_viewport()
    expect(source).to_contain_text("Daegu voted No. 1 Medical Tourism Cluster Project")

    expect(ask).to_be_in_viewport()
    ask.click()
    heading = page.get_by_role("heading", name="Ask first on site: contested or missing")
    expect(heading).to_be_in_viewport()
    # Two papers differ on the patients consulted at events of 2019: about 380, and about 300.
    question = page.locator(".cr-report-points .cr-question", has_text="≈ 380")
    expect(question).to_contain_text("≈ 300")


@pytest.mark.parametrize(
    ("language", "name", "sentence"),
    [
        ("ko", "세종", "기록에 세종 2019년 클러스터 평가가 없습니다."),
        ("en", "Sejong", "The record has no cluster review of Sejong in 2019."),
    ],
)
def test_a_region_without_review_says_so(summary, language, name, sentence):
    page = summary("KR-50", 2019, language)
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    expect(page.get_by_text(sentence).first).to_be_visible()
    expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)


def test_the_page_opens_with_the_latest_review_and_links_to_the_others(page, visit):
    visit("/review-summary?region=KR-27&lang=en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Onsite-review summary: Daegu 2026")
    link = page.locator(".cr-reviewed").get_by_role("link", name="2019")
    query = parse_qs(link.get_attribute("href").removeprefix("?"))
    assert query == {"region": ["KR-27"], "lang": ["en"], "year": ["2019"]}
