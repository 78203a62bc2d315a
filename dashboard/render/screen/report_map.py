"""A map of a report on screen: places on the world's outline, drawn without an outside request."""

import math
from dataclasses import dataclass
from statistics import median_low

import pydeck as pdk

from dashboard.content.document import MapBlock, Place
from dashboard.render.screen.label_places import Place as NamedPlace
from dashboard.render.screen.label_places import label_spots
from dashboard.render.screen.world_map import BASEMAP

Colour = list[int]

_MARK = 20
_WIDTH = 400
"""Pixels for which the zoom is chosen; a wider map shows more of the world around."""
_REACH = 70.0
"""Degrees of longitude from the middle place beyond which the map does not open."""
_LEAST_SPAN = 24.0
"""Degrees at least, so that a single place is seen among its neighbours."""


@dataclass(frozen=True)
class _Tones:
    land: Colour
    border: Colour
    text: Colour
    mark: Colour


_TONES = {
    "light": _Tones([230, 232, 234], [177, 184, 190], [30, 33, 36], [11, 80, 208]),
    "dark": _Tones([51, 54, 61], [88, 97, 106], [244, 245, 246], [134, 175, 249]),
}


def report_map(block: MapBlock, theme: str, height: int) -> pdk.Deck:
    """The map of a report: filled marks for certain places, hollow ones for the others.

    Args:
        block: the places; at least one.
        theme: `light` or `dark`.
        height: of the map, in pixels.
    """
    tones = _TONES[theme]
    latitude, longitude, zoom = _view(block.places, height)
    marks = [
        {
            "name": place.name,
            "position": [place.lon, place.lat],
            "mark": "●" if place.is_certain else "○",
        }
        for place in block.places
    ]
    layers = [
        pdk.Layer(
            "GeoJsonLayer",
            id="basemap",
            data=BASEMAP,
            filled=True,
            stroked=True,
            pickable=False,
            get_fill_color=tones.land,
            get_line_color=tones.border,
            line_width_min_pixels=0.6,
        ),
        pdk.Layer(
            "TextLayer",
            id="places",
            data=marks,
            get_position="position",
            get_text="mark",
            get_size=_MARK,
            get_color=tones.mark,
            character_set=pdk.types.String("auto"),
            font_family=pdk.types.String('"Pretendard GOV", sans-serif'),
            pickable=True,
        ),
        _names(block, zoom, tones),
    ]
    return pdk.Deck(
        layers=layers,
        views=[pdk.View(type="MapView", controller={"scrollZoom": False}, repeat=True)],
        initial_view_state=pdk.ViewState(
            latitude=latitude, longitude=longitude, zoom=zoom, min_zoom=0.3, max_zoom=7
        ),
        map_provider=None,
        tooltip={"text": "{name}"},
    )


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


def _names(block: MapBlock, zoom: float, tones: _Tones) -> pdk.Layer:
    """Each name once, the certain places first; one that finds no room is left to the words."""
    places = {
        place.name: place for place in sorted(block.places, key=lambda one: not one.is_certain)
    }
    spots = label_spots(
        [NamedPlace(place.name, place.lat, place.lon, _MARK) for place in places.values()], zoom
    )
    data = [
        {
            "name": place.name,
            "position": [place.lon, place.lat],
            "anchor": spot.anchor,
            "offset": list(spot.offset),
        }
        for place, spot in zip(places.values(), spots, strict=True)
        if spot is not None
    ]
    return pdk.Layer(
        "TextLayer",
        id="names",
        data=data,
        get_position="position",
        get_text="name",
        get_size=15,
        font_weight=700,
        get_color=tones.text,
        get_text_anchor="anchor",
        get_pixel_offset="offset",
        character_set=pdk.types.String("auto"),
        font_family=pdk.types.String('"Pretendard GOV", sans-serif'),
        pickable=False,
    )
