"""A report as slides of the browser: the same pages as in the PPTX file, on the same grid."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.content.document import (
    Block,
    Drawing,
    KeyFigures,
    MapBlock,
    Paragraph,
    Points,
    Report,
    Section,
    Table,
)
from dashboard.content.mentions import source_ids_of
from dashboard.i18n import gettext as _
from dashboard.i18n import ngettext
from dashboard.render.footnotes import key_of, key_to_places, marked
from dashboard.render.slide_pages import filled, numbered, sentences, slide_parts
from dashboard.render.slide_tables import TILES_A_SLIDE
from dashboard.render.table_fit import Page, pages
from dashboard.text_metrics import text_width, wrapped

WIDTH = 880.0
"""Width of what stands on a slide, on a grid of 960 by 540 units."""
_HEIGHT = 310.0
"""Height that a slide with a title of two lines leaves."""
_LINE = 1.35
_TEXT = 24.0
_TABLE_SIZES = (22.0, 20.0, 18.0, 16.0)
"""Units; on a screen 1440 pixels wide, 16 units are 24 pixels."""
_SMALL = 16.0
_TILES_A_ROW = 3
"""A slide holds two rows of tiles, or one where a note stands in them."""


@dataclass(frozen=True)
class Slide:
    """One slide: a title, and one block or part of one under it."""

    title: str
    kicker: str = ""
    """The section, where the title does not say it."""
    block: Block | None = None
    page: Page | None = None
    """Which columns and rows of a table stand on it, and how large."""
    remarks: tuple[str, ...] = ()
    """What stands below: notes, signs, sources."""


def slides_of(report: Report) -> list[Slide]:
    """A title slide, then one slide or more for every block."""
    first = Slide(report.title, remarks=tuple(filter(None, (report.subtitle, report.warning))))
    return [first, *(slide for section in report.sections for slide in _section(report, section))]


def _section(report: Report, section: Section) -> Iterator[Slide]:
    texts: list[Paragraph | Points] = []
    for block in section.blocks:
        if isinstance(block, Paragraph | Points):
            texts.append(block)
            continue
        yield from _texts(report, section.title, texts)
        texts = []
        yield from _drawn(report, section.title, block)
    yield from _texts(report, section.title, texts)


def _drawn(report: Report, section: str, block: KeyFigures | Drawing | Table) -> Iterator[Slide]:
    has_notes = isinstance(block, KeyFigures) and any(one.note for one in block.figures)
    tiles = _TILES_A_ROW if has_notes else TILES_A_SLIDE
    for part in slide_parts(section, block, _table_pages, tiles):
        note = getattr(part.block, "note", "")
        if isinstance(part.block, MapBlock):
            note = key_to_places()
        below = _below(report, part.shown, note)
        yield Slide(part.title, part.kicker, part.block, part.page, below)


def _table_pages(table: Table, _kicker: str) -> list[Page]:
    texts = [[marked(cell) for cell in row] for row in table.rows]
    return pages(table.columns, texts, WIDTH, _HEIGHT, _TABLE_SIZES, _LINE)


def _texts(report: Report, title: str, blocks: Sequence[Paragraph | Points]) -> Iterator[Slide]:
    """Sentences in slides of as many as fit; a list that goes on keeps its numbers."""
    groups = filled(sentences(blocks), _height, _HEIGHT)
    for at, group in enumerate(groups):
        lines = Points(
            tuple(replace(item, text=f"{marker} {item.text}".strip()) for marker, item in group)
        )
        name = numbered(title, at, len(groups))
        yield Slide(name, block=lines, remarks=_below(report, lines))


def _height(item: tuple[str, Paragraph]) -> float:
    return (len(wrapped(item[1].text, WIDTH - 2 * _TEXT, _TEXT)) * _LINE + 0.5) * _TEXT


def _below(report: Report, block: Block, *said: str) -> tuple[str, ...]:
    """Notes, the meaning of the signs, and the publishers."""
    return tuple(filter(None, (*said, key_of(block), _publishers(report, block))))


def _publishers(report: Report, block: Block) -> str:
    """As many publishers as fit in a line; the file of the deck names every source."""
    named = set(source_ids_of(block))
    known = list(dict.fromkeys(one.publisher for one in report.sources if one.source_id in named))
    for count in range(len(known), 0, -1):
        rest = len(known) - count
        text = _("Sources: {sources}").format(sources=", ".join(known[:count]))
        if rest:
            text += ngettext(" and {count} more", " and {count} more", rest).format(count=rest)
        if count == 1 or text_width(text, _SMALL) <= WIDTH:
            return text
    return ""
