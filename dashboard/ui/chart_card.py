"""A chart with its finding, its source note, and the way to the table behind it."""

from functools import partial

import streamlit as st

from dashboard.content.document import ChartBlock
from dashboard.i18n import gettext as _
from dashboard.i18n import in_page_language, label, ngettext, readable
from dashboard.render.screen.chart_picture import picture_config
from dashboard.render.screen.figures import plotly_figure
from dashboard.render.screen.markdown import heading
from dashboard.render.spreadsheet import answer_to_xlsx
from dashboard.store.answer import Answer
from dashboard.ui.evidence import build_note


def block_card(block: ChartBlock, key: str) -> None:
    """Draw a chart that is no part of a page's report, with the rows behind it.

    Args:
        block: the chart; its answer's rows are the table.
        key: unique name of the card on the page.
    """
    with st.container(key=f"cr-chart-{key}"):
        heading(block.title, 3)
        st.plotly_chart(
            plotly_figure(block),
            key=f"{key}-chart",
            alt=block.alt,
            config=picture_config(block.title),
        )
        if block.answer is not None:
            data_note(block.answer, key)


def data_note(answer: Answer, key: str) -> None:
    """Which sources and build, the rows as a table, and the rows as a file."""
    count = len(answer.sources)
    sources = ngettext("From {count} source", "From {count} sources", count).format(count=count)
    build = _("snapshot {snapshot}, build {build_id}").format(
        snapshot=answer.build.snapshot, build_id=answer.build.build_id
    )
    st.caption(f"{sources} · {build}" if count else build)
    with st.expander(_("Table behind this")):
        rows = [
            {label("column", name): readable(name, row[name]) for name in answer.columns}
            for row in answer.rows
        ]
        st.dataframe(rows, hide_index=True, key=f"{key}-table")
        name = f"{answer.question.name}-{answer.build.build_id}"
        with st.container(horizontal=True):
            st.download_button(
                _("Save as CSV"),
                data=in_page_language(partial(_csv, answer)),
                file_name=f"{name}.csv",
                mime="text/csv",
                key=f"{key}-csv",
                on_click="ignore",
            )
            st.download_button(
                _("Save as XLSX"),
                data=in_page_language(partial(answer_to_xlsx, answer)),
                file_name=f"{name}.xlsx",
                mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                key=f"{key}-xlsx",
                on_click="ignore",
            )
        build_note(answer.build)


def _csv(answer: Answer) -> bytes:
    return answer.to_csv().encode("utf-8-sig")
