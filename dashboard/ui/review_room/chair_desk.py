"""The chair's desk: the steps of a round, and how far the judges are. Never a point of a sheet."""

import streamlit as st

from dashboard.content.rounds import steps
from dashboard.i18n import clock_text, label, moment_text
from dashboard.i18n import gettext as _
from dashboard.judging.practice_names import progress_named
from dashboard.judging.views import (
    JudgeProgress,
    Phase,
    Progress,
    RoundView,
    SheetProgress,
    SheetStatus,
)
from dashboard.render.screen.tables import Heading, StyledCell, draw_table
from dashboard.render.screen.texts import Toned, draw_list, draw_text
from dashboard.store.ledger import utc_now
from dashboard.ui.reader import Reader, reader
from dashboard.ui.review_room.chair_panel import recusals_section
from dashboard.ui.review_room.contacts import contacts_section
from dashboard.ui.review_room.deputy_part import agreement_sentence
from dashboard.ui.review_room.judges_panel import judges_section
from dashboard.ui.review_room.proposals import proposals_section
from dashboard.ui.review_room.rules_form import rules_form
from dashboard.ui.review_room.signed_in import attempt, go, judging, say

_CLOSE_REASON = "room-close-reason"
_REOPEN, _REOPEN_REASON = "room-reopen", "room-reopen-reason"


def chair_desk(view: RoundView, now: Reader) -> None:
    """Draw it."""
    progress = progress_named(judging().sheets.progress(now.identity))
    # Each has a place of its own: else what a step no longer asks would leave its table twice.
    with st.container():
        for agreement in judging().recovery.waiting(now.identity):
            draw_text(agreement_sentence(agreement), "box")
    with st.container():
        _steps(view, progress)
    with st.container():
        _progress(view, progress)
    with st.container():
        if view.phase is Phase.SCORING:
            _reopen(progress)
    with st.container():
        judges_section(view, progress)
    with st.container():
        recusals_section(view, progress)
    with st.container():
        contacts_section(view)
    with st.container():
        proposals_section(view, now)
    if view.phase in (Phase.DRAFT, Phase.SEALED, Phase.SCORING):
        with st.expander(_("Change the rules")):
            rules_form(view)


def _steps(view: RoundView, progress: Progress) -> None:
    """Where the round stands, and the one step that comes next."""
    draw_list(
        (
            Toned([Toned(label("round_phase", phase), "strong"), Toned(time)], tone)
            for phase, time, is_taken in steps(view)
            for tone in [
                "step-here" if phase is view.phase else "step-done" if is_taken else "step"
            ]
        ),
        "steps",
        _("Steps of the round"),
    )
    if view.phase is Phase.DRAFT:
        draw_text(
            _(
                "Sealing fixes criteria, points and rule. A change afterwards needs a reason, "
                "opens a new version and stays visible for ever."
            ),
            "weak",
        )
        _ask(_("Seal the rules …"), "seal")
    elif view.phase is Phase.SEALED:
        draw_text(_("The rules are sealed. Judges can score once it is opened."), "weak")
        _ask(_("Open scoring …"), "open")
    elif view.phase is Phase.SCORING:
        _closing(progress)
    elif view.phase is Phase.CLOSED:
        st.button(
            _("To the result, objections and sign-off"),
            key="room-to-result",
            type="primary",
            on_click=go,
            kwargs={"part": "result"},
        )


def _closing(progress: Progress) -> None:
    if progress.open_sheets:
        draw_text(
            _(
                "Sheets still open: {count}. Closing now leaves them out, and the reason is public."
            ).format(count=progress.open_sheets),
            "weak",
        )
        st.text_input(
            _("Why is the round closed with sheets open?"), key=_CLOSE_REASON, max_chars=2000
        )
    _ask(_("Close scoring …"), "close")


def _ask(title: str, step: str) -> None:
    """A button, and behind it the question whether it is meant."""
    if st.button(title, key=f"room-{step}", type="primary"):
        st.dialog(title.removesuffix(" …"))(_confirm)(step)


def _confirm(step: str) -> None:
    text = {
        "seal": _("The rules are fixed, and their SHA-256 and the time stand on every view."),
        "open": _("From now on judges can score and submit."),
        "close": _("Nothing can be scored or submitted afterwards, and the result can be seen."),
    }[step]
    draw_text(text)
    with st.container(horizontal=True):
        if st.button(_("Yes, do it"), key=f"room-{step}-sure", type="primary"):
            with attempt():
                _do(step)
            st.rerun()
        if st.button(_("Not yet"), key=f"room-{step}-not"):
            st.rerun()


def _do(step: str) -> None:
    identity = reader().identity
    if step == "seal":
        judging().rounds.seal(identity)
        say(_("The rules are sealed."))
    elif step == "open":
        judging().rounds.open_scoring(identity)
        say(_("Scoring is open."))
    else:
        judging().rounds.close(identity, st.session_state.get(_CLOSE_REASON, ""))
        go(part="result")
        say(_("The round is closed, and the result can be seen."))


def _progress(view: RoundView, progress: Progress) -> None:
    st.markdown("## " + _("Who is how far"))
    if not progress.judges:
        draw_text(_("No judge is assigned yet."), "box")
        return
    draw_table(
        [
            _("Judge"),
            *(label("region", code) for code in view.rules.applicants),
            _("Code"),
            Heading(_("Last signed in"), "date"),
        ],
        [
            [
                (judge.name, Toned("✔", "good") if judge.is_done else ""),
                *(_state(sheet) for sheet in judge.sheets),
                _code(judge),
                StyledCell(
                    moment_text(judge.last_signed_in_at), order=judge.last_signed_in_at or ""
                ),
            ]
            for judge in progress.judges
        ],
        " · ".join(
            [
                _("Sheets open: {count}").format(count=progress.open_sheets),
                _("as of {time}").format(time=clock_text(utc_now().isoformat())),
                _("points are shown to nobody before closing"),
            ]
        ),
        "progress",
        key="progress",
        label=_("Who is how far"),
    )
    st.button(_("Look again"), key="room-look-again", icon=":material/refresh:")


def _code(judge: JudgeProgress) -> str:
    if judge.withdrawn_reason:
        return _("withdrawn: {reason}").format(reason=judge.withdrawn_reason)
    return _("issued") if judge.has_code else _("revoked")


def _state(sheet: SheetProgress) -> StyledCell:
    scored = _("{scored} of {count}").format(scored=sheet.scored_count, count=sheet.criterion_count)
    return StyledCell(
        [
            label("sheet_status", sheet.status),
            Toned(scored if sheet.status is SheetStatus.STARTED else ""),
            Toned(sheet.recusal_reason),
        ],
        f"sheet-{sheet.status}",
    )


def _reopen(progress: Progress) -> None:
    submitted = {
        (judge.judge_id, sheet.applicant): f"{judge.name} · {label('region', sheet.applicant)}"
        for judge in progress.judges
        for sheet in judge.sheets
        if sheet.status is SheetStatus.SUBMITTED
    }
    if not submitted:
        return
    with st.expander(_("Open a submitted sheet again")):
        st.selectbox(
            _("Sheet"), list(submitted), format_func=lambda pair: submitted[pair], key=_REOPEN
        )
        st.text_input(_("Reason"), key=_REOPEN_REASON, max_chars=2000)
        st.button(_("Open this sheet again"), key="room-reopen-do", on_click=_do_reopen)


def _do_reopen() -> None:
    with attempt():
        judge_id, applicant = st.session_state[_REOPEN]
        reason = st.session_state[_REOPEN_REASON]
        judging().sheets.reopen(reader().identity, judge_id, applicant, reason)
        say(_("The judge can write on this sheet again; the reason is in the log."))
        st.session_state[_REOPEN_REASON] = ""
