"""ODS: OASIS OpenDocument 1.3, part 3, chapter 9."""

import re
import zipfile

from lxml import etree

from dashboard.intake.formats.archive import elements, local
from dashboard.intake.formats.number_formats import plain_number
from dashboard.intake.formats.wire import Writer
from dashboard.intake.sheets import COLUMN_LIMIT, GAP_LIMIT, CannotRead, cell_name

_HIDDEN = frozenset({"collapse", "filter"})
_TAIL = re.compile(r"[-+]?[\d.,\s]*\d\s*([^\W\d_][^\d]*|%)")
_ERROR = re.compile(r"#(?:REF|NAME|VALUE|DIV/0|N/A|NULL|NUM)[!?]?|Err:\d+")


def read_ods(archive: zipfile.ZipFile, out: Writer) -> None:
    """Write out the sheets of a spreadsheet.

    Raises:
        CannotRead: protected by a password, or too large inside.
    """
    if "META-INF/manifest.xml" in archive.namelist():
        for _entry in elements(archive, "META-INF/manifest.xml", ("encryption-data",)):
            raise CannotRead("format-locked", "ODS")
    unseen = {
        style.get(_name(style, "name"))
        for style in elements(archive, "content.xml", ("style",))
        if any(
            value == "false"
            for child in style
            for key, value in child.items()
            if key.endswith("}display")
        )
    }
    reader = _Tables(out, unseen)
    with archive.open("content.xml") as part:
        for event, element in etree.iterparse(
            part,
            events=("start", "end"),
            tag=("{*}table", "{*}table-column", "{*}table-row"),
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
        ):
            reader.take(event, element)


def _name(element: etree._Element, local_name: str) -> str:
    """The full name of an attribute by its local name; empty when there is none."""
    return next((name for name, _ in element.items() if name.endswith(f"}}{local_name}")), "")


def _get(element: etree._Element, local_name: str, default: str = "") -> str:
    return str(element.get(_name(element, local_name) or local_name, default))


class _Tables:
    def __init__(self, out: Writer, unseen: set[str | None]) -> None:
        self._out = out
        self._unseen = unseen
        self._depth = 0
        self._number = 0
        self._column = 0

    def take(self, event: str, element: etree._Element) -> None:
        kind = local(element)
        if kind == "table":
            self._depth += 1 if event == "start" else -1
            if event == "start" and self._depth == 1:
                self._number = self._column = 0
                is_hidden = _get(element, "style-name") in self._unseen
                self._out.sheet(_get(element, "name"), is_hidden)
        elif event == "end" and self._depth == 1:
            if kind == "table-row":
                self._row(element)
            else:
                self._columns(element)
            element.clear()
            parent = element.getparent()
            while element.getprevious() is not None:
                del parent[0]

    def _columns(self, element: etree._Element) -> None:
        count = int(_get(element, "number-columns-repeated", "1"))
        if _get(element, "visibility") in _HIDDEN:
            for place in range(self._column, min(self._column + count, COLUMN_LIMIT)):
                self._out.hide_column(place)
        self._column += count

    def _row(self, element: etree._Element) -> None:
        count = int(_get(element, "number-rows-repeated", "1"))
        cells = self._cells(element)
        is_hidden = _get(element, "visibility") in _HIDDEN
        if not cells:
            self._number += count
            return
        if count > GAP_LIMIT:
            raise CannotRead("far-cell", cell_name(self._number + count, 0), self._number + 1)
        for _copy in range(count):
            self._number += 1
            if is_hidden:
                self._out.hide_line(self._number)
            self._out.line(self._number, list(cells))

    def _cells(self, row: etree._Element) -> list[str]:
        cells: list[str] = []
        place = 0
        for cell in row:
            kind = local(cell)
            if kind not in ("table-cell", "covered-table-cell"):
                continue
            count = int(_get(cell, "number-columns-repeated", "1"))
            text = self._text(cell, place)
            wide = int(_get(cell, "number-columns-spanned", "1"))
            high = int(_get(cell, "number-rows-spanned", "1"))
            if wide > 1 or high > 1:
                number = self._number + 1
                self._out.merge(number, place, number + high - 1, place + wide - 1)
            if text:
                if place + count > COLUMN_LIMIT:
                    raise CannotRead("far-cell", cell_name(self._number + 1, place + count - 1))
                cells += [""] * (place - len(cells)) + [text] * count
            place += count
        return cells

    def _text(self, cell: etree._Element, place: int) -> str:
        written = "\n".join("".join(line.itertext()) for line in cell if local(line) == "p")
        kind = _get(cell, "value-type")
        formula = _get(cell, "formula")
        number = self._number + 1
        if _ERROR.fullmatch(written.strip()) and (formula or kind == "error"):
            self._out.fault(number, place, written.strip(), "error-value")
            return ""
        if formula and not kind and not written:
            self._out.fault(number, place, formula, "formula-empty")
            return ""
        match kind:
            case "date":
                return _get(cell, "date-value").removesuffix("T00:00:00")
            case "percentage":
                self._out.format(number, place, "0%")
                return f"{plain_number(float(_get(cell, 'value', '0')) * 100)}%"
            case "float" | "currency":
                return self._with_words(_get(cell, "value", "0"), written, number, place)
            case "boolean":
                return _get(cell, "boolean-value").upper()
        return written

    def _with_words(self, value: str, shown: str, number: int, place: int) -> str:
        """A number, with the words that its format puts behind it."""
        text = plain_number(value)
        tail = _TAIL.fullmatch(shown.strip())
        if not tail:
            return text
        words = tail[1].strip()
        self._out.format(number, place, f'0"{words}"')
        return f"{text}{words}"
