"""A Streamlit page with one word, as Streamlit serves it: the dashboard is timed beside it.

Run as the dashboard's own command: `python tests/browser/empty_page.py serve --port 8600`.
"""

import sys

import streamlit as st
from streamlit.runtime import exists

if not exists():
    st.App(__file__).run(config={"server.port": int(sys.argv[-1]), "server.address": "127.0.0.1"})

st.write("empty")
