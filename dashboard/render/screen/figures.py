"""Charts on screen, in Plotly: from the same blocks that paper, slides and sheets draw."""

from functools import lru_cache
from typing import Any, assert_never

import plotly.graph_objects as go
from plotly.basedatatypes import BaseFigure

from dashboard.content.document import ChartBlock, DotChart
from dashboard.i18n import language
from dashboard.render.screen.bar_figure import bar_figure
from dashboard.render.screen.dot_figure import dot_figure
from dashboard.render.screen.drawn_figure import drawn_figure
from dashboard.render.screen.html import Html
from dashboard.render.screen.line_figure import line_figure
from dashboard.render.screen.same_object import Same

_KEPT = 512
"""Charts of as many blocks stay made, each some ten thousand letters."""


class MadeFigure(BaseFigure):  # type: ignore[misc]
    """A figure as it is sent: Plotly checked it when it was made, and does so no more."""

    def __init__(self, figure: go.Figure) -> None:
        self.__dict__["_made"] = figure.to_dict()

    def to_dict(self) -> dict[str, Any]:
        """What the browser draws; nobody changes it."""
        made: dict[str, Any] = self.__dict__["_made"]
        return made


def plotly_figure(block: ChartBlock | DotChart) -> go.Figure:
    """A chart of a page."""
    if isinstance(block, DotChart):
        return dot_figure(block)
    if isinstance(block, ChartBlock):
        return bar_figure(block) if block.kind == "bar" else line_figure(block)
    assert_never(block)


def made_figure(block: ChartBlock | DotChart) -> MadeFigure:
    """The same as it is sent, made once of a block: one that says something else is another."""
    return _made(Same(block), language())


def first_picture(block: ChartBlock | DotChart) -> Html:
    """A chart as it is seen until it is touched."""
    return _first_picture(Same(block), language())


@lru_cache(maxsize=_KEPT)
def _first_picture(block: Same[ChartBlock | DotChart], code: str) -> Html:
    return drawn_figure(_made(block, code).to_dict(), block.of.alt)


@lru_cache(maxsize=_KEPT)
def _made(block: Same[ChartBlock | DotChart], _code: str) -> MadeFigure:
    figure = plotly_figure(block.of)
    # The point that was chosen is shown in the drawer; the others stay as they are.
    figure.update_traces(unselected={"marker": {"opacity": 1}})
    return MadeFigure(figure)
