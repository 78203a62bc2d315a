"""The result of a closed round: what the panel's report says, and what the chair does with it."""

from functools import partial

import streamlit as st

from dashboard.access import Action, Role, may
from dashboard.content.compose import draft_panel
from dashboard.content.panel import panel_view
from dashboard.errors import ClusterReviewError
from dashboard.i18n import gettext as _
from dashboard.i18n import language
from dashboard.judging.practice_names import result_named
from dashboard.judging.result_view import PanelResult
from dashboard.judging.views import Phase, RoundView
from dashboard.render.screen.page import sections_view
from dashboard.ui.behind import open_what_is_behind
from dashboard.ui.export_panel import save_panel
from dashboard.ui.reader import Reader, reader
from dashboard.ui.record_in_view import record_in_view
from dashboard.ui.review_room.corrections import corrections
from dashboard.ui.review_room.lots import lot_forms
from dashboard.ui.review_room.objections import answer_forms, objection_form
from dashboard.ui.review_room.saving import savable_result, savable_sheets
from dashboard.ui.review_room.signed_in import attempt, judging, refused, say
from dashboard.ui.review_room.versions import chosen_version

_WAIVER = "room-waiver"


def result_part(view: RoundView, now: Reader) -> None:
    """Draw the result, as far as the reader may see it, and the menu that saves it."""
    version = chosen_version(view)
    try:
        seen = panel_view(judging(), now.identity, view.round_id, version)
        found = result_named(seen.result)
    except ClusterReviewError as error:
        refused(error)
        return
    record = record_in_view()
    names = found.judges
    sheets = [savable_sheets(record, now, judge, name) for judge, name in names.items()]
    save_panel([savable_result(record, now, seen), *sheets])
    report = draft_panel(record, seen, language())
    is_chair = now.is_of(view.round_id) and now.identity.role is Role.CHAIR
    parts = _parts(view, found, now, is_chair) if version is None else {}
    sections_view(report.sections, parts)
    open_what_is_behind(record, report, report)


def _parts(
    view: RoundView, found: PanelResult, now: Reader, is_chair: bool
) -> dict[str, partial[None]]:
    """What can be done with the result as it stands."""
    parts: dict[str, partial[None]] = {}
    if is_chair:
        parts["panel.lots"] = partial(lot_forms, found)
    if is_chair and view.phase is Phase.CLOSED:
        parts["panel.sign"] = partial(_sign_form)
    if may(now.identity, Action.OBJECT):
        parts["panel.objections"] = partial(_objecting, view, found, now, is_chair)
    return parts


def _objecting(view: RoundView, found: PanelResult, now: Reader, is_chair: bool) -> None:
    if is_chair:
        answer_forms(found)
    objection_form(view, now)
    if is_chair:
        corrections(found)


def _sign_form() -> None:
    st.text_input(
        _("Why the deadline for objections need not be awaited (only before it)"),
        key=_WAIVER,
        max_chars=2000,
    )
    sure = st.checkbox(
        _("I sign this result. Only a change with a public reason opens it again."),
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
