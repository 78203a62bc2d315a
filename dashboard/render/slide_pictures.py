"""Charts and maps as pictures whose letters are read at ten metres."""

import vl_convert

from dashboard.content.document import ChartBlock, MapBlock
from dashboard.render.drawing import FONTS, chart_to_svg, map_to_svg

_CHART_POINTS, _MAP_POINTS = 400.0, 300.0
"""Width for which they are drawn: the narrower, the larger are the letters in them. Letters of 8
points become 17.6 of 960 units on a slide, 26 of 1440 pixels."""
_PIXELS = 1800


def slide_picture(block: ChartBlock | MapBlock, language: str) -> bytes:
    """A chart or map for a slide of the browser: PNG on white, 1800 pixels wide.

    Args:
        block: what is drawn.
        language: of the few words that are not in the block.
    """
    if isinstance(block, ChartBlock):
        svg, width = chart_to_svg(block, _CHART_POINTS, language), _CHART_POINTS
    else:
        svg, width = map_to_svg(block, _MAP_POINTS, language), _MAP_POINTS
        vl_convert.register_font_directory(str(FONTS))
    return vl_convert.svg_to_png(svg, scale=_PIXELS / width)
