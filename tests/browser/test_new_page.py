"""A page more stands in the navigation, has filters, export and evidence, without another line."""

import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.new_page import FINDING
from tests.browser.test_accessibility import findings


@pytest.fixture(scope="module")
def server(serving, tmp_path_factory):
    """From nothing, as a first start: the record is taken in and built before the page opens."""
    program = (sys.executable, str(Path(__file__).with_name("new_page.py")))
    workspace = tmp_path_factory.mktemp("first-start") / "workspace"
    with serving(program, CLUSTER_REVIEW_WORKSPACE=str(workspace)) as address:
        yield address


def test_it_is_reached_printed_saved_and_explained(page, visit, settle):
    visit("/?region=KR-27&year=2019&lang=en")
    page.locator(".cr-pages").get_by_role("link", name="Grants in short").click()
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(FINDING)
    expect(page.get_by_role("combobox", name="Region")).to_be_visible()
    expect(page.locator("#cr-tile-cluster_grant_krw .cr-value")).to_have_text("KRW 400 million")
    page.get_by_role("button", name="Save or share").click()
    expect(page.get_by_role("button", name="Print (PDF)")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Print (PDF)")).to_have_count(0)
    assert not findings(page)
    page.locator("#cr-tile-cluster_grant_krw a.cr-evidence").click()
    expect(page.get_by_role("dialog")).to_contain_text("Every claim in the record")
