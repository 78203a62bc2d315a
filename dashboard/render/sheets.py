"""Sheets of a workbook: one heading row, data as data, texts as texts, fit to be printed."""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, NamedTuple, Self

import xlsxwriter

from dashboard.render.packaging import pinned
from dashboard.render.plain_text import printable
from dashboard.text_metrics import clipped, text_width, wrapped

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FONT = {"font_name": "맑은 고딕", "font_size": 10}
_LONGEST_TEXT = 32_767
"""Characters a cell may hold (Excel's limit)."""
_LONGEST_NAME = 31
_NO_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_WIDEST = 60.0
"""Characters; longer texts are wrapped."""
_WIDEST_ON_A4 = 180.0
_A4, _A3 = 9, 8
_SIZE = 10.0
_CHARACTER = 5.8
"""Points of a digit at that size: the unit in which Excel measures columns."""
_HIGHEST = 409.0
"""Points; Excel's limit."""

Value = str | int | float | bool | None


class Shown(NamedTuple):
    """What a cell holds, and how it is shown."""

    value: Value
    pattern: str = "General"
    """The number format."""
    fill: str | None = None
    """#rrggbb; None for none."""


class Book:
    """A workbook in memory. Its bytes depend on what is written and on the time it is given."""

    def __init__(self, title: str, author: str, created: datetime, below: str, above: str) -> None:
        """Begin a workbook. Title, author and time are the file's; the clock is not asked.

        `below` and `above` are printed at the foot and head of every page of every sheet.
        """
        self._out = io.BytesIO()
        # XlsxWriter changes the font it is given, so each book gets its own.
        options = _OPTIONS | {"default_format_properties": dict(_FONT)}
        self.file = xlsxwriter.Workbook(self._out, options)
        self.file.set_properties({"title": title, "author": author, "created": created})
        self._below, self._above = below, above
        self._names: set[str] = set()
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.file.close()

    def content(self) -> bytes:
        """The file, once the book is closed."""
        return pinned(self._out.getvalue())

    def style(self, **settings: Any) -> Any:
        """A format, made once for the same settings."""
        key = tuple(sorted(settings.items()))
        if key not in self._formats:
            self._formats[key] = self.file.add_format({"valign": "top", **settings})
        return self._formats[key]

    def sheet(self, wish: str) -> Any:
        """A sheet set up for printing, under a name like the one wished that Excel takes."""
        sheet = self.file.add_worksheet(self._name(wish))
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.75)
        sheet.set_footer(f"&L&8{_plain(self._below)}&R&8&P / &N")
        if self._above:
            sheet.set_header(f"&C&8{_plain(self._above)}")
        return sheet

    def grid(
        self,
        sheet: Any,
        top: int,
        columns: Sequence[str],
        rows: Iterable[Sequence[Shown]],
        *,
        is_whole_sheet: bool = True,
    ) -> int:
        """Write a heading, at a row counted from 0, and rows of values with their number formats.

        A cell of None stays empty. On a whole sheet the heading is frozen and repeated, with
        filters.

        Returns:
            The row below the last one.
        """
        head = self.style(bold=True, bottom=1, bg_color="#ecf2fe", text_wrap=True)
        content = list(rows)
        shown = [columns, *([_shown(cell) for cell in cells] for cells in content)]
        widths = [
            min(max(_width(texts[column]) for texts in shown), _WIDEST)
            for column in range(len(columns))
        ]
        for column, (name, width) in enumerate(zip(columns, widths, strict=True)):
            sheet.write_string(top, column, text_cell(name), head)
            sheet.set_column(column, column, width)
        for row, cells in enumerate(content, top + 1):
            for column, cell in enumerate(cells):
                self.write(sheet, row, column, *cell)
        for row, texts in enumerate(shown, top):
            height = _row_height(texts, widths)
            if height:
                sheet.set_row(row, height)
        if sum(widths) > _WIDEST_ON_A4:
            sheet.set_paper(_A3)
        last = top + len(content)
        if is_whole_sheet:
            sheet.freeze_panes(top + 1, 0)
            sheet.repeat_rows(top)
            if columns:
                sheet.autofilter(top, 0, max(last, top + 1), len(columns) - 1)
        return last + 1

    def write(
        self,
        sheet: Any,
        row: int,
        column: int,
        value: Value,
        pattern: str = "General",
        fill: str | None = None,
    ) -> None:
        """Write a value as what it is; a text never becomes a formula, a link or a number."""
        if value is None:
            return
        filled = {"bg_color": fill} if fill else {}
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, str):
            style = self.style(text_wrap=True, indent=1, **filled)
            sheet.write_string(row, column, text_cell(value), style)
        else:
            sheet.write_number(row, column, value, self.style(num_format=pattern, **filled))

    def _name(self, wish: str) -> str:
        """Excel takes 31 characters, no brackets or slashes, no ' at the ends, each name once."""
        base = _NO_NAME.sub(" ", printable(wish)).strip(" '")[:_LONGEST_NAME].strip(" '") or "-"
        name, number = base, 1
        while name.casefold() in self._names or name.casefold() == "history":
            number += 1
            tail = f" ({number})"
            name = base[: _LONGEST_NAME - len(tail)] + tail
        self._names.add(name.casefold())
        return name


def text_cell(text: str) -> str:
    """A text as a cell can hold it."""
    text = printable(text)
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


def _shown(cell: Shown) -> str:
    """About what a cell prints."""
    if cell.value is None or isinstance(cell.value, str):
        return cell.value or ""
    return f"{cell.value:,}{cell.pattern[5:]}"


def _row_height(texts: Sequence[str], widths: Sequence[float]) -> float | None:
    """Points for the longest of wrapped texts; None where one line is enough."""
    lines = max(
        (
            len(wrapped(text, (width - 2) * _CHARACTER, _SIZE))
            for text, width in zip(texts, widths, strict=True)
        ),
        default=1,
    )
    return min(lines * _SIZE * 1.45, _HIGHEST) if lines > 1 else None


def _width(text: str) -> float:
    """Characters of a column that hold the longest line of a text."""
    return max((text_width(line, _SIZE) / _CHARACTER for line in text.split("\n")), default=0) + 2


def _plain(text: str) -> str:
    """A text for header or footer, where & begins a code and 255 characters are the most."""
    return clipped(" ".join(text.split()), 600, 8, 1).replace("&", "&&")[:200]
