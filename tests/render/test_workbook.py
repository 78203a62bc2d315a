"""Workbooks, opened by openpyxl and by calamine: neither wrote them."""

import io
import re
from datetime import datetime

import fastexcel
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.content.document import Cell
from dashboard.i18n import use_language
from dashboard.render.number_formats import GENERAL, cell_format, shared_format
from dashboard.render.sheets import Book
from dashboard.render.spreadsheet import answer_to_xlsx
from dashboard.render.workbook import report_to_xlsx
from tests.render.conftest import LONG_NAME, NASTY, clean

NAMES = {
    "ko": ("개요", "본문", "출처", "정의와 출처 정보"),
    "en": ("Overview", "Texts", "Sources", "Definitions and origin"),
}


@pytest.fixture
def book(report):
    """The report's workbook as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(report_to_xlsx(report)))


def column(sheet, name):
    """Cells under a heading of the first row."""
    at = next(cell.column for cell in sheet[1] if cell.value == name)
    return [sheet.cell(row, at) for row in range(2, sheet.max_row + 1)]


def test_sheets_are_there_and_named_as_excel_allows(report, book):
    overview, texts, sources, origin = NAMES[report.stamp.language]
    names = book.sheetnames
    assert names[:2] == [overview, texts]
    assert names[-2:] == [sources, origin]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)


def test_figures_are_numbers_that_print_as_in_the_report(report, book):
    table = report.sections[1].blocks[0]
    sheet = book[table.title]
    cells = column(sheet, table.columns[1].label)
    values = [27574, 21867, None, 31183, 0, 5, 12, None]
    missing = table.rows[2][1].text
    assert [c.value for c in cells[:8]] == [missing if v is None else v for v in values]
    unit = {"ko": '"명"', "en": '" persons"'}[report.stamp.language]
    assert cells[0].number_format == f"#,##0{unit}"
    assert cells[1].number_format == f'"≈ "#,##0{unit}'
    years = column(sheet, table.columns[0].label)
    assert [(c.value, c.number_format) for c in years[:2]] == [(2016, "0"), (2017, "0")]


def test_evidence_and_sources_stand_in_columns_of_their_own(report, book):
    table = report.sections[1].blocks[0]
    label = table.columns[1].label
    words = {"ko": ("근거", "출처", "이견 있음"), "en": ("Evidence", "Sources", "contested")}
    evidence, sources, contested = words[report.stamp.language]
    sheet = book[table.title]
    assert column(sheet, f"{label} · {evidence}")[3].value == f"◆ {contested}"
    assert column(sheet, f"{label} · {sources}")[3].value == "[1, 2]"


def test_texts_stay_texts(report, book):
    table = report.sections[1].blocks[0]
    notes = [cell.value for cell in column(book[table.title], table.columns[2].label)]
    assert notes[: len(NASTY)] == [clean(text) for text in NASTY]
    for sheet in book:
        for row in sheet:
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)


def test_charts_read_the_cells_below_them_and_show_gaps(report, book):
    lines = report.sections[0].blocks[1]
    sheet = next(s for s in book if s["A1"].value == lines.title)
    (chart,) = sheet._charts
    assert chart.display_blanks == "gap"
    found = []
    for series in chart.series:
        reference = series.val.numRef.f.rpartition("!")[2].replace("$", "")
        found.append([cell.value for (cell,) in sheet[reference]])
    assert found == [[27574, 21867, None, 31183, 0], [15000, 16000, None, 19748, 9000]]
    years = chart.series[0].cat
    reference = (years.strRef or years.numRef).f.rpartition("!")[2].replace("$", "")
    assert [cell.value for (cell,) in sheet[reference]] == ["2016", "2017", "2018", "2019", "2020"]
    assert sum(len(each._charts) for each in book) == 3


def test_sheets_are_ready_to_be_printed_and_filtered(report, book):
    sheet = book[report.sections[1].blocks[1].title]
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.auto_filter.ref == "A1:E61"  # 60 rows; n, region, value, evidence, sources
    for each in book:
        assert each.sheet_properties.pageSetUpPr.fitToPage
        # No width said is one page wide (ECMA-376, pageSetup); any number of pages high.
        assert (each.page_setup.fitToWidth or 1, each.page_setup.fitToHeight) == (1, 0)
        assert "ED-7K2Q" in each.oddFooter.left.text
        assert "<b>Practice</b>" in each.oddHeader.center.text


def test_calamine_reads_the_same(report):
    table = report.sections[1].blocks[1]
    reader = fastexcel.read_excel(report_to_xlsx(report))
    frame = reader.load_sheet(table.title).to_arrow()
    assert frame.column(table.columns[2].label).to_pylist() == [1000.0 * n for n in range(1, 61)]


def test_origin_names_edition_build_questions_and_signs(report, book):
    sheet = book[NAMES[report.stamp.language][3]]
    said = " ".join(str(cell.value) for row in sheet for cell in row)
    day = {"ko": "2026. 11. 20.", "en": "Nov 20, 2026"}[report.stamp.language]
    # Made at 03:04 UTC, which is noon in Korea.
    made = "12:04 KST"
    for part in ("ED-7K2Q", "b1c2d3", day, made, "KR-27", "trend", "◆", report.warning):
        assert part in said


def test_sources_are_listed_whole(report, book):
    sheet = book[NAMES[report.stamp.language][2]]
    assert [cell.value for cell in sheet["A"]][1:] == [1, 2, 3]
    assert [cell.value for cell in sheet["C"]][2:] == ["<b>환자</b> & 통계", LONG_NAME]


def test_the_same_report_gives_the_same_bytes_in_any_process(digests):
    assert digests(report_to_xlsx, 1) == digests(report_to_xlsx, 2)


@pytest.mark.parametrize(
    ("text", "value", "pattern"),
    [
        ("31,183명", 31183, '#,##0"명"'),
        ("≈ 21,867 persons", 21867, '"≈ "#,##0" persons"'),
        ("75.7%", 75.73, '#,##0.0"%"'),
        ("82.90", 82.9, "#,##0.00"),
        ("82.900", 82.9, "#,##0.000"),
        ("2019년", 2019, '0"년"'),
        ("2019", 2019, "0"),
        ("3위", 3, '#,##0"위"'),
        ("3.5억 원", 350_000_000, GENERAL),
        ("13명", 3, GENERAL),  # the 3 in it is no figure of its own
        # Only differences are below zero: their sign follows the cell.
        ("-5.0", -5, "+#,##0.0;-#,##0.0;#,##0.0"),
        ('9"', 9, '#,##0"”"'),
    ],
)
def test_number_formats_print_the_text(text, value, pattern):
    assert cell_format(Cell(text, value)) == pattern


def test_one_format_for_a_chart_or_none():
    assert shared_format([Cell("75.7%", 75.73), Cell("70.0%", 70), Cell("x")]) == "#,##0.0"
    assert shared_format([Cell("3억 원", 300_000_000), Cell("5", 5)]) is None


@settings(max_examples=30)
@given(st.lists(st.text(max_size=40), max_size=8))
def test_any_wish_gives_a_name_that_excel_takes(wishes):
    with Book("", "", datetime(2000, 1, 1), "", "") as made:
        made.sheet("first")
        for wish in wishes:
            made.sheet(wish)
    names = openpyxl.load_workbook(io.BytesIO(made.content())).sheetnames
    assert len(names) == len(wishes) + 1


def test_an_answer_over_years_has_its_chart(record):
    use_language("ko")
    answer = record.ask("trend", {"metric": "foreign_patients", "region": "KR-27"})
    book = openpyxl.load_workbook(io.BytesIO(answer_to_xlsx(answer)))
    data = book.worksheets[0]
    (chart,) = data._charts
    reference = chart.series[0].val.numRef.f.rpartition("!")[2].replace("$", "")
    drawn = [cell.value for (cell,) in data[reference]]
    # Of 2008 and 2025 nothing is known of Daegu.
    assert drawn == [row["value"] for row in answer.rows if 2009 <= row["year"] <= 2024]
    assert answer_to_xlsx(answer) == answer_to_xlsx(answer)
