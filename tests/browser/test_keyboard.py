"""The tasks of an official, a judge and a presenter, by the keyboard alone: no mouse, no script."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

MOST_STOPS = 70
"""Within a page; who reaches a thing later than that would not have found it."""


@pytest.fixture
def keys(page, settle):
    """Reaches things by Tab, presses Enter on them, and chooses in lists by typing."""

    class Keys:
        def reach(self, target, key="Tab"):
            for _ in range(MOST_STOPS):
                page.keyboard.press(key)
                if target.evaluate("one => one === document.activeElement"):
                    return
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

        def go_to(self, title):
            self.press(page.locator(".cr-pages").get_by_role("link", name=title, exact=True))
            expect(page.locator(".cr-here")).to_have_text(title)
            settle(page)

    return Keys()


def heading(page):
    return page.get_by_role("heading", level=1)


@pytest.mark.long
def test_every_task_is_done_by_the_keyboard_alone(page, visit, settle, keys):
    visit("/?region=KR-30&year=2015&lang=ko")
    drawer = page.get_by_role("dialog")

    # Why had Daegu 12,988 patients in 2015, and not 12,000?
    keys.choose("지역", "대구")
    number = page.get_by_role("link", name="12,988명", exact=True)
    keys.press(number)
    expect(drawer).to_contain_text(re.compile("12,988명을 채택.*12,000"))
    assert drawer.evaluate("one => one.contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(number).to_be_focused()

    # How many had it in 2019?
    keys.choose("연도", "2019", "Shift+Tab")
    expect(heading(page)).to_contain_text("31,183명")

    # What was granted for each of them? KRW 400 million for 31,183.
    shown = page.locator("#cr-tile-grant_per_patient_krw").get_by_role("link").first
    keys.press(shown)
    expect(drawer).to_contain_text("12,828원")
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(shown).to_be_focused()
    keys.reach(page.get_by_role("combobox", name="연도", exact=True), "Shift+Tab")

    # What drove the change from 2018 to 2019? 31,183 less 17,745 is 13,438.
    keys.go_to("환자")
    driver = page.get_by_role("heading", name=re.compile("2018→2019년: \\+13,438명.*중국"))
    expect(driver).to_be_visible()

    # Which events led to reservations?
    keys.go_to("행사")
    keys.choose("연도", "전체")
    keys.press(page.get_by_role("link", name=re.compile("어림값 · 행사 3건")))
    page.wait_for_url("**reporting=reservations*")
    settle(page)
    expect(heading(page)).to_contain_text("3건")

    # Three regions beside each other.
    keys.go_to("비교")
    keys.choose("연도", "2019")
    keys.choose("세 번째 지역", "부산")
    for region, patients in (("대구", "31,183명"), ("대전", "9,296명"), ("부산", "19,748명")):
        expect(heading(page)).to_contain_text(f"{region} {patients}")

    # Russia from the map.
    keys.go_to("지도")
    keys.choose("국가별 화면", "러시아")
    expect(heading(page)).to_contain_text("러시아")

    # The link to what is seen.
    keys.press(page.get_by_role("button", name="링크 복사", exact=True))
    expect(page.get_by_role("status").filter(has_text="링크를 복사했습니다.")).to_be_visible()
    address = page.get_by_role("textbox", name="이 화면의 링크").input_value()
    assert parse_qs(urlsplit(address).query)["country"] == ["RU"]
