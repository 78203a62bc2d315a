"""Where a table stands in its sheet: which of several, and which rows are its header."""

from dataclasses import replace

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.intake.delivery import Delivery
from dashboard.intake.header_block import HEADER_ROWS
from dashboard.intake.layout import Shape, TableLayout
from dashboard.ui.handing_in.staged import Upload


def chosen_shape(upload: Upload) -> Shape | None:
    """What the reader chose about the table of this upload; None as long as nothing was."""
    shape: Shape | None = st.session_state.get(_key(upload))
    return shape


def choose_shape(delivery: Delivery, upload: Upload, shape: Shape) -> None:
    """Read the file again with these choices over those before."""
    st.session_state[_key(upload)] = delivery.shape.under(shape)
    st.rerun()


def submit_choice(title: str) -> bool:
    """The button of a form of choices, with what becomes of them; whether it was pressed."""
    st.caption(_("The choice is remembered for the next table of this kind."))
    return st.form_submit_button(title, type="primary")


def back_step(upload: Upload) -> None:
    """Offer to read the file as it was recognised."""
    if chosen_shape(upload) is not None and st.button(
        _("Take the choices back"), key="handing-in-shape-back"
    ):
        del st.session_state[_key(upload)]
        st.rerun()


def place_form(delivery: Delivery, layout: TableLayout, upload: Upload) -> None:
    """Choices of the table and its header; what was chosen about another header is dropped."""
    line, rows = layout.header_block
    # A key of its own for each reading, so that the fields show what is read now.
    key = f"handing-in-place-{upload.file_id}-{layout.table}-{line}-{rows}"
    with st.form(f"{key}-form", border=False):
        with st.container(horizontal=True):
            table = layout.table
            if len(layout.tables) > 1:
                table = st.selectbox(
                    _("Which table of the sheet"),
                    range(1, len(layout.tables) + 1),
                    index=layout.table - 1,
                    format_func=lambda number: _("{number}: header from cell {cell}").format(
                        number=number, cell=layout.tables[number - 1]
                    ),
                    key=f"{key}-table",
                    width=300,
                )
            first = st.number_input(
                _("First line of the header"),
                1, max(one.number for one in delivery.lines), line,
                key=f"{key}-line", width=220,
            )  # fmt: skip
            count = st.number_input(
                _("Lines of the header"), 1, max(HEADER_ROWS, rows), rows,
                key=f"{key}-rows", width=220,
            )  # fmt: skip
        if st.form_submit_button(_("Read it from there")):
            bare = replace(delivery.shape, labels={}, across={}, header_line=None, header_rows=None)
            if table != layout.table:
                place = Shape(table=table)
            else:
                place = Shape(table=delivery.shape.table, header_line=first, header_rows=count)
            choose_shape(replace(delivery, shape=bare), upload, place)
    back_step(upload)


def _key(upload: Upload) -> str:
    return f"handing-in-shape-{upload.file_id}"
