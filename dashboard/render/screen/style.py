"""The design tokens, and the few rules that Streamlit's theme has no setting for."""

from functools import cache
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
_FONTS = "app/static/fonts/"
_WHOLE_FACES = {"PretendardGOV-Regular": 400, "PretendardGOV-Bold": 700}
_FACES = {
    "ClusterReviewSigns-Regular": 400,
    "ClusterReviewSigns-Bold": 700,
    "PretendardGOV-Regular.subset": 400,
    "PretendardGOV-Bold.subset": 700,
}
"""File and weight. The last one that fits is asked first: 0.5 MB of common glyphs, then 50 kB of
signs; the whole faces, 4 MB, only where a glyph is missing from both."""
_SCRIPTS = ("links.js", "drawer.js", "tables.js")
SCORE_STYLE = Path(__file__).with_name("score.css").read_text(encoding="utf-8")
"""Of the score sheet alone, which draws it itself."""


@cache
def first_style() -> str:
    """The style sheet, for the document: Streamlit then need not send it to every session."""
    size = st.get_option("theme.baseFontSize")  # Streamlit's own sheet comes with its scripts
    root = f":root {{ color-scheme: light dark; font-size: {size}px; }}"
    faces = "\n".join(
        f"@font-face {{ font-family: 'Pretendard GOV'; font-weight: {weight}; font-display: swap; "
        f"src: url('./{_FONTS}{name}.woff2'); }}"
        for name, weight in (_WHOLE_FACES | _FACES).items()
    )
    return f"<style>{STYLE}\n{root}\n{faces}</style>"


@cache
def first_faces() -> str:
    """The faces that every page needs, fetched before a letter of it is there."""
    return "".join(
        '<link rel="preload" as="font" type="font/woff2" crossorigin '
        f'href="./{_FONTS}{name}.woff2">'
        for name in _FACES
    )


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
