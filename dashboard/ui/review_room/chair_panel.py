"""The chair's panel: judges with their codes, and recusals."""

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.i18n import label, language
from dashboard.judging.proposed import Change
from dashboard.judging.texts import practice_warning
from dashboard.judging.views import IssuedCode, Phase, Progress, RoundView
from dashboard.render.screen.html import render
from dashboard.render.screen.style import STYLE
from dashboard.render.screen.tables import draw_table
from dashboard.render.screen.texts import Toned, draw_text
from dashboard.ui.review_room.signed_in import (
    attempt,
    judging,
    reader,
    say,
    say_proposed,
    sign_in_address,
)

_ISSUED = "room-issued"
"""The code just issued, until it is put away. It is kept nowhere else."""
_NAME, _WHOSE = "room-judge-name", "room-judge"
_RECUSE, _RECUSE_WHERE, _RECUSE_WHY = "room-recuse", "room-recuse-where", "room-recuse-why"


def issued_code(view: RoundView) -> None:
    """The code just issued, shown this one time, and as a slip to print."""
    issued: IssuedCode | None = st.session_state.get(_ISSUED)
    if issued is None or issued.round_id != view.round_id:
        return
    with st.container(key="cr-issued", border=True):
        title = _("Code of {name}, shown this one time").format(name=issued.name)
        draw_text(Toned(title, "strong"), role="status")
        draw_text(Toned(issued.code, "code"), "code")
        draw_text(_("Only its hash is kept. If it is lost, issue a new one."), "weak")
        with st.container(horizontal=True):
            st.download_button(
                _("Save the slip to print"),
                data=_slip(view, issued),
                file_name=f"code-{view.round_id}-{issued.judge_id}.html",
                mime="text/html",
                key="room-slip",
                on_click="ignore",
            )
            st.button(_("It is handed over: put it away"), key="room-put-away", on_click=_put_away)


def keep_issued(issued: IssuedCode) -> None:
    """Show a code just issued in the next run."""
    st.session_state[_ISSUED] = issued


def _put_away() -> None:
    st.session_state.pop(_ISSUED, None)


def _slip(view: RoundView, issued: IssuedCode) -> str:
    host = st.context.url or ""
    return render(
        "code_slip.html",
        lang=language(),
        style=STYLE,
        title=view.rules.title,
        programme=label("programme", view.rules.programme_id),
        year=view.rules.year,
        warning=practice_warning() if view.is_practice else "",
        issued=issued,
        address=f"{host.rpartition('/')[0]}/{sign_in_address(view.round_id)}",
    )


def codes_section(view: RoundView, progress: Progress) -> None:
    """Assign judges, and issue, revoke or replace their codes."""
    st.markdown("## " + _("Judges and their codes"))
    names = {judge.judge_id: judge.name for judge in progress.judges}
    has_code = {judge.judge_id for judge in progress.judges if judge.has_code}
    if view.phase in (Phase.DRAFT, Phase.SEALED, Phase.SCORING):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(_("Name of a new judge"), key=_NAME, max_chars=100, width=320)
            st.button(_("Assign and issue a code"), key="room-assign", on_click=_assign)
    if not names:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        whose = st.selectbox(
            _("Judge"), list(names), format_func=lambda judge: names[judge], key=_WHOSE, width=320
        )
        st.button(
            _("Issue a new code"),
            key="room-reissue",
            on_click=_reissue,
            help=_("The former code and its sessions end. Scores stay."),
        )
        st.button(
            _("Revoke the code"),
            key="room-revoke",
            on_click=_revoke,
            disabled=whose not in has_code,
            help=_("Ends the code and every session opened with it. Scores stay."),
        )


def _assign() -> None:
    with attempt():
        keep_issued(judging().sessions.issue_code(reader().identity, st.session_state[_NAME]))
        st.session_state[_NAME] = ""


def _reissue() -> None:
    with attempt():
        judge_id = st.session_state[_WHOSE]
        keep_issued(judging().sessions.issue_code(reader().identity, "", judge_id))


def _revoke() -> None:
    with attempt():
        judging().sessions.revoke_code(reader().identity, st.session_state[_WHOSE])
        say(_("The code is revoked, and whoever was signed in with it is signed out."))


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
    names = {judge.judge_id: judge.name for judge in progress.judges}
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
