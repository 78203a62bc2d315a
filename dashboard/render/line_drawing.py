"""A chart of lines, or of ranks over years, in the words of Vega-Lite."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from dashboard.content.document import Cell, ChartBlock, Drawing, Era, Series
from dashboard.i18n import axis_texts, number_text
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import is_doubtful
from dashboard.render.chart_design import lowest_rank, ranges_of, rank_step, shown_eras
from dashboard.render.chart_parts import INK, OTHER, SUBJECT, WEAK, colour_of, parts
from dashboard.render.dot_layout import round_step
from dashboard.render.footnotes import mark
from dashboard.render.label_clearance import Area, Plot
from dashboard.render.line_labels import (
    NAME_LINE,
    NEAR,
    SIZE,
    SMALL,
    Labels,
    Spec,
    heights_of,
    is_below,
    labelled,
    letters_width,
    name_marks,
    top_of,
    widest_name,
)
from dashboard.render.number_formats import number

_AXIS_ROOM = 52.0
"""Points of a chart of lines that its axis and its margins take."""
_LINE_HEIGHT = 130.0
_PADDING = 0.6
"""Before the first and after the last category of a chart of lines, in steps between two."""
_UNMEASURED = 0.2
"""Part of a text's width that Vega does not see: it takes Korean letters for narrower ones."""
_RANK = 11
"""Points from one rank to the next, at least."""
_MOVED = {"dx": {"expr": "datum.right"}, "dy": {"expr": "-datum.up"}}
_LONG = 1_000_000
"""From here on, numbers on an axis are shortened."""


def line_chart(block: ChartBlock, width: float) -> Spec:
    """Lines over the categories; a gap in the data is a gap in the line."""
    ticks, low, high, height = _upright(block)
    # Named as JavaScript writes the number: 5, not 5.0.
    words = {
        f"{t:.0f}" if t == int(t) else repr(t): text
        for t, text in zip(ticks, _tick_texts(ticks), strict=True)
    }
    axis = {
        **parts()["value axis"],
        "title": block.unit,
        "values": ticks,
        # Own words for own numbers: no text of the record becomes an expression.
        "labelExpr": f"({json.dumps(words, ensure_ascii=False)})[datum.value]",
    }
    scale = {"domain": [low, high], "nice": False, "reverse": block.kind == "rank"}
    names = name_marks(block, width, height / (high - low))
    widest = widest_name(names)
    is_chosen = f"datum.value === {json.dumps(block.chosen)}"
    weight = {"condition": {"test": is_chosen, "value": "bold"}, "value": "normal"}
    x = {
        "field": "category",
        "type": "ordinal",
        "sort": list(block.categories),
        "axis": {
            **parts()["category axis"],
            "labelFontWeight": weight,
            **_named_categories(block, width - widest),
        },
        "scale": {"type": "point", "padding": _PADDING, "domain": list(block.categories)},
    }
    y = {"field": "value", "type": "quantitative", "axis": axis, "scale": scale}
    said = _said_labels(block, width)
    layers = [
        {**layer, "encoding": {"x": x, "y": y, **layer["encoding"]}}
        for series in sorted(block.series, key=lambda one: one.is_subject)
        for layer in _line(block, series, said[series.name], names[series.name])
    ]
    layers += _ranges(block, said, x, y)
    if block.chosen in block.categories:
        rule = {**parts()["rule"], "strokeDash": [2, 2]}
        data = {"values": [{"category": block.chosen}]}
        layers.insert(0, {"data": data, "mark": rule, "encoding": {"x": x}})
    layers[:0] = [layer for era in shown_eras(block) for layer in _era(era, x)]
    return {
        "padding": {"left": 5, "top": 5, "right": 5 + _UNMEASURED * widest, "bottom": 5},
        "config": parts()["config"],
        "width": width - 12,
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "layer": layers,
    }


def _upright(block: ChartBlock) -> tuple[list[float], float, float, float]:
    """Ticks of the axis of a chart of lines, its ends, and the height of the chart in points."""
    if block.kind == "rank":
        lowest, step = lowest_rank(block), rank_step(block)
        ticks = [1.0, *(float(rank) for rank in range(1 + step, lowest + 1, step))]
        return ticks, 0.4, lowest + 0.6, max(_LINE_HEIGHT, _RANK * lowest)
    cells = [cell for one in block.series for cell in one.cells]
    values = [v for c in cells if (v := number(c)) is not None]
    values += [c.span[1] for c in cells if c.span is not None]
    ticks = axis_ticks(values)
    return ticks, ticks[0], ticks[-1], _LINE_HEIGHT


def _ranges(block: ChartBlock, said: Mapping[str, Labels], x: Spec, y: Spec) -> Iterator[Spec]:
    """Where the subject has a range: a bar from the least to the greatest, and its text."""
    moved = {
        block.categories[place]: by
        for series in block.series
        if colour_of(block, series) == SUBJECT
        for place, by in said[series.name].items()
    }
    rows = [
        {
            "category": category,
            "low": cell.span[0],
            "high": cell.span[1],
            "text": cell.text if category in moved else "",
            "right": moved.get(category, (0.0, 0.0))[0],
            "up": moved.get(category, (0.0, 0.0))[1],
        }
        for category, cell in ranges_of(block)
        if cell.span
    ]
    if not rows:
        return
    low = {**y, "field": "low"}
    bar = {"type": "rule", "stroke": SUBJECT, "strokeWidth": 5, "opacity": 0.4}
    yield {"data": {"values": rows}, "mark": {**bar, "strokeCap": "round"}} | {
        "encoding": {"x": x, "y": low, "y2": {"field": "high"}}
    }
    letters = {**parts()["letters"], **_MOVED, "color": INK, "fontSize": SMALL}
    text = {"field": "text"}
    yield {"data": {"values": rows}, "mark": letters} | {
        "encoding": {"x": x, "y": low if block.kind == "rank" else {**y, "field": "high"}}
        | {"text": text}
    }


def _named_categories(block: ChartBlock, width: float) -> Spec:
    """Categories that the axis names where all would touch: the last, and back by equal steps.

    Vega thins them before the names beside the lines take their room.
    """
    room = (width - _AXIS_ROOM) / max(len(block.categories), 1)
    needed = max(map(letters_width, block.categories), default=0) + SIZE / 2
    step = math.ceil(needed / room)
    if step < 2 or block.chosen:
        return {}
    return {"values": list(block.categories[::-1][::step][::-1])}


def _era(era: Era, x: Spec) -> Iterator[Spec]:
    """Named years: shaded from the first to the last, the name above the plot."""
    data = {"values": [{"category": str(era.first), "to": str(era.last), "name": era.name}]}
    yield {
        "data": data,
        "mark": {"type": "rect", "color": OTHER, "opacity": 0.16},
        "encoding": {"x": x, "x2": {"field": "to"}},
    }
    letters = {**parts()["letters"], "align": "left", "baseline": "bottom", "color": WEAK}
    text = {"text": {"field": "name"}, "x": x, "y": {"value": -2}}
    yield {"data": data, "mark": letters, "encoding": text}


def axis_ticks(values: Sequence[float]) -> list[float]:
    """Round numbers from zero, or from below the least, to above the greatest, four steps or so."""
    low, high = min([0.0, *values]), max([0.0, *values])
    if low == high:
        return [0.0, 1.0]
    step = round_step(high - low)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [step * place for place in range(first, last + 1)]


def _tick_texts(ticks: Sequence[float]) -> list[str]:
    is_long = any(abs(value) >= _LONG for value in ticks)
    return axis_texts(ticks) if is_long else [number_text(value, 2) for value in ticks]


def _said_labels(block: ChartBlock, width: float) -> dict[str, Labels]:
    """Series → the places whose values are written beside the points; ranges stand above theirs."""
    _ticks, low, high, height = _upright(block)
    scale = height / (high - low)
    step = (width - _AXIS_ROOM - widest_name(name_marks(block, width, scale))) / (
        len(block.categories) + 2 * _PADDING - 1
    )
    ranged = dict(ranges_of(block))
    heights = {series.name: heights_of(block, series) for series in block.series}
    plot = Plot(step, scale, heights.values())
    plot.taken += _names_taken(block, plot, heights, name_marks(block, width, scale))
    said: dict[str, Labels] = {}
    for series in sorted(block.series, key=lambda one: colour_of(block, one) != SUBJECT):
        mine = heights[series.name]
        others = [line for name, line in heights.items() if name != series.name]
        known = [place for place, height in enumerate(mine) if height is not None]
        tops: dict[int, float] = {}
        if colour_of(block, series) != SUBJECT:
            known = known[-1:]
        else:
            tops = {
                place: top_of(block, ranged[name])
                for place, name in enumerate(block.categories)
                if name in ranged
            }
        below = {
            place
            for place in known
            if is_below(mine, place, [other[place] for other in others], NEAR / scale)
        }
        said[series.name] = labelled(
            plot,
            [tops.get(place, height) for place, height in enumerate(mine)],
            {place: _point_text(block, series.cells[place]) for place in known}
            | {place: ranged[block.categories[place]].text for place in tops},
            below,
            above=tops,
            chosen=dict(zip(block.categories, count())).get(block.chosen),
        )
    return said


def _names_taken(
    block: ChartBlock,
    plot: Plot,
    heights: Mapping[str, Sequence[float | None]],
    marks: Mapping[str, Spec],
) -> Iterator[Area]:
    """Where the names beside the lines stand; one line alone has none."""
    for series in block.series if len(block.series) > 1 else ():
        known = [place for place, value in enumerate(heights[series.name]) if value is not None]
        if not known:
            continue
        name = marks[series.name]
        left = known[-1] * plot.step + name.get("dx", 5)
        middle = (heights[series.name][known[-1]] or 0) * plot.scale - name.get("dy", 0)
        wide = max(map(letters_width, name["lines"]))
        high = len(name["lines"]) * NAME_LINE / 2
        yield Area(left, middle - high, left + wide, middle + high)


def unlabelled(block: Drawing, width: float) -> str:
    """In words the values of the subject that find no room in a chart of lines; empty where none.

    As wide as it is drawn, in points; every other value is written in the chart.
    """
    if not isinstance(block, ChartBlock) or block.kind == "bar" or not block.has_points:
        return ""
    said = _said_labels(block, width)
    ranged = dict(ranges_of(block))
    missing = [
        f"{name} {_point_text(block, cell) if number(cell) is not None else cell.text}"
        for series in block.series
        if colour_of(block, series) == SUBJECT
        for place, (name, cell) in enumerate(zip(block.categories, series.cells, strict=True))
        if (number(cell) is not None or name in ranged) and place not in said[series.name]
    ]
    return _("Also in the chart: {values}").format(values="; ".join(missing)) if missing else ""


def _line(block: ChartBlock, series: Series, said: Labels, name_mark: Spec) -> Iterator[Spec]:
    colour = colour_of(block, series)
    is_main = colour == SUBJECT
    values = [number(cell) for cell in series.cells]
    known = [place for place, value in enumerate(values) if value is not None]
    rows = [
        {
            "category": category,
            "value": value,
            "text": _point_text(block, cell) if value is not None and place in said else "",
            "right": said.get(place, (0.0, 0.0))[0],
            "up": said.get(place, (0.0, 0.0))[1],
            "fill": "#ffffff" if is_doubtful(cell.evidence) else colour,
            "name": "\n".join(name_mark["lines"]) if known and place == known[-1] else "",
        }
        for place, (category, value, cell) in enumerate(
            zip(block.categories, values, series.cells, strict=True)
        )
    ]
    data = {"values": rows}
    line = {**parts()["line"], "stroke": colour, "strokeWidth": 2 if is_main else 1.4}
    yield {"data": data, "mark": line, "encoding": {}}
    fill = {"field": "fill", "type": "nominal", "scale": None}
    point = {**parts()["point"], "stroke": colour}
    yield {"data": data, "mark": point, "encoding": {"fill": fill}}
    letters = {**parts()["letters"], "color": INK if is_main else WEAK}
    value = {**letters, **_MOVED, "fontSize": SMALL}
    yield {"data": data, "mark": value, "encoding": {"text": {"field": "text"}}}
    if len(block.series) > 1:
        place = {"dx": name_mark.get("dx", 5), "dy": name_mark.get("dy", 0)}
        lines = {"lineBreak": "\n", "lineHeight": NAME_LINE}
        name = {**letters, "align": "left", "fontWeight": "bold", **place, **lines}
        yield {"data": data, "mark": name, "encoding": {"text": {"field": "name"}}}


def _point_text(block: ChartBlock, cell: Cell) -> str:
    """A value without the unit, which the axis says, and with its sign."""
    text = cell.text.removesuffix(block.unit).strip()
    return " ".join((text, mark(cell))).strip()
