"""The rows of an answer as a table, and as files."""

from functools import partial

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.i18n import in_page_language, label, readable
from dashboard.render.spreadsheet import answer_to_xlsx
from dashboard.store.answer import Answer


def answer_table(answer: Answer, key: str) -> None:
    """Draw the rows, as they were asked for, in readable words."""
    rows = [
        {label("column", name): readable(name, row[name]) for name in answer.columns}
        for row in answer.rows
    ]
    st.dataframe(rows, hide_index=True, key=f"{key}-table")


def answer_files(answer: Answer, key: str) -> None:
    """Draw the buttons that save the rows as CSV and as XLSX; each is made when it is asked for."""
    name = f"{answer.question.name}-{answer.build.build_id}"
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


def _csv(answer: Answer) -> bytes:
    return answer.to_csv().encode("utf-8-sig")
