"""A file → a delivery: format, header, rows, and no personal data anywhere in it."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath, PureWindowsPath

from dashboard.contract import Contract, contract_of, missing_columns
from dashboard.errors import UsageError
from dashboard.intake.content import Content
from dashboard.intake.delivery import Delivery, SourceRow
from dashboard.intake.findings import Finding
from dashboard.intake.formats import signatures
from dashboard.intake.formats.delimited import EXACT, read_delimited, text_of
from dashboard.intake.formats.process import Limits, read_book
from dashboard.intake.headers import SEARCHED, Header, find_header
from dashboard.intake.layout import LEFT_OUT, Shape
from dashboard.intake.person_names import is_surely_name
from dashboard.intake.personal import NAME, find_personal, masked
from dashboard.intake.personal_columns import names_in_title, search_sheet
from dashboard.intake.sheets import CannotRead, Line, Sheet, column_letters
from dashboard.intake.table_words import AMOUNT
from dashboard.intake.tables import Table, understand
from dashboard.intake.taking import TakenRows, take_table
from dashboard.intake.workbook_findings import amount_formats, without_hidden_columns
from dashboard.intake.workbook_texts import OPAQUE

LARGE = 4 << 20
"""Bytes of a CSV file of visits above which its rows are streamed."""
HEAD = 1 << 20
VISITS = "patient_visits"
OWN_SHEETS = frozenset({"Data dictionary", "Lists", "항목 설명", "코드 목록"})
"""Sheets of the templates beside the form, which hold no rows to be read."""
_ACCEPTED = "CSV, XLSX, ODS, XLS, XLSB, HWPX, HTML"
_USUAL = frozenset({"xlsx", "ods"})
"""Formats that need no word about how they were read."""
_FINDINGS_SHOWN = 100
_CELL_TEXTS = re.compile(r"sharedStrings\.(?:xml|bin)|content\.xml|section\d+\.xml")
"""Parts of an archive that hold the texts of cells, those of columns that are read too."""
_LONGEST_LIST = 2_000
_FREE_TEXTS = frozenset({"note", "host", "operator"})


def shown_name(name: str) -> str:
    """A file's name without folders of any system and without control characters.

    macOS writes Hangul in single letters; whole syllables are shown.
    """
    bare = unicodedata.normalize("NFC", PureWindowsPath(PurePath(name).name).name)
    printable = "".join(character for character in bare if character.isprintable())
    return printable[:200] or "?"


def read_delivery(
    table: str,
    name: str,
    content: Content,
    mapping: Mapping[str, str] | None,
    sheet: str | None,
    remembered: Mapping[str, Mapping[str, str]],
    limits: Limits,
    shape: Shape | None = None,
    shapes: Mapping[str, Shape] | None = None,
) -> Delivery:
    """Read a file as far as it can be read.

    Raises:
        UsageError: no such table or sheet, or a mapping to a column that does not exist.
    """
    contract = contract_of(table)
    _check_mapping(contract, {**(mapping or {}), **_columns_of(shape)})
    file = shown_name(name)
    draft = _Draft(contract, file, content, limits, shape, shapes or {})
    draft.search_title("", file, PurePath(file).stem)
    draft.attempt(lambda: draft.read(mapping, sheet, remembered))
    return draft.finished()


def read_trusted(contract: Contract, content: Content) -> Delivery:
    """Read a file of a package of our own, which must be to the letter as its contract says.

    Nothing about it is guessed, and it is not searched for personal data.
    """
    draft = _Draft(contract, contract.path.name, content, Limits())
    draft.attempt(draft.read_exact)
    return draft.finished()


def _check_mapping(contract: Contract, mapping: Mapping[str, str] | None) -> None:
    names = {field.name for field in contract.fields}
    unknown = sorted({column for column in (mapping or {}).values() if column} - names)
    if unknown:
        raise UsageError(
            "There is no such column", ", ".join(unknown), f"Columns: {', '.join(sorted(names))}."
        )


def _columns_of(shape: Shape | None) -> dict[str, str]:
    """The columns of the contract that a shape names, by what names them."""
    if shape is None:
        return {}
    named = {**shape.labels, **shape.across, **{name: name for name in shape.fixed}}
    return {place: column for place, column in named.items() if column not in (AMOUNT, LEFT_OUT)}


@dataclass
class _Draft:
    """A delivery while it is being read."""

    contract: Contract
    file: str
    content: Content
    limits: Limits
    shape: Shape | None = None
    shapes: Mapping[str, Shape] = field(default_factory=dict)
    table: Table | None = None
    digest: str = ""
    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    is_large: bool = False
    is_searched: bool = False
    texts: Sequence[tuple[str, str]] = ()
    header: Header | None = None
    header_line: int = 0
    rows: list[SourceRow] = field(default_factory=list)
    sheets: tuple[str, ...] = ()
    head: Sequence[Line] = ()
    """First lines of a sheet in which no header was found."""
    findings: list[Finding] = field(default_factory=list)

    def find(
        self,
        line: int,
        column: str,
        value: str,
        rule: str,
        expected: str = "",
        severity: str = "error",
        sheet: str | None = None,
    ) -> None:
        place = self.sheet if sheet is None else sheet
        self.findings.append(
            Finding(self.file, line, column, value, rule, expected, severity, place)
        )

    def search(self, sheet: str, line: int, cells: Sequence[tuple[str, str]]) -> None:
        """Look for personal data in texts: (name of the place, text)."""
        for place, text in cells:
            for rule, value in find_personal(text):
                if len(self.findings) < _FINDINGS_SHOWN:
                    self.find(line, place, value, rule, sheet=sheet)

    def attempt(self, read: Callable[[], None]) -> None:
        """Note why it cannot be read, if so."""
        try:
            read()
        except CannotRead as error:
            self.find(error.line, "", error.value, error.rule, error.expected)

    def read_exact(self) -> None:
        """Take a file that names the columns of its contract in order, and each row all of them."""
        names = tuple(column.name for column in self.contract.fields)
        lines = read_delimited(self.content, EXACT).lines
        headers = lines[0].cells if lines else ()
        if headers != names:
            raise CannotRead("columns", ", ".join(names), 1, ", ".join(headers))
        self.header, self.header_line = Header(0, names, names, False, {}), 1
        for line in lines[1:]:
            if len(line.cells) == len(names):
                self.rows.append(SourceRow(line.number, line.cells))
            else:
                self.find(line.number, "", str(len(line.cells)), "width", str(len(names)))

    def read(
        self,
        mapping: Mapping[str, str] | None,
        sheet: str | None,
        remembered: Mapping[str, Mapping[str, str]],
    ) -> None:
        if self.content.size > self.limits.upload_mb << 20:
            raise CannotRead("size", f"{self.limits.upload_mb} MB")
        self.digest = self.content.digest()
        head = self.content.head(HEAD)
        if not head.strip(b"\xef\xbb\xbf \t\r\n\0"):
            raise CannotRead("empty", "")
        kind = signatures.kind_of(head[:8192])
        accepted = _ACCEPTED + (", Parquet" if self.contract.name == VISITS else "")
        if kind in signatures.REFUSED:
            raise CannotRead(signatures.REFUSED[kind], kind.upper())
        if not kind or (kind == "parquet" and self.contract.name != VISITS):
            raise CannotRead("format", accepted)
        if kind == "parquet":
            self._read_parquet(mapping, remembered)
            return
        if kind == "text":
            sheets = [self._read_text(head)]
        else:
            book = read_book(kind, self.content, self.limits)
            self.format, sheets = book.format, list(book.sheets)
            if not book.has_formats:
                self.find(0, "", "", "no-formats", self.format.upper(), "warning")
            elif self.format not in _USUAL:
                self.find(0, "", "", "read-as", self.format.upper(), "warning")
            self.texts = book.texts
        self._choose(sheets, mapping, sheet, remembered)

    def _read_text(self, head: bytes) -> Sheet:
        self.format = "csv"
        is_whole = self.content.size <= len(head)
        text = text_of(head, is_whole)
        self.encoding, self.delimiter = text.shown, text.delimiter
        if text.encoding in ("cp949", "utf-16"):
            self.find(0, "", "", "read-as", text.shown, "warning")
        if self.contract.name == VISITS and self.content.size > LARGE and text.is_streamable:
            self.is_large = True
            return read_delimited(self.content, text, head.rfind(b"\n") + 1)
        return read_delimited(self.content, text)

    def _read_parquet(
        self, mapping: Mapping[str, str] | None, remembered: Mapping[str, Mapping[str, str]]
    ) -> None:
        self.format, self.is_large = "parquet", True
        book = read_book("parquet", self.content, self.limits)
        self._choose(book.sheets, mapping, None, remembered)

    def search_title(self, sheet: str, text: str, title: str) -> None:
        """Look for personal data in the name of the file or of a sheet."""
        self.search(sheet, 0, [("", text)])
        for value in names_in_title(title):
            self.find(0, "", value, NAME, sheet=sheet)

    def _search_texts(self, sheets: Sequence[Sheet]) -> None:
        """Look for personal data in what stands outside of cells: part of the file, text."""
        if not self.texts:
            return
        cells = {cell.strip() for sheet in sheets for line in sheet.lines for cell in line.cells}
        opaque = next((place for place, text in self.texts if text == OPAQUE), None)
        for place, text in self.texts:
            is_of_cells = bool(_CELL_TEXTS.fullmatch(place))
            if not is_of_cells or text not in cells:
                self.search("", 0, [(place, text)])
            if not is_of_cells and len(text) < _LONGEST_LIST:
                for part in re.split(r'[",;|\t\n]+', text):
                    if is_surely_name(part):
                        self.find(0, place, masked(part.strip()), NAME, sheet="")
        if opaque is not None:
            raise CannotRead("embedded", opaque)

    def _search_sheet(self, sheet: Sheet, header: Header | None) -> None:
        """Look for personal data in a sheet, whether or not anything of it is read."""
        self.search_title(sheet.name, sheet.name, sheet.name)
        columns = header.columns if header else ()
        read = {place for place, name in enumerate(columns) if name and name not in _FREE_TEXTS}
        for at in search_sheet(sheet.lines, read):
            if len(self.findings) >= _FINDINGS_SHOWN:
                return
            column = at.title or column_letters(at.column)
            self.find(at.line, column, at.value, at.rule, sheet=sheet.name)

    def _choose(
        self,
        sheets: Sequence[Sheet],
        mapping: Mapping[str, str] | None,
        wanted: str | None,
        remembered: Mapping[str, Mapping[str, str]],
    ) -> None:
        """Take the sheet asked for, or the one with most known headers."""
        if wanted is not None and wanted not in {sheet.name for sheet in sheets}:
            raise UsageError(
                "There is no such sheet", wanted, ", ".join(sheet.name for sheet in sheets)
            )
        found = [(sheet, self._header_of(sheet, mapping, remembered)) for sheet in sheets]
        wanted_columns = (one for one in self.contract.fields if one.constraints.get("required"))
        titles = ", ".join(column.heading for column in wanted_columns)
        for sheet, header in found:
            self._search_sheet(sheet, header)
        self._search_texts(sheets)
        self.is_searched = True
        tables: list[Table] = []
        for sheet, header in found:
            if wanted in (None, sheet.name):
                is_mapped = mapping is not None
                table = understand(self.contract, sheet, header, is_mapped, self.shape, self.shapes)
                tables += [table] if table.layout or header is not None else []
        listed = [sheet for sheet in sheets if _has_rows(sheet) and sheet.name not in OWN_SHEETS]
        self.sheets = tuple(sheet.name for sheet in listed if sheet.name)
        if (
            self.shape
            and self.shape.place
            and not any(
                table.layout or (self.shape.header_line and table.header and table.header.mapping)
                for table in tables
            )
        ):
            raise CannotRead("shape-unfit", self.shape.place)
        if not tables:
            self.head = max((sheet.lines[:SEARCHED] for sheet in sheets), key=len, default=())
            raise CannotRead(
                "no-header" if any(sheet.lines for sheet in sheets) else "empty", titles
            )
        seen = [table for table in tables if wanted or not table.sheet.is_hidden]
        if not seen:
            raise CannotRead("hidden-sheet", ", ".join(table.sheet.name for table in tables))
        table = max(seen, key=lambda one: one.fit)
        sheet, self.table = table.sheet, table
        self.sheet = sheet.name
        for rule, is_hidden in (("other-sheets", False), ("hidden-sheets", True)):
            others = [
                other.name
                for other in sheets
                if other is not sheet
                and other.name not in OWN_SHEETS
                and other.is_hidden == is_hidden
                and _has_rows(other)
            ]
            if others and wanted is None:
                self.find(0, "", "", rule, ", ".join(others), "warning")
        taken = TakenRows(self.contract, self.find, self.is_large)
        take_table(taken, table)
        self.header, self.header_line, self.rows = taken.header, taken.header_line, taken.rows

    def _header_of(
        self,
        sheet: Sheet,
        mapping: Mapping[str, str] | None,
        remembered: Mapping[str, Mapping[str, str]],
    ) -> Header | None:
        """The header; of a hidden and a visible column of the same thing, the visible counts."""
        at = self.shape.header_line if self.shape else None
        header = find_header(self.contract, sheet.lines, mapping, remembered, at)
        if header and sheet.hidden_columns and mapping is None:
            lines = without_hidden_columns(sheet)
            visible = find_header(self.contract, lines, mapping, remembered)
            if visible and set(visible.columns) >= set(filter(None, header.columns)):
                return visible
        return header

    def _missing(self) -> tuple[str, ...]:
        if self.table is not None and self.table.layout is not None:
            return self.table.layout.missing
        fixed = self.table.shape.fixed if self.table is not None else {}
        return missing_columns(
            self.contract, {*(self.header.columns if self.header else ()), *fixed}
        )

    def _lines(self) -> tuple[Line, ...]:
        if self.table is None:
            return tuple(self.head)
        return self.table.sheet.lines if self.table.layout else ()

    def finished(self) -> Delivery:
        is_personal = any(finding.rule.startswith("personal") for finding in self.findings)
        header, table = self.header, self.table
        return Delivery(
            table=self.contract.name,
            name=self.file,
            content=self.content,
            digest=self.digest,
            size=self.content.size,
            format=self.format,
            encoding=self.encoding,
            delimiter=self.delimiter,
            sheet=self.sheet,
            header_line=self.header_line,
            headers=header.headers if header else (),
            mapping=header.mapping if header else {},
            remembered=header.remembered if header else False,
            unmapped=header.unread if header else (),
            missing=self._missing() if header else (),
            rows=() if is_personal else tuple(self.rows),
            is_large=self.is_large,
            findings=tuple(_in_order(self.findings)),
            columns=header.columns if header else (),
            units=dict(header.units) if header else {},
            unit_place=header.unit_place if header else None,
            layout=table.layout if table else None,
            shape=table.shape if table else Shape(),
            shape_key=table.key if table else "",
            formats=amount_formats(table.sheet) if table else {},
            lines=() if is_personal else self._lines(),
            sheets=() if is_personal else self.sheets,
            is_searched=self.is_searched and not self.is_large,
        )


def _has_rows(sheet: Sheet) -> bool:
    return sum(any(line.cells) for line in sheet.lines) > 1


def _in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Personal data first, and then nothing else; else in the order of the file."""
    personal = [finding for finding in findings if finding.rule.startswith("personal")]
    return personal or sorted(findings, key=lambda finding: finding.line)
