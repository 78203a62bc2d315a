"""A report as slides of the browser: the same pages as in the PPTX file, on the same grid."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from dashboard.content.document import (
    Block,
    Drawing,
    KeyFigure,
    KeyFigures,
    MapBlock,
    Paragraph,
    Points,
    Section,
    Table,
)
from dashboard.content.mentions import source_ids_of
from dashboard.content.report import Report
from dashboard.i18n import gettext as _
from dashboard.i18n import ngettext
from dashboard.render.footnotes import key_of, key_to_places, marked
from dashboard.render.slide_choice import on_stage
from dashboard.render.slide_figures import TILES_A_SLIDE, notes_told, tiles_on_slides
from dashboard.render.slide_frame import Box
from dashboard.render.slide_notes import folded_columns, notes, spoken_of
from dashboard.render.slide_pages import (
    filled,
    is_big,
    numbered,
    sentences,
    slide_parts,
    with_sentences,
)
from dashboard.render.slide_tables import columns_shown
from dashboard.render.table_fit import Page, pages
from dashboard.text_metrics import BOLD, text_width, wrapped

WIDTH = 880.0
"""Width of what stands on a slide, on a grid of 960 by 540 units."""
_HEIGHT = 310.0
"""Height that a slide with a title of two lines leaves for text, with a line under it."""
_PAGE, _EDGES = 540.0, 84.0
"""Height of a slide, and what its edges, its foot and the gaps around its body take."""
_TITLE, _TITLE_LINE, _GAP = 28.0, 1.3, 8.0
_LINE = 1.35
_TEXT = 24.0
_TABLE_SIZES = (22.0, 20.0, 18.0, 16.0)
"""Units; on a screen 1440 pixels wide, 16 units are 24 pixels."""
_SMALL = 16.0
_SAVED = 24.0
"""Of two rows of tiles, whose edges are narrower than in the file."""
_REMARK_LINES = 2
"""Most of a sentence that stands under a block."""


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
    beside: tuple[str, ...] = ()
    """What proves a figure that fills the slide."""
    notes: tuple[str, ...] = ()
    """For the speaker: everything uncut, evidence and sources, as in the notes of the file."""


def slides_of(report: Report) -> list[Slide]:
    """A title slide, then one slide or more for every block."""
    first = Slide(
        report.title,
        remarks=tuple(filter(None, (report.subtitle, report.warning))),
    )
    sections = on_stage(report)[0].sections
    return [first, *(slide for section in sections for slide in _section(report, section))]


def _section(report: Report, section: Section) -> Iterator[Slide]:
    for block, texts in with_sentences(section, _is_short):
        if block is None:
            yield from _texts(report, section.title, texts)
        elif is_big(block):
            yield _big(report, section.title, block, texts)
        else:
            yield from _drawn(report, section.title, block, texts)


def _is_short(sentence: Paragraph) -> bool:
    return len(wrapped(sentence.text, WIDTH, _SMALL)) <= _REMARK_LINES


def _big(report: Report, title: str, block: Block, texts: Sequence[Paragraph | Points]) -> Slide:
    """One figure, large, and beside it what proves it."""
    return Slide(
        title,
        block=block,
        remarks=_below(report, block),
        beside=_said(texts),
        notes=tuple(notes(report, title, spoken_of(block), [block, *texts])),
    )


def _drawn(
    report: Report,
    section: str,
    block: KeyFigures | Drawing | Table,
    texts: Sequence[Paragraph | Points],
) -> Iterator[Slide]:
    said = _said(texts)
    height = _room(report, section, block, said)
    tiles = TILES_A_SLIDE
    whole_figures: Iterator[KeyFigure] = iter(())
    if isinstance(block, KeyFigures):
        whole_figures = iter(block.figures)
        tiles, figures, names = tiles_on_slides(block.figures, Box(0, 0, WIDTH, height + _SAVED))
        block = replace(block, figures=figures)
        said = (*filter(None, (notes_told(names),)), *said)
    for part in slide_parts(section, block, partial(_table_pages, height), tiles):
        whole = part.shown
        if isinstance(whole, KeyFigures):
            whole = KeyFigures(tuple(islice(whole_figures, len(whole.figures))))
        said_first = [getattr(part.block, "note", "")]
        if isinstance(part.block, MapBlock):
            said_first = [key_to_places()]
        elif isinstance(part.block, Table):
            said_first.append(folded_columns(part.block))
        below = _below(report, part.shown, *said_first, *said)
        spoken = notes(report, part.title, spoken_of(whole), [whole, *texts])
        yield Slide(part.title, part.kicker, part.block, part.page, below, notes=tuple(spoken))


def _room(
    report: Report, section: str, block: KeyFigures | Drawing | Table, said: Sequence[str]
) -> float:
    """Height that a block has between the title, with its number, and what stands under it."""
    name = getattr(block, "title", "") or section
    titles = len(wrapped(f"{name} (00/00)", WIDTH / BOLD, _TITLE)) * _TITLE * _TITLE_LINE
    if name != section:
        titles += _SMALL * _LINE + _GAP
    below = [getattr(block, "note", ""), *_below(report, block, *said)]
    if isinstance(block, Table):
        below.append(folded_columns(block))
    if isinstance(block, KeyFigures):
        below.append(notes_told([one.full_name for one in block.figures if one.note or one.target]))
    lines = [len(wrapped(text, WIDTH, _SMALL)) for text in below if text]
    return _PAGE - _EDGES - titles - sum(lines) * _SMALL * _LINE - len(lines) * _GAP


def _said(texts: Sequence[Paragraph | Points]) -> tuple[str, ...]:
    """Sentences under or beside a block, each with its sign."""
    return tuple(f"{marker} {item.text}".strip() for marker, item in sentences(texts))


def _table_pages(height: float, table: Table, _kicker: str) -> list[Page]:
    texts = [[marked(cell) for cell in row] for row in table.rows]
    return pages(table.columns, texts, WIDTH, height, _TABLE_SIZES, _LINE, columns_shown(table))


def _texts(report: Report, title: str, blocks: Sequence[Paragraph | Points]) -> Iterator[Slide]:
    """Sentences in slides of as many as fit; a list that goes on keeps its numbers."""
    groups = filled(sentences(blocks), _height, _HEIGHT)
    for at, group in enumerate(groups):
        lines = Points(
            tuple(replace(item, text=f"{marker} {item.text}".strip()) for marker, item in group)
        )
        name = numbered(title, at, len(groups))
        spoken = tuple(notes(report, name, [], [lines]))
        yield Slide(name, block=lines, remarks=_below(report, lines), notes=spoken)


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
