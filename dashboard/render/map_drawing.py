"""Places on the world's outline as SVG: equirectangular, true to scale at a middle latitude."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from dashboard.content.document import MapBlock, Place
from dashboard.render.chart_parts import INK, SUBJECT, WEAK
from dashboard.settings import PROJECT_ROOT
from dashboard.text_metrics import SCREEN, text_width

_BASEMAP = PROJECT_ROOT / "dashboard" / "static" / "geo" / "countries-2.json"
_FONT = "Pretendard GOV"
_LAND, _SEA = "#e0e3e6", "#ffffff"
_SIZE = 8.0
"""Letters in points."""
_RADIUS = 2.8

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Ring = list[tuple[float, float]]


@dataclass(frozen=True)
class _Window:
    """A part of the world, in degrees, and its picture in points."""

    west: float
    east: float
    south: float
    north: float
    width: float

    @property
    def scale(self) -> float:
        """Points of a degree of longitude."""
        return self.width / (self.east - self.west)

    @property
    def stretch(self) -> float:
        """Degrees of latitude drawn longer than those of longitude: 1 / cos(middle latitude)."""
        return 1 / math.cos(math.radians((self.south + self.north) / 2))

    @property
    def height(self) -> float:
        """Points from top to bottom."""
        return (self.north - self.south) * self.scale * self.stretch

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Points from the left and from the top."""
        return (lon - self.west) * self.scale, (self.north - lat) * self.scale * self.stretch

    def holds(self, place: Place) -> bool:
        """Whether a place lies in this part of the world."""
        return self.west <= place.lon <= self.east and self.south <= place.lat <= self.north


def draw_map(block: MapBlock, width: float) -> str:
    """Filled marks for certain places, hollow ones for others, with names where there is room.

    The width is in points, the height follows from the part of the world. Places off the part that
    most are in are named at its lower edge.
    """
    window = _window(block.places, width)
    places = _distinct(block.places)
    shown = [place for place in places if window.holds(place)]
    beyond = [place for place in places if not window.holds(place)]
    size = f"{window.width:.1f} {window.height:.1f}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{window.width:.1f}" '
        f'height="{window.height:.1f}" viewBox="0 0 {size}" role="img" '
        f"aria-label={quoteattr(block.alt)} font-family={quoteattr(_FONT)} "
        f'font-size="{_SIZE}">',
        f'<rect width="{window.width:.1f}" height="{window.height:.1f}" fill="{_SEA}"/>',
        f'<path d="{_land(window)}" fill="{_LAND}" stroke="{_SEA}" stroke-width="0.4"/>',
    ]
    for place in reversed(shown):
        x, y = window.point(place.lon, place.lat)
        fill = SUBJECT if place.is_certain else _SEA
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_RADIUS}" fill="{fill}" '
            f'stroke="{SUBJECT}" stroke-width="1.3"/>'
        )
    parts += [_text(name, x, y, INK) for name, x, y in _names(shown, window)]
    for row, place in enumerate(beyond):
        arrow = "←" if place.lon < window.west else "→"
        y = window.height - 4 - row * (_SIZE + 3)
        parts.append(_text(f"{arrow} {place.name}", 3, y, WEAK))
    return "".join([*parts, "</svg>"])


def _text(text: str, x: float, y: float, colour: str) -> str:
    """Letters on a white edge, so that outlines do not cut them."""
    edge = f'stroke="{_SEA}" stroke-width="2.2" stroke-linejoin="round"'
    at = f'x="{x:.1f}" y="{y:.1f}"'
    return (
        f'<text {at} fill="{_SEA}" {edge} aria-hidden="true">{escape(text)}</text>'
        f'<text {at} fill="{colour}">{escape(text)}</text>'
    )


def _window(places: Sequence[Place], width: float) -> _Window:
    """Asia where most places are, else the world. Both have a shape that fits a page."""
    asia = _Window(38.0, 152.0, -11.0, 66.0, width)
    inside = sum(asia.holds(place) for place in places)
    return asia if 2 * inside > len(places) else _Window(-168.0, 180.0, -56.0, 76.0, width)


def _distinct(places: Sequence[Place]) -> list[Place]:
    """One mark a place, certain if any of its entries is; the certain ones first."""
    found: dict[tuple[str, float, float], Place] = {}
    for place in places:
        key = (place.name, place.lat, place.lon)
        if key not in found or place.is_certain:
            found[key] = place
    return sorted(found.values(), key=lambda place: not place.is_certain)


def _names(places: Sequence[Place], window: _Window) -> list[tuple[str, float, float]]:
    """Each name with the left end of its line, beside, above or below its mark, if it is free."""
    spots = [window.point(place.lon, place.lat) for place in places]
    taken = [(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS) for x, y in spots]
    placed = []
    for place, (x, y) in zip(places, spots, strict=True):
        long = text_width(place.name, _SIZE, SCREEN)
        gap = _RADIUS + 2
        for left, base in (
            (x + gap, y + 2.8),
            (x - gap - long, y + 2.8),
            (x - long / 2, y - gap),
            (x - long / 2, y + gap + 6),
            (x + 2, y - gap),
            (x + 2, y + gap + 6),
            (x - long - 2, y - gap),
            (x - long - 2, y + gap + 6),
        ):
            box = (left, base - 7, left + long, base + 1.5)
            inside = left >= 0 and left + long <= window.width and base <= window.height
            if inside and not any(_touch(box, other) for other in taken):
                taken.append(box)
                placed.append((place.name, left, base))
                break
    return placed


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@cache
def _rings() -> list[Ring]:
    """The outer outlines of the countries; lakes are not cut out."""
    found: list[Ring] = []
    for feature in json.loads(_BASEMAP.read_text(encoding="utf-8"))["features"]:
        geometry = feature["geometry"]
        held = geometry["coordinates"]
        polygons = held if geometry["type"] == "MultiPolygon" else [held]
        found += [polygon[0] for polygon in polygons]
    return found


def _land(window: _Window) -> str:
    """Outlines that reach into the window, as one path."""
    drawn = []
    for ring in _rings():
        lons = [lon for lon, _lat in ring]
        lats = [lat for _lon, lat in ring]
        if (
            min(lons) > window.east
            or max(lons) < window.west
            or min(lats) > window.north
            or max(lats) < window.south
        ):
            continue
        points = [window.point(lon, lat) for lon, lat in ring]
        drawn.append("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points) + "Z")
    return "".join(drawn)
