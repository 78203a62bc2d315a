"""Recording a lot that was drawn: a form, a second question, and the second person."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.i18n.quantities import KOREA
from dashboard.judging.proposed import FIRST_LOT, Change
from dashboard.judging.result_view import PanelResult
from dashboard.render.screen.texts import draw_text
from dashboard.review.ties import TieDecision
from dashboard.store.ledger import utc_now
from dashboard.ui.reader import reader
from dashboard.ui.review_room.signed_in import attempt, judging, say_proposed

_LOT = "room-lot"


def lot_forms(found: PanelResult) -> None:
    """A form for every tie that waits for the lot, and for every lot that may be drawn again."""
    ties = [tie for tie in found.outcome.ties if tie.awaits_lot or _is_drawn(tie)]
    for place, tie in enumerate(ties):
        if tie.awaits_lot:
            with st.container(border=True, key=f"cr-lot-{place}"):
                _form(found, tie, place)
        else:
            names = " = ".join(label("region", code) for code in tie.applicants)
            with st.expander(_("Draw the lot of {names} again").format(names=names)):
                _form(found, tie, place)


def _is_drawn(tie: TieDecision) -> bool:
    return tie.step is not None and tie.step.by == "lot"


def _form(found: PanelResult, tie: TieDecision, place: int) -> None:
    key, now = f"{_LOT}-{place}", utc_now().astimezone(KOREA)
    order = st.multiselect(
        _("Order that the lot gave, first place first"),
        tie.applicants,
        format_func=lambda code: label("region", code),
        key=key,
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        where = st.text_input(_("Where it was drawn"), key=f"{key}-where", max_chars=200, width=320)
        day = st.date_input(_("Day (Korean time)"), now.date(), key=f"{key}-day", width=180)
        hour = st.time_input(
            _("Time (Korean time)"),
            time(now.hour, now.minute),
            step=60,
            key=f"{key}-time",
            width=180,
        )
    watched = st.text_area(
        _("Witnesses, one a line (at least two)"), key=f"{key}-witnesses", max_chars=1000
    )
    how = st.text_input(_("How it was drawn"), key=f"{key}-how", max_chars=2000)
    reason = FIRST_LOT
    if not tie.awaits_lot:
        reason = st.text_input(_("Why it was drawn again"), key=f"{key}-why", max_chars=2000)
    content = {
        "order": order,
        "place": where,
        "drawn_at": datetime.combine(day, hour, KOREA).isoformat(),
        "witnesses": watched.splitlines(),
        "how": how,
    }
    pending = [one for one in found.objections if one.is_pending and one.opens == Change.LOT]
    if pending:
        content["objection_id"] = pending[0].objection_id
    if st.button(_("Record the lot …"), key=f"room-lot-do-{place}"):
        st.dialog(_("Record the lot"))(_sure)(content, reason)


def _sure(content: Mapping[str, Any], reason: str) -> None:
    draw_text(" → ".join(label("region", code) for code in content["order"]))
    draw_text(_("The lot decides the ranks, and its record is kept for ever."), "weak")
    with st.container(horizontal=True):
        if st.button(_("Yes, it was drawn so"), key="room-lot-sure", type="primary"):
            with attempt():
                say_proposed(
                    judging().proposals.propose(reader().identity, Change.LOT, content, reason)
                )
            st.rerun()
        if st.button(_("Not yet"), key="room-lot-not"):
            st.rerun()
