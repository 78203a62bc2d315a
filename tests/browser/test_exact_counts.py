"""Exact counts stand on the page of their region's officials, and in nothing taken along."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dashboard.access import DESK
from dashboard.intake.intake import Intake
from dashboard.render.screen.style import STYLE
from dashboard.store.editions import Editions

PAGE = "/patients?region=KR-27&year=2019&lang=en"
OWN = "Own record: visits handed in by the city"
ROWS = [
    ["내원일", "시도", "의료기관", "국적"],
    *[["2026-05-04", "대구", "가병원", "중국"]] * 61,
    *[["2026-05-04", "대구", "가병원", "몽골"]] * 2,
]
SECRET = f"{30:064x}"
"""With it 61 and 2 visits are shown as 60 and 3."""


@pytest.fixture(scope="module")
def workspace(built_copy, tmp_path_factory, csv_of):
    settings = built_copy(tmp_path_factory.mktemp("exact"))
    settings.visits_key.write_text(SECRET)
    content = csv_of(ROWS).encode()
    _, receipt = Intake(settings, DESK).receive("patient_visits", "v.csv", content, "Kim")
    assert receipt.status == "accepted", receipt.findings
    return settings


def saved(page, name):
    with page.expect_download() as arriving:
        page.get_by_role("button", name=name).first.click()
    return arriving.value.suggested_filename, Path(arriving.value.path()).read_bytes()


def served(workspace):
    return {
        "CLUSTER_REVIEW_WORKSPACE": str(workspace.workspace),
        "CLUSTER_REVIEW_PUBLIC_RECORD": str(workspace.public_record),
    }


def test_paper_leaves_out_charts_of_exact_counts_alone(browser):
    charts = "".join(
        f"""<div class="st-key-cr-chart-{name}">
              <div class="stElementContainer"><div class="cr-drawn">61 visits</div></div>
            </div>"""
        for name in ("exact-visits", "visits")
    )
    page = browser.new_page()
    page.set_content(f'<style>{STYLE}</style><div class="stApp">{charts}</div>')
    page.emulate_media(media="print")
    expect(page.locator(".st-key-cr-chart-exact-visits")).to_be_hidden()
    expect(page.locator(".st-key-cr-chart-visits")).to_be_visible()
    page.close()


@pytest.mark.long
def test_officials_see_them_and_take_changed_ones_along(browser, serving, workspace):
    with serving(**served(workspace), CLUSTER_REVIEW_DESK_REGION="KR-27") as address:
        page = browser.new_page(base_url=address)
        page.goto(f"{PAGE}&behind=visits-by-nationality-13")
        expect(
            page.get_by_text(f"{OWN} (exact counts, for officials of Daegu only)").last
        ).to_be_visible()
        opened = page.get_by_role("dialog")
        expect(opened.get_by_text("exact counts, for officials of Daegu only")).to_have_count(2)
        for count in ("61", "2"):
            expect(opened.get_by_role("cell", name=count, exact=True)).to_have_count(1)
        _name, content = saved(page, "Save as CSV")
        lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        assert {line["Counts"] for line in lines} == {"changed by a fixed rule"}
        assert not {"61", "2"} & {cell for line in lines for cell in line.values()}
        _name, picture = saved(page, "Save as SVG")
        assert "≈" in picture.decode()
        chart = page.locator('[class*="st-key-cr-chart-exact-"]')
        expect(chart.first).to_be_visible()
        expect(chart.locator(".modebar-btn")).to_have_count(0)
        page.emulate_media(media="print")
        expect(opened).to_be_hidden()
        expect(chart.first).to_be_hidden()
        expect(page.locator("h3.cr-exact").first).to_be_hidden()
        page.close()


@pytest.mark.long
def test_a_viewer_takes_a_file_without_an_edition(browser, serving, workspace):
    before = len(Editions(workspace).all())
    with serving(**served(workspace), CLUSTER_REVIEW_SIGN_IN="public") as address:
        page = browser.new_page(base_url=address)
        page.goto(PAGE)
        expect(page.get_by_role("heading", name=OWN)).to_be_visible()
        page.get_by_text("Save or share").first.click()
        page.get_by_text("CSV", exact=True).click()
        page.get_by_role("button", name="Make the file").click()
        name, content = saved(page, re.compile("^.*Save Daegu_Patients_2019_snapshot"))
        assert name.endswith(".csv")
        text = content.decode("utf-8-sig")
        link = page.get_by_test_id("stCode").inner_text().strip()
        assert "not frozen" in text
        assert link in text
        assert "as_of=" in link
        page.goto(link)
        expect(page.get_by_role("heading", level=1)).to_contain_text("31,183")
        page.close()
    assert len(Editions(workspace).all()) == before
