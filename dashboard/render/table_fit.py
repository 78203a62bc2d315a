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


@dataclass(frozen=True)
class _Grid:
    """A table to be laid out, and the room for it in points."""

    columns: Sequence[Column]
    texts: Sequence[Sequence[str]]
    width: float
    height: float
    line: float
    """Height of a line as a multiple of the font size."""
    shown: Sequence[int]
    """Which columns are laid out, by place."""

    def least(self, group: Sequence[int], size: float) -> float:
        """The width that columns need beside each other."""
        return sum(self.needs(column, size)[0] for column in group)

    def groups(self, size: float) -> list[tuple[int, ...]]:
        """Columns that stand beside each other at a size, the first one in each group."""
        groups: list[tuple[int, ...]] = []
        first, *others = self.shown
        group: tuple[int, ...] = (first,)
        for column in others:
            wider = (*group, column)
            if len(group) > 1 and self.least(wider, size) > self.width:
                groups.append(group)
                wider = (first, column)
            group = wider
        return [*groups, group]

    def needs(self, column: int, size: float) -> tuple[float, float]:
        """Least and best width of a column.

        The first line of a figure and a short text are never broken, words only when very long.
        """
        heading = self.columns[column].label
        cells = [row[column] for row in self.texts]
        best = max(
            text_width(part, size) for cell in (*cells, heading) for part in cell.split("\n")
        )
        is_figure = self.columns[column].is_figure
        needed = [longest_word(heading, size) * BOLD]
        for cell in cells:
            first, _break, rest = cell.partition("\n")
            whole = text_width(first, size)
            is_kept = is_figure or whole <= _SHORT
            needed.append(whole if is_kept else longest_word(first, size))
            needed.extend(longest_word(line, size) for line in rest.split("\n"))
        margin = 2 * PADDING + 2
        return min(max(needed), _MOST_OF_A_WORD * self.width) + margin, best + margin

    def widths(self, group: Sequence[int], size: float) -> tuple[float, ...]:
        """Widths that add up to the room: the least each needs, the rest by what each wants."""
        needs = [self.needs(column, size) for column in group]
        least, best = sum(need[0] for need in needs), sum(need[1] for need in needs)
        if best <= self.width:
            stretch = min(self.width / best, _MOST_STRETCH)
            return tuple(need[1] * stretch for need in needs)
        if least >= self.width:
            return tuple(need[0] * self.width / least for need in needs)
        share = (self.width - least) / (best - least)
        return tuple(need[0] + share * (need[1] - need[0]) for need in needs)

    def pages(self, group: tuple[int, ...], size: float) -> list[Page]:
        """The pages of columns that stand beside each other at a size."""
        widths = self.widths(group, size)
        inner = [each - 2 * PADDING for each in widths]

        def lines_of(row: Sequence[str]) -> list[list[str]]:
            return [wrapped(text, room, size) for text, room in zip(row, inner, strict=True)]

        def height_of(lines: Sequence[Sequence[str]]) -> float:
            return max(len(each) for each in lines) * size * self.line + 2 * ROW_PADDING

        head_height = height_of(lines_of([self.columns[column].label for column in group]))
        room = self.height - head_height
        most = max(int((room - 2 * ROW_PADDING) / (size * self.line)), 1)
        pages: list[list[tuple[tuple[str, ...], int, float]]] = [[]]
        for place, row in enumerate(self.texts):
            cells = [row[column] for column in group]
            for piece in _pieces(cells, lines_of(cells), most):
                needed = height_of(lines_of(piece))
                if pages[-1] and sum(height for *_row, height in pages[-1]) + needed > room:
                    pages.append([])
                pages[-1].append((tuple(piece), place, needed))
        _join_last(pages, room)
        return [
            Page(
                group,
                widths,
                tuple(texts for texts, _place, _height in page),
                tuple(place for _texts, place, _height in page),
                (head_height, *(height for _texts, _place, height in page)),
                size,
            )
            for page in pages
        ]


def pages(
    columns: Sequence[Column],
    texts: Sequence[Sequence[str]],
    width: float,
    height: float,
    sizes: Sequence[float],
    line: float,
    shown: Sequence[int] = (),
) -> list[Page]:
    """Lay a table out on as many pages as it needs, each so many points wide and high.

    The largest size is taken that needs no more pages than the smallest. Columns that do not fit
    beside each other at the smallest size continue on further pages, with the first column
    repeated. A row higher than a page continues in the next one. Sizes, in points, go from the
    largest to the smallest; a line is so many times as high as its size. Without `shown`, every
    column is laid out. Of three rows or more none is left over alone.
    """
    everything = tuple(shown or range(len(columns)))
    grid = _Grid(columns, texts, width, height, line, everything)
    size = sizes[-1]
    if grid.least(everything, size) > width:
        return [page for group in grid.groups(size) for page in grid.pages(group, size)]
    laid = grid.pages(everything, size)
    for larger in sizes[:-1]:
        if grid.least(everything, larger) <= width:
            tried = grid.pages(everything, larger)
            if len(tried) <= len(laid):
                return tried
    return laid


def _join_last(pages: list[list[tuple[tuple[str, ...], int, float]]], room: float) -> None:
    """Move a row to the last page if a single one stands there and the page before can give it."""
    is_alone = len(pages) > 1 and len(pages[-1]) == 1 and len(pages[-2]) > 2
    if is_alone and pages[-2][-1][2] + pages[-1][0][2] <= room:
        pages[-1].insert(0, pages[-2].pop())


def _pieces(cells: Sequence[str], lines: Sequence[Sequence[str]], most: int) -> list[Sequence[str]]:
    """A row, or its continuation rows if it is higher than a page."""
    tallest = max(len(each) for each in lines)
    if tallest <= most:
        return [cells]
    return [
        [" ".join(each[start : start + most]) for each in lines]
        for start in range(0, tallest, most)
    ]
