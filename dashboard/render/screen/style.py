"""The design tokens, and the few rules that Streamlit's theme has no setting for."""

from pathlib import Path

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.render.screen.html import Html, own_file

STYLE = "\n".join(
    Path(__file__).with_name(name).read_text(encoding="utf-8")
    for name in (
        "style.css",
        "shell.css",
        "report.css",
        "hero.css",
        "tables.css",
        "search.css",
        "span_bar.css",
        "drawer.css",
        "deck.css",
        "help.css",
        "pages.css",
    )
)
"""Own text of the product, never of a reader."""
_SCRIPTS = ("links.js", "drawer.js", "tables.js")
SCORE_STYLE = Path(__file__).with_name("score.css").read_text(encoding="utf-8")
"""Of the score sheet alone, which draws it itself."""


def first_style() -> str:
    """The style sheet, for the document: Streamlit then need not send it to every session."""
    return f"<style>{STYLE}\n:root {{ color-scheme: light dark; }}</style>"


def apply_style() -> None:
    """Put the theme that is on, and the scripts of every page, into it. They take no room there.

    Streamlit tells only the app which theme is on; popovers and dialogs are drawn outside it, so
    the document is told here.
    """
    scheme = st.context.theme.type or "light dark"
    choose = _("Choose a file")  # Streamlit's own word on the uploader is English
    own = f":root {{ color-scheme: {scheme}; --cr-choose: '{choose}'; }}"
    scripts = "".join(f'<script src="{own_file(name)}"></script>' for name in _SCRIPTS)
    st.html(Html(f"<style>{own}</style>{scripts}"), unsafe_allow_javascript=True)
