"""Rows as CSV text of which no spreadsheet computes a cell: for answers and for reports."""

import csv
import io
from collections.abc import Iterable

_COMPUTED = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\n")
"""How a text begins that a spreadsheet may take for a formula (OWASP: CSV injection)."""


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """Comma-separated lines that end in a line feed.

    Args:
        rows: cells; a text that a spreadsheet would compute gets an apostrophe before it, numbers
            stay as they are, lists are joined by `;`, true and false are in lower case.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([[_cell(value) for value in row] for row in rows])
    return out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        value = ";".join(str(item) for item in value)
    if not isinstance(value, str):
        return value
    # The writer does not quote a lone carriage return, at which readers begin a row.
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if text.startswith(_COMPUTED) else text
