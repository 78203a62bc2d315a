"""A line the size of a word."""

from base64 import b64encode
from collections.abc import Sequence

from dashboard.render.screen.figure_parts import SUBJECT

_WIDTH, _HEIGHT, _MARGIN = 120, 32, 4


def sparkline(values: Sequence[float | None]) -> str:
    """An SVG image as a data URI: a line per unbroken run of values or a dot, and one on the last.

    There is a value a year, None for a gap, at least one known; the axis begins at zero, or below
    it at the least value.
    """
    first = next(place for place, value in enumerate(values) if value is not None)
    values = values[first:]
    known = [value for value in values if value is not None]
    low = min(0, *known)
    reach = max(known) - low or 1
    step = (_WIDTH - 2 * _MARGIN) / max(len(values) - 1, 1)
    runs: list[list[str]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
            continue
        height = (_HEIGHT - 2 * _MARGIN) * (value - low) / reach
        runs[-1].append(f"{_MARGIN + place * step:.1f},{_HEIGHT - _MARGIN - height:.1f}")
    lines = "".join(f'<polyline points="{" ".join(run)}"/>' for run in runs if len(run) > 1)
    alone = "".join(_dot(run[0], 2) for run in runs if len(run) == 1)
    last = _dot([point for run in runs for point in run][-1], 3)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        'preserveAspectRatio="xMinYMid">'
        f'<g fill="none" stroke="{SUBJECT}" stroke-width="2" stroke-linecap="round">{lines}</g>'
        f"{alone}{last}</svg>"
    )
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _dot(point: str, radius: int) -> str:
    x, y = point.split(",")
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{SUBJECT}"/>'
