"""Spreadsheet number formats that print a bare value as the report's text prints it."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from dashboard.content.document import Cell
from dashboard.i18n import at_least_text

_FORMATS = ("#,##0", *("#,##0." + "0" * digits for digits in range(1, 7)))
GENERAL = "#,##0.####"
"""For values whose text says them in another way, such as 3.5억 원."""
_ARROWS = frozenset("▲▼")
_SIGNED = re.compile(r"(?:≈ )?[+±-](?=\d)")
"""How a difference begins whose sign is printed."""
_LONGEST = 120
"""Characters of text around a figure that a format may carry; Excel takes 255 in all."""


def number(cell: Cell) -> int | float | None:
    """The figure of a cell; None where there is none, or where the value is a text."""
    value = cell.value
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def shared_format(cells: Iterable[Cell]) -> str | None:
    """The format with the fewest decimals that prints every figure as its text does.

    Returns:
        None if there is no such format: the texts are compact amounts, or round differently.
    """
    figures = [(value, cell.text) for cell in cells if (value := number(cell)) is not None]
    for digits, pattern in enumerate(_FORMATS):
        if all(_place(value, digits, text) is not None for value, text in figures):
            return pattern
    return None


def cell_format(cell: Cell) -> str:
    """The format in which a sheet shows the figure of one cell exactly as its text.

    `31,183명` becomes `#,##0"명"`, a year `0`; what no format can print is shown as the bare value,
    a lower bound with the words that say so.
    """
    value = number(cell)
    if value is None:
        return "General"
    if cell.text[:1] in _ARROWS:
        return _arrow_format(abs(value), cell.text)
    if _SIGNED.match(cell.text):
        return _signed_format(abs(value), cell.text)
    for digits, pattern in enumerate(_FORMATS):
        for grouped in (True, False):
            at = _place(value, digits, cell.text, grouped=grouped)
            if at is not None:
                shape = pattern if grouped else pattern.replace("#,##", "")
                return _quoted(cell.text[: at[0]]) + shape + _quoted(cell.text[at[1] :])
    if cell.is_lower_bound:
        before, after = at_least_text("\n").split("\n")
        return _quoted(before) + _mark(cell.text) + GENERAL + _quoted(after)
    return _mark(cell.text) + GENERAL


def _arrow_format(size: float, text: str) -> str:
    """A change with its arrow as the sign, so that both follow when the cell changes; `≈` stays."""
    shape = _shape(size, text[1:].lstrip())
    return f'"▲ "{shape};"▼ "{shape};{shape}'


def _signed_format(size: float, text: str) -> str:
    """A difference whose sign follows the cell, as a plus in the format would stay; `≈` stays."""
    mark = _quoted("≈ ") if text.startswith("≈") else ""
    shape = _shape(size, text.removeprefix("≈ ")[1:])
    zero = '"±"' if "±" in text[:3] else ""
    return f"{mark}+{shape};{mark}-{shape};{mark}{zero}{shape}"


def _shape(size: float, text: str) -> str:
    """The format of a size without its sign, with the words around it."""
    for digits, pattern in enumerate(_FORMATS):
        at = _place(size, digits, text)
        if at is not None:
            return _quoted(text[: at[0]]) + pattern + _quoted(text[at[1] :])
    return _mark(text) + GENERAL


def _mark(text: str) -> str:
    """`≈` of a figure that no format prints as its text does: `≈ 1.5억 원`."""
    return '"≈ "' if "≈" in text else ""


def _place(value: float, digits: int, text: str, *, grouped: bool = True) -> tuple[int, int] | None:
    """Where the text has the value with so many decimals, and no longer number around it."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    printed = f"{exact:,}" if grouped else str(exact)
    start = text.find(printed)
    if start < 0:
        return None
    end = start + len(printed)
    before, behind = text[:start][-1:], text[end:]
    continues = behind[:1].isdigit() or (behind[:1] in (".", ",") and behind[1:2].isdigit())
    return None if before.isdigit() or before in (".", ",", "-") or continues else (start, end)


def _quoted(text: str) -> str:
    """Text that stands beside a figure; not what holds another figure, which would stay behind."""
    if any(letter.isdigit() for letter in text):
        text = text.partition(" (")[0]
    if not text or any(letter.isdigit() for letter in text):
        return ""
    return '"' + text.replace('"', "”")[:_LONGEST] + '"'
