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
        yield Bar(at, category, places[at], start, end, cell, text)


def axis_of(drawn: Sequence[Bar], width: float, size: float) -> tuple[float, float]:
    """Least and greatest value of the axis, so that the texts at the ends of bars have room.

    Width of the plot and size of the letters are in one unit, points or pixels.
    """
    ends = [0.0, *(bar.end for bar in drawn)]
    low, high = min(ends), max(ends)
    widths = [(bar.end < 0, text_width(bar.text, size, SCREEN) + size) for bar in drawn if bar.text]
    left = max((wide for is_left, wide in widths if is_left), default=0.0)
    right = max((wide for is_left, wide in widths if not is_left), default=0.0)
    unit = (high - low or 1) / max(width - left - right, width * _LEAST_BARS)
    return low - left * unit, high + right * unit


def is_stacked(block: ChartBlock) -> bool:
    """Whether bars go on in striped ones."""
    return any(series.is_striped for series in block.series)


def is_native(block: ChartBlock) -> bool:
    """Whether office programs have such a chart: not of bars beside each other that go on."""
    return not (is_stacked(block) and len(set(slots(block))) > 1)
