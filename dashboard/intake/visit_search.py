"""Personal data in a stream of visits, looked for in the whole file before anything is written."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.intake.delivery import Delivery, Progress
from dashboard.intake.findings import Finding
from dashboard.intake.personal import find_personal
from dashboard.intake.personal_columns import rule_of_values
from dashboard.intake.visit_streams import Lines, stream_rows

LISTED = 100
_ORDINARY = r"^(?:[0-9]{0,8}|[0-9]{4}-[0-9]{2}-[0-9]{2})$"
_REMEMBERED = 200_000
_VALUES = 2_000
"""Different values of a column that nobody reads, by which each batch is judged."""


def search_visits(delivery: Delivery, progress: Progress | None) -> tuple[list[Finding], int]:
    """Look through every text of every column, rows of a wrong width included.

    Returns:
        The first findings, and the number of rows.

    Raises:
        CannotRead: the file is damaged, so that not all of it could be searched.
    """
    findings: list[Finding] = []
    seen: set[str] = set()
    count = 0

    def note(line: int, column: str, rule: str, value: str) -> None:
        if len(findings) < LISTED:
            findings.append(delivery.finding(line, column, value, rule))

    def odd_row(line: int, _found: int, _expected: int, text: str) -> None:
        for cell in text.split(delivery.delimiter):
            for rule, value in find_personal(cell.strip(' "')):
                note(line, "", rule, value)

    for table, lines in stream_rows(delivery, odd_row, progress):
        count += table.num_rows
        for place, column in enumerate(table.columns):
            texts = pc.unique(column.combine_chunks())
            ordinary = pc.match_substring_regex(texts, _ORDINARY)
            unusual = texts.filter(pc.invert(pc.fill_null(ordinary, True))).to_pylist()
            for rule, value, line in _found_in(unusual, seen, column, lines):
                note(line, delivery.headers[place], rule, value)
            rule_of_all = None if delivery.columns[place] else rule_of_values(_some(texts))
            if rule_of_all:
                note(int(lines[0]), delivery.headers[place], rule_of_all, "")
    return findings, count


def _found_in(
    texts: list[str], seen: set[str], column: pa.ChunkedArray, lines: Lines
) -> Iterator[tuple[str, str, int]]:
    for text in texts:
        if text in seen:
            continue
        if len(seen) < _REMEMBERED:
            seen.add(text)
        for rule, value in find_personal(text):
            place = pc.index(column, pa.scalar(text)).as_py()
            yield rule, value, int(lines[place])


def _some(texts: pa.Array) -> list[str]:
    """So many values at most, from all of the batch."""
    places = np.linspace(0, len(texts) - 1, min(len(texts), _VALUES)).astype(np.int64)
    return [
        text.strip() for text in texts.take(pa.array(places)).to_pylist() if text and text.strip()
    ]
