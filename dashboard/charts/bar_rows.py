"""Bars under names of any length: the rows are laid out in pixels, so that nothing is cut."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts.chart import bare_figure
from dashboard.text_metrics import SCREEN_BOLD, wrapped

_LINE, _BAR, _GAP = 20, 22, 14
"""Heights in pixels: a line of a name, a bar with its value, and the space after a row."""
_LETTERS = 14
_PIXELS_A_LINE = 310
"""What fits beside each other on a telephone."""
_BAR_SHARE = 0.5
"""Part of the width that the longest bar may take; its value stands after it."""


@dataclass(frozen=True)
class Bar:
    """One bar and what stands at its end."""

    value: float | None
    """None draws no bar: its text alone stands there."""
    text: str
    colour: str
    is_hollow: bool = False
    """Approximate, contested or provisional."""
    is_hatched: bool = False
    """Belongs to a group that cannot be split."""


@dataclass(frozen=True)
class BarRow:
    """A name, and one bar or several beneath it; a heading or a remark has none."""

    name: str
    bars: tuple[Bar, ...] = ()
    is_heading: bool = False


def bar_rows(rows: Sequence[BarRow]) -> go.Figure:
    """Rows of bars on one scale that begins at zero; the first row on top."""
    names = [name_lines(row.name) for row in rows]
    heights = [
        _LINE * len(lines) + _BAR * len(row.bars) + _GAP
        for lines, row in zip(names, rows, strict=True)
    ]
    figure = bare_figure(sum(heights) + 16)
    top = 0
    for lines, row, height in zip(names, rows, heights, strict=True):
        figure.add_annotation(
            x=0,
            xref="paper",
            y=top,
            text="<br>".join(f"<b>{line}</b>" if row.is_heading else line for line in lines),
            showarrow=False,
            align="left",
            xanchor="left",
            yanchor="top",
            font={"size": _LETTERS},
        )
        for place, bar in enumerate(row.bars):
            _add_bar(figure, row.name, bar, top + _LINE * len(lines) + _BAR * (place + 0.5) + 3)
        top += height
    greatest = max((bar.value or 0 for row in rows for bar in row.bars), default=0) or 1
    figure.update_layout(barmode="overlay")
    figure.update_xaxes(visible=False, range=[0, greatest / _BAR_SHARE])
    figure.update_yaxes(visible=False, range=[sum(heights), 0])
    return figure


def name_lines(text: str, pixels: float = _PIXELS_A_LINE, size: float = _LETTERS) -> list[str]:
    """The name of a bar as lines, of which none is wider than so many pixels."""
    return wrapped(" ".join(text.split()), pixels, size, SCREEN_BOLD)


def _add_bar(figure: go.Figure, name: str, bar: Bar, y: float) -> None:
    if bar.value is not None:
        figure.add_trace(
            go.Bar(
                x=[bar.value],
                y=[y],
                width=_BAR - 6,
                orientation="h",
                marker={
                    "color": "rgba(0,0,0,0)" if bar.is_hollow else bar.colour,
                    "line": {"color": bar.colour, "width": 2},
                    "pattern": {
                        "shape": "/" if bar.is_hatched else "",
                        "fillmode": "replace",
                        "fgcolor": bar.colour,
                        "bgcolor": "rgba(0,0,0,0)",
                        "size": 7,
                    },
                },
                hovertext=f"{name}: {bar.text}",
                hoverinfo="text",
            )
        )
    figure.add_annotation(
        x=bar.value or 0,
        y=y,
        text=bar.text,
        showarrow=False,
        align="left",
        xanchor="left",
        yanchor="middle",
        xshift=6 if bar.value is not None else 0,
        font={"size": _LETTERS},
    )
