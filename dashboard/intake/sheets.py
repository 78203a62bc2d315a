"""Bytes of any accepted format → sheets of text, within limits that no file can talk its way out.

Nothing is run or followed: formulas are read as the values they had, links and HTML as text.
"""

import csv
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import fastexcel

from dashboard.intake.workbook_texts import further_texts

ROW_LIMIT = 200_000
"""Rows of a table that is compared with the record row by row; visits have no such limit."""
COLUMN_LIMIT = 200
CELL_LIMIT = 131_072
"""Characters after which the csv module gives a cell up."""
UNPACKED_LIMIT = 1 << 30
RATIO_LIMIT = 200
"""A member that packs tighter than this, and is large, is no table but a bomb."""
_BOMB_MEMBER = 64 << 20
DELIMITERS = (",", ";", "\t", "|")
_BOM = b"\xef\xbb\xbf"
_SNIFF = 1 << 16
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True)
class Line:
    """One row of a sheet: the line it begins on, counted from 1, and its cells."""

    number: int
    cells: tuple[str, ...]


class Merge(NamedTuple):
    """Cells that a workbook shows as one; only the first of them has a text."""

    first_row: int
    """Line, counted from 1, as in `Line.number`."""
    first_column: int
    """Place in `Line.cells`, counted from 0."""
    last_row: int
    last_column: int


class CellFault(NamedTuple):
    """A cell that has no value to be read, such as `#REF!`."""

    line: int
    column: int
    """Place in `Line.cells`, counted from 0."""
    value: str
    """What stands there instead."""
    rule: str
    """Of `Finding`."""


@dataclass(frozen=True)
class Sheet:
    """A table of text, with what a workbook says about it beside the texts.

    A cell's text is what the workbook shows, so far as it changes the meaning: `3.2%` for 0.032
    in a percent format, `98000천원` for 98000 in `#,##0"천원"`, dates in ISO 8601.
    """

    name: str
    lines: tuple[Line, ...]
    """Blank rows below the last filled one are left out; above it they have no cells."""
    merges: tuple[Merge, ...] = ()
    is_hidden: bool = False
    hidden_lines: frozenset[int] = frozenset()
    """Lines, counted from 1; their texts are in `lines` all the same."""
    hidden_columns: frozenset[int] = frozenset()
    """Places in `Line.cells`, counted from 0."""
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(line, place) → number format as written, of cells whose format has percent or words."""
    faults: tuple[CellFault, ...] = ()


@dataclass(frozen=True)
class Book:
    """All that was read of a file."""

    format: str
    sheets: tuple[Sheet, ...]
    texts: tuple[tuple[str, str], ...] = ()
    """Texts that stand in no cell, such as comments: place and text."""


@dataclass(frozen=True)
class Text:
    """How the text of a CSV file is to be read."""

    encoding: str
    """Python's name of it: `utf-8`, `utf-8-sig` or `cp949`."""
    shown: str
    delimiter: str


class CannotRead(Exception):
    """The file is none of the accepted formats; carries the rule and what it asks for."""

    def __init__(self, rule: str, expected: str, line: int = 0) -> None:
        super().__init__(rule)
        self.rule = rule
        self.expected = expected
        self.line = line


def format_of(head: bytes) -> str:
    """`xlsx` (any zip), `parquet`, `xls`, `csv`, or nothing, by the first bytes; names can lie."""
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "xls"
    body = head.removeprefix(_BOM)
    if head.startswith(
        (b"\xff\xfe", b"\xfe\xff", b"%PDF", b"\x1f\x8b", b"\x89PNG", b"Rar!", b"7z")
    ):
        return ""
    return "" if _CONTROL.search(body) else "csv"


def text_of(head: bytes, is_whole: bool) -> Text:
    """Encoding and delimiter of a CSV file, from its beginning.

    Raises:
        CannotRead: neither UTF-8 nor CP949.
    """
    shown, encoding = "", ""
    tried = (("UTF-8 with BOM", "utf-8-sig"),) if head.startswith(_BOM) else (
        ("UTF-8", "utf-8"), ("CP949", "cp949"))  # fmt: skip
    for name, codec in tried:
        text = _decoded(head, codec, is_whole)
        if text is not None:
            shown, encoding = name, codec
            break
    else:
        raise CannotRead("encoding", "UTF-8 / CP949", _first_bad_line(head))
    return Text(encoding, shown, _delimiter(text))


def read_csv(content: bytes, text: Text) -> Sheet:
    """All rows of a CSV file.

    Raises:
        CannotRead: bytes that the encoding does not have, broken quotes, a cell without end.
    """
    try:
        decoded = content.decode(text.encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise CannotRead("encoding", "UTF-8 / CP949", line) from None
    if "\x00" in decoded:
        raise CannotRead(
            "format", "CSV, XLSX, ODS", decoded[: decoded.index("\x00")].count("\n") + 1
        )
    lines: list[Line] = []
    reader = csv.reader(io.StringIO(decoded, newline=""), delimiter=text.delimiter, strict=True)
    number = 1
    try:
        for cells in reader:
            if len(cells) > COLUMN_LIMIT:
                raise CannotRead("column-limit", str(COLUMN_LIMIT), number)
            lines.append(Line(number, tuple(cells)))
            if len(lines) > ROW_LIMIT + 100:
                raise CannotRead("row-limit", f"{ROW_LIMIT:,}")
            number = reader.line_num + 1
    except csv.Error:
        raise CannotRead("encoding", "CSV (RFC 4180)", number) from None
    return Sheet("", tuple(lines))


def read_workbook(content: bytes) -> Book:
    """Sheets and further texts of an XLSX or ODS file, dates in ISO 8601, numbers without format.

    Raises:
        CannotRead: no such file, damaged, locked, or larger inside than a table can be.
    """
    kind = _checked_archive(content)
    try:
        reader = fastexcel.read_excel(content)
        sheets = tuple(_sheet(reader, name) for name in reader.sheet_names)
    except CannotRead:
        raise
    except BaseException as error:
        # calamine panics on some damaged files, and a panic is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise CannotRead("damaged", kind.upper()) from None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return Book(kind, sheets, tuple(further_texts(archive)))


def _checked_archive(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            if any(member.flag_bits & 1 for member in members):
                raise CannotRead("damaged", "ZIP")
            for member in members:
                _check_member(member)
            if sum(member.file_size for member in members) > UNPACKED_LIMIT:
                raise CannotRead("unpacked-size", _mebibytes(UNPACKED_LIMIT))
            if "xl/workbook.xml" in names:
                kind = "xlsx"
            elif "content.xml" in names and "spreadsheet" in _mimetype(archive, names):
                kind = "ods"
            else:
                raise CannotRead("format", "CSV, XLSX, ODS")
            for member in members:
                _check_real_size(archive, member)
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError, ValueError, RuntimeError):
        raise CannotRead("damaged", "ZIP") from None
    except Exception as error:
        if isinstance(error, CannotRead):
            raise
        raise CannotRead("damaged", "ZIP") from None  # zlib.error, lzma.LZMAError
    return kind


def _check_member(member: zipfile.ZipInfo) -> None:
    if member.file_size > UNPACKED_LIMIT or (
        member.file_size > _BOMB_MEMBER
        and member.file_size > RATIO_LIMIT * max(member.compress_size, 1)
    ):
        raise CannotRead("unpacked-size", _mebibytes(UNPACKED_LIMIT))


def _check_real_size(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Unpack once and count, because the size that an archive states can be a lie."""
    done = 0
    with archive.open(member) as reader:
        while piece := reader.read(1 << 20):
            done += len(piece)
            if done > member.file_size:
                raise CannotRead("unpacked-size", _mebibytes(UNPACKED_LIMIT))


def _mimetype(archive: zipfile.ZipFile, names: set[str]) -> str:
    return archive.read("mimetype")[:200].decode("ascii", "replace") if "mimetype" in names else ""


def _sheet(reader: fastexcel.ExcelReader, name: str) -> Sheet:
    sheet = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    if sheet.width > COLUMN_LIMIT:
        raise CannotRead("column-limit", str(COLUMN_LIMIT))
    columns = [column.to_pylist() for column in sheet.to_arrow().columns]
    lines = [
        Line(number, tuple("" if cell is None else _cell(cell) for cell in cells))
        for number, cells in enumerate(zip(*columns, strict=True), 1)
    ]
    while lines and not any(lines[-1].cells):
        lines.pop()
    return Sheet(name, tuple(lines))


def _cell(cell: str) -> str:
    """A date cell without time is a day."""
    return cell.removesuffix(" 00:00:00") if cell.endswith(" 00:00:00") else cell


def _decoded(head: bytes, codec: str, is_whole: bool) -> str | None:
    for cut in range(1 if is_whole else 4):  # the head may end within a character
        try:
            return head[: len(head) - cut].decode(codec)
        except UnicodeDecodeError as error:
            if is_whole or error.start < len(head) - 4:
                return None
    return None


def _first_bad_line(head: bytes) -> int:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return head[: error.start].count(b"\n") + 1
    return 0


def _delimiter(text: str) -> str:
    """The delimiter that cuts most of the first lines into the same number of cells, above one."""
    lines = [line for line in text[:_SNIFF].splitlines()[:40] if line.strip()]
    best, best_score = ",", (0, 0)
    for delimiter in DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        except csv.Error:
            continue
        wide = [width for width in widths if width > 1]
        if wide:
            usual = max(set(wide), key=wide.count)
            score = (wide.count(usual), usual)
            if score > best_score:
                best, best_score = delimiter, score
    return best


def _mebibytes(size: int) -> str:
    return f"{size >> 20} MB"
