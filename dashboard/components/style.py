"""The design tokens, and the few rules that Streamlit's theme has no setting for."""

from pathlib import Path

import streamlit as st

_STYLE = Path(__file__).with_name("style.css").read_text(encoding="utf-8")


def apply_style() -> None:
    """Put the style sheet into the page. It takes no room there.

    Streamlit tells only the app which theme is on; popovers and dialogs are drawn outside it, so
    the document is told here.
    """
    scheme = st.context.theme.type or "light dark"
    st.html(f"<style>{_STYLE}\n:root {{ color-scheme: {scheme}; }}</style>")
