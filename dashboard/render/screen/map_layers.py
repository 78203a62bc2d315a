"""What all maps on screen share: colours, land, signs, names of places and the frame."""

from collections.abc import Sequence
from dataclasses import dataclass

import pydeck as pdk

from dashboard.render.screen.label_places import Place, label_spots
from dashboard.render.screen.map_clusters import NEAREST
from dashboard.store.answer import Row

BASEMAP = "app/static/geo/countries.json"
"""Relative, so that it is found behind any address; fetched by the browser, once."""

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


TONES = {
    "light": Tones(
        land=[230, 232, 234],
        border=[177, 184, 190],
        text=[30, 33, 36],
        owners=([11, 80, 208], [138, 92, 0], [70, 76, 83]),
        event=[38, 115, 55],
        patients=[109, 120, 130],
        count=[255, 255, 255],
    ),
    "dark": Tones(
        land=[51, 54, 61],
        border=[88, 97, 106],
        text=[244, 245, 246],
        owners=([134, 175, 249], [255, 201, 92], [205, 209, 213]),
        event=[126, 200, 142],
        patients=[177, 184, 190],
        count=[30, 33, 36],
    ),
}


def map_deck(
    layers: Sequence[pdk.Layer],
    tones: Tones,
    view: tuple[float, float, float],
    least_zoom: float,
    tooltip: str,
) -> pdk.Deck:
    """The layers above the land, from below to above, drawn without any outside request.

    The view is latitude and longitude of the middle, and zoom. A layer without rows is left out;
    names in braces in the tooltip are columns of its layer.
    """
    latitude, longitude, zoom = view
    land = pdk.Layer(
        "GeoJsonLayer",
        id="basemap",
        data=BASEMAP,
        filled=True,
        stroked=True,
        pickable=False,
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
        tooltip={"text": tooltip},
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


def name_layer(marks: Sequence[Row], zoom: float, tones: Tones) -> pdk.Layer:
    """The names of the places, each once; one that finds no room is left to the words.

    Marks have name, position (longitude, latitude) and width (pixels); those that come first have
    their choice of room first.
    """
    places: dict[str, Row] = {}
    for mark in marks:
        places.setdefault(mark["name"], mark)
    named = list(places.values())
    spots = label_spots(
        [
            Place(mark["name"], mark["position"][1], mark["position"][0], mark["width"])
            for mark in named
        ],
        zoom,
    )
    rows = [
        {
            "name": mark["name"],
            "position": mark["position"],
            "anchor": spot.anchor,
            "offset": list(spot.offset),
        }
        for mark, spot in zip(named, spots, strict=True)
        if spot is not None
    ]
    return text_layer(
        "names",
        rows,
        tones.text,
        15,
        text="name",
        is_pickable=False,
        font_weight=700,
        get_text_anchor="anchor",
        get_pixel_offset="offset",
    )
