"""What the charts of a page have alike: colours, letters, an empty figure, words of a point."""

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.content.document import Cell, Series
from dashboard.i18n import label
from dashboard.i18n.evidence import is_doubtful

SUBJECT, OTHER = "#256ef4", "#8a949e"
"""The region in question, and all others. Both keep 3:1 on the light and the dark surface."""
LETTERS = 15
"""Size of the letters in a chart of a page, in pixels."""
NARROW = 326
"""Pixels of a chart on a telephone: what has to fit is laid out for it."""
TOOLS = 30
"""Pixels above a plot, in which the buttons stand that show on pointing at it."""
_DASHES = ("solid", "dash", "dot", "dashdot")


def bare_figure(height: int) -> go.Figure:
    """An empty figure with the product's margins and no decoration."""
    figure = go.Figure()
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 16, "t": TOOLS, "b": 8},
        showlegend=False,
        hovermode="closest",
        dragmode=False,
        separators=".,",
        font={"size": LETTERS},
    )
    figure.update_xaxes(fixedrange=True, automargin=True)
    figure.update_yaxes(fixedrange=True, automargin=True)
    return figure


def inside(cell: Cell, colour: str) -> str:
    """The colour of a bar or dot; what is in doubt is hollow."""
    return "rgba(0,0,0,0)" if is_doubtful(cell.evidence) else colour


def looks(series: Sequence[Series]) -> list[tuple[str, str]]:
    """Colour and dash of each series: the accent for the subject, greys by their dash."""
    found = []
    others = 0
    for one in series:
        if one.is_subject or len(series) == 1:
            found.append((SUBJECT, "solid"))
        else:
            found.append((OTHER, _DASHES[others % len(_DASHES)]))
            others += 1
    return found


def in_words(cell: Cell) -> str:
    """What one reads on pointing at a value."""
    return f"{cell.text} ({label('evidence', cell.evidence)})" if cell.evidence else cell.text
