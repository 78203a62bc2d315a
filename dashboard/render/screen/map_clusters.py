"""Marks that would lie on each other become one with their number; nearer, they come apart."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from dashboard.render.screen.label_places import mercator
from dashboard.store.answer import Row

Point = tuple[float, float]
"""Longitude and latitude in degrees."""

MARK = 17.0
"""Pixels from one mark of a row to the next."""
CLUSTER = 15.0
"""Radius of the mark that stands for several, in pixels."""
_ROW = 3
"""So many marks of one place stand in a row at any zoom."""
_FAN = 4.0
"""Zoom from which all marks of one place stand in a row, however many."""
_HEIGHT = 1.25 * MARK
_STEP = 0.5
NEAREST = 7.0
"""Zoom beyond which no map goes."""


@dataclass(frozen=True)
class Group:
    """Marks that are drawn as a row at one place, or as one mark with their number."""

    position: Point
    """Of the place with the most of them."""
    marks: tuple[Row, ...]
    is_cluster: bool


def groups(marks: Iterable[Row], zoom: float) -> list[Group]:
    """Marks by the places at which they stand at a zoom, as deck.gl counts it.

    Each has its `position`, longitude and latitude. Groups whose marks overlap are joined until
    none do, so that no mark hides another.
    """
    places: dict[Point, list[Row]] = defaultdict(list)
    for mark in marks:
        lon, lat = mark["position"]
        places[lon, lat].append(mark)
    found = [_group([members], zoom) for members in places.values()]
    while pair := _first_overlap(found, zoom):
        joined = sorted(pair, key=lambda group: -len(group.marks))
        rest = [group for group in found if group not in joined]
        found = [*rest, _group([list(group.marks) for group in joined], zoom)]
    return found


def _group(parts: Sequence[list[Row]], zoom: float) -> Group:
    marks = tuple(mark for part in parts for mark in part)
    lon, lat = parts[0][0]["position"]
    is_row = len(parts) == 1 and _is_one_place(marks) and (len(marks) <= _ROW or zoom >= _FAN)
    return Group((lon, lat), marks, not is_row)


def _is_one_place(marks: Sequence[Row]) -> bool:
    return len({tuple(mark["position"]) for mark in marks}) == 1


def _first_overlap(found: Sequence[Group], zoom: float) -> tuple[Group, Group] | None:
    boxes = [(group, *_box(group, zoom)) for group in found]
    for (one, x, y, wide, tall), (other, u, v, broad, high) in combinations(boxes, 2):
        if abs(x - u) < (wide + broad) / 2 and abs(y - v) < (tall + high) / 2:
            return one, other
    return None


def _box(group: Group, zoom: float) -> tuple[float, float, float, float]:
    """Middle, width and height in pixels."""
    x, y = mercator(group.position[1], group.position[0], zoom)
    if group.is_cluster:
        return x, y, 2 * CLUSTER, 2 * CLUSTER
    return x, y, len(group.marks) * MARK, _HEIGHT


def opening(group: Group, zoom: float) -> tuple[float, float, float]:
    """Latitude, longitude and zoom at which a cluster comes apart, or is as near as a map goes."""
    longitudes = [mark["position"][0] for mark in group.marks]
    latitudes = [mark["position"][1] for mark in group.marks]
    nearer = zoom + _STEP
    while nearer < NEAREST and any(one.is_cluster for one in groups(group.marks, nearer)):
        nearer += _STEP
    middle = (min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2
    return *middle, min(nearer, NEAREST)


def apart(marks: Sequence[Row], name: str, zoom: float) -> float:
    """The least zoom from one on at which the mark of an id stands by itself or in a row."""
    while zoom < NEAREST and any(
        group.is_cluster and any(name in mark["ids"] for mark in group.marks)
        for group in groups(marks, zoom)
    ):
        zoom += _STEP
    return min(zoom, NEAREST)
