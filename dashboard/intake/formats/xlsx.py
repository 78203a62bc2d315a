"""XLSX, also in the strict form: ECMA-376 part 1, chapter 18."""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from dashboard.intake.formats.archive import elements, local, part_names
from dashboard.intake.formats.number_formats import NumberFormat, built_in, number_format
from dashboard.intake.formats.wire import Writer
from dashboard.intake.sheets import COLUMN_LIMIT, TEXT_LIMIT, CannotRead, cell_name

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = frozenset({"1", "true", "on"})
_PLAIN = NumberFormat()
_CACHED = "0"
"""What programs that do not calculate leave as the result of a formula."""


@dataclass(frozen=True)
class _Workbook:
    strings: Sequence[str]
    formats: Sequence[NumberFormat]
    is_1904: bool
    is_uncalculated: bool
    """Whether the workbook asks to be calculated when it is opened."""


def read_xlsx(archive: zipfile.ZipFile, out: Writer) -> None:
    """Write out the worksheets of a workbook.

    Raises:
        CannotRead: too large inside, or no worksheet.
    """
    book = _office_document(archive)
    related = dict(_related(archive, book))
    kinds = dict(related.values())
    sheets: list[tuple[str, str, str]] = []
    is_1904 = is_uncalculated = False
    for element in elements(archive, book, ("workbookPr", "sheet", "calcPr")):
        match local(element):
            case "workbookPr":
                is_1904 = is_1904 or element.get("date1904", "") in _TRUE
            case "calcPr":
                is_uncalculated = element.get("fullCalcOnLoad", "") in _TRUE
            case "sheet":
                link = next((value for name, value in element.items() if name.endswith("}id")), "")
                sheets.append((element.get("name", ""), element.get("state", "visible"), link))
    workbook = _Workbook(
        tuple(_strings(archive, kinds.get("sharedStrings"))),
        tuple(_formats(archive, kinds.get("styles"))),
        is_1904,
        is_uncalculated,
    )
    for name, state, link in sheets:
        kind, target = related.get(link, ("", ""))
        if kind == "worksheet" and target:
            out.sheet(name, state != "visible", is_1904)
            _read_sheet(archive, target, workbook, out)


def _office_document(archive: zipfile.ZipFile) -> str:
    for kind, target in dict(_related(archive, "")).values():
        if kind == "officeDocument" and target:
            return target
    return part_names(archive).get("xl/workbook.xml", "xl/workbook.xml")


def _related(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Id → (last word of the type, member) of what a part refers to; no member where it is gone."""
    names = part_names(archive)
    folder, name = posixpath.split(part.replace("\\", "/"))
    rels = names.get(posixpath.join(folder, "_rels", f"{name}.rels").lower())
    if rels is None:
        return
    for element in elements(archive, rels, ("Relationship",)):
        if element.get("TargetMode") == "External":
            continue
        target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
        kind = element.get("Type", "").rpartition("/")[2]
        yield element.get("Id", ""), (kind, names.get(target.lstrip("/").lower(), ""))


def _strings(archive: zipfile.ZipFile, part: str | None) -> Iterator[str]:
    if not part:
        return
    done = 0
    for element in elements(archive, part, ("si",)):
        text = _rich_text(element)
        done += len(text)
        if done > TEXT_LIMIT:
            raise CannotRead("text-size", f"{TEXT_LIMIT:,}")
        yield text


def _rich_text(element: etree._Element) -> str:
    """The text of a string and its runs; readings of its characters (`rPh`) are none of it."""
    if len(element) == 1 and local(element[0]) == "t":
        text = element[0].text or ""
    else:
        text = "".join(
            piece.text or ""
            for piece in element.iter("{*}t")
            if local(piece.getparent()) in ("si", "is", "r")
        )
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _formats(archive: zipfile.ZipFile, part: str | None) -> Iterator[NumberFormat]:
    """The number format of each cell style."""
    if not part:
        return
    codes: dict[int, str] = {}
    for element in elements(archive, part, ("numFmt", "cellXfs")):
        if local(element) == "numFmt":
            codes[int(element.get("numFmtId") or 0)] = element.get("formatCode", "")
            continue
        for style in element:
            number = int(style.get("numFmtId") or 0)
            yield number_format(codes.get(number) or built_in(number))


def _read_sheet(archive: zipfile.ZipFile, part: str, book: _Workbook, out: Writer) -> None:
    number = 0
    for element in elements(archive, part, ("row", "col", "mergeCell")):
        match local(element):
            case "row":
                number = int(element.get("r") or number + 1)
                if element.get("hidden") in _TRUE or element.get("ht") == "0":
                    out.hide_line(number)
                out.line(number, _row(element, number, book, out))
            case "col":
                if element.get("hidden") in _TRUE or element.get("width") == "0":
                    last = min(int(element.get("max", "0")), COLUMN_LIMIT)
                    for column in range(int(element.get("min", "1")), last + 1):
                        out.hide_column(column - 1)
            case "mergeCell":
                first, _sep, last = element.get("ref", "").partition(":")
                out.merge(*_place(first), *_place(last or first))


def _place(reference: str) -> tuple[int, int]:
    """Row, counted from 1, and column, counted from 0."""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        raise CannotRead("damaged", "XLSX")
    return int(found[2]), _column(found[1])


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def _row(element: etree._Element, number: int, book: _Workbook, out: Writer) -> list[str]:
    cells: list[str] = []
    for cell in element:
        if local(cell) != "c":
            continue
        reference = cell.get("r")
        place = _column(reference.rstrip("0123456789")) if reference else len(cells)
        text = _text(cell, number, place, book, out)
        if not text:
            continue
        if place >= COLUMN_LIMIT:
            raise CannotRead("far-cell", cell_name(number, place), number)
        if place == len(cells):
            cells.append(text)
        elif place > len(cells):
            cells += [""] * (place - len(cells))
            cells.append(text)
        else:
            cells[place] = text
    return cells


def _text(cell: etree._Element, number: int, place: int, book: _Workbook, out: Writer) -> str:
    kind = cell.get("t", "n")
    value, formula, has_value = "", None, False
    for child in cell:
        match local(child):
            case "v":
                value, has_value = child.text or "", True
            case "f":
                formula = child.text or ""
            case "is":
                value = _rich_text(child)
    if formula is not None and _is_uncalculated(kind, value, has_value, book):
        out.fault(number, place, f"={formula}", "formula-empty")
        return ""
    if not value or kind in ("inlineStr", "str"):
        return value
    match kind:
        case "s":
            return book.strings[int(value)]
        case "b":
            return "TRUE" if value in _TRUE else "FALSE"
        case "e":
            out.fault(number, place, value, "error-value")
            return ""
        case "d":
            return value.removesuffix("T00:00:00")
    style = int(cell.get("s") or 0)
    shown = book.formats[style] if style < len(book.formats) else _PLAIN
    if shown.code and not shown.day:
        out.format(number, place, shown.code)
    return shown.shown(value, book.is_1904)


def _is_uncalculated(kind: str, value: str, has_value: bool, book: _Workbook) -> bool:
    if not value:
        return not (kind == "str" and has_value)
    return book.is_uncalculated and kind == "n" and value == _CACHED
