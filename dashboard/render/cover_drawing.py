"""Arcs from a city to its promotion centres, as the ornament of a deck's cover."""

import math
from collections.abc import Iterator

import vl_convert

from dashboard.content.document import Place
from dashboard.content.report import Cover

WIDTH, HEIGHT = 340.0, 320.0
"""Points."""
_PIXELS = 1360
_MARGIN = 12.0
_FARTHEST = 75.0
"""Degrees of longitude; what lies farther, across an ocean, would press all others together."""
_BEND = 0.22
"""How far an arc leaves the straight line, as a part of its length."""
_LINE, _DOT, _CITY = "#4c87f6", "#86aff9", "#ffffff"


def cover_picture(cover: Cover) -> bytes:
    """The arcs on a transparent ground, as PNG; empty where fewer than two centres lie near."""
    home, centres = cover.home, cover.centres
    if home is None:
        return b""
    near = [one for one in centres if abs(one.lon - home.lon) <= _FARTHEST]
    if len(near) < 2:
        return b""
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">'
        f"{''.join(_shapes(home, near))}</svg>"
    )
    return vl_convert.svg_to_png(drawn, scale=_PIXELS / WIDTH)


def _shapes(home: Place, centres: list[Place]) -> Iterator[str]:
    """Lines first, so that no line crosses a point."""
    points = _projected([home, *centres])
    (x, y), *ends = points
    for end_x, end_y in ends:
        # A quarter turn to the right of the way bends it upwards where it goes west.
        bend_x = (x + end_x) / 2 - (end_y - y) * _BEND
        bend_y = (y + end_y) / 2 + (end_x - x) * _BEND
        yield (
            f'<path d="M{x:.1f} {y:.1f}Q{bend_x:.1f} {bend_y:.1f} {end_x:.1f} {end_y:.1f}" '
            f'fill="none" stroke="{_LINE}" stroke-width="1.2"/>'
        )
    for end_x, end_y in ends:
        yield f'<circle cx="{end_x:.1f}" cy="{end_y:.1f}" r="4" fill="{_DOT}"/>'
    yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="{_CITY}"/>'


def _projected(places: list[Place]) -> list[tuple[float, float]]:
    """Places in the picture: equirectangular, true to scale at their middle latitude."""
    lats, lons = [one.lat for one in places], [one.lon for one in places]
    squeeze = math.cos(math.radians((min(lats) + max(lats)) / 2))
    width, height = (max(lons) - min(lons)) * squeeze, max(lats) - min(lats)
    room_x, room_y = WIDTH - 2 * _MARGIN, HEIGHT - 2 * _MARGIN
    scale = min(room_x / max(width, 1e-9), room_y / max(height, 1e-9))
    left, top = (WIDTH - width * scale) / 2, (HEIGHT - height * scale) / 2
    return [
        (
            left + (one.lon - min(lons)) * squeeze * scale,
            top + (max(lats) - one.lat) * scale,
        )
        for one in places
    ]
