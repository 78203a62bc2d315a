"""HWPX documents of Hancom Office (KS X 6101): their tables as sheets."""

import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from dashboard.intake.formats.archive import elements, local
from dashboard.intake.formats.wire import Writer
from dashboard.intake.sheets import COLUMN_LIMIT, CannotRead, cell_name

_SECTION = re.compile(r"Contents/section(\d+)\.xml")
_ABOVE = 3
"""Paragraphs above a table that are read as rows above it: its title, its unit."""


def read_hwpx(archive: zipfile.ZipFile, out: Writer) -> None:
    """Write out the tables of a document, each as a sheet under the paragraphs above it.

    Raises:
        CannotRead: protected by a password, without a table, or too large inside.
    """
    if "META-INF/manifest.xml" in archive.namelist():
        for _entry in elements(archive, "META-INF/manifest.xml", ("encryption-data",)):
            raise CannotRead("format-locked", "HWPX")
    sections = sorted(
        (int(found[1]), name) for name in archive.namelist() if (found := _SECTION.fullmatch(name))
    )
    count = 0
    for _number, name in sections:
        above: list[str] = []
        for paragraph in _paragraphs(archive, name):
            tables = [table for table in paragraph.iter("{*}tbl") if _is_outermost(table)]
            words = " ".join(_own_text(paragraph).split())
            if words:
                out.text(f"{name.rpartition('/')[2]}", words)
                above = [*above, words][-_ABOVE:]
            for table in tables:
                count += 1
                _write_table(table, f"표 {count}", above, out)
                above = []
    if not count:
        raise CannotRead("format-no-table", "HWPX")


def _paragraphs(archive: zipfile.ZipFile, name: str) -> Iterator[etree._Element]:
    """The paragraphs of a section that stand in no other."""
    with archive.open(name) as part:
        depth = 0
        for event, element in etree.iterparse(
            part, events=("start", "end"), tag="{*}p", resolve_entities=False, no_network=True
        ):
            depth += 1 if event == "start" else -1
            if event == "end" and depth == 0:
                yield element
                element.clear()


def _is_outermost(table: etree._Element) -> bool:
    return not any(local(above) == "tbl" for above in table.iterancestors())


def _own_text(paragraph: etree._Element) -> str:
    """The text of a paragraph without that of the tables in it."""
    return "".join(
        "".join(piece.itertext())
        for piece in paragraph.iter("{*}t")
        if not any(local(above) == "tbl" for above in piece.iterancestors())
    )


def _write_table(table: etree._Element, name: str, above: list[str], out: Writer) -> None:
    out.sheet(name)
    for number, words in enumerate(above, 1):
        out.line(number, [words])
    first = len(above) + 1
    rows: dict[int, dict[int, str]] = {}
    for line, row in enumerate(child for child in table if local(child) == "tr"):
        for place, cell in enumerate(child for child in row if local(child) == "tc"):
            at = {local(child): child for child in cell}
            address, span = at.get("cellAddr"), at.get("cellSpan")
            top = int(address.get("rowAddr", line)) if address is not None else line
            left = int(address.get("colAddr", place)) if address is not None else place
            if left >= COLUMN_LIMIT or top < 0 or left < 0:
                raise CannotRead("far-cell", cell_name(top + 1, left))
            high = int(span.get("rowSpan", 1)) if span is not None else 1
            wide = int(span.get("colSpan", 1)) if span is not None else 1
            if high > 1 or wide > 1:
                out.merge(first + top, left, first + top + high - 1, left + wide - 1)
            paragraphs = ("".join(_texts(one)) for one in cell.iter("{*}p"))
            rows.setdefault(top, {})[left] = "\n".join(filter(None, paragraphs)).strip()
    for top, cells in sorted(rows.items()):
        out.line(first + top, [cells.get(place, "") for place in range(max(cells) + 1)])


def _texts(paragraph: etree._Element) -> Iterator[str]:
    """The texts of a paragraph, those of paragraphs within it left out."""
    for piece in paragraph.iter("{*}t"):
        holder = next((up for up in piece.iterancestors() if local(up) == "p"), None)
        if holder is paragraph:
            yield "".join(piece.itertext())
