"""Columns and rows that fit a page: widths from what stands in them, then pages of whole rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.content.document import Column
from dashboard.text_metrics import BOLD, longest_word, text_width, wrapped

PADDING = 6.0
"""Points to the left and right of a cell's text."""
ROW_PADDING = 4.0
"""Points above and below a cell's text."""
_SHORT = 90.0
"""Points up to which a text is not broken: dates, codes, names of regions."""
_MOST_STRETCH = 1.8
"""A narrow table is not pulled over the whole width, where no eye follows a row."""
_MOST_OF_A_WORD = 0.22
"""Share of the room beyond which a column is not widened for one unbroken word."""


@dataclass(frozen=True)
class Page:
    """Part of a table that fits one slide.

    Attributes:
        columns: which columns of the table, by place.
        widths: their widths in points.
        rows: the rows' texts, one a column of this page.
        origins: for each row its place in the table.
        heights: heights in points, of the heading first.
        size: font size in points.
    """

    columns: tuple[int, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    origins: tuple[int, ...]
    heights: tuple[float, ...]
    size: float


def pages(
    columns: Sequence[Column],
    texts: Sequence[Sequence[str]],
    width: float,
    height: float,
    sizes: Sequence[float],
    line: float,
) -> list[Page]:
    """Lay a table out on as many pages as it needs, each so many points wide and high.

    The largest size is taken that needs no more pages than the smallest. Columns that do not fit
    beside each other at the smallest size continue on further pages, with the first column
    repeated. A row higher than a page continues in the next one. Sizes, in points, go from the
    largest to the smallest; a line is so many times as high as its size.
    """
    everything = tuple(range(len(columns)))
    size = sizes[-1]
    if _least(columns, texts, everything, width, size) <= width:
        laid = _pages(columns, texts, everything, width, height, size, line)
        for larger in sizes[:-1]:
            if _least(columns, texts, everything, width, larger) <= width:
                tried = _pages(columns, texts, everything, width, height, larger, line)
                if len(tried) <= len(laid):
                    return tried
        return laid
    groups = _groups(columns, texts, width, size)
    return [
        page
        for group in groups
        for page in _pages(columns, texts, group, width, height, size, line)
    ]


def _groups(
    columns: Sequence[Column], texts: Sequence[Sequence[str]], width: float, size: float
) -> list[tuple[int, ...]]:
    """Columns that stand beside each other at a size, the first one in each group."""
    groups: list[tuple[int, ...]] = []
    group: tuple[int, ...] = (0,)
    for column in range(1, len(columns)):
        wider = (*group, column)
        if len(group) > 1 and _least(columns, texts, wider, width, size) > width:
            groups.append(group)
            wider = (0, column)
        group = wider
    return [*groups, group]


def _least(
    columns: Sequence[Column],
    texts: Sequence[Sequence[str]],
    group: tuple[int, ...],
    width: float,
    size: float,
) -> float:
    return sum(_needs(columns, texts, column, width, size)[0] for column in group)


def _needs(
    columns: Sequence[Column],
    texts: Sequence[Sequence[str]],
    column: int,
    width: float,
    size: float,
) -> tuple[float, float]:
    """Least and best width of a column.

    The first line of a figure and a short text are never broken, words only when very long.
    """
    heading = columns[column].label
    cells = [row[column] for row in texts]
    best = max(text_width(part, size) for cell in (*cells, heading) for part in cell.split("\n"))
    is_figure = columns[column].is_figure
    needed = [longest_word(heading, size) * BOLD]
    for cell in cells:
        first, _break, rest = cell.partition("\n")
        whole = text_width(first, size)
        is_kept = is_figure or whole <= _SHORT
        needed.append(whole if is_kept else longest_word(first, size))
        needed.extend(longest_word(line, size) for line in rest.split("\n"))
    least = max(needed)
    margin = 2 * PADDING + 2
    return min(least, _MOST_OF_A_WORD * width) + margin, best + margin


def _widths(
    columns: Sequence[Column],
    texts: Sequence[Sequence[str]],
    group: tuple[int, ...],
    width: float,
    size: float,
) -> tuple[float, ...]:
    """Widths that add up to the room: the least each needs, the rest by what each wants."""
    needs = [_needs(columns, texts, column, width, size) for column in group]
    least, best = sum(need[0] for need in needs), sum(need[1] for need in needs)
    if best <= width:
        stretch = min(width / best, _MOST_STRETCH)
        return tuple(need[1] * stretch for need in needs)
    if least >= width:
        return tuple(need[0] * width / least for need in needs)
    share = (width - least) / (best - least)
    return tuple(need[0] + share * (need[1] - need[0]) for need in needs)


def _pages(
    columns: Sequence[Column],
    texts: Sequence[Sequence[str]],
    group: tuple[int, ...],
    width: float,
    height: float,
    size: float,
    line: float,
) -> list[Page]:
    widths = _widths(columns, texts, group, width, size)
    inner = [each - 2 * PADDING for each in widths]

    def lines_of(row: Sequence[str]) -> list[list[str]]:
        return [wrapped(text, room, size) for text, room in zip(row, inner, strict=True)]

    def height_of(lines: Sequence[Sequence[str]]) -> float:
        return max(len(each) for each in lines) * size * line + 2 * ROW_PADDING

    head_height = height_of(lines_of([columns[column].label for column in group]))
    room = height - head_height
    most = max(int((room - 2 * ROW_PADDING) / (size * line)), 1)
    found: list[Page] = []
    rows: list[tuple[str, ...]] = []
    origins: list[int] = []
    heights: list[float] = [head_height]

    def close() -> None:
        found.append(Page(group, widths, tuple(rows), tuple(origins), tuple(heights), size))
        rows.clear()
        origins.clear()
        del heights[1:]

    for place, row in enumerate(texts):
        cells = [row[column] for column in group]
        for piece in _pieces(cells, lines_of(cells), most):
            needed = height_of(lines_of(piece))
            if rows and sum(heights[1:]) + needed > room:
                close()
            rows.append(tuple(piece))
            origins.append(place)
            heights.append(needed)
    close()
    return found


def _pieces(cells: Sequence[str], lines: Sequence[Sequence[str]], most: int) -> list[Sequence[str]]:
    """A row, or its continuation rows if it is higher than a page."""
    tallest = max(len(each) for each in lines)
    if tallest <= most:
        return [cells]
    return [
        [" ".join(each[start : start + most]) for each in lines]
        for start in range(0, tallest, most)
    ]
