"""The plot of a figure that stands drawn: its axes in per cent, and the lines of its texts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

_LINE_END = re.compile(r"<br>")
_OPENED, _CLOSED = "<b>", "</b>"
_ACROSS = {"left": "0%", "center": "-50%", "right": "-100%"}
_DOWN = {"top": "0%", "middle": "-50%", "bottom": "-100%"}

Line = tuple[str, bool]
"""A line of a text, and whether it is bold."""


@dataclass(frozen=True)
class DrawnText:
    """A text: its place in per cent of the plot, and how it lies there in CSS."""

    left: float
    top: float
    moved: str
    lines: Sequence[Line]
    align: str = "left"


@dataclass(frozen=True)
class Axis:
    """An axis from where its plot begins, on the left or above, to where it ends."""

    first: float
    last: float
    categories: tuple[str, ...] = ()
    """Names that stand one apart; empty where numbers or days do."""

    def place(self, value: Any) -> float:
        """Of a value, in per cent of the plot."""
        return round(100 * (self._number(value) - self.first) / (self.last - self.first), 3)

    def _number(self, value: Any) -> float:
        if not isinstance(value, str):
            return float(value)
        if self.categories:
            return self.categories.index(value)
        return date.fromisoformat(value).toordinal()


@dataclass(frozen=True)
class Plot:
    """Both axes of a figure, and what Plotly calls by their names."""

    across: Axis
    down: Axis

    def left(self, value: Any, reference: str = "x") -> float:
        """Of a value on the axis, or of a part of the plot's width."""
        return round(100 * value, 3) if _is_part(reference) else self.across.place(value)

    def top(self, value: Any, reference: str = "y") -> float:
        """Of a value on the axis, or of a part of the plot's height from below."""
        return round(100 * (1 - value), 3) if _is_part(reference) else self.down.place(value)


def plot_of(layout: Mapping[str, Any]) -> Plot:
    """The axes of a layout, whose ranges are given."""
    across, down = layout["xaxis"], layout["yaxis"]
    categories = tuple(across.get("categoryarray") or ())
    low, high = (
        date.fromisoformat(end).toordinal() if isinstance(end, str) else end
        for end in across["range"]
    )
    return Plot(Axis(low, high, categories), Axis(*reversed(down["range"])))


def moved(across: str, down: str, right: float, below: float = 0) -> str:
    """Where a text lies of which an end or the middle stands at its place, in pixels from there."""
    return f"translate(calc({_ACROSS[across]} + {right}px), calc({_DOWN[down]} + {below}px))"


def lines_of(text: str) -> list[Line]:
    """A text of Plotly in its lines, each bold or not; all else in it is text."""
    found = []
    is_bold = False
    for line in _LINE_END.split(text):
        is_bold = is_bold or line.startswith(_OPENED)
        said = line.removeprefix(_OPENED).removesuffix(_CLOSED) if is_bold else line
        found.append((unescape(said), is_bold))
        is_bold = is_bold and not line.endswith(_CLOSED)
    return found


def _is_part(reference: str) -> bool:
    return reference == "paper" or reference.endswith(" domain")
