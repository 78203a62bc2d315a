"""Objections of applicants to a result, and the chair's answers."""

import streamlit as st

from dashboard.access import Action, Role, may
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.judging.result_view import PanelResult
from dashboard.judging.views import Objection, Phase, RoundView
from dashboard.render.screen.html import draw
from dashboard.render.screen.local_time import moment_text
from dashboard.render.screen.texts import draw_text
from dashboard.ui.review_room.signed_in import Reader, attempt, judging, reader, say

_WHO, _TEXT = "room-objection-who", "room-objection-text"


def objections_section(view: RoundView, found: PanelResult, now: Reader) -> None:
    """Draw them, the form for a new one, and for the chair the form of an answer."""
    st.markdown("## " + _("Objections"))
    if view.objections_until and view.phase is Phase.CLOSED:
        draw_text(
            _("Applicants may object until {time}.").format(time=moment_text(view.objections_until))
        )
    if not found.objections:
        draw_text(_("None was handed in."), "weak")
    is_chair = now.is_of(view.round_id) and now.identity.role is Role.CHAIR
    for objection in found.objections:
        with st.container(border=True, key=f"cr-objection-{objection.objection_id}"):
            _objection(objection)
            if is_chair and objection.answered_at is None and view.phase is Phase.CLOSED:
                _answer_form(objection)
    if view.phase is Phase.CLOSED and may(now.identity, Action.OBJECT):
        _form(view)


def _objection(objection: Objection) -> None:
    draw(
        "room_objection.html",
        applicant=label("region", objection.applicant),
        text=objection.text,
        handed_in=moment_text(objection.handed_in_at),
        due=moment_text(objection.answer_due),
        answer=objection.answer,
        is_upheld=objection.is_upheld,
        answered=moment_text(objection.answered_at),
    )


def _form(view: RoundView) -> None:
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
    st.text_area(_("Answer"), key=f"room-answer-{key}", max_chars=2000)
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
