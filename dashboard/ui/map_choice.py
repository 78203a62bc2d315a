"""What the reader chose to see on the map. It lives in the URL: a copied link shows the same."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.content.findings import NATION
from dashboard.content.links import Link
from dashboard.i18n import country_text
from dashboard.i18n import gettext as _
from dashboard.render.screen.links import href
from dashboard.render.screen.map_clusters import NEAREST
from dashboard.render.screen.paging import AT
from dashboard.render.screen.texts import Anchor, draw_text
from dashboard.render.screen.world_map import AREAS
from dashboard.store.ask import Record
from dashboard.ui.event_filters import ALL
from dashboard.ui.filter_bar import (
    DEFAULT_REGION,
    filters_row,
    from_url,
    region_name,
    url_choice,
)

LAYERS = ("centres", "others", "arcs", "events", "patients")
"""`centres` are those of the region in question, `others` those of all other regions."""
PART = f"{AT}map"
"""What the address calls the part of the map that was opened; another choice shows the whole."""
_DEFAULT_LAYERS = ("centres", "others")
_DEFAULT_YEAR = 2018
"""The end of 2018: the state that the ministry's onsite review of January 2019 looked at."""


@dataclass(frozen=True)
class MapChoice:
    """What the URL says, read again in every run of the map."""

    region: str
    years: tuple[int, ...]
    """The years that the record can show."""
    year: int
    layers: tuple[str, ...]
    event_type: str | None
    patients_of: str
    """Region whose patients are drawn."""
    area: str
    pick: str | None
    """Id of the centre or event whose card is open."""
    at: tuple[float, float, float] | None
    """Latitude, longitude and zoom of the part that was opened; None is the whole area."""

    @property
    def owner(self) -> str | None:
        """The region in question as a parameter; None for all Korea."""
        return None if self.region == NATION else self.region


def map_filters(record: Record) -> dict[str, object]:
    """Draw region and country page, and read them and the year of the map from the address."""
    regions = [row["region"] for row in record.ask("regions").rows]
    countries = [row["country"] for row in record.ask("countries").rows]
    with filters_row():
        region = url_choice("region", _("Region"), regions, DEFAULT_REGION, region_name)
        country = url_choice(
            "country", _("Country page"), [ALL, *countries], ALL, _country_name, 230
        )
    if country != ALL:
        draw_text(Anchor(f"← {_('Back to the map')}", href(Link("", (("country", ""),)))), "back")
    return {
        "region": region,
        "year": read_choice(record, region).year,
        "country": None if country == ALL else country,
    }


def read_choice(record: Record, region: str) -> MapChoice:
    """The choice in the URL; what it lacks or has wrong takes its default."""
    years = tuple(row["year"] for row in record.ask("map_years").rows)
    year = from_url("year", [str(year) for year in years], str(_DEFAULT_YEAR))
    written = st.query_params.get("layers")
    layers = _DEFAULT_LAYERS if written is None else tuple(written.split(","))
    regions = [row["region"] for row in record.ask("regions").rows]
    types = event_types(record)
    event_type = from_url("event_type", types, ALL)
    return MapChoice(
        region=region,
        years=years,
        year=min(max(int(year), years[0]), years[-1]),
        layers=tuple(name for name in LAYERS if name in layers),
        event_type=None if event_type == ALL else event_type,
        patients_of=from_url("patients_of", regions, NATION),
        area=from_url("area", tuple(AREAS), "asia"),
        pick=st.query_params.get("pick"),
        at=part_of_map(st.query_params.get(PART, "")),
    )


def cluster_choice(choice: MapChoice, clusters: Sequence[tuple[str, str]]) -> None:
    """What a click on a mark that stands for several does, for the keyboard; and the way back.

    `clusters` says where each such mark opens, and its name.
    """
    names = {ALL: _("none (the whole part of the world)"), **dict(clusters)}
    if choice.at is not None:
        names[st.query_params[PART]] = _("what is seen now")
    if len(names) > 1:
        title = _("Open marks that lie close together")
        url_choice(PART, title, list(names), ALL, names.__getitem__, 330)


def part_of_map(written: str) -> tuple[float, float, float] | None:
    """Latitude, longitude and zoom from `lat,lon,zoom`; None for what is no part of a map."""
    if not re.fullmatch(r"(-?\d{1,3}(\.\d{1,3})?,){2}\d(\.\d{1,3})?", written):
        return None
    latitude, longitude, zoom = map(float, written.split(","))
    is_inside = abs(latitude) <= 85 and abs(longitude) <= 180 and 0.5 <= zoom <= NEAREST
    return (latitude, longitude, zoom) if is_inside else None


def event_types(record: Record) -> list[str]:
    """The types of event there are."""
    return sorted({row["event_type"] for row in record.ask("events").rows})


def layer_name(name: str, region: str) -> str:
    """Name of a layer for the reader."""
    return {
        "centres": _("{region}: centres").format(region=region_name(region)),
        "others": _("Centres of other regions"),
        "arcs": _("Arcs from the owning city"),
        "events": _("Events of the year"),
        "patients": _("Patients by country"),
    }[name]


def _country_name(code: str) -> str:
    return _("none (world map)") if code == ALL else country_text(code)
