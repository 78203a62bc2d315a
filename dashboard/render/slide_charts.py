"""Native charts on slides: the data stays editable, the subject has the accent, gaps are gaps."""

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import xlsxwriter
from lxml import etree
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_AXIS_CROSSES,
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide

from dashboard.content.document import Cell, ChartBlock
from dashboard.i18n.evidence import is_doubtful
from dashboard.render import slide_theme as theme
from dashboard.render.bar_layout import is_stacked, slots
from dashboard.render.chart_design import (
    ends_apart,
    era_text,
    extent,
    looks,
    rank_format,
    rank_step,
    shown_eras,
)
from dashboard.render.number_formats import number, shared_format
from dashboard.render.packaging import moment
from dashboard.render.slide_frame import Box, Line, fill, write
from dashboard.render.slide_line_labels import Label, figure_label, line_labels
from dashboard.render.slide_tables import describe
from dashboard.render.slide_theme import points
from dashboard.text_metrics import clipped, text_width

BARS_A_SLIDE = 17
"""As many as there are regions: the labels stay at 14 points."""
_SIZE = 16.0
_SMALL = 14.0
_MOST_TICKS = 18
_CHOSEN = 16
"""Points of a mark in the category that the view is about."""
_NAMES_SHARE = 0.3
"""Share of a bar chart's width that the names of its bars may take."""
_ERA_PLOT = (0.08, 0.1, 0.84, 0.78)
"""Left, top, width and height, as shares of the chart, of a plot behind which years are shaded."""
_CHART_NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def add_chart(slide: Slide, block: ChartBlock, box: Box, language: str, made_at: str) -> None:
    """A native chart with its data in an embedded workbook."""
    if block.kind == "bar":
        block = replace(block, categories=shown_categories(block, box.width))
    data = CategoryChartData()
    data.categories = block.categories
    for series in block.series:
        data.add_series(series.name, [number(cell) for cell in series.cells])
    kind = XL_CHART_TYPE.LINE_MARKERS
    if block.kind == "bar":
        kind = XL_CHART_TYPE.BAR_STACKED if is_stacked(block) else XL_CHART_TYPE.BAR_CLUSTERED
    plot = _ERA_PLOT if block.kind != "bar" and shown_eras(block) else None
    if plot is not None:
        _shade_eras(slide, block, box, plot)
    frame = slide.shapes.add_chart(kind, *box.place, data)
    describe(frame._element.nvGraphicFramePr.cNvPr, block.title, block.alt)
    chart = frame.chart
    # python-pptx would let Excel compute names that begin with "=", and writes the present time.
    chart.part.chart_workbook.update_from_xlsx_blob(_workbook(block, made_at))
    chart.has_title = False
    chart.font.size = points(_SIZE if len(block.categories) <= 12 else _SMALL)
    chart.font.color.rgb = RGBColor.from_string(theme.INK.upper())
    pattern = shared_format(cell for series in block.series for cell in series.cells)
    if block.kind == "bar":
        _draw_bars(chart, block, pattern, box)
    else:
        _draw_lines(chart, block, pattern, box)
        if plot is not None:
            _lay_out(chart, *plot)
    theme.name_fonts(chart._chartSpace, language)


def _shade_eras(
    slide: Slide, block: ChartBlock, box: Box, plot: tuple[float, float, float, float]
) -> None:
    """Named years as grey ground behind the chart, the name at its top."""
    left, top, width, height = plot
    step = box.width * width / len(block.categories)
    for era in shown_eras(block):
        first = block.categories.index(str(era.first))
        ground = slide.shapes.add_shape(
            MSO_SHAPE.RECTANGLE,
            *Box(
                box.left + box.width * left + step * first,
                box.top,
                step * (era.last - era.first + 1),
                box.height * (top + height),
            ).place,
        )
        ground.name = era_text(era)
        fill(ground, theme.GRAY_5)
        ground.text_frame.vertical_anchor = MSO_ANCHOR.TOP
        line = Line(era.name, _SMALL, theme.INK_SOFT)
        write(ground.text_frame, [line], PP_ALIGN.CENTER)


def shown_categories(block: ChartBlock, width: float) -> tuple[str, ...]:
    """Names beside bars, cut to what two lines beside them hold; whole in the notes."""
    return tuple(clipped(category, width * _NAMES_SHARE, _SIZE, 2) for category in block.categories)


def _draw_lines(chart: Chart, block: ChartBlock, pattern: str | None, box: Box) -> None:
    named_beside = ends_apart(block)
    written = line_labels(block, pattern, box.width, box.height)
    for drawn, series, look in zip(chart.plots[0].series, block.series, looks(block), strict=True):
        drawn.smooth = False
        drawn.format.line.color.rgb = RGBColor.from_string(look.colour.upper())
        drawn.format.line.width = points(look.width)
        drawn.format.line.dash_style = getattr(MSO_LINE, look.dash.upper())
        drawn.marker.style = XL_MARKER_STYLE.CIRCLE
        drawn.marker.size = 10 if look.is_subject else 6
        _paint(drawn.marker.format, look.colour, hollow=False)
        for at, cell in enumerate(series.cells):
            if is_doubtful(cell.evidence) and number(cell) is not None:
                point = drawn.points[at]
                point.marker.style = XL_MARKER_STYLE.DIAMOND  # some programs fill every marker
                point.marker.size = 13 if look.is_subject else 8
                _paint(point.marker.format, look.colour, hollow=True)
        if block.chosen in block.categories:
            marker = drawn.points[block.categories.index(block.chosen)].marker
            marker.size = _CHOSEN
        _label(drawn._element, written[series.name], look.colour)
    chart.has_legend = not named_beside and len(block.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
        chart.legend.font.size = points(_SMALL)
    _axes(chart, block, pattern)
    ticks = len(block.categories)
    if ticks > _MOST_TICKS:
        axis = chart.category_axis._element
        skip = etree.SubElement(axis, qn("c:tickLblSkip"), val=str(-(-ticks // _MOST_TICKS)))
        axis.remove(skip)
        axis.find(qn("c:noMultiLvlLbl")).addprevious(skip)
    if named_beside and len(block.series) > 1:
        widest = max(text_width(series.name, _SIZE) for series in block.series)
        _lay_out(chart, 0.06, 0.03, 0.90 - min(widest / 880, 0.2), 0.85)


def _draw_bars(chart: Chart, block: ChartBlock, pattern: str | None, box: Box) -> None:
    plot = chart.plots[0]
    together, stacked = len(set(slots(block))) == 1, is_stacked(block)
    plot.overlap = 100 if together else -10
    plot.gap_width = 45
    for drawn, series, look in zip(plot.series, block.series, looks(block), strict=True):
        drawn.invert_if_negative = False
        _paint(drawn.format, look.colour, hollow=False)
        if series.is_striped:
            drawn.format.fill.patterned()
            drawn.format.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
            drawn.format.fill.fore_color.rgb = RGBColor.from_string(look.colour.upper())
            drawn.format.fill.back_color.rgb = RGBColor.from_string(theme.WHITE.upper())
        for at, cell in enumerate(series.cells):
            if is_doubtful(cell.evidence) and number(cell) is not None:
                _paint(drawn.points[at].format, look.colour, hollow=True)
        labels = {
            at: figure_label(cell, pattern, "ctr" if stacked else "outEnd")
            for at, cell in enumerate(series.cells)
            # In a stack nothing has no length, and its label would lie on the name.
            if number(cell) is not None and not (stacked and number(cell) == 0)
        }
        _label(drawn._element, labels, theme.INK, on_white=stacked)
    chart.has_legend = not together and len(block.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
    _axes(chart, block, pattern)
    chart.category_axis.reverse_order = True
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    widest = max(text_width(category, _SIZE) for category in block.categories)
    left = min(widest + 16, box.width * (_NAMES_SHARE + 0.02)) / box.width
    _lay_out(chart, left, 0.1 if chart.has_legend else 0.01, 0.98 - left, 0.88)


def _axes(chart: Chart, block: ChartBlock, pattern: str | None) -> None:
    low, high = extent(block)
    axis = chart.value_axis
    axis.minimum_scale, axis.maximum_scale = low, high
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.fill.background()
    axis.major_gridlines.format.line.color.rgb = RGBColor.from_string("E6E8EA")
    axis.major_gridlines.format.line.width = points(0.75)
    axis.tick_labels.font.size = points(_SMALL)
    axis.tick_labels.number_format = pattern or "#,##0"
    axis.tick_labels.number_format_is_linked = False
    if pattern is None:
        axis.visible = False  # the labels say the amounts in 만 and 억, which an axis cannot
    if block.kind == "rank":
        axis.reverse_order = True
        axis.crosses = XL_AXIS_CROSSES.MAXIMUM
        axis.major_unit = rank_step(block)
        axis.tick_labels.number_format = rank_format(block)
    categories = chart.category_axis
    categories.major_tick_mark = XL_TICK_MARK.NONE
    categories.format.line.color.rgb = RGBColor.from_string(theme.GRAY_40.upper())


def _paint(form: Any, colour: str, *, hollow: bool) -> None:
    """A full or hollow bar or point; the outline is always the series' colour."""
    inner = theme.WHITE if hollow else colour
    form.fill.solid()
    form.fill.fore_color.rgb = RGBColor.from_string(inner.upper())
    form.line.color.rgb = RGBColor.from_string(colour.upper())
    form.line.width = points(2.25 if hollow else 0.75)


def _label(
    series: etree._Element,
    labels: dict[int, Label],
    colour: str,
    *,
    on_white: bool = False,
) -> None:
    """Write `c:dLbls` of a series (ECMA-376, CT_DLbls): the points named, no others."""
    holder = series.get_or_add_dLbls()
    for child in list(holder):
        holder.remove(child)
    for at, spec in sorted(labels.items()):
        holder.append(_one_label(at, spec, colour, on_white))
    _switches(holder, value=False, name=False)


def _one_label(at: int, spec: Label, colour: str, on_white: bool) -> etree._Element:
    element = etree.Element(qn("c:dLbl"), nsmap={"c": _CHART_NAMESPACE})
    etree.SubElement(element, qn("c:idx"), val=str(at))
    has_format = "format" in spec
    if not has_format:
        rich = etree.SubElement(etree.SubElement(element, qn("c:tx")), qn("c:rich"))
        etree.SubElement(rich, qn("a:bodyPr"))
        run = etree.SubElement(etree.SubElement(rich, qn("a:p")), qn("a:r"))
        _run_properties(etree.SubElement(run, qn("a:rPr")), colour)
        etree.SubElement(run, qn("a:t")).text = spec["text"]
    else:
        etree.SubElement(element, qn("c:numFmt"), formatCode=spec["format"], sourceLinked="0")
    shape = etree.SubElement(element, qn("c:spPr"))
    if on_white:
        solid = etree.SubElement(shape, qn("a:solidFill"))
        etree.SubElement(solid, qn("a:srgbClr"), val=theme.WHITE.upper())
    else:
        etree.SubElement(shape, qn("a:noFill"))
    etree.SubElement(etree.SubElement(shape, qn("a:ln")), qn("a:noFill"))
    text = etree.SubElement(element, qn("c:txPr"))
    etree.SubElement(text, qn("a:bodyPr"), wrap="none")
    paragraph = etree.SubElement(etree.SubElement(text, qn("a:p")), qn("a:pPr"))
    _run_properties(etree.SubElement(paragraph, qn("a:defRPr")), colour)
    etree.SubElement(element, qn("c:dLblPos"), val=spec["position"])
    _switches(element, value=True, name=has_format and "name" in spec)
    if has_format and "name" in spec:
        etree.SubElement(element, qn("c:separator")).text = " "
    return element


def _run_properties(element: etree._Element, colour: str) -> None:
    element.set("sz", str(int(_SMALL * 100)))
    element.set("b", "1")
    solid = etree.SubElement(element, qn("a:solidFill"))
    # Greys that mark a line are too pale for letters.
    dark = colour if colour in (theme.PRIMARY_50, theme.INK) else theme.GRAY_60
    etree.SubElement(solid, qn("a:srgbClr"), val=dark.upper())


def _switches(element: etree._Element, *, value: bool, name: bool) -> None:
    shown = {"showVal": value, "showSerName": name}
    for switch in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize"):
        on = shown.get(f"show{switch}", False)
        etree.SubElement(element, qn(f"c:show{switch}"), val="1" if on else "0")


def _lay_out(chart: Chart, left: float, top: float, width: float, height: float) -> None:
    """Fix the inner plot area as shares of the chart, so that labels beside it have room."""
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    layout = area.makeelement(qn("c:layout"), {})
    manual = etree.SubElement(layout, qn("c:manualLayout"))
    values = {
        "layoutTarget": "inner",
        "xMode": "edge",
        "yMode": "edge",
        "x": f"{left:.4f}",
        "y": f"{top:.4f}",
        "w": f"{width:.4f}",
        "h": f"{height:.4f}",
    }
    for name, value in values.items():
        etree.SubElement(manual, qn(f"c:{name}"), val=value)
    area.insert(0, layout)


def _workbook(block: ChartBlock, made_at: str) -> bytes:
    """The chart's data where PowerPoint looks for it: Sheet1, categories in A, series from B."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": moment(made_at)})
        sheet = book.add_worksheet("Sheet1")
        for row, category in enumerate(block.categories, 1):
            sheet.write_string(row, 0, category)
        for column, series in enumerate(block.series, 1):
            sheet.write_string(0, column, series.name)
            _write_figures(sheet, column, series.cells)
    return out.getvalue()


def _write_figures(sheet: Any, column: int, cells: Sequence[Cell]) -> None:
    for row, cell in enumerate(cells, 1):
        value = number(cell)
        if value is not None:
            sheet.write_number(row, column, value)
