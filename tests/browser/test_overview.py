"""The overview as an official uses it: the record's figures, their evidence, and the filters."""

import csv
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect


def tile(page, metric):
    return page.locator(f"#cr-tile-{metric}")


def unfold(page, title):
    """Open what is folded behind a title; tables of what is shown otherwise have the same one."""
    opener = page.locator(".cr-opening a", has_text=title).first
    opener.click()
    expect(opener).to_have_attribute("aria-expanded", "true")


def open_evidence(page, metric):
    page.locator(f"#cr-tile-{metric} a.cr-evidence").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return dialog


@pytest.mark.parametrize(
    ("language", "headline", "value", "change", "badge"),
    [
        (
            "ko",
            "대구 2019년 외국인환자 31,183명, 전년 17,745명 대비 +75.7%",
            "31,183명",
            "▲ 13,438명 (75.7%)",
            "확정, 근거 6곳\u00a0›",
        ),
        (
            "en",
            "Daegu 2019: 31,183 foreign patients, +75.7% on 17,745",
            "31,183 persons",
            "▲ 13,438 persons (75.7%)",
            "settled, evidence from 6 publishers\u00a0›",
        ),
    ],
)
def test_daegu_2019(page, visit, language, headline, value, change, badge):
    visit(f"/?region=KR-27&year=2019&lang={language}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(headline)
    patients = tile(page, "foreign_patients")
    expect(patients.locator(".cr-value")).to_have_text(value)
    expect(patients.locator(".cr-change")).to_contain_text(change)
    expect(patients.locator("a.cr-evidence")).to_contain_text(badge)


def test_the_badge_opens_every_claim_with_source_and_dissent(page, visit):
    visit("/?region=KR-27&year=2015&lang=en")
    expect(tile(page, "foreign_patients").locator(".cr-value")).to_have_text("12,988 persons")
    dialog = open_evidence(page, "foreign_patients")
    chosen = dialog.locator("tr.cr-claim-chosen")
    expect(chosen).to_have_count(1)
    expect(chosen.locator(".cr-number")).to_have_text("12,988 persons")
    # 12,000 twice and 15,000 once do not agree with 12,988; 13,000 is the same rounded
    dissent = dialog.locator("tr.cr-claim-dissent .cr-number")
    expect(dissent).to_have_text(["≈ 12,000 persons", "≈ 12,000 persons", "≈ 15,000 persons"])
    expect(dialog.locator("tr.cr-claim-rounded-support .cr-number")).to_have_text(
        "≈ 13,000 persons"
    )
    dialog.get_by_text("Identifiers, SQL and build").click()
    expect(dialog.get_by_text("What is the settled figure of a metric").first).to_be_visible()
    expect(dialog).to_contain_text("Snapshot 1")
    expect(dialog.locator("tr.cr-claim a").first).to_have_attribute("rel", "noopener noreferrer")


WHY = "12,988명을 채택함: 정확한 확정치이고 4곳이 같은 값을 실음. ≈ 12,000은 어림한 값."


def test_one_step_says_why_it_is_12988_and_every_way_back_leads_to_the_page(page, visit):
    """By mouse and by keyboard; at 390 as a sheet, where a click is what a touch becomes."""
    visit("/?region=KR-27&year=2015")
    badge = page.locator("#cr-tile-foreign_patients a.cr-evidence")
    dialog = page.get_by_role("dialog", name="왜 12,988명인가")
    page.evaluate("window.isSameDocument = true")
    page.locator("#cr-tile-foreign_patients .cr-value a").click()
    expect(dialog).to_be_focused()
    assert page.evaluate("window.isSameDocument"), "the page was loaded anew"
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.locator("#cr-tile-foreign_patients").get_by_role("link", name="다른 값 3건").click()
    expect(dialog).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    badge.click()
    expect(dialog).to_contain_text(WHY)
    expect(dialog).to_be_focused()
    page.mouse.move(200, 600)
    page.mouse.wheel(0, 300)
    main = page.get_by_test_id("stMain")
    page.wait_for_function("main => main.scrollTop > 0", arg=main.element_handle())
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(badge).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_be_focused()
    page.go_back()
    expect(dialog).to_have_count(0)
    expect(badge).to_be_focused()
    page.get_by_role("button", name="기호의 뜻").press("Enter")
    expect(page.locator("#cr-legend")).to_contain_text("같은 무게의 출처가 다른 값을 실음.")
    page.keyboard.press("Escape")
    expect(page.locator("#cr-legend")).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 844})
    badge.click()
    expect(dialog).to_be_focused()
    assert dialog.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    page.keyboard.press("Shift+Tab")
    expect(dialog.locator(":focus")).to_have_count(1)
    dialog.get_by_role("link", name="닫기").click()
    expect(dialog).to_have_count(0)
    expect(badge).to_be_focused()
    assert parse_qs(urlsplit(page.url).query) == {"region": ["KR-27"], "year": ["2015"]}


@pytest.mark.parametrize("which", ["the same", "another"])
def test_a_number_clicked_while_the_drawer_goes_opens_what_it_names(page, visit, settle, which):
    """The step back in the history is still on its way then, and would take it along."""
    visit("/?region=KR-27&year=2015")
    open_evidence(page, "foreign_patients")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_focused()
    links = page.locator(".stMain a.cr-evidence")
    link = links.nth(0 if which == "the same" else 1)
    asked = urlsplit(link.get_attribute("href")).query
    link.evaluate(
        """link => {
          const escape = new KeyboardEvent("keydown", { key: "Escape", bubbles: true });
          document.body.dispatchEvent(escape);
          link.click();
        }"""
    )
    page.wait_for_url(lambda url: urlsplit(url).query == asked)
    settle(page)
    expect(dialog).to_be_focused()
    page.go_back()
    expect(dialog).to_have_count(0)
    assert parse_qs(urlsplit(page.url).query) == {"region": ["KR-27"], "year": ["2015"]}


def test_other_values_of_an_event_open_why_its_figure_is_the_one_it_is(page, visit):
    """Erdenet 2019: ≈ 380 in a paper of 22 April, ≈ 300 in one without a date."""
    visit("/?region=KR-27&year=2019&lang=en")
    page.locator(".cr-event-lines").get_by_role("link", name="1 claim differs").click()
    dialog = page.get_by_role("dialog", name="Where sources differ about the event")
    expect(dialog).to_contain_text("≈ 380 persons was settled on")
    expect(dialog.locator("tr.cr-claim-dissent .cr-number")).to_have_text("≈ 300 persons")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_a_dialog_speaks_the_language_of_the_page(page, visit):
    visit("/?region=KR-27&year=2015&lang=en")
    dialog = open_evidence(page, "foreign_patients")
    expect(dialog).to_contain_text("an exact final value")
    page.keyboard.press("Escape")
    visit("/?region=KR-27&year=2015&lang=ko")
    expect(open_evidence(page, "foreign_patients")).to_contain_text("채택")


def test_a_part_of_the_year_stands_beside_the_full_year(page, visit):
    visit("/?region=KR-27&year=2016&lang=en")
    unfold(page, "Counts of a part of 2016")
    table = page.get_by_role("region", name="Counts of a part of 2016")
    row = table.locator("tr", has_text="Russia").first
    expect(row).to_contain_text("to October")
    expect(row).to_contain_text("1,322 persons")
    expect(row).to_contain_text("1,295 persons")
    expect(page.get_by_text("A part of the year is not compared with a full year")).to_be_visible()


def test_daegu_2023_says_what_is_known_instead(page, visit):
    visit("/?region=KR-27&year=2023&lang=en")
    patients = tile(page, "foreign_patients")
    expect(patients.locator(".cr-value")).to_have_text("14,991–15,021 persons")
    for fact in (
        "10,510 persons is printed but left out",
        "share of Korea 2.5%",
        "2024: 14,646 persons",
        "-2.4%",
    ):
        expect(patients).to_contain_text(fact)
    dialog = open_evidence(page, "foreign_patients")
    expect(dialog.locator("tr.cr-claim-left-out .cr-number")).to_have_text("10,510 persons")


def test_the_trade_fair_shows_three_counts_and_how_to_read_them(page, visit):
    visit("/?region=KR-27&year=2020&lang=en")
    events = page.locator(".cr-section", has=page.locator(".cr-event-lines"))
    unfold(events, "Show as a table")
    unfold(page, "Other metrics of 2020")
    unfold(page, "Events of 2020, from attendance to contract")
    fair = page.get_by_role("row", name="2020 Hello Medicity Daegu").first
    expect(fair).to_contain_text("34 buyers")
    expect(fair).to_contain_text("together 35")
    expect(fair).to_contain_text("54 participants")
    expect(page.locator(".cr-question", has_text="54 = 35 + 19").first).to_be_visible()
    expect(fair).to_contain_text(re.compile(r"≈ 200 sessions \(approximate"))
    expect(fair).to_contain_text(re.compile(r"≈ 320 sessions \(announced beforehand, not a result"))
    expect(tile(page, "event_consultations").locator(".cr-value")).to_have_text("≈ 200 sessions")


def test_the_review_record_has_rank_grant_and_judges(page, visit):
    visit("/?region=KR-27&year=2019&lang=en")
    ribbon = page.locator(".cr-ribbon")
    expect(ribbon.locator("[aria-current]")).to_contain_text("2019")
    expect(ribbon.locator("[aria-current]")).to_contain_text("No. 1")
    expect(ribbon.locator(".cr-gap").first).to_contain_text("2015–16")
    reviews = page.locator(".cr-section", has=ribbon)
    unfold(reviews, "Show as a table")
    table = page.get_by_role("region", name=re.compile("Rank.*Judges"))
    for year, grant in (
        ("2019", "KRW 400 million"),
        ("2018", "KRW 300 million"),
        ("2017", "KRW 300 million"),
    ):
        row = table.locator("tr", has=page.get_by_text(year, exact=True))
        expect(row).to_contain_text("No. 1")
        expect(row).to_contain_text(grant)
    expect(table.locator("tr", has_text="2019").first).to_contain_text("6 persons")
    expect(tile(page, "cluster_grant_cumulative_krw").locator(".cr-value")).to_have_text(
        "at least KRW 1 billion"
    )


@pytest.mark.parametrize(
    ("language", "words", "derived", "folded"),
    [
        ("ko", "자료 없음", "최대 ", "이 지역에 수치가 없는 지표 23개"),
        pytest.param(
            *("en", "no data", "at most ", "23 metrics of which the record has no figure"),
            marks=pytest.mark.long,
        ),
    ],
)
def test_a_region_without_figures_says_so_once(page, visit, language, words, derived, folded):
    """All but the patients, of whom the others leave only so many, and their rank: 25 − 2 = 23."""
    visit(f"/?region=KR-50&year=2019&lang={language}")
    expect(tile(page, "foreign_patients").locator(".cr-value")).to_contain_text(derived)
    expect(tile(page, "foreign_patients_rank").locator(".cr-value")).to_contain_text("–17")
    expect(page.get_by_text(folded)).to_be_visible()
    assert words not in page.locator(".cr-value").all_inner_texts()
    expect(page.get_by_text("Traceback")).to_have_count(0)


def test_it_opens_with_the_best_covered_year_and_leads_to_the_latest(page, visit):
    visit("/?lang=en")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Daegu 2019: 31,183")
    expect(page.get_by_text("best covered of the recent years")).to_be_visible()
    page.get_by_role("link", name="see the latest, 2024").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Daegu 2024: 14,646")
    expect(page.get_by_text("best covered of the recent years")).to_have_count(0)


def test_filters_live_in_the_url_and_back_works(page, visit, choose):
    visit("/?region=KR-27&year=2019&lang=en")
    choose(page.get_by_role("combobox", name="Year", exact=True), "2018")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Daegu 2018: 17,745")
    assert parse_qs(urlsplit(page.url).query)["year"] == ["2018"]
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Daegu 2019: 31,183")


def test_a_wrong_code_in_the_url_falls_back(page, visit):
    visit("/?region=XX&year=1066&compare=%3Cb%3E&lang=en")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Daegu 2019")


def test_the_table_behind_a_chart_can_be_saved(page, visit, tmp_path):
    visit("/?region=KR-27&year=2019&lang=en")
    page.locator('a.cr-behind[href*="behind=ranking"]').click()
    with page.expect_download() as saving:
        page.get_by_role("dialog").get_by_role("button", name="Save as CSV", exact=True).press(
            "Enter"
        )
    target = tmp_path / "ranking.csv"
    saving.value.save_as(target)
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    third = {"Region": "Daegu", "Value (persons)": "31183", "Evidence": "settled"}
    third |= {"Region (code)": "KR-27", "Unit (code)": "persons"}
    assert third.items() <= rows[2].items()
    # Rank 3 of the 8 regions with figures; the 9 others share 23,532, so it is third of all 17.
    ranks = ("Rank", "Among", "Best possible rank", "Worst possible rank", "Regions in all")
    assert [rows[2][name] for name in ranks] == ["3", "8", "3", "3", "17"]


def test_what_is_folded_is_sent_when_it_is_opened_and_a_footnote_leads_into_it(page, visit):
    visit("/?region=KR-27&year=2018&lang=en")
    page.evaluate("document.body.crSame = true")
    folded = ".cr-report-sources, [aria-label$='Metric, Definition, Caveat']"
    assert page.locator(folded).count() == 0
    footnote = page.locator("sup.cr-refs a").nth(1)
    named = footnote.get_attribute("href")
    footnote.click()
    expect(page.locator(named)).to_be_in_viewport()
    expect(page.locator(":target")).to_have_id(named.removeprefix("#"))
    assert parse_qs(urlsplit(page.url).query)["open"] == ["sources"]

    unfold(page, "Definitions")
    definitions = page.get_by_role("table", name="Metric, Definition, Caveat")
    expect(definitions.get_by_role("row", name=re.compile("^Foreign patients "))).to_be_visible()
    expect(page.locator("#cr-opening-definitions")).to_be_focused()
    page.keyboard.press("Enter")
    expect(definitions).to_have_count(0)
    page.go_back()
    expect(definitions).to_be_visible()
    assert page.evaluate("document.body.crSame")  # the page was never loaded anew
    page.locator(".st-key-cr-header").get_by_role("link", name="Rankings").click()
    page.wait_for_url("**/rankings?**")
    assert "open" not in parse_qs(urlsplit(page.url).query)


def test_all_that_is_opened_in_one_moment_stands_open(page, visit, unfold_all):
    visit("/?region=KR-27&year=2019&lang=en")
    expect(page.locator("a[id^=cr-opening-]")).not_to_have_count(0)
    unfold_all()


def test_what_is_opened_beside_the_drawer_leaves_it_as_it_is(page, visit):
    visit("/?region=KR-27&year=2019&lang=en")
    dialog = open_evidence(page, "foreign_patients")
    unfold(page, "Definitions")
    expect(page.locator(".cr-drawer-outline")).to_have_count(0)
    expect(dialog).to_be_visible()
    expect(page.locator("#cr-opening-definitions")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.locator("#cr-opening-definitions")).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#cr-tile-foreign_patients a.cr-evidence")).to_be_focused()
    page.locator("#cr-opening-definitions").focus()
    page.keyboard.press("Space")
    expect(page.locator("#cr-opening-definitions")).to_have_attribute("aria-expanded", "false")


def test_an_address_that_names_a_source_leads_to_it(page, visit):
    visit("/?region=KR-27&year=2019&lang=en#cr-source-40")
    expect(page.locator("#cr-source-40")).to_be_in_viewport()
    expect(page.locator("#cr-source-40")).to_be_focused()
