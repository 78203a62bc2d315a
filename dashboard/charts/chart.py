"""What every chart is made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

SUBJECT = "#256ef4"
OTHER = "#8a949e"
"""The region in question, and all others. Both keep 3:1 on the light and the dark surface."""


Rows = Sequence[dict[str, Any]]
"""Rows of an answer: column → value."""


@dataclass(frozen=True)
class Chart:
    """A figure with what it shows in words."""

    title: str
    """The finding as a sentence, computed from the data."""
    figure: go.Figure
    alt: str
    """The finding and the data, for those who do not see the figure."""


def label_room(names: Iterable[str]) -> int:
    """Pixels beside a plot for the longest of the names, in letters of 14 pixels."""
    widths = (sum(14 if ord(letter) > 0x2E80 else 8 for letter in name) for name in names)
    return 12 + max(widths, default=0)


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
