"""A chart of a report on screen: the same block that paper, slides and sheets draw from."""

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.charts.bar_rows import name_lines
from dashboard.charts.chart import OTHER, SUBJECT, Chart, bare_figure, label_room
from dashboard.content.document import Cell, ChartBlock, Series
from dashboard.i18n import label
from dashboard.i18n.evidence import is_doubtful, signed

_DASHES = ("solid", "dash", "dot", "dashdot")
_LABEL = 15
"""Size of the letters in a chart of a page, in pixels."""
_LINE_HEIGHT = 340
_BAR_HEIGHT = 34
_VALUE_ROOM = 1.45
"""Length of the axis as a multiple of the longest bar: its value stands after it."""
_NAME_PIXELS = 150
"""After which the name of a bar goes on in the next line, at scale 1."""


def report_chart(block: ChartBlock, scale: float = 1.0, height: int | None = None) -> Chart:
    """A chart of a report.

    Args:
        block: the chart as data.
        scale: size of letters, lines and marks against those of a page; slides need larger ones.
        height: in pixels; as the data need it unless told.
    """
    draw = _lines if block.kind == "line" else _bars
    return Chart(block.title, draw(block, scale, height), block.alt)


def _lines(block: ChartBlock, scale: float, height: int | None) -> go.Figure:
    """Lines over the categories, the subject on top; a gap in the data is a gap in the line."""
    size = round(_LABEL * scale)
    tall = height or round(_LINE_HEIGHT * scale)
    figure = bare_figure(tall)
    places = [int(name) if name.isdigit() else name for name in block.categories]
    values = [value for one in block.series for cell in one.cells if (value := number(cell))]
    top = max(values, default=1) * 1.12
    looks = _looks(block.series)
    for series, (colour, dash) in sorted(
        zip(block.series, looks, strict=True), key=lambda pair: pair[0].is_subject
    ):
        figure.add_trace(_line(series, places, colour, dash, scale))
    _name_ends(figure, block, places, looks, tall / top, size)
    names = [series.name for series in block.series] if len(block.series) > 1 else []
    room = label_room(names) if names else 40
    figure.update_layout(margin_r=round(room * scale), font={"size": size})
    figure.update_xaxes(
        tickfont={"size": size}, tickformat="d", tickangle=0, nticks=8, showgrid=False
    )
    figure.update_yaxes(
        range=[min([0, *values]), top],
        title={"text": block.unit, "font": {"size": size}},
        tickfont={"size": size},
        tickformat=",",
        nticks=6,
    )
    return figure


def _line(
    series: Series, places: Sequence[object], colour: str, dash: str, scale: float
) -> go.Scatter:
    width = (3 if series.is_subject or colour == SUBJECT else 2) * scale
    return go.Scatter(
        x=list(places),
        y=[number(cell) for cell in series.cells],
        mode="lines+markers",
        connectgaps=False,
        name=series.name,
        line={"color": colour, "width": width, "dash": dash},
        marker={
            "size": 9 * scale,
            "color": colour,
            "symbol": [
                "circle-open" if is_doubtful(cell.evidence) else "circle" for cell in series.cells
            ],
            "line": {"width": 2 * scale, "color": colour},
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
    size: int,
) -> None:
    """Name and last value beside each line, apart from each other; the subject's peak above it."""
    ends = []
    for series, (colour, _dash) in zip(block.series, looks, strict=True):
        known = [at for at, cell in enumerate(series.cells) if number(cell) is not None]
        if not known:
            continue
        ends.append((number(series.cells[known[-1]]) or 0.0, known[-1], series, colour))
        peak = max(known, key=lambda at: number(series.cells[at]) or 0.0)
        if series.is_subject or len(block.series) == 1:
            for at in dict.fromkeys((peak, known[-1])):
                figure.add_annotation(
                    x=places[at],
                    y=number(series.cells[at]),
                    text=_bare(series.cells[at], block.unit),
                    yshift=size,
                    showarrow=False,
                    font={"size": size},
                )
    if len(block.series) == 1:
        return
    lowest = float("-inf")
    for value, at, series, colour in sorted(ends, key=lambda end: end[0]):
        height = max(value * pixels, lowest + size * 1.3)
        lowest = height
        figure.add_annotation(
            x=places[at],
            y=value,
            text=series.name,
            xanchor="left",
            xshift=10,
            yshift=height - value * pixels,
            showarrow=False,
            font={"color": colour, "size": size},
        )


def _bars(block: ChartBlock, scale: float, height: int | None) -> go.Figure:
    """Horizontal bars, the first on top; those of the subject in the accent colour."""
    size = round(_LABEL * scale)
    tall = height or round((24 + _BAR_HEIGHT * max(len(block.categories), 1)) * scale)
    figure = bare_figure(tall)
    names = ["<br>".join(name_lines(name, _NAME_PIXELS * scale, size)) for name in block.categories]
    places = list(range(len(names)))
    for series, (colour, _dash) in zip(block.series, _looks(block.series), strict=True):
        cells = [(at, cell) for at, cell in enumerate(series.cells) if number(cell) is not None]
        figure.add_trace(
            go.Bar(
                x=[number(cell) for _at, cell in cells],
                y=[places[at] for at, _cell in cells],
                orientation="h",
                name=series.name,
                marker={
                    "color": [
                        "rgba(0,0,0,0)" if is_doubtful(cell.evidence) else colour
                        for _at, cell in cells
                    ],
                    "line": {"color": colour, "width": 2 * scale},
                },
                text=[_marked(cell) for _at, cell in cells],
                textposition="outside",
                textfont={"size": size},
                cliponaxis=False,
                customdata=[_said(cell) for _at, cell in cells],
                hovertemplate="%{customdata}",
            )
        )
    values = [value for one in block.series for cell in one.cells if (value := number(cell))]
    figure.update_layout(barmode="overlay", bargap=0.3)
    figure.update_xaxes(
        visible=False, range=[min([0, *values]), max(values, default=1) * _VALUE_ROOM]
    )
    figure.update_yaxes(
        tickvals=places,
        ticktext=names,
        tickfont={"size": size},
        range=[len(names) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
    )
    return figure


def number(cell: Cell) -> float | None:
    """The figure of a cell that a chart can draw."""
    return cell.value if isinstance(cell.value, int | float) else None


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


def _marked(cell: Cell) -> str:
    return signed(cell.text, cell.evidence)


def _bare(cell: Cell, unit: str) -> str:
    """The value without the unit, which the axis says."""
    return _marked(cell).replace(unit, "").strip() if unit else _marked(cell)


def _said(cell: Cell) -> str:
    return f"{cell.text} ({label('evidence', cell.evidence)})" if cell.evidence else cell.text
