"""The world map with its slider and layers, the tables beside it, and the card of a choice."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import count
from typing import Any

import streamlit as st

from dashboard.content.findings import NATION
from dashboard.i18n import gettext as _
from dashboard.i18n import label, language
from dashboard.render.screen.address import write
from dashboard.render.screen.same_object import Same
from dashboard.render.screen.texts import Toned, Words, draw_list
from dashboard.render.screen.world_map import (
    AREAS,
    EVENT_MARK,
    OWNER_MARKS,
    MapLook,
    WorldMap,
    shown_centres,
    world_map,
)
from dashboard.store.answer import Answer, Row, Rows
from dashboard.store.ask import Record
from dashboard.ui.chart_card import data_note
from dashboard.ui.event_filters import ALL, or_all
from dashboard.ui.filter_bar import region_name, url_choice
from dashboard.ui.map_choice import (
    LAYERS,
    PART,
    MapChoice,
    cluster_choice,
    event_types,
    layer_name,
    read_choice,
)
from dashboard.ui.map_lists import draw_card, draw_lists

_HEIGHT = 560
_KEPT = 64
"""So many maps stay drawn."""
_STEP_SECONDS = 1.2
"""How long a year stays when the slider plays."""
_PLAYING = "map-playing"
_COUNTRY_CHOSEN = "map-country-chosen"
"""Whether a country was chosen on the map: the page draws what it says of the country."""
_ON_MAP = "map-chosen-on-it"
"""Id of what was chosen on the map, which then does not move; it moves to what a table names."""


def world_map_part(record: Record, asked: dict[str, Any]) -> None:
    """Draw the controls and the map, by themselves when a control changes anything but the year.

    The year is the page's: another one draws the page anew.
    """
    is_playing = st.session_state.setdefault(_PLAYING, False)
    # While it plays the part comes back by itself and moves on.
    again = st.fragment(_part, run_every=_STEP_SECONDS if is_playing else None)
    again(record, asked, is_playing, count())


def _part(record: Record, asked: dict[str, Any], is_playing: bool, runs: Iterator[int]) -> None:
    choice = read_choice(record, asked["region"])
    if next(runs) and is_playing:
        _play_on(choice)
    is_other_page = st.session_state.pop(_COUNTRY_CHOSEN, False)
    if is_other_page or st.session_state[_PLAYING] != is_playing or choice.year != asked["year"]:
        st.rerun()
    centres = record.ask("map_centres", {"year": choice.year})
    events = _events(record, choice)
    patients = _patients(record, choice)
    left, right = st.columns([5, 3], gap="medium")
    with left:
        countries = [row["country"] for row in record.ask("countries").rows]
        clusters = _map(choice, countries, centres, events, patients)
        _controls(record, choice)
        cluster_choice(choice, clusters)
        _reading(choice, centres, patients)
    with right:
        draw_card(record, choice, centres, events)
        draw_lists(_look(choice, centres), centres, events)
    for answer, key in ((events, "map-events"), (patients, "map-patients")):
        if answer is not None:
            data_note(answer, key, _("Map"))


def _controls(record: Record, choice: MapChoice) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="cr-map-years"):
        st.button(
            _("Pause") if st.session_state[_PLAYING] else _("Play the years"),
            icon=":material/pause:" if st.session_state[_PLAYING] else ":material/play_arrow:",
            on_click=_toggle_play,
            args=(choice,),
            key="map-play",
        )
        st.session_state["map-year"] = choice.year
        first, last = choice.years[0], choice.years[-1]
        title = _("End of year, {first} to {last}").format(first=first, last=last)
        st.slider(title, first, last, key="map-year", on_change=_year_to_url)
    with st.container(horizontal=True, vertical_alignment="bottom", key="cr-map-layers"):
        # All Korea has no others.
        offered = [name for name in LAYERS if name != "others" or choice.owner is not None]
        st.session_state["map-layers"] = [name for name in choice.layers if name in offered]
        st.pills(
            _("Layers"),
            offered,
            selection_mode="multi",
            format_func=partial(layer_name, region=choice.region),
            key="map-layers",
            on_change=_layers_to_url,
        )
        url_choice("area", _("Part of the world"), list(AREAS), "asia", partial(label, "area"), 150)
        if "events" in choice.layers:
            types = [ALL, *event_types(record)]
            names = or_all(partial(label, "event_type"))
            url_choice("event_type", _("Event type"), types, ALL, names, 190)
        if "patients" in choice.layers:
            regions = [row["region"] for row in record.ask("regions").rows]
            url_choice("patients_of", _("Patients of"), regions, NATION, region_name, 150)


def _year_to_url() -> None:
    st.session_state[_PLAYING] = False
    write({"year": str(st.session_state["map-year"])})


def _layers_to_url() -> None:
    write({"layers": ",".join(st.session_state["map-layers"])})


def _toggle_play(choice: MapChoice) -> None:
    """Play from the chosen year, from the first one if the last is chosen."""
    st.session_state[_PLAYING] = not st.session_state[_PLAYING]
    if st.session_state[_PLAYING] and choice.year == choice.years[-1]:
        write({"year": str(choice.years[0])})


def _play_on(choice: MapChoice) -> None:
    """Go to the next year; after the last one it stops."""
    if st.session_state[_PLAYING] and choice.year < choice.years[-1]:
        write({"year": str(choice.year + 1)})
        st.rerun()
    st.session_state[_PLAYING] = False


def _events(record: Record, choice: MapChoice) -> Answer | None:
    if "events" not in choice.layers:
        return None
    asked: dict[str, object] = {"region": choice.owner, "year": choice.year}
    return record.ask("map_events", asked | {"event_type": choice.event_type})


def _patients(record: Record, choice: MapChoice) -> Answer | None:
    if "patients" not in choice.layers:
        return None
    return record.ask("map_patients", {"region": choice.patients_of, "year": choice.year})


def _rows(answer: Answer | None) -> Rows:
    return answer.rows if answer is not None else ()


def _owners(choice: MapChoice, centres: Answer) -> tuple[str, ...]:
    """The region in question, then those with the most centres."""
    counts = Counter(row["owner_region"] for row in centres.rows)
    others = sorted(counts, key=lambda region: (-counts[region], region))
    if choice.owner is None:
        return tuple(others)
    return choice.region, *(region for region in others if region != choice.region)


def _look(choice: MapChoice, centres: Answer) -> MapLook:
    layers = set(choice.layers)
    if choice.owner is None and "centres" in layers:
        # For all Korea every centre is in question.
        layers.add("others")
    return MapLook(
        owners=_owners(choice, centres),
        layers=frozenset(layers),
        area=choice.area,
        theme="dark" if st.context.theme.type == "dark" else "light",
        pick=choice.pick,
        close=None if st.session_state.get(_ON_MAP) == choice.pick else choice.pick,
        at=choice.at,
    )


def _map(
    choice: MapChoice,
    countries: Sequence[str],
    centres: Answer,
    events: Answer | None,
    patients: Answer | None,
) -> Sequence[tuple[str, str]]:
    """Draw the map.

    Returns:
        Where each mark that stands for several opens, and its name.
    """
    shown = (Same(centres.rows), Same(_rows(events)), Same(_rows(patients)))
    drawn = _drawn(_look(choice, centres), *shown, tuple(countries), language())
    st.pydeck_chart(
        drawn.deck,
        height=_HEIGHT,
        key="world-map",
        on_select=partial(_pick_on_map, frozenset(countries)),
        selection_mode="single-object",
        alt=drawn.alt,
    )
    if drawn.unplaced:
        st.caption(_("Not on the map: {list}").format(list="; ".join(drawn.unplaced)))
    return drawn.clusters


@lru_cache(maxsize=_KEPT)
def _drawn(
    look: MapLook,
    centres: Same[Rows],
    events: Same[Rows],
    patients: Same[Rows],
    countries: tuple[str, ...],
    _code: str,
) -> WorldMap:
    """The map of these answers, drawn once: its names find their places one after the other."""
    return world_map(look, centres.of, events.of, patients.of, countries)


def _reading(choice: MapChoice, centres: Answer, patients: Answer | None) -> None:
    """How the map is read and moved."""
    look = _look(choice, centres)
    draw_list(_key(look, shown_centres(look, centres.rows)), "map-key", _("Key of the map"))
    if patients is not None and not patients.rows:
        st.info(
            _("{region} {year}: no patients by country in the record. That is no zero.").format(
                region=region_name(choice.patients_of), year=choice.year
            )
        )
    st.caption(
        _(
            "A country opens its page. A disc with a number stands for so many marks; a click on "
            "it shows them apart."
        )
        + " "
        + _(
            "Drag to move; double-click to zoom in, with Shift to zoom out; keys + and − do so too."
        )
        + " "
        + _("Basemap: Natural Earth. Borders are those of the source.")
    )


def _key(look: MapLook, shown: Iterable[Row]) -> list[Words]:
    """What each mark means: mark, how it is drawn, and the words."""
    entries: list[Words] = []
    drawn = {row["owner_region"] for row in shown}
    last = len(OWNER_MARKS) - 1
    for order, marks in enumerate(OWNER_MARKS):
        # All that have no sign of their own share the last one.
        owners = look.owners[order:] if order == last else look.owners[order : order + 1]
        name = ", ".join(region_name(region) for region in owners if region in drawn)
        if name:
            signs = (
                _sign(marks.filled, label("centre_state", "open")),
                _sign(marks.filled, label("centre_state", "not confirmed"), " cr-map-faded"),
                _sign(marks.hollow, label("centre_state", "planned")),
                _sign(marks.hollow, label("centre_state", "overdue"), " cr-map-faded"),
            )
            entries.append(Toned((Toned(name, "strong"), *signs), f"map-owner-{order}"))
    if "events" in look.layers:
        name, sign = _("Events of the year"), _sign(EVENT_MARK, _("place of one or more"))
        entries.append(Toned((Toned(name, "strong"), sign), "map-event"))
    if "patients" in look.layers:
        name, sign = _("Patients by country"), _sign("○", _("the area is the number"))
        entries.append(Toned((Toned(name, "strong"), sign), "map-patients"))
    return entries


def _sign(mark: str, text: str, look: str = "") -> Words:
    return (Toned(mark, f"map-mark{look}"), text)


def _pick_on_map(countries: frozenset[str]) -> None:
    """A mark opens its card, a disc its part of the map, a country its page; else all is closed."""
    objects = st.session_state["world-map"]["selection"]["objects"]
    lands = [found.get("code") or found.get("id") for found in objects.get("countries", ())]
    lands += [found.get("id") for found in objects.get("basemap", ())]
    chosen = [found for layer in ("centres", "events") for found in objects.get(layer, ())]
    several = objects.get("clusters", ())
    if chosen:
        st.session_state[_ON_MAP] = chosen[0]["ids"][0]
        write({"pick": st.session_state[_ON_MAP]})
    elif several:
        write({"pick": None, PART: several[0]["at"]})
    elif lands and lands[0] in countries:
        write({"pick": None, "country": lands[0]})
        st.session_state[_COUNTRY_CHOSEN] = True
    else:
        write({"pick": None})
