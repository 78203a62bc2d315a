"""Charts as they stand until they are touched: the figure itself, in HTML."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from dashboard.render.screen.drawn_plot import (
    DrawnText,
    Line,
    Plot,
    lines_of,
    moved,
    plot_of,
)
from dashboard.render.screen.drawn_strokes import CLEAR, rings, strokes
from dashboard.render.screen.html import Html, render

_BESIDE, _FRAME = 4, 2
"""Pixels between a bar and the text at its end, and between a note's text and its own frame."""
_LINE_HEIGHT = 1.3
"""Of the letters of a chart, in its style sheet and in Plotly."""
_TICK, _OVER = 10, 8
"""Pixels between a plot and what is written at its axis below and above."""
_UNDER = 9
"""Pixels that Plotly keeps above what is written above a plot."""


@dataclass(frozen=True)
class DrawnBar:
    """A bar: its place in per cent of the plot, and how it looks."""

    left: float
    width: float
    top: float
    height: float
    colour: str
    look: str
    """`full`, `hollow` or `striped`."""


@dataclass(frozen=True)
class Tick:
    """What is written beside the plot, at a place in per cent from above."""

    top: float
    lines: Sequence[Line]


@dataclass(frozen=True)
class Named:
    """A line in the key: a piece of it, and its name."""

    colour: str
    dash: str
    lines: Sequence[Line]


def drawn_figure(figure: Mapping[str, Any], alt: str) -> Html:
    """A figure of `bar_figure`, `line_figure` or `dot_figure`, as Plotly sends it, in its height.

    `alt` is what it says in words.
    """
    layout = figure["layout"]
    plot = plot_of(layout)
    bars = [trace for trace in figure["data"] if trace["type"] == "bar"]
    points = [trace for trace in figure["data"] if trace["type"] == "scatter"]
    texts = [text for trace in bars for text in _ends(trace, plot)]
    texts += [_note(note, plot) for note in layout.get("annotations", ())]
    texts += _named_below(layout, plot)
    side = _side(layout["yaxis"], plot)
    return render(
        "drawn_figure.html",
        alt=alt,
        height=layout["height"],
        padding=_padding(layout),
        side=side,
        has_grid=layout["yaxis"].get("showgrid", True),
        strokes=strokes(figure, plot),
        bars=[bar for trace in bars for bar in _bars(trace, plot)],
        rings=[*rings(points, plot)],
        texts=texts,
        key=_key(figure) if layout.get("showlegend") else None,
    )


def _padding(layout: Mapping[str, Any]) -> str:
    """Between the plot and the edges, with what is written at the axis below or above it."""
    margin, across = layout["margin"], layout["xaxis"]
    above, below = margin["t"], margin["b"]
    if across.get("ticktext"):
        line = layout["font"]["size"] * _LINE_HEIGHT
        room = line * max(len(lines_of(text)) for text in across["ticktext"])
        if across.get("side") == "top":
            above += room + _OVER + _UNDER + line * bool(across["title"].get("text"))
        else:
            below += room + _TICK - 1
    return f"{ceil(above)}px {margin['r']}px {ceil(below)}px {margin['l']}px"


def _side(axis: Mapping[str, Any], plot: Plot) -> list[Tick]:
    """What is written left of the plot."""
    if not axis.get("visible", True) or not axis.get("showticklabels", True):
        return []
    ticks = zip(axis["tickvals"], axis["ticktext"], strict=True)
    return [Tick(plot.top(at), lines_of(text)) for at, text in ticks]


def _named_below(layout: Mapping[str, Any], plot: Plot) -> Iterator[DrawnText]:
    """What is written at the axis below the plot, or above it, with its title."""
    axis = layout["xaxis"]
    is_above = axis.get("side") == "top"
    down, below = ("bottom", -_OVER) if is_above else ("top", _TICK)
    for at, text in zip(axis.get("tickvals") or (), axis.get("ticktext") or (), strict=True):
        lies = moved("center", down, 0, below)
        yield DrawnText(plot.left(at), 0 if is_above else 100, lies, lines_of(text), "center")
    if title := axis.get("title", {}).get("text"):
        height = layout["font"]["size"] * _LINE_HEIGHT
        yield DrawnText(50, 0, moved("center", down, 0, below - height), lines_of(title), "center")


def _bars(trace: Mapping[str, Any], plot: Plot) -> Iterator[DrawnBar]:
    marker = trace["marker"]
    for place, (base, length) in enumerate(zip(trace["base"], trace["x"], strict=True)):
        start, end = sorted((plot.left(base), plot.left(base + length)))
        top = plot.top(trace["y"][place] + trace["offset"])
        height = plot.top(plot.down.first + trace["width"])
        look = "hollow" if marker["color"][place] == CLEAR else "full"
        look = "striped" if marker.get("pattern", {}).get("shape") else look
        width = round(end - start, 3)
        yield DrawnBar(start, width, top, height, marker["line"]["color"], look)


def _ends(trace: Mapping[str, Any], plot: Plot) -> Iterator[DrawnText]:
    """What stands behind the end of each bar, unless it is written by itself."""
    if trace["textposition"] == "none":
        return
    for place, text in enumerate(trace["text"]):
        length = trace["x"][place]
        end = plot.left(trace["base"][place] + length)
        middle = plot.top(trace["y"][place] + trace["offset"] + trace["width"] / 2)
        across = "right" if length < 0 else "left"
        lies = moved(across, "middle", -_BESIDE if length < 0 else _BESIDE)
        yield DrawnText(end, middle, lies, lines_of(text))


def _note(note: Mapping[str, Any], plot: Plot) -> DrawnText:
    across, down = note.get("xanchor", "center"), note.get("yanchor", "middle")
    right = {"left": _FRAME, "right": -_FRAME}.get(across, 0) + note.get("xshift", 0)
    below = {"top": _FRAME, "bottom": -_FRAME}.get(down, 0) - note.get("yshift", 0)
    return DrawnText(
        plot.left(note["x"], note.get("xref", "x")),
        plot.top(note["y"], note.get("yref", "y")),
        moved(across, down, right, below),
        lines_of(note["text"]),
        note.get("align", "center"),
    )


def _key(figure: Mapping[str, Any]) -> tuple[str, list[Named]]:
    """Unit and names above the plot, where they have no room beside their lines."""
    traces = sorted(figure["data"], key=lambda trace: trace["legendrank"])
    named = [
        Named(trace["line"]["color"], trace["line"]["dash"], lines_of(trace["name"]))
        for trace in traces
    ]
    return figure["layout"]["legend"]["title"]["text"], named
