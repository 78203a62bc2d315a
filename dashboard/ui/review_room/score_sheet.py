"""A judge's sheets: choose an applicant, score, declare a conflict, submit."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from dashboard.access import Identity
from dashboard.content.panel_rule import criterion_name, points
from dashboard.content.panel_sheets import sheet_section
from dashboard.errors import AccessDenied, ClusterReviewError
from dashboard.i18n import clock_text, label, language, moment_text
from dashboard.i18n import gettext as _
from dashboard.judging.texts import head_line
from dashboard.judging.views import (
    JudgeProgress,
    Phase,
    RoundView,
    Sheet,
    SheetProgress,
    SheetStatus,
)
from dashboard.render.screen.page import sections_view
from dashboard.render.screen.texts import Anchor, Toned, draw_text
from dashboard.ui.export_panel import save_panel
from dashboard.ui.record_in_view import record_in_view
from dashboard.ui.review_room.saving import savable_sheets
from dashboard.ui.review_room.score_cells import score_cells
from dashboard.ui.review_room.signed_in import Reader, attempt, go, judging, reader, refused, say

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
    st.markdown("## " + label("region", applicant))
    if status.status is SheetStatus.RECUSED:
        draw_text(
            _("You are recused from this applicant. Reason: {reason}").format(
                reason=status.recusal_reason
            ),
            "box",
        )
    else:
        try:
            _sheet(view, now.identity, judging().sheets.sheet(now.identity, applicant))
        except AccessDenied as error:
            refused(error)
    _next(now, own, applicant)


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
        sheet.applicant: f"{label('region', sheet.applicant)} · "
        + (
            _("{scored} of {count}").format(scored=sheet.scored_count, count=sheet.criterion_count)
            if sheet.status is SheetStatus.STARTED
            else label("sheet_status", sheet.status)
        )
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
    )


def _choose() -> None:
    go(applicant=st.session_state["room-applicant"])


def _sheet(view: RoundView, identity: Identity, sheet: Sheet) -> None:
    summary = urlencode(
        {"region": sheet.applicant, "year": str(view.rules.year), "lang": language()}
    )
    title = _("Onsite-review summary of this applicant")
    draw_text(Anchor(title, f"review-summary?{summary}"))
    if sheet.reopened_reason:
        draw_text(
            _("The chair has opened this sheet again. Reason: {reason}").format(
                reason=sheet.reopened_reason
            ),
            "box",
        )
    is_writable = view.phase is Phase.SCORING and sheet.status is not SheetStatus.SUBMITTED
    if not is_writable:
        _locked(view, sheet)
        return
    score_cells(view, identity, sheet)
    _bar(view, sheet)
    _conflict(sheet)


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
    saved = max((cell.saved_at for cell in sheet.cells if cell.saved_at), default=None)
    with st.container(
        key="cr-sheet-bar", horizontal=True, vertical_alignment="center", gap="medium"
    ):
        total = _("Total {total} of {max}").format(
            total=points(sheet.total), max=points(sheet.max_total)
        )
        state = [_("blank: {count}").format(count=len(sheet.blanks))] if sheet.blanks else []
        state.append(
            _("last saved at {time}").format(time=clock_text(saved))
            if saved
            else _("nothing saved yet")
        )
        draw_text((Toned(total, "strong"), Toned(" · ".join(state))), "sheet-total", "status")
        asked = st.button(
            _("Submit and lock …"),
            key="room-submit",
            type="primary",
            disabled=not sheet.may_submit,
        )
    if sheet.blanks and not sheet.may_submit:
        names = {cell.criterion.criterion_id: cell.criterion for cell in sheet.cells}
        blanks = ", ".join(criterion_name(names[name]) for name in sheet.blanks)
        draw_text(
            _("To submit, fill in what is blank: {names}. A blank is never zero.").format(
                names=blanks
            ),
            "weak",
        )
    if asked:
        st.dialog(_("Submit and lock this sheet?"))(_confirm)(view.round_id, sheet.applicant)


def _confirm(round_id: str, applicant: str) -> None:
    now = reader()
    if not now.is_of(round_id):
        st.rerun()
    try:
        sheet = judging().sheets.sheet(now.identity, applicant)
    except ClusterReviewError as error:
        refused(error)
        return
    total = _("Total {total} of {max}").format(
        total=points(sheet.total), max=points(sheet.max_total)
    )
    draw_text((f"{label('region', applicant)}:", Toned(total, "strong")))
    if sheet.blanks:
        draw_text(
            _(
                "There are blanks ({count}): by the rules of this round you will not count for "
                "this applicant."
            ).format(count=len(sheet.blanks)),
            "bad",
        )
    draw_text(_("Afterwards the sheet is locked. Only the chair can open it again, with a reason."))
    with st.container(horizontal=True):
        if st.button(_("Submit and lock"), key="room-submit-sure", type="primary"):
            with attempt():
                judging().sheets.submit(now.identity, applicant)
                say(_("Submitted: {applicant}").format(applicant=label("region", applicant)))
            st.rerun()
        if st.button(_("Not yet"), key="room-submit-not"):
            st.rerun()


def _conflict(sheet: Sheet) -> None:
    with st.expander(_("Conflict of interest with this applicant")):
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
