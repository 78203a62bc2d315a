"""The drawer at the right side of a page: `static/drawer.js` gives it focus, Escape and Back."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.content.links import Link
from dashboard.render.screen.html import draw
from dashboard.render.screen.links import href
from dashboard.render.screen.openings import CELL, EVIDENCE


@contextmanager
def drawer(title: str, subtitle: str, of: str) -> Iterator[None]:
    """Open the drawer for what is drawn within; `of` is the parameter's value that opened it."""
    close = href(Link("", ((EVIDENCE, ""), (CELL, ""))))
    with st.container(key="cr-drawer"):
        draw("drawer.html", title=title, subtitle=subtitle, of=of, close=close)
        yield
