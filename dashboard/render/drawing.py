"""Charts and maps of a report as vectors or pictures: drawn here, without a browser."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, assert_never

import vl_convert

from dashboard.content.document import Cell, ChartBlock, DotChart, Drawing, MapBlock, Series
from dashboard.i18n import number_text, short_amount_text, speaking
from dashboard.i18n.evidence import is_doubtful
from dashboard.render.dot_drawing import draw_dots
from dashboard.render.dot_layout import round_step
from dashboard.render.footnotes import mark, marked
from dashboard.render.map_drawing import draw_map
from dashboard.text_metrics import SCREEN, text_width

FONTS = Path(__file__).parent / "fonts"
"""Folder of the typeface, as files that documents can embed."""
FONT = "Pretendard GOV"

_SUBJECT, _OTHER, _INK, _WEAK = "#256ef4", "#8a949e", "#1e2124", "#58616a"
_GRID = "#e6e8ea"
_OTHERS = (_OTHER, "#58616a", "#b1b8be", "#464c53")
_SIZE = 8.0
"""Letters in points, as a chart on paper has them."""
_BAR = 15
"""Points from one bar to the next."""
_NAME_SHARE = 0.42
"""Part of the width up to which names of bars are whole; the alt text has them always."""
_LINE_HEIGHT = 130
_SMALL = 7.5
_LONG = 1_000_000
"""From here on, numbers on an axis are shortened."""
Spec = dict[str, Any]


def to_svg(block: Drawing, width: float, language: str) -> str:
    """A chart or map as SVG, its letters as text in the product's typeface.

    Args:
        block: what is drawn.
        width: in points; the height follows from what is drawn.
        language: of the few words that are not in the block.
    """
    _know_fonts()
    with speaking(language):
        if isinstance(block, ChartBlock):
            spec = _lines(block, width) if block.kind == "line" else _bars(block, width)
            return vl_convert.vegalite_to_svg(json.dumps(spec), allowed_base_urls=[])
        if isinstance(block, DotChart):
            return draw_dots(block, width)
        if isinstance(block, MapBlock):
            return draw_map(block, width)
        assert_never(block)


def to_png(block: Drawing, pixels: int, language: str, width: float = 480.0) -> bytes:
    """A chart or map as a picture on white.

    Args:
        block: what is drawn.
        pixels: width of the picture.
        language: of the few words that are not in the block.
        width: in points, for which it is drawn: the narrower, the larger are its letters.
    """
    return vl_convert.svg_to_png(to_svg(block, width, language), scale=pixels / width)


@cache
def _know_fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))


def _config() -> Spec:
    letters = {"font": FONT, "fontSize": _SIZE}
    return {
        "font": FONT,
        "background": "white",
        "padding": 2,
        "view": {"stroke": None},
        "axis": {
            "labelFont": FONT,
            "labelFontSize": _SIZE,
            "labelColor": _WEAK,
            "labelLimit": 0,
            "titleFont": FONT,
            "titleFontSize": _SIZE,
            "titleFontWeight": "normal",
            "titleColor": _WEAK,
            "gridColor": _GRID,
            "domainColor": "#b1b8be",
            "tickColor": "#b1b8be",
        },
        "text": letters,
    }


def _colour(block: ChartBlock, series: Series) -> str:
    """The accent for the subject, and for a series that stands alone."""
    if series.is_subject or len(block.series) == 1:
        return _SUBJECT
    others = [one for one in block.series if not one.is_subject]
    return _OTHERS[others.index(series) % len(_OTHERS)]


def _number(cell: Cell) -> float | None:
    return cell.value if isinstance(cell.value, int | float) else None


def _lines(block: ChartBlock, width: float) -> Spec:
    """Lines over the categories; a gap in the data is a gap in the line."""
    ticks = _ticks([v for one in block.series for c in one.cells if (v := _number(c)) is not None])
    words = {tick: _tick_text(tick) for tick in ticks}
    axis = {
        "title": block.unit,
        "titleAngle": 0,
        "titleAlign": "left",
        "titleAnchor": "end",
        "titleX": 0,
        "titleY": -9,
        "values": ticks,
        # Own words for own numbers: no text of the record becomes an expression.
        "labelExpr": f"({json.dumps(words, ensure_ascii=False)})[datum.value]",
        "domain": False,
        "ticks": False,
    }
    scale = {"domain": [ticks[0], ticks[-1]], "nice": False}
    x = {
        "field": "category",
        "type": "ordinal",
        "sort": list(block.categories),
        "axis": {"title": None, "labelAngle": 0, "labelOverlap": True, "grid": False},
        "scale": {"type": "point", "padding": 0.6},
    }
    y = {"field": "value", "type": "quantitative", "axis": axis, "scale": scale}
    layers = [
        {**layer, "encoding": {"x": x, "y": y, **layer["encoding"]}}
        for series in sorted(block.series, key=lambda one: one.is_subject)
        for layer in _line(block, series, width, ticks)
    ]
    return {
        "config": _config(),
        "width": width - 12,
        "height": _LINE_HEIGHT,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "layer": layers,
    }


def _ticks(values: Sequence[float]) -> list[float]:
    """Round numbers from zero, or from below the least, to above the greatest, four steps or so."""
    low, high = min([0.0, *values]), max([0.0, *values])
    if low == high:
        return [0.0, 1.0]
    step = round_step(high - low)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [step * place for place in range(first, last + 1)]


def _tick_text(value: float) -> str:
    return short_amount_text(value) if abs(value) >= _LONG else number_text(value, 2)


def _line(
    block: ChartBlock, series: Series, width: float, ticks: Sequence[float]
) -> Iterator[Spec]:
    colour = _colour(block, series)
    is_main = colour == _SUBJECT
    values = [_number(cell) for cell in series.cells]
    known = [place for place, value in enumerate(values) if value is not None]
    texts = {place: _point_text(block, series.cells[place]) for place in known}
    labelled = (
        _labelled(values, texts, width / max(len(values), 1), ticks) if is_main else set(known[-1:])
    )
    rows = [
        {
            "category": category,
            "value": value,
            "text": texts[place] if place in labelled else "",
            "dips": _dips(values, place),
            "fill": "#ffffff" if is_doubtful(cell.evidence) else colour,
            "name": series.name if known and place == known[-1] else "",
        }
        for place, (category, value, cell) in enumerate(
            zip(block.categories, values, series.cells, strict=True)
        )
    ]
    ink = _INK if is_main else _WEAK
    data = {"values": rows}
    yield {
        "data": data,
        "mark": {
            "type": "line",
            "stroke": colour,
            "strokeWidth": 2 if is_main else 1.4,
            "invalid": "break-paths-show-path-domains",
        },
        "encoding": {},
    }
    yield {
        "data": data,
        "mark": {
            "type": "point",
            "filled": True,
            "size": 26,
            "stroke": colour,
            "strokeWidth": 1.4,
            "opacity": 1,
            "invalid": "filter",
        },
        "encoding": {"fill": {"field": "fill", "type": "nominal", "scale": None}},
    }
    letters = {"type": "text", "color": ink, "invalid": "filter"}
    yield {
        "data": data,
        "mark": {
            **letters,
            "dy": {"expr": "datum.dips ? 13 : -9"},
            "fontSize": _SMALL,
        },
        "encoding": {"text": {"field": "text"}},
    }
    if len(block.series) > 1:
        yield {
            "data": data,
            "mark": {**letters, "align": "left", "dx": 5, "fontWeight": "bold"},
            "encoding": {"text": {"field": "name"}},
        }


def _dips(values: Sequence[float | None], place: int) -> bool:
    """Whether the line comes down to a point and rises after it, so that its label goes below."""
    here = values[place]
    before = values[place - 1] if place else None
    after = values[place + 1] if place + 1 < len(values) else None
    if here is None or before is None:
        return False
    return before > here > 0 and (after is None or after > here)


def _point_text(block: ChartBlock, cell: Cell) -> str:
    """A value without the unit, which the axis says, and with its sign."""
    text = cell.text.removesuffix(block.unit).strip()
    return " ".join((text, mark(cell))).strip()


def _labelled(
    values: Sequence[float | None], texts: Mapping[int, str], step: float, ticks: Sequence[float]
) -> set[int]:
    """Points whose labels do not lie on each other: the last first, then the greatest and least."""
    scale = _LINE_HEIGHT / (ticks[-1] - ticks[0])
    known = [(value, place) for place, value in enumerate(values) if value is not None]
    if not known:
        return set()
    urgent = [known[-1][1], max(known)[1], min(known)[1]]
    kept: dict[int, tuple[float, float, float]] = {}
    for place in dict.fromkeys([*urgent, *(place for _value, place in known)]):
        half = text_width(texts[place], _SMALL, SCREEN) / 2
        spot = (place * step, (values[place] or 0) * scale, half)
        if all(
            abs(spot[0] - other[0]) > half + other[2] or abs(spot[1] - other[1]) > _SMALL + 1
            for other in kept.values()
        ):
            kept[place] = spot
    return set(kept)


def _bars(block: ChartBlock, width: float) -> Spec:
    """Bars under each other, each with its value at its end; doubtful ones are hollow."""
    rows: list[Spec] = []
    for series in block.series:
        colour = _colour(block, series)
        for category, cell in zip(block.categories, series.cells, strict=True):
            value = _number(cell)
            if value is None:
                continue
            rows.append(
                {
                    "category": category,
                    "series": series.name,
                    "value": value,
                    "text": marked(cell),
                    "fill": "#ffffff" if is_doubtful(cell.evidence) else colour,
                    "stroke": colour,
                }
            )
    greatest = max((row["value"] for row in rows), default=1)
    least = min((row["value"] for row in rows), default=0)
    y = {
        "field": "category",
        "type": "nominal",
        "sort": list(block.categories),
        "axis": {
            "title": None,
            "ticks": False,
            "domain": False,
            "labelColor": _INK,
            "labelPadding": 4,
            "labelLimit": width * _NAME_SHARE,
        },
        "scale": {"domain": list(block.categories), "paddingInner": 0.3},
    }
    x = {
        "field": "value",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [min(least, 0), max(greatest, 0) * 1.3 or 1]},
    }
    stacked_apart = len(rows) > len({row["category"] for row in rows})
    place: Spec = (
        {"yOffset": {"field": "series", "sort": [one.name for one in block.series]}}
        if stacked_apart
        else {}
    )
    count = len(rows) if stacked_apart else len(block.categories)
    return {
        "config": _config(),
        "width": width - 10,
        "height": max(_BAR * count, _BAR),
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": rows},
        "encoding": {"x": x, "y": y, **place},
        "layer": [
            {
                "mark": {"type": "bar", "strokeWidth": 1},
                "encoding": {
                    "fill": {"field": "fill", "type": "nominal", "scale": None},
                    "stroke": {"field": "stroke", "type": "nominal", "scale": None},
                    "x": {**x, "stack": None},
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 4, "color": _INK},
                "encoding": {"text": {"field": "text"}, "x": {**x, "stack": None}},
            },
        ],
    }
