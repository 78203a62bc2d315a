"""The chair's panel of the judges: assigned, given codes, renamed, withdrawn and replaced."""

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.judging.proposed import Change
from dashboard.judging.views import JudgeProgress, Phase, Progress, RoundView
from dashboard.render.screen.texts import draw_text
from dashboard.ui.reader import reader
from dashboard.ui.review_room.issued_codes import forget_issued, keep_issued
from dashboard.ui.review_room.signed_in import attempt, judging, say, say_proposed

_NAME = "room-judge-name"
_WHOSE, _CODE_WHY = "room-judge", "room-judge-code-why"
_CHANGED, _CHANGED_NAME, _CHANGED_WHY = "room-leaves", "room-leaves-name", "room-leaves-why"
_BEFORE_CLOSING = (Phase.DRAFT, Phase.SEALED, Phase.SCORING)


def judges_section(view: RoundView, progress: Progress) -> None:
    """Assign judges, see to their codes, and take them off the panel."""
    st.markdown("## " + _("Judges and their codes"))
    if view.phase in _BEFORE_CLOSING:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(_("Name of a new judge"), key=_NAME, max_chars=100, width=320)
            st.button(_("Assign and issue a code"), key="room-assign", on_click=_assign)
    active = {judge.judge_id: judge for judge in progress.judges if not judge.withdrawn_reason}
    if not active:
        return
    _codes(view, active)
    if view.phase in _BEFORE_CLOSING:
        with st.expander(_("Rename, withdraw or replace a judge")):
            _changes(view, active)


def _codes(view: RoundView, active: dict[str, JudgeProgress]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        whose = st.selectbox(
            _("Judge"),
            list(active),
            format_func=lambda one: active[one].name,
            key=_WHOSE,
            width=320,
        )
        st.text_input(_("Why a new code is needed"), key=_CODE_WHY, max_chars=2000, width=320)
        is_proposed = view.opened_at is not None and bool(view.deputies)
        st.button(
            _("Propose a new code") if is_proposed else _("Issue a new code"),
            key="room-reissue",
            on_click=_propose if is_proposed else _issue_again,
            help=_("The former code and its sessions end. Scores stay."),
        )
        st.button(
            _("Revoke the code"),
            key="room-revoke",
            on_click=_revoke,
            disabled=not active[whose].has_code,
            help=_("Ends the code and every session opened with it. Scores stay."),
        )
    if is_proposed:
        draw_text(
            _(
                "From opening on a deputy confirms a new code, sees it and hands it over; "
                "the chair never sees it."
            ),
            "weak",
        )


def _assign() -> None:
    with attempt():
        keep_issued(judging().sessions.issue_code(reader().identity, st.session_state[_NAME]))
        st.session_state[_NAME] = ""


def _issue_again() -> None:
    with attempt():
        identity, judge = reader().identity, st.session_state[_WHOSE]
        keep_issued(judging().people.issue_again(identity, judge, st.session_state[_CODE_WHY]))
        st.session_state[_CODE_WHY] = ""


def _propose() -> None:
    with attempt():
        content = {"judge_id": st.session_state[_WHOSE]}
        why = st.session_state[_CODE_WHY]
        proposals = judging().proposals
        say_proposed(proposals.propose(reader().identity, Change.CODE_AGAIN, content, why))
        st.session_state[_CODE_WHY] = ""


def _revoke() -> None:
    with attempt():
        identity, judge = reader().identity, st.session_state[_WHOSE]
        judging().sessions.revoke_code(identity, judge)
        forget_issued(identity.round_id, [judge])
        say(_("The code is revoked, and whoever was signed in with it is signed out."))


def _changes(view: RoundView, active: dict[str, JudgeProgress]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            _("Which judge"),
            list(active),
            format_func=lambda one: active[one].name,
            key=_CHANGED,
            width=320,
        )
        st.text_input(
            _("Corrected name, or name of the new judge"),
            key=_CHANGED_NAME,
            max_chars=100,
            width=320,
        )
    st.text_input(_("Reason, for the log"), key=_CHANGED_WHY, max_chars=2000)
    draw_text(
        _(
            "What a withdrawn or replaced judge scored counts no more and is shown to nobody; the "
            "code ends at once. A new judge begins with empty sheets. It cannot be undone."
        ),
        "weak",
    )
    with st.container(horizontal=True):
        st.button(_("Correct the name"), key="room-rename", on_click=_rename)
        for title, step in ((_("Withdraw …"), "withdraw"), (_("Replace …"), "replace")):
            if st.button(title, key=f"room-{step}"):
                st.dialog(title.removesuffix(" …"))(_sure)(active[st.session_state[_CHANGED]], step)


def _sure(judge: JudgeProgress, step: str) -> None:
    """Whether it is meant: what the judge scored is gone with it."""
    begun = sum(sheet.scored_count > 0 for sheet in judge.sheets)
    draw_text(
        _("{name} leaves the panel; sheets begun that count no more: {count}.").format(
            name=judge.name, count=begun
        )
    )
    with st.container(horizontal=True):
        if st.button(_("Yes, do it"), key=f"room-{step}-sure", type="primary"):
            with attempt():
                _leave(judge, step)
            st.rerun()
        if st.button(_("Not yet"), key=f"room-{step}-not"):
            st.rerun()


def _leave(judge: JudgeProgress, step: str) -> None:
    people, identity = judging().people, reader().identity
    why = st.session_state[_CHANGED_WHY]
    if step == "replace":
        name = st.session_state[_CHANGED_NAME]
        keep_issued(people.replace_judge(identity, judge.judge_id, name, why))
        forget_issued(identity.round_id, [judge.judge_id])
        say(_("{name} is replaced; the new judge's code is issued.").format(name=judge.name))
    else:
        people.withdraw_judge(identity, judge.judge_id, why)
        forget_issued(identity.round_id, [judge.judge_id])
        say(_("{name} is withdrawn, with the reason in the log.").format(name=judge.name))


def _rename() -> None:
    with attempt():
        name = st.session_state[_CHANGED_NAME]
        judging().people.rename_judge(
            reader().identity, st.session_state[_CHANGED], name, st.session_state[_CHANGED_WHY]
        )
        st.session_state[_CHANGED_NAME] = st.session_state[_CHANGED_WHY] = ""
        say(_("The name is corrected, with the reason in the log."))
