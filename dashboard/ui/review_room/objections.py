"""Handing in an applicant's objection to a result, and the chair's answers."""

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.judging.result_view import PanelResult
from dashboard.judging.views import Objection, RoundView
from dashboard.ui.review_room.signed_in import attempt, judging, reader, say

_WHO, _TEXT = "room-objection-who", "room-objection-text"


def answer_forms(found: PanelResult) -> None:
    """A form for every objection that has no answer yet."""
    for objection in found.objections:
        if objection.answered_at is None:
            with st.container(border=True, key=f"cr-objection-{objection.objection_id}"):
                _answer_form(objection)


def objection_form(view: RoundView) -> None:
    """The form of a new objection."""
    with st.expander(_("Hand in an objection of an applicant")):
        st.selectbox(
            _("Applicant"),
            view.rules.applicants,
            format_func=lambda code: label("region", code),
            key=_WHO,
            width=320,
        )
        st.text_area(_("Objection"), key=_TEXT, max_chars=2000)
        st.button(_("Hand it in"), key="room-objection-do", on_click=_object, args=(view.round_id,))


def _object(round_id: str) -> None:
    with attempt():
        text = st.session_state[_TEXT]
        judging().results.object(reader().identity, st.session_state[_WHO], text, round_id)
        st.session_state[_TEXT] = ""
        say(_("The objection is recorded."))


def _answer_form(objection: Objection) -> None:
    key = objection.objection_id
    st.text_area(
        _("Answer to the objection of {applicant}").format(
            applicant=label("region", objection.applicant)
        ),
        key=f"room-answer-{key}",
        max_chars=2000,
    )
    st.radio(
        _("Decision"),
        [False, True],
        format_func=lambda upheld: _("upheld") if upheld else _("not upheld"),
        key=f"room-upheld-{key}",
        horizontal=True,
    )
    st.button(_("Answer, once"), key=f"room-answer-do-{key}", on_click=_answer, args=(key,))


def _answer(objection_id: str) -> None:
    with attempt():
        judging().results.answer(
            reader().identity,
            objection_id,
            st.session_state[f"room-answer-{objection_id}"],
            st.session_state[f"room-upheld-{objection_id}"],
        )
        say(_("The answer is recorded."))
