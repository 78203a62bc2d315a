"""What ODS, Hangul documents, web pages and XML workbooks hold, as a person sees it."""

import email.message

import pytest

from dashboard.intake.sheets import CellFault, Merge
from tests.intake.books import book_of, ods, rows, zipped


def test_an_ods_as_it_is_seen():
    number = '<t:table-cell o:value-type="float" o:value="{}"><p:p>{}</p:p></t:table-cell>'
    read = book_of(
        ods(
            '<t:table t:name="현황"><t:table-column t:number-columns-repeated="2"/>'
            '<t:table-column t:visibility="collapse"/>'
            '<t:table-header-rows><t:table-row><t:table-cell t:number-columns-spanned="2" '
            't:number-rows-spanned="2" o:value-type="string"><p:p>제목</p:p></t:table-cell>'
            "<t:covered-table-cell/><t:table-cell><p:p>비고</p:p></t:table-cell></t:table-row>"
            '</t:table-header-rows><t:table-row t:visibility="filter"><t:table-cell '
            'o:value-type="percentage" o:value="0.032"><p:p>3%</p:p></t:table-cell>'
            + number.format("98000", "98,000천원")
            + '<t:table-cell o:value-type="date" o:date-value="2031-11-28"/></t:table-row>'
            '<t:table-row t:number-rows-repeated="2"><t:table-cell t:number-columns-repeated="2" '
            'o:value-type="string"><p:p>둘</p:p></t:table-cell></t:table-row>'
            '<t:table-row><t:table-cell t:formula="of:=1/0" o:value-type="string">'
            "<p:p>#DIV/0!</p:p></t:table-cell>"
            + number.format("31183.000000000004", "31,183")
            + '</t:table-row><t:table-row t:number-rows-repeated="1048570"><t:table-cell '
            't:number-columns-repeated="16384"/></t:table-row></t:table>'
            '<t:table t:name="옛자료" t:style-name="off"/>'
        )
    )
    now, hidden = read.sheets
    assert rows(now) == [
        ("제목", "", "비고"),
        ("3.2%", "98000천원", "2031-11-28"),
        ("둘", "둘", ""),
        ("둘", "둘", ""),
        ("", "31183", ""),
    ]
    assert now.merges == (Merge(1, 0, 2, 1),)
    assert (now.hidden_lines, now.hidden_columns) == (frozenset({2}), frozenset({2}))
    assert now.faults == (CellFault(5, 0, "#DIV/0!", "error-value"),)
    assert (now.is_hidden, hidden.is_hidden) == (False, True)


def test_a_hangul_document_of_another_program_gives_its_tables():
    from hwpx.document import HwpxDocument

    document = HwpxDocument.new()
    document.add_paragraph("(단위: 명)")
    table = document.add_table(2, 3)
    for row, words in enumerate([["지역", "2031", "2032"], ["대구", "31,183", "31,184"]]):
        for column, word in enumerate(words):
            table.set_cell_text(row, column, word)
    read = book_of(document.to_bytes())
    (sheet,) = read.sheets
    assert (read.format, sheet.name) == ("hwpx", "표 1")
    assert rows(sheet)[-3:] == [
        ("(단위: 명)", "", ""),
        ("지역", "2031", "2032"),
        ("대구", "31,183", "31,184"),
    ]
    assert ("section0.xml", "(단위: 명)") in read.texts


def test_a_hangul_table_with_cells_over_several_rows():
    cell = (
        "<h:tc><h:subList><h:p><h:run><h:t>{}</h:t></h:run></h:p></h:subList><h:cellAddr "
        'colAddr="{}" rowAddr="{}"/><h:cellSpan colSpan="{}" rowSpan="{}"/></h:tc>'
    )
    section = (
        '<h:sec xmlns:h="http://www.hancom.co.kr/hwpml/2011/paragraph"><h:p><h:run><h:tbl><h:tr>'
        + cell.format("지역", 0, 0, 1, 2)
        + cell.format("2032", 1, 0, 2, 1)
        + "</h:tr><h:tr>"
        + cell.format("계", 1, 1, 1, 1)
        + cell.format("여자", 2, 1, 1, 1)
        + "</h:tr></h:tbl></h:run></h:p></h:sec>"
    )
    content = zipped(mimetype="application/hwp+zip", **{"Contents/section0.xml": section})
    (sheet,) = book_of(content).sheets
    assert rows(sheet) == [("지역", "2032", ""), ("", "계", "여자")]
    assert sheet.merges == (Merge(1, 0, 2, 0), Merge(1, 1, 1, 2))


PAGE = (
    '<html><head><meta http-equiv=Content-Type content="text/html; charset={}"></head><body>'
    "<p>외국인환자 현황</p><table><caption>(단위: 명)</caption><tr><th rowspan=2>지역</th>"
    "<th colspan=2>2032</th></tr><tr><th>계</th><th>여자</th></tr><tr style='display:none'><td>대구"
    "<td>31,183<td>&nbsp;</tr></table></body></html>"
)


@pytest.mark.parametrize(
    ("declared", "codec"),
    [("utf-8", "utf-8"), ("ks_c_5601-1987", "cp949"), ("none", "cp949"), ("x", "utf-16")],
)
def test_a_web_page_under_the_name_of_a_workbook(declared, codec):
    read = book_of(PAGE.format(declared).encode(codec))
    (sheet,) = read.sheets
    assert rows(sheet) == [
        ("(단위: 명)", "", ""),
        ("지역", "2032", ""),
        ("", "계", "여자"),
        ("대구", "31,183", ""),
    ]
    assert sheet.merges == (Merge(2, 0, 3, 0), Merge(2, 1, 2, 2))
    assert sheet.hidden_lines == {4}
    assert read.texts == (("", "외국인환자 현황"),)


def test_a_web_page_with_its_parts_in_one_file():
    message = email.message.EmailMessage()
    message["Subject"] = "통합 문서"
    message.set_content("nothing", subtype="html")
    message.add_related(
        PAGE.format("utf-8").encode(),
        "text",
        "html",
        cte="base64",
        headers=["Content-Location: file:///C:/sheet001.htm"],
    )
    read = book_of(message.as_bytes())
    assert (read.format, [sheet.name for sheet in read.sheets]) == ("mhtml", ["sheet001"])
    assert rows(read.sheets[0])[3] == ("대구", "31,183", "")


def test_the_xml_workbook_of_excel_2003():
    (sheet,) = book_of(
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        b'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="p">'
        b'<NumberFormat ss:Format="Percent"/></Style></Styles><Worksheet ss:Name="S"><Table>'
        b'<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">a</Data></Cell></Row>'
        b'<Row ss:Index="3" ss:Hidden="1"><Cell ss:Index="2" ss:StyleID="p">'
        b'<Data ss:Type="Number">0.032</Data></Cell><Cell><Data ss:Type="DateTime">'
        b"2031-11-28T00:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>"
    ).sheets
    assert rows(sheet) == [("a", "", ""), ("", "", ""), ("", "3.2%", "2031-11-28")]
    assert (sheet.merges, sheet.hidden_lines) == ((Merge(1, 0, 1, 1),), {3})
