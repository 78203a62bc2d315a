"""The parts of a round that are open to the reader, and the choice between them."""

import streamlit as st

from dashboard.access import Role
from dashboard.i18n import gettext as _
from dashboard.judging.views import AFTER_CLOSING, RoundView
from dashboard.ui.reader import Reader
from dashboard.ui.review_room.signed_in import go


def choose_part(view: RoundView, now: Reader) -> str:
    """Draw the choice; returns the part that the address names, or the reader's first one."""
    names = {
        "sheets": _("My score sheets"),
        "desk": _("Chair's desk"),
        "deputy": _("Deputy's part"),
        "result": _("Result"),
        "rules": _("Rules and seal"),
        "log": _("Log"),
    }
    is_closed = view.phase in AFTER_CLOSING
    role = now.identity.role if now.is_of(view.round_id) else None
    parts: list[str] = []
    if role is Role.JUDGE:
        parts.append("sheets")
    if role is Role.CHAIR:
        parts.append("desk")
    if role is Role.DEPUTY:
        parts.append("deputy")
    if is_closed:
        parts.append("result")
    parts.append("rules")
    if is_closed or role in (Role.JUDGE, Role.CHAIR, Role.DEPUTY):
        parts.append("log")
    asked = st.query_params.get("part")
    part = asked if asked in parts else parts[0]
    if len(parts) > 1:
        st.session_state["room-part"] = part
        st.segmented_control(
            _("Parts of the round"),
            parts,
            format_func=lambda name: names[name],
            key="room-part",
            required=True,
            wrap=True,
            on_change=_to_address,
            label_visibility="collapsed",
        )
    return part


def _to_address() -> None:
    go(part=st.session_state["room-part"])
