"""Charts on screen, in Plotly: from the same blocks that paper, slides and sheets draw."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from math import ceil
from typing import assert_never
from urllib.parse import urlencode

import plotly.graph_objects as go

from dashboard.content.document import Cell, ChartBlock, Dot, DotChart, Link, Series
from dashboard.i18n import label
from dashboard.i18n.evidence import is_doubtful
from dashboard.render.bar_layout import axis_of, bars, slots
from dashboard.render.chart_design import lowest_rank, rank_step
from dashboard.render.dot_layout import ROW, PlacedDot, is_of_days, lay_out
from dashboard.render.footnotes import marked
from dashboard.render.number_formats import number
from dashboard.text_metrics import SCREEN_BOLD, text_width, wrapped

SUBJECT, OTHER = "#256ef4", "#8a949e"
"""The region in question, and all others. Both keep 3:1 on the light and the dark surface."""
_DASHES = ("solid", "dash", "dot", "dashdot")
_LABEL = 15
"""Size of the letters in a chart of a page, in pixels."""
_LINE_HEIGHT = 340
_FEW_YEARS, _YEARS_NAMED = 8, 5
"""Each of which has its mark on the axis."""
_BAR_HEIGHT, _SLOT_HEIGHT = 34, 24
"""Of a category with one bar; of each of several bars."""
_PLOT = 360
"""Pixels for bars and the values at their ends."""
_NAME_PIXELS = 150
"""After which the name of a bar goes on in the next line."""
_DOTS_WIDTH = 600
"""Pixels for which the rows of a dot chart are laid out; on a wider page they stand looser."""


def plotly_figure(block: ChartBlock | DotChart) -> go.Figure:
    """A chart of a page."""
    if isinstance(block, DotChart):
        return _dots(block)
    if isinstance(block, ChartBlock):
        return _bars(block) if block.kind == "bar" else _lines(block)
    assert_never(block)


def _label_room(names: Iterable[str]) -> int:
    """Pixels beside a plot for the longest of the names, in bold letters of 14 pixels."""
    return 12 + ceil(max((text_width(name, 14, SCREEN_BOLD) for name in names), default=0))


def _bare_figure(height: int) -> go.Figure:
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


def _lines(block: ChartBlock) -> go.Figure:
    """Lines over the categories, the subject on top; a gap in the data is a gap in the line."""
    figure = _bare_figure(_LINE_HEIGHT)
    places = [int(name) if name.isdigit() else name for name in block.categories]
    values = [value for one in block.series for cell in one.cells if (value := number(cell))]
    is_of_ranks = block.kind == "rank"
    top = lowest_rank(block) + 0.6 if is_of_ranks else max(values, default=1) * 1.12
    looks = _looks(block.series)
    for series, (colour, dash) in sorted(
        zip(block.series, looks, strict=True), key=lambda pair: pair[0].is_subject
    ):
        figure.add_trace(_line(series, places, colour, dash))
    if block.chosen in block.categories:
        at = places[block.categories.index(block.chosen)]
        line = {"color": OTHER, "width": 1, "dash": "dot"}
        figure.add_shape(
            type="line", x0=at, x1=at, y0=0, y1=1, yref="paper", layer="below", line=line
        )
    _name_ends(figure, block, places, looks, (-1 if is_of_ranks else 1) * _LINE_HEIGHT / top)
    names = [series.name for series in block.series] if len(block.series) > 1 else []
    room = _label_room(names) if names else 40
    figure.update_layout(margin_r=room, font={"size": _LABEL})
    figure.update_xaxes(
        tickfont={"size": _LABEL}, tickformat="d", tickangle=0, nticks=8, showgrid=False
    )
    years = [place for place in places if isinstance(place, int)]
    if years and years[-1] - years[0] < _FEW_YEARS:
        # Whole years, else half a year has a mark; no more of them than a telephone has room for.
        step = ceil((years[-1] - years[0] + 1) / _YEARS_NAMED)
        figure.update_xaxes(dtick=step, tick0=years[-1])
    figure.update_yaxes(
        range=[top, 0.4] if is_of_ranks else [min([0, *values]), top],
        title={"text": block.unit, "font": {"size": _LABEL}},
        tickfont={"size": _LABEL},
        tickformat=",",
        nticks=6,
    )
    if is_of_ranks:
        step = rank_step(block)
        figure.update_yaxes(tickvals=[1, *range(1 + step, lowest_rank(block) + 1, step)])
    return figure


def _line(series: Series, places: Sequence[object], colour: str, dash: str) -> go.Scatter:
    width = 3 if series.is_subject or colour == SUBJECT else 2
    return go.Scatter(
        x=list(places),
        y=[number(cell) for cell in series.cells],
        mode="lines+markers",
        connectgaps=False,
        name=series.name,
        line={"color": colour, "width": width, "dash": dash},
        marker={
            "size": 9,
            "color": colour,
            "symbol": [
                "circle-open" if is_doubtful(cell.evidence) else "circle" for cell in series.cells
            ],
            "line": {"width": 2, "color": colour},
        },
        customdata=[_said(cell) for cell in series.cells],
        hovertemplate="%{x}: %{customdata}",
    )


def _name_ends(
    figure: go.Figure,
    block: ChartBlock,
    places: Sequence[object],
    looks: Sequence[tuple[str, str]],
    pixels: float,
) -> None:
    """Name and last value beside each line, apart from each other; the subject's peak above it.

    So many pixels go upward for one more of the value; negative where the least stands on top.
    """
    ends = []
    for series, (colour, _dash) in zip(block.series, looks, strict=True):
        known = [at for at, cell in enumerate(series.cells) if number(cell) is not None]
        if not known:
            continue
        ends.append((number(series.cells[known[-1]]) or 0.0, known[-1], series, colour))
        peak = max(known, key=lambda at: (number(series.cells[at]) or 0.0) * pixels)
        if series.is_subject or len(block.series) == 1:
            shown = known if block.kind == "rank" else dict.fromkeys((peak, known[-1]))
            for at in shown:
                figure.add_annotation(
                    x=places[at],
                    y=number(series.cells[at]),
                    text=_bare(series.cells[at], block.unit),
                    yshift=_LABEL,
                    showarrow=False,
                    font={"size": _LABEL},
                )
    if len(block.series) == 1:
        return
    # Lines that end in other years have their names elsewhere and are in nobody's way.
    lowest: dict[int, float] = defaultdict(lambda: float("-inf"))
    for value, at, series, colour in sorted(ends, key=lambda end: end[0] * pixels):
        height = lowest[at] = max(value * pixels, lowest[at] + _LABEL * 1.3)
        figure.add_annotation(
            x=places[at],
            y=value,
            text=series.name,
            xanchor="left",
            xshift=10,
            yshift=height - value * pixels,
            showarrow=False,
            font={"color": colour, "size": _LABEL},
        )


def _bars(block: ChartBlock) -> go.Figure:
    """Horizontal bars, the first on top; those of the subject in the accent colour."""
    count = len(set(slots(block)))
    lines = [
        wrapped(" ".join(name.split()), _NAME_PIXELS, _LABEL, SCREEN_BOLD)
        for name in block.categories
    ]
    names = ["<br>".join(found) for found in lines]
    # Rows are of one height: names of several lines must not reach into each other.
    tallest = 1.4 * _LABEL * max(map(len, lines), default=1)
    row = max(_BAR_HEIGHT if count == 1 else _SLOT_HEIGHT * (count + 0.5), tallest)
    figure = _bare_figure(round(24 + row * max(len(block.categories), 1)))
    drawn = list(bars(block))
    for at, (colour, _dash) in enumerate(_looks(block.series)):
        series, mine = block.series[at], [bar for bar in drawn if bar.series == at]
        figure.add_trace(
            go.Bar(
                x=[bar.end - bar.start for bar in mine],
                base=[bar.start for bar in mine],
                y=[bar.category for bar in mine],
                offsetgroup=slots(block)[at],
                orientation="h",
                name=series.name,
                marker={
                    "color": [_inside(bar.cell, colour) for bar in mine],
                    "line": {"color": colour, "width": 2},
                    "pattern": _stripes(colour) if series.is_striped else {},
                },
                text=[bar.text for bar in mine],
                textposition="outside",
                textfont={"size": _LABEL},
                cliponaxis=False,
                customdata=[_said(bar.cell) for bar in mine],
                hovertemplate="%{customdata}",
            )
        )
    figure.update_layout(barmode="group" if count > 1 else "overlay", bargap=0.3)
    low, high = axis_of(drawn, _PLOT, _LABEL)
    if low < 0:
        figure.add_vline(x=0, line={"color": OTHER, "width": 1})
    figure.update_xaxes(visible=False, range=[low, high])
    figure.update_yaxes(
        tickvals=list(range(len(names))),
        ticktext=names,
        tickfont={"size": _LABEL},
        range=[len(names) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
    )
    return figure


def _stripes(colour: str) -> dict[str, object]:
    return {
        "shape": "/",
        "fillmode": "replace",
        "fgcolor": colour,
        "bgcolor": "rgba(0,0,0,0)",
        "size": 7,
    }


def _dots(block: DotChart) -> go.Figure:
    """Every dot in its lane, those of the subject in the accent; what lasts has a line."""
    laid = lay_out(block, _DOTS_WIDTH, _LABEL)
    figure = _bare_figure(round(laid.rows * ROW * _LABEL + (4 if block.axis else 2) * _LABEL + 16))
    for lane in laid.lanes:
        figure.add_hline(y=lane.top, line={"color": OTHER, "width": 0.5}, opacity=0.5)
        figure.add_annotation(
            x=0,
            xref="paper",
            y=lane.top,
            text="<br>".join(f"<b>{line}</b>" for line in lane.lines),
            showarrow=False,
            align="left",
            xanchor="left",
            yanchor="top",
            font={"size": _LABEL},
        )
    is_alone = not any(dot.is_subject for dot in block.dots)
    for is_subject in (False, True):
        placed = [one for one in laid.dots if one.dot.is_subject is is_subject]
        colour = SUBJECT if is_subject or is_alone else OTHER
        if placed:
            _add_dots(figure, block, placed, colour)
    is_days = is_of_days(block)
    figure.update_xaxes(
        side="top",
        type="date" if is_days else "linear",
        title={"text": block.axis, "font": {"size": _LABEL}},
        range=[_place(laid.low, is_days), _place(laid.high, is_days)],
        tickvals=[_place(at, is_days) for at, _text in laid.ticks],
        ticktext=[text for _at, text in laid.ticks],
        tickfont={"size": _LABEL},
        tickangle=0,
        zeroline=False,
    )
    figure.update_yaxes(visible=False, range=[laid.rows, 0])
    return figure


def _add_dots(figure: go.Figure, block: DotChart, placed: Sequence[PlacedDot], colour: str) -> None:
    is_days = is_of_days(block)
    for one in placed:
        if one.end > one.start:
            figure.add_shape(
                type="line",
                x0=_place(one.start, is_days),
                x1=_place(one.end, is_days),
                y0=one.row,
                y1=one.row,
                layer="below",
                line={"color": colour, "width": 2},
            )
        if one.text:
            figure.add_annotation(
                x=_place(one.start if one.is_text_left else one.end, is_days),
                y=one.row,
                text=escape(one.text),
                showarrow=False,
                xanchor="right" if one.is_text_left else "left",
                xshift=(-1 if one.is_text_left else 1) * (one.radius + 2),
                font={"size": _LABEL},
            )
    figure.add_trace(
        go.Scatter(
            x=[_place(one.start, is_days) for one in placed],
            y=[one.row for one in placed],
            mode="markers",
            marker={
                "size": [2 * one.radius for one in placed],
                "color": [
                    "rgba(0,0,0,0)" if one.dot.is_hollow else _inside(one.dot.cell, colour)
                    for one in placed
                ],
                "line": {"width": 2, "color": colour},
                "opacity": 1,
            },
            customdata=[
                [escape(_dot_in_words(one.dot)), *_parameters(one.dot.cell.link)] for one in placed
            ],
            hovertemplate="%{customdata[0]}<extra></extra>",
            cliponaxis=False,
        )
    )


def _parameters(link: Link | None) -> tuple[str, ...]:
    """What a dot that leads to a view of its own page changes in the address."""
    return () if link is None or link.page else (urlencode(link.parameters),)


def _dot_in_words(dot: Dot) -> str:
    named = f"{dot.name}: {dot.cell.text}" if dot.cell.text else dot.name
    return f"{named} ({label('evidence', dot.cell.evidence)})" if dot.cell.evidence else named


def _place(at: float, is_days: bool) -> float | str:
    """A place on the axis as Plotly takes it."""
    return date.fromordinal(round(at)).isoformat() if is_days else at


def _inside(cell: Cell, colour: str) -> str:
    """The colour of a bar or dot; what is in doubt is hollow."""
    return "rgba(0,0,0,0)" if is_doubtful(cell.evidence) else colour


def _looks(series: Sequence[Series]) -> list[tuple[str, str]]:
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


def _bare(cell: Cell, unit: str) -> str:
    """The value without the unit, which the axis says."""
    return marked(cell).replace(unit, "").strip() if unit else marked(cell)


def _said(cell: Cell) -> str:
    return f"{cell.text} ({label('evidence', cell.evidence)})" if cell.evidence else cell.text
