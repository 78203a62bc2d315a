"""What every chart is made of."""

from collections.abc import Iterable
from math import ceil

import plotly.graph_objects as go

from dashboard.text_metrics import SCREEN_BOLD, text_width

SUBJECT = "#256ef4"
OTHER = "#8a949e"
"""The region in question, and all others. Both keep 3:1 on the light and the dark surface."""


def label_room(names: Iterable[str]) -> int:
    """Pixels beside a plot for the longest of the names, in bold letters of 14 pixels."""
    return 12 + ceil(max((text_width(name, 14, SCREEN_BOLD) for name in names), default=0))


def bare_figure(height: int) -> go.Figure:
    """An empty figure with the product's margins and no decoration."""
    figure = go.Figure()
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 16, "t": 8, "b": 8},
        showlegend=False,
        hovermode="closest",
        dragmode=False,
        separators=".,",
    )
    figure.update_xaxes(fixedrange=True, automargin=True)
    figure.update_yaxes(fixedrange=True, automargin=True)
    return figure
