"""An empty 16:9 deck in the product's design: KRDS colours and Pretendard GOV in theme and runs.

python-pptx writes no East Asian typeface (its issue 768), without which office programs set Hangul
in a font of their own; so theme and runs get theirs here, in the XML.
"""

from collections.abc import Iterator
from typing import Any

from babel import Locale
from babel.core import get_global
from lxml import etree
from pptx import Presentation
from pptx.enum.text import PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide, SlideLayout
from pptx.util import Length, Pt

FONT = "Pretendard GOV"
WIDTH, HEIGHT = 960.0, 540.0
"""Points; 13.33 × 7.5 inches."""
MARGIN = 40.0
FOOTER_TOP, FOOTER_HEIGHT = 504.0, 24.0

# KRDS, krds-uiux 1.1.0; what the product uses of it.
WHITE, INK, INK_SOFT = "ffffff", "1e2124", "58616a"
GRAY_5, GRAY_20, GRAY_40, GRAY_60 = "f4f5f6", "cdd1d5", "8a949e", "58616a"
PRIMARY_5, PRIMARY_50, PRIMARY_60, PRIMARY_70 = "ecf2fe", "256ef4", "0b50d0", "083891"
PRIMARY_10, PRIMARY_20, PRIMARY_90 = "d8e5fd", "b1cefb", "03163a"
WARNING_5, WARNING_60 = "fff3db", "8a5c00"
_THEME_COLOURS = {
    "dk1": INK,
    "lt1": WHITE,
    "dk2": PRIMARY_70,
    "lt2": GRAY_5,
    "accent1": PRIMARY_50,
    "accent2": GRAY_40,
    "accent3": "346fb2",
    "accent4": "228738",
    "accent5": "8a5c00",
    "accent6": "de3412",
    "hlink": PRIMARY_60,
    "folHlink": PRIMARY_70,
}
_TITLE_SLIDE, _TITLE_ONLY = "Title Slide", "Title Only"
_FOOTERS = frozenset({"ftr", "sldNum"})
# What stands behind the typefaces in a:rPr (ECMA-376, CT_TextCharacterProperties).
_AFTER_TYPEFACES = tuple(
    qn(name) for name in ("a:cs", "a:sym", "a:hlinkClick", "a:hlinkMouseOver", "a:rtl", "a:extLst")
)


def points(value: float) -> Length:
    """A length in points as python-pptx wants it."""
    return Pt(value)


def new_deck() -> Deck:
    """A deck without slides, with two layouts: title slide and title only."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = points(WIDTH), points(HEIGHT)
    _drop(deck, RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.PRINTER_SETTINGS)
    master = deck.slide_master
    for layout in list(deck.slide_layouts):
        if layout.name not in (_TITLE_SLIDE, _TITLE_ONLY):
            deck.slide_layouts.remove(layout)
        else:
            _without_date(layout)
    _theme(master.part)
    for shape in master.placeholders:
        kind = shape.element.ph.get("type")
        if kind == "title":
            shape.left, shape.top = points(MARGIN), points(44)
            shape.width, shape.height = points(WIDTH - 2 * MARGIN), points(44)
        elif kind == "body":
            shape.left, shape.top = points(MARGIN), points(100)
            shape.width, shape.height = points(WIDTH - 2 * MARGIN), points(380)
        elif kind in _FOOTERS:
            is_number = kind == "sldNum"
            shape.left = points(WIDTH - MARGIN - 80 if is_number else MARGIN)
            shape.width = points(80 if is_number else WIDTH - 2 * MARGIN - 100)
            shape.top, shape.height = points(FOOTER_TOP), points(FOOTER_HEIGHT)
            for style in shape.element.iter(qn("a:lvl1pPr")):
                style.set("algn", "r" if is_number else "l")
            for paragraph in shape.text_frame.paragraphs:
                paragraph.alignment = PP_ALIGN.RIGHT if is_number else PP_ALIGN.LEFT
        else:
            shape.element.getparent().remove(shape.element)
    for style in master.element.iter(qn("p:titleStyle")):
        for level in style.iter(qn("a:lvl1pPr")):
            level.set("algn", "l")
    name_fonts(master.element, "ko")
    for layout in deck.slide_layouts:
        name_fonts(layout.element, "ko")
    return deck


def layouts(deck: Deck) -> tuple[SlideLayout, SlideLayout]:
    """The layout of the title slide, and that of all others."""
    return (
        deck.slide_layouts.get_by_name(_TITLE_SLIDE),
        deck.slide_layouts.get_by_name(_TITLE_ONLY),
    )


def theme_of_notes(slide: Slide) -> None:
    """Give the notes master of a slide's notes the deck's typefaces and colours."""
    _theme(slide.notes_slide.part.notes_master.part)
    name_fonts(slide.notes_slide.part.notes_master.element, "ko")


def name_fonts(element: etree._Element, language: str) -> None:
    """Name the Latin and East Asian typeface, and the language, of every run in an element."""
    territory = Locale.parse(get_global("likely_subtags")[language]).territory
    for run in [*element.iter(qn("a:r")), *element.iter(qn("a:fld"))]:
        if run.find(qn("a:rPr")) is None:
            run.insert(0, run.makeelement(qn("a:rPr"), {}))
    for properties in _properties(element):
        if properties.tag != qn("a:defRPr"):
            properties.set("lang", f"{language}-{territory}")
        for name in ("a:latin", "a:ea"):
            for old in properties.findall(qn(name)):
                properties.remove(old)
        place = next(
            (at for at, child in enumerate(properties) if child.tag in _AFTER_TYPEFACES),
            len(properties),
        )
        for name in ("a:ea", "a:latin"):
            properties.insert(place, properties.makeelement(qn(name), {"typeface": FONT}))


def _properties(element: etree._Element) -> Iterator[etree._Element]:
    for name in ("a:rPr", "a:defRPr", "a:endParaRPr"):
        yield from element.iter(qn(name))


def _theme(master_part: Any) -> None:
    """Replace colours and fonts of the theme behind a master."""
    part = master_part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(part.blob)
    theme.set("name", "Cluster Review")
    for name, colour in _THEME_COLOURS.items():
        for slot in theme.iter(qn(f"a:{name}")):
            for old in list(slot):
                slot.remove(old)
            etree.SubElement(slot, qn("a:srgbClr"), val=colour.upper())
    for fonts in ("a:majorFont", "a:minorFont"):
        for scheme in theme.iter(qn(fonts)):
            for script in scheme.findall(qn("a:font")):
                if script.get("script") != "Hang":
                    scheme.remove(script)
                else:
                    script.set("typeface", FONT)
            for kind in ("a:latin", "a:ea"):
                scheme.find(qn(kind)).set("typeface", FONT)
    xml = etree.tostring(theme, encoding="UTF-8", standalone=True, xml_declaration=True)
    if hasattr(part, "_element"):
        part._element = theme
    else:
        part._blob = xml


def _drop(deck: Deck, *kinds: str) -> None:
    """Drop parts of the template that say nothing about this deck."""
    for relations in (deck.part.package._rels, deck.part.rels):
        for name, relation in list(relations.items()):
            if relation.reltype in kinds:
                relations.pop(name)


def _without_date(layout: SlideLayout) -> None:
    for shape in list(layout.placeholders):
        if shape.element.ph.get("type") == "dt":
            shape.element.getparent().remove(shape.element)
