"""Maps of reports on screen: where they open, and what is certain."""

import json

import pytest

from dashboard.content.document import MapBlock, Place
from dashboard.render.screen.report_map import report_map


def spec(*places, height=420):
    return json.loads(report_map(MapBlock("A finding", places, "Words"), "light", height).to_json())


def test_certain_places_are_filled_and_others_hollow():
    shown = spec(Place("Jakarta", -6.2, 106.8), Place("Ningbo", 29.9, 121.5, is_certain=False))
    layers = {layer["id"]: layer for layer in shown["layers"]}
    assert [mark["mark"] for mark in layers["places"]["data"]] == ["●", "○"]
    assert {name["name"] for name in layers["names"]["data"]} == {"Jakarta", "Ningbo"}
    assert layers["basemap"]["data"].startswith("app/static/")


def test_the_map_opens_over_the_places():
    view = spec(Place("Jakarta", 0.0, 100.0), Place("Ningbo", 0.0, 120.0))["initialViewState"]
    assert view["longitude"] == pytest.approx(110)
    assert view["latitude"] == pytest.approx(0, abs=1e-6)


def test_a_single_place_is_seen_among_its_neighbours():
    view = spec(Place("Ulaanbaatar", 47.9, 106.9))["initialViewState"]
    assert view["latitude"] == pytest.approx(47.9)
    # 24 degrees of longitude with a third of room on 400 pixels: 400 · 360 / (512 · 32.4) = 2^3.1.
    assert view["zoom"] == pytest.approx(3.1, abs=0.05)


def test_one_place_beyond_the_ocean_does_not_shrink_the_others():
    near = (
        Place("Shanghai", 31.2, 121.5),
        Place("Beijing", 39.9, 116.4),
        Place("Xi'an", 34.3, 108.9),
    )
    far = Place("Mississauga", 43.6, -79.6)
    alone, together = spec(*near)["initialViewState"], spec(*near, far)["initialViewState"]
    assert together["zoom"] == alone["zoom"]
    marks = next(one for one in spec(*near, far)["layers"] if one["id"] == "places")["data"]
    assert "Mississauga" in {mark["name"] for mark in marks}
