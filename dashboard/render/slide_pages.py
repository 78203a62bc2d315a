"""What stands on which slide: one division of a report for files and for the browser."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar, assert_never

from dashboard.content.document import (
    Block,
    ChartBlock,
    DotChart,
    Drawing,
    KeyFigures,
    MapBlock,
    Paragraph,
    Points,
    Section,
    Table,
)
from dashboard.render.chart_design import parts
from dashboard.render.slide_charts import BARS_A_SLIDE
from dashboard.render.slide_figures import TILES_A_SLIDE
from dashboard.render.table_fit import Page

_MOST_BELOW = 2
"""Sentences under a block."""
_MARKERS = {"plain": "", "warning": "!", "question": "?", "aside": ""}

T = TypeVar("T")


@dataclass(frozen=True)
class SlidePart:
    """A block, or as much of it as one slide holds."""

    title: str
    """The finding, with its number among the slides of the block where there are several."""
    kicker: str
    """The section, where the title does not say it."""
    block: KeyFigures | Drawing | Table
    """A table is whole; which of its rows stand on the slide says the page."""
    page: Page | None = None
    """Of a table: which columns and rows stand on the slide, and how large."""

    @property
    def shown(self) -> KeyFigures | Drawing | Table:
        """The block with no more than what stands on the slide."""
        if self.page is None or not isinstance(self.block, Table):
            return self.block
        rows = tuple(self.block.rows[row] for row in dict.fromkeys(self.page.origins))
        return replace(self.block, rows=rows)


def slide_parts(
    section: str,
    block: KeyFigures | Drawing | Table,
    table_pages: Callable[[Table, str], Sequence[Page]],
    tiles: int = TILES_A_SLIDE,
) -> list[SlidePart]:
    """The slides of a block other than text; a table has a row or more.

    `table_pages` lays a table, named by its own title or else the section's, out on slides with a
    kicker; a slide holds so many tiles of key figures.
    """
    title, pages = section, []
    found: Sequence[KeyFigures | Drawing | Table]
    if isinstance(block, KeyFigures):
        title = block.title or section
        found = [
            KeyFigures(block.figures[start : start + tiles])
            for start in range(0, len(block.figures), tiles)
        ]
    elif isinstance(block, ChartBlock | DotChart):
        title, found = block.title, parts(block, BARS_A_SLIDE)
    elif isinstance(block, MapBlock):
        title, found = block.title, [block]
    elif isinstance(block, Table):
        title = block.title or section
        table = block if block.title else replace(block, title=title)
        pages = list(table_pages(table, "" if title == section else section))
        found = [table] * len(pages)
    else:
        assert_never(block)
    kicker = "" if title == section else section
    return [
        SlidePart(numbered(title, at, len(found)), kicker, part, pages[at] if pages else None)
        for at, part in enumerate(found)
    ]


def with_sentences(
    section: Section, is_short: Callable[[Paragraph], bool]
) -> Iterator[tuple[KeyFigures | Drawing | Table | None, list[Paragraph | Points]]]:
    """The blocks of a section with the sentences that stand under or beside them.

    None stands for a slide of text: sentences that are too long or too many. A figure by itself has
    all sentences that follow it, which prove it.
    """
    texts: list[Paragraph | Points] = []
    blocks = list(section.blocks)

    def are_below(found: Sequence[Block]) -> bool:
        return all(
            isinstance(one, Paragraph) and one.kind != "warning" and is_short(one) for one in found
        )

    while blocks:
        block = blocks.pop(0)
        if isinstance(block, Paragraph | Points):
            texts.append(block)
            continue
        below: list[Paragraph | Points] = []
        if len(texts) <= _MOST_BELOW and are_below(texts):
            below = texts
        else:
            yield None, texts
        texts = []
        while blocks and isinstance(blocks[0], Paragraph):
            if not is_big(block) and not (len(below) < _MOST_BELOW and are_below(blocks[:1])):
                break
            below.append(blocks.pop(0))  # type: ignore[arg-type]
        yield block, below
    if texts:
        yield None, texts


def is_big(block: Block) -> bool:
    """Whether a block is one figure, which then fills its slide."""
    return isinstance(block, KeyFigures) and len(block.figures) == 1


def numbered(title: str, at: int, count: int) -> str:
    """The title of one of several slides: `Patients (2/3)`."""
    return f"{title} ({at + 1}/{count})" if count > 1 else title


def sentences(blocks: Iterable[Paragraph | Points]) -> Iterator[tuple[str, Paragraph]]:
    """Each paragraph and point with its bullet, number or sign; a list keeps its numbers."""
    for block in blocks:
        items = block.items if isinstance(block, Points) else (block,)
        for number, item in enumerate(items, 1):
            marker = _MARKERS[item.kind]
            if isinstance(block, Points):
                marker = f"{number}." if block.is_numbered else marker or "•"
            yield marker, item


def filled(items: Iterable[T], height: Callable[[T], float], most: float) -> list[list[T]]:
    """Items in groups of which none is higher than a slide, unless it is a single item.

    Of three or more, none is left over alone on the last slide where the one before can give one.
    """
    groups: list[list[T]] = []
    left = 0.0
    for item in items:
        needed = height(item)
        if not groups or needed > left:
            groups.append([])
            left = most
        groups[-1].append(item)
        left -= needed
    if len(groups) > 1 and len(groups[-1]) == 1 and len(groups[-2]) > 2:
        moved = groups[-2][-1]
        if height(moved) + height(groups[-1][0]) <= most:
            groups[-1].insert(0, groups[-2].pop())
    return groups
