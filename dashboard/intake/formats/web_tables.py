"""Tables of web pages that go by the name of a workbook: HTML, MHTML, XML of Excel 2003."""

import codecs
import email
import email.policy
import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree, html

from dashboard.intake.formats.number_formats import number_format
from dashboard.intake.formats.wire import Writer
from dashboard.intake.sheets import COLUMN_LIMIT, CannotRead, cell_name

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_\-]+)""", re.IGNORECASE)
_KOREAN = frozenset({"euc-kr", "ks_c_5601-1987", "ks_c_5601", "ksc5601", "x-windows-949"})
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_LAYOUT = frozenset({"class", "style", "id", "width", "height", "colspan", "rowspan", "border"})
"""Attributes that say how a page looks, not what it says."""
_UNSEEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"


def read_html(content: bytes, out: Writer) -> None:
    """Write out the tables of a web page, each as a sheet.

    Raises:
        CannotRead: without a table, or too large inside.
    """
    if not _read_page(content, "", out):
        raise CannotRead("format-no-table", "HTML")


def read_mhtml(content: bytes, out: Writer) -> None:
    """Write out the tables of a web page with its parts in one file (RFC 2557).

    Raises:
        CannotRead: without a table, or too large inside.
    """
    message = email.message_from_bytes(content, policy=email.policy.default)
    count = 0
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                name = str(part.get("Content-Location", "")).rpartition("/")[2]
                count += _read_page(page, name.rpartition(".")[0], out)
    if not count:
        raise CannotRead("format-no-table", "MHTML")


def read_spreadsheet_xml(content: bytes, out: Writer) -> None:
    """Write out the worksheets of an XML workbook of Excel 2003.

    Raises:
        CannotRead: it is another XML file, damaged, or too large inside.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        book = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise CannotRead("damaged", "XML") from None
    if book.tag != f"{{{_SPREADSHEET}}}Workbook":
        raise CannotRead("format-document", "XML")
    codes = {
        _get(style, "ID"): _get(form, "Format")
        for style in book.iter("{*}Style")
        for form in style.iter("{*}NumberFormat")
    }
    for sheet in book.iter(f"{{{_SPREADSHEET}}}Worksheet"):
        states = [(state.text or "").strip() for state in sheet.iter("{*}Visible")]
        out.sheet(_get(sheet, "Name"), any(state != "SheetVisible" for state in states))
        _write_worksheet(sheet, codes, out)


def _get(element: etree._Element, name: str) -> str:
    return str(element.get(f"{{{_SPREADSHEET}}}{name}", ""))


def _write_worksheet(sheet: etree._Element, codes: dict[str, str], out: Writer) -> None:
    number = 0
    for row in sheet.iter(f"{{{_SPREADSHEET}}}Row"):
        number = int(_get(row, "Index") or number + 1)
        if _get(row, "Hidden") == "1":
            out.hide_line(number)
        cells: list[str] = []
        place = 0
        for cell in row:
            place = int(_get(cell, "Index") or place + 1)
            if place > COLUMN_LIMIT:
                raise CannotRead("far-cell", cell_name(number, place - 1))
            wide, high = int(_get(cell, "MergeAcross") or 0), int(_get(cell, "MergeDown") or 0)
            if wide or high:
                out.merge(number, place - 1, number + high, place - 1 + wide)
            text = ""
            for data in cell.iter(f"{{{_SPREADSHEET}}}Data"):
                text = "".join(data.itertext())
                kind = _get(data, "Type")
                if kind == "DateTime":
                    text = text.removesuffix("T00:00:00.000")
                elif kind == "Error":
                    out.fault(number, place - 1, text, "error-value")
                    text = ""
                elif kind == "Number":
                    code = codes.get(_get(cell, "StyleID"), "")
                    shown = number_format({"Percent": "0.00%"}.get(code, code))
                    if shown.code and not shown.day:
                        out.format(number, place - 1, code)
                    text = shown.shown(text, is_1904=False)
            cells += [""] * (place - 1 - len(cells)) + [text]
            place += wide
        out.line(number, cells)


def _read_page(content: bytes, name: str, out: Writer) -> int:
    """The number of tables of a page, which are written out."""
    parser = html.HTMLParser(no_network=True, huge_tree=False)
    try:
        page = html.document_fromstring(_DECLARATION.sub("", _decoded(content)), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise CannotRead("damaged", "HTML") from None
    tables = [
        table
        for table in page.iter("table")
        if not any(up.tag == "table" for up in table.iterancestors())
    ]
    for words in _other_texts(page):
        out.text(name, words)
    for count, table in enumerate(tables, 1):
        out.sheet(name if name and len(tables) == 1 else f"{name or '표'} {count}".strip())
        _write_html_table(table, out)
    return len(tables)


def _decoded(content: bytes) -> str:
    declared = _CHARSET.search(content[:4096])
    names = [declared[1].decode("ascii").lower()] if declared else []
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        names.insert(0, "utf-16")
    for name in (*names, "utf-8-sig", "cp949"):
        try:
            return content.decode("cp949" if name in _KOREAN else name)
        except (UnicodeError, LookupError):
            continue
    raise CannotRead("encoding", "UTF-8 / CP949")


def _other_texts(page: etree._Element) -> Iterator[str]:
    """What a page says outside of its tables, and anywhere in comments, scripts and attributes."""
    for element in page.iter():
        says = () if "http-equiv" in element.attrib else element.attrib.items()
        for name, value in says:
            if value.strip() and name not in _LAYOUT:
                yield unquote(value.strip())
        within = _in_table(element) and isinstance(element.tag, str)
        words = (
            None if within or element.tag in ("table", "style") else element.text,
            None if within else element.tail,
        )
        for text in words:
            if text and text.strip():
                yield text.strip()


def _in_table(element: etree._Element) -> bool:
    return any(up.tag == "table" for up in element.iterancestors())


def _write_html_table(table: etree._Element, out: Writer) -> None:
    number = 0
    taken: dict[tuple[int, int], bool] = {}
    for caption in table.iter("caption"):
        number += 1
        out.line(number, [" ".join(caption.text_content().split())])
    for row in table.iter("tr"):
        number += 1
        if _UNSEEN.search(row.get("style", "")):
            out.hide_line(number)
        cells: list[str] = []
        place = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while taken.pop((number, place), False):
                place += 1
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            if place + wide > COLUMN_LIMIT:
                raise CannotRead("far-cell", cell_name(number, place + wide - 1))
            if wide > 1 or high > 1:
                out.merge(number, place, number + high - 1, place + wide - 1)
                for down in range(1, high):
                    for right in range(wide):
                        taken[number + down, place + right] = True
            cells += [""] * (place - len(cells)) + [" ".join(cell.text_content().split())]
            place += wide
        out.line(number, cells)


def _span(cell: etree._Element, name: str) -> int:
    written = cell.get(name, "1").strip()
    return min(max(int(written), 1), 1000) if written.isascii() and written.isdigit() else 1
