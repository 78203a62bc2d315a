"""Placeholder."""

import streamlit as st


def page() -> None:
    """A placeholder."""
    st.title("Overview")
