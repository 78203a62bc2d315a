"""Charts on screen, in Plotly: from the same blocks that paper, slides and sheets draw."""

from typing import assert_never

import plotly.graph_objects as go

from dashboard.content.document import ChartBlock, DotChart
from dashboard.render.screen.bar_figure import bar_figure
from dashboard.render.screen.dot_figure import dot_figure
from dashboard.render.screen.line_figure import line_figure


def plotly_figure(block: ChartBlock | DotChart) -> go.Figure:
    """A chart of a page."""
    if isinstance(block, DotChart):
        return dot_figure(block)
    if isinstance(block, ChartBlock):
        return bar_figure(block) if block.kind == "bar" else line_figure(block)
    assert_never(block)
