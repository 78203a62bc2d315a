"""CSV that colleagues read: a report as one flat file, a line for every cell, and one table."""

import codecs
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from dashboard.content.answer_table import answer_table
from dashboard.content.document import Block, Paragraph, Points, Table
from dashboard.content.report import Report
from dashboard.errors import UsageError
from dashboard.i18n import gettext as _
from dashboard.i18n import label, speaking
from dashboard.render.footnotes import origin
from dashboard.render.plain_text import all_printable
from dashboard.render.tabulated import table_of, table_of_sources
from dashboard.store.answer import Answer, only_protected
from dashboard.store.csv_text import csv_text

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
    """The report as CSV, a line for every cell, with headings in the report's language.

    Section, table, number and name of the row, column, the bare value, what the report prints,
    evidence and publishers; at the end for programs the code of the evidence, the same in every
    language, and the ids of the sources joined by `;`. Text that a spreadsheet would compute is
    quoted. UTF-8 begins with a byte order mark. A character that CP949 lacks is replaced by a
    similar one, or else by its number such as `[U+1F3E5]`; the last lines of the file say which
    ones were.

    Raises:
        UsageError: another encoding.
    """
    with speaking(report.stamp.language):
        return _encoded([_headings(), *_lines(all_printable(report))], encoding)


def answer_to_csv(answer: Answer, encoding: str = "utf-8") -> bytes:
    """The rows of an answer as people read them, codes for programs at the end.

    Raises:
        UsageError: another encoding.
        AccessDenied: it holds exact counts of a city's own patients.
    """
    only_protected([answer])
    return table_to_csv(answer_table(answer, with_codes=True), encoding)


def table_to_csv(table: Table, encoding: str = "utf-8") -> bytes:
    """A table as CSV under its headings: figures bare, none as nothing, all else as it is read.

    Quoting and encoding are those of `report_to_csv`.

    Raises:
        UsageError: another encoding.
    """
    lines: list[Line] = [tuple(column.label for column in table.columns)]
    lines += [
        tuple(
            cell.value if column.is_figure or isinstance(cell.value, int | float) else cell.text
            for column, cell in zip(table.columns, row, strict=True)
        )
        for row in table.rows
    ]
    return _encoded(lines, encoding)


def _encoded(lines: list[Line], encoding: str) -> bytes:
    if encoding not in ENCODINGS:
        raise UsageError(
            _("No such encoding of a CSV file"),
            encoding,
            _("Use one of {encodings}.").format(encodings=", ".join(ENCODINGS)),
        )
    if encoding == "utf-8":
        return codecs.BOM_UTF8 + csv_text(lines).encode("utf-8")
    return _in_cp949(lines)


def _headings() -> Line:
    return (
        _("Section"),
        _("Title of the table"),
        _("No."),
        _("Row"),
        _("Column"),
        _("Value"),
        _("As printed"),
        _("Evidence"),
        _("Publishers"),
        _("{column} (code)").format(column=_("Evidence")),
        label("column", "source_ids"),
    )


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
        about = (origin_of_file, _("Encoding"), row, "", "CP949", said, said)
        lines.append((*about, "", "", "", "")[: len(lines[0])])
    return csv_text(lines).encode("cp949")


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
    names = {source.source_id: source.publisher for source in report.sources}
    for section in report.sections:
        for block in section.blocks:
            yield from _lines_of(section.title, block, names)
    yield from _lines_of(_("Origin"), table_of_sources(report), names)
    for row, (name, value) in enumerate(origin(report), 1):
        yield _("Origin"), _("Report"), row, "", name, value, value, "", "", "", ""


def _lines_of(section: str, block: Block, names: Mapping[str, str]) -> Iterator[Line]:
    def vouched(evidence: str | None, ids: Sequence[str]) -> Line:
        """Evidence and publishers in words, and their codes."""
        publishers = dict.fromkeys(names.get(source_id, source_id) for source_id in ids)
        said = label("evidence", evidence) if evidence else ""
        return said, ", ".join(publishers), evidence or "", ";".join(ids)

    if isinstance(block, Paragraph | Points):
        items = block.items if isinstance(block, Points) else (block,)
        for row, item in enumerate(items, 1):
            texts = ("", _("Text"), item.text, item.text)
            yield section, "", row, *texts, *vouched(None, item.source_ids)
        return
    table = table_of(block, section)
    for row, cells in enumerate(table.rows, 1):
        for column, cell in zip(table.columns, cells, strict=True):
            about = (section, table.title, row, cells[0].text, column.label)
            yield *about, cell.value, cell.text, *vouched(cell.evidence, cell.source_ids)
    if table.note:
        yield section, table.title, "", "", _("Note"), table.note, table.note, "", "", "", ""
