"""A report as slides: native charts and tables, the finding as title, sources in the notes."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from pptx.slide import Slide

from dashboard.content.document import (
    Block,
    ChartBlock,
    DotChart,
    Drawing,
    KeyFigures,
    MapBlock,
    Paragraph,
    Points,
    Report,
    Section,
    Table,
)
from dashboard.i18n import gettext as _
from dashboard.i18n import label, speaking
from dashboard.render import slide_theme as theme
from dashboard.render.chart_design import parts, remarks
from dashboard.render.footnotes import numbers
from dashboard.render.packaging import moment, pinned
from dashboard.render.plain_text import all_printable
from dashboard.render.slide_charts import BARS_A_SLIDE, add_chart
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
from dashboard.render.slide_notes import key_of, notes, remarks_below
from dashboard.render.slide_pictures import slide_picture
from dashboard.render.slide_tables import (
    TILES_A_SLIDE,
    add_places,
    add_table,
    add_tiles,
    describe,
    table_pages,
)
from dashboard.render.slide_theme import points
from dashboard.render.tabulated import table_of_sources
from dashboard.text_metrics import wrapped

_TEXT_SIZES = (26.0, 24.0, 22.0, 20.0)
_SMALL = 14.0
_REMARK_LINES = 2
_MOST_BELOW = 2
_MAP_SHARE = 0.66
"""Of the width, at most; the names of the places stand beside the map."""
_MARKERS = {"plain": "", "warning": "!", "question": "?"}


def report_to_pptx(report: Report) -> bytes:
    """The report as a deck; the same report gives the same bytes.

    Each section gets a slide or more. What does not fit is set smaller, down to sizes that are
    read at ten metres, and then continues on a further slide. Figures carry the sign of their
    evidence; the notes name evidence and sources of every figure of their slide.

    Raises:
        LookupError: the report does not name a source that one of its cells names.
    """
    with speaking(report.stamp.language):
        return _Composer(all_printable(report)).deck()


class _Composer:
    """Lays the blocks of one report out on slides."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.presentation = theme.new_deck()
        self.frame = Frame(self.presentation, report)

    def deck(self) -> bytes:
        report = self.report
        first = self.frame.title_slide()
        theme.theme_of_notes(first)
        self._note(first, report.title, [report.subtitle, report.warning])
        for section in report.sections:
            self._section(section)
        if report.sources:
            self._table("", table_of_sources(report, with_links=False))
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

    def _section(self, section: Section) -> None:
        """Sentences between other blocks share slides; short ones stand below a block."""
        texts: list[Paragraph | Points] = []
        blocks = list(section.blocks)
        while blocks:
            block = blocks.pop(0)
            if isinstance(block, Paragraph | Points):
                texts.append(block)
                continue
            below: list[str] = []
            if len(texts) <= _MOST_BELOW and all(self._is_short(text) for text in texts):
                below = [self._sentence(text) for text in texts]
            else:
                self._texts(section.title, texts)
            texts = []
            while blocks and len(below) < _MOST_BELOW and self._is_short(blocks[0]):
                below.append(self._sentence(blocks.pop(0)))
            title = section.title
            if isinstance(block, KeyFigures):
                self._tiles(title, block, below)
            elif isinstance(block, ChartBlock | DotChart):
                self._chart("" if block.title == title else title, block, below)
            elif isinstance(block, MapBlock):
                self._map("" if block.title == title else title, block, below)
            elif isinstance(block, Table):
                block = replace(block, title=block.title or title)
                self._table("" if block.title == title else title, block, below)
            else:
                assert_never(block)
        self._texts(section.title, texts)

    def _is_short(self, block: Block) -> bool:
        if not isinstance(block, Paragraph) or block.kind != "plain":
            return False
        return len(wrapped(self._sentence(block), INNER_WIDTH, _SMALL)) <= _REMARK_LINES

    def _sentence(self, block: Block) -> str:
        """A paragraph with the numbers of its sources."""
        assert isinstance(block, Paragraph)
        return " ".join(filter(None, (block.text, numbers(self.report, block.source_ids))))

    def _tiles(self, title: str, block: KeyFigures, below: Sequence[str] = ()) -> None:
        groups = [
            block.figures[start : start + TILES_A_SLIDE]
            for start in range(0, len(block.figures), TILES_A_SLIDE)
        ]
        for at, group in enumerate(groups):
            part = KeyFigures(group)
            name = _numbered(title, at, len(groups))
            slide, room = self.frame.slide("", name)
            room = self._remark(slide, room, [*below, key_of(part)], part)
            add_tiles(slide, group, room)
            said = [
                " · ".join(filter(None, (figure.name, figure.change, figure.target, figure.note)))
                for figure in group
            ]
            self._note(slide, name, said, part)

    def _chart(self, section: str, block: ChartBlock | DotChart, below: Sequence[str] = ()) -> None:
        charts = parts(block, BARS_A_SLIDE)
        for at, part in enumerate(charts):
            name = _numbered(block.title, at, len(charts))
            slide, room = self.frame.slide(section, name)
            room = self._remark(slide, room, [*below, " · ".join(remarks(part))], part)
            stamp = self.report.stamp
            if isinstance(part, ChartBlock):
                add_chart(slide, part, room, stamp.language, stamp.made_at)
            else:
                self._picture(slide, part, room)
            self._note(slide, name, [block.alt], part)

    def _map(self, section: str, block: MapBlock, below: Sequence[str] = ()) -> None:
        slide, room = self.frame.slide(section, block.title)
        is_doubtful = any(not place.is_certain for place in block.places)
        said = [*below, *([f"○ {_('not certain')}"] if is_doubtful else [])]
        room = self._remark(slide, room, said, block)
        width = self._picture(slide, block, replace(room, width=room.width * _MAP_SHARE))
        left = room.left + width + 24
        add_places(slide, block, replace(room, left=left, width=theme.WIDTH - theme.MARGIN - left))
        names = ", ".join(place.name for place in block.places)
        self._note(slide, block.title, [block.alt, names], block)

    def _picture(self, slide: Slide, block: Drawing, room: Box) -> float:
        """A drawing as large as the room allows; returns its width in points."""
        picture = io.BytesIO(slide_picture(block, self.report.stamp.language))
        shape = slide.shapes.add_picture(picture, points(room.left), points(room.top))
        scale = min(points(room.width) / shape.width, points(room.height) / shape.height)
        shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
        describe(shape._element.nvPicPr.cNvPr, block.title, block.alt)
        return float(shape.width / points(1))

    def _table(self, section: str, table: Table, below: Sequence[str] = ()) -> None:
        title = table.title
        if not table.rows:
            self._texts(title, [Paragraph(label("evidence", "no data"))])
            return
        said = [table.note, *below, key_of(table)]
        under = self._remarks(said, table)[1]
        # A page number may add a line to the title, so room is kept for it.
        room = self.frame.room(section, f"{title} (00/00)")
        laid = table_pages(table, replace(room, height=room.height - under))
        for at, page in enumerate(laid):
            rows = tuple(table.rows[row] for row in dict.fromkeys(page.origins))
            part = replace(table, rows=rows)
            name = _numbered(title, at, len(laid))
            slide, room = self.frame.slide(section, name)
            room = self._remark(slide, room, said, part)
            alt = _("Table with {rows} rows: {columns}").format(
                rows=len(page.rows),
                columns=", ".join(table.columns[place].label for place in page.columns),
            )
            add_table(slide, table, page, room, alt)
            self._note(slide, name, [table.note], part)

    def _texts(self, title: str, blocks: Sequence[Paragraph | Points]) -> None:
        if not blocks:
            return
        room = self.frame.room("", f"{title} (00/00)")
        lines: list[Line] = []
        for size in _TEXT_SIZES:
            lines = list(self._lines(blocks, size))
            if sum(height_of(line, room.width) for line in lines) <= room.height:
                break
        groups = _split(lines, room)
        for at, group in enumerate(groups):
            name = _numbered(title, at, len(groups))
            slide, box = self.frame.slide("", name)
            add_text(slide, box, group)
            self._note(slide, name, [], *blocks)

    def _lines(self, blocks: Sequence[Paragraph | Points], size: float) -> Iterator[Line]:
        for block in blocks:
            items = block.items if isinstance(block, Points) else (block,)
            for number, item in enumerate(items, 1):
                marker = _MARKERS[item.kind]
                if isinstance(block, Points):
                    marker = f"{number}." if block.is_numbered else marker or "•"
                text = self._sentence(item)
                is_warning = item.kind == "warning"
                colour = theme.WARNING_60 if is_warning else theme.INK
                yield Line(text, size, colour, is_warning, size * 0.5, marker)

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


def _numbered(title: str, at: int, count: int) -> str:
    return f"{title} ({at + 1}/{count})" if count > 1 else title


def _split(lines: Sequence[Line], room: Box) -> list[list[Line]]:
    """Lines as groups that fit a slide; a paragraph longer than a slide is continued."""
    groups: list[list[Line]] = [[]]
    left = room.height
    for line in lines:
        for piece in _pieces(line, room):
            height = height_of(piece, room.width)
            if groups[-1] and height > left:
                groups.append([])
                left = room.height
            groups[-1].append(piece)
            left -= height
    return groups


def _pieces(line: Line, room: Box) -> list[Line]:
    rows = wrapped(line.text, room.width - hang(line), line.size)
    most = max(int((room.height - line.space_before) / (line.size * LINE)), 1)
    if len(rows) <= most:
        return [line]
    return [
        replace(line, text=" ".join(rows[start : start + most]))
        for start in range(0, len(rows), most)
    ]
