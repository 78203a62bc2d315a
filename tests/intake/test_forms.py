"""A file of any form reads the same, and so do the forms that are handed out."""

import datetime
import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from dashboard.contract import city_contracts
from dashboard.intake.findings_workbook import make_findings_workbook
from dashboard.intake.templates import make_template

HEADER = ["지표", "연도", "지역", "값", "비고"]
FIGURES = [
    ["Metric", "Year", "Region", "Value", "Approximate"],
    ["Foreign patients", "2025", "Daegu", "35,000", "no"],
    ["외국인환자 수", "2025년", "부산광역시", "3만", "예"],
]
CONTENT = [("KR-27", "35000", "false"), ("KR-26", "30000", "true")]


def ods(rows):
    """A spreadsheet in OpenDocument, put together by hand."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
            "</table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            "<manifest:manifest "
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet>"
            f'<table:table table:name="S">{cells}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


@pytest.mark.parametrize(
    "form",
    ["utf-8", "utf-8-sig", "cp949", "semicolon", "tab", "pipe", "xlsx", "ods", "reordered",
     "titles above", "extra column"],
)  # fmt: skip
def test_every_form_of_a_file_reads_the_same(door, csv_of, xlsx_of, form, without_trial):
    text = csv_of(FIGURES)
    titles = [["외국인환자 유치 실적"], [], ["(출처: 내부 자료)", "", "", "", ""], *FIGURES]
    content = {
        "utf-8": lambda: text.encode(),
        "utf-8-sig": lambda: text.encode("utf-8-sig"),
        "cp949": lambda: text.encode("cp949"),
        "semicolon": lambda: csv_of(FIGURES, ";").encode(),
        "tab": lambda: csv_of(FIGURES, "\t").encode("cp949"),
        "pipe": lambda: csv_of(FIGURES, "|").encode(),
        "xlsx": lambda: xlsx_of({"S": FIGURES}),
        "ods": lambda: ods(FIGURES),
        "reordered": lambda: csv_of([row[::-1] for row in FIGURES]).encode(),
        "titles above": lambda: xlsx_of({"S": titles}),
        "extra column": lambda: csv_of([[*row, "담당 부서"] for row in FIGURES]).encode(),
    }[form]()
    checked = door.check(door.read("observations", "file", content), "Kim")
    assert checked.findings == ()
    rows = checked.rows.to_pylist()
    assert [(row["region"], row["value"], row["approximate"]) for row in rows] == CONTENT
    rules = [finding.rule for finding in checked.warnings]
    assert ("extra-columns" in rules) == (form == "extra column")


def test_dates_and_money_as_offices_write_them(door, csv_of, ask, without_trial):
    rows = [
        ["2025년 예산 집행 현황", "", "", "", "", "", ""],
        ["(단위: 백만원)", "", "", "", "", "", ""],
        ["시도", "연도", "사업명", "세부항목", "재원", "예산액", "집행액"],
        ["대구광역시", "2025", "클러스터", "팸투어", "국비", "400", "98.5"],
    ]
    _, receipt = door.receive("funding_lines", "b.csv", csv_of(rows).encode("cp949"), "Kim")
    assert receipt.status == "accepted", receipt.findings
    assert {finding.rule for finding in receipt.warnings} == {"read-as", "scaled"}
    (line,) = ask("funding_lines", region="KR-27", year=2025)
    assert (line["budgeted_krw"], line["executed_krw"]) == (400_000_000, 98_500_000)
    assert line["executed_pct"] == pytest.approx(24.625)  # 98.5 / 400
    rows = [rows[2], ["대구", "2025", "클러스터", "설명회", "시비", "1억 2,000만원", "4억 원"]]
    checked, _ = door.receive("funding_lines", "c.csv", csv_of(rows).encode(), "Kim")
    assert [finding.rule for finding in checked.warnings] == ["over-budget"]
    found = {row["item"]: row["budgeted_krw"] for row in ask("funding_lines", year=2025)}
    assert found == {"팸투어": 400_000_000, "설명회": 120_000_000}


def test_date_cells_and_partial_dates(door, xlsx_of, without_trial):
    header = ["추진지역", "행사 유형", "행사명", "시작일", "종료일"]
    day = datetime.date(2016, 11, 28)
    starts = [day, "2016. 11. 28.", "2016년 11월", "16.11.28"]
    rows = [["대구", "팸투어", f"행사 {n}", start, None] for n, start in enumerate(starts)]
    checked = door.check(door.read("events", "e.xlsx", xlsx_of({"S": [header, *rows]})), "Kim")
    assert checked.findings == ()
    assert [(row["start_date"], row["date_precision"]) for row in
            checked.tables["events"].to_pylist()] == [
        ("2016-11-28", "day"), ("2016-11-28", "day"), ("2016-11", "month"), ("2016-11-28", "day"),
    ]  # fmt: skip


TABLES = ("observations", "targets", "events", "event_outcomes", "event_participants",
          "event_programme", "agreements", "centres", "funding_lines",
          "institutions", "sources", "patient_visits")  # fmt: skip
TITLES = ("행사명", "Title (English)", "기관명", "Institution (English)", "제목", "Title", "도시")


def test_a_form_holds_no_text_that_a_spreadsheet_would_compute(door):
    """As in every other CSV: an apostrophe goes before what begins like a formula."""
    contract = city_contracts()["targets"]
    first, *others = contract.fields
    samples = {"ko": '=HYPERLINK("x")', "en": "@SUM(1)"}
    contract = replace(contract, fields=(replace(first, sample=samples), *others))
    for lang, cell in (("ko", '"\'=HYPERLINK(""x"")"'), ("en", "'@SUM(1)")):
        _titles, sample = make_template(contract, lang, "csv").decode("utf-8-sig").splitlines()
        assert sample.startswith(f"{cell},")


@pytest.mark.parametrize("lang", ["ko", pytest.param("en", marks=pytest.mark.long)])
@pytest.mark.parametrize("table", TABLES)
def test_a_filled_form_goes_in_and_an_empty_one_does_not(door, table, lang, without_trial):
    for suffix in ("xlsx", "csv") if lang == "ko" else ("csv",):
        form = make_template(city_contracts()[table], lang, suffix)
        empty = door.check(door.read(table, f"f.{suffix}", form), "Kim")
        assert [finding.rule for finding in empty.findings] == ["empty"]
        assert "example-row" in [finding.rule for finding in empty.warnings]
    book = openpyxl.load_workbook(io.BytesIO(make_template(city_contracts()[table], lang, "xlsx")))
    assert len(book.sheetnames) == 3
    sheet = book.worksheets[0]
    if table not in ("patient_visits",):
        sheet["A2"] = None  # the example's id; the rest stays as filled in
    else:
        sheet["C2"] = "시립병원"
    out = io.BytesIO()
    book.save(out)
    checked = door.check(door.read(table, "f.xlsx", out.getvalue()), "Kim")
    assert checked.findings == ()
    assert checked.row_count == 1
    checked.discard()


def test_findings_workbook_marks_the_cells(door, csv_of, without_trial):
    rows = [
        HEADER,
        ["외국인환자 수", "2025", "대구", "=1+1", ""],
        ["외국인환자 수", "2025", "부산", "5", ""],
    ]
    checked = door.check(door.read("observations", "a.csv", csv_of(rows).encode()), "Kim")
    book = openpyxl.load_workbook(io.BytesIO(make_findings_workbook(checked)))
    sheet = book["Rows"]
    cell = sheet["E2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert "must be a number" in cell.comment.text
    assert cell.fill.fgColor.rgb == "FFF8C9C4"
    assert sheet["E3"].comment is None
    assert [row[2].value for row in book["Findings"].iter_rows(min_row=2)] == [2]
