"""Where the name of a place stands beside its mark, so that names do not lie on each other."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.text_metrics import SCREEN_BOLD, text_width

_TILE = 512
"""Pixels of the whole world at zoom 0 in Web Mercator, as deck.gl counts them."""
LETTERS = 15
"""Pixels; names are bold."""
_HEIGHT = 18
_GAP = 8
_MOST_OVERLAP = 0.12
"""Of a name, the part that may lie on others before it is left out."""
_LAND_OVERLAP = 0.02
"""As above, of a name that stands for its place itself: it gives way to all others."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""


@dataclass(frozen=True)
class Place:
    """A mark, or a row of marks, with a name."""

    name: str
    lat: float
    lon: float
    width: float
    """Of the marks, in pixels; 0 for a name that stands for its place itself."""
    letters: int = LETTERS
    """Size of the name."""


@dataclass(frozen=True)
class Spot:
    """Where a name stands: from which of its ends it is measured, and how far from the mark."""

    anchor: str
    """`start`, `middle` or `end`."""
    offset: tuple[float, float]
    """Pixels to the right and downwards."""


def mercator(lat: float, lon: float, zoom: float) -> tuple[float, float]:
    """Web Mercator pixels of a point given in degrees, y downwards (EPSG:3857, scaled)."""
    scale = _TILE * 2**zoom
    sine = math.sin(math.radians(lat))
    y = 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return (lon / 360 + 0.5) * scale, y * scale


def label_spots(
    places: Sequence[Place], zoom: float, edges: tuple[float, float] = (-math.inf, math.inf)
) -> list[Spot | None]:
    """For each place the spot with the least overlap, given those before it and all marks.

    The most important place is first; zoomed in further than the map opens, names only move apart.
    Beyond the edges, left and right in pixels of `mercator`, a name of a place between them is cut.

    Returns:
        One spot a place; None where the name would lie on others for the most part.
    """
    points = [mercator(place.lat, place.lon, zoom) for place in places]
    taken = [
        _box(x, y, "middle", (0, 0), place.width)
        for (x, y), place in zip(points, places, strict=True)
    ]
    spots: list[Spot | None] = []
    for (x, y), place in zip(points, places, strict=True):
        width = text_width(place.name, place.letters, SCREEN_BOLD)
        best: Spot | None = None
        box: Box | None = None
        least = (_MOST_OVERLAP if place.width else _LAND_OVERLAP) * width * _HEIGHT
        for spot in _candidates(place.width):
            candidate = _box(x, y, spot.anchor, spot.offset, width)
            overlap = sum(_overlap(candidate, other) for other in taken)
            if edges[0] < x < edges[1]:
                overlap += _cut(candidate, edges)
            if overlap < least:
                best, box, least = spot, candidate, overlap
        if box is not None:
            taken.append(box)
        spots.append(best)
    return spots


def _candidates(mark: float) -> list[Spot]:
    """Right, left, below and above, then the corners; of equal ones the first is taken."""
    side = mark / 2 + _GAP
    return [
        *([] if mark else [Spot("middle", (0, 0))]),
        Spot("start", (side, 0)),
        Spot("end", (-side, 0)),
        Spot("middle", (0, _HEIGHT)),
        Spot("middle", (0, -_HEIGHT)),
        Spot("start", (side, _HEIGHT * 0.8)),
        Spot("start", (side, -_HEIGHT * 0.8)),
        Spot("end", (-side, _HEIGHT * 0.8)),
        Spot("end", (-side, -_HEIGHT * 0.8)),
    ]


def _box(x: float, y: float, anchor: str, offset: tuple[float, float], width: float) -> Box:
    left = x + offset[0] - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    top = y + offset[1] - _HEIGHT / 2
    return left, top, left + width, top + _HEIGHT


def _cut(box: Box, edges: tuple[float, float]) -> float:
    """Square pixels of a box beyond the edges."""
    beyond = max(edges[0] - box[0], 0) + max(box[2] - edges[1], 0)
    return min(beyond, box[2] - box[0]) * _HEIGHT


def _overlap(one: Box, other: Box) -> float:
    """Square pixels that two boxes share."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(width, 0) * max(height, 0)
