"""What a block mentions: its figures with what they are, and the sources that vouch for them."""

from collections.abc import Iterator
from typing import assert_never

from dashboard.content.document import (
    Block,
    Cell,
    ChartBlock,
    DotChart,
    KeyFigures,
    MapBlock,
    Paragraph,
    Points,
    Table,
)


def cells_of(block: Block) -> Iterator[tuple[str, Cell]]:
    """Every cell of a block with the words that say what it is; paragraphs have none."""
    if isinstance(block, KeyFigures):
        for figure in block.figures:
            yield figure.full_name, figure.cell
    elif isinstance(block, ChartBlock):
        for series in block.series:
            for category, cell in zip(block.categories, series.cells, strict=True):
                yield f"{series.name} {category}", cell
    elif isinstance(block, DotChart):
        for dot in block.dots:
            yield f"{dot.lane} {dot.name}", dot.cell
    elif isinstance(block, Table):
        for row in block.rows:
            for column, cell in zip(block.columns, row, strict=True):
                about = row[0].text if column is not block.columns[0] else ""
                yield f"{about} {column.label}".strip(), cell
    elif not isinstance(block, MapBlock | Paragraph | Points):
        assert_never(block)


def source_ids_of(block: Block) -> tuple[str, ...]:
    """The sources a block names, each once, in the order of mention."""
    named: list[str] = []
    if isinstance(block, Paragraph):
        named.extend(block.source_ids)
    elif isinstance(block, Points):
        for item in block.items:
            named.extend(item.source_ids)
    else:
        for _about, cell in cells_of(block):
            named.extend(cell.source_ids)
    return tuple(dict.fromkeys(named))
