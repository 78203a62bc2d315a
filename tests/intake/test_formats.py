"""Workbooks of other programs than ours, read as they are seen, and what is no table."""

import datetime
import io
import struct

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.comments import Comment

from dashboard.intake.formats import signatures
from dashboard.intake.formats.number_formats import built_in, number_format, plain_number
from dashboard.intake.sheets import CellFault, Merge
from tests.intake.books import book_of, ods, rows, rule_of, zipped


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("General", "31183.000000000004", "31183"),
        ("General", "1E+16", "10000000000000000"),
        ("General", "0.1", "0.1"),
        ("General", "1E-7", "0.0000001"),
        ("General", "12345678901234567", "12345678901234567"),
        ("0.0%", "0.032", "3.2%"),
        ("0%", "0.0318", "3.18%"),
        ('0.0"%"', "3.2", "3.2%"),
        ('#,##0"천원"', "98000", "98000천원"),
        ('#,##0,"천원"', "98000500", "98000.5천원"),
        ("#,##0,", "31183", "31.183"),
        ('"₩"#,##0', "31183", "31183"),
        ("[$₩-412]#,##0", "31183", "31183"),
        ("[$$-409]#,##0.00", "31183", "$31183"),
        ('_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', "31183", "31183"),
        ('#,##0_);[Red](#,##0);"없음"', "31183", "31183"),
        ('0"년"', "2032", "2032년"),
        ("yyyy-mm-dd", "46718", "2027-11-27"),
        ('yyyy"년" m"월" d"일"', "46718.75", "2027-11-27"),
        ("mmm-yy", "46718", "2027-11"),
        ("yyyy", "46718", "2027"),
        ("[$-412]yyyy. m. d", "46718", "2027-11-27"),
        ("h:mm", "0.75", "18:00:00"),
        ("[h]:mm", "10.5", "252:00:00"),
        ("@", "31183", "31183"),
        ('"일일 "0', "5", "일일5"),
    ],
)
def test_what_a_number_format_makes_of_a_number(code, value, shown):
    """Day 46718 is 2027-11-27: 46,718 - 36,526 (2000-01-01) = 10,192 days = 27 years of 365 days
    (9,855) + 7 leap days + 330, and the 331st day of 2027 is 27 November."""
    assert number_format(code).shown(value, is_1904=False) == shown


def test_day_one_of_both_counts():
    day = number_format(built_in(14))
    assert (day.shown("1", False), day.shown("61", False)) == ("1900-01-01", "1900-03-01")
    assert day.shown("1", True) == "1904-01-02"
    assert day.shown("-1", False) == "-1"
    assert plain_number(-0.0) == "0"


def test_an_xlsx_of_openpyxl_as_it_is_seen():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "현황"
    sheet.append(["외국인환자 유치 현황"])
    sheet.merge_cells("A1:C1")
    sheet.append(["지역", "수치", "비고", "옛 수치"])
    sheet.append(["대구", 0.032, datetime.date(2031, 11, 28), 1])
    sheet.append(["부산", 98000, "=1/0", 2])
    sheet.append([" 서울", "=B4", True, 3])
    sheet["B3"].number_format = "0.0%"
    sheet["B4"].number_format = '#,##0"천원"'
    sheet["A3"].comment = Comment("검토함", "작성자")
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["D"].hidden = True
    old = book.create_sheet("옛자료")
    old.sheet_state = "veryHidden"
    out = io.BytesIO()
    book.save(out)
    read = book_of(out.getvalue())
    now, hidden = read.sheets
    assert rows(now) == [
        ("외국인환자 유치 현황", "", "", ""),
        ("지역", "수치", "비고", "옛 수치"),
        ("대구", "3.2%", "2031-11-28", "1"),
        ("부산", "98000천원", "", "2"),
        (" 서울", "", "TRUE", "3"),
    ]
    assert now.merges == (Merge(1, 0, 1, 2),)
    assert (now.is_hidden, hidden.is_hidden) == (False, True)
    assert (now.hidden_lines, now.hidden_columns) == (frozenset({4}), frozenset({3}))
    assert now.formats == {(3, 1): "0.0%", (4, 1): '#,##0"천원"'}
    assert now.faults == (
        CellFault(4, 2, "=1/0", "formula-empty"),
        CellFault(5, 1, "=B4", "formula-empty"),
    )
    assert any("검토함" in text for _, text in read.texts)


def test_results_that_xlsxwriter_leaves_at_zero_are_none():
    """It calculates nothing: 0 stands for every formula, until a spreadsheet program saves."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b", "c"])
        sheet.write_formula(1, 0, "=31000+183")
        sheet.write_formula(1, 1, "=31000+183", value=31183)
        sheet.write_formula(1, 2, "=NA()", value="#N/A")
    (read,) = book_of(out.getvalue()).sheets
    assert rows(read)[1] == ("", "31183", "")
    assert [(fault.column, fault.rule) for fault in read.faults] == [
        (0, "formula-empty"),
        (2, "error-value"),
    ]


def xlsx_by_hand(sheet, strings="", **more):
    """The fewest parts that make a workbook, in other places and letters than usual."""
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return zipped(
        **{
            "[Content_Types].xml": '<Types xmlns="x"><Override ContentType="application/vnd.'
            'openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships><Relationship Id="r1" Type="{links}/officeDocument" '
            'Target="/Book.xml"/></Relationships>',
            "book.xml": f'<x:workbook xmlns:x="m" xmlns:r="{links}"><x:sheets><x:sheet name="S" '
            'r:id="r1"/></x:sheets></x:workbook>',
            "_rels\\book.xml.rels": f'<Relationships><Relationship Id="r1" Type="{links}/worksheet"'
            f' Target="One.xml"/><Relationship Id="r2" Type="{links}/sharedStrings" '
            'Target="Strings.xml"/></Relationships>',
            "one.xml": f'<x:worksheet xmlns:x="m"><x:sheetData>{sheet}</x:sheetData></x:worksheet>',
            "strings.xml": f'<x:sst xmlns:x="m">{strings}</x:sst>',
        }
        | more
    )


def test_an_xlsx_with_prefixes_and_without_references():
    (read,) = book_of(
        xlsx_by_hand(
            '<x:row><x:c t="s"><x:v>0</x:v></x:c><x:c><x:v>5</x:v></x:c></x:row>'
            '<x:row r="4"><x:c r="C4" s=""><x:v>7</x:v></x:c><x:c r="A4" t="b"><x:v>0</x:v></x:c>'
            '</x:row><x:row><x:c t="d"><x:v>2031-11-28T00:00:00</x:v></x:c></x:row>',
            "<x:si><x:t>줄_x000D_바꿈</x:t></x:si>",
        )
    ).sheets
    assert [(line.number, line.cells) for line in read.lines] == [
        (1, ("줄\r바꿈", "5", "")),
        (2, ("", "", "")),
        (3, ("", "", "")),
        (4, ("FALSE", "", "7")),
        (5, ("2031-11-28", "", "")),
    ]


@pytest.mark.parametrize(
    ("sheet", "refused"),
    [
        ('<x:row r="9"><x:c r="GS9"><x:v>1</x:v></x:c></x:row>', ("far-cell", "GS9")),
        ('<x:row r="10001"><x:c><x:v>1</x:v></x:c></x:row>', ("far-cell", "A10001")),
        ('<x:row r="1"><x:c t="s"><x:v>5</x:v></x:c></x:row>', ("damaged", "ZIP")),
        ('<x:row r="1"><x:c><x:v>five</x:v></x:c></x:row>', ("damaged", "ZIP")),
        ('<x:row r="first"/>', ("damaged", "ZIP")),
    ],
)
def test_an_xlsx_beyond_its_bounds(sheet, refused):
    assert rule_of(xlsx_by_hand(sheet)) == refused


def test_formatted_cells_without_content_have_no_place():
    """The footprint of a pen drawn over the whole sheet: column 200 is the last that may count."""
    (read,) = book_of(
        xlsx_by_hand(
            '<x:row r="1"><x:c r="GR1"><x:v>1</x:v></x:c><x:c r="XFD1" s="1"/></x:row>'
            '<x:row r="1048576"><x:c r="A1048576" s="1"/></x:row>'
        )
    ).sheets
    assert len(read.lines) == 1
    assert len(read.lines[0].cells) == 200


def test_an_old_xls_as_it_is_seen():
    book = xlwt.Workbook()
    book.dates_1904 = True
    sheet = book.add_sheet("현황")
    sheet.write_merge(0, 0, 0, 2, "외국인환자 유치 현황")
    for place, (value, code) in enumerate(
        [(0.032, "0.0%"), (98000, '#,##0"천원"'), (46718, "yyyy-mm-dd"), (31183.000000000004, "0")]
    ):
        sheet.write(1, place, value, xlwt.easyxf(num_format_str=code))
    sheet.row(1).hidden = True
    sheet.col(1).hidden = True
    old = book.add_sheet("옛자료")
    old.visibility = 1
    out = io.BytesIO()
    book.save(out)
    now, hidden = book_of(out.getvalue()).sheets
    # 46,718 days from 1904-01-01: 1,462 after those counted from 1899-12-30.
    assert rows(now)[1] == ("3.2%", "98000천원", "2031-11-28", "31183")
    assert now.merges == (Merge(1, 0, 1, 2),)
    assert (now.hidden_lines, now.hidden_columns) == (frozenset({2}), frozenset({1}))
    assert (now.is_hidden, hidden.is_hidden, now.is_1904) == (False, True, True)


def test_a_binary_workbook_is_read_without_its_formats():
    """XLSB records (MS-XLSB 2.1.4): id and size in seven bits a byte, then content."""

    def record(number, content=b""):
        name = bytes([number]) if number < 0x80 else bytes([number & 0x7F | 0x80, number >> 7])
        return name + bytes([len(content)]) + content

    def wide(text):
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    cell = struct.Struct("<II")
    sheet = b"".join(
        [
            record(0x81),
            record(0x94, struct.pack("<4I", 0, 1, 0, 1)),
            record(0x91),
            record(0x00, struct.pack("<I", 0) + bytes(21)),
            record(0x06, cell.pack(0, 0) + wide("지역")),
            record(0x06, cell.pack(1, 0) + wide("수치")),
            record(0x00, struct.pack("<I", 1) + bytes(21)),
            record(0x06, cell.pack(0, 0) + wide("대구")),
            record(0x05, cell.pack(1, 0) + struct.pack("<d", 31183.000000000004)),
            record(0x92),
            record(0x82),
        ]
    )
    workbook = (
        record(0x83)
        + record(0x99, bytes(12))
        + record(0x8F)
        + record(0x9C, struct.pack("<II", 0, 1) + wide("rId1") + wide("현황"))
        + record(0x90)
        + record(0x84)
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    read = book_of(
        zipped(
            **{
                "xl/workbook.bin": workbook,
                "xl/_rels/workbook.bin.rels": "<Relationships><Relationship "
                f'Id="rId1" Type="{kind}" Target="worksheets/sheet1.bin"/></Relationships>',
                "xl/worksheets/sheet1.bin": sheet,
            }
        )
    )
    assert (read.format, read.has_formats) == ("xlsb", False)
    assert [(one.name, rows(one)) for one in read.sheets] == [
        ("현황", [("지역", "수치"), ("대구", "31183")])
    ]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
LOCKED = '<m:manifest xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
WORD = (
    '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), ("format-locked", "XLSX")),
        (OLE + "WordDocument".encode("utf-16-le"), ("format-document", "DOC")),
        (OLE + "PowerPoint Document".encode("utf-16-le"), ("format-document", "PPT")),
        (OLE + "HwpSummaryInformation".encode("utf-16-le"), ("format-hwp", "HWP")),
        (OLE + bytes(2000), ("damaged", "XLS")),
        (ods("", **{"META-INF/manifest.xml": LOCKED}), ("format-locked", "ODS")),
        (
            zipped(mimetype="application/hwp+zip", **{"META-INF/manifest.xml": LOCKED}),
            ("format-locked", "HWPX"),
        ),
        (zipped(**{"[Content_Types].xml": WORD}), ("format-document", "DOCX")),
        (zipped(**{"a.csv": "1", "b.xlsx": "2"}), ("format-archive", "a.csv, b.xlsx")),
        (b"<html><body>no table</body></html>", ("format-no-table", "HTML")),
        (b"<?xml version='1.0'?><feed/>", ("format-document", "XML")),
    ],
)
def test_what_is_no_table_is_named(content, refused):
    assert rule_of(content) == refused


def test_names_in_an_archive_that_are_in_cp949():
    """Windows writes them so, without the mark of UTF-8."""
    content = zipped(**{"xxxxxxxxxx.csv": "1"}).replace(b"xxxxxxxxxx", "대구외국인".encode("cp949"))
    assert rule_of(content) == ("format-archive", "대구외국인.csv")


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"HWP Document File V3.00", "hwp"),
        (b"{\\rtf1", "document"),
        (b"\x89PNG\r\n", "picture"),
        (b"7z\xbc\xaf\x27\x1c", "packed"),
        (b"ALZ\x01", "packed"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>", "html"),
        (b"\xff\xfea\x00", "text"),
        (b"a,b\n<html>,1", "text"),
        (b"a\x00b", ""),
    ],
)
def test_what_a_file_is_by_its_first_bytes(head, kind):
    assert signatures.kind_of(head) == kind
