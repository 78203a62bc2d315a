"""What a report and its files say, as lines that can be compared with those of another day.

`former_exports.xz` holds the lines of twelve region-years as the product wrote them on 28 November
2026 (commit 03b1cfa) of the former record. It is never written anew: what is said otherwise since
stands in `allowed_differences.yml`.
"""

import codecs
import csv
import hashlib
import io
import json
import lzma
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pypdfium2
from lxml import etree

from dashboard.content.compose import draft
from dashboard.render.formats import render
from dashboard.store.csv_text import csv_text

FORMER = Path(__file__).with_name("former_exports.xz")
CASES = [
    *(("KR-27", year, "ko") for year in (2012, 2016, 2018, 2019, 2023)),
    *(("KR-30", year, "ko") for year in (2016, 2019)),
    ("KR-11", 2019, "ko"),
    ("KR-26", 2021, "ko"),
    ("KR-28", 2016, "ko"),
    ("KR-50", 2019, "ko"),
    ("KR", 2019, "ko"),
    ("KR-27", 2019, "en"),
    ("KR-30", 2016, "en"),
]
"""Region, year and language."""
REPORTS = ("kpi", "review", "ranking", "deck")
CONTENT, BYTES, SOURCES = "content", "bytes of .csv", "sources"
"""The lines of the report itself, the digest of a file, and ids in the order of their footnotes.

Every other key is the suffix of a file.
"""
LATER_SOURCES = 900
"""Footnotes of sources that a report did not name then are counted from here, by twos."""
STAMP = {"build_id": "former", "snapshot": 1, "as_of": "2026-11-28", "made_at": "2026-11-28"}
"""Printed on every page, and no part of what is compared."""
PARTS = {
    ".pptx": re.compile(r"ppt/(slides/slide|charts/chart|notesSlides/notesSlide)\d+\.xml"),
    ".hwpx": re.compile(r"Contents/section\d+\.xml"),
}


def composed(record, case, report, footnotes=()):
    """The report of a case: its lines, and those of its files, by suffix.

    Args:
        record: the record.
        case: region, year and language.
        report: kind of the report.
        footnotes: ids of the sources as they were numbered then; without, as they are now.
    """
    region, year, language = case
    parameters = {"region": region, "year": year}
    if report == "ranking":
        parameters["metric"] = "foreign_patients"
    made = draft(record, report, parameters, language)
    made = _numbered(replace(made, stamp=replace(made.stamp, **STAMP)), footnotes)
    said = {CONTENT: list(_said(made)), SOURCES: [one.source_id for one in made.sources]}
    for suffix, lines in READERS.items():
        if suffix != ".hwpx" or report != "deck":
            content = render(made, suffix)
            said[suffix] = list(lines(content))
            if suffix == ".csv":
                said[BYTES] = [hashlib.sha256(_as_then(content)).hexdigest()]
    return said


def _numbered(report: Any, footnotes: Iterable[str]) -> Any:
    """With the numbers of then: a source that is named earlier shifts those behind it."""
    then = {source_id: number for number, source_id in enumerate(footnotes, 1)}
    if not then:
        return report
    later = [one.source_id for one in report.sources if one.source_id not in then]
    then |= {source_id: LATER_SOURCES + 2 * number for number, source_id in enumerate(later)}
    sources = [replace(one, number=then[one.source_id]) for one in report.sources]
    return replace(report, sources=tuple(sorted(sources, key=lambda one: one.number)))


def former():
    """What `composed` gave then, by `name_of` a case and a report."""
    return json.loads(lzma.decompress(FORMER.read_bytes()))


def name_of(case, report):
    """Such as `review KR-27 2019 ko`."""
    return " ".join(map(str, (report, *case)))


# ---- The report


def _said(part: Any, above: str = "") -> Iterator[str]:
    """Every text, and every figure with its evidence, its sources and what it is a figure of."""
    if isinstance(part, str):
        if part:
            yield f"{above}{part}"
    elif isinstance(part, tuple):
        for one in part:
            yield from _said(one, above)
    elif is_dataclass(part):
        kind = type(part).__name__
        if kind == "Cell":
            yield above + _figure(part)
        elif kind == "Table":
            yield from _rows(part)
        elif kind == "KeyFigure":
            yield f"{part.name} ▸ {_figure(part.cell)}"
            yield from (f"{part.name} ▸ {text}" for text in _texts(part, but="name"))
        elif kind == "ChartBlock":
            yield from _texts(part)
            yield from _points(part)
        elif kind == "Place":
            yield f"{part.name} ▸ {part.lat}, {part.lon}, certain: {part.is_certain}"
        elif kind == "Source":
            yield " ▸ ".join(_texts(part))
        elif getattr(part, "source_ids", ()):  # a sentence that names its sources
            yield f"{part.text} [{_sources(part)}]"
        elif kind != "Stamp":
            for field in fields(part):
                if field.name != "kind":
                    yield from _said(getattr(part, field.name), above)


def _texts(part: Any, but: str = "kind") -> Iterator[str]:
    for field in fields(part):
        value = getattr(part, field.name)
        if isinstance(value, str) and value and field.name != but:
            yield value


def _rows(table: Any) -> Iterator[str]:
    yield from (text for text in (table.title, table.note) if text)
    yield f"{table.title} ▸ {' | '.join(column.label for column in table.columns)}"
    for row in table.rows:
        for column, cell in zip(table.columns, row, strict=True):
            yield f"{table.title} ▸ {row[0].text} ▸ {column.label} ▸ {_figure(cell)}"


def _points(chart: Any) -> Iterator[str]:
    for series in chart.series:
        for category, cell in zip(chart.categories, series.cells, strict=True):
            yield f"{chart.title} ▸ {series.name} ▸ {category} ▸ {_figure(cell)}"


def _figure(cell: Any) -> str:
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return f"{cell.text} ▸ {value} ▸ {cell.evidence} [{_sources(cell)}]"


def _sources(part: Any) -> str:
    return ", ".join(sorted(part.source_ids))


# ---- Its files, read by what did not write them


def _pdf(content: bytes) -> Iterator[str]:
    document = pypdfium2.PdfDocument(content)
    for page in document:
        yield from _tidy(page.get_textpage().get_text_bounded().splitlines())
    document.close()


def _package(pattern: re.Pattern[str]) -> Callable[[bytes], Iterator[str]]:
    def lines(content: bytes) -> Iterator[str]:
        with ZipFile(io.BytesIO(content)) as archive:
            names = [name for name in archive.namelist() if pattern.fullmatch(name)]
            for name in sorted(names, key=lambda name: (len(name), name)):
                root = etree.fromstring(archive.read(name))
                for paragraph in root.xpath(".//*[local-name()='p' or local-name()='pt']"):
                    own = "*[local-name()='r' or local-name()='run']/*[local-name()='t']"
                    texts = paragraph.xpath(f"{own} | *[local-name()='v']")
                    yield from _tidy(["".join("".join(text.itertext()) for text in texts)])

    return lines


def _workbook(content: bytes) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows(values_only=True):
            cells = ["" if cell is None else str(cell) for cell in row]
            yield from _tidy([f"{sheet.title} ▸ {' | '.join(cells).rstrip(' |')}"])


def _columns_of_then(content: bytes) -> list[list[str]]:
    """Without the name of the row, and evidence and publishers in words, under English headings."""
    _headings, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    then = ["section", "table", "row", "column", "value", "text", "evidence", "sources"]
    return [then, *([*row[:3], *row[4:7], *row[-2:]] for row in rows)]


def _as_then(content: bytes) -> bytes:
    return codecs.BOM_UTF8 + csv_text(_columns_of_then(content)).encode()


def _csv(content: bytes) -> Iterator[str]:
    for row in _columns_of_then(content):
        yield " | ".join(row)


def _tidy(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        if line := " ".join(text.split()):
            yield line


READERS = {
    ".pdf": _pdf,
    ".pptx": _package(PARTS[".pptx"]),
    ".hwpx": _package(PARTS[".hwpx"]),
    ".xlsx": _workbook,
    ".csv": _csv,
}
