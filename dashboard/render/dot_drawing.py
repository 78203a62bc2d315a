"""A dot chart as SVG: a lane under each name, hollow marks for what is in doubt."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from dashboard.content.document import DotChart
from dashboard.i18n.evidence import is_doubtful
from dashboard.render.chart_parts import INK, OTHER, SUBJECT, WEAK
from dashboard.render.dot_layout import ROW, DotLayout, lay_out

_FONT = "Pretendard GOV"
_RULE, _PAPER = "#e6e8ea", "#ffffff"
_SIZE = 8.0
"""Letters in points."""
_SIDE = 4.0
"""Points left and right of the plot."""
_AXIS = 14.0
"""Points for the axis above the lanes; its name takes as many again."""


def draw_dots(block: DotChart, width: float) -> str:
    """Lanes from top to bottom, the axis above them; so many points wide, as high as they need.

    Raises:
        ValueError: see `lay_out`.
    """
    laid = lay_out(block, width - 2 * _SIDE, _SIZE)
    above = _AXIS * (2 if block.axis else 1)
    height = above + laid.rows * ROW * _SIZE + 2
    body = [*_axis(block, laid, width, above, height), *_lanes(laid, width, above)]
    body += _dots(block, laid, width, above)
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.1f}" height="{height:.1f}" '
            f'viewBox="0 0 {width:.1f} {height:.1f}" role="img" aria-label={quoteattr(block.alt)} '
            f'font-family={quoteattr(_FONT)} font-size="{_SIZE}">',
            f'<rect width="{width:.1f}" height="{height:.1f}" fill="{_PAPER}"/>',
            *body,
            "</svg>",
        )
    )


def _across(laid: DotLayout, at: float, width: float) -> float:
    """Points from the left to a place on the axis."""
    return _SIDE + (at - laid.low) / (laid.high - laid.low) * (width - 2 * _SIDE)


def _axis(
    block: DotChart, laid: DotLayout, width: float, above: float, height: float
) -> Sequence[str]:
    parts = []
    if block.axis:
        parts.append(_text(block.axis, width - _SIDE, _AXIS - 5, WEAK, "end"))
    for at, text in laid.ticks:
        x = _across(laid, at, width)
        parts.append(_line(x, above, x, height, _RULE, 0.6))
        parts.append(_text(text, x, above - 4, WEAK, "middle"))
    return parts


def _lanes(laid: DotLayout, width: float, above: float) -> Sequence[str]:
    parts = []
    for lane in laid.lanes:
        y = above + lane.top * ROW * _SIZE
        parts.append(_line(0, y, width, y, _RULE, 0.8))
        parts += [
            _text(line, 0, y + (place + 1) * _SIZE * 1.35, INK, "start", is_bold=True)
            for place, line in enumerate(lane.lines)
        ]
    return parts


def _dots(block: DotChart, laid: DotLayout, width: float, above: float) -> Sequence[str]:
    parts = []
    is_alone = not any(dot.is_subject for dot in block.dots)
    for placed in laid.dots:
        dot = placed.dot
        colour = SUBJECT if dot.is_subject or is_alone else OTHER
        x, y = _across(laid, placed.start, width), above + placed.row * ROW * _SIZE
        end = _across(laid, placed.end, width)
        if placed.end > placed.start:
            parts.append(_line(x, y, end, y, colour, 1.4))
        is_hollow = dot.is_hollow or is_doubtful(dot.cell.evidence)
        fill = _PAPER if is_hollow else colour
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{placed.radius:.1f}" fill="{fill}" '
            f'stroke="{colour}" stroke-width="1.3"><title>{escape(dot.name)}</title></circle>'
        )
        if placed.text and placed.is_text_left:
            parts.append(_text(placed.text, x - placed.radius - 2, y + 2.8, INK, "end"))
        elif placed.text:
            parts.append(_text(placed.text, max(end, x + placed.radius) + 2, y + 2.8, INK))
    return parts


def _line(x0: float, y0: float, x1: float, y1: float, colour: str, width: float) -> str:
    ends = f'x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width}"/>'


def _text(
    text: str, x: float, y: float, colour: str, anchor: str = "start", *, is_bold: bool = False
) -> str:
    weight = ' font-weight="bold"' if is_bold else ""
    at = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {at} fill="{colour}"{weight}>{escape(text)}</text>'
