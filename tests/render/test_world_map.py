"""What the map hands to the browser."""

import itertools
import json

import pytest

from dashboard.i18n import use_language
from dashboard.render.screen.label_places import mercator
from dashboard.render.screen.map_layers import BASEMAP
from dashboard.render.screen.world_map import AREAS, MapLook, country_points, world_map
from dashboard.settings import PROJECT_ROOT
from dashboard.text_metrics import SCREEN_BOLD, text_width

ALL = frozenset({"centres", "others", "arcs", "events", "patients"})
BASEMAP_FILE = PROJECT_ROOT / "dashboard" / BASEMAP.removeprefix("app/")


@pytest.fixture
def drawn(record):
    def draw(year=2018, **look):
        chosen = {"owners": ("KR-27", "KR-30"), "layers": ALL, "area": "asia", "theme": "light"}
        made = world_map(
            MapLook(**(chosen | look)),
            record.ask("map_centres", {"year": year}).rows,
            record.ask("map_events", {"region": "KR-27", "year": year}).rows,
            record.ask("map_patients", {"region": "KR", "year": year}).rows,
        )
        return made, json.loads(made.deck.to_json())

    return draw


def layer(spec, name):
    return next((found for found in spec["layers"] if found["id"] == name), None)


def test_countries_are_named_once_and_chosen_by_their_code(record):
    """Russia and Mongolia have centres, their names stand beside the names of cities."""
    centres = record.ask("map_centres", {"year": 2018}).rows
    look = MapLook(("KR-27", "KR-30"), ALL, "asia", "light")
    spec = json.loads(world_map(look, centres, (), (), ("RU", "MN", "CN", "XX")).deck.to_json())
    named = layer(spec, "countries")["data"]
    assert {(row["code"], row["name"]) for row in named} == {
        ("RU", "러시아"), ("MN", "몽골"), ("CN", "중국")
    }  # fmt: skip
    assert layer(spec, "basemap")["pickable"]
    names = [row["name"] for row in layer(spec, "names")["data"]]
    assert len(names) == len({*names})


@pytest.mark.parametrize("language", ["ko", "en"])
def test_asia_with_its_names_fits_a_telephone(record, language):
    """358 pixels: of a page of 390 the map has that much. West of 60° E lies Moscow, no Asia."""
    use_language(language)
    centres = record.ask("map_centres", {"year": 2025}).rows
    owners = tuple({row["owner_region"]: None for row in centres})
    look = MapLook(owners, frozenset({"centres", "others"}), "asia", "light")
    spec = json.loads(world_map(look, centres, (), ()).deck.to_json())
    latitude, longitude, zoom = AREAS["asia"]
    middle, height = mercator(latitude, longitude, zoom)
    rows = [
        row
        for name in ("centres", "clusters", "names")
        for row in layer(spec, name)["data"]
        if 60 < row["position"][0] < 160
    ]
    assert len(rows) > 30
    for row in rows:
        x, y = mercator(row["position"][1], row["position"][0], zoom)
        left, right = -10, 10
        if "anchor" in row:
            wide = text_width(row["name"], 15, SCREEN_BOLD)
            left = row["offset"][0] - {"start": 0, "middle": wide / 2, "end": wide}[row["anchor"]]
            right = left + wide
        assert middle - 179 <= x + left, row["name"]
        assert x + right <= middle + 179, row["name"]
        assert abs(y - height) < 280 - 20, row["name"]


def test_nothing_but_the_own_basemap_is_fetched(drawn):
    _, spec = drawn()
    assert spec.get("mapProvider") is None
    assert "http" not in json.dumps(spec)
    assert "cartocdn" not in json.dumps(spec)
    assert layer(spec, "basemap")["data"] == BASEMAP


def test_the_basemap_is_inside_the_world_small_and_nameless():
    assert BASEMAP_FILE.stat().st_size < 400_000
    countries = json.loads(BASEMAP_FILE.read_text("utf-8"))["features"]
    assert len(countries) > 150
    assert not any(text for country in countries for text in country["properties"].values())
    codes = [country["id"] for country in countries if "id" in country]
    assert len(codes) == len({*codes}) > 180
    assert {*codes} <= {*country_points()}
    rings = [
        ring
        for country in countries
        for polygon in country["geometry"]["coordinates"]
        for ring in polygon
    ]
    for ring in rings:
        longitudes = [point[0] for point in ring]
        assert -180 <= min(longitudes) <= max(longitudes) <= 180
        # Cut at the antimeridian: no edge runs around the world.
        assert all(abs(a - b) < 100 for a, b in itertools.pairwise(longitudes))


def test_labels_are_hangul_with_their_own_characters_and_font(drawn):
    _, spec = drawn()
    names = layer(spec, "names")
    assert {"야쿠츠크", "노보시비르스크", "울란바토르", "자카르타"} <= {
        place["name"] for place in names["data"]
    }
    assert names["characterSet"] == "auto"
    assert names["fontFamily"].startswith('"Pretendard GOV"')


def test_every_city_of_the_first_view_has_its_name(drawn):
    _, spec = drawn(layers=frozenset({"centres", "others"}))
    marks = {mark["name"] for name in ("centres", "clusters") for mark in layer(spec, name)["data"]}
    assert {place["name"] for place in layer(spec, "names")["data"]} == marks


@pytest.mark.parametrize(
    ("year", "mark"),
    [(2016, "○"), (2018, "●")],
)
def test_novosibirsk_is_hollow_while_it_is_planned(drawn, year, mark):
    _, spec = drawn(year)
    marks = {found["ids"][0]: found for found in layer(spec, "centres")["data"]}
    assert marks["dg-novosibirsk-2018"]["mark"] == mark
    assert marks["dj-novosibirsk-2015"]["mark"] == "■"
    assert marks["dg-novosibirsk-2018"]["offset"] != marks["dj-novosibirsk-2015"]["offset"]


def test_a_centre_without_later_word_is_paler_and_smaller(drawn):
    _, spec = drawn()
    marks = {found["ids"][0]: found for found in layer(spec, "centres")["data"]}
    pale, full = marks["dg-shenzhen-2013"], marks["dg-jakarta-2018"]
    assert pale["colour"][3] < full["colour"][3]
    assert pale["size"] < full["size"]


def test_a_layer_that_is_off_is_not_drawn(drawn):
    _, spec = drawn(layers=frozenset({"others"}))
    assert {found["id"] for found in spec["layers"]} == {"basemap", "centres", "names"}
    assert all(mark["ids"][0].startswith("dj-") for mark in layer(spec, "centres")["data"])


def test_a_choice_in_the_table_moves_the_map_and_one_on_the_map_does_not(drawn):
    _, still = drawn(pick="dg-jakarta-2018")
    assert still["initialViewState"]["zoom"] == AREAS["asia"][2]
    assert len(layer(still, "picked")["data"]) == 1
    _, moved = drawn(pick="dg-jakarta-2018", close="dg-jakarta-2018")
    assert moved["initialViewState"]["latitude"] == pytest.approx(-6.2146)


def test_what_has_no_place_is_said(drawn):
    made, _ = drawn()
    assert "베트남 센터(도시 미상)" in made.unplaced
    assert "러시아: " in made.alt
    assert "야쿠츠크 (대구, 운영 중)" in made.alt


def test_every_nationality_of_the_record_has_a_point(record):
    points = country_points()
    for year in range(2009, 2026):
        for row in record.ask("map_patients", {"region": "KR", "year": year}).rows:
            assert row["is_group"] or row["nationality"] in points


def boxes(spec, zoom):
    """What is drawn on a map: name or sign, and left, top, right, bottom in pixels."""
    for name in ("centres", "events", "clusters"):
        for mark in (layer(spec, name) or {"data": []})["data"]:
            x, y = mercator(mark["position"][1], mark["position"][0], zoom)
            x, y = x + mark["offset"][0], y + mark["offset"][1]
            # A disc is 30 pixels; a sign takes 17 of its row, and is as high as its letters.
            wide, tall = (30, 30) if name == "clusters" else (17, mark["size"])
            yield mark["mark"], False, (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
    for name, letters in (("names", 15), ("countries", 13)):
        for place in (layer(spec, name) or {"data": []})["data"]:
            x, y = mercator(place["position"][1], place["position"][0], zoom)
            x, y = x + place["offset"][0], y + place["offset"][1]
            wide = text_width(place["name"], letters, SCREEN_BOLD)
            left = x - {"start": 0, "middle": wide / 2, "end": wide}[place["anchor"]]
            yield place["name"], True, (left, y - 9, left + wide, y + 9)


@pytest.mark.parametrize("area", ["asia", "world"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_name_lies_on_a_mark_or_on_another_name(shipped_record, language, area):
    """Of the shipped record, with and without events; the width of the page moves no name."""
    use_language(language)
    record = shipped_record
    countries = [row["country"] for row in record.ask("countries").rows]
    found = []
    for year in (2014, 2019, 2023):
        centres = record.ask("map_centres", {"year": year}).rows
        owners = ("KR-27", *sorted({row["owner_region"] for row in centres} - {"KR-27"}))
        events = record.ask("map_events", {"region": "KR-27", "year": year}).rows
        for layers in (ALL, ALL - {"events"}):
            look = MapLook(owners=owners, layers=layers, area=area, theme="light")
            made = world_map(look, centres, events, (), countries)
            drawn = list(boxes(json.loads(made.deck.to_json()), AREAS[area][2]))
            assert len(drawn) > 20
            for (one, is_name, a), (other, is_other, b) in itertools.combinations(drawn, 2):
                wide = min(a[2], b[2]) - max(a[0], b[0])
                tall = min(a[3], b[3]) - max(a[1], b[1])
                if (is_name or is_other) and wide > 0 and tall > 0 and wide * tall > 0.5:
                    found.append((year, one, other))
    assert found == []
