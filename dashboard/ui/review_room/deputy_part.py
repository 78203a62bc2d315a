"""The deputy's part of a round: what the chair proposed, and a new code of the chair."""

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.i18n import moment_text
from dashboard.judging.recovery import Agreement
from dashboard.judging.texts import in_language
from dashboard.judging.views import RoundView
from dashboard.render.screen.texts import draw_text
from dashboard.ui.reader import Reader, reader
from dashboard.ui.review_room.issued_codes import keep_issued
from dashboard.ui.review_room.proposals import proposals_section
from dashboard.ui.review_room.signed_in import attempt, judging, say

_WHY, _MEANT = "room-recovery-why", "room-recovery-meant"


def deputy_part(view: RoundView, now: Reader) -> None:
    """Draw it."""
    proposals_section(view, now)
    recovery_section(view, now)


def recovery_section(view: RoundView, now: Reader) -> None:
    """Agree to a new code of the chair; the second agreement issues it."""
    st.markdown("## " + _("A new code of the chair"))
    draw_text(
        _(
            "When the code of {chair} is lost or was seen by others, both deputies together let a "
            "new one be issued, within seven days of each other. It is shown to whoever agrees "
            "second; the former code and everybody signed in with it end. All of it is in the log."
        ).format(chair=in_language(view.chair, view.is_practice))
    )
    waiting = judging().recovery.waiting(now.identity)
    for agreement in waiting:
        draw_text(agreement_sentence(agreement), "box")
    if any(one.deputy_id == now.identity.deputy_id for one in waiting):
        return
    st.text_input(_("Why the chair needs a new code"), key=_WHY, max_chars=2000)
    meant = st.checkbox(
        _("I have spoken with the chair, and the chair is to have a new code."), key=_MEANT
    )
    st.button(
        _("Agree to a new code of the chair"),
        key="room-recovery",
        type="primary",
        disabled=not meant,
        on_click=_agree,
    )


def agreement_sentence(agreement: Agreement) -> str:
    """Who agreed, when, why, and how long it waits for the other deputy."""
    return _(
        "{name} agreed {time} to a new code of the chair, because: {reason} – it waits for the "
        "other deputy until {end}."
    ).format(
        name=agreement.name,
        time=moment_text(agreement.agreed_at),
        reason=agreement.reason,
        end=moment_text(agreement.ends_at),
    )


def _agree() -> None:
    with attempt():
        issued = judging().recovery.agree(reader().identity, st.session_state[_WHY])
        st.session_state[_WHY], st.session_state[_MEANT] = "", False
        if issued:
            keep_issued(*issued)
            say(_("The chair's new code is issued. Hand it to the chair in person."))
        else:
            say(_("Recorded. As soon as the other deputy agrees, the new code is issued."))
