"""The blocks of a report, each drawn as a page shows it."""

from functools import partial
from typing import assert_never

import streamlit as st

from dashboard.content.document import (
    Block,
    ChartBlock,
    DotChart,
    KeyFigures,
    MapBlock,
    Paragraph,
    Points,
    Report,
    Table,
)
from dashboard.i18n import gettext as _
from dashboard.i18n import in_page_language, label, language
from dashboard.maps.report_map import report_map
from dashboard.render.drawing import to_png, to_svg
from dashboard.render.footnotes import cells_of, key_to_marks, mark
from dashboard.render.screen.chart_picture import picture_config
from dashboard.render.screen.figures import plotly_figure
from dashboard.render.screen.html import draw
from dashboard.render.screen.markdown import heading
from dashboard.render.screen.references import references

_MAP_HEIGHT = 420
_SVG_POINTS = 720.0
_PNG_PIXELS = 2400


def draw_block(report: Report, block: Block, key: str) -> None:
    """Draw one block.

    Args:
        report: the report, for the numbers of its sources.
        block: the block.
        key: unique on the page.
    """
    if isinstance(block, Table):
        _table(report, block)
    elif isinstance(block, KeyFigures):
        draw(
            "report_figures.html",
            figures=block.figures,
            mark=mark,
            refs=partial(references, report),
        )
    elif isinstance(block, ChartBlock | DotChart):
        _chart(block, key)
    elif isinstance(block, MapBlock):
        _map(block, key)
    elif isinstance(block, Points):
        draw(
            "report_points.html",
            items=block.items,
            tag="ol" if block.is_numbered else "ul",
            refs=partial(references, report),
        )
    elif isinstance(block, Paragraph):
        paragraph(report, block)
    else:
        assert_never(block)


def paragraph(report: Report, block: Paragraph) -> None:
    """A sentence or more; a warning or a question stands out."""
    draw("report_paragraph.html", item=block, refs=partial(references, report))


def _table(report: Report, table: Table) -> None:
    if not table.rows:
        st.info(label("evidence", "no data"))
        return
    cells = [cell for row in table.rows for cell in row]
    draw(
        "report_table.html",
        table=table,
        caption=table.title or ", ".join(column.label for column in table.columns),
        marks=key_to_marks(cells),
        mark=mark,
        refs=partial(references, report),
    )


def _chart(block: ChartBlock | DotChart, key: str) -> None:
    with st.container(key=f"cr-chart-{key}"):
        heading(block.title, 3)
        st.plotly_chart(
            plotly_figure(block),
            key=f"{key}-chart",
            alt=block.alt,
            config=picture_config(block.title),
        )
        marks = key_to_marks(cell for _about, cell in cells_of(block))
        if marks:
            st.caption(f"{marks} · {_('Hollow: not settled')}")
        with st.container(horizontal=True):
            for kind, mime in (("svg", "image/svg+xml"), ("png", "image/png")):
                st.download_button(
                    _("Save as {format}").format(format=kind.upper()),
                    data=in_page_language(partial(_picture, block, kind)),
                    file_name=f"{key}.{kind}",
                    mime=mime,
                    key=f"{key}-{kind}",
                    on_click="ignore",
                )


def _picture(block: ChartBlock | DotChart, kind: str) -> bytes:
    """Drawn when it is asked for, by the program that draws for paper."""
    if kind == "svg":
        return to_svg(block, _SVG_POINTS, language()).encode("utf-8")
    return to_png(block, _PNG_PIXELS, language())


def _map(block: MapBlock, key: str) -> None:
    theme = "dark" if st.context.theme.type == "dark" else "light"
    st.pydeck_chart(
        report_map(block, theme, _MAP_HEIGHT), height=_MAP_HEIGHT, key=key, alt=block.alt
    )
    draw("report_map.html", title=block.title, alt=block.alt)
