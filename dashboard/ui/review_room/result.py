"""The result of a closed round: what the panel's report says, and what the chair does with it."""

from functools import partial

import streamlit as st

from dashboard.access import Action, Role, may
from dashboard.content.compose import draft_panel
from dashboard.content.panel import panel_view
from dashboard.errors import ClusterReviewError
from dashboard.i18n import gettext as _
from dashboard.i18n import label, language
from dashboard.judging.result_view import PanelResult
from dashboard.judging.views import Phase, RoundView
from dashboard.render.screen.page import sections_view
from dashboard.ui.behind import open_what_is_behind
from dashboard.ui.export_panel import save_panel
from dashboard.ui.record_in_view import record_in_view
from dashboard.ui.review_room.objections import answer_forms, objection_form
from dashboard.ui.review_room.saving import savable_result, savable_sheets
from dashboard.ui.review_room.signed_in import Reader, attempt, judging, reader, refused, say

_LOT, _LOT_NOTE, _WAIVER = "room-lot", "room-lot-note", "room-waiver"


def result_part(view: RoundView, now: Reader) -> None:
    """Draw the result, as far as the reader may see it, and the menu that saves it."""
    try:
        seen = panel_view(judging(), now.identity, view.round_id)
    except ClusterReviewError as error:
        refused(error)
        return
    record = record_in_view()
    names = seen.result.judges
    sheets = [savable_sheets(record, now, judge, name) for judge, name in names.items()]
    save_panel([savable_result(record, now, seen), *sheets])
    report = draft_panel(record, seen, language())
    is_chair = now.is_of(view.round_id) and now.identity.role is Role.CHAIR
    sections_view(report.sections, _parts(view, seen.result, now, is_chair))
    open_what_is_behind(record, report)


def _parts(
    view: RoundView, found: PanelResult, now: Reader, is_chair: bool
) -> dict[str, partial[None]]:
    """What can be done while the round is closed and not signed."""
    parts: dict[str, partial[None]] = {}
    if view.phase is not Phase.CLOSED:
        return parts
    if is_chair:
        parts["panel.lots"] = partial(_lots, found)
        parts["panel.sign"] = partial(_sign_form)
    if may(now.identity, Action.OBJECT):
        parts["panel.objections"] = partial(_objecting, view, found, is_chair)
    return parts


def _objecting(view: RoundView, found: PanelResult, is_chair: bool) -> None:
    if is_chair:
        answer_forms(found)
    objection_form(view)


def _lots(found: PanelResult) -> None:
    for place, tie in enumerate(tie for tie in found.outcome.ties if tie.awaits_lot):
        with st.container(border=True, key=f"cr-lot-{place}"):
            st.multiselect(
                _("Order that the lot gave, first place first"),
                tie.applicants,
                format_func=lambda code: label("region", code),
                key=f"{_LOT}-{place}",
            )
            st.text_input(
                _("How, where and before whom it was drawn"),
                key=f"{_LOT_NOTE}-{place}",
                max_chars=2000,
            )
            st.button(
                _("Record the lot"), key=f"room-lot-do-{place}", on_click=_record, args=(place,)
            )


def _record(place: int) -> None:
    with attempt():
        order = st.session_state[f"{_LOT}-{place}"]
        judging().results.record_lot(
            reader().identity, order, st.session_state[f"{_LOT_NOTE}-{place}"]
        )
        say(_("The lot is recorded."))


def _sign_form() -> None:
    st.text_input(
        _("Why the deadline for objections need not be awaited (only before it)"),
        key=_WAIVER,
        max_chars=2000,
    )
    sure = st.checkbox(
        _("I sign this result. Nothing of the round can be changed afterwards."),
        key="room-sign-sure",
    )
    st.button(
        _("Sign the result"),
        key="room-sign",
        type="primary",
        disabled=not sure,
        on_click=_sign,
    )


def _sign() -> None:
    with attempt():
        judging().results.sign_off(reader().identity, st.session_state[_WAIVER])
        say(_("The result is signed."))
