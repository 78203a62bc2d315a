"""Texts of data and of people, where Streamlit would read Markdown."""

import re
from string import punctuation

import streamlit as st


def literal(text: str) -> str:
    """The text as it stands: labels and titles of Streamlit's elements are Markdown."""
    return re.sub(f"([{re.escape(punctuation)}])", r"\\\1", text)


def heading(text: str, level: int) -> None:
    """Draw a computed sentence as a heading: "3~12위, 2~12위" would else be struck through."""
    st.markdown(f"{'#' * level} {literal(text)}")
