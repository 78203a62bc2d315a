"""Sections become a report: its sources are numbered in the order in which they are mentioned."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from dashboard.content.document import (
    Block,
    Cell,
    ChartBlock,
    DotChart,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
)
from dashboard.content.mentions import cells_of, source_ids_of
from dashboard.content.query_context import QueryContext, Row
from dashboard.content.report import Report, Source, Stamp
from dashboard.i18n import gettext as _
from dashboard.i18n import label, record_text

T = TypeVar("T")
_SAID = frozenset({"text", "title", "note", "alt", "name", "change", "target"})
"""Fields of blocks and their parts that are read."""
_PARTS = frozenset({"rows", "items", "figures", "table", "cell", "cells", "series", "dots"})
"""Fields that hold parts."""


def assemble(
    kind: str,
    title: str,
    sections: Iterable[Section | None],
    context: QueryContext,
    stamp: Stamp,
    *,
    subtitle: str = "",
    warning: str = "",
    is_led: bool = False,
) -> Report:
    """A report of the sections that are there; a chart of no point or one is said, not drawn.

    Raises:
        LookupError: a section names a source that the record does not have.
    """
    kept = tuple(
        replace(
            section,
            blocks=tuple(
                with_publishers(said, context)
                for block in section.blocks
                for said in _sayable(section, block)
            ),
        )
        for section in sections
        if section is not None and section.blocks
    )
    named = dict.fromkeys(
        source_id for section in kept for block in section.blocks for source_id in _named(block)
    )
    sources = tuple(
        _source(number, context.sources[source_id]) for number, source_id in enumerate(named, 1)
    )
    below = subtitle or _("Every figure with its evidence and sources")
    return Report(kind, title, below, kept, sources, stamp, warning, is_led)


def with_publishers(part: T, context: QueryContext) -> T:
    """A part of a report whose notes name sources by their publishers, not by their ids."""
    if isinstance(part, tuple):
        return cast(T, tuple(with_publishers(one, context) for one in part))
    if isinstance(part, str):
        return cast(T, context.with_publishers(part))
    if not is_dataclass(part) or isinstance(part, type):
        return part
    named = {
        one.name: getattr(part, one.name) for one in fields(part) if one.name in _SAID | _PARTS
    }
    said = {name: with_publishers(value, context) for name, value in named.items()}
    changed = {name: value for name, value in said.items() if value != named[name]}
    if isinstance(part, Cell) and "text" in changed and part.value == part.text:
        changed["value"] = changed["text"]
    return cast(T, replace(cast(Any, part), **changed)) if changed else part


def _sayable(section: Section, block: Block) -> tuple[Block, ...]:
    """A chart of nothing becomes its sentence, or says no data where the heading is the sentence.

    Office programs refuse a chart without categories, and an empty frame would tell nobody why. A
    chart of one year or one bar shows no course and compares nothing: it becomes its sentence and
    figures, and nothing on a card, which has its figure large already.
    """
    if not isinstance(block, ChartBlock | DotChart):
        return (block,)
    is_said = block.title in ("", section.title)
    if not block.has_points:
        return (Paragraph(label("evidence", "no data") if is_said else block.title),)
    if isinstance(block, DotChart) or block.place_count > 1:
        return (block,)
    if section.is_card:
        return ()
    said = [
        KeyFigure(about, cell)
        for about, cell in cells_of(block)
        if cell.value is not None or cell.span is not None
    ]
    if len(said) == 1 and block.kind == "bar":
        # Of one bar, its kind says nothing that the sentence does not.
        said = [replace(said[0], name=_bar_name(block, said[0]))]
    figures = (replace(said[0], note=block.note), *said[1:])
    sentence = () if is_said else (Paragraph(block.title),)
    return (*sentence, KeyFigures(figures, answer=block.answer))


def _bar_name(block: ChartBlock, figure: KeyFigure) -> str:
    """The category of the only bar."""
    places = (
        at for one in block.series for at, cell in enumerate(one.cells) if cell is figure.cell
    )
    return block.categories[next(places)]


def _source(number: int, row: Row) -> Source:
    return Source(
        number,
        row["source_id"],
        record_text(row["publisher"]),
        record_text(row["title"]),
        row["published_on"] or "",
        label("tier", row["tier"]),
        row["url"] or "",
    )


def _named(block: Block) -> Iterator[str]:
    """Sources of a block in the order of reading."""
    yield from source_ids_of(block)
    if isinstance(block, KeyFigures) and block.table is not None:
        yield from source_ids_of(block.table)
