"""Names beside their marks."""

import random

import pytest

from dashboard.render.screen.label_places import Place, label_spots, mercator
from dashboard.text_metrics import SCREEN_BOLD, text_width


def test_mercator_of_known_points():
    # Zoom 1: the world is 1,024 pixels wide; the equator and Greenwich lie in its middle.
    assert mercator(0, 0, 1) == pytest.approx((512, 512))
    assert mercator(0, 180, 0) == pytest.approx((512, 256))
    # 85.0511 degrees are where the square world ends: atan(sinh(pi)).
    assert mercator(85.05112878, 0, 0)[1] == pytest.approx(0, abs=1e-6)


def test_a_name_alone_stands_to_the_right():
    (spot,) = label_spots([Place("Almaty", 43, 77, 16)], 2)
    assert spot.anchor == "start"
    assert spot.offset == (16, 0)  # half the mark and a gap of 8


def test_a_neighbour_to_the_right_sends_the_name_elsewhere():
    # At zoom 2 a degree is 2048 / 360 = 5.7 pixels: the neighbour lies 23 pixels to the right.
    first, second = label_spots([Place("Bishkek", 43, 74, 16), Place("Almaty", 43, 78, 16)], 2)
    assert first.anchor == "end"
    assert second.anchor == "start"


def test_names_that_cannot_stand_anywhere_are_left_out():
    places = [Place("A very long name of a city", 40, 100, 16)] * 40
    spots = label_spots(places, 2)
    assert spots[0] is not None
    assert None in spots


@pytest.mark.parametrize("seed", range(20))
def test_no_name_lies_on_another_for_the_most_part(seed):
    lots = random.Random(seed)
    places = [
        Place("도시이름", lots.uniform(-40, 60), lots.uniform(40, 140), 16) for _ in range(30)
    ]
    zoom = 2
    boxes = []
    for place, spot in zip(places, label_spots(places, zoom), strict=True):
        if spot is None:
            continue
        x, y = mercator(place.lat, place.lon, zoom)
        width = text_width(place.name, 15, SCREEN_BOLD)
        left = x + spot.offset[0] - {"start": 0, "middle": width / 2, "end": width}[spot.anchor]
        boxes.append((left, y + spot.offset[1] - 9, left + width, y + spot.offset[1] + 9))
    for number, one in enumerate(boxes):
        for other in boxes[:number]:
            shared = max(min(one[2], other[2]) - max(one[0], other[0]), 0) * max(
                min(one[3], other[3]) - max(one[1], other[1]), 0
            )
            assert shared < 0.4 * (one[2] - one[0]) * 18
