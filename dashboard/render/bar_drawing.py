"""A chart of bars in the words of Vega-Lite, and the stripes of what could be."""

import re

from dashboard.content.document import ChartBlock
from dashboard.i18n.evidence import is_doubtful
from dashboard.render.bar_layout import Bar, axis_of, bars, slots
from dashboard.render.chart_parts import INK, colour_of, parts
from dashboard.render.line_labels import (
    SIZE,
    Spec,
)
from dashboard.text_metrics import SCREEN, text_width

_BAR = 15
"""Points from one bar to the next."""
_NAME_SHARE = 0.42
"""Part of the width up to which names of bars are whole; the alt text has them always."""
_STRIPES = "stripes-"
"""How the name of a pattern begins; its colour follows."""


def bar_chart(block: ChartBlock, width: float) -> Spec:
    """Bars under each other, each with its value at its end; doubtful ones are hollow."""
    drawn = list(bars(block))
    rows = [_bar(block, bar) for bar in drawn]
    widest = max((text_width(name, SIZE, SCREEN) for name in block.categories), default=0)
    plot = width - min(widest, width * _NAME_SHARE) - 20
    low, high = axis_of(drawn, plot, SIZE)
    y = {
        "field": "category",
        "type": "nominal",
        "sort": list(block.categories),
        "axis": {**parts()["name axis"], "labelLimit": width * _NAME_SHARE},
        "scale": {"domain": list(block.categories), "paddingInner": 0.3},
    }
    scale = {"domain": [low, high]}
    value = {"field": "value", "type": "quantitative", "axis": None, "scale": scale, "stack": None}
    slot_count = len(set(slots(block)))
    place: Spec = {"yOffset": {"field": "slot", "type": "ordinal"}} if slot_count > 1 else {}
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "strokeWidth": 1},
            "encoding": {
                "fill": {"field": "fill", "type": "nominal", "scale": None},
                "stroke": {"field": "stroke", "type": "nominal", "scale": None},
                "x": value,
                "x2": {"field": "start"},
            },
        },
        *(
            {
                "transform": [{"filter": f"datum.left === {is_left}"}],
                "mark": {"type": "text", "align": align, "dx": dx, "color": INK},
                "encoding": {"text": {"field": "text"}, "x": {**value, "field": "text_at"}},
            }
            for is_left, align, dx in (("false", "left", 4), ("true", "right", -4))
        ),
    ]
    if low < 0:
        zero = {"x": {"datum": 0}}
        layers.append({"data": {"values": [{}]}, "mark": parts()["rule"], "encoding": zero})
    return {
        "config": parts()["config"],
        "width": width - 10,
        "height": max(_BAR * len(block.categories) * slot_count, _BAR),
        "autosize": {"type": "fit-x", "contains": "padding"},
        "layer": [
            {"data": {"values": rows}, **layer, "encoding": {"y": y, **place, **layer["encoding"]}}
            if "data" not in layer
            else layer
            for layer in layers
        ],
    }


def _bar(block: ChartBlock, bar: Bar) -> Spec:
    series = block.series[bar.series]
    colour = colour_of(block, series)
    stripes = f"url(#{_STRIPES}{colour[1:]})"
    solid = "#ffffff" if is_doubtful(bar.cell.evidence) else colour
    return {
        "category": block.categories[bar.category],
        "slot": bar.slot,
        "start": bar.start,
        "value": bar.end,
        "text": bar.text,
        "text_at": bar.text_at,
        "left": bar.is_text_left,
        "fill": stripes if bar.is_striped else solid,
        "stroke": colour,
    }


def with_stripes(svg: str) -> str:
    """The patterns that striped bars name, which Vega-Lite has none of."""
    patterns = "".join(
        f'<pattern id="{_STRIPES}{colour}" width="4" height="4" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="1.8" height="4" fill="#{colour}"/></pattern>'
        for colour in sorted(set(re.findall(rf"url\(#{_STRIPES}(\w+)\)", svg)))
    )
    start = svg.index(">", svg.index("<svg")) + 1
    return f"{svg[:start]}<defs>{patterns}</defs>{svg[start:]}" if patterns else svg
