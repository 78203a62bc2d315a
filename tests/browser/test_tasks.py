"""What an official of Daegu comes for, each from the first address in a browser of their own.

The overview opens with Daegu, so its official chooses no region; who reads English has the language
in the address. A press of the mouse counts, scrolling and reading do not. The figures stand in the
tables of `data/public_record`.
"""

import re

import pytest
from playwright.sync_api import expect

LANGUAGES = ("ko", "en")
COUNT_PRESSES = """addEventListener("pointerdown", event => {
    const before = Number(sessionStorage.getItem("presses"));
    if (event.isTrusted) sessionStorage.setItem("presses", before + 1);
}, true)"""
PRESSES = "Number(sessionStorage.getItem('presses'))"


def in_both(normally):
    """One language in every run, the other in the long one."""
    return pytest.mark.parametrize(
        "language",
        [
            one if one == normally else pytest.param(one, marks=pytest.mark.long)
            for one in LANGUAGES
        ],
    )


@pytest.fixture(scope="module")
def server(shipped_server):
    """What an official has before them is the record that ships."""
    return shipped_server


@pytest.fixture
def official(browser, server, settle):
    """Opens an address in a browser that was never here; the page of that official."""
    contexts = []

    def come(language, address="/"):
        context = browser.new_context(base_url=server, viewport={"width": 1440, "height": 900})
        contexts.append(context)
        context.add_init_script(COUNT_PRESSES)
        page = context.new_page()
        page.goto(address if language == "ko" else f"{address}?lang={language}")
        settle(page)
        return page

    yield come
    for context in contexts:
        context.close()


def on_screen(place):
    place.scroll_into_view_if_needed()
    expect(place).to_be_in_viewport()


def heading(page):
    return page.get_by_role("heading", level=1)


def drawer(page):
    return page.get_by_role("dialog").filter(has=page.locator(".cr-drawer-head"))


@in_both("ko")
def test_how_many_patients_daegu_had_in_2019(official, language, settle):
    """31,183 (obs-0519 to obs-0525): at first sight, and for others after choosing Daegu."""
    page = official(language)
    expect(heading(page)).to_contain_text("31,183")
    on_screen(page.locator(".cr-hero-figure .cr-value"))
    assert page.evaluate(PRESSES) == 0
    year = page.get_by_role("combobox", name={"ko": "연도", "en": "Year"}[language], exact=True)
    expect(year).to_have_value("2019")
    region = page.get_by_role("combobox", name={"ko": "지역", "en": "Region"}[language], exact=True)
    daegu, daejeon = {"ko": ("대구", "대전"), "en": ("Daegu", "Daejeon")}[language]
    for name in (daejeon, daegu):
        before = page.evaluate(PRESSES)
        region.click()
        page.get_by_role("option", name=name, exact=True).click()
        expect(heading(page)).to_contain_text(name)
        settle(page)
        assert page.evaluate(PRESSES) - before == 2
    expect(heading(page)).to_contain_text("31,183")


@in_both("en")
def test_why_it_was_12_988_in_2015_and_not_12_000(official, language):
    """Four publishers print 12,988 (obs-0229, -0230, -0232, -2023), two ≈ 12,000 (-0228, -2040)."""
    page = official(language)
    page.get_by_role("link", name=re.compile("^2015: 12,988")).click()
    said = {
        "ko": "12,988명을 채택함: 정확한 확정치이고 4곳이 같은 값을 실음. ≈ 12,000은 어림한 값.",
        "en": "12,988 persons was settled on: an exact final value that 4 publishers print. "
        "≈ 12,000 is a rounded value.",
    }
    on_screen(drawer(page).get_by_text(said[language]))
    assert page.evaluate(PRESSES) == 1


@in_both("ko")
def test_what_drove_the_change_from_2018_to_2019(official, language):
    """31,183 - 17,745 (obs-0455) = 13,438; Chinese: 6,474 (obs-0526) - 3,438 (obs-0458) = 3,036."""
    page = official(language)
    words = {"ko": "증감 요인", "en": "What drove the change"}
    page.locator("#cr-tile-foreign_patients").get_by_role("link", name=words[language]).click()
    finding = {
        "ko": re.compile(r"2018→2019년: \+13,438명.*중국 \+3,036명"),
        "en": re.compile(r"2018 to 2019: \+13,438 persons.*China \+3,036 persons"),
    }
    # No scrolling: the view opens there.
    expect(page.get_by_role("heading", name=finding[language])).to_be_in_viewport()
    expect(page.locator("[data-anchor=drivers]")).to_be_focused()
    assert page.evaluate(PRESSES) == 1


@in_both("en")
def test_which_events_led_to_reservations(official, language):
    """event_outcomes.csv: DG-2016-APR ≈ 100, DG-2016-KZS 25, DG-2016-YAK ≈ 50; together 175."""
    page = official(language)
    shown = {"ko": "2016년 ≈ 175명", "en": "≈ 175 persons in 2016"}
    page.get_by_role("link", name=shown[language]).click()
    events = {
        "ko": {
            "야쿠츠크·블라디보스토크·카자흐스탄 의료상담회": "≈ 100명",
            "카자흐스탄 나눔의료 및 의료관광 설명회": "25명",
            "야쿠츠크 의료상담회 및 의료관광 설명회": "≈ 50명",
        },
        "en": {
            "Consultations in Yakutsk, Vladivostok and Kazakhstan": "≈ 100 persons",
            "Free treatment and briefing in Kazakhstan": "25 persons",
            "Medical consultations and briefing in Yakutsk": "≈ 50 persons",
        },
    }
    chosen = drawer(page).locator("tr.cr-claim-chosen")
    expect(chosen).to_have_count(3)
    for name, booked in events[language].items():
        row = chosen.filter(has_text=name)
        on_screen(row)
        expect(row).to_contain_text(booked)
    assert page.evaluate(PRESSES) == 1


@in_both("ko")
def test_what_was_granted_for_each_patient(official, language):
    """KRW 400 million (mct-cluster-2019-kr-27) over 31,183 patients: 12,827.5."""
    page = official(language)
    number = page.locator("#cr-tile-grant_per_patient_krw .cr-value")
    expect(number).to_contain_text("12,828")
    number.get_by_role("link").click()
    said = {
        "ko": "산출: 4억 원 ÷ 31,183명 = 12,828원",
        "en": "Computed: KRW 400 million ÷ 31,183 persons = KRW 12,828",
    }
    on_screen(drawer(page).get_by_text(said[language]))
    assert page.evaluate(PRESSES) == 1


@in_both("en")
def test_three_regions_beside_each_other(official, language):
    """Daejeon 9,296 (obs-0541) and Busan 19,748 (obs-0514); Daejeon stands beside Daegu already."""
    page = official(language)
    words = {
        "ko": ("비교", "세 번째 지역", "부산"),
        "en": ("Compare", "Third region", "Busan"),
    }
    title, third, busan = words[language]
    page.locator(".cr-pages").get_by_role("link", name=title, exact=True).click()
    page.get_by_role("combobox", name=third, exact=True).click()
    page.get_by_role("option", name=busan, exact=True).click()
    for figure in ("31,183", "9,296", f"{busan} 19,748"):
        expect(heading(page)).to_contain_text(figure)
    on_screen(heading(page))
    assert page.evaluate(PRESSES) == 3


@in_both("ko")
def test_what_there_is_in_russia(official, language):
    """Twelve lines of centres.csv are Russian, two of them planned only."""
    page = official(language)
    page.get_by_role("link", name={"ko": "러시아", "en": "Russia"}[language], exact=True).click()
    said = {
        "ko": "러시아: 이름이 확인된 해외홍보센터 10개소",
        "en": "Russia: 10 promotion centres named",
    }
    expect(heading(page)).to_contain_text(said[language])
    on_screen(heading(page))
    here = page.locator(".cr-here")
    expect(here).to_have_text({"ko": "지도", "en": "Map"}[language])
    assert page.evaluate(PRESSES) == 1


@in_both("en")
def test_a_link_to_this_view_without_making_a_file(official, language):
    page = official(language)
    files = []
    page.on("download", lambda file: files.append(file))
    button = {"ko": "링크 복사", "en": "Copy link"}[language]
    page.get_by_role("button", name=button, exact=True).click()
    field = page.get_by_role("dialog", name=button).get_by_role("textbox")
    on_screen(field)
    assert page.evaluate(PRESSES) == 1
    assert not files
    other = official("ko", field.input_value())
    assert heading(other).inner_text() == heading(page).inner_text()
