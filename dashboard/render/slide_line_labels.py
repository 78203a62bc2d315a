"""Where the values of a native chart of lines stand on a slide: beside their points, on no line."""

from collections.abc import Iterator, Sequence

from dashboard.content.document import Cell, ChartBlock, Series
from dashboard.i18n.evidence import APPROXIMATE
from dashboard.render.chart_design import MOST_LABELLED, ends_apart, extent, looks
from dashboard.render.footnotes import mark, marked
from dashboard.render.label_clearance import Area, Plot, around
from dashboard.render.number_formats import number
from dashboard.text_metrics import BOLD, text_width

_SIZE = 14.0
_LINE = 1.2
_APART = 6.0
"""Points between a mark and its label, as office programs set it."""
_WIDTH_SHARE, _HEIGHT_SHARE = 0.84, 0.8
"""Of a chart that its plot takes, or a little less: then a label has room in every program."""
Label = dict[str, str]
"""What a label says and on which side of its point it stands (ECMA-376, c:dLblPos)."""


def line_labels(
    block: ChartBlock, pattern: str | None, width: float, height: float
) -> dict[str, dict[int, Label]]:
    """Series → place → label, of a chart of a width and height in points.

    The subject's values stand where they lie on no line and on no other label, those that say most
    anyway; the name of each line stands beside its last point if there is room for all of them.
    """
    names = ends_apart(block) and len(block.series) > 1
    plot = _plot(block, width, height)
    heights = {series.name: _heights(block, series) for series in block.series}
    found: dict[str, dict[int, Label]] = {series.name: {} for series in block.series}
    for series in block.series if names else ():
        known = _known(series)
        if known:
            last = known[-1]
            text = series.name
            if _is_labelled(block, series):
                text = f"{series.name} {marked(series.cells[last])}"
            found[series.name][last] = _name(series, last, text, pattern)
            wide = text_width(text, _SIZE) * BOLD
            x = last * plot.step + _APART
            y = (heights[series.name][last] or 0) * plot.scale
            plot.taken.append(Area(x, y - _SIZE * 0.6, x + wide, y + _SIZE * 0.6))
    for series in block.series:
        if not _is_labelled(block, series):
            continue
        known = _known(series)
        urgent = _telling(block, series, known)
        wanted = known if len(known) <= MOST_LABELLED else urgent
        named = found[series.name]
        places = [place for place in (*urgent, *wanted) if place not in named]
        texts = {place: marked(series.cells[place]) for place in places}
        if pattern is not None:
            texts = {place: text.removesuffix(block.unit) for place, text in texts.items()}
        sides = plot.placed(places, urgent, heights[series.name], _Candidates(texts))
        for place, side in sides.items():
            named[place] = figure_label(series.cells[place], pattern, side)
    return found


class _Candidates:
    """The sides on which a label can stand, the best first."""

    def __init__(self, texts: dict[int, str]) -> None:
        self.texts = texts

    def __call__(self, place: int) -> Iterator[tuple[str, Area]]:
        half = text_width(self.texts[place], _SIZE) * BOLD / 2
        areas = around(half, _SIZE * _LINE, _APART)
        for side in "tblr":
            yield side, areas[side]


def _name(series: Series, last: int, text: str, pattern: str | None) -> Label:
    """The name beside the last point of a line, with its value where that is labelled."""
    if text == series.name:
        return {"text": text, "position": "r", "name": text}
    figure = figure_label(series.cells[last], pattern, "r")
    words = f"{series.name} {figure.get('text', '')}".strip()
    return figure | {"text": words, "name": series.name}


def _is_labelled(block: ChartBlock, series: Series) -> bool:
    look = dict(zip((one.name for one in block.series), looks(block), strict=True))[series.name]
    return look.is_subject and len(block.series) <= 4


def _known(series: Series) -> list[int]:
    return [at for at, cell in enumerate(series.cells) if number(cell) is not None]


def _plot(block: ChartBlock, width: float, height: float) -> Plot:
    _low, high = extent(block)
    heights = [_heights(block, series) for series in block.series]
    spread = (high or 1) - _floor(block)
    step = width * _WIDTH_SHARE / max(len(block.categories), 1)
    return Plot(step, height * _HEIGHT_SHARE / (spread or 1), heights)


def _floor(block: ChartBlock) -> float:
    """The value at the foot of the axis."""
    low, _high = extent(block)
    figures = [n for series in block.series for cell in series.cells if (n := number(cell))]
    return low if low is not None else min(figures, default=0)


def _heights(block: ChartBlock, series: Series) -> list[float | None]:
    """How high each point stands above the floor; ranks stand upside down."""
    _low, high = extent(block)
    figures = [number(cell) for cell in series.cells]
    if block.kind == "rank":
        return [None if value is None else (high or 0) - value for value in figures]
    floor = _floor(block)
    return [None if value is None else value - floor for value in figures]


def _telling(block: ChartBlock, series: Series, known: Sequence[int]) -> list[int]:
    """Of many points that of the view, the last, the greatest, the least and the first."""
    by_value = sorted(known, key=lambda at: number(series.cells[at]) or 0)
    chosen = [at for at in known if block.categories[at] == block.chosen]
    ends = [known[-1], by_value[-1], by_value[0], known[0]] if known else []
    return list(dict.fromkeys([*chosen, *ends]))


def figure_label(cell: Cell, pattern: str | None, position: str) -> Label:
    """A label that prints the value; where no number format can, the report's own text."""
    if pattern is None:
        return {"text": marked(cell), "position": position}
    if cell.text.startswith(APPROXIMATE):
        pattern = f'"{APPROXIMATE} "{pattern}'
    if mark(cell):
        pattern = f'{pattern}" {mark(cell)}"'
    return {"format": pattern, "position": position}
