"""Further files of the kinds of `cases`, each with its right outcome: read as meant, or refused."""

# ruff: noqa: E501 - a file stands on one line
import io
import unicodedata
import zipfile

import openpyxl
import pytest
import xlwt

DAEGU = "KR-27"
HEADER = ("지표", "연도", "지역", "수치")
P = "외국인환자 수"
ROW = (P, "2032", "대구", "31183")


def text(*rows, delimiter=",", end="\n", codec="utf-8"):
    return end.join(delimiter.join(map(str, row)) for row in rows).encode(codec)


def book(*rows, merges=(), formats=(), hidden=(), sheets=()):
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "제출"
    for row in rows:
        sheet.append(row)
    for merge in merges:
        sheet.merge_cells(merge)
    for cell, code in formats:
        sheet[cell].number_format = code
    for line in hidden:
        sheet.row_dimensions[line].hidden = True
    for name, state, below in sheets:
        other = made.create_sheet(name)
        other.sheet_state = state
        for row in below:
            other.append(row)
    return saved(made)


def saved(made):
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def old_book(*rows, merges=()):
    made = xlwt.Workbook()
    sheet = made.add_sheet("Sheet1")
    for line, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell is not None:
                sheet.write(line, place, cell)
    for merge in merges:
        sheet.merge(*merge)
    return saved(made)


def page(*rows):
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    head = '<html><head><meta charset="euc-kr"></head><body><table>'
    return f"{head}{cells}</table></body></html>".encode("cp949")


def packed(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("_", "."), content)
    return out.getvalue()


KOSIS = (
    ("시도별(1)", "성별(1)", "2031", "2031", "2032", "2032"),
    ("시도별(1)", "성별(1)", "외국인환자수 (명)", "진료수입 (백만원)", "외국인환자수 (명)", "진료수입 (백만원)"),
    ("대구", "계", "50", "90", "60", "100"),
    ("대구", "여자", "20", "40", "30", "50"),
)  # fmt: skip
LONG = [HEADER, ROW]
ONE = [(DAEGU, "2032", "31183")]


@pytest.fixture
def read(door, without_trial):
    """A file of a name, as checked."""

    def checked(name, content, table="observations"):
        return door.check(door.read(table, name, content), "Kim")

    return checked


def cells(checked):
    return [
        tuple(r[name] for name in ("region", "year", "value")) for r in checked.rows.to_pylist()
    ]


READ = {
    # 01: two header rows; 90 and 100 times a million won, women apart
    "kosis in cp949": (text(*KOSIS, codec="cp949"), "a.csv", [
        (DAEGU, "2031", "50"), (DAEGU, "2031", "90000000"), (DAEGU, "2032", "60"),
        (DAEGU, "2032", "100000000"),
    ]),
    # 02: an old workbook with merged headers
    "old workbook, two headers": (
        old_book([P], ["시도", "2031년", None], [None, "계", "여자"], ["대구", 50, 20],
                 merges=[(1, 1, 1, 2), (1, 2, 0, 0)]),
        "a.xls", [(DAEGU, "2031", "50")],
    ),
    "old workbook, list": (old_book(HEADER, (P, 2032, "대구", 31183)), "a.xls", ONE),
    # 04: years across behind a mark of order, all quoted
    "years across, quoted": (
        b"\xef\xbb\xbf" + text((P,), ('"시도명"', '"2031년"', '"2032년"'), ('"대구"', '"1,300"', '"1,400"')),
        "a.csv", [(DAEGU, "2031", "1300"), (DAEGU, "2032", "1400")],
    ),
    # 05: thousands in quotes, in tab text
    "thousands in tab text": (text(HEADER, (*ROW[:3], '"31,183"'), delimiter="\t"), "a.txt", ONE),
    # 14, 18: tab text under other names and in other codes
    "tab text as xls in cp949": (text(*LONG, delimiter="\t", codec="cp949"), "a.xls", ONE),
    "big-endian utf-16": (
        b"\xfe\xff" + text(*LONG, delimiter="\t", codec="utf-16-be"), "a.csv", ONE),
    # 15: a web page named as a workbook
    "web page in cp949": (page(*LONG), "a.xls", ONE),
    # 22: a name in single letters
    "name in single letters": (text(*LONG), unicodedata.normalize("NFD", "부산 환자.csv"), ONE),
    # 25: a title, a line of units and a blank line above the header
    "title and unit above": (
        book(["2032년 실적"], ["(단위: 천명)"], [], HEADER, [P, 2032, "대구", 31.183]), "a.xlsx", ONE),
    # 27: more than one hidden sheet
    "hidden sheets": (
        book(*LONG, sheets=[("옛", "hidden", [HEADER, (P, 2032, "대구", 1)]),
                            ("더 옛", "veryHidden", [HEADER, (P, 2032, "대구", 2)])]),
        "a.xlsx", ONE,
    ),
    # 29: footnotes with marks
    "footnotes": (text(*LONG, ("※ 잠정 집계임", "", "", ""), ("* 출처: 보건복지부", "", "", "")), "a.csv", ONE),
    # 37: carriage returns alone, in cp949
    "carriage returns alone": (text(*LONG, end="\r", codec="cp949"), "a.csv", ONE),
    # 38: blank rows and columns to the end
    "blank cells to the end": (
        text((*HEADER, "", ""), (*ROW, "", ""), ("",) * 6, ("",) * 6), "a.csv", ONE),
    # 48: 0.0318 shown as 3.18 %
    "percent": (
        book([*HEADER, "단위"], ["foreign_patients_growth", 2032, "대구", 0.0318, "%"],
             formats=[("D2", "0.00%")]),
        "a.xlsx", [(DAEGU, "2032", "3.18")],
    ),
    # 58: what calculating in binary leaves behind
    "float noise": (book(HEADER, (P, 2032, "대구", 31183.000000000004)), "a.xlsx", ONE),
    # 60: a unit in the header of values; 3.1183 times 10,000
    "ten thousands": (text((*HEADER[:3], "수치(만명)"), (*ROW[:3], "3.1183")), "a.csv", ONE),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_a_further_file_is_read_as_it_was_meant(read, name):
    content, file, expected = READ[name]
    checked = read(file, content)
    assert checked.findings == ()
    assert cells(checked) == expected


FAR = openpyxl.Workbook()
for _row in LONG:
    FAR.active.append(_row)
FAR.active["B1048576"] = 1
FORMULA = [HEADER, [P, 2032, "대구", "=31000+183"], [P, 2033, "대구", "=D2+1"]]
REFUSED = {
    # 09: months in letters
    "months in letters": (
        text(("방문일", "지역"), ("Dec-31", "대구"), ("2-Feb-2031", "대구")), "a.csv",
        "patient_visits", [(2, "date"), (3, "date")],
    ),
    # 11: a required cell is blank
    "blank metric": (book(HEADER, [None, 2032, "대구", 1]), "a.xlsx", "observations",
                     [(2, "required"), (2, "required")]),
    # 21: formulas that were never calculated
    "formulas": (book(*FORMULA), "a.xlsx", "observations", [(2, "formula-empty"), (3, "formula-empty")]),
    # 30: further words for totals
    "totals": (text(HEADER, (P, "2032", "총계", "9"), (P, "2032", "전체", "9")), "a.csv",
               "observations", [(2, "total-row"), (3, "total-row")]),
    # 32, 33: numbers that are none
    "numbers": (
        text(HEADER, *((P, str(2030 + at), "대구", one) for at, one in enumerate(
            ("31183?", "약31183", "31 18 3", "Ⅲ", "31183명 이상", "1.2.3")))),
        "a.csv", "observations", [(line, "number") for line in range(2, 8)],
    ),
    # 34: places that are no regions
    "places": (text(HEADER, (P, "2032", "영남권", "1"), (P, "2032", "대구/경북", "1")), "a.csv",
               "observations", [(2, "code"), (3, "code")]),
    # 40: a document, a picture and a workbook behind a password
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "a.png", "observations", [(0, "format-picture")]),
    "pdf named csv": (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n", "a.csv", "observations", [(0, "format-pdf")]),
    # 41: two files in one
    "archive of two": (packed(a_csv=text(*LONG), b_csv=text(*LONG)), "a.zip", "observations",
                       [(0, "format-archive")]),
    # 42: a comma for the point
    "decimal comma": (text(HEADER, (*ROW[:3], "31183,5"), delimiter=";"), "a.csv", "observations",
                      [(2, "number")]),
    # 50, 51: encodings
    "cp949, then utf-8": (
        text(*LONG, codec="cp949") + b"\n" + text((P, "2033", "부산", "1")), "a.csv",
        "observations", [(3, "encoding-mixed")],
    ),
    "johab": (text(*LONG, *((P, str(2000 + at), "부산광역시", at) for at in range(20)), codec="johab"),
              "a.csv", "observations", [(0, "encoding-johab")]),
    # 60d: a scale of nothing
    "bare thousand": (
        text(("지역", "연도", "사업", "항목", "재원", "예산액(천)"),
             ("대구", "2032", "클러스터", "팸투어", "국비", "120")),
        "a.csv", "funding_lines", [(2, "unit-bare")],
    ),
    # 70: a cell far below
    "far cell": (saved(FAR), "a.xlsx", "observations", [(1048576, "far-cell")]),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_further_file_is_refused_for_its_own_reason(read, name):
    content, file, table, expected = REFUSED[name]
    checked = read(file, content, table)
    assert [(one.line, one.rule) for one in checked.findings] == expected


def test_hidden_rows_and_the_sheet_that_was_left_are_named(read):
    content = book(HEADER, ROW, (P, 2033, "대구", 31184), hidden=(2,),
                   sheets=[("참고", "visible", [HEADER, (P, 2034, "부산", 1)])])  # fmt: skip
    named = {one.rule: one.expected for one in read("a.xlsx", content).warnings}
    assert (named["hidden-lines"], named["other-sheets"]) == ("2", "참고")
