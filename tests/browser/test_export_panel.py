"""Saving, printing and sharing: files that arrive, and links under which no figure changes."""

import csv
import io
import re
import shutil
import zipfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pypdfium2
import pytest
from playwright.sync_api import expect

from dashboard.settings import Settings

PDF, ZIP, BOM = b"%PDF-", b"PK\x03\x04", b"\xef\xbb\xbf"
FORMATS = [("PDF", PDF), ("PPTX", ZIP), ("HWPX", ZIP), ("XLSX", ZIP), ("CSV", BOM)]


def text_of(content, kind):
    """Everything a file says, read by another program than the one that wrote it."""
    if kind == "PDF":
        return "".join(
            page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)
        )
    if kind.startswith("CSV"):
        return content.decode("cp949" if "CP949" in kind else "utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [name for name in package.namelist() if name.endswith(".xml")]
        return "".join(package.read(name).decode("utf-8", "replace") for name in parts)


@pytest.fixture
def make_file(page):
    """Makes a file in the open panel and takes it: (name, content)."""

    def make(kind):
        page.get_by_text(kind, exact=True).click()
        page.get_by_role("button", name="Freeze and make the file").click()
        save = page.get_by_role(
            "button", name=re.compile(rf"^Save .*\.{kind[:4].lower().strip()} ")
        )
        with page.expect_download() as arriving:
            save.click()
        return arriving.value.suggested_filename, Path(arriving.value.path()).read_bytes()

    return make


def open_panel(page, who="Hong, City of Daegu"):
    page.get_by_role("button", name="Save or share").click()
    page.get_by_label("Made by").fill(who)


def test_every_format_arrives_with_its_edition_and_its_maker(page, visit, make_file):
    visit("/review-summary?region=KR-27&year=2019&lang=en")
    open_panel(page)
    editions = set()
    for kind, magic in FORMATS:
        name, content = make_file(kind)
        assert content.startswith(magic), kind
        edition = re.fullmatch(rf"Daegu_Review-summary_2019_(\w{{8}})\.{kind.lower()}", name)[1]
        editions.add(edition)
        text = text_of(content, kind)
        assert edition in text, kind
        assert "Hong, City of Daegu" in text, kind
    # One view by one person is one edition, whatever it is written as.
    assert len(editions) == 1
    expect(page.locator(".cr-edition strong")).to_have_text(editions.pop())


@pytest.mark.long
def test_the_overview_saves_the_report_of_its_key_figures(page, visit, make_file):
    visit("/?region=KR-27&year=2019&lang=en")
    open_panel(page)
    name, content = make_file("CSV")
    assert name.startswith("Daegu_Overview_2019_")
    cells = [cell for row in csv.reader(io.StringIO(text_of(content, "CSV"))) for cell in row]
    assert "31183" in cells


def test_the_rankings_are_printed_as_a_sheet(page, visit):
    visit("/rankings?region=KR-27&year=2019&lang=ko")
    # The keys with which a browser prints give the sheet, not a picture of the page.
    with page.expect_download() as arriving:
        page.keyboard.press("Control+p")
    printed = text_of(Path(arriving.value.path()).read_bytes(), "PDF")
    assert "320,284명" in printed
    assert "대구" in printed


WATCH = """
window.beside = [];
new MutationObserver(() => {
  const progress = [...document.querySelectorAll('[data-testid="stExpander"]')].at(-1);
  const button = document.querySelector('.st-key-cr-export-save');
  if (progress.innerText.includes('…') && button) window.beside.push(button.innerText);
}).observe(document.body, {childList: true, subtree: true, characterData: true});
"""


def test_a_csv_for_old_spreadsheets_is_cp949_and_is_not_taken_for_the_one_before(
    page, visit, make_file
):
    visit("/rankings?region=KR-27&year=2019&lang=en")
    open_panel(page)
    former, content = make_file("CSV")
    assert content.startswith(BOM)
    page.evaluate(WATCH)
    page.get_by_text("CSV (CP949)", exact=True).click()
    page.get_by_role("button", name="Freeze and make the file").click()
    with page.expect_download() as arriving:
        page.get_by_role("button", name=re.compile(r"^Save .*_CP949\.csv ")).click()
    assert page.evaluate("window.beside") == [], "the button of the file before has gone by then"
    name, content = arriving.value.suggested_filename, Path(arriving.value.path()).read_bytes()
    assert name == former.replace(".csv", "_CP949.csv")
    assert name.startswith("Daegu_Rankings_Foreign-patients_2019_")
    assert not content.startswith(BOM)
    assert "320284" in text_of(content, "CSV (CP949)")


def test_a_chart_is_saved_as_a_picture_by_the_browser_itself(page, visit):
    visit("/?region=KR-27&year=2019&lang=en")
    # Touched, it is the library's.
    page.locator(".cr-drawn").first.hover()
    chart = page.locator(".js-plotly-plot").first
    chart.scroll_into_view_if_needed()
    chart.hover()
    with page.expect_download() as arriving:
        chart.locator(".modebar-btn").click()
    # The finding is the file's name.
    assert arriving.value.suggested_filename.startswith("Daegu 20")
    assert Path(arriving.value.path()).read_bytes().startswith(b"<svg")


@pytest.mark.long
def test_the_link_of_an_edition_shows_the_same_figures_after_new_data_came_in(
    browser, serving, tmp_path, build_of, former_record
):
    package = shutil.copytree(former_record, tmp_path / "package")
    settings = Settings(workspace=tmp_path / "workspace", public_record=package)
    environment = {
        "CLUSTER_REVIEW_WORKSPACE": str(settings.workspace),
        "CLUSTER_REVIEW_PUBLIC_RECORD": str(package),
    }
    view = "/rankings?region=KR-27&year=2019&lang=en"
    with serving(**environment) as address:
        page = browser.new_page(base_url=address, viewport={"width": 1440, "height": 900})
        mine = page.locator(".cr-table .cr-mine").first
        page.goto(view)
        open_panel(page)
        page.get_by_text("CSV", exact=True).click()
        page.get_by_role("button", name="Freeze and make the file").click()
        link = page.get_by_test_id("stCode").inner_text().strip()
        edition = parse_qs(urlsplit(link).query)["edition"][0]

        # Every claim of 31,183 patients of 2019 now says one more.
        observations = package / "observations.csv"
        text = observations.read_text("utf-8")
        assert ",31183,persons," in text
        observations.write_text(text.replace(",31183,persons,", ",31184,persons,"), "utf-8")
        build_of(settings)
        page.goto(view)
        expect(mine).to_contain_text("31,184 persons")

        page.goto(link)
        expect(mine).to_contain_text("31,183 persons")
        note = page.get_by_text("Frozen figures: edition")
        expect(note).to_contain_text(edition)
        expect(note).to_contain_text("Hong, City of Daegu")

        # It stays on the other pages, until the reader goes back.
        page.get_by_role("link", name="Overview").click()
        expect(page.get_by_role("heading", name="31,183 foreign patients")).to_be_visible()
        page.get_by_role("button", name="Back to the newest record").click()
        expect(page.get_by_role("heading", name="31,184 foreign patients")).to_be_visible()
        expect(page).to_have_url(re.compile(r"^(?!.*edition)"))

        # The printed id alone opens the same view, also in capitals.
        page.goto(f"/rankings?lang=en&edition={edition.upper()}")
        expect(mine).to_contain_text("31,183 persons")
        page.close()


def test_an_edition_that_does_not_exist_shows_the_newest_and_says_so(page, visit):
    visit("/?lang=en&region=KR-27&year=2019&edition=zzzzzzzz")
    expect(page.get_by_text("which does not exist. Shown: newest.")).to_be_visible()
    expect(page.locator("h1")).to_contain_text("31,183")
