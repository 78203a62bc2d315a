"""Texts of data and of people, where Streamlit would read Markdown."""

import re

import streamlit as st

_WITHIN = re.compile(
    r"""
    \\ | ([`*~$])(?=.*\1)              # marks that open and close: the last one alone is a sign
    | (?<!\w)_ | _(?!\w)               # within a word it is an underscore
    | <(?=[a-z/!?]) | &(?=\#?\w+;)     # HTML
    | \](?=[(\[:]) | :(?=[a-z]|//|-) | (?<=www)\. | (?<=\w)@(?=\w)  # links, icons, colours
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_AT_START = re.compile(
    r"^([ \t]*\d*)([>|]|#(?=#{0,5}(?:\s|$))|[-+*.)](?=\s|$)|[-=](?=[-=]*\s*$))", re.MULTILINE
)
"""Headings, quotes, tables, lists and rules."""


def literal(text: str) -> str:
    """The text as it stands: labels and titles of Streamlit's elements are Markdown.

    Only what would be read as Markdown gets a backslash, as screen readers are given the label of
    an input as it is written, and would read each of them out.
    """
    return _AT_START.sub(r"\1\\\2", _WITHIN.sub(r"\\\g<0>", text))


def heading(text: str, level: int) -> None:
    """Draw a computed sentence as a heading: "3~12위, 2~12위" would else be struck through."""
    st.markdown(f"{'#' * level} {literal(text)}")
