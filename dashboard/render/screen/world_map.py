"""Promotion centres, events and patients on the world, drawn without any outside request."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pydeck as pdk

from dashboard.content.findings import events_counted
from dashboard.i18n import country_text, day_text, figure_text, label, number_text, record_text
from dashboard.i18n import gettext as _
from dashboard.render.screen.map_clusters import CLUSTER, MARK, apart, groups, opening
from dashboard.render.screen.map_layers import (
    TONES,
    TOOLTIP,
    Colour,
    Tones,
    map_deck,
    name_layers,
    text_layer,
)
from dashboard.store.answer import Row, Rows

_POINTS = Path(__file__).parents[3] / "data" / "geo" / "country_points.csv"

AREAS: dict[str, tuple[float, float, float]] = {
    "asia": (34.5, 108.5, 1.7),
    "world": (30.0, 160.0, 0.62),
}
"""Latitude and longitude of the middle, and zoom. The world lies around the Pacific: Korea and all
places with a centre are in one picture then, Canada to its right. Asia fits the 358 pixels of a
telephone from Karaganda to Sakhalin: 77 degrees of longitude at 4.6 pixels."""
_CLOSE = 3.6
"""Zoom at a place that was chosen in the table."""
_FADED = 120


@dataclass(frozen=True)
class OwnerMarks:
    """The signs of an owner's centres."""

    filled: str
    hollow: str


OWNER_MARKS = (OwnerMarks("●", "○"), OwnerMarks("■", "□"), OwnerMarks("▲", "△"))
"""Open and planned, of the first, second and third owner: never told by colour alone."""
EVENT_MARK = "◆"


@dataclass(frozen=True)
class MapLook:
    """What of the answers is drawn, and how."""

    owners: tuple[str, ...]
    """Regions in the order of their marks, the one in question first."""
    layers: frozenset[str]
    """Of `centres`, `others`, `arcs`, `events`, `patients`."""
    area: str
    """Key of `AREAS`."""
    theme: str
    """`light` or `dark`."""
    pick: str | None = None
    """The centre or event that is picked out by a ring."""
    close: str | None = None
    """The centre or event to which the map moves; None keeps the area."""
    at: tuple[float, float, float] | None = None
    """Latitude, longitude and zoom of a part that was opened; None is the whole area."""


@dataclass(frozen=True)
class WorldMap:
    """A map with what it shows in words."""

    deck: pdk.Deck
    alt: str
    clusters: tuple[tuple[str, str], ...]
    """Where each mark that stands for several opens (`lat,lon,zoom`), and its name."""
    unplaced: tuple[str, ...]
    """What is drawn nowhere because its place is not known or no single one, in words."""


def world_map(
    look: MapLook, centres: Rows, events: Rows, patients: Rows, countries: Iterable[str] = ()
) -> WorldMap:
    """The map of a year, from answers to `map_centres`, `map_events` and `map_patients`.

    Countries (ISO 3166-1 alpha-2) have their names on it.
    """
    points = country_points()
    known = {code: points[code] for code in countries if code in points}
    tones = TONES[look.theme]
    shown = shown_centres(look, centres)
    single = _centre_marks(look, shown, tones)
    event_places = _event_marks(events, tones) if "events" in look.layers else []
    circles = _patient_circles(patients) if "patients" in look.layers else []
    view = look.at or AREAS[look.area]
    for layer_marks in (single, event_places):
        close = next((mark for mark in layer_marks if look.close in mark["ids"]), None)
        if close is not None:
            longitude, latitude = close["position"]
            view = (latitude, longitude, apart(layer_marks, str(look.close), _CLOSE))
    marks, clusters = _grouped(single, view[2], tones.text, 0)
    event_marks, event_clusters = _grouped(event_places, view[2], tones.text, -MARK)
    clusters += event_clusters
    named = sorted([*marks, *clusters, *event_marks], key=lambda mark: mark["is_faded"])
    picked = [mark for mark in (*event_marks, *marks, *clusters) if look.pick in mark["ids"]]
    layers = [
        _patient_layer(circles, tones),
        _arc_layer(single if "arcs" in look.layers else []),
        text_layer(
            "picked",
            [{**mark, "mark": "○", "size": 1.9 * MARK} for mark in picked[:1]],
            tones.text,
            "size",
            is_pickable=False,
            get_pixel_offset="offset",
        ),
        text_layer("events", event_marks, "colour", "size", get_pixel_offset="offset"),
        text_layer("centres", marks, "colour", "size", get_pixel_offset="offset"),
        text_layer("clusters", clusters, "colour", "size", text="disc", get_pixel_offset="offset"),
        text_layer(
            "counts",
            clusters,
            tones.count,
            14,
            is_pickable=False,
            font_weight=700,
            get_pixel_offset="offset",
        ),
        *name_layers(named, view, tones, known),
    ]
    tooltip = TOOLTIP.format(title="{title}", detail="{detail}")
    deck = map_deck(layers, tones, view, 0.5, tooltip, is_land_chosen=True)
    return WorldMap(
        deck,
        _in_words(look, shown, events, patients),
        tuple((one["at"], one["name"]) for one in clusters),
        _unplaced(shown, events, patients),
    )


def shown_centres(look: MapLook, centres: Rows) -> list[Row]:
    """The centres whose layer is on: those of the region in question, and those of others."""
    subject = look.owners[0] if look.owners else None
    return [
        row
        for row in centres
        if ("centres" if row["owner_region"] == subject else "others") in look.layers
    ]


def _centre_marks(look: MapLook, centres: Rows, tones: Tones) -> list[Row]:
    """A mark per centre with a known place."""
    marks = []
    for row in centres:
        if row["lat"] is None:
            continue
        order = min(look.owners.index(row["owner_region"]), len(OWNER_MARKS) - 1)
        state = row["centre_state"]
        faded = state in ("not confirmed", "unknown", "overdue")
        signs = OWNER_MARKS[order]
        marks.append(
            {
                "ids": [row["centre_id"]],
                "title": f"{record_text(row['city'])}, {country_text(row['country'])}",
                "detail": f"{label('region', row['owner_region'])} · "
                f"{label('centre_state', state)}",
                "name": record_text(row["city"]),
                "position": [row["lon"], row["lat"]],
                "home": [row["home_lon"], row["home_lat"]],
                "mark": signs.filled if row["is_named"] else signs.hollow,
                "size": MARK * (0.8 if faded else 1.25),
                "colour": [*tones.owners[order], _FADED if faded else 255],
                "is_faded": faded,
            }
        )
    return marks


def _grouped(marks: Rows, zoom: float, colour: Colour, lift: float) -> tuple[list[Row], list[Row]]:
    """Marks that stand by themselves or in a row, and marks that stand for several, at a zoom.

    The colour is of what stands for marks of several colours, as of several owners; the layer is
    lifted above its places by so many pixels, negative.
    """
    single, clusters = [], []
    for group in groups(marks, zoom):
        if not group.is_cluster:
            width = len(group.marks) * MARK
            for place, mark in enumerate(group.marks):
                across = (place - (len(group.marks) - 1) / 2) * MARK
                single.append(
                    {**mark, "offset": [across, lift], "width": width, "height": mark["size"]}
                )
            continue
        ids = [name for mark in group.marks for name in mark["ids"]]
        colours = {tuple(mark["colour"][:3]) for mark in group.marks}
        cities = list(dict.fromkeys(mark["name"] for mark in group.marks))
        clusters.append(
            {
                "ids": ids,
                "title": " · ".join(cities[:6]) + ("…" if len(cities) > 6 else ""),
                "detail": _("{count} marks here: click to open").format(count=len(ids)),
                "name": _("{city} and {count} more").format(city=cities[0], count=len(cities) - 1)
                if len(cities) > 1
                else cities[0],
                "position": list(group.position),
                "mark": str(len(ids)),
                "disc": "●",
                "size": 2.6 * CLUSTER,
                "at": ",".join(f"{value:.3f}" for value in opening(group, zoom)),
                "colour": [*(colours.pop() if len(colours) == 1 else colour), 255],
                "offset": [0, lift],
                "is_faded": False,
                "width": 2 * CLUSTER,
                "height": 2 * CLUSTER,
            }
        )
    # Drawn in this order: the pale ones lie below.
    return sorted(single, key=lambda mark: not mark["is_faded"]), clusters


def _event_marks(events: Rows, tones: Tones) -> list[Row]:
    """A mark per place, for there may be many events at one."""
    places: dict[tuple[float, float], list[Row]] = defaultdict(list)
    for row in events:
        if row["lat"] is not None:
            places[row["lon"], row["lat"]].append(row)
    return [
        {
            "ids": [row["event_id"] for row in rows],
            "title": f"{record_text(rows[0]['city'])}, {country_text(rows[0]['country'])}",
            "detail": "\n".join(
                f"{record_text(row['title'])} ({day_text(row, 'start_on', 'end_on')})"
                for row in rows[:6]
            ),
            "name": record_text(rows[0]["city"]),
            "position": list(position),
            "mark": EVENT_MARK,
            "size": MARK + 2 * len(rows) ** 0.5,
            "colour": [*tones.event, 255],
            "is_faded": False,
        }
        for position, rows in places.items()
    ]


def _patient_circles(patients: Rows) -> list[Row]:
    """A circle per country, its area by the number of patients."""
    points = country_points()
    single = [row for row in patients if not row["is_group"] and row["nationality"] in points]
    most = max((row["value"] for row in single), default=1)
    return [
        {
            "ids": [],
            "title": country_text(row["nationality"]),
            "detail": _("{count} patients ({evidence})").format(
                count=number_text(row["value"]), evidence=label("evidence", row["evidence"])
            ),
            "position": list(points[row["nationality"]]),
            "radius": 3 + 37 * (row["value"] / most) ** 0.5,
        }
        for row in single
    ]


@cache
def country_points() -> dict[str, tuple[float, float]]:
    """Longitude and latitude at which to draw a country, by ISO 3166-1 alpha-2 code."""
    with _POINTS.open(encoding="utf-8", newline="") as file:
        return {
            row["country"]: (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)
        }


def _patient_layer(circles: Rows, tones: Tones) -> pdk.Layer:
    return pdk.Layer(
        "ScatterplotLayer",
        id="patients",
        data=list(circles),
        get_position="position",
        get_radius="radius",
        radius_units=pdk.types.String("pixels"),
        get_fill_color=[*tones.patients, 70],
        get_line_color=[*tones.patients, 255],
        stroked=True,
        line_width_min_pixels=1,
        pickable=True,
    )


def _arc_layer(marks: Rows) -> pdk.Layer:
    """Great circles from the owning city; those of planned centres are thinner."""
    arcs = [
        {**mark, "colour": [*mark["colour"][:3], 60 if mark["is_faded"] else 130]}
        for mark in marks
        if None not in mark["home"]
    ]
    return pdk.Layer(
        "ArcLayer",
        id="arcs",
        data=arcs,
        get_source_position="home",
        get_target_position="position",
        get_source_color="colour",
        get_target_color="colour",
        get_width=1.5,
        get_height=0,
        great_circle=True,
        wrap_longitude=True,
        pickable=False,
    )


def _in_words(look: MapLook, centres: Rows, events: Rows, patients: Rows) -> str:
    """What the map shows, country by country, for those who do not see it."""
    countries: dict[str, list[str]] = defaultdict(list)
    for row in centres:
        city = record_text(row["city"]) or _("city not known")
        countries[country_text(row["country"])].append(
            f"{city} ({label('region', row['owner_region'])}, "
            f"{label('centre_state', row['centre_state'])})"
        )
    parts = [f"{country}: {', '.join(cities)}" for country, cities in countries.items()]
    if "events" in look.layers and events:
        parts.append(events_counted(events))
    if "patients" in look.layers and patients:
        # The patients that are not shown may be more than any of these, so none is called the most.
        counts = ", ".join(
            f"{country_text(row['nationality'])} {figure_text(row, unit='persons', with_sign=True)}"
            for row in patients
        )
        parts.append(_("patients: {counts}").format(counts=counts))
    words = _("World map of promotion centres.")
    nothing = _("No centre is shown.")
    return f"{words} {'; '.join(parts) or nothing}"


def _unplaced(centres: Rows, events: Rows, patients: Rows) -> tuple[str, ...]:
    """What has no place: named here and in the tables."""
    return (
        *(
            _("centre in {country}, city not known").format(country=country_text(row["country"]))
            for row in centres
            if row["lat"] is None
        ),
        *(record_text(row["title"]) for row in events if row["lat"] is None),
        *(
            f"{country_text(row['nationality'])} {number_text(row['value'])}"
            for row in patients
            if row["is_group"]
        ),
    )
