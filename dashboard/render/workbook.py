"""A report as a workbook: figures as numbers beside their evidence, native charts, sources."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from dashboard.content.document import (
    Block,
    Cell,
    ChartBlock,
    DotChart,
    KeyFigures,
    MapBlock,
    Paragraph,
    Points,
    Table,
)
from dashboard.content.report import Report
from dashboard.i18n import gettext as _
from dashboard.i18n import speaking
from dashboard.i18n.evidence import EVIDENCE_MARKS, sign_and_name
from dashboard.render.chart_design import beside_native
from dashboard.render.footnotes import numbers, origin, stamp_text
from dashboard.render.number_formats import cell_format, number
from dashboard.render.packaging import moment
from dashboard.render.plain_text import all_printable
from dashboard.render.sheet_charts import insert_chart
from dashboard.render.sheets import Book, Shown, text_cell
from dashboard.render.tabulated import (
    shade_of,
    table_of,
    table_of_chart,
    table_of_figures,
    table_of_sources,
)

_CHART_ROWS = 23
"""Rows of a sheet that a chart covers."""


def report_to_xlsx(report: Report) -> bytes:
    """The report as a workbook; the same report gives the same bytes.

    Sheets: overview with the key figures, texts, one sheet a table, chart and map, sources, and
    definitions and origin. A figure is a number whose format prints it as the report does; its
    evidence and the numbers of its sources stand in columns of their own. No text is computed.

    Raises:
        LookupError: the report does not name a source that one of its cells names.
    """
    with speaking(report.stamp.language):
        return _Writer(all_printable(report)).workbook()


class _Writer:
    """Writes the blocks of one report into a new workbook."""

    def __init__(self, report: Report) -> None:
        self.report = report
        stamp = report.stamp
        self.book = Book(
            report.title,
            stamp.made_by,
            moment(stamp.made_at).replace(tzinfo=None),
            stamp_text(stamp),
            report.warning,
        )

    def workbook(self) -> bytes:
        with self.book:
            self._overview()
            self._texts()
            for section in self.report.sections:
                for block in section.blocks:
                    self._block(section.title, block)
            self._sources()
            self._definitions()
        return self.book.content()

    def _overview(self) -> None:
        """Title, stamp and warning, and the key figures."""
        sheet = self.book.sheet(_("Overview"))
        report, row = self.report, 0
        bold = self.book.style(bold=True, font_size=16)
        sheet.write_string(row, 0, text_cell(report.title), bold)
        for text in filter(None, (report.subtitle, stamp_text(report.stamp))):
            row += 1
            sheet.write_string(row, 0, text_cell(text))
        if report.warning:
            row += 1
            warning = self.book.style(bold=True, font_color="#8a5c00", bg_color="#fff3db")
            sheet.write_string(row, 0, text_cell(report.warning), warning)
        row += 2
        head = self.book.style(bold=True, font_size=12)
        for section in report.sections:
            for block in section.blocks:
                if isinstance(block, KeyFigures):
                    title = block.title or section.title
                    sheet.write_string(row, 0, text_cell(title), head)
                    columns, rows = self._columns(table_of_figures(block, title))
                    row = 1 + self.book.grid(sheet, row + 1, columns, rows, is_whole_sheet=False)

    def _texts(self) -> None:
        """Every sentence of the report on a sheet of its own."""
        rows = list(self._sentences())
        if rows:
            sheet = self.book.sheet(_("Texts"))
            self.book.grid(sheet, 0, [_("Section"), _("Text"), _("Sources")], rows)

    def _sentences(self) -> Iterator[list[Shown]]:
        for section in self.report.sections:
            for block in section.blocks:
                items: Sequence[Paragraph] = ()
                if isinstance(block, Paragraph):
                    items = (block,)
                elif isinstance(block, Points):
                    items = block.items
                for item in items:
                    sources = numbers(self.report, item.source_ids)
                    yield [_text(section.title), _text(item.text), _text(sources)]

    def _block(self, section: str, block: Block) -> None:
        if isinstance(block, Table):
            self._table(block, block.title or section)
        elif isinstance(block, ChartBlock):
            self._chart(block)
        elif isinstance(block, DotChart | MapBlock):
            self._table(table_of(block, section), block.title)
        elif not isinstance(block, KeyFigures | Paragraph | Points):  # these stand together
            assert_never(block)

    def _table(self, table: Table, title: str) -> None:
        """A sheet that is one table from its first row, so that filters and formulas find it."""
        sheet = self.book.sheet(title)
        columns, rows = self._columns(table)
        below = self.book.grid(sheet, 0, columns, rows)
        if table.note:
            sheet.write_string(below + 1, 0, text_cell(table.note))

    def _columns(self, table: Table, *, gaps: bool = False) -> tuple[list[str], list[list[Shown]]]:
        """Headings and rows with evidence and sources behind each column that has any.

        Missing figures are named, or left empty as a chart needs it.
        """
        headings: list[str] = []
        rows: list[list[Shown]] = [[] for _row in table.rows]
        for at, column in enumerate(table.columns):
            cells = [row[at] for row in table.rows]
            headings.append(column.label)
            for row, cell in zip(rows, cells, strict=True):
                row.append(shown_cell(cell, gaps=gaps))
            if any(cell.evidence for cell in cells):
                headings.append(f"{column.label} · {_('Evidence')}")
                for row, cell in zip(rows, cells, strict=True):
                    row.append(_text(_evidence(cell)))
            if any(cell.source_ids for cell in cells):
                headings.append(f"{column.label} · {_('Sources')}")
                for row, cell in zip(rows, cells, strict=True):
                    row.append(_text(numbers(self.report, cell.source_ids)))
        return headings, rows

    def _chart(self, block: ChartBlock) -> None:
        """A sheet with the chart's title, the chart, and its data below."""
        sheet = self.book.sheet(block.title)
        table = table_of_chart(block)
        title = self.book.style(bold=True, font_size=12)
        sheet.write_string(0, 0, text_cell(block.title), title)
        extra = max(0, len(block.categories) - 17) if block.kind == "bar" else 0
        top = _CHART_ROWS + 2 + extra
        columns, rows = self._columns(table, gaps=True)
        below = self.book.grid(sheet, top, columns, rows, is_whole_sheet=False)
        unit = _("Unit: {unit}").format(unit=block.unit) if block.unit else ""
        said = filter(None, (unit, block.note, *beside_native(block)))
        for row, text in enumerate(said, below):
            sheet.write_string(row, 0, text_cell(text))
        if block.categories:
            insert_chart(self.book, sheet, block, top, _places(table, columns), (0, 0), 1)

    def _sources(self) -> None:
        if self.report.sources:
            table = table_of_sources(self.report)
            self._table(table, table.title)

    def _definitions(self) -> None:
        """Where the figures come from, and what the words and signs in this workbook mean."""
        rows: list[list[Shown]] = [[_text(name), _text(said)] for name, said in origin(self.report)]
        for section in self.report.sections:
            for block in section.blocks:
                if isinstance(block, Table) and block.question:
                    asked = ", ".join(
                        f"{name} = {value}" for name, value in block.parameters if value is not None
                    )
                    named = f"{block.question} ({asked})" if asked else block.question
                    title = block.title or section.title
                    rows.append([_text(_("Question: {table}").format(table=title)), _text(named)])
        rows += [[_text(_("Evidence")), _text(sign_and_name(code))] for code in EVIDENCE_MARKS]
        sheet = self.book.sheet(_("Definitions and origin"))
        self.book.grid(sheet, 0, [_("Item"), _("Value")], rows)


def shown_cell(cell: Cell, *, gaps: bool = False) -> Shown:
    """A cell as a sheet shows it: a figure as a number that prints as it is read, else its text.

    Args:
        cell: what is shown.
        gaps: whether a missing figure is an empty cell, as charts need it, and not its words.
    """
    value = number(cell)
    if value is not None:
        return Shown(value, cell_format(cell), shade_of(cell))
    if gaps and cell.evidence == "no data":
        return Shown(None)
    return Shown(cell.text or None, fill=shade_of(cell))


def _text(text: str) -> Shown:
    return Shown(text or None)


def _evidence(cell: Cell) -> str:
    return sign_and_name(cell.evidence) if cell.evidence else ""


def _places(table: Table, columns: Sequence[str]) -> list[int]:
    """Where the series stand among the headings; two series may have the same name."""
    found: list[int] = []
    at = 0
    for column in table.columns[1:]:
        at = columns.index(column.label, at + 1)
        found.append(at)
    return found
