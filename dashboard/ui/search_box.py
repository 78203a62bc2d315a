"""The search of every page: the words live in the URL, the hits stand below the bar."""

from urllib.parse import urlencode

import streamlit as st

from dashboard.catalogue import read_catalogue
from dashboard.i18n import gettext as _
from dashboard.i18n import label, ngettext
from dashboard.render.screen.html import draw
from dashboard.search import Hit, find
from dashboard.settings import settings
from dashboard.ui.record_in_view import record_in_view

_WORDS = "q"


def search_box() -> None:
    """Draw the field."""
    st.session_state[_WORDS] = st.query_params.get(_WORDS, "")
    st.text_input(
        _("Search"),
        key=_WORDS,
        placeholder=_("Search the whole record"),
        label_visibility="collapsed",
        on_change=_to_url,
        max_chars=80,
        width=280,
    )


def search_results(kept: dict[str, str]) -> None:
    """Draw what was found, with links that keep these parameters; nothing while nobody searches."""
    words = st.query_params.get(_WORDS, "").strip()
    if not words:
        return
    hits = find(record_in_view(), read_catalogue(settings().queries), words)
    title = ngettext("{count} hit for “{words}”", "{count} hits for “{words}”", len(hits)).format(
        count=len(hits), words=words
    )
    found = [(label("hit", hit.kind), hit, _address(hit, kept)) for hit in hits]
    draw("search.html", title=title, hits=found)


def _address(hit: Hit, kept: dict[str, str]) -> str:
    if hit.url:
        return hit.url
    if not hit.page:
        return ""
    return f"./{hit.page}?{urlencode(kept | hit.parameters)}"


def _to_url() -> None:
    words = st.session_state[_WORDS].strip()
    if words:
        st.query_params[_WORDS] = words
    elif _WORDS in st.query_params:
        del st.query_params[_WORDS]
