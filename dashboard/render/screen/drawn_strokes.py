"""Lines, areas and points of a figure that stands drawn: one image that stretches with its plot.

Strokes keep their width and points their size, whatever the width of the plot.
"""

from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.render.screen.drawn_plot import Plot

CLEAR = "rgba(0,0,0,0)"
"""The colour of what is hollow."""
_DASHES = {"dash": (3, 3), "dot": (1, 1), "dashdot": (3, 1, 1, 1)}
"""Parts of a dashed line, as multiples of its width, which counts as three pixels at least."""
_THINNEST = 3


@dataclass(frozen=True)
class Ring:
    """A hollow point, which an image could not leave clear: place in per cent, size in pixels."""

    left: float
    top: float
    size: float
    border: float
    colour: str
    opacity: float


def strokes(figure: Mapping[str, Any], plot: Plot) -> str:
    """The image as data URI; empty where there is nothing in it."""
    shapes = figure["layout"].get("shapes", ())
    lines = [trace for trace in figure["data"] if trace["type"] == "scatter"]
    drawn = [
        *(_shape(one, plot) for one in shapes if one.get("layer") == "below"),
        *(part for trace in lines for part in (*_path(trace, plot), *_points(trace, plot))),
        *(_shape(one, plot) for one in shapes if one.get("layer") != "below"),
    ]
    if not drawn:
        return ""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" '
        f'preserveAspectRatio="none" fill="none">{"".join(drawn)}</svg>'
    )
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def rings(traces: Sequence[Mapping[str, Any]], plot: Plot) -> Iterator[Ring]:
    """The hollow points."""
    for trace in traces:
        for left, top, size, is_hollow in _placed(trace, plot):
            if is_hollow:
                border = trace["marker"]["line"]
                size += border["width"]
                opacity = trace.get("opacity", 1)
                yield Ring(left, top, size, border["width"], border["color"], opacity)


def _path(trace: Mapping[str, Any], plot: Plot) -> Iterator[str]:
    """The line through the points, a gap where a value is missing."""
    if "lines" not in trace["mode"]:
        return
    steps, is_open = [], False
    for across, down in zip(trace["x"], trace["y"], strict=True):
        if down is not None:
            steps.append(f"{'L' if is_open else 'M'}{plot.left(across)} {plot.top(down)}")
        is_open = down is not None
    yield _stroke("".join(steps), trace["line"], trace.get("opacity", 1))


def _points(trace: Mapping[str, Any], plot: Plot) -> Iterator[str]:
    """The full points: strokes of no length with round ends, which keep their size."""
    places: dict[float, list[str]] = defaultdict(list)
    for left, top, size, is_hollow in _placed(trace, plot):
        if not is_hollow:
            places[size].append(f"M{left} {top}h0")
    border = trace["marker"]["line"]
    for size, steps in places.items():
        line = {"color": border["color"], "width": size + border["width"]}
        yield _stroke("".join(steps), line, trace.get("opacity", 1))


def _placed(trace: Mapping[str, Any], plot: Plot) -> Iterator[tuple[float, float, float, bool]]:
    """Place of each point, its diameter without its line, and whether it is hollow."""
    marker, count = trace["marker"], len(trace["x"])
    colours = marker["color"] if isinstance(marker["color"], list) else [marker["color"]] * count
    symbols = marker.get("symbol") or ["circle"] * count
    for place, (across, down) in enumerate(zip(trace["x"], trace["y"], strict=True)):
        if down is not None:
            is_hollow = colours[place] == CLEAR or symbols[place].endswith("-open")
            yield plot.left(across), plot.top(down), marker["size"][place], is_hollow


def _shape(shape: Mapping[str, Any], plot: Plot) -> str:
    across, down = shape.get("xref", "x"), shape.get("yref", "y")
    x0, x1 = (plot.left(shape[end], across) for end in ("x0", "x1"))
    y0, y1 = (plot.top(shape[end], down) for end in ("y0", "y1"))
    if shape["type"] == "rect":
        return f'<path d="M{x0} {y0}H{x1}V{y1}H{x0}Z" fill="{shape["fillcolor"]}"/>'
    return _stroke(f"M{x0} {y0}L{x1} {y1}", shape["line"], shape.get("opacity", 1), "butt")


def _stroke(path: str, line: Mapping[str, Any], opacity: float, end: str = "round") -> str:
    dashes = _DASHES.get(line.get("dash", "solid"), ())
    if dashes:
        length, end = max(line["width"], _THINNEST), "butt"
    said = (
        f' stroke-dasharray="{" ".join(str(part * length) for part in dashes)}"' if dashes else ""
    )
    said += f' opacity="{opacity}"' if opacity != 1 else ""
    return (
        f'<path d="{path}" stroke="{line["color"]}" stroke-width="{line["width"]}" '
        f'stroke-linecap="{end}" stroke-linejoin="round" vector-effect="non-scaling-stroke"{said}/>'
    )
