"""A line over the years inside a card: its strokes as vectors, its letters and points as text.

Strokes stretch with the card; letters and points keep their size at every width and take the
colours of the theme.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dashboard.content.document import Cell, ChartBlock, Series
from dashboard.content.links import Link
from dashboard.i18n import axis_texts, number_text
from dashboard.i18n.evidence import is_doubtful
from dashboard.render.chart_design import shown_eras
from dashboard.render.footnotes import marked
from dashboard.render.line_drawing import axis_ticks
from dashboard.render.line_labels import dips
from dashboard.render.number_formats import number
from dashboard.render.screen.figure_parts import OTHER, SUBJECT

_SIDE = 4.0
"""Per cent of the width left and right of the first and last year."""
_TOP = 14.0
"""Per cent of the height above the highest line, for its label."""
_APART = (11.0, 14.0)
"""Per cent of width and height that labels need."""
_NEAR = 2
"""So many years beside the chosen one have no name where there is little room."""
_LONG = 10_000
"""From here on the axis counts in 만 or thousands."""


@dataclass(frozen=True)
class Spot:
    """Something at a place of the plot, in per cent from left and top."""

    left: float
    top: float
    text: str = ""
    kind: str = ""
    """What the style sheet calls it."""
    height: float = 0
    """Per cent, of what reaches down."""
    width: float = 0
    """Of an era, or of the year to which a point belongs."""
    link: Link | None = None


@dataclass(frozen=True)
class TrendPicture:
    """What is drawn of a chart of lines."""

    strokes: str
    """An SVG image as data URI."""
    points: tuple[Spot, ...]
    labels: tuple[Spot, ...]
    years: tuple[Spot, ...]
    ticks: tuple[Spot, ...]
    eras: tuple[Spot, ...]
    chosen: Spot | None
    """The line of the chosen year."""


def trend_picture(block: ChartBlock) -> TrendPicture:
    """The picture of a chart of lines over years, at least one of them with a value."""
    cells = [cell for one in block.series for cell in one.cells]
    ticks = axis_ticks([value for cell in cells for value in _reach(cell)])
    plot = _Plot(len(block.categories), ticks[-1])
    subject = next((one for one in block.series if one.is_subject), block.series[0])
    others = [one for one in block.series if one is not subject]
    chosen = block.categories.index(block.chosen) if block.chosen in block.categories else None
    return TrendPicture(
        _strokes(plot, subject, others),
        tuple(_points(block, plot, subject, chosen)),
        (*_labels(block, plot, subject, chosen), *_names(plot, others)),
        tuple(_years(block.categories, plot, chosen)),
        tuple(
            Spot(0, plot.top(tick), text)
            for tick, text in zip(ticks, _tick_texts(ticks), strict=True)
        ),
        tuple(_eras(block, plot)),
        None if chosen is None else _chosen(plot, subject.cells[chosen], chosen),
    )


@dataclass(frozen=True)
class _Plot:
    """Where years and values stand, in per cent."""

    count: int
    most: float

    def left(self, place: float) -> float:
        """Of a year, counted from 0."""
        return round(_SIDE + (100 - 2 * _SIDE) * place / max(self.count - 1, 1), 2)

    def top(self, value: float) -> float:
        """Of a value; zero stands on the floor."""
        return round(100 - (100 - _TOP) * value / (self.most or 1), 2)


def _reach(cell: Cell) -> tuple[float, ...]:
    value = number(cell)
    return (value,) if value is not None else cell.span or ()


def _height(cell: Cell) -> float | None:
    """Where the line passes: through the value, or the middle of a narrow range."""
    value = number(cell)
    if value is not None or cell.span is None or not cell.span[0]:
        return value
    return sum(cell.span) / 2


def _strokes(plot: _Plot, subject: Series, others: Sequence[Series]) -> str:
    """Whole from year to year between figures, dashed across gaps and through ranges."""
    drawn = [
        *(line for one in others for line in _lines(plot, one, OTHER, 1.5)),
        *_lines(plot, subject, SUBJECT, 3),
    ]
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" '
        f'preserveAspectRatio="none">{"".join(drawn)}</svg>'
    )
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _lines(plot: _Plot, series: Series, colour: str, width: float) -> Iterator[str]:
    known = [
        (place, height, number(cell) is not None)
        for place, cell in enumerate(series.cells)
        if (height := _height(cell)) is not None
    ]
    for (before, low, is_firm), (place, high, is_figure) in pairwise(known):
        is_whole = is_firm and is_figure and place == before + 1
        dashes = "" if is_whole else ' stroke-dasharray="3 6"'
        yield (
            f'<line x1="{plot.left(before)}" y1="{plot.top(low)}" x2="{plot.left(place)}" '
            f'y2="{plot.top(high)}" stroke="{colour}" stroke-width="{width}" '
            f'stroke-linecap="round" vector-effect="non-scaling-stroke"{dashes}/>'
        )


def _points(block: ChartBlock, plot: _Plot, series: Series, chosen: int | None) -> Iterator[Spot]:
    width = plot.left(1) - plot.left(0)
    for place, cell in enumerate(series.cells):
        kind = "on" if place == chosen else ""
        said = f"{block.categories[place]}: {marked(cell)}"
        left, value = plot.left(place), number(cell)
        if value is not None:
            kind = f"{kind} {'hollow' if is_doubtful(cell.evidence) else ''}".strip()
            yield Spot(left, plot.top(value), said, kind, 0, width, cell.link)
        elif cell.span is not None:
            low, high = cell.span
            height = plot.top(low) - plot.top(high)
            kind = f"range {kind}".strip()
            yield Spot(left, plot.top(high), said, kind, height, width, cell.link)


def _labels(block: ChartBlock, plot: _Plot, series: Series, chosen: int | None) -> Iterator[Spot]:
    """The chosen year, the highest, the last and the first, as far as they are apart."""
    values = [number(cell) for cell in series.cells]
    known = [place for place, value in enumerate(values) if value is not None]
    if not known:
        return
    highest = max(known, key=lambda place: values[place] or 0)
    wanted = [highest, known[-1], known[0]]
    if chosen is not None and chosen in known:
        wanted.insert(0, chosen)
    kept: list[Spot] = []
    for place in dict.fromkeys(wanted):
        text = marked(series.cells[place]).replace(block.unit, "").strip()
        spot = Spot(
            plot.left(place),
            plot.top(values[place] or 0),
            " ".join(text.split()),
            "below" if dips(values, place) and plot.top(values[place] or 0) < 80 else "",
        )
        if all(
            abs(spot.left - one.left) > _APART[0] or abs(spot.top - one.top) > _APART[1]
            for one in kept
        ):
            kept.append(spot)
    yield from kept


def _names(plot: _Plot, others: Sequence[Series]) -> Iterator[Spot]:
    """Whose the other lines are, where they end."""
    for one in others:
        known = [place for place, cell in enumerate(one.cells) if number(cell) is not None]
        if known:
            top = plot.top(number(one.cells[known[-1]]) or 0)
            yield Spot(plot.left(known[-1]), top, one.name, "name")


def _years(names: Sequence[str], plot: _Plot, chosen: int | None) -> Iterator[Spot]:
    """Every year in short, first, last and chosen in full; on a telephone only those."""
    last = len(names) - 1
    for place, name in enumerate(names):
        if place == chosen:
            yield Spot(plot.left(place), 0, name, "on")
        elif place in (0, last):
            is_near = chosen is not None and abs(place - chosen) <= _NEAR
            yield Spot(plot.left(place), 0, name, "minor" if is_near else "")
        else:
            yield Spot(plot.left(place), 0, f"’{name[2:]}", "minor")


def _tick_texts(ticks: Sequence[float]) -> list[str]:
    is_long = max(ticks) >= _LONG
    return axis_texts(ticks) if is_long else [number_text(tick, 2) for tick in ticks]


def _eras(block: ChartBlock, plot: _Plot) -> Iterator[Spot]:
    for era in shown_eras(block):
        first, last = (block.categories.index(str(year)) for year in (era.first, era.last))
        left = max(plot.left(first - 0.45), 0)
        width = min(plot.left(last + 0.45), 100) - left
        yield Spot(left, 0, era.name, "", 100, round(width, 2))


def _chosen(plot: _Plot, cell: Cell, place: int) -> Spot:
    reach = _reach(cell)
    top = plot.top(max(reach)) if reach else 0
    return Spot(plot.left(place), top, "", "", 100 - top)
