"""Workbooks of Excel 5 to 2003 (BIFF, by xlrd) and binary ones of today (XLSB, by calamine)."""

import datetime
import io
from collections.abc import Iterator
from typing import BinaryIO

import python_calamine
import xlrd
from xlrd.biffh import error_text_from_code

from dashboard.intake.formats.number_formats import number_format, plain_number
from dashboard.intake.formats.wire import Writer
from dashboard.intake.person_names import is_name
from dashboard.intake.sheets import COLUMN_LIMIT, CannotRead, cell_name


class _Silent:
    """Where xlrd writes what it thinks of a file."""

    def write(self, text: str) -> None:
        """Forget it."""


def read_xls(content: bytes, out: Writer) -> None:
    """Write out the sheets of an .xls file.

    Raises:
        CannotRead: protected by a password, damaged, or too large inside.
    """
    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, logfile=_Silent(), ragged_rows=True
        )
    except Exception as error:  # xlrd states what it takes for granted by assertions
        if "encrypted" in str(error).lower():
            raise CannotRead("format-locked", "XLS") from None
        read_by_calamine("xls", io.BytesIO(content), out)
        return
    for sheet in book.sheets():
        out.sheet(sheet.name, sheet.visibility != 0, book.datemode == 1)
        for first, after, left, right in sheet.merged_cells:
            out.merge(first + 1, left, after, right - 1)
        for number, row in sheet.rowinfo_map.items():
            if row.hidden:
                out.hide_line(number + 1)
        for place, column in sheet.colinfo_map.items():
            if column.hidden:
                out.hide_column(place)
        for number in range(sheet.nrows):
            out.line(number + 1, _cells(book, sheet, number, out))
        for text in _further_texts(sheet):
            out.text("xls", text)
    for name in book.name_obj_list:
        out.text("xls", f"{name.name} {name.result.text if name.result else ''}")


def _further_texts(sheet: xlrd.sheet.Sheet) -> Iterator[str]:
    """Comments with who wrote them, and links. An officer's name as commenter is let through."""
    for note in sheet.cell_note_map.values():
        yield note.text
        if not is_name(note.author):
            yield note.author
    for link in sheet.hyperlink_list:
        for text in (link.url_or_path, link.desc, link.textmark, link.quicktip):
            # A path is in bytes where the file has it so.
            yield text.decode("cp949", "replace") if isinstance(text, bytes) else text or ""


def _cells(book: xlrd.Book, sheet: xlrd.sheet.Sheet, number: int, out: Writer) -> list[str]:
    texts = []
    for place, cell in enumerate(sheet.row(number)):
        text = ""
        match cell.ctype:
            case xlrd.XL_CELL_TEXT:
                text = cell.value
            case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
                style = book.xf_list[cell.xf_index]
                code = book.format_map[style.format_key].format_str
                shown = number_format(code)
                if shown.code and not shown.day:
                    out.format(number + 1, place, code)
                text = shown.shown(cell.value, book.datemode == 1)
            case xlrd.XL_CELL_BOOLEAN:
                text = "TRUE" if cell.value else "FALSE"
            case xlrd.XL_CELL_ERROR:
                value = error_text_from_code.get(cell.value, "#?")
                out.fault(number + 1, place, value, "error-value")
        texts.append(text)
    return texts


def read_by_calamine(kind: str, source: BinaryIO, out: Writer) -> None:
    """Write out the sheets of an .xlsb file, or of an .xls file that xlrd cannot read.

    Number formats and hidden rows stay unknown.

    Raises:
        CannotRead: damaged, or too large inside.
    """
    source.seek(0)
    out.book(kind, has_formats=False)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(source)
        for about in book.sheets_metadata:
            if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            out.sheet(about.name, about.visible != python_calamine.SheetVisibleEnum.Visible)
            last_row, last_column = sheet.end or (0, 0)
            if last_column >= COLUMN_LIMIT:
                raise CannotRead("far-cell", cell_name(last_row + 1, last_column))
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
                out.merge(top + 1, left, bottom + 1, right)
            for number, cells in enumerate(sheet.iter_rows(), 1):
                out.line(number, [_value(cell) for cell in cells])
    except python_calamine.CalamineError as error:
        locked = isinstance(error, python_calamine.PasswordError)
        raise CannotRead("format-locked" if locked else "damaged", kind.upper()) from None


def _value(cell: object) -> str:
    match cell:
        case bool():
            return str(cell).upper()
        case int() | float():
            return plain_number(cell)
        case datetime.datetime():
            return cell.isoformat(" ").removesuffix(" 00:00:00")
        case datetime.date() | datetime.time():
            return cell.isoformat()
        case _:
            return str(cell)
