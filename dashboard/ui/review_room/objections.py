"""Handing in an applicant's objection to a result, and the chair's answers."""

import streamlit as st

from dashboard.access import Role
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.i18n.quantities import KOREA
from dashboard.judging.objecting import Letter, Opening
from dashboard.judging.proposed import Change
from dashboard.judging.result_view import PanelResult
from dashboard.judging.views import Objection, RoundView
from dashboard.render.screen.texts import draw_text
from dashboard.store.ledger import utc_now
from dashboard.ui.reader import Reader, reader
from dashboard.ui.review_room.corrections import KINDS, opening_form
from dashboard.ui.review_room.signed_in import attempt, judging, say

_WHO, _TEXT, _FROM = "room-objection-who", "room-objection-text", "room-objection-from"
_DAY = "room-objection-day"
_NOTHING = "nothing"


def answer_forms(found: PanelResult) -> None:
    """A form for every objection that has no answer yet, or of which a deputy declined it."""
    declined = judging().results.answerable(reader().identity)
    for objection in found.objections:
        if objection.objection_id in declined:
            with st.container(border=True, key=f"cr-objection-{objection.objection_id}"):
                _answer_form(found, objection)


def objection_form(view: RoundView, now: Reader) -> None:
    """The form of a new objection: an applicant's own, or of a letter that the chair received."""
    own = now.identity.region
    is_chair = now.identity.role is Role.CHAIR
    title = _("Record an objection that came by letter") if is_chair else _("Hand in an objection")
    with st.expander(title):
        st.selectbox(
            _("Applicant"),
            [own] if own else view.rules.applicants,
            format_func=lambda code: label("region", code),
            key=_WHO,
            width=320,
        )
        if is_chair:
            with st.container(horizontal=True, vertical_alignment="bottom"):
                st.text_input(_("Letter from (office)"), key=_FROM, max_chars=200, width=320)
                st.date_input(
                    _("Received on"),
                    utc_now().astimezone(KOREA).date(),
                    key=_DAY,
                    width=180,
                )
        st.text_area(_("Objection"), key=_TEXT, max_chars=2000)
        draw_text(_("Objection and answer are public with the result."), "weak")
        st.button(
            _("Record it") if is_chair else _("Hand it in"),
            key="room-objection-do",
            on_click=_object,
            args=(view.round_id, is_chair),
        )


def _object(round_id: str, is_letter: bool) -> None:
    with attempt():
        applicant, text = st.session_state[_WHO], st.session_state[_TEXT]
        letter = Letter(st.session_state[_FROM], st.session_state[_DAY]) if is_letter else None
        judging().results.object(reader().identity, applicant, text, round_id, letter)
        st.session_state[_TEXT] = ""
        say(_("The objection is recorded."))


def _answer_form(found: PanelResult, objection: Objection) -> None:
    key = objection.objection_id
    st.text_area(
        _("Answer to the objection of {applicant}").format(
            applicant=label("region", objection.applicant)
        ),
        key=f"room-answer-{key}",
        max_chars=2000,
    )
    is_upheld = st.radio(
        _("Decision"),
        [False, True],
        format_func=lambda upheld: _("upheld") if upheld else _("not upheld"),
        key=f"room-upheld-{key}",
        horizontal=True,
    )
    opens, why = _consequence(found, objection) if is_upheld else (None, "")
    # In the run of the press all fields say what the page shows; a callback's arguments could not.
    if st.button(_("Answer, once"), key=f"room-answer-do-{key}"):
        _answer(key, is_upheld, opens, why)
        st.rerun()


def _consequence(found: PanelResult, objection: Objection) -> tuple[Opening | None, str]:
    """What an objection that is upheld opens, or why nothing."""
    key = f"room-opens-{objection.objection_id}"
    kinds = [kind for kind in KINDS if kind is not Change.LOT or found.lots or found.open_ties]
    kind = st.radio(
        _("What it opens"),
        [*kinds, _NOTHING],
        format_func=lambda one: (
            _("nothing of the result changes") if one == _NOTHING else label("change_kind", one)
        ),
        key=key,
        horizontal=True,
    )
    if kind == _NOTHING:
        return None, st.text_input(
            _("Why nothing of the result changes"), key=f"{key}-why", max_chars=2000
        )
    draw_text(
        _(
            "It happens when a deputy confirms it. The answer is its reason and is public, so name "
            "no judge in it."
        ),
        "weak",
    )
    return opening_form(found, Change(kind), key, objection.applicant), ""


def _answer(objection_id: str, is_upheld: bool, opens: Opening | None, why: str) -> None:
    with attempt():
        judging().results.answer(
            reader().identity,
            objection_id,
            st.session_state[f"room-answer-{objection_id}"],
            is_upheld,
            opens,
            why,
        )
        say(_("The answer is recorded."))
