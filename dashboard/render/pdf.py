"""A report as PDF by typst: tagged, with bookmarks, vector charts and the typeface inside."""

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, assert_never

import typst

from dashboard.content.document import (
    Block,
    Cell,
    ChartBlock,
    DotChart,
    KeyFigure,
    KeyFigures,
    MapBlock,
    Paragraph,
    Points,
    Section,
    Table,
)
from dashboard.content.mentions import cells_of, source_ids_of
from dashboard.content.report import Report
from dashboard.i18n import gettext as _
from dashboard.i18n import label, speaking
from dashboard.render.dot_layout import whole_lanes
from dashboard.render.drawing import FONTS, to_svg
from dashboard.render.footnotes import (
    key_of,
    key_to_marks,
    mark,
    number_runs,
    source_text,
    stamp_text,
)
from dashboard.render.line_drawing import unlabelled
from dashboard.render.packaging import moment
from dashboard.render.plain_text import REPLACEMENT, all_printable
from dashboard.render.tabulated import shade_of

_TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
_LETTER = _TEMPLATE.with_name("letter.typ")
_WIDTH, _COMPACT_WIDTH, _HALF_WIDTH = 499.0, 532.0, 259.0
"""Points between the margins of the template: a page, a compact page, half of the latter."""
_MOST_COLUMNS = 10
_UNDRAWN = "could not be displayed"
"""What typst says where no font has a letter: an accessible PDF holds none that is not drawn."""
_COMPACT = frozenset({"review"})
"""Kinds that are one sheet of two pages and its sources: smaller letters, sections side by side."""

Part = dict[str, Any]


def report_to_pdf(report: Report) -> bytes:
    """The report on A4. The same report gives the same bytes, on every machine.

    Every page carries the edition, the day of the figures and the warning. Texts reach the
    typesetter as data, so that none of them can be markup.
    """
    report = all_printable(report)
    with speaking(report.stamp.language):
        content = json.dumps(_document(report), ensure_ascii=False)
    made = int(moment(report.stamp.made_at).timestamp())
    try:
        return _typeset(_TEMPLATE, {"report": content}, made)
    except typst.TypstError as error:
        if _UNDRAWN not in str(error):
            raise
    # What people write holds letters that no font here has: a sign, a rare Chinese character.
    shown = "".join(letter if _is_drawn(letter) else REPLACEMENT for letter in content)
    return _typeset(_TEMPLATE, {"report": shown}, made)


@cache
def _is_drawn(letter: str) -> bool:
    """Whether one of the fonts has the letter."""
    if letter.isascii() or "가" <= letter <= "힣":
        return True
    try:
        _typeset(_LETTER, {"letter": letter}, 0)
    except typst.TypstError as error:
        if _UNDRAWN not in str(error):
            raise
        return False
    return True


def _typeset(template: Path, inputs: dict[str, str], made: int) -> bytes:
    return bytes(
        typst.compile(
            str(template),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs=inputs,
            pdf_standards="ua-1",
            timestamp=made,
        )
    )


def _document(report: Report) -> Part:
    compact = report.kind in _COMPACT
    cells = [cell for block in report.blocks for _about, cell in cells_of(block)]
    made = moment(report.stamp.made_at)
    return {
        "title": report.title,
        "subtitle": report.subtitle,
        "warning": report.warning,
        "language": report.stamp.language,
        "author": report.stamp.made_by,
        "made": [made.year, made.month, made.day, made.hour, made.minute, made.second],
        "stamp": stamp_text(report.stamp),
        "origin": _origin(report),
        "compact": compact,
        "key": key_to_marks(cells),
        "words": {"sources": _("Sources"), "no_title": report.title},
        "sections": [_section(report, section, compact) for section in report.sections],
        # On the sheet of two pages without their addresses, which would fill pages.
        "sources": [
            {"number": source.number, "text": source_text(source, with_address=not compact)}
            for source in report.sources
        ],
    }


def _origin(report: Report) -> str:
    """How the report came about, in one line under its title."""
    stamp = report.stamp
    parts = [stamp_text(stamp)]
    if stamp.edition_id:  # else the stamp names them
        parts.append(f"{label('column', 'build_id')} {stamp.build_id}")
        parts.append(f"{label('column', 'snapshot')} {stamp.snapshot}")
    if stamp.made_by:
        parts.append(f"{_('Made by')} {stamp.made_by}")
    if stamp.link:
        parts.append(f"{_('Same figures')} {stamp.link}")
    return " · ".join(parts)


def _section(report: Report, section: Section, compact: bool) -> Part:
    half = compact and section.is_half
    width = _HALF_WIDTH if half else _COMPACT_WIDTH if compact else _WIDTH
    return {
        "title": section.title,
        "half": half,
        "blocks": [
            _block(report, part, width) for block in section.blocks for part in _parts(block)
        ],
    }


def _parts(block: Block) -> Sequence[Block]:
    """A table with more columns than a page holds as several, the first column in each.

    A dot chart with more rows than a page holds becomes charts of whole lanes.
    """
    if isinstance(block, DotChart):
        return whole_lanes(block)
    if not isinstance(block, Table) or len(block.columns) <= _MOST_COLUMNS:
        return [block]
    length = _MOST_COLUMNS - 1
    spans = [slice(at, at + length) for at in range(1, len(block.columns), length)]
    return [
        replace(
            block,
            columns=(block.columns[0], *block.columns[span]),
            rows=tuple((row[0], *row[span]) for row in block.rows),
            note=block.note if span is spans[-1] else "",
        )
        for span in spans
    ]


def _block(report: Report, block: Block, width: float) -> Part:
    if isinstance(block, Table):
        return _table(report, block)
    if isinstance(block, KeyFigures):
        return {
            "kind": "figures",
            "figures": [
                {
                    "name": figure.full_name,
                    "cell": _cell(report, figure.cell),
                    "remarks": _remarks(report, figure),
                }
                for figure in block.figures
            ],
        }
    if isinstance(block, ChartBlock | DotChart):
        return _chart(report, block, width)
    if isinstance(block, MapBlock):
        svg = to_svg(block, width, report.stamp.language)
        key = "● " + label("centre_state", "open") + " · ○ " + _("not certain")
        return {"kind": "image", "title": block.title, "alt": block.alt, "svg": svg, "note": key}
    if isinstance(block, Points):
        return {
            "kind": "points",
            "numbered": block.is_numbered,
            "items": [_paragraph(report, item) for item in block.items],
        }
    if isinstance(block, Paragraph):
        return _paragraph(report, block)
    assert_never(block)


def _remarks(report: Report, figure: KeyFigure) -> list[str]:
    """What stands under a key figure; the sheet of two pages says evidence by its sign alone."""
    evidence = "" if report.kind in _COMPACT else figure.evidence
    return [text for text in (evidence, figure.change, figure.target, figure.note) if text]


def _paragraph(report: Report, paragraph: Paragraph) -> Part:
    return {
        "kind": "paragraph",
        "text": paragraph.text,
        "mood": paragraph.kind,
        "refs": number_runs(report, paragraph.source_ids),
    }


def _chart(report: Report, block: ChartBlock | DotChart, width: float) -> Part:
    """A chart; one without any figure says so in words."""
    if not block.has_points:
        return _paragraph(report, Paragraph(block.title))
    return {
        "kind": "image",
        "title": block.title,
        "alt": block.alt,
        "svg": to_svg(block, width, report.stamp.language),
        "note": " · ".join(filter(None, (block.note, key_of(block), unlabelled(block, width)))),
        "refs": number_runs(report, source_ids_of(block)),
    }


def _table(report: Report, table: Table) -> Part:
    if not table.rows:
        none = f"{table.title} {label('evidence', 'no data')}".strip()
        return _paragraph(report, Paragraph(none))
    return {
        "kind": "table",
        "title": table.title,
        "note": table.note,
        "tall": table.form == "signing",
        "columns": [{"label": column.label, "right": column.is_figure} for column in table.columns],
        "rows": [_row(report, row) for row in table.rows],
    }


def _row(report: Report, row: Sequence[Cell]) -> list[Part]:
    """Cells of a row; what rests on the same sources as the figure to its left repeats none."""
    cells = [_cell(report, cell) for cell in row]
    return [
        {**cell, "refs": []} if place and cell["refs"] == cells[place - 1]["refs"] else cell
        for place, cell in enumerate(cells)
    ]


def _cell(report: Report, cell: Cell) -> Part:
    return {
        "text": cell.text,
        "mark": mark(cell),
        "shade": shade_of(cell),
        "evidence": cell.evidence or "",
        "refs": number_runs(report, cell.source_ids),
    }
