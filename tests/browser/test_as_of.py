"""Any page as it was at an earlier snapshot, and said so."""

import re

import pytest
from playwright.sync_api import expect

VIEW = "region=KR-27&year=2019"
SNAPSHOT = 1
"""The first of every workspace: the public record."""


@pytest.mark.parametrize(
    ("language", "words", "back"),
    [
        ("ko", "고정해 보여 주는 링크이며, 아직 이 기록이 최신입니다", "최신 기록으로 돌아가기"),
        ("en", "This link holds the record of", "Back to the newest record"),
    ],
)
def test_a_former_record_is_marked_and_left_again(page, visit, settle, language, words, back):
    visit(f"/?lang={language}&{VIEW}&as_of={SNAPSHOT}")
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.locator("h1")).to_contain_text("31,183")
    page.get_by_role("button", name=back).click()
    settle(page)
    expect(page.get_by_text(words)).to_have_count(0)
    expect(page).to_have_url(re.compile(r"^(?!.*as_of)"))


def test_the_former_record_stays_from_page_to_page(page, visit, settle):
    visit(f"/?lang=en&{VIEW}&as_of={SNAPSHOT}")
    page.get_by_role("link", name="Rankings").click()
    settle(page)
    expect(page.get_by_text("This link holds the record of")).to_be_visible()
    expect(page).to_have_url(re.compile(f"as_of={SNAPSHOT}"))


@pytest.mark.parametrize(
    "odd",
    ["999999", "1;DROP", *(pytest.param(odd, marks=pytest.mark.long) for odd in ("x", "-1", "0"))],
)
def test_a_snapshot_that_does_not_exist_shows_the_newest_and_says_so(page, visit, odd):
    visit(f"/?lang=en&{VIEW}&as_of={odd}")
    expect(page.get_by_text("which does not exist. Shown: newest.")).to_be_visible()
    expect(page.locator("h1")).to_contain_text("31,183")
