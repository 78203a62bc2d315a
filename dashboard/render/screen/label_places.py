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
_APART = 5
"""Pixels between two names on a line, so that they do not read as one."""
_TOUCHING = 0.5
"""Square pixels from which on a name lies on another."""

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
    height: float = _HEIGHT
    """Of the marks, in pixels."""
    lift: float = 0
    """How far the marks stand below their place, in pixels; negative above it."""


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


def mark_box(place: Place, zoom: float) -> Box:
    """Where the marks of a place lie."""
    x, y = mercator(place.lat, place.lon, zoom)
    return _box(x, y, "middle", (0, place.lift), place.width, place.height)


def label_box(place: Place, spot: Spot, zoom: float) -> Box:
    """Where the name of a place lies."""
    x, y = mercator(place.lat, place.lon, zoom)
    width = text_width(place.name, place.letters, SCREEN_BOLD)
    return _box(x, y, spot.anchor, spot.offset, width)


def label_spots(
    places: Sequence[Place],
    zoom: float,
    edges: tuple[float, float] = (-math.inf, math.inf),
    others: Sequence[Place] = (),
) -> list[Spot | None]:
    """For each place the first spot that is free, given the names before it and all marks.

    The most important place is first; zoomed in further than the map opens, names only move apart.
    Beyond the edges, left and right in pixels of `mercator`, a name of a place between them would
    be cut, and does not stand there. Marks of others have no name of their own.

    Returns:
        One spot a place; None where the name is free nowhere.
    """
    taken = [mark_box(place, zoom) for place in (*places, *others)]

    def is_free(place: Place, spot: Spot, is_between: bool) -> bool:
        box = label_box(place, spot, zoom)
        shared = sum(_overlap(box, one) for one in taken)
        return shared + (_cut(box, edges) if is_between else 0) < _TOUCHING

    spots: list[Spot | None] = []
    for place in places:
        x, _y = mercator(place.lat, place.lon, zoom)
        is_between = edges[0] < x < edges[1]
        spot = next((one for one in _candidates(place) if is_free(place, one, is_between)), None)
        if spot is not None:
            left, top, right, bottom = label_box(place, spot, zoom)
            taken.append((left - _APART, top, right + _APART, bottom))
        spots.append(spot)
    return spots


def _candidates(place: Place) -> list[Spot]:
    """Right, left, below and above, then the corners, then a line further off."""
    side, lift = place.width / 2 + _GAP, place.lift
    edge = place.width / 2
    line = (place.height + _HEIGHT) / 2
    offsets = [
        *([] if place.width else [("middle", 0.0, 0.0)]),
        ("start", side, 0.0),
        ("end", -side, 0.0),
        ("middle", 0.0, line),
        ("middle", 0.0, -line),
        *(
            (anchor, x, down)
            for down in (0.5 * line, -0.5 * line, 0.8 * line, -0.8 * line)
            for anchor, x in (("start", side), ("end", -side))
        ),
        *(
            (anchor, x, down)
            for down in (line, -line)
            for anchor, x in (("start", -edge), ("end", edge))
        ),
        ("middle", 0.0, line + 0.6 * _HEIGHT),
        ("middle", 0.0, -line - 0.6 * _HEIGHT),
    ]
    return [Spot(anchor, (x, lift + down)) for anchor, x, down in offsets]


def _box(
    x: float,
    y: float,
    anchor: str,
    offset: tuple[float, float],
    width: float,
    height: float = _HEIGHT,
) -> Box:
    left = x + offset[0] - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    top = y + offset[1] - height / 2
    return left, top, left + width, top + height


def _cut(box: Box, edges: tuple[float, float]) -> float:
    """Square pixels of a box beyond the edges."""
    beyond = max(edges[0] - box[0], 0) + max(box[2] - edges[1], 0)
    return min(beyond, box[2] - box[0]) * _HEIGHT


def _overlap(one: Box, other: Box) -> float:
    """Square pixels that two boxes share."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(width, 0) * max(height, 0)
