"""A chart with its finding, its source note, and the way to the table behind it."""

import streamlit as st

from dashboard.content.document import ChartBlock
from dashboard.i18n import gettext as _
from dashboard.i18n import ngettext
from dashboard.render.screen.chart_view import chart_view
from dashboard.render.screen.markdown import heading
from dashboard.store.answer import Answer
from dashboard.ui.answer_files import answer_files, answer_rows
from dashboard.ui.evidence import build_note


def block_card(block: ChartBlock, key: str, page: str) -> None:
    """Draw a chart that is no part of a page's report, with the rows of its answer behind it.

    The key is the card's own on the page, whose title names its files.
    """
    with st.container(key=f"cr-card-{key}"):
        heading(block.title, 3)
        chart_view(block, key)
        if block.answer is not None:
            data_note(block.answer, key, page, block.title)


def data_note(answer: Answer, key: str, page: str, title: str = "") -> None:
    """How many sources, the rows as a table and as a file, and their build behind a sign.

    Args:
        answer: the rows.
        key: the note's own on the page.
        page: title of the page, for the name of the file.
        title: of what is drawn from the rows, likewise.
    """
    if count := len(answer.sources):
        sources = ngettext("From {count} source", "From {count} sources", count)
        st.caption(sources.format(count=count))
    st.fragment(_table)(answer, key, page, title)


def _table(answer: Answer, key: str, page: str, title: str) -> None:
    """The rows, made when they are opened: most stay closed."""
    table = st.expander(_("Table behind this"), key=f"{key}-table", on_change="rerun")
    if not table.open:
        return
    with table:
        answer_rows(answer)
        with st.container(horizontal=True):
            answer_files(answer, title, page, key)
        build_note(answer.build)
