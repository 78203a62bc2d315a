"""A report as the Hangul document (HWPX, KS X 6101) that city offices edit."""

from collections.abc import Sequence
from typing import assert_never

from hwpx import HwpxDocument
from hwpx.oxml.table import HwpxOxmlTableCell

from dashboard.content.document import (
    Block,
    Cell,
    ChartBlock,
    Column,
    DotChart,
    Drawing,
    KeyFigures,
    MapBlock,
    Paragraph,
    Points,
    Table,
)
from dashboard.content.mentions import source_ids_of
from dashboard.content.report import Report
from dashboard.i18n import gettext as _
from dashboard.i18n import label, speaking
from dashboard.render import drawing
from dashboard.render.chart_design import remarks
from dashboard.render.dot_layout import whole_lanes
from dashboard.render.footnotes import (
    key_of,
    mark,
    marked,
    numbers,
    origin,
    source_text,
    stamp_text,
)
from dashboard.render.hangul_format import (
    MARGIN_MM,
    TEXT_WIDTH_MM,
    Formats,
    in_schema_order,
    repeat_header,
    steady_ids,
    units,
)
from dashboard.render.line_drawing import unlabelled
from dashboard.render.packaging import moment, pinned
from dashboard.render.plain_text import all_printable
from dashboard.render.table_fit import Page, pages
from dashboard.render.tabulated import shade_of, table_of_figures

_PICTURE_PIXELS, _PICTURE_POINTS = 1600, 480.0
_CELL_SIZES = (10.0, 9.0, 8.0)
_CELL_LINE = 1.3
_SIGNATURE_MM = 12.0
_POINTS_A_MM = 72 / 25.4
_ENDLESS = 1e9
"""Hangul breaks tables between pages itself."""


def report_to_hwpx(report: Report) -> bytes:
    """The report as a Hangul document; the same report gives the same bytes.

    Headings have outline styles, tables repeat their first row, figures stand to the right and
    carry the sign of their evidence and the numbers of their sources, charts and maps are pictures
    with their text alternative, and the sources stand at the end.

    Raises:
        LookupError: the report does not name a source that one of its cells names.
    """
    with speaking(report.stamp.language):
        return _Writer(all_printable(report)).document()


class _Writer:
    """Writes the blocks of one report into a new document."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.file = HwpxDocument.new()
        self.formats = Formats(self.file)

    def document(self) -> bytes:
        report = self.report
        self._page()
        first = self.file.paragraphs[0]
        first.text = report.title
        first.para_pr_id_ref, first.char_pr_id_ref = self.formats.left, self.formats.title
        for run in first.runs:
            run.char_pr_id_ref = self.formats.title
        if report.subtitle:
            self._line(report.subtitle, self.formats.subtitle)
        self._line(stamp_text(report.stamp), self.formats.small)
        if report.warning:
            self._line(report.warning, self.formats.warning)
        for section in report.sections:
            self._heading(section.title)
            for block in section.blocks:
                self._block(section.title, block)
        self._sources()
        self._origin()
        self._metadata()
        steady_ids(self.file)
        in_schema_order(self.file)
        return pinned(self.file.to_bytes())

    def _page(self) -> None:
        """A4 with the stamp and the page number below, title and warning above."""
        self.file.page.setup(
            paper_size="A4",
            margin_left_mm=MARGIN_MM,
            margin_right_mm=MARGIN_MM,
            margin_top_mm=15,
            margin_bottom_mm=15,
            header_margin_mm=10,
            footer_margin_mm=10,
        )
        head = " · ".join(filter(None, (self.report.title, self.report.warning)))
        small = {"type": "run", "size": 9}
        self.file.page.set_header(
            content=[{"align": "LEFT", "children": [{**small, "text": _one_line(head)}]}]
        )
        self.file.page.set_footer(
            content=[
                {
                    "align": "CENTER",
                    "children": [
                        {**small, "text": _one_line(stamp_text(self.report.stamp)) + " · "},
                        {"type": "page_number", "page_number": "page"},
                    ],
                }
            ]
        )

    def _metadata(self) -> None:
        stamp = self.report.stamp
        made = moment(stamp.made_at).strftime("%Y-%m-%dT%H:%M:%SZ")
        parts = self.file.parts
        parts.clear_document_metadata(keep=("language",), timestamp=made)
        parts.set_document_metadata(
            title=self.report.title,
            creator=stamp.made_by,
            subject=stamp_text(stamp),
            created_date=made,
            modified_date=made,
        )
        parts.clear_preview()

    def _heading(self, title: str) -> None:
        self.file.add_heading(_one_line(title), level=1, char_pr_id_ref=self.formats.heading)

    def _line(self, text: str, letters: str, paragraph: str | None = None) -> None:
        self.file.add_paragraph(
            text,
            style_id_ref=self.formats.text,
            para_pr_id_ref=paragraph or self.formats.spaced,
            char_pr_id_ref=letters,
        )

    def _block(self, section: str, block: Block) -> None:
        if isinstance(block, Paragraph):
            self._paragraph(block, "? " if block.kind == "question" else "")
        elif isinstance(block, Points):
            self._points(block)
        elif isinstance(block, KeyFigures):
            self._table(table_of_figures(block, block.title), block)
        elif isinstance(block, Table):
            self._table(block, block, section)
        elif isinstance(block, DotChart):
            for part in whole_lanes(block):
                self._picture(part)
        elif isinstance(block, ChartBlock | MapBlock):
            self._picture(block)
        else:
            assert_never(block)

    def _paragraph(self, item: Paragraph, sign: str = "") -> None:
        is_warning = item.kind == "warning"
        written = self.file.add_paragraph(
            ("! " if is_warning else sign) + item.text,
            style_id_ref=self.formats.text,
            para_pr_id_ref=self.formats.spaced,
            char_pr_id_ref=self.formats.warning if is_warning else self.formats.body,
        )
        found = numbers(self.report, item.source_ids)
        if found:
            written.add_run(f" {found}", char_pr_id_ref=self.formats.footnote)

    def _points(self, block: Points) -> None:
        start = len(self.file.paragraphs)
        for item in block.items:
            self._paragraph(item)
        is_asked = all(item.kind == "question" for item in block.items)
        if block.items:
            self.file.styles.apply_list_format(
                paragraph_indexes=range(start, start + len(block.items)),
                kind="number" if block.is_numbered else "bullet",
                bullet_char=None if block.is_numbered else "?" if is_asked else "●",
            )

    def _picture(self, block: Drawing) -> None:
        """A chart or map as a picture under its finding, with what it says in words."""
        self._line(block.title, self.formats.caption, self.formats.with_next)
        language = self.report.stamp.language
        picture = drawing.to_png(block, _PICTURE_PIXELS, language, _PICTURE_POINTS)
        placed = self.file.add_picture(
            picture,
            "png",
            width=units(TEXT_WIDTH_MM),
            para_pr_id_ref=self.formats.centre,
            char_pr_id_ref=self.formats.body,
        )
        for comment in placed.element.iterfind("{*}shapeComment"):
            comment.text = block.alt
        note = "" if isinstance(block, MapBlock) else block.note
        missing = unlabelled(block, _PICTURE_POINTS)
        self._below([note, " · ".join(remarks(block)), missing], block)

    def _table(self, table: Table, block: Block, section: str = "") -> None:
        if table.title and table.title != section:
            self._line(table.title, self.formats.caption, self.formats.with_next)
        if not table.rows:
            self._line(label("evidence", "no data"), self.formats.body)
            return
        texts = [[self._whole(cell) for cell in row] for row in table.rows]
        width = TEXT_WIDTH_MM * _POINTS_A_MM
        for page in pages(table.columns, texts, width, _ENDLESS, _CELL_SIZES, _CELL_LINE):
            self._grid(table, page)
        self._below([table.note, key_of(block)], block)

    def _whole(self, cell: Cell) -> str:
        """What a cell holds, for measuring: the numbers of its sources may stand below it."""
        return "\n".join(filter(None, (marked(cell), numbers(self.report, cell.source_ids))))

    def _grid(self, table: Table, page: Page) -> None:
        grid = self.file.add_table(
            len(table.rows) + 1,
            len(page.columns),
            width=units(sum(page.widths) / _POINTS_A_MM),
            border_fill_id_ref=self.formats.border,
            para_pr_id_ref=self.formats.left,
            char_pr_id_ref=self.formats.body,
        )
        grid.set_column_widths(page.widths)
        rows = grid.rows
        columns = [table.columns[place] for place in page.columns]
        for cell, column in zip(rows[0].cells, columns, strict=True):
            self._fill(cell, column, Cell(column.label), self.formats.cell_bold)
            cell.element.set("borderFillIDRef", self.formats.head)
        for row, content in zip(rows[1:], table.rows, strict=True):
            for cell, place in zip(row.cells, page.columns, strict=True):
                self._fill(cell, table.columns[place], content[place], self.formats.cell)
                shade = shade_of(content[place])
                if shade:
                    cell.element.set("borderFillIDRef", self.formats.filled(shade))
                if table.form == "signing":
                    cell.set_size(height=units(_SIGNATURE_MM))
        repeat_header(grid)

    def _fill(self, target: HwpxOxmlTableCell, column: Column, cell: Cell, letters: str) -> None:
        """The text, the sign and the numbers are runs of their own: the figure stays bare."""
        target.set_text(cell.text)
        paragraph = target.paragraphs[0]
        is_figure = column.is_figure
        paragraph.para_pr_id_ref = self.formats.cell_right if is_figure else self.formats.cell_left
        for run in paragraph.runs:
            run.char_pr_id_ref = letters
        if mark(cell):
            paragraph.add_run(f" {mark(cell)}", char_pr_id_ref=self.formats.doubt)
        found = numbers(self.report, cell.source_ids)
        if found:
            paragraph.add_run(f" {found}", char_pr_id_ref=self.formats.footnote)

    def _below(self, said: Sequence[str], block: Block) -> None:
        found = numbers(self.report, source_ids_of(block))
        sources = _("Sources: {sources}").format(sources=found) if found else ""
        for text in filter(None, (*said, sources)):
            self._line(text, self.formats.small, self.formats.left)

    def _sources(self) -> None:
        if not self.report.sources:
            return
        self._heading(_("Sources"))
        for source in self.report.sources:
            text = f"[{source.number}] {source_text(source)}"
            self._line(text, self.formats.body, self.formats.left)

    def _origin(self) -> None:
        self._heading(_("Origin"))
        columns = (Column("item", _("Item")), Column("value", _("Value")))
        rows = tuple((Cell(name), Cell(value)) for name, value in origin(self.report))
        self._table(Table("", columns, rows), Paragraph(""))


def _one_line(text: str) -> str:
    """Headings, headers and footers hold one line."""
    return " ".join(text.split())
