"""An official hands a file in through the page, and takes it back."""

import contextlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

# As downloaded from a portal: two title rows above the Korean header, thousands commas, CP949.
CITY_FILE = (
    "대구 외국인환자 실적,,,,,\n"
    "작성 2026. 11.,,,,,\n"
    "지역,연도,지표,수치,단위,확정 여부\n"
    '대구광역시,2022년,외국인환자 수,"14,312",명,확정\n'
    '울산,2022,외국인환자 수,"5,000",명,확정\n'
).encode("cp949")
BROKEN_FILE = (
    "지역,연도,지표,수치,단위\n"
    "대구,2022,외국인환자 수,<b>많음</b>,명\n"
    '대구,2022,외국인환자 수,"=HYPERLINK(""http://x"")",명\n'
    "<img src=x onerror=alert(1)>,2022,외국인환자 수,12,명\n"
).encode()
PERSONAL_FILE = (
    "지역,연도,지표,수치,단위,비고\n대구,2023,외국인환자 수,12,명,010-2345-6789\n".encode()
)
# 기준해, 무엇 and 몇명 are titles of no column.
UNKNOWN_FILE = ('시도,기준해,무엇,몇명,단위\n부산,2023,외국인환자 수,"12,912",명\n').encode(
    "utf-8-sig"
)

WORK_MS = 90_000
"""A busy machine may take its time to store a file and compute the figures."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory, built_copy):
    return built_copy(tmp_path_factory.mktemp("handing-in")).workspace


@pytest.fixture(scope="module")
def server(serving, workspace):
    """A dashboard of this module's own: what is handed in changes it."""
    with serving(CLUSTER_REVIEW_WORKSPACE=str(workspace)) as address:
        yield address


CHOICES = 3
"""How often a file is chosen before the page counts as not taking it."""


@pytest.fixture
def hand_in(page, visit, settle):
    """Opens the page, says who it is, and chooses a file."""

    def choose(name, content, language="en", receipt="none"):
        visit(f"/handing-in?lang={language}&table=observations&receipt={receipt}")
        fill(page, "handing-in-name", "Kim Mina")
        fill(page, "handing-in-office", "대구광역시")
        settle(page)
        place = page.locator(".st-key-cr-handing-in-file")
        file = {"name": name, "mimeType": "text/csv", "buffer": content}
        # A field is drawn anew while its page still answers the two above: then, as a person
        # would, the file is chosen again.
        for _ in range(CHOICES):
            place.locator("input[type=file]").set_input_files(file)
            with contextlib.suppress(AssertionError):
                expect(place.get_by_test_id("stFileChip")).to_be_visible(timeout=10_000)
                return
        raise AssertionError(f"The page did not take {name}.")

    return choose


def fill(page, key, text):
    box = page.locator(f".st-key-{key} input")
    box.fill(text)
    box.press("Tab")


def press(page, key):
    page.locator(f".st-key-{key} button").click()


def stored(workspace: Path) -> set[str]:
    """What a handed-in file may leave behind."""
    return {path.name for path in workspace.glob("receipts/*")}


def ulsan(page, visit):
    """Headline, tile and badge of Ulsan's patients in 2022, as the overview shows them."""
    visit("/?lang=en&region=KR-31&year=2022&compare=none")
    tile = page.locator("#cr-tile-foreign_patients")
    return (
        page.locator("h1").inner_text(),
        tile.locator(".cr-value").inner_text(),
        tile.locator("a.cr-evidence").inner_text(),
    )


def test_a_cp949_file_changes_the_pages_and_taking_it_back_restores_them(page, visit, hand_in):
    former = ulsan(page, visit)
    # Of the country's 248,110 five exact figures take 29,304, Seoul at least 58.9 % (146,136.8),
    # Daegu 5.5 % (13,646.1) and Gyeonggi 51,184 / 1.010 / 1.275 (39,746.8): 19,276.3 are left.
    assert former[1] == "at most 19,276 persons"

    hand_in("실적 2022.csv", CITY_FILE)
    expect(page.get_by_text("CSV, CP949, comma, header on line 3")).to_be_visible()
    expect(page.locator("#cr-tile-new .cr-value")).to_have_text("2")
    # A paper prints about 14,000 of Daegu, and what others print goes before what a city hands in
    # about itself: only Ulsan's figure, of which nothing was printed, changes.
    figures = page.get_by_role("region", name="trial computation").locator("tbody tr")
    expect(figures).to_have_count(1)
    expect(figures.filter(has_text="Ulsan")).to_contain_text(
        re.compile("no data.*5,000 persons.*self-reported", re.DOTALL)
    )
    rows = page.locator(".cr-history tbody tr")
    expect(rows).to_have_count(1)  # nothing is stored so far but the public record
    press(page, "handing-in-accept")
    done = page.locator(".st-key-cr-handing-in-done")
    expect(done).to_contain_text("Taken in", timeout=WORK_MS)
    expect(done).to_contain_text("Kim Mina, 대구광역시")
    expect(done.get_by_role("link", name="Overview: Ulsan 2022")).to_be_visible()
    expect(rows).to_have_count(2)

    # 2022 had 8 regions with figures. Ulsan's 5,000 stands below Incheon's 7,905 (5th) and above
    # Daejeon's 4,345 (6th so far): it is 6th of 9, and two of the eight without a figure could
    # be above it.
    headline, value, badge = ulsan(page, visit)
    assert "rank 6–8 of all 17 regions" in headline
    assert value == "5,000 persons"
    assert "self-reported" in badge

    visit("/handing-in?lang=en&receipt=r2")
    receipt = page.locator(".st-key-cr-handing-in-receipt")
    with page.expect_download() as download:
        press(page, "handing-in-original")
    assert Path(download.value.path()).read_bytes() == CITY_FILE
    as_of = receipt.get_by_role("link", name="The pages as of snapshot").get_attribute("href")
    press(page, "handing-in-take-back")
    dialog = page.get_by_role("dialog")
    press(dialog, "handing-in-back-confirm")
    expect(dialog).to_contain_text("Give your name and a reason.")
    fill(dialog, "handing-in-back-name", "Lee Jun")
    fill(dialog, "handing-in-back-reason", "wrong year")
    press(dialog, "handing-in-back-confirm")
    expect(page.get_by_text("the former figures are in force")).to_be_visible(timeout=WORK_MS)
    row = rows.first
    expect(row).to_contain_text("Taken back")
    expect(row).to_contain_text("Lee Jun")
    expect(row).to_contain_text("wrong year")
    assert ulsan(page, visit) == former

    visit(f"{as_of}&region=KR-31&year=2022")
    expect(page.get_by_text("You see the record as it was on")).to_be_visible()
    expect(page.locator("h1")).to_contain_text("5,000")


def test_a_broken_file_shows_its_findings_as_text_and_stores_nothing(
    page, hand_in, workspace, tmp_path
):
    before = stored(workspace)
    hand_in("broken.csv", BROKEN_FILE)
    findings = page.locator(".cr-findings").first
    expect(findings).to_contain_text("<b>많음</b>")
    expect(findings).to_contain_text('=HYPERLINK("http://x")')
    expect(findings).to_contain_text("<img src=x onerror=alert(1)>")
    expect(findings.locator("b, img")).to_have_count(0)
    expect(findings.locator("tbody tr").first).to_contain_text("D2–D3")
    expect(page.locator(".st-key-handing-in-accept")).to_have_count(0)
    with page.expect_download() as download:
        press(page, "handing-in-findings")
    target = tmp_path / "findings.xlsx"
    download.value.save_as(target)
    sheets = openpyxl.load_workbook(target).worksheets
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "<b>많음</b>" for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)
    press(page, "handing-in-discard")
    expect(findings).to_have_count(0)
    assert stored(workspace) == before


def test_personal_data_are_refused_with_their_place_and_masked(page, hand_in, workspace):
    before = stored(workspace)
    hand_in("명단.csv", PERSONAL_FILE, "ko")
    expect(page.get_by_role("alert")).to_contain_text("파일도 행도 저장하지 않았습니다")
    row = page.locator(".cr-findings tbody tr")
    expect(row).to_contain_text("2행")
    expect(page.locator(".stApp")).not_to_contain_text("2345-6789")
    assert stored(workspace) == before


def test_unknown_headers_are_chosen_once_and_remembered(page, hand_in, settle, choose):
    hand_in("unknown.csv", UNKNOWN_FILE)
    expect(page.get_by_text("No header was found for:")).to_be_visible()
    columns = {"기준해": "Year", "무엇": "Metric", "몇명": "Value"}
    form = page.get_by_test_id("stForm")
    expect(form).to_contain_text("12,912")
    settle(page)
    for header, title in columns.items():
        choose(form.get_by_role("combobox", name=header), title)
    form.get_by_role("button", name="Use these columns").click()
    accept = page.locator(".st-key-handing-in-accept button")
    expect(page.locator("#cr-tile-new .cr-value")).to_have_text("1")
    accept.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-cr-handing-in-done")).to_contain_text("Taken in", timeout=WORK_MS)

    hand_in("next month.csv", UNKNOWN_FILE.replace(b"12,912", b"12,913"))
    expect(page.get_by_text("as you chose them for an earlier file")).to_be_visible()
    expect(page.locator("#cr-tile-changed .cr-value")).to_have_text("1")
    # A receipt that is open below has findings of its own.
    former = page.locator(".cr-history tbody tr th").first.inner_text()
    hand_in("again.csv", UNKNOWN_FILE, receipt=former)
    expect(page.get_by_text("This very file is in the record already")).to_be_visible()
    expect(page.locator(".st-key-cr-handing-in-receipt")).to_contain_text("unknown.csv")


def kosis_export():
    """As KOSIS writes it: two header rows, a level below the provinces, and no word of a metric."""
    book = openpyxl.Workbook()
    for row in (
        ["시도별(1)", "시도별(2)", "2022", "2022", "2023", "2023"],
        ["시도별(1)", "시도별(2)", "계", "여자", "계", "여자"],
        ["세종특별자치시", "소계", 812, 400, 901, 450],
        [None, "동지역", 800, 395, 880, 440],
        ["제주특별자치도", "소계", "-", "-", "-", "-"],
        ["주) 실환자 기준"],
    ):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_from_a_kosis_export_to_a_changed_tile(page, visit, hand_in, settle, choose):
    sejong = "/?lang=ko&region=KR-50&year=2022&compare=none"
    tile = page.locator("#cr-tile-foreign_patients .cr-value")
    visit(sejong)
    former = tile.inner_text()

    hand_in("시도별_환자.xlsx", kosis_export(), "ko")
    table = page.locator(".cr-layout")
    expect(table.locator("tbody tr").nth(0)).to_contain_text("머리글")
    expect(table.locator("tbody tr").nth(2)).to_contain_text("값")
    expect(table.locator("tbody tr").nth(3)).to_contain_text("읽지 않음")
    expect(table.locator("tbody tr").nth(5)).to_contain_text("주석")
    expect(table.get_by_text("812")).to_have_class("cr-kind-number")
    settle(page)
    choose(page.get_by_role("combobox", name="모든 행의 지표"), "외국인환자 수")
    page.get_by_role("button", name="이렇게 읽기").click()

    rows = page.locator(".cr-preview tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text(re.compile("외국인환자 수.*2022.*세종.*812.*C3", re.DOTALL))
    expect(page.locator("#cr-tile-new .cr-value")).to_have_text("2")
    press(page, "handing-in-accept")
    done = page.locator(".st-key-cr-handing-in-done")
    expect(done).to_contain_text("Kim Mina", timeout=WORK_MS)
    visit(sejong)
    expect(tile).to_have_text("812명")
    assert former != "812명"

    hand_in("다음 달.xlsx", kosis_export(), "ko", receipt="none")
    expect(page.get_by_text("같은 모양의 이전 표에서")).to_be_visible()


def two_tables():
    """A title that names the metric, and two tables below one another."""
    book = openpyxl.Workbook()
    for row in (
        ["외국인환자 유치 현황"],
        ["시도", "2021", "2022"],
        ["강원", 700, 800],
        [],
        ["외국인환자 유치 현황"],
        ["시도", "2021", "2022"],
        ["전북", 300, 400],
    ):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.long
def test_the_second_table_is_chosen_and_the_metric_of_its_title_confirmed(
    page, hand_in, settle, choose
):
    hand_in("두 표.xlsx", two_tables(), "ko")
    expect(page.get_by_text("지표가 표 제목에만 있습니다")).to_contain_text("외국인환자 유치 현황")
    expect(page.locator(".st-key-handing-in-accept")).to_have_count(0)  # held until confirmed
    settle(page)
    page.get_by_text("다른 머리글 또는 다른 표").click()
    settle(page)
    choose(page.get_by_role("combobox", name="시트에서 읽을 표"), "2번: 머리글이 A6 셀부터")
    page.get_by_role("button", name="이 위치에서 읽기").click()
    expect(page.locator(".cr-layout td.cr-kind-number").first).to_have_text("300")
    settle(page)
    page.get_by_role("button", name="이렇게 읽기").click()
    rows = page.locator(".cr-preview tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.last).to_contain_text(re.compile("외국인환자 수.*2022.*전북.*400.*C7", re.DOTALL))
    expect(page.locator(".st-key-handing-in-accept")).to_have_count(1)


@pytest.mark.long
def test_another_office_is_seen_before_its_figure_is_replaced(
    page, hand_in, settle, workspace, tmp_path, choose
):
    """Gwangju hands in between the check and the acceptance of the reader's file."""
    rows = "지역,연도,지표,수치,단위\n{region},2021,외국인환자 수,{value},명\n"
    hand_in("ours.csv", rows.format(region="빛고을", value="4100").encode(), "ko")
    expect(page.locator(".cr-findings tbody tr").first).to_contain_text("빛고을")
    settle(page)
    choose(page.get_by_role("combobox", name="지역 – 빛고을"), "광주")
    page.get_by_role("button", name="이 뜻으로 읽기").click()
    expect(page.locator("#cr-tile-new .cr-value")).to_have_text("1")

    theirs = tmp_path / "theirs.csv"
    theirs.write_text(rows.format(region="광주", value="3900"), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", "intake", "observations", theirs, "--by", "이영희",
         "--office", "광주광역시"],
        env={**os.environ, "CLUSTER_REVIEW_WORKSPACE": str(workspace)}, check=False, timeout=90,
    )  # fmt: skip
    assert done.returncode == 0
    press(page, "handing-in-accept")
    told = page.get_by_role("alert").filter(has_text="광주광역시")
    expect(told).to_be_visible(timeout=WORK_MS)
    for word in ("3,900", "4,100", "이영희"):
        expect(told).to_contain_text(word)
    accept = page.locator(".st-key-handing-in-accept button")
    expect(accept).to_contain_text("다른 사람이 제출한 수치를 바꾸고 반영")
    settle(page)
    accept.click()
    expect(page.locator(".st-key-cr-handing-in-done")).to_contain_text("Kim Mina", timeout=WORK_MS)
