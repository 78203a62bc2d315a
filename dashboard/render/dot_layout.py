"""Where the dots of a dot chart stand, so that none lies on another: screen and paper draw it."""

import math
from dataclasses import dataclass, replace
from datetime import date

from dashboard.content.document import Dot, DotChart
from dashboard.i18n import date_text, number_text
from dashboard.render.footnotes import marked
from dashboard.render.number_formats import number
from dashboard.text_metrics import SCREEN, SCREEN_BOLD, text_width, wrapped

PAGE_WIDTH, PAGE_LETTERS, PAGE_ROWS = 480.0, 8.0, 34.0
"""Points of a plot on an upright sheet, of its letters, and the rows that leave room for its title
and the heading above: 34 rows of 15.2 points are 517 of some 690."""
ROW = 1.9
"""Height of a row of dots, as a multiple of the size of the letters."""
_NAME = 0.75
"""Height of a line of a lane's name, in rows."""
_PITCH = 0.55
"""From one row of dots to the next where no text stands beside them, in rows."""
_RADIUS, _LEAST, _GREATEST = 0.38, 0.25, 0.85
"""Radius of a dot in sizes of letters: of one without size, of the smallest, of the greatest."""
_GAP = 0.35
"""Between what stands beside each other in a row, in sizes of letters."""
_LEFTWARD = 0.6
"""From this part of the width on, the text of a dot stands to its left."""
_EDGE = 0.03
"""Part of the axis before the first and after the last dot."""
_LEAST_DAYS = 20
"""Before the first and after the last day, so that a month begins in between."""
_MOST_TICKS = 8
_GROUPED = 10_000
"""From here on a number has its thousands apart: 2019 may be a year."""


@dataclass(frozen=True)
class PlacedDot:
    """A dot where it stands."""

    dot: Dot
    start: float
    """On the axis: the number itself, or the day counted as `date.toordinal` does."""
    end: float
    """Where it reaches to; `start` where it does not last."""
    row: float
    """Rows from the top to its middle."""
    radius: float
    """In the unit of the width."""
    text: str
    """What stands beside it."""
    is_text_left: bool


@dataclass(frozen=True)
class Lane:
    """The name of a lane, in lines that fit the width."""

    name: str
    lines: tuple[str, ...]
    top: float
    """Rows from the top to where it begins."""


@dataclass(frozen=True)
class DotLayout:
    """A dot chart laid out."""

    lanes: tuple[Lane, ...]
    dots: tuple[PlacedDot, ...]
    rows: float
    """Rows in all."""
    low: float
    high: float
    """Where the axis begins and ends."""
    ticks: tuple[tuple[float, str], ...]
    """Places on the axis and what is written there."""


def lay_out(block: DotChart, width: float, size: float) -> DotLayout:
    """Rows for every lane, as many as its dots need beside each other.

    Width of the plot and size of the letters are in one unit, points or pixels.

    Raises:
        ValueError: days and numbers stand on one axis, or a day is not one of ISO 8601.
    """
    mixed = [dot.at for dot in block.dots if isinstance(dot.at, str) is not is_of_days(block)]
    if mixed:
        raise ValueError(f"days and numbers on one axis: {mixed[0]} of {block.title}")
    spans = [_span(dot) for dot in block.dots]
    first, last = min(start for start, _end in spans), max(end for _start, end in spans)
    edge = (last - first) * _EDGE or 0.5
    if is_of_days(block):
        edge = max(edge, _LEAST_DAYS)
    low, high = first - edge, last + edge
    scale = width / (high - low)
    greatest = max((number(dot.cell) or 0 for dot in block.dots), default=0)
    pitch = 1.0 if any(dot.cell.text for dot in block.dots) else _PITCH
    lanes: list[Lane] = []
    placed: list[PlacedDot] = []
    top = 0.0
    for lane in block.lanes:
        lines = tuple(wrapped(lane, width, size, SCREEN_BOLD))
        lanes.append(Lane(lane, lines, top))
        top += _NAME * len(lines)
        taken: list[list[tuple[float, float]]] = []
        inside = [pair for pair in zip(block.dots, spans, strict=True) if pair[0].lane == lane]
        for dot, (start, end) in sorted(inside, key=lambda pair: pair[1]):
            text = marked(dot.cell) if dot.cell.text else ""
            radius = _radius(dot, greatest) * size
            is_left = (end - low) * scale > width * _LEFTWARD
            reach = radius + _GAP * size
            room = text_width(text, size, SCREEN) + _GAP * size if text else 0
            left = (start - low) * scale - reach - (room if is_left else 0)
            right = (end - low) * scale + reach + (0 if is_left else room)
            row = _free_row(taken, left, right)
            middle = top + (row + 0.5) * pitch
            placed.append(PlacedDot(dot, start, end, middle, radius, text, is_left))
        top += len(taken) * pitch + 0.25
    ticks = _number_ticks(low, high)
    if is_of_days(block):
        has_months = any("-" in str(dot.at) for dot in block.dots)
        # A month written out, with room to the next, in days.
        month = (text_width(_day_text("2022-12"), size, SCREEN) + size) / scale
        ticks = _day_ticks(low, high, has_months=has_months, month=month)
    return DotLayout(tuple(lanes), tuple(placed), top, low, high, ticks)


def lane_parts(block: DotChart, width: float, size: float, most_rows: float) -> list[DotChart]:
    """A dot chart with more rows than a page holds, as charts of whole lanes, however long.

    Width of the plot and size of the letters are in one unit, points or pixels.
    """
    laid = lay_out(block, width, size)
    ends = [*(lane.top for lane in laid.lanes[1:]), laid.rows]
    groups: list[list[str]] = []
    began = 0.0
    for lane, end in zip(laid.lanes, ends, strict=True):
        if not groups or end - began > most_rows:
            groups.append([])
            began = lane.top
        groups[-1].append(lane.name)
    return [
        replace(
            block, lanes=tuple(names), dots=tuple(dot for dot in block.dots if dot.lane in names)
        )
        for names in groups
    ]


def whole_lanes(block: DotChart) -> list[DotChart]:
    """A dot chart as charts that each stand on a page of paper, the note under the last."""
    found = lane_parts(block, PAGE_WIDTH, PAGE_LETTERS, PAGE_ROWS)
    return [*(replace(part, note="") for part in found[:-1]), *found[-1:]]


def is_of_days(block: DotChart) -> bool:
    """Whether the axis counts days."""
    return any(isinstance(dot.at, str) for dot in block.dots)


def _free_row(taken: list[list[tuple[float, float]]], left: float, right: float) -> int:
    """The first row in which nothing stands between two places; takes the place there."""
    for row, spans in enumerate(taken):
        if all(right <= start or left >= end for start, end in spans):
            spans.append((left, right))
            return row
    taken.append([(left, right)])
    return len(taken) - 1


def _radius(dot: Dot, greatest: float) -> float:
    """Areas are to each other as the values; what has none is drawn small."""
    value = number(dot.cell)
    if value is None or greatest <= 0:
        return _RADIUS
    return max(_GREATEST * math.sqrt(max(value, 0) / greatest), _LEAST)


def _span(dot: Dot) -> tuple[float, float]:
    start = _place(dot.at, is_end=False)
    end = start if dot.end is None else _place(dot.end, is_end=True)
    return start, max(start, end)


def _place(at: float | str, *, is_end: bool) -> float:
    """Of a month or year its first day, as an end its last."""
    if not isinstance(at, str):
        return float(at)
    parts = [int(part) for part in at.split("-")]
    if len(parts) == 3:
        return float(date.fromisoformat(at).toordinal())
    year, month = (parts[0], parts[1]) if len(parts) == 2 else (parts[0], 12 if is_end else 1)
    if not is_end:
        return float(date(year, month, 1).toordinal())
    return float(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)


def _day_ticks(
    low: float, high: float, has_months: bool, month: float
) -> tuple[tuple[float, str], ...]:
    """Beginnings of years; of months, where the axis spans no two years and months are known.

    The name of a month needs so many days, and stands inside the axis where that is wide enough.
    """
    first, last = date.fromordinal(math.floor(low)), date.fromordinal(math.ceil(high))
    years = list(range(first.year, last.year + 1))
    step = next(step for step in (1, 2, 3, 5, 10, 20, 50) if len(years) / step <= _MOST_TICKS)
    found = [(f"{year}", date(year, 1, 1)) for year in years if year % step == 0]
    inside = [pair for pair in found if low <= pair[1].toordinal() <= high]
    if len(inside) < 2 and has_months:
        months = [(year, month) for year in years for month in range(1, 13)]
        dated = [(f"{year}-{month:02}", date(year, month, 1)) for year, month in months]
        inside = [pair for pair in dated if low <= pair[1].toordinal() <= high]
        most = min(max(int((high - low) // month), 1), 6)
        whole = [
            pair for pair in inside if low + month / 2 <= pair[1].toordinal() <= high - month / 2
        ]
        inside = whole or inside
        inside = inside[:: -(-len(inside) // most) or 1]
    return tuple((float(day.toordinal()), _day_text(text)) for text, day in inside)


def _day_text(text: str) -> str:
    """Years as bare numbers, which tick by tick need no word."""
    return text if len(text) == 4 else date_text(text)


def _number_ticks(low: float, high: float) -> tuple[tuple[float, str], ...]:
    step = round_step(high - low)
    places = range(math.ceil(low / step), math.floor(high / step) + 1)
    return tuple((step * place, _number(step * place)) for place in places)


def _number(value: float) -> str:
    return number_text(value, 2) if abs(value) >= _GROUPED else f"{round(value, 2):g}"


def round_step(spread: float) -> float:
    """The round number that divides a spread into four parts or so."""
    rough = spread / 4
    size: float = 10.0 ** math.floor(math.log10(rough))
    return next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough)
