"""Where the bars of a chart begin and end: beside each other, and striped ones beyond others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.content.document import Cell, ChartBlock
from dashboard.render.footnotes import marked
from dashboard.render.number_formats import number
from dashboard.text_metrics import SCREEN, text_width

_LEAST_BARS = 0.25
"""Part of the width that the bars keep, however long the texts at their ends."""


@dataclass(frozen=True)
class Bar:
    """One bar."""

    series: int
    category: int
    slot: int
    """Which of the bars under each other in its category, counted from 0."""
    start: float
    """Zero, or where the bar ends beyond which this one goes on."""
    end: float
    cell: Cell
    text: str
    """What stands at its end: the texts of all that follow each other there; empty but for the
    last of them."""
    is_striped: bool = False
    """What could be, of a series of such bars or beyond the least of a range."""
    is_text_left: bool = False
    """The text stands left of the bar, since that ends below zero."""

    @property
    def text_at(self) -> float:
        """Where on the axis the text begins or, left of the bar, ends."""
        return min(self.start, self.end) if self.is_text_left else max(self.start, self.end)


def slots(block: ChartBlock) -> list[int]:
    """The slot of each series: one for all where no category has two bars that are not striped.

    A striped series stands in the slot of the last one before it that is not.
    """
    plain = [series for series in block.series if not series.is_striped]
    counts = [
        sum(number(series.cells[at]) is not None for series in plain)
        for at in range(len(block.categories))
    ]
    if max(counts, default=0) <= 1:
        return [0] * len(block.series)
    found: list[int] = []
    for series in block.series:
        found.append(found[-1] if found and series.is_striped else len(set(found)))
    return found


def bars(block: ChartBlock) -> Iterator[Bar]:
    """The bars of a chart, series by series, without those of missing figures."""
    if block.is_waterfall:
        yield from sorted(_waterfall(block), key=lambda bar: bar.series)
        return
    places = slots(block)
    ends: dict[tuple[int, int], float] = {}
    texts: dict[tuple[int, int], list[str]] = {}
    drawn: list[tuple[int, int, float, float, Cell]] = []
    for at, series in enumerate(block.series):
        for category, cell in enumerate(series.cells):
            value = number(cell)
            if value is None:
                continue
            spot = (places[at], category)
            start = ends.get(spot, 0.0) if series.is_striped else 0.0
            ends[spot] = start + value
            texts.setdefault(spot, []).append(marked(cell))
            drawn.append((at, category, start, start + value, cell))
    last = {(places[at], category): at for at, category, *_rest in drawn}
    for at, category, start, end, cell in drawn:
        spot = (places[at], category)
        text = " · ".join(texts[spot]) if last[spot] == at else ""
        is_striped = block.series[at].is_striped
        yield Bar(at, category, places[at], start, end, cell, text, is_striped, end < 0)


def _waterfall(block: ChartBlock) -> Iterator[Bar]:
    """From whole to whole; of a range the least is full, and what it could be more is striped.

    What follows a range begins at its least, so that the last range, of what is left over, may
    reach as far as the whole at the end.
    """
    level = 0.0
    last = len(block.categories) - 1
    for category in range(last + 1):
        for at, series in enumerate(block.series):
            cell = series.cells[category]
            value = number(cell)
            low, high = cell.span or (value, value)
            if low is None or high is None:
                continue
            if category in (0, last):
                level = 0.0
            nearest = low if low > 0 else min(high, 0.0)
            farthest = high if low > 0 else low
            text = marked(cell)
            if nearest or low == high:
                said = text if low == high else ""
                yield Bar(at, category, 0, level, level + nearest, cell, said)
            if low < high:
                # A range on both sides of nothing is striped from end to end.
                start, end = (low, high) if nearest == 0 else (nearest, farthest)
                yield Bar(at, category, 0, level + start, level + end, cell, text, is_striped=True)
            level += low


def axis_of(drawn: Sequence[Bar], width: float, size: float) -> tuple[float, float]:
    """Least and greatest value of the axis, so that the texts at the ends of bars have room.

    Width of the plot and size of the letters are in one unit, points or pixels.
    """
    ends = [0.0, *(end for bar in drawn for end in (bar.start, bar.end))]
    low, high = min(ends), max(ends)
    widths = [
        (bar.is_text_left, text_width(bar.text, size, SCREEN) + size) for bar in drawn if bar.text
    ]
    if low == 0 and not any(is_left for is_left, _wide in widths):
        # Each text needs room behind its own bar, and not behind the longest.
        units = [high / width or 1 / width]
        units += [
            bar.text_at
            / max(width - text_width(bar.text, size, SCREEN) - size, width * _LEAST_BARS)
            for bar in drawn
            if bar.text
        ]
        return low, max(units) * width
    left = max((wide for is_left, wide in widths if is_left), default=0.0)
    right = max((wide for is_left, wide in widths if not is_left), default=0.0)
    unit = (high - low or 1) / max(width - left - right, width * _LEAST_BARS)
    return low - left * unit, high + right * unit


def is_stacked(block: ChartBlock) -> bool:
    """Whether bars go on in striped ones."""
    return any(series.is_striped for series in block.series)


def is_native(block: ChartBlock) -> bool:
    """Whether office programs have it: no waterfall, and no stripes beyond bars side by side.

    Nor lines of which nothing but ranges is known, which those programs leave out.
    """
    if block.kind != "bar":
        return any(number(cell) is not None for one in block.series for cell in one.cells)
    return not block.is_waterfall and not (is_stacked(block) and len(set(slots(block))) > 1)
