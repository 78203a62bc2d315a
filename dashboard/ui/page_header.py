"""The bar at the top of every page: product, pages, search, language."""

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from dashboard.render.screen.links import kept_parameters
from dashboard.ui.search_box import search_box, search_results

_LANGUAGES = {"ko": "한국어", "en": "English"}


def page_header(pages: Sequence[st.Page], current: st.Page, product: str, language: str) -> None:
    """Draw the bar.

    Args:
        pages: the pages in the order of the menu.
        current: the page the reader is on, as `st.navigation` gave it.
        product: the product's name in the page's language.
        language: `ko` or `en`.
    """
    kept = kept_parameters()
    with st.container(key="cr-header", gap="small"):
        with st.container(key="cr-header-top", horizontal=True, vertical_alignment="center"):
            # "./" is the overview on every page; Streamlit's link to the default page has no path.
            home = f'<a class="cr-brand" href="{_href("./", kept)}">{escape(product)}</a>'
            st.html(home, width="content")
            with st.container(key="cr-menu", width="content"):
                _menu(pages, current, kept)
            search_box()
            st.html(_language_switch(language), width="content")
        with st.container(key="cr-pages", horizontal=True, vertical_alignment="center", gap=None):
            _links(pages, current, kept)
    search_results(kept)


def _links(pages: Sequence[st.Page], current: st.Page, kept: dict[str, str]) -> None:
    for page in pages:
        if page.url_path == current.url_path:
            here = f'<span class="cr-here" aria-current="page">{escape(page.title)}</span>'
            st.html(here, width="content")
        else:
            st.page_link(page, query_params=kept)


def _menu(pages: Sequence[st.Page], current: st.Page, kept: dict[str, str]) -> None:
    """The other pages behind one button, where a window is too narrow for a row of them."""
    with st.popover(current.title, icon=":material/menu:"):
        for page in pages:
            if page.url_path != current.url_path:
                st.page_link(page, query_params=kept)


def _language_switch(language: str) -> str:
    """Links that load the page anew: only the server can set the language of the document."""
    here = st.query_params.to_dict()
    choices = []
    for code, name in _LANGUAGES.items():
        if code == language:
            choices.append(f'<span lang="{code}" aria-current="true">{name}</span>')
        else:
            href = _href("", here | {"lang": code})
            choices.append(f'<a lang="{code}" hreflang="{code}" href="{href}">{name}</a>')
    title = " · ".join(_LANGUAGES.values())
    return f'<nav class="cr-language" aria-label="{title}">{"".join(choices)}</nav>'


def _href(path: str, parameters: dict[str, str]) -> str:
    return escape(f"{path}?{urlencode(parameters)}" if parameters else path)
