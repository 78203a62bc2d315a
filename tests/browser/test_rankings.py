"""The rankings in a real browser: both languages, filters in the URL, and the sandbox."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

PATH = "/rankings?lang=en&year=2019"
SANDBOX = "Sandbox 2019, only among the 8 regions composed: Jeju first"
BUILD = re.compile("(build|빌드) [0-9a-f]{8}")
ODD = "metric=bogus&year=abc&first=3000&base=x&region=KR-99&kpis=z,&weights=a,b&scale=q&spread=0"


def query_of(page):
    return {name: found[0] for name, found in parse_qs(urlsplit(page.url).query).items()}


def heading(page):
    return page.get_by_role("heading", level=1)


def table(page, caption):
    return page.get_by_role("region", name=caption).locator("tbody tr")


def no_failure(page):
    for words in ("Traceback", "This view could not be made", "이 화면을 만들지 못했습니다"):
        expect(page.get_by_text(words)).to_have_count(0)
    expect(page.locator("del")).to_have_count(0)  # "3~12위, 2~12위" is no Markdown
    captions = page.get_by_test_id("stCaptionContainer")
    expect(captions.filter(has_text=BUILD)).to_have_count(0)


def test_2019_in_english(page, visit):
    visit(PATH)
    expect(heading(page)).to_have_text(
        "Daegu 2019, Foreign patients: rank 3 of all 17 regions, 1 up on 2018 (8 in both years)"
    )
    rows = table(page, "Every region with a figure in 2019").all_inner_texts()
    expected = ["Seoul", "Gyeonggi", "Daegu", "Incheon", "Busan", "Jeju", "Daejeon", "Ulsan"]
    expected += ["Gangwon"]
    assert len(rows) == len(expected)
    # The nine without a figure share 23,532; tests/store/test_questions.py has the arithmetic.
    possible = ["1", "2", "3", "4", "5–6", "6–7", "7–9", "9–16", "10–17"]
    for region, places, row in zip(expected, possible, rows, strict=True):
        cells = row.split("\t")
        assert cells[0].strip().startswith(f"No. {places}")
        assert cells[1].strip() == region
    # Rank and range stand in one column, and the region's row is picked out.
    found = page.locator("tr", has=page.locator(".cr-span"))
    expect(found.nth(2)).to_have_attribute("data-picked", "true")
    assert "31,183 persons" in rows[2]
    assert "1,613–1,617 persons" in rows[7]  # derived: no source prints the figure
    assert "4 → 3 of 8 in both years" in rows[2]
    # What is secondary is folded behind its title: the page is no longer than five screens.
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    assert height < 4_500
    printed = page.get_by_text("as printed by sources: No. 1 in 2017").first
    expect(printed).to_be_hidden()
    page.get_by_role("heading", name="Announced ranks, not computed here").click()
    expect(printed).to_be_visible()
    no_failure(page)


def test_2019_in_korean_on_a_telephone(page, visit):
    page.set_viewport_size({"width": 390, "height": 844})
    visit("/rankings?year=2019")
    expect(heading(page)).to_contain_text("대구 2019년 외국인환자 수: 17개 시·도 중 3위")
    expect(page.get_by_role("heading", name="발표된 순위(산출값 아님)")).to_be_visible()
    expect(page.get_by_text("시험용이며 순위, 평가, 기록을 바꾸지 않습니다.")).to_be_visible()
    widest = "document.querySelector('[data-testid=stMain]').scrollWidth"
    assert page.evaluate(widest) <= 390
    no_failure(page)


def test_filters_go_to_the_url_and_a_copied_link_shows_the_same(page, visit, choose):
    visit(PATH)
    choose(page.get_by_role("combobox", name="Compare with year"), "2016")
    expect(heading(page)).to_contain_text("same place as in 2016")
    choose(page.get_by_role("combobox", name="Highlighted region"), "Busan")
    expect(heading(page)).to_contain_text("Busan 2019")
    assert query_of(page) == {"lang": "en", "year": "2019", "base": "2016", "region": "KR-26"}
    said = heading(page).inner_text()
    visit(page.url)
    expect(heading(page)).to_have_text(said)


@pytest.mark.long
def test_the_sandbox_goes_to_the_url_and_says_what_it_is(page, visit, settle):
    visit(PATH)
    expect(page.get_by_text("it changes no ranking, no review and no record")).to_be_visible()
    rows = table(page, "Points of a KPI").all_inner_texts()
    assert [row.split("\t")[1].strip() for row in rows][:3] == ["Seoul", "Jeju", "Daegu"]
    assert "No. 1" in rows[2]
    weight = page.get_by_label("Weight: Foreign patients")
    weight.fill("0")
    weight.press("Enter")
    settle(page)
    # All weight on the change: Jeju +88.0 %, Daegu +75.7 %, Incheon +40.0 %.
    expect(page.get_by_role("heading", name=SANDBOX)).to_be_visible()
    assert query_of(page)["weights"] == "0,50"
    visit(page.url)
    expect(page.get_by_role("heading", name=SANDBOX)).to_be_visible()
    expect(page.get_by_role("heading", name="Jeju takes rank 1 in 100.0%")).to_be_visible()
    no_failure(page)


@pytest.mark.long
def test_one_kpi_is_no_composite(page, visit):
    visit(f"{PATH}&kpis=foreign_patients")
    expect(page.get_by_text("Choose at least two KPIs")).to_be_visible()
    no_failure(page)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (f"/rankings?lang=en&{ODD}", "Daegu 2019, Foreign patients: rank 3 of all 17 regions"),
        ("/rankings?lang=en&region=KR-50", "Sejong 2024: at most"),
        ("/rankings?lang=en&metric=events_held&year=2018", "Daegu 2018, Events held: rank 1 of"),
        ("/rankings?lang=en&metric=cluster_grant_krw&year=2022", "Daegu 2022, Cluster grant: no"),
        ("/rankings?lang=en&metric=promotion_centres", "the only region with a figure"),
    ],
    ids=["odd input", "Sejong", "not comparable", "a year without figures", "one region"],
)
def test_every_state_has_its_words(page, visit, address, words):
    visit(address)
    expect(heading(page)).to_contain_text(words)
    no_failure(page)


@pytest.mark.long
def test_korea_is_not_silently_another_region(page, visit):
    visit("/rankings?lang=en&region=KR&year=2019")
    expect(
        page.get_by_text(
            "Korea as a whole has no rank among its own regions. Picked out instead: Daegu."
        )
    ).to_be_visible()
