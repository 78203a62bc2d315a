"""The list of rounds, and the ways to a new one and to the practice round."""

from dataclasses import replace

import streamlit as st

from dashboard.access import Action, Identity, may
from dashboard.content.rounds import rounds_section
from dashboard.i18n import gettext as _
from dashboard.render.screen.markdown import heading
from dashboard.render.screen.page import sections_view
from dashboard.ui.reader import hold_up, reader
from dashboard.ui.review_room.signed_in import attempt, go, judging, say


def rounds_list(identity: Identity) -> None:
    """Draw every round with its public facts; nothing of it needs signing in."""
    rounds = judging().rounds.all()
    listed = rounds_section(rounds)
    heading(listed.title, 1)
    st.markdown(
        _(
            "In a round, judges score the applicants of a programme by rules that are sealed "
            "before scoring opens. Open a round to see its rules; judges and the chair sign in "
            "there with their personal codes."
        )
    )
    with st.container(horizontal=True, key="cr-room-ways"):
        if may(identity, Action.CREATE_ROUND):
            st.button(
                _("Create a round"),
                key="room-new",
                type="primary",
                on_click=go,
                kwargs={"part": "new", "round": ""},
            )
        st.button(_("Open the practice round"), key="room-practice", on_click=_open_practice)
        if any(view.is_practice for view in rounds):
            st.button(
                _("Begin another practice round"),
                key="room-practice-anew",
                on_click=_open_practice,
                args=(True,),
            )
    sections_view([replace(listed, title="")])


def _open_practice(restart: bool = False) -> None:
    with attempt():
        if restart:
            hold_up(reader(), "practice")
        view = judging().practice.open(restart)
        go(round=view.round_id, part="", applicant="")
        if restart:
            say(_("Another practice round was made. The former ones stay in the list."))
