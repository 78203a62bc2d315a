"""Formats of the Hangul document: fonts, paragraphs, borders, and what makes its bytes steady."""

from collections.abc import Iterator
from typing import Any

from hwpx import HwpxDocument
from hwpx.oxml.table import HwpxOxmlTable

FONT = "함초롬바탕"
HEADING_FONT = "맑은 고딕"
"""Both come with Hangul or Windows; a document to be edited brings no font of its own."""
PAGE_WIDTH_MM, MARGIN_MM = 210.0, 20.0
TEXT_WIDTH_MM = PAGE_WIDTH_MM - 2 * MARGIN_MM
_UNITS_A_MM = 7200 / 25.4
"""HWPUNIT is 1/7200 inch (KS X 6101)."""
_TABLES = (
    "fontfaces",
    "borderFills",
    "charProperties",
    "tabProperties",
    "numberings",
    "bullets",
    "paraProperties",
    "styles",
    "memoProperties",
)
"""Tables of a header in their order (KS X 6101, OWPML header)."""
_FIRST_ID = 1000
_WITH_ID = frozenset({"p", "tbl", "pic", "header", "footer"})


def units(millimetres: float) -> int:
    """Millimetres in HWPUNIT."""
    return round(millimetres * _UNITS_A_MM)


class Formats:
    """Ids of the formats a document uses; each is made once."""

    def __init__(self, document: HwpxDocument) -> None:
        styles = document.styles
        for face in (FONT, HEADING_FONT):
            styles.ensure_font(face)
        # Resolved once: by its name a style is looked up anew for every paragraph.
        self.text = styles.resolve("본문").id
        run = styles.ensure_run
        self.body = run(font=FONT, size=11)
        self.bold = run(font=FONT, size=11, bold=True)
        self.small = run(font=FONT, size=9, color="#58616A")
        self.footnote = run(font=FONT, size=10, color="#0B50D0", script="sup")
        self.doubt = run(font=FONT, size=10, color="#8A5C00")
        self.warning = run(font=HEADING_FONT, size=11, bold=True, color="#8A5C00")
        self.title = run(font=HEADING_FONT, size=22, bold=True)
        self.subtitle = run(font=HEADING_FONT, size=13, color="#58616A")
        self.heading = run(font=HEADING_FONT, size=15, bold=True, color="#083891")
        self.caption = run(font=HEADING_FONT, size=11, bold=True)
        self.cell = run(font=FONT, size=10)
        self.cell_bold = run(font=HEADING_FONT, size=10, bold=True)
        self.border = styles.ensure_border_fill(border_color="#8A949E", border_width="0.12 mm")
        self._styles = styles
        self.head = self.filled("#ecf2fe")
        header = document.oxml.headers[0]

        def paragraph(align: str, spacing: int, above: int = 0, with_next: bool = False) -> str:
            return str(
                header.ensure_paragraph_format(
                    base_para_pr_id="0",
                    alignment=align,
                    line_spacing_percent=spacing,
                    margins={"prev": above * 100, "next": above * 50},
                    break_setting={"keep_with_next": with_next},
                )
            )

        self.left = paragraph("LEFT", 150)
        self.spaced = paragraph("LEFT", 160, 4)
        self.with_next = paragraph("LEFT", 150, 10, with_next=True)
        self.centre = paragraph("CENTER", 130, 4)
        self.cell_left = paragraph("LEFT", 130)
        self.cell_right = paragraph("RIGHT", 130)

    def filled(self, colour: str) -> str:
        """A cell's border with a fill (#rrggbb); the same colour is the same format."""
        return str(
            self._styles.ensure_border_fill(
                border_color="#8A949E", border_width="0.12 mm", fill_color=colour.upper()
            )
        )


def repeat_header(table: HwpxOxmlTable) -> None:
    """Let a table flow over pages between its rows, its first row on top of each."""
    table.set_treat_as_char(False)
    table.element.set("pageBreak", "CELL")
    table.element.set("repeatHeader", "1")
    for cell in table.rows[0].cells:
        cell.element.set("header", "1")
    table.mark_dirty()


def steady_ids(document: HwpxDocument) -> None:
    """Number paragraphs and objects in their order; the library gives them random numbers."""
    for section in document.sections:
        instead: dict[str, str] = {}
        for element, name in _numbers(section.element):
            # A header or footer is named three times by one number; all others are named once.
            number = str(_FIRST_ID + len(instead))
            element.set(name, instead.setdefault(element.get(name), number))
        section.mark_dirty()


def in_schema_order(document: HwpxDocument) -> None:
    """Set the tables of the header in the order of the OWPML schema, which the library leaves.

    It adds those of bullets and pictures at the end, when they are first needed.
    """
    for header in document.headers:
        for tables in header.element.iter():
            if isinstance(tables.tag, str) and tables.tag.endswith("}refList"):
                tables[:] = sorted(tables, key=_schema_place)
        header.mark_dirty()


def _schema_place(table: Any) -> int:
    """Of a table of the header; one that the schema does not name stands behind the others."""
    name = table.tag.rpartition("}")[2]
    return _TABLES.index(name) if name in _TABLES else len(_TABLES)


def _numbers(root: Any) -> Iterator[tuple[Any, str]]:
    """Elements with an attribute that holds a number of their own, or names such a number."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        kind = element.tag.rpartition("}")[2]
        if kind in _WITH_ID and element.get("id"):
            yield element, "id"
        elif kind in ("headerApply", "footerApply"):
            yield element, "idRef"
        if element.get("instid"):
            yield element, "instid"
