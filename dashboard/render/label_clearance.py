"""Where the values of a line can be written so that they lie on no line, mark or other word."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

K = TypeVar("K")
_MARK = 3.0
"""Points from the middle of a mark to its edge."""


@dataclass(frozen=True)
class Area:
    """A rectangle in points, from the floor and the first category on."""

    left: float
    low: float
    right: float
    high: float

    def meets(self, other: "Area") -> bool:
        """Whether the two have a part in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.low < other.high
            and other.low < self.high
        )

    def is_crossed(self, start: tuple[float, float], end: tuple[float, float]) -> bool:
        """Whether a straight line from one point to another goes through it."""
        (x, y), (to_x, to_y) = start, end
        first, last = 0.0, 1.0
        for at, step, low, high in (
            (x, to_x - x, self.left, self.right),
            (y, to_y - y, self.low, self.high),
        ):
            if step == 0:
                if not low < at < high:
                    return False
                continue
            one, other = sorted(((low - at) / step, (high - at) / step))
            first, last = max(first, one), min(last, other)
        return first < last


class Plot:
    """The lines of a chart and the words that are written in it already."""

    def __init__(self, step: float, scale: float, lines: Iterable[Sequence[float | None]]) -> None:
        """Heights of the lines at every category; `step` points apart, `scale` points a unit."""
        self._points = [
            [None if value is None else (place * step, value * scale)
             for place, value in enumerate(line)]
            for line in lines
        ]  # fmt: skip
        self.step, self.scale = step, scale
        self.taken: list[Area] = []

    def placed(
        self,
        places: Iterable[int],
        urgent: Collection[int],
        heights: Sequence[float | None],
        candidates: Callable[[int], Iterable[tuple[K, Area]]],
    ) -> dict[int, K]:
        """Which of its candidates each place has; a place whose every one is taken has none.

        Candidates are areas around the point at (0, 0), the best first. Of a place that is urgent
        the first one is taken that lies on no other word and not under the floor, if none is free.
        """
        found: dict[int, K] = {}
        for place in dict.fromkeys(places):
            x, y = place * self.step, (heights[place] or 0) * self.scale
            moved = [
                (key, Area(area.left + x, area.low + y, area.right + x, area.high + y))
                for key, area in candidates(place)
            ]
            open_ones = [
                one
                for one in moved
                if one[1].low > 0 and not any(one[1].meets(other) for other in self.taken)
            ]
            free = [one for one in open_ones if self._is_free(one[1], (x, y))]
            for key, area in (free or (open_ones if place in urgent else []))[:1]:
                found[place] = key
                self.taken.append(area)
        return found

    def _is_free(self, area: Area, own: tuple[float, float]) -> bool:
        for line in self._points:
            for one, other in pairwise(line):
                if one is not None and other is not None and area.is_crossed(one, other):
                    return False
            for point in line:
                if point is None or point == own:
                    continue
                x, y = point
                if area.meets(Area(x - _MARK, y - _MARK, x + _MARK, y + _MARK)):
                    return False
        return True


def around(half: float, tall: float, apart: float) -> dict[str, Area]:
    """Areas of a label beside a point at (0, 0): above, below, left, right and at the corners.

    The label is twice `half` wide and `tall` high; `apart` lies between point and label.
    """
    side = half + apart
    middles = {
        "t": (0.0, apart + tall / 2),
        "b": (0.0, -apart - tall / 2),
        "tl": (-half * 0.9 - apart / 2, apart + tall / 2 - 1),
        "tr": (half * 0.9 + apart / 2, apart + tall / 2 - 1),
        "bl": (-half * 0.9 - apart / 2, -apart - tall / 2 + 1),
        "br": (half * 0.9 + apart / 2, -apart - tall / 2 + 1),
        "l": (-side, 0.0),
        "r": (side, 0.0),
        "tt": (0.0, apart + tall * 1.6),
    }
    return {
        key: Area(x - half, y - tall / 2, x + half, y + tall / 2) for key, (x, y) in middles.items()
    }
