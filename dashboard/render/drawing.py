"""Charts and maps of a report as vectors or pictures: drawn here, without a browser."""

import json
from functools import cache
from pathlib import Path
from typing import assert_never

import vl_convert

from dashboard.content.document import ChartBlock, DotChart, Drawing, MapBlock
from dashboard.i18n import speaking
from dashboard.render.bar_drawing import bar_chart, with_stripes
from dashboard.render.dot_drawing import draw_dots
from dashboard.render.line_drawing import line_chart
from dashboard.render.map_drawing import draw_map
from dashboard.store.answer import only_protected

FONTS = Path(__file__).parent / "fonts"
"""Folder of the typeface, as files that documents can embed."""


def to_svg(block: Drawing, width: float, language: str) -> str:
    """A chart or map as SVG, its letters as text in the product's typeface.

    It is so many points wide, its height follows; the language is of the few words that are not in
    the block.

    Raises:
        AccessDenied: it is drawn from exact counts of a city's own patients.
    """
    if isinstance(block, ChartBlock | DotChart):
        only_protected([block.answer])
    _know_fonts()
    with speaking(language):
        if isinstance(block, ChartBlock):
            spec = bar_chart(block, width) if block.kind == "bar" else line_chart(block, width)
            return with_stripes(vl_convert.vegalite_to_svg(json.dumps(spec), allowed_base_urls=[]))
        if isinstance(block, DotChart):
            return draw_dots(block, width)
        if isinstance(block, MapBlock):
            return draw_map(block, width)
        assert_never(block)


def to_png(block: Drawing, pixels: int, language: str, width: float = 480.0) -> bytes:
    """A chart or map as a picture on white, so many pixels wide.

    The narrower it is drawn, in points, the larger are its letters.
    """
    return vl_convert.svg_to_png(to_svg(block, width, language), scale=pixels / width)


@cache
def _know_fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))
