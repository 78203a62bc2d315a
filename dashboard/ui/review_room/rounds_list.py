"""The list of rounds, and the ways to a new one and to the practice round."""

import streamlit as st

from dashboard.access import Action, Identity, may
from dashboard.i18n import gettext as _
from dashboard.i18n import label, ngettext
from dashboard.judging.texts import practice_warning
from dashboard.render.screen.html import draw
from dashboard.render.screen.local_time import moment_text
from dashboard.ui.review_room.signed_in import attempt, go, judging, room_href, say


def rounds_list(identity: Identity) -> None:
    """Draw every round with its public facts; nothing of it needs signing in."""
    rounds = judging().rounds.all()
    real = [view for view in rounds if not view.is_practice]
    count = len(real)
    st.markdown(
        "# "
        + (
            ngettext("{count} round of review", "{count} rounds of review", count).format(
                count=count
            )
            if real
            else _("No round of review has been created yet")
        )
    )
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
    rows = [
        {
            "href": room_href(round=view.round_id),
            "title": view.rules.title,
            "programme": label("programme", view.rules.programme_id),
            "year": view.rules.year,
            "phase": label("round_phase", view.phase),
            "phase_code": view.phase,
            "applicants": " · ".join(label("region", code) for code in view.rules.applicants),
            "judges": view.judge_count,
            "created": moment_text(view.created_at),
            "signed": moment_text(view.signed_off_at),
            "is_practice": view.is_practice,
        }
        for view in rounds
    ]
    draw("room_list.html", rows=rows, warning=practice_warning())


def _open_practice(restart: bool = False) -> None:
    with attempt():
        view = judging().practice.open(restart)
        go(round=view.round_id, part="", applicant="")
        if restart:
            say(_("Another practice round was made. The former ones stay in the list."))
