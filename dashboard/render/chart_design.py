"""How a chart of a report is drawn as a native chart: colours, labels, axes, and what to say."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dashboard.content.document import Cell, ChartBlock, DotChart, Drawing, Era
from dashboard.content.mentions import cells_of
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.i18n.evidence import is_doubtful, names_of_doubt
from dashboard.render import slide_theme as theme
from dashboard.render.bar_layout import axis_of, bars
from dashboard.render.dot_layout import lane_parts
from dashboard.render.footnotes import key_to_marks
from dashboard.render.number_formats import number

_GREYS = (theme.GRAY_40, theme.GRAY_60, "b1b8be", "464c53")
_COLOURS = (theme.PRIMARY_50, theme.GRAY_60, "228738", "8a5c00", theme.GRAY_40)
_DASHES = ("solid", "dash", "round_dot", "dash_dot")
DOTS_WIDTH = 500.0
"""Points for which a dot chart is drawn on a slide: its letters of 8 points become 14."""
_MOST_ROWS = 9.0
"""Of a dot chart on a slide."""
_PLOT, _LABEL = 560.0, 14.0
"""Points of a slide that bars have beside their names, and of the letters at their ends."""
_MOST_RANKS = 9
"""Names on an axis of ranks."""
MOST_LABELLED = 14
"""Points of a line beyond which only the last one is labelled."""


@dataclass(frozen=True)
class Look:
    """How one series is drawn.

    Attributes:
        colour: RRGGBB.
        width: of a line, in points.
        dash: solid, dash, round_dot or dash_dot.
        is_subject: drawn in the accent; its points are labelled.
    """

    colour: str
    width: float
    dash: str
    is_subject: bool


def looks(block: ChartBlock) -> list[Look]:
    """The accent for the subject and greys for the others; without subject, colours for all."""
    has_subject = any(series.is_subject for series in block.series)
    found: list[Look] = []
    others = 0
    for at, series in enumerate(block.series):
        if series.is_subject:
            found.append(Look(theme.PRIMARY_50, 3.5, "solid", True))
        elif has_subject:
            dash = _DASHES[others // len(_GREYS) % len(_DASHES)]
            found.append(Look(_GREYS[others % len(_GREYS)], 2.0, dash, False))
            others += 1
        else:
            dash = _DASHES[at // len(_COLOURS) % len(_DASHES)]
            found.append(Look(_COLOURS[at % len(_COLOURS)], 2.5, dash, True))
    return found


def extent(block: ChartBlock) -> tuple[float | None, float | None]:
    """Least and greatest value of the axis, with room for labels; None leaves it to the program."""
    figures = [
        value
        for series in block.series
        for cell in series.cells
        if (value := number(cell)) is not None
    ]
    if not figures:
        return None, None
    if block.kind == "rank":
        return 0, lowest_rank(block) + 1
    if block.kind == "bar":
        drawn = list(bars(block))
        if any(bar.end < 0 for bar in drawn):
            low, high = axis_of(drawn, _PLOT, _LABEL)
            return round(low, 6), round(high, 6)
        return 0, max(bar.end for bar in drawn) * 1.18 or None
    low, high = min(figures), max(figures)
    starts_at_zero = 0 <= low < high / 2
    spread = high if starts_at_zero else high - low
    return (0 if starts_at_zero else None), high + (0.15 * spread if spread else abs(high) * 0.1)


def lowest_rank(block: ChartBlock) -> int:
    """The greatest number among the ranks of a chart, and of the subject's ranges; 1 without."""
    ranks = [n for series in block.series for cell in series.cells if (n := number(cell))]
    ranges = [cell.span[1] for _category, cell in ranges_of(block) if cell.span]
    return math.ceil(max([*ranks, *ranges], default=1))


def ranges_of(block: ChartBlock) -> list[tuple[str, Cell]]:
    """Categories and cells of the subject that are a range and no point, of lines and ranks."""
    if block.kind == "bar":
        return []
    return [
        (category, cell)
        for series in block.series
        if series.is_subject or len(block.series) == 1
        for category, cell in zip(block.categories, series.cells, strict=True)
        if cell.span is not None and number(cell) is None
    ]


def rank_step(block: ChartBlock) -> int:
    """Every how many ranks the axis names one."""
    return -(-lowest_rank(block) // _MOST_RANKS)


def rank_format(block: ChartBlock) -> str:
    """The number format of an axis of ranks, which begins before the first and ends later."""
    return f'[<1]"";[>{lowest_rank(block)}]"";0'


def ends_apart(block: ChartBlock) -> bool:
    """Whether the lines' last points are far enough from each other to be named beside them."""
    if len(block.series) > 6:
        return False
    ends = sorted(
        value
        for series in block.series
        if (
            value := next((v for c in reversed(series.cells) if (v := number(c)) is not None), None)
        )
        is not None
    )
    low, high = extent(block)
    if high is None:
        return True
    room = 0.07 * (high - (low if low is not None else min(ends)))
    return all(upper - lower > room for lower, upper in pairwise(ends))


def remarks(block: Drawing) -> list[str]:
    """What stands under a drawing: unit, meaning of signs and hollow points, what has no data."""
    cells = [cell for _about, cell in cells_of(block)]
    lines = []
    if isinstance(block, ChartBlock) and block.unit:
        lines.append(_("Unit: {unit}").format(unit=block.unit))
    key = key_to_marks(cells)
    if key:
        lines.append(key)
    is_of_dots = isinstance(block, DotChart)
    if any(
        is_doubtful(cell.evidence) and (is_of_dots or number(cell) is not None) for cell in cells
    ):
        lines.append(_("Hollow: {names}").format(names=names_of_doubt()))
    empty = _empty(block) if isinstance(block, ChartBlock) else []
    if empty:
        lines.append(f"{label('evidence', 'no data')}: {', '.join(empty)}")
    if isinstance(block, ChartBlock):
        lines += beside_native(block)
    return lines


def shown_eras(block: ChartBlock) -> list[Era]:
    """The named years of a chart, as far as it shows any of them."""
    years = [int(name) for name in block.categories if name.isdigit()]
    inside = [[year for year in years if era.first <= year <= era.last] for era in block.eras]
    return [
        replace(era, first=shown[0], last=shown[-1])
        for era, shown in zip(block.eras, inside, strict=True)
        if shown
    ]


def beside_native(block: ChartBlock) -> list[str]:
    """What the charts of office programs do not draw, in words: named years, and ranges."""
    ranges = ", ".join(f"{category} {cell.text}" for category, cell in ranges_of(block))
    pattern = _("Several are possible: {ranges}")
    if block.kind == "line":
        pattern = f"{label('evidence', 'derived')}: {{ranges}}"
    said = [pattern.format(ranges=ranges)] if ranges else []
    return [*map(era_text, shown_eras(block)), *said]


def era_text(era: Era) -> str:
    """Name and years, where a medium cannot shade them."""
    years = [era.first, era.last] if era.last > era.first else [era.first]
    return f"{era.name}: {'–'.join(map(str, years))}"


def _empty(block: ChartBlock) -> list[str]:
    """Categories without a figure: of any series in a bar chart, of the subjects in a line."""
    subjects = [s for s in block.series if s.is_subject] or list(block.series)
    asked = block.series if block.kind == "bar" else subjects
    return [
        category
        for at, category in enumerate(block.categories)
        if all(
            number(series.cells[at]) is None and series.cells[at].span is None for series in asked
        )
    ]


def parts(block: ChartBlock | DotChart, most: int) -> list[ChartBlock | DotChart]:
    """A bar chart with more categories than a slide holds, as charts of equal length.

    A dot chart becomes charts of whole lanes; lines stay whole.
    """
    if isinstance(block, DotChart):
        return [*lane_parts(block, DOTS_WIDTH, 8.0, _MOST_ROWS)]
    if block.kind != "bar" or block.is_waterfall:
        return [block]
    total = len(block.categories)
    if total <= most:
        return [block]
    count = -(-total // most)
    length = -(-total // count)
    return [
        _cut(block, range(start, min(start + length, total))) for start in range(0, total, length)
    ]


def _cut(block: ChartBlock, places: Sequence[int]) -> ChartBlock:
    return replace(
        block,
        categories=tuple(block.categories[at] for at in places),
        series=tuple(
            replace(series, cells=tuple(series.cells[at] for at in places))
            for series in block.series
        ),
    )
