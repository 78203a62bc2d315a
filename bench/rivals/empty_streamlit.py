"""A Streamlit page with one line, as Streamlit serves it."""

import os

import streamlit as st
from streamlit.runtime import exists

if not exists():
    port = int(os.environ["BENCH_PORT"])
    st.App(__file__).run(
        config={
            "server.port": port,
            "server.address": "127.0.0.1",
            "server.headless": True,
            "browser.gatherUsageStats": False,
        }
    )

st.title("Empty")
