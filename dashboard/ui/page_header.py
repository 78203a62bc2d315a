"""The bar that stays at the top of every page: product, pages, search, language, who, filters."""

from itertools import groupby
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.content.pages import FIRST, HELP, KEEPING, PAGES, Page, open_pages
from dashboard.i18n import LANGUAGES, label, language, language_name
from dashboard.i18n import gettext as _
from dashboard.render.screen.chart_view import wake_button
from dashboard.render.screen.html import draw
from dashboard.render.screen.links import kept_parameters
from dashboard.ui.account_menu import account_menu
from dashboard.ui.reader import Credentials, reader, reader_of
from dashboard.ui.search_box import search_box, search_results


def page_header(current: str) -> DeltaGenerator:
    """Draw the bar over the page of this address.

    Returns:
        Its second line, for the filters of the page and what one does with all of it. The keyboard
        comes to it before the pages, which are many.
    """
    kept = kept_parameters()
    here = st.query_params.to_dict()
    now = reader()
    groups = [
        (group, label("page_group", group), [_entry(page, current, kept) for page in pages])
        for group, pages in groupby(open_pages(now.identity), key=lambda page: page.group)
    ]
    keeping = [entry for group, _name, entries in groups if group == KEEPING for entry in entries]
    # Only the server can set the language of the document: these links load the page anew.
    languages = [
        {
            "code": code,
            "name": language_name(code),
            "is_here": code == language(),
            "href": _href("", here | {"lang": code}),
        }
        for code in LANGUAGES
    ]
    with st.container(key="cr-header", gap=None):
        view = st.container(key="cr-view", horizontal=True, vertical_alignment="center")
        with st.container(key="cr-header-top", horizontal=True, vertical_alignment="center"):
            draw(
                "header.html",
                part="pages",
                home=_href("./", kept),
                product=_("Cluster Review"),
                here=PAGES[current].title(),
                groups=[(name, entries) for _group, name, entries in groups],
                read=[(name, entries) for group, name, entries in groups if group != KEEPING],
            )
            search_box()
            draw("header.html", part="languages", languages=languages)
            account_menu(now, keeping)
        wake_button()  # last: nothing takes another place when it goes
    search_results(kept)
    if current != HELP:
        draw("welcome.html", href=_href(HELP, kept))
    return view


def _entry(page: Page, current: str, kept: dict[str, str]) -> dict[str, object]:
    path = "./" if page.path == FIRST else page.path
    return {"title": page.title(), "href": _href(path, kept), "is_here": page.path == current}


def _href(path: str, parameters: dict[str, str]) -> str:
    return f"{path}?{urlencode(parameters)}" if parameters else path


def titles_by_group() -> list[tuple[str, list[str]]]:
    """Name of each group of pages in the bar, and what those are called that anybody may open."""
    known = open_pages(reader_of(Credentials(None)).identity)
    return [
        (label("page_group", group), [page.title() for page in pages])
        for group, pages in groupby(known, key=lambda page: page.group)
        if group != KEEPING
    ]
