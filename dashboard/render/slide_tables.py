"""Tables, and the names of places, on slides: native, editable, and never over the edge."""

from collections import Counter
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.table import _Cell

from dashboard.content.document import MapBlock, Table
from dashboard.i18n import gettext as _
from dashboard.render import slide_theme as theme
from dashboard.render.footnotes import mark, marked
from dashboard.render.slide_frame import LINE, Box, Line, add_text, write
from dashboard.render.slide_theme import points
from dashboard.render.table_fit import PADDING, ROW_PADDING, Page, pages
from dashboard.render.tabulated import shade_of
from dashboard.text_metrics import clipped

TABLE_SIZES = (20.0, 18.0, 16.0, 15.0, 14.0)
"""Points; 14 is the least that a hall can read."""
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""Office's table style without lines or fills, so that what is drawn is what is said here."""
_PLACE_SIZE, _COLUMN_GAP = 16.0, 16.0


def columns_shown(table: Table) -> list[int]:
    """The places of the columns that stand on a slide."""
    return [at for at, column in enumerate(table.columns) if not column.is_aside]


def table_pages(table: Table, room: Box) -> list[Page]:
    """The pages of a table, its figures with their signs."""
    texts = [[marked(cell) for cell in row] for row in table.rows]
    return pages(
        table.columns, texts, room.width, room.height, TABLE_SIZES, LINE, columns_shown(table)
    )


def add_table(slide: Slide, table: Table, page: Page, box: Box, alt: str) -> None:
    """A native table with one page of rows. The heading row is marked as such for readers."""
    place = Box(box.left, box.top, sum(page.widths), sum(page.heights)).place
    frame = slide.shapes.add_table(len(page.rows) + 1, len(page.columns), *place)
    describe(frame._element.nvGraphicFramePr.cNvPr, table.title, alt)
    grid = frame.table
    grid._tbl.tblPr.find(qn("a:tableStyleId")).text = _NO_STYLE
    grid.first_row, grid.horz_banding = True, False
    for column, width in zip(grid.columns, page.widths, strict=True):
        column.width = points(width)
    for row, height in zip(grid.rows, page.heights, strict=True):
        row.height = points(height)
    for at, number in enumerate(page.columns):
        column = table.columns[number]
        align = PP_ALIGN.RIGHT if column.is_figure else PP_ALIGN.LEFT
        _fill_cell(grid.cell(0, at), column.label, page.size, align, heading=True)
        for row_at, (texts, origin) in enumerate(zip(page.rows, page.origins, strict=True), 1):
            cell, text = table.rows[origin][number], texts[at]
            sign = mark(cell) if text == marked(cell) else ""
            target = grid.cell(row_at, at)
            _fill_cell(target, text, page.size, align, sign=sign)
            shade = shade_of(cell)
            if shade:
                _paint(target, shade)


def _fill_cell(
    cell: _Cell,
    text: str,
    size: float,
    align: PP_ALIGN,
    *,
    heading: bool = False,
    sign: str = "",
) -> None:
    """A cell's text; its sign is a run of its own, so that the figure stays bare."""
    cell.margin_left = cell.margin_right = points(PADDING)
    cell.margin_top = cell.margin_bottom = points(ROW_PADDING)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    bare = text.removesuffix(sign).rstrip() if sign else text
    write(cell.text_frame, [Line(bare, size, bold=heading)], align)
    if sign:
        run = cell.text_frame.paragraphs[0].add_run()
        run.text = f" {sign}"
        run.font.size = points(size)
        run.font.color.rgb = RGBColor.from_string(theme.WARNING_60.upper())
    if heading:
        _paint(cell, theme.PRIMARY_5)
    _line_below(cell, theme.GRAY_40 if heading else theme.GRAY_20)


def _paint(cell: _Cell, colour: str) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(colour.removeprefix("#").upper())


def _line_below(cell: _Cell, colour: str) -> None:
    """A thin line under a cell (ECMA-376: a:lnB stands before the fill)."""
    properties = cell._tc.get_or_add_tcPr()
    line = properties.makeelement(qn("a:lnB"), {"w": "9525"})
    solid = line.makeelement(qn("a:solidFill"), {})
    solid.append(solid.makeelement(qn("a:srgbClr"), {"val": colour.upper()}))
    line.append(solid)
    properties.insert(0, line)


def describe(properties: Any, name: str, alt: str) -> None:
    """Name a picture, chart or table for the selection pane, and say it for screen readers."""
    properties.set("name", name[:200])
    properties.set("descr", alt)


def add_places(slide: Slide, block: MapBlock, box: Box) -> None:
    """The names of a map's places beside it; those that find no room stand in the notes."""
    rows = max(int(box.height / (_PLACE_SIZE * LINE)), 1)
    counted = Counter(f"{'●' if one.is_certain else '○'} {one.name}" for one in block.places)
    names = [name if count == 1 else f"{name} ×{count}" for name, count in counted.items()]
    across = 1 if len(names) <= rows else 2
    width = (box.width - _COLUMN_GAP * (across - 1)) / across
    if len(names) > rows * across:
        left_out = len(names) - rows * across + 1
        names = [*names[: rows * across - 1], _("and {count} more").format(count=left_out)]
    for column in range(across):
        part = names[column * rows : (column + 1) * rows]
        lines = [Line(clipped(name, width, _PLACE_SIZE, 1), _PLACE_SIZE) for name in part]
        if lines:
            place = Box(box.left + column * (width + _COLUMN_GAP), box.top, width, box.height)
            add_text(slide, place, lines)
