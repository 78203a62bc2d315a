"""A page that is opened sends its bar ahead, once: a rerun waits for nothing."""

import time

import streamlit as st

from dashboard.ui.page import part_from_bar


def test_only_the_first_run_of_a_page_lets_its_bar_go_ahead(monkeypatch):
    pauses = []
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(time, "sleep", pauses.append)
    part_from_bar()
    assert len(pauses) == 1
    assert 0 < pauses[0] <= 0.1  # nobody notices a tenth of a second (Nielsen, 1993)
    part_from_bar()
    assert len(pauses) == 1
