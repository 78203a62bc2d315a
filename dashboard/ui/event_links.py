"""Addresses on the events page that keep everything else of the view."""

from urllib.parse import urlencode

import streamlit as st


def event_href(event_id: str | None) -> str:
    """The address of an event, or of all events, with the filters and the language as they are."""
    kept = {name: value for name, value in st.query_params.to_dict().items() if name != "event"}
    if event_id is not None:
        kept["event"] = event_id
    return f"?{urlencode(kept)}"
