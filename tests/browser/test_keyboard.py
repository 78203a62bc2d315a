"""What an official comes for (see `test_tasks`), by the keyboard alone: no mouse, no script."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.page_widths import ADDRESSES

MOST_STOPS = 45
"""Within a page; who reaches a thing later than that would not have found it."""
LOOK = """() => {
    const marked = ["outlineStyle", "outlineColor", "boxShadow", "borderColor", "backgroundColor"];
    const styles = () => {
        const said = [];
        let part = window.crStop;
        for (let up = 0; part && up < 5; up++, part = part.parentElement) {
            const style = getComputedStyle(part);
            said.push(...marked.map(name => style[name]), style.getPropertyValue("outline-width"));
        }
        return said.join();
    };
    window.crStop = document.activeElement;
    const focused = styles();
    window.crStop.blur();
    const blurred = styles();
    window.crStop.focus({ preventScroll: true });
    return focused !== blurred;
}"""
"""Whether the stop looks other than without the focus: itself, or what frames it."""
NAME = """() => {
    const stop = document.activeElement;
    return stop === document.body ? "" : stop.outerHTML.slice(0, 160);
}"""
ALL_STOPS = 400


@pytest.fixture(scope="module")
def server(shipped_server):
    """What an official has before them is the record that ships."""
    return shipped_server


@pytest.fixture
def keys(page, settle):
    """Reaches things by Tab, presses Enter on them, and chooses in lists by typing."""

    class Keys:
        def skip(self):
            page.keyboard.press("Tab")
            expect(page.get_by_test_id("stSkipToContent")).to_be_focused()
            page.keyboard.press("Enter")
            expect(heading(page)).to_be_focused()

        def reach(self, target, key="Tab"):
            for _ in range(MOST_STOPS):
                if target.evaluate("one => one === document.activeElement"):
                    return
                page.keyboard.press(key)
            expect(target).to_be_focused(timeout=1)

        def press(self, target, key="Tab"):
            self.reach(target, key)
            page.keyboard.press("Enter")

        def choose(self, box, option, key="Tab"):
            self.reach(page.get_by_role("combobox", name=box, exact=True), key)
            page.keyboard.type(option)
            expect(page.get_by_role("option", name=option, exact=True)).to_be_visible()
            page.keyboard.press("Enter")
            settle(page)

    return Keys()


def heading(page):
    return page.get_by_role("heading", level=1)


def closes_to(page, opener):
    """Escape closes the drawer, and the keyboard goes on from what opened it."""
    drawer = page.get_by_role("dialog")
    assert drawer.evaluate("one => one.contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(opener).to_be_focused()
    assert page.evaluate(LOOK)


@pytest.mark.long
def test_how_many_patients_daegu_had_in_2019_is_read_at_once_or_chosen(page, visit, keys):
    visit("/")
    keys.skip()
    expect(heading(page)).to_contain_text("대구 2019년 외국인환자 31,183명")
    keys.choose("지역", "대전", "Shift+Tab")
    expect(heading(page)).to_contain_text("대전")
    keys.choose("지역", "대구", "Shift+Tab")
    expect(heading(page)).to_contain_text("대구 2019년 외국인환자 31,183명")


def test_why_it_was_12_988_in_2015_and_not_12_000(page, visit, keys):
    """The years of the trend are one stop, and arrows lead from 2019 to 2015."""
    visit("/")
    keys.skip()
    keys.reach(page.get_by_role("link", name=re.compile("^2019: 31,183")))
    for _ in range(2015, 2019):
        page.keyboard.press("ArrowLeft")
    year = page.get_by_role("link", name=re.compile("^2015: 12,988"))
    expect(year).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text(re.compile("12,988명을 채택.*12,000"))
    closes_to(page, year)


def test_what_drove_the_change_from_2018_to_2019(page, visit, keys):
    visit("/?lang=en")
    keys.skip()
    keys.press(page.get_by_role("link", name="What drove the change", exact=False))
    expect(page.locator("[data-anchor=drivers]")).to_be_focused()
    finding = re.compile(r"2018 to 2019: \+13,438 persons.*China")
    expect(page.get_by_role("heading", name=finding)).to_be_in_viewport()


@pytest.mark.long
@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("text=2016년 ≈ 175명", "카자흐스탄 나눔의료 및 의료관광 설명회"),
        ("#cr-tile-grant_per_patient_krw .cr-value a", "4억 원 ÷ 31,183명 = 12,828원"),
    ],
    ids=["reservations", "grant"],
)
def test_a_number_opens_its_evidence(page, visit, keys, place, words):
    visit("/")
    keys.skip()
    number = page.locator(place)
    keys.press(number)
    expect(page.get_by_role("dialog")).to_contain_text(words)
    closes_to(page, number)


@pytest.mark.long
def test_three_regions_beside_each_other(page, visit, settle, keys):
    visit("/")
    keys.press(page.locator(".cr-pages").get_by_role("link", name="비교", exact=True))
    expect(page.locator(".cr-here")).to_have_text("비교")
    settle(page)
    keys.choose("세 번째 지역", "부산")
    for region, patients in (("대구", "31,183명"), ("대전", "9,296명"), ("부산", "19,748명")):
        expect(heading(page)).to_contain_text(f"{region} {patients}")


@pytest.mark.long
def test_what_there_is_in_russia(page, visit, settle, keys):
    """From the overview, and from the map in the list of countries."""
    visit("/")
    keys.skip()
    keys.press(page.get_by_role("link", name="러시아", exact=True))
    expect(heading(page)).to_contain_text("러시아")
    visit("/map")
    keys.choose("국가별 화면", "러시아")
    expect(heading(page)).to_contain_text("러시아")


@pytest.mark.long
def test_a_link_to_what_is_seen(page, visit, keys):
    visit("/map?country=RU")
    copying = page.get_by_role("button", name="링크 복사", exact=True)
    keys.press(copying)
    expect(page.get_by_role("status").filter(has_text="링크를 복사했습니다.")).to_be_visible()
    expect(copying).to_be_focused()
    address = page.get_by_role("textbox", name="이 화면의 링크").input_value()
    assert parse_qs(urlsplit(address).query)["country"] == ["RU"]


@pytest.mark.parametrize(
    "address",
    [
        one if one == "/" else pytest.param(one, marks=pytest.mark.long)
        for one in (*ADDRESSES, "/?evidence=foreign_patients.KR-27.2015")
    ],
)
def test_the_focus_is_seen_at_every_stop(page, visit, address):
    visit(address)
    unseen, walked = [], []
    for _ in range(ALL_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(NAME)
        if not stop or stop in walked[:1]:
            break
        walked.append(stop)
        if not page.evaluate(LOOK):
            unseen.append(stop)
    assert len(walked) > len(["the way past", "the page", "the brand"])
    assert unseen == []
