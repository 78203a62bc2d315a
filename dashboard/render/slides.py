"""A report as slides: native charts and tables, the finding as title, sources in the notes."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import assert_never

from pptx.slide import Slide

from dashboard.content.document import (
    Block,
    ChartBlock,
    DotChart,
    Drawing,
    KeyFigure,
    KeyFigures,
    MapBlock,
    Paragraph,
    Points,
    Section,
    Table,
)
from dashboard.content.report import Report
from dashboard.i18n import gettext as _
from dashboard.i18n import label, speaking
from dashboard.render import slide_theme as theme
from dashboard.render.bar_layout import is_native
from dashboard.render.chart_design import era_text, remarks, shown_eras
from dashboard.render.footnotes import key_of, numbers
from dashboard.render.packaging import moment, pinned
from dashboard.render.plain_text import all_printable
from dashboard.render.slide_charts import add_chart
from dashboard.render.slide_choice import on_stage
from dashboard.render.slide_figures import (
    TILES_A_SLIDE,
    add_big_figure,
    add_tiles,
    notes_told,
    tiles_on_slides,
)
from dashboard.render.slide_frame import (
    INNER_WIDTH,
    LINE,
    Box,
    Frame,
    Line,
    add_text,
    hang,
    height_of,
)
from dashboard.render.slide_notes import (
    folded_columns,
    left_out,
    notes,
    remarks_below,
    sources_counted,
    sources_listed,
    spoken_of,
)
from dashboard.render.slide_pages import (
    SlidePart,
    filled,
    is_big,
    numbered,
    sentences,
    slide_parts,
    with_sentences,
)
from dashboard.render.slide_pictures import slide_picture
from dashboard.render.slide_tables import add_places, add_table, describe, table_pages
from dashboard.render.slide_theme import points
from dashboard.render.table_fit import Page
from dashboard.render.tabulated import table_of_sources
from dashboard.text_metrics import wrapped

_TEXT_SIZES = (26.0, 24.0, 22.0, 20.0)
_SMALL = 14.0
_REMARK_LINES = 2
_MAP_SHARE = 0.66
"""Of the width, at most; the names of the places stand beside the map."""


def report_to_pptx(report: Report) -> bytes:
    """The report as a deck; the same report gives the same bytes.

    Each section gets a slide or more. What does not fit is set smaller, down to sizes that are
    read at ten metres, and then continues on a further slide. Figures carry the sign of their
    evidence; the notes name evidence and sources of every figure of their slide.

    Raises:
        LookupError: the report does not name a source that one of its cells names.
    """
    with speaking(report.stamp.language):
        return _Composer(all_printable(report.on_slides())).deck()


class _Composer:
    """Lays the blocks of one report out on slides."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.presentation = theme.new_deck()
        self.frame = Frame(self.presentation, report)

    def deck(self) -> bytes:
        report = self.report
        is_listed = self._has_slide_of_sources()
        first = self.frame.title_slide("" if is_listed else sources_counted(report))
        theme.theme_of_notes(first)
        counted = [] if is_listed or not report.sources else sources_listed(report)
        said = [report.subtitle, report.warning, *left_out(report), *counted]
        self._note(first, report.title, said)
        for section in on_stage(report)[0].sections:
            self._section(section)
        if is_listed:
            self._block("", table_of_sources(report, with_links=False), ())
        for slide in self.presentation.slides:
            theme.name_fonts(slide.element, report.stamp.language)
        self._properties()
        out = io.BytesIO()
        self.presentation.save(out)
        return pinned(out.getvalue())

    def _properties(self) -> None:
        properties, stamp = self.presentation.core_properties, self.report.stamp
        properties.title = self.report.title[:255]
        properties.author = properties.last_modified_by = stamp.made_by[:255]
        properties.identifier = stamp.edition_id
        properties.language = stamp.language
        properties.revision = 1
        properties.created = properties.modified = moment(stamp.made_at).replace(tzinfo=None)

    def _has_slide_of_sources(self) -> bool:
        """Whether a slide holds the list of sources; a longer one is told with the first slide."""
        table = table_of_sources(self.report, with_links=False)
        return bool(table.rows) and len(self._table_pages(table, "", ())) == 1

    def _section(self, section: Section) -> None:
        """Sentences between other blocks share slides; short ones stand below a block."""
        for block, texts in with_sentences(section, self._is_short):
            if block is None:
                self._texts(section.title, texts)
            elif isinstance(block, KeyFigures) and is_big(block):
                self._big(section.title, block, texts)
            else:
                self._block(section.title, block, self._said(texts))

    def _big(self, title: str, block: KeyFigures, texts: Sequence[Paragraph | Points]) -> None:
        """One figure, large, and beside it what proves it."""
        slide, room = self.frame.slide("", title)
        _note, signs, spoken = _words(block)
        room = self._remark(slide, room, [signs], block)
        further = add_big_figure(slide, block.figures[0], self._said(texts), room)
        self._note(slide, title, [*spoken, *further], block, *texts)

    def _is_short(self, block: Paragraph) -> bool:
        return len(wrapped(self._sentence(block), INNER_WIDTH, _SMALL)) <= _REMARK_LINES

    def _said(self, texts: Sequence[Paragraph | Points]) -> list[str]:
        """Sentences under or beside a block, each with its sign."""
        return [f"{marker} {self._sentence(item)}".strip() for marker, item in sentences(texts)]

    def _sentence(self, block: Block) -> str:
        """A paragraph with the numbers of its sources."""
        assert isinstance(block, Paragraph)
        return " ".join(filter(None, (block.text, numbers(self.report, block.source_ids))))

    def _block(
        self, section: str, block: KeyFigures | Drawing | Table, below: Sequence[str]
    ) -> None:
        """The slides of key figures, a chart, a map or a table."""
        if isinstance(block, Table) and not block.rows:
            title = block.title or section
            self._texts(title, [Paragraph(label("evidence", "no data"))])
            return
        tiles = TILES_A_SLIDE
        whole_figures: Iterator[KeyFigure] = iter(())
        if isinstance(block, KeyFigures):
            whole_figures = iter(block.figures)
            tiles, block, below = self._tiles(section, block, below)
        for part in slide_parts(
            section, block, lambda table, kicker: self._table_pages(table, kicker, below), tiles
        ):
            slide, room = self.frame.slide(part.kicker, part.title)
            whole = part.shown
            if isinstance(whole, KeyFigures):
                whole = KeyFigures(tuple(islice(whole_figures, len(whole.figures))))
            note, signs, _spoken = _words(part.block)
            room = self._remark(slide, room, [note, *below, signs], part.shown)
            self._draw(slide, room, part)
            self._note(slide, part.title, spoken_of(whole), whole)

    def _draw(self, slide: Slide, room: Box, part: SlidePart) -> None:
        stamp = self.report.stamp
        if isinstance(part.block, KeyFigures):
            add_tiles(slide, part.block.figures, room)
        elif isinstance(part.block, ChartBlock) and is_native(part.block):
            add_chart(slide, part.block, room, stamp.language, stamp.made_at)
        elif isinstance(part.block, ChartBlock | DotChart):
            self._picture(slide, part.block, room)
        elif isinstance(part.block, MapBlock):
            map_room = replace(room, width=room.width * _MAP_SHARE)
            left = room.left + self._picture(slide, part.block, map_room) + 24
            beside = replace(room, left=left, width=theme.WIDTH - theme.MARGIN - left)
            add_places(slide, part.block, beside)
        elif isinstance(part.block, Table):
            assert part.page is not None
            alt = _("Table with {rows} rows: {columns}").format(
                rows=len(part.page.rows),
                columns=", ".join(part.block.columns[place].label for place in part.page.columns),
            )
            add_table(slide, part.block, part.page, room, alt)
        else:
            assert_never(part.block)

    def _picture(self, slide: Slide, block: Drawing, room: Box) -> float:
        """A drawing as large as the room allows; returns its width in points."""
        picture = io.BytesIO(slide_picture(block, self.report.stamp.language))
        shape = slide.shapes.add_picture(picture, points(room.left), points(room.top))
        scale = min(points(room.width) / shape.width, points(room.height) / shape.height)
        shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
        describe(shape._element.nvPicPr.cNvPr, block.title, block.alt)
        return float(shape.width / points(1))

    def _table_pages(self, table: Table, kicker: str, below: Sequence[str]) -> list[Page]:
        said = [_note_below(table), *below, key_of(table)]
        return table_pages(table, self._room_above(table, kicker, table.title, said))

    def _tiles(
        self, section: str, block: KeyFigures, below: Sequence[str]
    ) -> tuple[int, KeyFigures, Sequence[str]]:
        """Tiles a slide, the figures as they stand on them, and what stands under them."""
        names = notes_told(
            [figure.full_name for figure in block.figures if figure.note or figure.target]
        )
        room = self._room_above(block, "", section, [names, *below, key_of(block)])
        count, figures, in_notes = tiles_on_slides(block.figures, room)
        said = notes_told(in_notes)
        return count, replace(block, figures=figures), [*([said] if said else []), *below]

    def _room_above(self, block: Block, kicker: str, title: str, said: Sequence[str]) -> Box:
        """The room of a block that may go on, above what stands under it."""
        # A page number may add a line to the title, so room is kept for it.
        room = self.frame.room(kicker, f"{title} (00/00)")
        return replace(room, height=room.height - self._remarks(said, block)[1])

    def _texts(self, title: str, blocks: Sequence[Paragraph | Points]) -> None:
        if not blocks:
            return
        room = self.frame.room("", f"{title} (00/00)")
        lines: list[Line] = []
        for size in _TEXT_SIZES:
            lines = list(self._lines(blocks, size))
            if sum(height_of(line, room.width) for line in lines) <= room.height:
                break
        pieces = [piece for line in lines for piece in _pieces(line, room)]
        groups = filled(pieces, lambda line: height_of(line, room.width), room.height)
        for at, group in enumerate(groups):
            name = numbered(title, at, len(groups))
            slide, box = self.frame.slide("", name)
            add_text(slide, box, group)
            self._note(slide, name, [], *blocks)

    def _lines(self, blocks: Sequence[Paragraph | Points], size: float) -> Iterator[Line]:
        for marker, item in sentences(blocks):
            is_warning = item.kind == "warning"
            colour = theme.WARNING_60 if is_warning else theme.INK
            yield Line(self._sentence(item), size, colour, is_warning, size * 0.5, marker)

    def _remarks(self, said: Sequence[str], block: Block) -> tuple[list[Line], float]:
        """The lines under a block, and the height they take with the space above them."""
        texts = remarks_below(self.report, said, block, INNER_WIDTH, _SMALL)
        lines = [Line(text, _SMALL, theme.INK_SOFT) for text in texts]
        height = sum(height_of(line, INNER_WIDTH) for line in lines)
        return lines, height + 8 if lines else 0.0

    def _remark(self, slide: Slide, room: Box, said: Sequence[str], block: Block) -> Box:
        """Write what stands under a block; returns the room above it."""
        lines, height = self._remarks(said, block)
        if lines:
            top = room.top + room.height - height + 8
            add_text(slide, replace(room, top=top, height=height - 8), lines)
        return replace(room, height=room.height - height)

    def _note(self, slide: Slide, title: str, said: Sequence[str], *blocks: Block) -> None:
        self.frame.note(slide, notes(self.report, title, said, blocks))


def _words(block: KeyFigures | Drawing | Table) -> tuple[str, str, list[str]]:
    """The note of a block, what its signs mean, and what its notes page says first."""
    spoken = spoken_of(block)
    if isinstance(block, KeyFigures):
        return "", key_of(block), spoken
    if isinstance(block, ChartBlock | DotChart):
        shaded = (
            [era_text(era) for era in shown_eras(block)] if isinstance(block, ChartBlock) else []
        )
        return block.note, " · ".join(one for one in remarks(block) if one not in shaded), spoken
    if isinstance(block, MapBlock):
        is_doubtful = any(not place.is_certain for place in block.places)
        return "", f"○ {_('not certain')}" if is_doubtful else "", spoken
    return _note_below(block), key_of(block), spoken


def _note_below(table: Table) -> str:
    """What stands under a table: how it is read, and which columns are in the notes."""
    return " · ".join(filter(None, (table.note, folded_columns(table))))


def _pieces(line: Line, room: Box) -> list[Line]:
    rows = wrapped(line.text, room.width - hang(line), line.size)
    most = max(int((room.height - line.space_before) / (line.size * LINE)), 1)
    if len(rows) <= most:
        return [line]
    return [
        replace(line, text=" ".join(rows[start : start + most]))
        for start in range(0, len(rows), most)
    ]
