"""A file that was chosen and is gone with its process is not taken for none."""

import pytest
from streamlit.runtime.uploaded_file_manager import DeletedFile
from streamlit.testing.v1 import AppTest

from dashboard.ui import chosen_file as chosen_file_module
from dashboard.ui.presenting import composer


def _field() -> None:
    import streamlit as st

    from dashboard.access import Action
    from dashboard.ui.chosen_file import chosen_file

    st.session_state["file"] = chosen_file("File", "one", 10, Action.HAND_IN)


def _deck() -> None:
    import streamlit as st

    from dashboard.settings import settings
    from dashboard.store.ask import Record
    from dashboard.ui.presenting.composer import _form

    st.session_state["deck"] = _form(Record(settings()), "KR-27", 2019, True)


@pytest.mark.parametrize("held", [None, DeletedFile("1")])
def test_only_of_a_file_that_is_gone_it_is_said(monkeypatch, held):
    monkeypatch.setattr(chosen_file_module, "permit_upload", lambda *_asked: None)
    app = AppTest.from_function(_field)
    if held is not None:
        monkeypatch.setattr(chosen_file_module.st, "file_uploader", lambda *_told, **_options: None)
        app.session_state["one"] = held
    app.run()
    assert not app.exception
    assert app.session_state["file"] == held
    assert len(app.warning) == (held is not None)


@pytest.mark.parametrize(("held", "is_composed"), [(None, True), (DeletedFile("1"), False)])
def test_no_deck_is_frozen_without_the_emblem_that_was_chosen(
    record_settings, process_settings, monkeypatch, held, is_composed
):
    process_settings(record_settings)
    monkeypatch.setattr(composer, "chosen_file", lambda *_asked, **_options: held)
    app = AppTest.from_function(_deck, default_timeout=60).run()
    app.button[0].click().run()
    assert not app.exception
    assert (app.session_state["deck"] is not None) == is_composed
