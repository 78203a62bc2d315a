"""The sources page on screen: the claims behind a cell, and the metric in the address."""

from playwright.sync_api import expect


def test_coverage_opens_the_claims_of_a_cell(page, visit):
    visit("/sources?lang=en")
    expect(page.get_by_role("heading", name="Foreign patients: figures for")).to_be_visible()
    page.locator('a[href*="evidence=foreign_patients.KR-27.2023"]').click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Daegu 2023")
    expect(dialog.locator("tr.cr-claim-left-out .cr-number")).to_have_text("10,510 persons")


def test_the_metric_of_the_coverage_is_in_the_url(page, visit):
    visit("/sources?lang=en&metric=share_pct")
    expect(page.get_by_role("heading", name="figures for").first).not_to_contain_text(
        "Foreign patients:"
    )
