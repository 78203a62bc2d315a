"""Charts and maps as pictures whose letters are read at ten metres."""

from dashboard.content.document import DotChart, Drawing, MapBlock
from dashboard.render.chart_design import DOTS_WIDTH
from dashboard.render.drawing import to_png

_CHART_POINTS, _MAP_POINTS = 400.0, 300.0
"""Width for which they are drawn: the narrower, the larger are the letters in them. Letters of 8
points become 17.6 of 960 units on a slide, 26 of 1440 pixels."""
_PIXELS = 1800


def slide_picture(block: Drawing, language: str) -> bytes:
    """A chart or map for a slide of the browser: PNG on white, 1800 pixels wide."""
    width = _CHART_POINTS
    if isinstance(block, DotChart):
        width = DOTS_WIDTH
    elif isinstance(block, MapBlock):
        width = _MAP_POINTS
    return to_png(block, _PIXELS, language, width)
