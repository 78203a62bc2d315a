"""Personal data is found in every place of a workbook, read or not."""

import io
import zipfile

import openpyxl
import pytest
import xlwt
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from dashboard.intake import reading
from dashboard.intake.content import Content
from dashboard.intake.formats import child, process, xls
from dashboard.intake.formats.wire import Assembler, Writer
from dashboard.intake.reading import read_delivery
from dashboard.intake.workbook_texts import further_texts

SECRET = "900101-1234568"  # noqa: S105 - invented; 124 mod 11 = 3, 11 - 3 = 8
HEADER = ["지표", "연도", "지역", "값"]
ROW = ["외국인환자 수", "2025", "대구", "35,000"]


def _book(change=None, parts=()):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADER)
    sheet.append(ROW)
    if change:
        change(book, sheet)
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out, "a") as archive:
        for name, text in parts:
            archive.writestr(name, text)
    return out.getvalue()


@pytest.fixture(autouse=True)
def read_here(monkeypatch):
    """Workbooks are read by the same function, without a process for each."""

    def read_book(kind, content, limits):
        out, assembler = io.StringIO(), Assembler()
        writer = Writer(out)
        with content.open() as source:
            child.read(kind, io.BytesIO(source.read()), writer)
        writer.end()
        for line in out.getvalue().splitlines():
            assembler.take(line.encode())
        return assembler.book()

    monkeypatch.setattr(reading, "read_book", read_book)


def _rules(content, name="a.xlsx"):
    limits = process.Limits()
    delivery = read_delivery("observations", name, Content(content), None, None, {}, limits)
    return {finding.rule for finding in delivery.findings if finding.severity == "error"}


def _validation(sheet, **said):
    rule = DataValidation(type="list", formula1='"가,나"', **said)
    rule.add("A9")
    sheet.add_data_validation(rule)


CHANGES = {
    "sheet name": lambda book, sheet: setattr(sheet, "title", SECRET),
    "sheet name, a person": lambda book, sheet: setattr(sheet, "title", "김철수"),
    "hidden sheet": lambda book, sheet: book.create_sheet("x").append([SECRET]),
    "comment": lambda book, sheet: setattr(sheet["A2"], "comment", Comment(SECRET, "a")),
    "comment, a person": lambda book, sheet: setattr(
        sheet["A2"], "comment", Comment("김철수", "a")
    ),
    "commenter": lambda book, sheet: setattr(sheet["A2"], "comment", Comment("a", SECRET)),
    "header": lambda book, sheet: setattr(sheet.oddHeader.left, "text", SECRET),
    "footer": lambda book, sheet: setattr(sheet.evenFooter.right, "text", SECRET),
    "validation message": lambda book, sheet: _validation(sheet, prompt=SECRET),
    "validation error": lambda book, sheet: _validation(sheet, error=SECRET),
    "link": lambda book, sheet: setattr(sheet["A2"], "hyperlink", "mailto:kim.mina@example.com"),
    "defined name": lambda book, sheet: book.defined_names.add(
        DefinedName("x", attr_text=f'"{SECRET}"')
    ),
    "title": lambda book, sheet: setattr(book.properties, "title", SECRET),
    "subject": lambda book, sheet: setattr(book.properties, "subject", "환자 김철수"),
    "keywords": lambda book, sheet: setattr(book.properties, "keywords", SECRET),
    "author": lambda book, sheet: setattr(book.properties, "creator", SECRET),
}


@pytest.mark.parametrize("place", CHANGES)
def test_it_is_found_in_every_place_that_a_program_writes(place):
    assert any(rule.startswith("personal-") for rule in _rules(_book(CHANGES[place])))


def test_it_is_found_through_the_reading_process_too(monkeypatch):
    monkeypatch.setattr(reading, "read_book", process.read_book)
    assert _rules(_book(CHANGES["comment"])) == {"personal-rrn"}


def _old_book(monkeypatch, change):
    """An .xls file; what xlwt cannot write into it is added to what xlrd read."""
    written = xlwt.Workbook()
    sheet = written.add_sheet("S")
    for line, cells in enumerate((HEADER, ROW)):
        for place, cell in enumerate(cells):
            sheet.write(line, place, cell)
    out = io.BytesIO()
    written.save(out)
    open_workbook = xls.xlrd.open_workbook

    def opened(**options):
        book = open_workbook(**options)
        change(book, book.sheet_by_index(0))
        return book

    monkeypatch.setattr(xls.xlrd, "open_workbook", opened)
    return out.getvalue()


def _noted(text, author):
    note = xls.xlrd.sheet.Note()
    note.text, note.author = text, author
    return lambda book, sheet: sheet.cell_note_map.update({(1, 0): note})


def _linked(book, sheet):
    link = xls.xlrd.sheet.Hyperlink()
    link.url_or_path = "mailto:kim.mina@example.com"
    sheet.hyperlink_list.append(link)


@pytest.mark.parametrize(("change", "found"), [
    (_noted(f"확인 {SECRET}", "a"), {"personal-rrn"}),
    (_noted("잠정치", SECRET), {"personal-rrn"}),
    (_noted("잠정치", "김철수"), set()),  # an officer
    (_linked, {"personal-email"}),
])  # fmt: skip
def test_comments_and_links_of_an_old_workbook_are_searched(monkeypatch, change, found):
    assert _rules(_old_book(monkeypatch, change), "a.xls") == found


@pytest.mark.parametrize("shift", [b"", b"\x05"])
@pytest.mark.parametrize("part", ["comments1.bin", "worksheets/sheet1.bin", "sharedStrings.bin"])
def test_texts_of_a_binary_workbook_are_searched_at_every_byte(part, shift):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.bin", b"\x83\x01\x00")
        archive.writestr(
            f"xl/{part}", b"\x07\x00" + shift + SECRET.encode("utf-16-le") + b"\x00\x00"
        )
    with zipfile.ZipFile(out) as archive:
        assert any(SECRET in text for _place, text in further_texts(archive))


PARTS = {
    "threaded comment": ("xl/threadedComments/comment1.xml", f"<t><text>{SECRET}</text></t>"),
    "text box": (
        "xl/drawings/drawing9.xml",
        "<a:p><a:r><a:t>900101-</a:t></a:r><a:r><a:t>1234568</a:t></a:r></a:p>",
    ),
    "alternative text": ("xl/drawings/drawing8.xml", f'<p:cNvPr id="2" descr="{SECRET}"/>'),
    "old comment": ("xl/drawings/vmlDrawing1.vml", f"<div>{SECRET}</div>"),
    "pivot cache": ("xl/pivotCache/pivotCacheDefinition1.xml", '<s v="김철수"/><s v="이영희"/>'),
    "link cache": ("xl/externalLinks/externalLink1.xml", f"<cell><v>{SECRET}</v></cell>"),
    "chart cache": ("xl/charts/chart1.xml", f"<c:pt><c:v>{SECRET}</c:v></c:pt>"),
    "string of no cell": ("xl/sharedStrings9.xml", f"<si><t>{SECRET}</t></si>"),
    "custom property": ("docProps/custom.xml", f"<vt:lpwstr>{SECRET}</vt:lpwstr>"),
    "in UTF-16": ("customXml/item1.xml", f"<a>{SECRET}</a>".encode("utf-16")),
    "comment of XML": ("customXml/item3.xml", f"<a><!-- {SECRET} --></a>"),
    "CDATA": ("customXml/item4.xml", f"<a><![CDATA[<{SECRET}>]]></a>"),
    "entity": ("customXml/item5.xml", f'<!DOCTYPE a [<!ENTITY b "{SECRET}">]><a/>'),
    "attribute of any name": ("customXml/item6.xml", f'<a whom="{SECRET}"/>'),
    "name of an element": ("customXml/item7.xml", "<a_900101-1234568/>"),
    "other encoding": (
        "customXml/item8.xml",
        "<?xml version='1.0' encoding='EUC-KR'?><a>환자 김철수</a>".encode("euc-kr"),
    ),
    "number format": ("xl/styles9.xml", f"<numFmt formatCode='0 &quot;{SECRET}&quot;'/>"),
    "theme": ("xl/theme/theme9.xml", f"<a:theme name='{SECRET}'/>"),
    "text file": ("docProps/patients.txt", f"1\t{SECRET}\n"),
    "names in a text file": ("docProps/patients.txt", "번호,이름\n1,김철수\n"),
    "text file in CP949": ("docProps/patients.dat", "환자 김철수".encode("cp949")),
    "text file in UTF-16": ("docProps/patients", f"1 {SECRET}".encode("utf-16-le")),
    "text that begins like markup": ("docProps/a.htm", f"<{SECRET}>"),
    "name of a part": (f"xl/media/{SECRET}.txt", "1"),
    "picture": ("xl/media/image1.png", b"\x89PNG\r\n\x1a\n\0\0tEXt" + SECRET.encode()),
    "settings of a printer": (
        "xl/printerSettings/printerSettings1.bin", b"\0\1\0\xff" + SECRET.encode("utf-16-le"),
    ),
    "entities": ("customXml/item2.xml", "<a>900101&#45;1234568</a>"),
}  # fmt: skip


@pytest.mark.parametrize("place", PARTS)
def test_it_is_found_in_every_part_of_the_archive(place):
    assert any(rule.startswith("personal-") for rule in _rules(_book(parts=[PARTS[place]])))


def test_it_is_found_in_a_workbook_within_the_workbook():
    inner = _book(CHANGES["comment"])
    assert "personal-rrn" in _rules(_book(parts=[("xl/embeddings/Book1.xlsx", inner)]))


def test_an_embedded_file_that_cannot_be_searched_keeps_the_workbook_out():
    assert _rules(_book(parts=[("xl/embeddings/oleObject1.bin", b"\x01\x02")])) == {"embedded"}


def _repacked(comment=b"", between=b"", after=b""):
    """An ordinary workbook with bytes at places of the archive that belong to no member."""
    book = _book()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as ours, zipfile.ZipFile(out, "w") as archive:
        for member in ours.infolist():
            named = zipfile.ZipInfo(member.filename)
            if member.filename == "xl/workbook.xml":
                named.comment, named.extra = comment, b""
            archive.writestr(named, ours.read(member))
            if member.filename == "xl/workbook.xml" and between:
                archive.fp.write(between)
                archive.start_dir = archive.fp.tell()
        archive.comment = comment
    return out.getvalue() + after


SECRET_BYTES = SECRET.encode()


@pytest.mark.parametrize("places", [
    {"comment": SECRET_BYTES}, {"comment": "환자 김철수".encode("cp949")},
    {"between": SECRET_BYTES}, {"after": SECRET_BYTES},
])  # fmt: skip
def test_what_stands_outside_of_the_parts_is_searched(places):
    assert any(rule.startswith("personal-") for rule in _rules(_repacked(**places)))


@pytest.mark.parametrize("places", [
    {"between": b"\x01\xff\x02\xfe"}, {"comment": b"\x01\xff\x02\xfe"},
])  # fmt: skip
def test_bytes_between_the_parts_that_cannot_be_searched_keep_it_out(places):
    assert _rules(_repacked(**places)) == {"embedded"}


def test_a_workbook_written_part_after_part_is_no_alarm():
    """Sizes that follow their part, zeros that fill up, a comment of a program."""
    assert _rules(_repacked(comment=b"made by a program", between=b"\0\0\0\0")) == set()

    class Pipe(io.BytesIO):
        def seekable(self):
            return False

        def tell(self):
            raise OSError

    out = Pipe()
    with zipfile.ZipFile(io.BytesIO(_book())) as ours, zipfile.ZipFile(out, "w") as archive:
        for member in ours.infolist():
            archive.writestr(zipfile.ZipInfo(member.filename), ours.read(member))
    assert zipfile.ZipFile(io.BytesIO(out.getvalue())).infolist()[0].flag_bits & 8
    assert _rules(out.getvalue()) == set()


@pytest.mark.parametrize("name", ["docProps/unknown.dat", "xl/vbaProject.bin", "xl/media/a.png"])
def test_a_part_of_an_unknown_kind_keeps_the_workbook_out(name):
    assert _rules(_book(parts=[(name, b"\x07\x00\xff\xfe\x00\x9f")])) == {"embedded"}


def test_a_number_of_a_company_or_an_office_passes_in_a_cell_of_a_workbook_too():
    strings = "<sst><si><t>180111-1234567</t></si><si><t>053-803-4114</t></si></sst>"

    def offices(book, sheet):
        for place, text in (("F1", "법인등록번호"), ("F2", "180111-1234567")):
            sheet[place] = text
        for place, text in (("G1", "대표전화"), ("G2", "053-803-4114")):
            sheet[place] = text

    assert _rules(_book(offices, [("xl/sharedStrings.xml", strings)])) == set()
    assert _rules(_book(parts=[("xl/sharedStrings.xml", strings)])) == {
        "personal-rrn", "personal-phone",
    }  # fmt: skip


def test_fonts_that_are_called_like_persons_are_no_alarm():
    fonts = '<fonts><font><name val="신명조"/></font></fonts>'
    theme = '<a:theme><a:minorFont><a:ea typeface="Yu Mincho"/></a:minorFont></a:theme>'
    parts = [("xl/styles9.xml", fonts), ("xl/theme/theme9.xml", theme)]
    assert _rules(_book(parts=parts)) == set()


def test_who_made_or_commented_a_workbook_is_no_alarm():
    def named(book, sheet):
        book.properties.creator = "김철수"
        book.properties.lastModifiedBy = "Kim Min-su"
        sheet["A2"].comment = Comment("잠정치", "박영희")

    people = '<person displayName="이영희" id="{0}" userId="S::a" providerId="AD"/>'
    hangul = '<opf:meta name="lastsaveby" content="text">김철수</opf:meta>'
    parts = [("xl/persons/person.xml", people), ("Contents/content.hpf", hangul)]
    assert _rules(_book(named, parts)) == set()


def test_an_ordinary_workbook_with_all_these_places_is_no_alarm():
    def ordinary(book, sheet):
        sheet["A2"].comment = Comment("보건복지부 보도자료", "a")
        sheet.oddHeader.center.text = "2025년 실적 &P/&N"
        _validation(sheet, prompt="목록에서 고르세요", error="목록에 없는 값")
        sheet["B2"].hyperlink = "https://www.mohw.go.kr/board.es?mid=a10503000000&bid=0027"
        book.defined_names.add(DefinedName("합계", attr_text="Sheet!$A$1:$D$20"))
        book.properties.title = "대구 의료관광 실적"

    assert _rules(_book(ordinary)) == set()


PAGE = (
    "<html><head>{}<style>td {{ font-family: '맑은 고딕' }}</style></head><body>{}<table border=1>"
    "<tr><th>지표<th>연도<th>지역<th>값</tr>"
    "<tr><td {}>외국인환자 수{}<td>2025<td>대구<td>35,000</tr>"
    "</table></body></html>"
)
OFFICE = (
    "<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>user</o:Author>"
    "<o:Created>2025-01-02T03:04:05Z</o:Created></o:DocumentProperties></xml><![endif]-->"
)


@pytest.mark.parametrize(
    "parts",
    [
        ("", f"<p title='{SECRET}'>", "", ""),
        ("", f"<!-- {SECRET} -->", "", ""),
        ("", "", "", f"<!-- {SECRET} -->"),
        ("", "", f"data-note='환자 {SECRET}'", ""),
        ("", "", "", "<a href='x?rrn=900101%2D1234568'>x</a>"),
        (f"<script>var rrn = '{SECRET}';</script>", "", "", ""),
        (f"<meta name=description content='{SECRET}'>", "", "", ""),
        ("", f"<input type=hidden value='{SECRET}'>", "", ""),
    ],
)
def test_attributes_comments_and_scripts_of_a_page_are_searched(parts):
    assert "personal-rrn" in _rules(PAGE.format(*parts).encode(), "a.xls")


def test_what_excel_writes_into_every_page_is_no_personal_data():
    page = PAGE.format(OFFICE, "", "class=xl65 style='height:16.5pt' x:num=\"35000\"", "")
    assert _rules(page.encode(), "a.xls") == set()
