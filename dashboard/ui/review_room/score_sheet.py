"""A judge's sheets: choose an applicant, score, declare a conflict, submit."""

from collections.abc import Sequence
from decimal import Decimal
from urllib.parse import urlencode

import streamlit as st

from dashboard.content.panel_sheets import sheet_section
from dashboard.errors import AccessDenied, ClusterReviewError
from dashboard.i18n import gettext as _
from dashboard.i18n import label, language, moment_text
from dashboard.judging.texts import head_line
from dashboard.judging.views import (
    JudgeProgress,
    Phase,
    RoundView,
    Sheet,
    SheetProgress,
    SheetStatus,
)
from dashboard.render.screen.html import draw
from dashboard.render.screen.page import sections_view
from dashboard.render.screen.texts import Anchor, draw_list, draw_text
from dashboard.ui.export_panel import save_panel
from dashboard.ui.reader import Reader, reader
from dashboard.ui.record_in_view import record_in_view
from dashboard.ui.review_room.saving import savable_sheets
from dashboard.ui.review_room.score_lines import score_lines, sheet_totals
from dashboard.ui.review_room.signed_in import attempt, go, judging, refused, say

_SIGN_INS = 20
"""Times of sign-ins that are listed."""
_DONE = (SheetStatus.SUBMITTED, SheetStatus.RECUSED)
_REASON, _SURE = "room-conflict-reason", "room-conflict-sure"


@st.fragment
def score_sheets(round_id: str) -> None:
    """Draw the judge's part of a round; every change draws only this part again."""
    now = reader()
    if not now.is_of(round_id):
        st.rerun()  # the code was revoked, or the session has ended: the page says so
    view = judging().rounds.one(round_id)
    if view.phase is Phase.DRAFT:
        draw_text(_("The rules are not sealed yet: there is no sheet to fill."), "box")
        return
    own = judging().sheets.progress(now.identity).judges[0]
    applicant = _chosen(view, own)
    _applicants(view, own, applicant)
    status = next(sheet for sheet in own.sheets if sheet.applicant == applicant)
    if status.status is SheetStatus.RECUSED:
        st.markdown("## " + label("region", applicant))
        draw_text(
            _("You are recused from this applicant. Reason: {reason}").format(
                reason=status.recusal_reason
            ),
            "box",
        )
    else:
        try:
            _sheet(view, judging().sheets.sheet(now.identity, applicant))
        except AccessDenied as error:
            refused(error)
    _next(now, own, applicant)
    _sign_ins(own)


def _sign_ins(own: JudgeProgress) -> None:
    """When and how often somebody came in with the own code, so that a foreign one is noticed."""
    times = [moment_text(at) for at in own.signed_in_at[-_SIGN_INS:]]
    with st.expander(
        _("Sign-ins with your code: {count}, the last {time}").format(
            count=len(own.signed_in_at), time=times[-1] if times else ""
        )
    ):
        draw_list(times[::-1], "sign-ins")
        if len(own.signed_in_at) > len(times):
            draw_text(_("The newest {count} of them are shown.").format(count=len(times)), "weak")
        draw_text(
            _(
                "If one of them was not you, tell a deputy or the chair at once: your code is "
                "replaced, and your sheets stay."
            ),
            "weak",
        )


def _chosen(view: RoundView, own: JudgeProgress) -> str:
    """The applicant named by the address, else the first one that is not done."""
    asked = st.query_params.get("applicant")
    if asked in view.rules.applicants:
        return str(asked)
    todo = [sheet.applicant for sheet in own.sheets if sheet.status not in _DONE]
    return todo[0] if todo else view.rules.applicants[0]


def _applicants(view: RoundView, own: JudgeProgress, applicant: str) -> None:
    """Every applicant with the state of the own sheet."""
    words = {
        sheet.applicant: label("region", sheet.applicant)
        + ("" if sheet.applicant == applicant else f" · {_how_far(sheet)}")
        for sheet in own.sheets
    }
    st.session_state["room-applicant"] = applicant
    st.segmented_control(
        _("My sheets"),
        view.rules.applicants,
        format_func=lambda code: words[code],
        key="room-applicant",
        required=True,
        wrap=True,
        on_change=_choose,
        label_visibility="collapsed",
    )


def _how_far(sheet: SheetProgress) -> str:
    """In words; of the sheet that is open its own bar says it."""
    if sheet.status is SheetStatus.STARTED:
        return _("{scored} of {count}").format(
            scored=sheet.scored_count, count=sheet.criterion_count
        )
    return label("sheet_status", sheet.status)


def _choose() -> None:
    go(applicant=st.session_state["room-applicant"])


def _sheet(view: RoundView, sheet: Sheet) -> None:
    is_writable = sheet.is_open
    summary = urlencode(
        {"region": sheet.applicant, "year": str(view.rules.year), "lang": language()}
    )
    with st.container(
        key="cr-sheet-head", horizontal=True, vertical_alignment="center", gap="medium"
    ):
        st.markdown("## " + label("region", sheet.applicant))
        title = _("Onsite-review summary of this applicant")
        draw_text(Anchor(title, f"review-summary?{summary}"))
        if is_writable:
            _conflict(sheet)
    if sheet.reopened_reason:
        draw_text(
            _("The chair has opened this sheet again. Reason: {reason}").format(
                reason=sheet.reopened_reason
            ),
            "box",
        )
    if not is_writable:
        _locked(view, sheet)
        return
    score_lines(view, sheet)
    _bar(view, sheet)


def _locked(view: RoundView, sheet: Sheet) -> None:
    if sheet.submitted_at:
        note = _("Submitted {time} and locked. Only the chair can open it again, with a reason.")
        note = note.format(time=moment_text(sheet.submitted_at))
    elif view.phase is Phase.SEALED:
        note = _("Scoring is not open yet. You can see what will be scored.")
    else:
        note = _("The round is closed. This sheet was not submitted and does not count.")
    draw_text(note, "box")
    sections_view([sheet_section(sheet)])
    if sheet.submitted_at:
        draw_text(head_line(sheet.log), "weak")


def _bar(view: RoundView, sheet: Sheet) -> None:
    """Running total, what was saved when, and the way to submit: always in sight."""
    with st.container(
        key="cr-sheet-bar", horizontal=True, vertical_alignment="center", gap="medium"
    ):
        draw("score_total.html", totals=sheet_totals(sheet))
        asked = st.button(_("Submit and lock …"), key="room-submit", type="primary")
    if asked:
        st.dialog(_("Submit and lock this sheet?"), width="large")(_confirm)(
            view.round_id, sheet.applicant
        )


def _confirm(round_id: str, applicant: str) -> None:
    """What will be counted, as it is stored; nothing else is submitted."""
    now = reader()
    if not now.is_of(round_id):
        st.rerun()
    try:
        sheet = judging().sheets.sheet(now.identity, applicant)
    except ClusterReviewError as error:
        refused(error)
        return
    if sheet.submitted_at:
        st.rerun()  # done: the page says so
    sections_view([sheet_section(sheet)])
    if sheet.blanks:
        may = _(
            "There are blanks ({count}): by the rules of this round you will not count for "
            "this applicant."
        ).format(count=len(sheet.blanks))
        draw_text(may if sheet.may_submit else sheet_totals(sheet).blanks, "bad")
    draw_text(_("Afterwards the sheet is locked. Only the chair can open it again, with a reason."))
    with st.container(horizontal=True):
        if sheet.may_submit and st.button(
            _("Submit and lock"),
            key="room-submit-sure",
            type="primary",
            on_click=_submit,
            args=(applicant, sheet.given),
        ):
            st.rerun()  # refused: the page says why
        if st.button(_("Not yet"), key="room-submit-not"):
            st.rerun()


def _submit(applicant: str, seen: dict[str, Decimal | None]) -> None:
    with attempt():
        judging().sheets.submit(reader().identity, applicant, seen)
        say(_("Submitted: {applicant}").format(applicant=label("region", applicant)))


def _conflict(sheet: Sheet) -> None:
    with st.popover(_("First: do you have a conflict of interest with this applicant?")):
        draw_text(
            _(
                "Whoever declares a conflict is recused from this applicant: the sheet is closed, "
                "what was scored on it counts no more and is shown to nobody. Only the chair can "
                "lift a recusal."
            ),
            "weak",
        )
        st.text_area(_("Reason"), key=f"{_REASON}-{sheet.applicant}", max_chars=2000)
        sure = st.checkbox(
            _("I understand that my scores for this applicant do not count."),
            key=f"{_SURE}-{sheet.applicant}",
        )
        st.button(
            _("Declare a conflict of interest"),
            key="room-conflict",
            disabled=not sure,
            on_click=_declare,
            args=(sheet.applicant,),
        )


def _declare(applicant: str) -> None:
    with attempt():
        reason = st.session_state[f"{_REASON}-{applicant}"]
        judging().sheets.declare_conflict(reader().identity, applicant, reason)
        say(
            _("Recorded: you are recused from {applicant}.").format(
                applicant=label("region", applicant)
            )
        )


def _next(now: Reader, own: JudgeProgress, applicant: str) -> None:
    """The way to the next sheet that is to be filled in, or to paper where all are done."""
    codes = [sheet.applicant for sheet in own.sheets]
    here = codes.index(applicant)
    todo = _todo(own.sheets, here)
    if todo is not None:
        st.button(
            _("Next applicant: {name}").format(name=label("region", todo)),
            key="room-next",
            icon=":material/arrow_forward:",
            on_click=go,
            kwargs={"applicant": todo},
        )
    elif own.is_done:
        draw_text(_("All your sheets are done. Thank you."), "box")
    if own.is_done:
        save_panel([savable_sheets(record_in_view(), now, own.judge_id, own.name)])


def _todo(sheets: Sequence[SheetProgress], here: int) -> str | None:
    """The next applicant after the one shown whose sheet is not done, round and round."""
    order = [*sheets[here + 1 :], *sheets[:here]]
    return next((s.applicant for s in order if s.status not in _DONE), None)
