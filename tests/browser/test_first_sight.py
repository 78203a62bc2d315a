"""What the overview shows of each region at once: values with what vouches for them, no gaps."""

import csv
from itertools import product

import pytest
from playwright.sync_api import expect

from tests.conftest import SHIPPED

with (SHIPPED / "regions.csv").open(encoding="utf-8") as file:
    REGIONS = [row["region"] for row in csv.DictReader(file) if row["region"] != "KR"]
SAMPLE = (("KR-27", "ko"), ("KR-44", "en"), ("KR-50", "ko"))
TILES = {"KR-50": 3}
"""Six, but of Sejong the record knows its card payments, their share and their rank alone."""
NO_DATA = {"ko": "자료 없음", "en": "no data"}
UNKNOWN = {
    "ko": "이 지역에 수치가 없는 지표",
    "en": "metrics of which the record has no figure for this region",
}

UNPRINTED = {
    "ko": "세종: 환자 수를 실은 출처가 있는 연도 없음",
    "en": "No source prints patients of Sejong for any year.",
}


@pytest.fixture(scope="module")
def server(shipped_server):
    """The record that ships."""
    return shipped_server


@pytest.mark.parametrize(
    ("region", "language"),
    [
        one if one in SAMPLE else pytest.param(*one, marks=pytest.mark.long)
        for one in product(REGIONS, NO_DATA)
    ],
)
def test_every_region_opens_with_values_and_each_opens_its_evidence(page, visit, region, language):
    visit(f"/?region={region}&lang={language}")
    tiles = page.locator(".cr-group .cr-tile")
    expect(tiles).to_have_count(TILES.get(region, 6))
    if region in TILES:
        expect(page.get_by_text(UNKNOWN[language])).to_be_visible()
        expect(page.get_by_text(UNPRINTED[language])).to_be_visible()
    values = page.locator(".cr-hero-figure .cr-value, .cr-group .cr-tile .cr-value")
    for said in values.all_inner_texts():
        assert any(sign.isdigit() for sign in said)
        assert NO_DATA[language] not in said
    numbers = values.get_by_role("link")
    assert numbers.count() == values.count() == TILES.get(region, 6) + 1
    drawer = page.get_by_role("dialog")
    for number in numbers.all():
        number.click()
        expect(drawer).to_be_focused()
        expect(drawer.locator(".cr-deciding")).not_to_be_empty()
        claims = drawer.locator("tr.cr-claim").or_(drawer.locator(".cr-originals li"))
        expect(claims.first).to_be_visible()
        page.keyboard.press("Escape")
        expect(drawer).to_have_count(0)
