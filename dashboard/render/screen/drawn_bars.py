"""Bars as they stand until they are touched: the figure itself, in HTML."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.render.screen.html import Html, render

_LINE_END = re.compile(r"<br>")
_BOLD = re.compile(r"<b>(.*)</b>")
_BESIDE, _FRAME = 4, 2
"""Pixels between a bar and the text at its end, and between a note's text and its own frame."""
_ACROSS = {"left": "0%", "center": "-50%", "right": "-100%"}
_DOWN = {"top": "0%", "middle": "-50%"}
_CLEAR = "rgba(0,0,0,0)"

Line = tuple[str, bool]
"""A line of a text, and whether it is bold."""


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
class DrawnText:
    """A text: its place in per cent of the plot, and how it lies there in CSS."""

    left: float
    top: float
    moved: str
    lines: Sequence[Line]
    align: str = "left"


def drawn_bars(figure: Mapping[str, Any], alt: str) -> Html:
    """The bars of a figure of `bar_figure`, as Plotly sends it, in its very height.

    `alt` is what it says in words.
    """
    layout = figure["layout"]
    names, margin = layout["yaxis"], layout["margin"]
    plot = _Plot(*layout["xaxis"]["range"], *reversed(names["range"]))
    texts = [text for trace in figure["data"] for text in _ends(trace, plot)]
    texts += [_note(note, plot) for note in layout.get("annotations", ())]
    zero = any(shape["type"] == "line" for shape in layout.get("shapes", ()))
    return render(
        "drawn_bars.html",
        alt=alt,
        height=layout["height"],
        padding=f"{margin['t']}px {margin['r']}px {margin['b']}px {margin['l']}px",
        names=[_lines(name) for name in names["ticktext"]] if names["showticklabels"] else (),
        bars=[bar for trace in figure["data"] for bar in _bars(trace, plot)],
        texts=texts,
        zero=plot.left(0) if zero else None,
    )


@dataclass(frozen=True)
class _Plot:
    """The ends of both axes."""

    low: float
    high: float
    first: float
    last: float

    def left(self, value: float) -> float:
        return round(100 * (value - self.low) / (self.high - self.low), 3)

    def top(self, place: float) -> float:
        return round(100 * (place - self.first) / (self.last - self.first), 3)


def _bars(trace: Mapping[str, Any], plot: _Plot) -> Iterator[DrawnBar]:
    marker = trace["marker"]
    for place, (base, length) in enumerate(zip(trace["base"], trace["x"], strict=True)):
        start, end = sorted((plot.left(base), plot.left(base + length)))
        top = plot.top(trace["y"][place] + trace["offset"])
        height = plot.top(plot.first + trace["width"])
        look = "hollow" if marker["color"][place] == _CLEAR else "full"
        look = "striped" if marker.get("pattern", {}).get("shape") else look
        width = round(end - start, 3)
        yield DrawnBar(start, width, top, height, marker["line"]["color"], look)


def _ends(trace: Mapping[str, Any], plot: _Plot) -> Iterator[DrawnText]:
    """What stands behind the end of each bar, unless it is written by itself."""
    if trace["textposition"] == "none":
        return
    for place, text in enumerate(trace["text"]):
        length = trace["x"][place]
        end = plot.left(trace["base"][place] + length)
        middle = plot.top(trace["y"][place] + trace["offset"] + trace["width"] / 2)
        across = "right" if length < 0 else "left"
        moved = _moved(across, "middle", -_BESIDE if length < 0 else _BESIDE)
        yield DrawnText(end, middle, moved, _lines(text))


def _note(note: Mapping[str, Any], plot: _Plot) -> DrawnText:
    left = 100 * note["x"] if note.get("xref") == "paper" else plot.left(note["x"])
    across, down = note.get("xanchor", "center"), note.get("yanchor", "middle")
    right = {"left": _FRAME, "right": -_FRAME}.get(across, 0) + note.get("xshift", 0)
    below = (_FRAME if down == "top" else 0) - note.get("yshift", 0)
    moved = _moved(across, down, right, below)
    return DrawnText(
        left, plot.top(note["y"]), moved, _lines(note["text"]), note.get("align", "center")
    )


def _moved(across: str, down: str, right: float, below: float = 0) -> str:
    return f"translate(calc({_ACROSS[across]} + {right}px), calc({_DOWN[down]} + {below}px))"


def _lines(text: str) -> list[Line]:
    """A text of Plotly in its lines, each bold or not; all else in it is text."""
    is_bold = text.startswith("<b>") and text.endswith("</b>")
    lines = _LINE_END.split(text[3:-4] if is_bold else text)
    return [
        (found[1], True) if (found := _BOLD.fullmatch(line)) else (line, is_bold) for line in lines
    ]
