"""What became of the last press, said once at the top of the page that stays."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.errors import ClusterReviewError
from dashboard.i18n import gettext as _
from dashboard.render.screen.texts import draw_box

_MESSAGE = "keeping-message"


@contextmanager
def doing(done: str) -> Iterator[None]:
    """Do something in a callback, and have said that it was done, or why not."""
    try:
        yield
    except ClusterReviewError as error:
        st.session_state[_MESSAGE] = ("refused", _(error.title), error.message, error.remedy)
    else:
        st.session_state[_MESSAGE] = ("done", done, "", "")


def say_what_was_done() -> None:
    """Draw it in a place of its own, so that nothing below is drawn anew when it comes or goes."""
    with st.container(key="keeping-done"):
        if _MESSAGE in st.session_state:
            draw_box(*st.session_state.pop(_MESSAGE))
