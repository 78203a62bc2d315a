"""The rows of an answer as a table, and as files."""

from collections.abc import Callable
from functools import partial
from pathlib import PurePath
from typing import Any

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.i18n import in_page_language, label, readable
from dashboard.render.spreadsheet import answer_to_xlsx
from dashboard.store.answer import Answer

MIMES = {
    ".pdf": "application/pdf",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".hwpx": "application/hwp+zip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
"""Suffix of a file → its media type."""


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
    save_button(_("Save as CSV"), partial(_csv, answer), f"{name}.csv", f"{key}-csv")
    save_button(_("Save as XLSX"), partial(answer_to_xlsx, answer), f"{name}.xlsx", f"{key}-xlsx")


def save_button(
    title: str, made: Callable[[], bytes], file_name: str, key: str, **more: Any
) -> None:
    """Draw a button that saves a file, which is made when it is asked for."""
    st.download_button(
        title,
        data=in_page_language(made),
        file_name=file_name,
        mime=MIMES[PurePath(file_name).suffix],
        key=key,
        on_click="ignore",
        **more,
    )


def _csv(answer: Answer) -> bytes:
    return answer.to_csv().encode("utf-8-sig")
