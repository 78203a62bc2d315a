"""Which version of a result one reads."""

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.i18n import moment_text
from dashboard.judging.views import RoundView
from dashboard.render.screen.texts import draw_text
from dashboard.ui.review_room.signed_in import go

_VERSION = "room-version"


def chosen_version(view: RoundView) -> int | None:
    """Draw the choice where there is one; None: the result as it stands."""
    signed = view.signed
    if not any(one.replaced_at for one in signed):
        return None
    replaced = [one.number for one in signed if one.replaced_at]
    asked = st.query_params.get("version", "")
    chosen = int(asked) if asked.isdecimal() and int(asked) in replaced else 0
    if asked and not chosen:
        draw_text(_("There is no such former version: this is the result as it stands."), "weak")
    times = {one.number: moment_text(one.signed_at) for one in signed}
    text = _("Version {number}, signed {time}")
    names = {number: text.format(number=number, time=times[number]) for number in replaced}
    names[0] = _("The result as it stands")
    st.session_state[_VERSION] = chosen
    st.segmented_control(
        _("Version of the result"),
        [0, *reversed(replaced)],
        format_func=lambda number: names[number],
        key=_VERSION,
        required=True,
        wrap=True,
        on_change=_choose,
    )
    return chosen or None


def _choose() -> None:
    number = st.session_state[_VERSION]
    go(version=str(number) if number else "")
