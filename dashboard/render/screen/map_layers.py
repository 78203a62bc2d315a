"""What all maps on screen share: colours, land, signs, names of places and the frame."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pydeck as pdk

from dashboard.i18n import country_text
from dashboard.render.screen.label_places import LETTERS, Place, label_spots, mercator
from dashboard.render.screen.map_clusters import NEAREST
from dashboard.store.answer import Row

BASEMAP = "app/static/geo/countries-2.json"
"""Relative, so that it is found behind any address; fetched by the browser, once."""

TOOLTIP = '<div class="cr-map-tip"><b>{title}</b><span>{detail}</span></div>'
"""What stands at the pointer: a title, and lines below it."""
TELEPHONE = 358
"""Pixels of a map on a telephone."""
LAND_LETTERS = 13
"""Size of the names of countries, in pixels."""

Colour = list[int]


@dataclass(frozen=True)
class Tones:
    """The colours of a theme."""

    land: Colour
    border: Colour
    text: Colour
    owners: tuple[Colour, ...]
    """Of the first, second and third owner of what is marked."""
    event: Colour
    patients: Colour
    count: Colour
    """Of the number on a mark that stands for several."""
    country: Colour
    """Of the names of countries."""
    lit: Colour
    """Of the country under the pointer."""


TONES = {
    "light": Tones(
        land=[230, 232, 234],
        border=[177, 184, 190],
        text=[30, 33, 36],
        owners=([11, 80, 208], [138, 92, 0], [70, 76, 83]),
        event=[38, 115, 55],
        patients=[109, 120, 130],
        count=[255, 255, 255],
        country=[88, 97, 106],
        lit=[177, 206, 251],
    ),
    "dark": Tones(
        land=[51, 54, 61],
        border=[88, 97, 106],
        text=[244, 245, 246],
        owners=([134, 175, 249], [255, 201, 92], [205, 209, 213]),
        event=[126, 200, 142],
        patients=[177, 184, 190],
        count=[30, 33, 36],
        country=[177, 184, 190],
        lit=[8, 56, 145],
    ),
}


def map_deck(
    layers: Sequence[pdk.Layer],
    tones: Tones,
    view: tuple[float, float, float],
    least_zoom: float,
    tooltip: str,
    *,
    is_land_chosen: bool = False,
) -> pdk.Deck:
    """The layers above the land, from below to above, drawn without any outside request.

    The view is latitude and longitude of the middle, and zoom. A layer without rows is left out;
    names in braces in the tooltip, which is HTML, are columns of its layer. Where land can be
    chosen, a country is lit under the pointer; its `id` is its code (ISO 3166-1 alpha-2).
    """
    latitude, longitude, zoom = view
    land = pdk.Layer(
        "GeoJsonLayer",
        id="basemap",
        data=BASEMAP,
        filled=True,
        stroked=True,
        pickable=is_land_chosen,
        # Lines are slow to look through: a country is found by its area.
        _sub_layer_props={"polygons-stroke": {"pickable": False}},
        auto_highlight=is_land_chosen,
        highlight_color=tones.lit,
        get_fill_color=tones.land,
        get_line_color=tones.border,
        line_width_min_pixels=0.6,
    )
    return pdk.Deck(
        # A layer without rows would make the browser warn of a font atlas without letters.
        layers=[land, *(layer for layer in layers if layer.data)],
        views=[pdk.View(type="MapView", controller={"scrollZoom": False}, repeat=True)],
        initial_view_state=pdk.ViewState(
            latitude=latitude, longitude=longitude, zoom=zoom, min_zoom=least_zoom, max_zoom=NEAREST
        ),
        map_provider=None,
        # Without padding of its own: what says nothing, as land does, then has no box.
        tooltip={"html": tooltip, "style": {"padding": "0"}},
    )


def text_layer(
    name: str,
    rows: Sequence[Row],
    colour: Colour | str,
    size: float | str,
    *,
    text: str = "mark",
    is_pickable: bool = True,
    **more: object,
) -> pdk.Layer:
    """Signs or names at the `position` of their rows.

    Colour and size, in pixels, are of all, or name the column that has them; `text` is the column
    of what is written.
    """
    return pdk.Layer(
        "TextLayer",
        id=name,
        data=list(rows),
        get_position="position",
        get_text=text,
        get_size=size,
        get_color=colour,
        character_set=pdk.types.String("auto"),
        font_family=pdk.types.String('"Pretendard GOV", sans-serif'),
        pickable=is_pickable,
        **more,
    )


def mark_place(mark: Row) -> Place:
    """The room that a mark takes, by its row."""
    longitude, latitude = mark["position"]
    return Place(
        mark["name"],
        latitude,
        longitude,
        mark["width"],
        height=mark["height"],
        lift=mark["offset"][1],
    )


def name_layers(
    marks: Sequence[Row],
    view: tuple[float, float, float],
    tones: Tones,
    countries: Mapping[str, tuple[float, float]] | None = None,
) -> list[pdk.Layer]:
    """The names of the places and below them those of countries, each once, where there is room.

    The view is latitude and longitude of the middle, and zoom. Marks have name, position
    (longitude, latitude), width, height and lift (pixels); those that come first have their choice
    of room first. Countries are code to position, and come after all marks.
    """
    drawn = [mark_place(mark) for mark in marks]
    places = list({place.name: place for place in reversed(drawn)}.values())[::-1]
    others = [place for place in drawn if place not in places]
    lands = [
        Place(country_text(code), lat, lon, 0, LAND_LETTERS)
        for code, (lon, lat) in (countries or {}).items()
    ]
    latitude, longitude, zoom = view
    middle, _height = mercator(latitude, longitude, zoom)
    edges = (middle - TELEPHONE / 2, middle + TELEPHONE / 2)
    spots = label_spots([*places, *lands], zoom, edges, others)
    rows = [
        {
            "name": place.name,
            "position": [place.lon, place.lat],
            "anchor": spot.anchor,
            "offset": list(spot.offset),
            "code": code,
            "title": place.name,
            "detail": "",
        }
        for place, spot, code in zip(
            [*places, *lands], spots, [*("" for _ in places), *(countries or {})], strict=True
        )
        if spot is not None
    ]
    return [
        text_layer(
            name,
            [row for row in rows if bool(row["code"]) is is_land],
            tones.country if is_land else tones.text,
            LAND_LETTERS if is_land else LETTERS,
            text="name",
            is_pickable=is_land,
            font_weight=400 if is_land else 700,
            get_text_anchor="anchor",
            get_pixel_offset="offset",
        )
        for name, is_land in (("countries", True), ("names", False))
    ]
