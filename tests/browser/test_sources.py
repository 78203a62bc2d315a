"""The sources page: coverage, disputes, sources and the data dictionary."""

from playwright.sync_api import expect


def test_coverage_opens_the_claims_of_a_cell(page, visit):
    visit("/sources?lang=en")
    expect(page.get_by_role("heading", name="Foreign patients: figures for")).to_be_visible()
    grid = page.locator(".st-key-coverage-foreign_patients canvas").first
    grid.wait_for()
    box = grid.bounding_box()
    # Korea, Seoul, Busan, Daegu: the fourth row; 2023 is the third column from the right of 18
    rows, columns = 18 + 1, 18
    index_width = 110
    column_width = (box["width"] - index_width) / columns
    page.mouse.click(
        box["x"] + index_width + column_width * 15.5, box["y"] + box["height"] / rows * 4.5
    )
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Daegu 2023")
    expect(dialog.locator("tr.cr-claim-left-out .cr-number")).to_have_text("10,510 persons")


def test_every_dispute_has_two_statements_and_a_reading(page, visit):
    visit("/sources?lang=ko")
    table = page.get_by_role("region", name="서로 다른 두 진술과 그 해석")
    expect(table.locator("tbody tr")).to_have_count(54)
    expect(table.locator("tbody tr").first).to_contain_text("해외 바이어 34")


def test_the_dictionary_defines_every_metric(page, visit):
    visit("/sources?lang=en")
    expect(page.locator(".cr-dictionary dt").first).to_contain_text("foreign_patients")
    assert page.locator(".cr-dictionary dt").count() == page.locator(".cr-dictionary dd").count()


def test_the_metric_of_the_coverage_is_in_the_url(page, visit):
    visit("/sources?lang=en&metric=share_pct")
    expect(page.get_by_role("heading", name="figures for").first).not_to_contain_text(
        "Foreign patients:"
    )
