"""What every slide has: the finding as title, the warning, the footer, notes, and boxes of text."""

import io
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Length

from dashboard.content.report import Cover, Report, Stamp
from dashboard.i18n import gettext as _
from dashboard.render import slide_theme as theme
from dashboard.render.cover_drawing import HEIGHT as ARCS_HEIGHT
from dashboard.render.cover_drawing import WIDTH as ARCS_WIDTH
from dashboard.render.cover_drawing import cover_picture
from dashboard.render.footnotes import stamp_text
from dashboard.render.slide_theme import points
from dashboard.text_metrics import BOLD, clipped, largest_size, text_width, wrapped

_TITLE_SIZES = (28.0, 26.0, 24.0)
LINE = 1.34
"""Height of a line as a multiple of the font size: that of Malgun Gothic and of the OTF here."""
_TITLE_LINES = 3
_BANNER_SIZE = 14.0
_KICKER_SIZE = 16.0
_FOOTER_SIZE = 12.0
_TOP, _GAP = 16.0, 12.0
INNER_WIDTH = theme.WIDTH - 2 * theme.MARGIN
_TITLE_WIDTH = (INNER_WIDTH - 10) / BOLD
_COVER_LEFT, _COVER_WIDTH = 60.0, 520.0


@dataclass(frozen=True)
class Box:
    """A place on a slide, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def place(self) -> tuple[Length, Length, Length, Length]:
        """As python-pptx wants it: left, top, width, height."""
        return points(self.left), points(self.top), points(self.width), points(self.height)


@dataclass(frozen=True)
class Line:
    """A paragraph in a box."""

    text: str
    size: float
    colour: str = theme.INK
    bold: bool = False
    space_before: float = 0.0
    marker: str = ""
    """A bullet or number, set before the text and hung."""


_EMBLEM = Box(68.0, 58.0, 224.0, 64.0)
"""Within which the emblem of a cover stands."""


class Frame:
    """Makes the slides of one report, each with its footer, warning and notes."""

    def __init__(self, deck: Deck, report: Report) -> None:
        self.deck = deck
        self.report = report

    def title_slide(self, sources: str = "") -> Slide:
        """The first slide: title, subtitle, edition, as-of date, who made it, how many sources."""
        report = self.report
        if report.cover is not None:
            return self._cover(report.cover, sources)
        slide = self.deck.slides.add_slide(theme.layouts(self.deck)[0])
        top = self._warn(slide) + 110
        title = clipped(report.title, _TITLE_WIDTH, 40, 3)
        height = len(wrapped(title, _TITLE_WIDTH, 40)) * 40 * LINE
        self._place(slide.shapes.title, Box(theme.MARGIN, top, INNER_WIDTH, height))
        write(slide.shapes.title.text_frame, [Line(title, 40, theme.PRIMARY_70, bold=True)])
        subtitle = slide.placeholders[1]
        stamp = report.stamp
        lines = [
            *([Line(clipped(report.subtitle, INNER_WIDTH, 24, 3), 24)] if report.subtitle else []),
            Line(stamp_text(stamp), 20, theme.INK_SOFT, space_before=18),
            *([Line(_made_by(stamp), 20, theme.INK_SOFT)] if stamp.made_by else []),
            *([Line(sources, 14, theme.INK_SOFT, space_before=12)] if sources else []),
        ]
        self._place(subtitle, Box(theme.MARGIN, top + height + 16, INNER_WIDTH, 180))
        write(subtitle.text_frame, lines, PP_ALIGN.LEFT)
        self._footer(slide)
        return slide

    def _cover(self, cover: Cover, sources: str) -> Slide:
        """The first slide of a deck: emblem, title, occasion and arcs on a dark ground."""
        report, stamp = self.report, self.report.stamp
        slide = self.deck.slides.add_slide(theme.layouts(self.deck)[0])
        ground = slide.background.fill
        ground.solid()
        ground.fore_color.rgb = RGBColor.from_string(theme.PRIMARY_90.upper())
        bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, points(14), points(theme.HEIGHT))
        fill(bar, theme.PRIMARY_50)
        bar.name = _("Cover")
        arcs = cover_picture(cover)
        if arcs:
            picture = slide.shapes.add_picture(io.BytesIO(arcs), points(590), points(150))
            picture.width, picture.height = points(ARCS_WIDTH), points(ARCS_HEIGHT)
            picture.name = _("Promotion centres of the region")
        self._warn(slide)
        if cover.emblem:
            _emblem(slide, cover)
        width = _COVER_WIDTH if arcs else INNER_WIDTH - 40
        title = clipped(report.title, width / BOLD, 46, 4)
        height = len(wrapped(title, width / BOLD, 46)) * 46 * LINE
        top = 270 - height * 0.7
        self._place(slide.shapes.title, Box(_COVER_LEFT, top, width, height))
        write(slide.shapes.title.text_frame, [Line(title, 46, theme.WHITE, bold=True)])
        origin = " · ".join(filter(None, (stamp_text(stamp), _made_by(stamp))))
        lines = [
            *(
                [Line(clipped(report.subtitle, width, 22, 2), 22, theme.PRIMARY_10)]
                if report.subtitle
                else []
            ),
            *(
                [Line(clipped(cover.occasion, width, 20, 2), 20, theme.PRIMARY_10, space_before=20)]
                if cover.occasion
                else []
            ),
            Line(origin, 12, theme.PRIMARY_20, space_before=20),
            *([Line(sources, 12, theme.PRIMARY_20)] if sources else []),
        ]
        self._place(slide.placeholders[1], Box(_COVER_LEFT, top + height + 12, width, 150))
        write(slide.placeholders[1].text_frame, lines, PP_ALIGN.LEFT)
        return slide

    def slide(self, kicker: str, title: str) -> tuple[Slide, Box]:
        """A slide with its finding as title, above it the section's title unless it is the same.

        A finding that needs more than three lines is set smaller, and one that needs more then is
        cut, and whole in the notes.

        Returns:
            The slide, and the room that is left for its content.
        """
        slide = self.deck.slides.add_slide(theme.layouts(self.deck)[1])
        self._warn(slide)
        room = self.room(kicker, title)
        shown, size = _title_line(title)
        height = _title_height(title)
        top = room.top - _GAP - height
        if _is_shown(kicker, title):
            text = clipped(kicker, _TITLE_WIDTH, _KICKER_SIZE, 1)
            high = _KICKER_SIZE * LINE
            box = Box(theme.MARGIN, top - high, INNER_WIDTH, high)
            add_text(slide, box, [Line(text, _KICKER_SIZE, theme.PRIMARY_60, bold=True)])
        self._place(slide.shapes.title, Box(theme.MARGIN, top, INNER_WIDTH, height))
        write(slide.shapes.title.text_frame, [Line(shown, size, bold=True)])
        self._footer(slide)
        return slide, room

    def room(self, kicker: str, title: str) -> Box:
        """The room a slide of these titles leaves for its content."""
        top = self._banner()[1] + _TOP + (_KICKER_SIZE * LINE if _is_shown(kicker, title) else 0)
        top += _title_height(title) + _GAP
        return Box(theme.MARGIN, top, INNER_WIDTH, theme.FOOTER_TOP - 8 - top)

    def note(self, slide: Slide, lines: Sequence[str]) -> None:
        """Write the notes page; the deck's typefaces reach it, too."""
        frame = slide.notes_slide.notes_text_frame
        frame.text = "\n".join(line for line in lines if line)
        theme.name_fonts(slide.notes_slide.element, self.report.stamp.language)

    def _banner(self) -> tuple[str, float]:
        """Text and height of the banner of a warning; the height is 0 without one."""
        warning = self.report.warning
        if not warning:
            return "", 0.0
        text = clipped(warning, INNER_WIDTH, _BANNER_SIZE, 2)
        lines = len(wrapped(text, INNER_WIDTH, _BANNER_SIZE))
        return text, lines * _BANNER_SIZE * LINE + 10

    def _warn(self, slide: Slide) -> float:
        """Draw the banner of a warning; returns the height it takes."""
        text, height = self._banner()
        if not text:
            return 0.0
        banner = slide.shapes.add_shape(
            MSO_SHAPE.RECTANGLE, 0, 0, points(theme.WIDTH), points(height)
        )
        banner.name = _("Warning")
        fill(banner, theme.WARNING_5)
        frame = banner.text_frame
        frame.margin_left = frame.margin_right = points(theme.MARGIN)
        frame.margin_top = frame.margin_bottom = 0
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        line = Line(text, _BANNER_SIZE, theme.WARNING_60, bold=True)
        write(frame, [line], PP_ALIGN.LEFT)
        return height

    def _footer(self, slide: Slide) -> None:
        """Footer and slide number as the placeholders that office programs know."""
        for placeholder in slide.slide_layout.placeholders:
            kind = placeholder.element.ph.get("type")
            if kind not in ("ftr", "sldNum"):
                continue
            copy = deepcopy(placeholder.element)
            slide.shapes._spTree.append(copy)
            shape = slide.shapes[-1]
            copy.nvSpPr.cNvPr.set("id", str(100 + len(slide.shapes)))
            if kind == "ftr":
                line = Line(stamp_text(self.report.stamp), _FOOTER_SIZE, theme.INK_SOFT)
                write(shape.text_frame, [line])
            else:
                for text in copy.iter(qn("a:fld")):
                    text.find(qn("a:t")).text = str(len(self.deck.slides))
                    properties = text.get_or_add_rPr()
                    properties.set("sz", str(int(_FOOTER_SIZE * 100)))

    @staticmethod
    def _place(shape: Shape, box: Box) -> None:
        shape.left, shape.top, shape.width, shape.height = box.place
        frame = shape.text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.vertical_anchor = MSO_ANCHOR.TOP


def _emblem(slide: Slide, cover: Cover) -> None:
    """The emblem on white, on which it is made to be read."""
    picture = slide.shapes.add_picture(io.BytesIO(cover.emblem), 0, 0)
    scale = min(points(_EMBLEM.width) / picture.width, points(_EMBLEM.height) / picture.height)
    picture.width, picture.height = int(picture.width * scale), int(picture.height * scale)
    picture.left, picture.top = points(_EMBLEM.left), points(_EMBLEM.top)
    picture.name = cover.organiser or _("Emblem")
    picture._element.nvPicPr.cNvPr.set("descr", picture.name)
    pad = points(8)
    ground = slide.shapes.add_shape(
        MSO_SHAPE.RECTANGLE,
        picture.left - pad,
        picture.top - pad,
        picture.width + 2 * pad,
        picture.height + 2 * pad,
    )
    fill(ground, theme.WHITE)
    picture._element.addprevious(ground._element)


def _title_line(title: str) -> tuple[str, float]:
    """What of a title stands on its slide, and its size in points."""
    size = largest_size(title, _TITLE_WIDTH, _TITLE_SIZES, _TITLE_LINES)
    return clipped(title, _TITLE_WIDTH, size, _TITLE_LINES), size


def _title_height(title: str) -> float:
    shown, size = _title_line(title)
    return len(wrapped(shown, _TITLE_WIDTH, size)) * size * LINE


def _is_shown(kicker: str, title: str) -> bool:
    return bool(kicker) and kicker != title


def add_text(slide: Slide, box: Box, lines: Sequence[Line]) -> Shape:
    """A text box without margins."""
    shape = slide.shapes.add_textbox(*box.place)
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    write(frame, lines)
    return shape


def write(frame: TextFrame, lines: Sequence[Line], align: PP_ALIGN | None = None) -> None:
    """Fill a text frame with paragraphs. A text is text: nothing in it is taken for markup."""
    frame.word_wrap = True
    frame.clear()
    for at, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.space_before = points(line.space_before)
        # Exact, not a multiple: then a line is as high in a font that stands in for ours.
        paragraph.line_spacing = points(line.size * LINE)
        if align is not None:
            paragraph.alignment = align
        properties = paragraph._p.get_or_add_pPr()
        properties.set("eaLnBrk", "0")  # between words only: 시·도 is one
        if line.marker:
            indent = points(hang(line))
            properties.set("marL", str(int(indent)))
            properties.set("indent", str(-int(indent)))
            bullet = properties.makeelement(qn("a:buChar"), {"char": line.marker})
            if line.marker.rstrip(".").isdigit():
                numbering = {"type": "arabicPeriod", "startAt": line.marker.rstrip(".")}
                bullet = properties.makeelement(qn("a:buAutoNum"), numbering)
            properties.append(bullet)
        else:
            properties.set("marL", "0")
            properties.set("indent", "0")
            properties.append(properties.makeelement(qn("a:buNone"), {}))
        if not line.text:
            # As high as its end mark, 18 points unless told; LibreOffice drops an empty run.
            size = {"sz": str(int(line.size * 100))}
            paragraph._p.append(properties.makeelement(qn("a:endParaRPr"), size))
            continue
        run = paragraph.add_run()
        run.text = line.text.replace("\n", "\v")
        run.font.size = points(line.size)
        run.font.bold = line.bold
        run.font.color.rgb = RGBColor.from_string(line.colour.upper())


def hang(line: Line) -> float:
    """How far a line with a marker is indented, in points."""
    return text_width(line.marker, line.size) + line.size * 0.5 if line.marker else 0.0


def height_of(line: Line, width: float) -> float:
    """Height in points that a paragraph takes in a box of a width in points."""
    room = (width - hang(line)) / (BOLD if line.bold else 1)
    rows = len(wrapped(line.text, room, line.size))
    return line.space_before + rows * line.size * LINE


def fill(shape: Shape, colour: str, line: str | None = None) -> None:
    """A flat shape: one colour, nothing of the theme's effects, an outline only if one is named."""
    style = shape._element.find(qn("p:style"))
    if style is not None:
        shape._element.remove(style)
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(colour.upper())
    if line is None:
        shape.line.fill.background()
    else:
        shape.line.color.rgb = RGBColor.from_string(line.upper())
        shape.line.width = points(1)


def _made_by(stamp: Stamp) -> str:
    """Who made the file, where somebody is named."""
    return _("Made by: {name}").format(name=stamp.made_by) if stamp.made_by else ""
