"""A report as one flat CSV: a line for every cell, with its evidence and sources."""

import codecs
import unicodedata
from collections.abc import Iterator

from dashboard.content.document import Block, Paragraph, Points, Report
from dashboard.errors import UsageError
from dashboard.i18n import gettext as _
from dashboard.i18n import speaking
from dashboard.render.footnotes import origin
from dashboard.render.plain_text import all_printable
from dashboard.render.tabulated import table_of, table_of_sources
from dashboard.store.csv_text import csv_text

COLUMNS = ("section", "table", "row", "column", "value", "text", "evidence", "sources")
"""The same in both languages, so that a program that reads them need not know the language."""
ENCODINGS = ("utf-8", "cp949")

_ALIKE = {
    "≈": "≒",
    "−": "-",
    "–": "-",
    "—": "-",
    "•": "·",
    "\N{NO-BREAK SPACE}": " ",
    "\N{THIN SPACE}": " ",
    "\N{ZERO WIDTH SPACE}": "",
}
"""Characters that CP949 lacks, and what is written instead."""

Line = tuple[object, ...]


def report_to_csv(report: Report, encoding: str = "utf-8") -> bytes:
    """The report as CSV with the columns of `COLUMNS`.

    `value` is the bare figure or text, `text` what the report prints; sources are ids joined by
    `;`. Text that a spreadsheet would compute is quoted. UTF-8 begins with a byte order mark. A
    character that CP949 lacks is replaced by a similar one, or else by its number such as
    `[U+1F3E5]`; the last lines of the file say which ones were.

    Raises:
        UsageError: another encoding.
    """
    if encoding not in ENCODINGS:
        raise UsageError(
            _("No such encoding of a CSV file"),
            encoding,
            _("Use one of {encodings}.").format(encodings=", ".join(ENCODINGS)),
        )
    with speaking(report.stamp.language):
        lines = list(_lines(all_printable(report)))
        if encoding == "utf-8":
            return codecs.BOM_UTF8 + csv_text([COLUMNS, *lines]).encode("utf-8")
        return _in_cp949(lines)


def _in_cp949(lines: list[Line]) -> bytes:
    replaced: dict[str, str] = {}
    lines = [
        tuple(_in_korean_set(part, replaced) if isinstance(part, str) else part for part in line)
        for line in lines
    ]
    origin_of_file = _("Origin")
    for row, (character, instead) in enumerate(sorted(replaced.items()), 1):
        said = _("CP949 lacks {character}, written as: {instead}").format(
            character=f"U+{ord(character):04X}", instead=instead
        )
        lines.append((origin_of_file, _("Encoding"), row, "CP949", said, said, "", ""))
    return csv_text([COLUMNS, *lines]).encode("cp949")


def _in_korean_set(text: str, replaced: dict[str, str]) -> str:
    """The text in characters of CP949; what was replaced is noted."""
    found = []
    for character in text:
        instead = character
        if not _is_in_cp949(character):
            instead = _ALIKE.get(character) or _without_accent(character)
            replaced[character] = instead
        found.append(instead)
    return "".join(found)


def _without_accent(character: str) -> str:
    if character in _ALIKE:
        return _ALIKE[character]
    plain = "".join(
        part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)
    )
    return plain if plain and _is_in_cp949(plain) else f"[U+{ord(character):04X}]"


def _is_in_cp949(text: str) -> bool:
    try:
        text.encode("cp949")
    except UnicodeEncodeError:
        return False
    return True


def _lines(report: Report) -> Iterator[Line]:
    for section in report.sections:
        for block in section.blocks:
            yield from _lines_of(section.title, block)
    yield from _lines_of(_("Origin"), table_of_sources(report))
    for row, (name, value) in enumerate(origin(report), 1):
        yield _("Origin"), _("Report"), row, name, value, value, "", ""


def _lines_of(section: str, block: Block) -> Iterator[Line]:
    if isinstance(block, Paragraph | Points):
        items = block.items if isinstance(block, Points) else (block,)
        for row, item in enumerate(items, 1):
            sources = ";".join(item.source_ids)
            yield section, "", row, _("Text"), item.text, item.text, "", sources
        return
    table = table_of(block, section)
    for row, cells in enumerate(table.rows, 1):
        for column, cell in zip(table.columns, cells, strict=True):
            yield (
                section,
                table.title,
                row,
                column.label,
                cell.value,
                cell.text,
                cell.evidence or "",
                ";".join(cell.source_ids),
            )
    if table.note:
        yield section, table.title, "", _("Note"), table.note, table.note, "", ""
