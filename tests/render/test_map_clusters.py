"""Marks that would lie on each other are one with their number, and come apart nearer."""

from itertools import combinations

import pytest

from dashboard.i18n import speaking
from dashboard.render.screen.label_places import mercator
from dashboard.render.screen.map_clusters import CLUSTER, MARK, apart, groups, opening
from dashboard.render.screen.world_map import AREAS, MapLook, world_map


def marks(*places):
    """One mark a place, named by its number."""
    return [{"ids": [str(number)], "position": list(place)} for number, place in enumerate(places)]


def sizes(found):
    return sorted((len(group.marks), group.is_cluster) for group in found)


def test_two_marks_are_one_while_they_overlap():
    """At zoom 0 the world is 512 pixels wide: 17 pixels are 17 / 512 * 360 = 11.95 degrees."""
    assert sizes(groups(marks((100, 0), (111.9, 0)), 0)) == [(2, True)]
    assert sizes(groups(marks((100, 0), (112.1, 0)), 0)) == [(1, False), (1, False)]
    # A zoom more halves the degrees.
    assert sizes(groups(marks((100, 0), (106.1, 0)), 1)) == [(1, False), (1, False)]


def test_up_to_three_of_one_place_stand_in_a_row_and_more_when_near():
    assert sizes(groups(marks(*[(100, 0)] * 3), 2)) == [(3, False)]
    assert sizes(groups(marks(*[(100, 0)] * 4), 2)) == [(4, True)]
    assert sizes(groups(marks(*[(100, 0)] * 4), 4)) == [(4, False)]


def test_a_cluster_opens_where_it_comes_apart():
    """Two marks 2 degrees apart need 17 pixels: 512 * 2^z / 360 * 2 >= 17, so z >= 2.58."""
    (group,) = groups(marks((100, 0), (102, 0)), 1)
    latitude, longitude, zoom = opening(group, 1)
    assert (latitude, longitude) == (0, 101)
    assert zoom == 3  # the first half step beyond 2.58
    assert apart(group.marks, "1", 1) == 3


@pytest.fixture(scope="module")
def drawn(shipped_record):
    def draw(year, at=None):
        with speaking("en"):
            centres = shipped_record.ask("map_centres", {"year": year}).rows
            events = shipped_record.ask("map_events", {"region": None, "year": year}).rows
            owners = tuple(dict.fromkeys(row["owner_region"] for row in centres))
            look = MapLook(
                owners, frozenset({"centres", "others", "events"}), "asia", "light", at=at
            )
            return world_map(look, centres, events, ()), centres, events

    return draw


@pytest.mark.parametrize("year", [2016, 2018, 2025])
def test_no_mark_hides_another_and_none_is_lost(drawn, year):
    made, centres, events = drawn(year)
    layers = {layer.id: layer.data for layer in made.deck.layers}
    clusters = layers.get("clusters", [])
    for name, rows, key in (("centres", centres, "centre_id"), ("events", events, "event_id")):
        single = [one for mark in layers.get(name, []) for one in mark["ids"]]
        shown = single + [one for mark in clusters for one in mark["ids"]]
        placed = [row[key] for row in rows if row["lat"] is not None]
        assert set(placed) <= set(shown)
        assert len(shown) == len(set(shown))
    zoom = AREAS["asia"][2]
    discs = [
        mercator(c["position"][1], c["position"][0], zoom) for c in clusters if not c["offset"][1]
    ]
    assert all(
        max(abs(a - c), abs(b - d)) >= 2 * CLUSTER for (a, b), (c, d) in combinations(discs, 2)
    )
    for mark in layers["centres"]:
        x, y = mercator(mark["position"][1], mark["position"][0], zoom)
        assert all(abs(x - u) >= CLUSTER or abs(y - v) >= CLUSTER for u, v in discs)
    assert MARK < 2 * CLUSTER


def test_every_cluster_can_be_opened_by_its_name(drawn):
    made, _centres, _events = drawn(2025)
    assert made.clusters
    for at, name in made.clusters:
        assert name
        latitude, longitude, zoom = map(float, at.split(","))
        nearer, _rows, _more = drawn(2025, (latitude, longitude, zoom))
        assert (at, name) not in nearer.clusters


def test_a_cluster_has_the_colour_of_its_owner_and_of_none_where_there_are_several(drawn):
    made, centres, _events = drawn(2025)
    owner = {row["centre_id"]: row["owner_region"] for row in centres}
    first = next(iter(owner.values()))
    blue, dark = (11, 80, 208), (30, 33, 36)
    (clusters,) = (layer.data for layer in made.deck.layers if layer.id == "clusters")
    of_first = {
        tuple(mark["colour"][:3]): len({owner[one] for one in mark["ids"]})
        for mark in clusters
        if first in {owner.get(one) for one in mark["ids"]}
    }
    assert dark in of_first
    assert all(colour == (blue if owners == 1 else dark) for colour, owners in of_first.items())
