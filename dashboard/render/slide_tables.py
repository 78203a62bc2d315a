"""Tables and key figures on slides: native, editable, and never over the edge."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.table import _Cell

from dashboard.content.document import KeyFigure, MapBlock, Table
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.render import slide_theme as theme
from dashboard.render.footnotes import mark, marked
from dashboard.render.slide_frame import LINE, Box, Line, add_text, fill, height_of, write
from dashboard.render.slide_theme import points
from dashboard.render.table_fit import PADDING, ROW_PADDING, Page, pages
from dashboard.render.tabulated import shade_of
from dashboard.text_metrics import BOLD, clipped, largest_size

TABLE_SIZES = (20.0, 18.0, 16.0, 15.0, 14.0)
"""Points; 14 is the least that a hall can read."""
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""Office's table style without lines or fills, so that what is drawn is what is said here."""
_VALUE_SIZES = (60.0, 54.0, 48.0, 44.0, 40.0, 36.0, 32.0, 28.0, 24.0, 20.0)
_TILE_PADDING, _TILE_GAP = 14.0, 16.0
TILES_A_SLIDE = 6
_TILE_COUNTS = (TILES_A_SLIDE, 3, 2, 1)
_TILE_HEIGHT = 240.0
"""Of a tile whose words leave it a choice."""
_PLACE_SIZE = 16.0
_BIG_SHARE = 0.36
"""Of the width, where sentences stand beside a figure."""
_BIG_SIZES = (150.0, 130.0, 110.0, 90.0, 72.0, 60.0, 48.0, 40.0, 32.0)
_PROOF_SIZES = (24.0, 22.0, 20.0, 18.0, 16.0, 14.0)


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
    width = (box.width - _TILE_GAP * (across - 1)) / across
    if len(names) > rows * across:
        left_out = len(names) - rows * across + 1
        names = [*names[: rows * across - 1], _("and {count} more").format(count=left_out)]
    for column in range(across):
        part = names[column * rows : (column + 1) * rows]
        lines = [Line(clipped(name, width, _PLACE_SIZE, 1), _PLACE_SIZE) for name in part]
        if lines:
            place = Box(box.left + column * (width + _TILE_GAP), box.top, width, box.height)
            add_text(slide, place, lines)


def tiles_a_slide(figures: Sequence[KeyFigure], box: Box) -> int:
    """On how many tiles a slide every key figure says all that it has to say; 1 at least."""
    return next(
        count
        for count in _TILE_COUNTS
        if count == 1 or all(_is_whole(figure, *_tile_size(count, box)) for figure in figures)
    )


def _tile_size(count: int, box: Box) -> tuple[float, float]:
    """Width and greatest height of each of so many tiles, in points."""
    across, down = _grid(count)
    return (
        (box.width - _TILE_GAP * (across - 1)) / across,
        (box.height - _TILE_GAP * (down - 1)) / down,
    )


def _grid(count: int) -> tuple[int, int]:
    """Tiles beside and below each other."""
    across = count if count <= 3 else 2 if count == 4 else 3
    return across, -(-count // across)


def _is_whole(figure: KeyFigure, width: float, height: float) -> bool:
    """Whether a tile of a size says every word of its figure."""
    said = [line.text for line in tile_lines(figure, width, height)]
    return said == [text for text in _tile_texts(figure) if text]


def add_big_figure(slide: Slide, figure: KeyFigure, said: Sequence[str], box: Box) -> None:
    """A figure that is read from the last row, and beside it the sentences that prove it."""
    width = box.width * _BIG_SHARE if said else box.width
    size = largest_size(figure.cell.text, width / BOLD, _BIG_SIZES, 1)
    evidence = figure.evidence or label("evidence", figure.cell.evidence)
    lines = [
        Line(figure.name, 20.0, theme.INK_SOFT),
        Line(figure.cell.text, size, theme.PRIMARY_60, bold=True),
        *(
            Line(text, 16.0, theme.INK_SOFT)
            for text in (evidence, figure.change, figure.target, figure.note)
            if text
        ),
    ]
    add_text(slide, Box(box.left, box.top, width, box.height), lines)
    left = box.left + width + 2 * _TILE_GAP
    beside = Box(left, box.top, box.left + box.width - left, box.height)
    for size in _PROOF_SIZES:
        proofs = [Line(text, size, space_before=size * 0.5) for text in said]
        if sum(height_of(line, beside.width) for line in proofs) <= beside.height:
            break
    if said:
        add_text(slide, beside, proofs)


def add_tiles(slide: Slide, figures: Sequence[KeyFigure], box: Box) -> None:
    """At most six key figures, each on a tile of its own; higher than usual if one needs it."""
    across = _grid(len(figures))[0]
    width, most = _tile_size(len(figures), box)
    usual = min(most, _TILE_HEIGHT)
    height = usual if all(_is_whole(figure, width, usual) for figure in figures) else most
    for at, figure in enumerate(figures):
        place = Box(
            box.left + (at % across) * (width + _TILE_GAP),
            box.top + (at // across) * (height + _TILE_GAP),
            width,
            height,
        )
        _add_tile(slide, figure, place)


def _add_tile(slide: Slide, figure: KeyFigure, box: Box) -> None:
    tile = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.place)
    fill(tile, theme.GRAY_5)
    tile.name = figure.full_name[:200]
    frame = tile.text_frame
    frame.margin_left = frame.margin_right = points(_TILE_PADDING)
    frame.margin_top = frame.margin_bottom = points(_TILE_PADDING - 4)
    frame.vertical_anchor = MSO_ANCHOR.TOP
    write(frame, tile_lines(figure, box.width, box.height), PP_ALIGN.LEFT)


def _tile_texts(figure: KeyFigure) -> tuple[str, str, str, str, str, str]:
    """Name, value, evidence, change, target and note; those that say nothing are empty."""
    evidence = " ".join(filter(None, (mark(figure.cell), label("evidence", figure.cell.evidence))))
    if figure.cell.evidence == "no data":
        evidence = ""  # the value says so
    return (
        figure.full_name,
        figure.cell.text,
        figure.evidence or evidence,
        figure.change,
        figure.target,
        figure.note,
    )


def tile_lines(figure: KeyFigure, width: float, height: float) -> list[Line]:
    """What a tile says, from the value to the note, as far as there is room."""
    room = width - 2 * _TILE_PADDING
    fitting_sizes = tuple(size for size in _VALUE_SIZES if size <= height / 4)
    size = largest_size(figure.cell.text, room / BOLD, fitting_sizes or _VALUE_SIZES[-1:], 1)
    is_doubtful = bool(mark(figure.cell))
    looks = (
        (20.0, theme.INK, True),
        (size, theme.PRIMARY_70, True),
        (14.0, theme.WARNING_60 if is_doubtful else theme.INK_SOFT, False),
        (16.0, theme.INK, False),
        (16.0, theme.INK, False),
        (14.0, theme.INK_SOFT, False),
    )
    lines: list[Line] = []
    left = height - 2 * (_TILE_PADDING - 4)
    for text, (font_size, colour, bold) in zip(_tile_texts(figure), looks, strict=True):
        fitting = int(left / (font_size * LINE))
        if not text or fitting < 1:
            continue
        shown = clipped(text, room / (BOLD if bold else 1), font_size, fitting)
        line = Line(shown, font_size, colour, bold)
        lines.append(line)
        left -= height_of(line, room)
    return lines
