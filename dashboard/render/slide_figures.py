"""Key figures on slides: tiles, and one figure that fills its slide with what proves it."""

from collections.abc import Sequence
from dataclasses import replace

from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide

from dashboard.content.document import KeyFigure, Peer
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.render import slide_theme as theme
from dashboard.render.footnotes import mark
from dashboard.render.peers_row import DOT, dot_places, peers_text
from dashboard.render.slide_frame import LINE, Box, Line, add_text, fill, height_of, write
from dashboard.render.slide_tables import describe
from dashboard.render.slide_theme import points
from dashboard.text_metrics import BOLD, clipped, largest_size

_VALUE_SIZES = (60.0, 54.0, 48.0, 44.0, 40.0, 36.0, 32.0, 28.0, 24.0, 20.0)
_TILE_PADDING, _TILE_GAP = 14.0, 16.0
TILES_A_SLIDE = 6
_TILE_COUNTS = (TILES_A_SLIDE, 3, 2, 1)
_TILE_HEIGHT = 240.0
"""Of a tile whose words leave it a choice."""
_LOW = 180.0
"""Height of a tile under which what stands above and below its value is set smaller."""
_LEAST_SHARED = 28.0
"""Points of a value under which it is set smaller than those beside it."""
_BIG_SHARE = 0.36
"""Of the width, where sentences stand beside a figure."""
_BIG_SIZES = (150.0, 130.0, 110.0, 90.0, 72.0, 60.0, 48.0, 40.0, 32.0)
_PROOF_SIZES = (24.0, 22.0, 20.0, 18.0, 16.0, 14.0)
_NAMES_SIZE = 16.0
"""Of the names under a row of dots."""


def tiles_on_slides(
    figures: Sequence[KeyFigure], box: Box
) -> tuple[int, tuple[KeyFigure, ...], tuple[str, ...]]:
    """How key figures are divided, and what of their notes a tile holds.

    A slide has as many tiles, at most six, as say everything but their notes and targets; each of
    these stands whole or in the notes of the slide alone.

    Returns:
        Tiles a slide; the figures as they stand on them; names of those whose note does not.
    """
    kinds = [(one, replace(one, note=""), replace(one, note="", target="")) for one in figures]
    most = next(
        count
        for count in _TILE_COUNTS
        if count == 1 or all(_is_whole(least, *_tile_size(count, box)) for *_more, least in kinds)
    )
    count = max(-(-len(figures) // -(-len(figures) // most)), 1) if figures else most
    size = _tile_size(count, box)
    shown = tuple(
        next((one for one in (whole, short) if _is_whole(one, *size)), least)
        for whole, short, least in kinds
    )
    in_notes = (one for one, figure in zip(shown, figures, strict=True) if one != figure)
    return count, shown, tuple(one.full_name for one in in_notes)


def notes_told(names: Sequence[str]) -> str:
    """That the notes of the slide say more of these figures; empty where there are none."""
    return _("More in the notes: {names}").format(names=", ".join(names)) if names else ""


def _tile_size(count: int, box: Box) -> tuple[float, float]:
    """Width and greatest height of each of so many tiles, in points."""
    across, down = _grid(count)
    return (
        (box.width - _TILE_GAP * (across - 1)) / across,
        (box.height - _TILE_GAP * (down - 1)) / down,
    )


def _grid(count: int) -> tuple[int, int]:
    """Tiles beside and below each other."""
    across = count if count <= 3 else 2 if count == 4 else 3
    return across, -(-count // across)


def _is_whole(figure: KeyFigure, width: float, height: float) -> bool:
    """Whether a tile of a size says every word of its figure."""
    said = [line.text for line in tile_lines(figure, width, height)]
    return said == [text for text in _tile_texts(figure) if text]


def add_big_figure(
    slide: Slide, figure: KeyFigure, said: Sequence[str], box: Box
) -> tuple[str, ...]:
    """A figure that is read from the last row, and beside it the sentences that prove it.

    Below it stands, of a rank, a dot for each region.

    Returns:
        The sentences for which there is no room.
    """
    if figure.peers:
        box = _above_peers(slide, figure.peers, box)
    width = box.width * _BIG_SHARE if said else box.width
    evidence = figure.evidence or label("evidence", figure.cell.evidence)
    texts = (evidence, figure.change, figure.target, figure.note)
    below = [Line(text, 16.0, theme.INK_SOFT) for text in texts if text]
    name = Line(figure.name, 20.0, theme.INK_SOFT)
    most = box.height - sum(height_of(line, width) for line in (name, *below))
    fitting = tuple(size for size in _BIG_SIZES if size * LINE <= most) or _BIG_SIZES[-1:]
    size = largest_size(figure.cell.text, width / BOLD, fitting, 1)
    value = Line(figure.cell.text, size, theme.PRIMARY_60, bold=True)
    add_text(slide, Box(box.left, box.top, width, box.height), [name, value, *below])
    left = box.left + width + 2 * _TILE_GAP
    beside = Box(left, box.top, box.left + box.width - left, box.height)
    proofs: list[Line] = []
    # The longest gives way: it lists from what the others follow.
    kept = sorted(range(len(said)), key=lambda at: len(said[at]))
    for count, size in ((n, size) for n in range(len(kept), 0, -1) for size in _PROOF_SIZES):
        proofs = [Line(said[at], size, space_before=size * 0.5) for at in sorted(kept[:count])]
        if sum(height_of(line, beside.width) for line in proofs) <= beside.height:
            break
    if proofs:
        add_text(slide, beside, proofs)
    shown = {line.text for line in proofs}
    return tuple(text for text in said if text not in shown)


def _above_peers(slide: Slide, peers: Sequence[Peer], box: Box) -> Box:
    """Draw the row of dots with its names at the foot of a box; returns the room above it."""
    names = Line(peers_text(peers), _NAMES_SIZE, theme.INK)
    high = height_of(names, box.width)
    top = box.top + box.height - high
    add_text(slide, Box(box.left, top, box.width, high), [names])
    top -= DOT + _TILE_GAP / 2
    row = slide.shapes.add_group_shape()
    for peer, (left, size) in zip(peers, dot_places(len(peers), box.width), strict=True):
        place = Box(box.left + left, top + (DOT - size) / 2, size, size).place
        dot = row.shapes.add_shape(MSO_SHAPE.OVAL, *place)
        _paint_dot(dot, peer)
        dot.name = peer.name or label("evidence", "no data")
    describe(row._element.nvGrpSpPr.cNvPr, _("Rank among all regions"), names.text)
    return Box(box.left, box.top, box.width, top - _TILE_GAP - box.top)


def _paint_dot(dot: Shape, peer: Peer) -> None:
    """Full with a figure, a broken ring without; the subject in the accent."""
    if peer.is_known:
        fill(dot, theme.PRIMARY_50 if peer.is_subject else theme.GRAY_40)
        return
    fill(dot, theme.WHITE, theme.PRIMARY_50 if peer.is_subject else theme.GRAY_40)
    dot.line.width = points(1.75)
    dot.line.dash_style = MSO_LINE.DASH


def add_tiles(slide: Slide, figures: Sequence[KeyFigure], box: Box) -> None:
    """At most six key figures, each on a tile of its own; higher than usual if one needs it."""
    across = _grid(len(figures))[0]
    width, most = _tile_size(len(figures), box)
    usual = min(most, _TILE_HEIGHT)
    height = usual if all(_is_whole(figure, width, usual) for figure in figures) else most
    largest = max(min(_value_size(figure, width, height) for figure in figures), _LEAST_SHARED)
    for at, figure in enumerate(figures):
        place = Box(
            box.left + (at % across) * (width + _TILE_GAP),
            box.top + (at // across) * (height + _TILE_GAP),
            width,
            height,
        )
        _add_tile(slide, figure, place, largest)


def _add_tile(slide: Slide, figure: KeyFigure, box: Box, largest: float) -> None:
    tile = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.place)
    fill(tile, theme.GRAY_5)
    tile.name = figure.full_name[:200]
    frame = tile.text_frame
    frame.margin_left = frame.margin_right = points(_TILE_PADDING)
    frame.margin_top = frame.margin_bottom = points(_TILE_PADDING - 4)
    frame.vertical_anchor = MSO_ANCHOR.TOP
    write(frame, tile_lines(figure, box.width, box.height, largest), PP_ALIGN.LEFT)


def _tile_texts(figure: KeyFigure) -> tuple[str, str, str, str, str, str]:
    """Name, value, evidence, change, target and note; those that say nothing are empty."""
    evidence = " ".join(filter(None, (mark(figure.cell), label("evidence", figure.cell.evidence))))
    if figure.cell.evidence == "no data":
        evidence = ""  # the value says so
    return (
        figure.full_name,
        figure.cell.text,
        figure.evidence or evidence,
        figure.change,
        figure.target,
        figure.note,
    )


def _value_size(figure: KeyFigure, width: float, height: float) -> float:
    """How large the value of a figure can be set on a tile."""
    fitting = tuple(size for size in _VALUE_SIZES if size <= height / 4) or _VALUE_SIZES[-1:]
    return largest_size(figure.cell.text, (width - 2 * _TILE_PADDING) / BOLD, fitting, 1)


def tile_lines(
    figure: KeyFigure, width: float, height: float, largest: float = _VALUE_SIZES[0]
) -> list[Line]:
    """What a tile says, from the value to the note, as far as there is room.

    The value is set no larger than `largest` points, so that tiles beside each other are alike.
    """
    room = width - 2 * _TILE_PADDING
    size = min(_value_size(figure, width, height), largest)
    named, said = (14.0, 14.0) if height < _LOW else (20.0, 16.0)
    is_doubtful = bool(mark(figure.cell))
    looks = (
        (named, theme.INK, True),
        (size, theme.PRIMARY_70, True),
        (14.0, theme.WARNING_60 if is_doubtful else theme.INK_SOFT, False),
        (said, theme.INK, False),
        (said, theme.INK, False),
        (14.0, theme.INK_SOFT, False),
    )
    lines: list[Line] = []
    left = height - 2 * (_TILE_PADDING - 4)
    for text, (font_size, colour, bold) in zip(_tile_texts(figure), looks, strict=True):
        fitting = int(left / (font_size * LINE))
        if not text or fitting < 1:
            continue
        shown = clipped(text, room / (BOLD if bold else 1), font_size, fitting)
        line = Line(shown, font_size, colour, bold)
        lines.append(line)
        left -= height_of(line, room)
    return lines
