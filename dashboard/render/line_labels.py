"""Where the words of a line stand on paper: its name at its end, values above or below points."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from dashboard.content.document import Cell, ChartBlock, Series
from dashboard.render.chart_design import lowest_rank
from dashboard.render.label_clearance import Area, Plot, around
from dashboard.render.number_formats import number
from dashboard.text_metrics import SCREEN, SCREEN_BOLD, text_width, wrapped

SIZE = 8.0
"""Letters in points, as a chart on paper has them."""
SMALL = 7.5
_NAMES_SHARE = 0.17
"""Part of the width that a line of the name beside a line of a chart may have."""
NAME_LINE = SIZE * 1.25
_APART = 4.0
"""Points between a point of a line and its label."""
_ORDER = ("t", "b", "tl", "tr", "bl", "br", "l", "r")
"""Where a label stands rather than elsewhere, as `label_clearance.around` calls it."""
NEAR = 18.0
"""Points between two lines that leave no room for a label."""
Spec = dict[str, Any]
Labels = dict[int, tuple[float, float]]
"""Places of a line whose labels are drawn, and how far right of and above their points."""


def heights_of(block: ChartBlock, series: Series) -> list[float | None]:
    """How high each point stands; upside down, ranks rise and fall as a line does."""
    top = lowest_rank(block) + 1 if block.kind == "rank" else 0
    values = [number(cell) for cell in series.cells]
    return [top - value if top and value is not None else value for value in values]


def top_of(block: ChartBlock, cell: Cell) -> float:
    """How high a range reaches, as `heights_of` counts; of ranks to the best.

    Raises:
        ValueError: the cell is no range.
    """
    if cell.span is None:
        raise ValueError(f"no range: {cell.text}")
    return lowest_rank(block) + 1 - cell.span[0] if block.kind == "rank" else cell.span[1]


def widest_name(marks: Mapping[str, Spec]) -> float:
    """Points that the names beside the lines take; one line alone has no name there."""
    beside = [line for one in marks.values() for line in one["lines"]] if len(marks) > 1 else []
    return max(map(letters_width, beside), default=0)


def name_marks(block: ChartBlock, width: float, scale: float) -> dict[str, Spec]:
    """How the name beside each line is set: long ones in lines, none upon another."""
    ends: dict[int, list[tuple[float, str]]] = {}
    for series in block.series:
        heights = heights_of(block, series)
        known = [place for place, height in enumerate(heights) if height is not None]
        if known:
            ends.setdefault(known[-1], []).append(((heights[known[-1]] or 0) * scale, series.name))
    marks: dict[str, Spec] = {series.name: {"lines": [series.name]} for series in block.series}
    for group in ends.values():
        lines = {name: wrapped(name, width * _NAMES_SHARE, SIZE, SCREEN_BOLD) for _, name in group}
        group.sort(reverse=True)
        places: list[float] = []
        for at, (height, name) in enumerate(group):
            if at:
                rows = len(lines[name]) + len(lines[group[at - 1][1]])
                height = min(height, places[-1] - rows / 2 * NAME_LINE)
            places.append(height)
        # As far up as down: the last one is the farthest from its line.
        shift = (group[-1][0] - places[-1]) / 2
        is_moved = shift > 0
        for (height, name), place in zip(group, places, strict=True):
            down = height - place - shift - (len(lines[name]) - 1) / 2 * NAME_LINE
            marks[name] = {"dy": down, "dx": 16 if is_moved else 5, "lines": lines[name]}
    return marks


def is_below(
    heights: Sequence[float | None], place: int, others: Sequence[float | None], near: float
) -> bool:
    """Whether the label of a point goes below it: where another line is close above, or it dips."""
    here = heights[place]
    if here is None:
        return False
    above = any(other is not None and 0 < other - here < near for other in others)
    below = any(other is not None and 0 < here - other < near for other in others)
    return above if above != below else dips(heights, place)


def dips(values: Sequence[float | None], place: int) -> bool:
    """Whether the line comes down to a point and rises after it, so that its label goes below."""
    here = values[place]
    before = values[place - 1] if place else None
    after = values[place + 1] if place + 1 < len(values) else None
    if here is None or before is None:
        return False
    return before > here > 0 and (after is None or after > here)


def labelled(
    plot: Plot,
    values: Sequence[float | None],
    texts: Mapping[int, str],
    below: Collection[int] = (),
    above: Collection[int] = (),
    chosen: int | None = None,
) -> Labels:
    """Points whose labels lie on no line, mark or other label, as far as there is room.

    First that of the view, then the last, the greatest and the least, which are written even where
    a line has to pass behind them.

    Args:
        plot: lines of the chart, and what is written in it already.
        values: heights of the points.
        texts: place → label; a place without is not labelled.
        below: places whose label rather goes below the point; it goes where there is room.
        above: places whose label can go above only: what stands there is a range.
        chosen: the place the view is about.

    Returns:
        Place → points by which the middle of its label stands right of and above the point.
    """
    known = [(value, place) for place, value in enumerate(values) if place in texts and value]
    known += [(0.0, place) for place, value in enumerate(values) if place in texts and value == 0]
    if not known:
        return {}
    urgent = [max(known, key=lambda one: one[1])[1], max(known)[1], min(known)[1]]
    if chosen is not None and chosen in texts:
        urgent.insert(0, chosen)

    def candidates(place: int) -> Iterator[tuple[tuple[float, float], Area]]:
        half = text_width(texts[place], SMALL, SCREEN) / 2
        areas = around(half, SMALL + 1.5, _APART)
        order: tuple[str, ...] = ("t", "tt", "tl", "tr") if place in above else _ORDER
        if place in below:
            order = ("b", "t", *(key for key in order if key not in "tb"))
        for key in order:
            area = areas[key]
            yield ((area.left + area.right) / 2, (area.low + area.high) / 2), area

    places = [*urgent, *sorted(place for _value, place in known)]
    return plot.placed(places, urgent, values, candidates)


def letters_width(text: str) -> float:
    """In points, at most, of a text of a chart."""
    return text_width(text, SIZE, SCREEN_BOLD)
