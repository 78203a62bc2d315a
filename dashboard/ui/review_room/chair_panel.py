"""The chair's panel of recusals."""

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.judging.proposed import Change
from dashboard.judging.views import Progress, RoundView
from dashboard.render.screen.tables import draw_table
from dashboard.render.screen.texts import draw_text
from dashboard.ui.reader import reader
from dashboard.ui.review_room.signed_in import attempt, judging, say, say_proposed

_RECUSE, _RECUSE_WHERE, _RECUSE_WHY = "room-recuse", "room-recuse-where", "room-recuse-why"


def recusals_section(view: RoundView, progress: Progress) -> None:
    """Recuse a judge from an applicant, or lift it."""
    st.markdown("## " + _("Conflicts of interest and recusals"))
    rows = [
        (judge.name, label("region", sheet.applicant), sheet.recusal_reason)
        for judge in progress.judges
        for sheet in judge.sheets
        if sheet.recusal_reason
    ]
    if rows:
        columns = [_("Judge"), _("Applicant"), _("Reason")]
        draw_table(columns, rows, "", key="recusals", label=_("Conflicts of interest and recusals"))
    else:
        draw_text(_("None is recorded."), "weak")
    names = {judge.judge_id: judge.name for judge in progress.judges if not judge.withdrawn_reason}
    if not names:
        return
    with st.expander(_("Recuse a judge, or lift a recusal")):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.selectbox(
                _("Judge"), list(names), format_func=lambda j: names[j], key=_RECUSE, width=240
            )
            st.selectbox(
                _("Applicant"),
                view.rules.applicants,
                format_func=lambda code: label("region", code),
                key=_RECUSE_WHERE,
                width=240,
            )
        st.text_input(_("Reason"), key=_RECUSE_WHY, max_chars=2000)
        warning = _(
            "What the judge scored there counts no more and is shown to nobody. A lifted "
            "recusal does not bring it back."
        )
        if view.closed_at is not None:
            warning = _(
                "After closing a recusal moves the result: it needs a deputy's confirmation, and "
                "its reason is public, so name no judge in it."
            )
        draw_text(warning, "weak")
        with st.container(horizontal=True):
            if view.closed_at is not None:
                st.button(_("Propose the recusal"), key="room-recuse-propose", on_click=_propose)
                return
            st.button(_("Recuse"), key="room-recuse-do", on_click=_recuse, args=(True,))
            st.button(
                _("Lift the recusal"), key="room-recuse-lift", on_click=_recuse, args=(False,)
            )


def _recuse(is_recused: bool) -> None:
    with attempt():
        judging().sheets.set_recusal(
            reader().identity,
            st.session_state[_RECUSE],
            st.session_state[_RECUSE_WHERE],
            is_recused,
            st.session_state[_RECUSE_WHY],
        )
        st.session_state[_RECUSE_WHY] = ""
        say(_("Recorded, with the reason.") if is_recused else _("The recusal is lifted."))


def _propose() -> None:
    with attempt():
        content = {
            "judge_id": st.session_state[_RECUSE],
            "applicant": st.session_state[_RECUSE_WHERE],
        }
        say_proposed(
            judging().proposals.propose(
                reader().identity, Change.RECUSAL, content, st.session_state[_RECUSE_WHY]
            )
        )
        st.session_state[_RECUSE_WHY] = ""
