"""A map of a report on screen: places on the world's outline, drawn without an outside request."""

import math
from statistics import median_low

import pydeck as pdk

from dashboard.content.document import MapBlock, Place
from dashboard.render.screen.map_layers import TONES, TOOLTIP, map_deck, name_layers, text_layer

_MARK = 20
_WIDTH = 400
"""Pixels for which the zoom is chosen; a wider map shows more of the world around."""
_REACH = 70.0
"""Degrees of longitude from the middle place beyond which the map does not open."""
_LEAST_SPAN = 24.0
"""Degrees at least, so that a single place is seen among its neighbours."""


def report_map(block: MapBlock, theme: str, height: int) -> pdk.Deck:
    """The map of a report: filled marks for certain places, hollow ones for the others.

    There is a place or more; the theme is `light` or `dark`, the height is in pixels.
    """
    tones = TONES[theme]
    view = _view(block.places, height)
    marks = [
        {
            "name": place.name,
            "position": [place.lon, place.lat],
            "mark": "●" if place.is_certain else "○",
            "width": _MARK,
            "height": _MARK,
            "offset": [0, 0],
        }
        for place in block.places
    ]
    # Certain places have their choice of room first.
    named = sorted(marks, key=lambda mark: mark["mark"] == "○")
    layers = [
        text_layer("places", marks, tones.owners[0], _MARK),
        *name_layers(named, view, tones),
    ]
    return map_deck(layers, tones, view, 0.3, TOOLTIP.format(title="{name}", detail=""))


def _view(places: tuple[Place, ...], height: int) -> tuple[float, float, float]:
    """Latitude, longitude and zoom at which the places are seen.

    A place far from the others does not push the view away from them: it is reached by moving the
    map, and stands in the words. At zoom z the world is 512 · 2^z pixels wide (Web Mercator as
    deck.gl counts it). Longitudes count from 30° W eastwards, so that places on both sides of the
    Pacific stay together.
    """
    seen = _near(places)
    eastward = [_eastward(place) for place in seen]
    north = [_mercator(place.lat) for place in seen]
    wide = max(max(eastward) - min(eastward), _LEAST_SPAN) * 1.35
    tall = max(max(north) - min(north), _LEAST_SPAN) * 1.35
    zoom = min(math.log2(_WIDTH * 360 / (512 * wide)), math.log2(height * 360 / (512 * tall)))
    middle = math.radians((max(north) + min(north)) / 2)
    latitude = math.degrees(2 * math.atan(math.exp(middle)) - math.pi / 2)
    return latitude, (max(eastward) + min(eastward)) / 2, zoom


def _near(places: tuple[Place, ...]) -> list[Place]:
    """The places within reach of the middle one."""
    middle = median_low(_eastward(place) for place in places)
    return [place for place in places if abs(_eastward(place) - middle) <= _REACH]


def _eastward(place: Place) -> float:
    return (place.lon + 30) % 360 - 30


def _mercator(latitude: float) -> float:
    """Degrees north as Web Mercator stretches them."""
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))
