"""A report as one scrollable page: a list of its sections that stays in sight, and its sources."""

import streamlit as st

from dashboard.content.document import Paragraph, Points, Report, Section
from dashboard.i18n import date_text
from dashboard.render.screen.blocks import draw_block
from dashboard.render.screen.html import draw


def report_view(report: Report) -> None:
    """Draw a report: title, warning, list of sections, sections, sources."""
    with st.container(key="cr-report", gap="small"):
        draw("report_sections.html", sections=_listed(report))
        draw("report_head.html", report=report)
        for sections in _rows(report.sections):
            columns = st.columns(len(sections), gap="medium")
            for column, (number, section) in zip(columns, sections, strict=True):
                with column:
                    _section(report, number, section)
        if report.sources:
            draw("report_sources.html", sources=report.sources, date=date_text)


Numbered = tuple[int, Section]
"""A section with its number, counted from 1."""


def asks(section: Section) -> int:
    """How many questions a section raises."""
    paragraphs = [
        item
        for block in section.blocks
        for item in (block.items if isinstance(block, Points) else (block,))
        if isinstance(item, Paragraph)
    ]
    return sum(item.kind == "question" for item in paragraphs)


def _listed(report: Report) -> list[tuple[int, str, int]]:
    """Number, title and questions of every section, those that ask in front."""
    listed = [
        (number, section.title, asks(section)) for number, section in enumerate(report.sections, 1)
    ]
    return sorted(listed, key=lambda entry: not entry[2])


def _rows(sections: tuple[Section, ...]) -> list[list[Numbered]]:
    """Sections in the order of reading; two halves that follow each other stand side by side."""
    rows: list[list[Numbered]] = []
    for number, section in enumerate(sections, 1):
        beside = rows and len(rows[-1]) == 1 and rows[-1][0][1].is_half and section.is_half
        if beside:
            rows[-1].append((number, section))
        else:
            rows.append([(number, section)])
    return rows


def _section(report: Report, number: int, section: Section) -> None:
    key = "cr-section-ask" if asks(section) else "cr-section"
    with st.container(key=f"{key}-{number}", gap="small"):
        draw("report_heading.html", number=number, title=section.title)
        for place, block in enumerate(section.blocks):
            draw_block(report, block, f"{report.kind}-{number}-{place}")
