"""A page or report on screen: each run of what is read as one element, the others between them."""

from collections.abc import Callable, Iterable, Mapping

import streamlit as st

from dashboard.content.document import Section
from dashboard.content.report import Report
from dashboard.render.screen.chart_view import chart_view
from dashboard.render.screen.figures import first_picture
from dashboard.render.screen.html import Html
from dashboard.render.screen.report_map import report_map
from dashboard.render.screen.written import (
    Drawn,
    Written,
    html_of,
    newly_written,
    written_report,
    written_sections,
)

Parts = Mapping[str, Callable[[], None]]
"""Name of a section's part → what draws what is interactive behind the section."""
_MAP_HEIGHT = 420


def report_view(report: Report, parts: Parts | None = None) -> None:
    """Draw a report: title, list of sections, sections with what is interactive, sources."""
    written = written_report(report, frozenset(parts or ()))
    with st.container(key="cr-report", gap="small"):
        _show(written, parts or {})


def make_ahead(report: Report, parts: frozenset[str]) -> None:
    """Write what is read, and draw the charts, of a report that may be asked for next."""
    _draw_ahead(written_report(report, parts))


def _draw_ahead(written: Iterable[Written]) -> None:
    for item in written:
        if isinstance(item, list):
            for half in item:
                _draw_ahead(half)
        elif isinstance(item, tuple) and item[0] == "chart":
            first_picture(item[2])


def draw_sections(*sections: Section) -> None:
    """Draw what is only read and stands in no report, as one element, as `html_of` has it."""
    st.html(html_of(*sections))


def sections_view(
    sections: Iterable[Section], parts: Parts | None = None, *, first: int = 1
) -> None:
    """Draw sections that name no source, under a title that the page has already.

    `first` is the number of the first one: beside a report one that is none of its own.
    """
    _show(newly_written(sections, parts or {}, first), parts or {})


def kept_sections(sections: tuple[Section, ...], *, first: int = 1) -> None:
    """Draw the same of sections that are kept by whoever made them, with nothing interactive."""
    _show(written_sections(sections, first), {})


def _show(written: Iterable[Written], parts: Parts) -> None:
    for item in written:
        if isinstance(item, Html):
            st.html(item)
        elif isinstance(item, list):
            for column, half in zip(st.columns(len(item), gap="medium"), item, strict=True):
                with column:
                    _show(half, parts)
        else:
            _element(item, parts)


def _element(item: Drawn, parts: Parts) -> None:
    kind, key, shown = item
    if kind == "part":
        parts[key]()
    elif kind == "map":
        theme = "dark" if st.context.theme.type == "dark" else "light"
        st.pydeck_chart(
            report_map(shown, theme, _MAP_HEIGHT), height=_MAP_HEIGHT, key=key, alt=shown.alt
        )
    else:
        chart_view(shown, key)
