"""Lines and ranks over the years on screen."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import ceil

import plotly.graph_objects as go

from dashboard.content.document import Cell, ChartBlock, Series
from dashboard.i18n import number_text
from dashboard.i18n.evidence import is_doubtful
from dashboard.render.chart_design import lowest_rank, ranges_of, rank_step, shown_eras
from dashboard.render.footnotes import mark, marked
from dashboard.render.line_drawing import axis_ticks
from dashboard.render.line_labels import dips
from dashboard.render.number_formats import number
from dashboard.render.screen.figure_parts import (
    LETTERS,
    NARROW,
    OTHER,
    SUBJECT,
    TOOLS,
    bare_figure,
    in_words,
    looks,
)
from dashboard.text_metrics import SCREEN, SCREEN_BOLD, text_width, wrapped

_HEIGHT = 320
"""Pixels from the first line of the plot to the last."""
_YEARS_NAMED = 5
"""More have no room on a telephone."""
_POINT, _CHOSEN = 9, 14
"""Pixels of a point, and of the one that the view is about."""
_LONGEST_NAME = 110
"""Pixels of a name beside its line; where one is longer, all stand above the plot."""
_AXIS = 60
"""Pixels that the values at the axis take from the width."""
_EDGE = 0.04
"""Room before the first and behind the last day, as a part of all."""
_DAY = 56
"""Pixels of a line of a day below the axis: the year stands above or below month and day."""
_ERA = "rgba(138, 148, 158, 0.16)"


def line_figure(block: ChartBlock) -> go.Figure:
    """Lines over the categories, the subject on top; a gap in the data is a gap in the line."""
    names = [series.name for series in block.series] if len(block.series) > 1 else []
    longest = max((text_width(name, LETTERS, SCREEN_BOLD) for name in names), default=0)
    key = _key(names) if longest > _LONGEST_NAME else []
    above = TOOLS + LETTERS * (1.5 * bool(shown_eras(block)) + 1.4 * sum(map(len, key)))
    figure = bare_figure(round(_HEIGHT + above))
    places = [int(name) if name.isdigit() else name for name in block.categories]
    values = [value for one in block.series for cell in one.cells if (value := number(cell))]
    is_of_ranks = block.kind == "rank"
    top = _lowest_place(block) if is_of_ranks else max(values, default=1) * 1.12
    looking = looks(block.series)
    for series, (colour, dash) in sorted(
        zip(block.series, looking, strict=True), key=lambda pair: pair[0].is_subject
    ):
        figure.add_trace(_line(block, series, places, colour, dash))
    _shade_eras(figure, block)
    _add_ranges(figure, block)
    if block.chosen in block.categories:
        at = places[block.categories.index(block.chosen)]
        line = {"color": OTHER, "width": 1, "dash": "dot"}
        figure.add_shape(type="line", x0=at, x1=at, layer="below", line=line, **_reach(block))
    _name_ends(figure, block, places, not key, (-1 if is_of_ranks else 1) * _HEIGHT / top)
    # For the longest name beside the plot, or half of the last value.
    room = ceil(12 + (28 if key or not names else longest))
    figure.update_layout(margin_r=room, margin_t=round(above))
    if key:
        _show_key(figure, block, key)
    figure.update_xaxes(tickfont={"size": LETTERS}, tickangle=0, nticks=6, showgrid=False)
    years = [place for place in places if isinstance(place, int)]
    if years:
        named = _named_years(years, block.chosen)
        said = [f"<b>{year}</b>" if str(year) == block.chosen else str(year) for year in named]
        figure.update_xaxes(
            tickvals=named, ticktext=said, range=[min(years) - 0.5, max(years) + 0.5]
        )
    else:
        lines = {day: wrapped(day, _DAY, LETTERS, SCREEN) for day in block.categories}
        days = _named_days(lines, NARROW - _AXIS - room)
        figure.update_xaxes(
            type="category",
            categoryarray=list(block.categories),
            range=[-_EDGE * len(lines), len(lines) - 1 + _EDGE * len(lines)],
            tickvals=days,
            ticktext=["<br>".join(lines[day]) for day in days],
        )
    low = 0.4 if is_of_ranks else min([0, *values])
    if is_of_ranks:
        step = rank_step(block)
        ticks = [1, *range(1 + step, lowest_rank(block) + 1, step)]
    else:
        ticks = [tick for tick in axis_ticks(values) if low <= tick <= top]
    figure.update_yaxes(
        range=[top, low] if is_of_ranks else [low, top],
        tickvals=ticks,
        ticktext=[number_text(tick, 2) for tick in ticks],
        tickfont={"size": LETTERS},
    )
    if block.unit and not key:
        # Once, on top of the axis, and not turned on its side.
        figure.add_annotation(
            text=block.unit,
            x=0,
            xref="paper",
            xanchor="left",
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=above - TOOLS + 4,
            showarrow=False,
        )
    return figure


def _lowest_place(block: ChartBlock) -> float:
    """Where the plot of a chart of ranks ends below."""
    return lowest_rank(block) + 0.6


def _reach(block: ChartBlock) -> dict[str, object]:
    """How far the line of the chosen year goes: up to the subject's value, which is written above.

    It goes through the whole plot where there is none.
    """
    at = block.categories.index(block.chosen)
    mine = [number(one.cells[at]) for one in block.series if one.is_subject or not block.series[1:]]
    value = next(iter(mine), None)
    if value is None or value < 0:
        return {"y0": 0, "y1": 1, "yref": "paper"}
    return {"y0": _lowest_place(block) if block.kind == "rank" else 0, "y1": value}


def _named_years(years: Sequence[int], chosen: str) -> list[int]:
    """From the last year backwards in equal steps, the chosen one in the place of neighbours."""
    step = ceil((max(years) - min(years) + 1) / _YEARS_NAMED)
    named = range(max(years), min(years) - 1, -step)
    if not chosen.isdigit() or int(chosen) not in years:
        return sorted(named)
    at = int(chosen)
    return sorted({at, *(year for year in named if abs(year - at) >= 0.75 * step)})


def _named_days(lines: Mapping[str, Sequence[str]], width: float) -> list[str]:
    """From the last one backwards, those whose lines have room on so many pixels."""
    apart = width / max(len(lines) - 1, 1)
    named: list[str] = []
    free = float("inf")
    for at, (name, parts) in reversed([*enumerate(lines.items())]):
        half = max(text_width(part, LETTERS, SCREEN) for part in parts) / 2 + 3
        if at * apart + half <= free:
            named.append(name)
            free = at * apart - half
    return named[::-1]


def _key(names: Sequence[str]) -> list[list[str]]:
    """Each name in lines that fit a telephone beside a piece of its line."""
    return [wrapped(name, NARROW - 4 * LETTERS, LETTERS, SCREEN_BOLD) for name in names]


def _show_key(figure: go.Figure, block: ChartBlock, key: Sequence[Sequence[str]]) -> None:
    """Above the plot the names with pieces of their lines, in the order of the block."""
    lines = dict(zip([series.name for series in block.series], key, strict=True))
    for trace in figure.data:
        place = [*lines].index(trace.name)
        trace.update(name="<br>".join(lines[trace.name]), showlegend=True, legendrank=place)
    figure.update_layout(
        showlegend=True,
        legend={
            "title": {"text": block.unit, "side": "top", "font": {"size": LETTERS}},
            "orientation": "h",
            "font": {"size": LETTERS},
            "x": 0,
            "xref": "container",
            "y": 1 - (TOOLS - 1.4 * LETTERS) / figure.layout.height,
            "yref": "container",
            "yanchor": "top",
            "itemclick": False,
            "itemdoubleclick": False,
        },
    )


def _shade_eras(figure: go.Figure, block: ChartBlock) -> None:
    """Years that everybody knows by a name: shaded, the name above the plot."""
    for era in shown_eras(block):
        figure.add_shape(
            type="rect",
            x0=era.first - 0.5,
            x1=era.last + 0.5,
            y0=0,
            y1=1,
            yref="paper",
            layer="below",
            fillcolor=_ERA,
            line={"width": 0},
        )
        figure.add_annotation(
            text=era.name,
            x=(era.first + era.last) / 2,
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=1,
            showarrow=False,
        )


def _add_ranges(figure: go.Figure, block: ChartBlock) -> None:
    """Where the subject has a range: a bar from the least to the greatest, and its text above."""
    for category, cell in ranges_of(block):
        if cell.span is None:
            continue
        at = int(category) if category.isdigit() else category
        low, high = cell.span
        line = {"color": SUBJECT, "width": _POINT}
        figure.add_shape(type="line", x0=at, x1=at, y0=low, y1=high, opacity=0.4, line=line)
        figure.add_annotation(
            x=at,
            y=low if block.kind == "rank" else high,
            text="–".join(f"{end:g}" for end in cell.span),
            yshift=LETTERS,
            showarrow=False,
        )


def _line(
    block: ChartBlock, series: Series, places: Sequence[object], colour: str, dash: str
) -> go.Scatter:
    is_main = colour == SUBJECT
    return go.Scatter(
        x=list(places),
        y=[number(cell) for cell in series.cells],
        mode="lines+markers",
        connectgaps=False,
        name=series.name,
        line={"color": colour, "width": 3 if is_main else 2, "dash": dash},
        # Among many ranks the subject's path must be seen first.
        opacity=1 if is_main or block.kind != "rank" else 0.45,
        marker={
            "size": [
                _CHOSEN if is_main and name == block.chosen else _POINT for name in block.categories
            ],
            "color": colour,
            "opacity": 1,
            "symbol": [
                "circle-open" if is_doubtful(cell.evidence) else "circle" for cell in series.cells
            ],
            "line": {"width": 2, "color": colour},
        },
        customdata=[
            [in_words(cell), at]
            for at, cell in enumerate(
                series.cells, block.series.index(series) * len(block.categories)
            )
        ],
        hovertemplate="%{x}: %{customdata[0]}",
    )


def _name_ends(
    figure: go.Figure,
    block: ChartBlock,
    places: Sequence[object],
    has_names: bool,
    pixels: float,
) -> None:
    """Last value, and name, beside each line, apart; of the subject also peak and chosen year.

    So many pixels go upward for one more of the value; negative where the least stands on top.
    """
    ends = []
    for series in block.series:
        known = [at for at, cell in enumerate(series.cells) if number(cell) is not None]
        if not known:
            continue
        values = [number(cell) for cell in series.cells]
        ends.append((number(series.cells[known[-1]]) or 0.0, known[-1], series))
        peak = max(known, key=lambda at: (number(series.cells[at]) or 0.0) * pixels)
        if series.is_subject or len(block.series) == 1:
            chosen = [at for at in known if block.categories[at] == block.chosen]
            shown = known if block.kind == "rank" else dict.fromkeys((peak, *chosen, known[-1]))
            for at in shown:
                # Above the end of a line that falls stands the line.
                is_low = dips(values, at) and (values[at] or 0) * pixels > 2 * LETTERS
                is_below = is_low and block.kind != "rank"
                figure.add_annotation(
                    x=places[at],
                    y=number(series.cells[at]),
                    text=_bare(series.cells[at], block),
                    yshift=-LETTERS if is_below else LETTERS,
                    showarrow=False,
                )
    if len(block.series) == 1 or not has_names:
        return
    # Lines that end in other years have their names elsewhere and are in nobody's way.
    lowest: dict[int, float] = defaultdict(lambda: float("-inf"))
    for value, at, series in sorted(ends, key=lambda end: end[0] * pixels):
        height = lowest[at] = max(value * pixels, lowest[at] + LETTERS * 1.3)
        figure.add_annotation(
            x=places[at],
            y=value,
            text=series.name,
            xanchor="left",
            xshift=10,
            yshift=height - value * pixels,
            showarrow=False,
        )


def _bare(cell: Cell, block: ChartBlock) -> str:
    """The value without the unit, which the axis says; of a rank its number."""
    if block.kind == "rank":
        return f"{number(cell):g} {mark(cell)}".strip()
    return " ".join((marked(cell).replace(block.unit, "") if block.unit else marked(cell)).split())
