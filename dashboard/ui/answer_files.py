"""The rows of an answer as a table, and as files."""

from collections.abc import Callable
from functools import partial
from pathlib import PurePath
from typing import Any

import streamlit as st

from dashboard.content.answer_table import answer_table
from dashboard.content.assembly import with_publishers
from dashboard.content.document import Section
from dashboard.content.query_context import QueryContext
from dashboard.i18n import gettext as _
from dashboard.i18n import in_page_language
from dashboard.render.file_names import answer_name, name_ending
from dashboard.render.formats import Encoding
from dashboard.render.screen.page import draw_sections
from dashboard.render.spreadsheet import answer_to_xlsx
from dashboard.render.tables import answer_to_csv
from dashboard.settings import settings
from dashboard.store.answer import Answer
from dashboard.store.ask import open_record
from dashboard.ui.noting import downloads
from dashboard.ui.reader import reader
from dashboard.ui.record_in_view import record_in_view

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


def answer_rows(answer: Answer) -> None:
    """Draw the rows in readable words, as every table of the pages."""
    context = QueryContext(record_in_view(), answer.build)
    draw_sections(Section("", (with_publishers(answer_table(answer), context),)))


def answer_files(answer: Answer, title: str, page: str, key: str) -> None:
    """Draw the buttons that save the rows as CSV and as XLSX; each is made when it is asked for.

    They have what everybody may see, also where the reader sees exact counts.

    Args:
        answer: the rows.
        title: of what is saved, for the name of the file.
        page: on which it stands, likewise.
        key: of the block.
    """
    answer = open_record(settings()).passed_on(answer)
    kinds: tuple[tuple[str, Callable[[], bytes], str, Encoding], ...] = (
        (_("Save as CSV"), partial(answer_to_csv, answer, "utf-8"), ".csv", "utf-8"),
        (_("Save as CSV (CP949)"), partial(answer_to_csv, answer, "cp949"), ".csv", "cp949"),
        (_("Save as XLSX"), partial(answer_to_xlsx, answer), ".xlsx", "utf-8"),
    )
    for number, (said, made, suffix, encoding) in enumerate(kinds):
        name = answer_name(answer, title, page, name_ending(suffix, encoding))
        taken = downloads(made, suffix, reader().identity, answer.question.name, answer.parameters)
        save_button(said, taken, name, f"{key}-save-{number}")


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
