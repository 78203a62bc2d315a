"""What every page says of its reader: that the sign-in has ended, or as which role one looks."""

import streamlit as st

from dashboard.errors import AccessDenied
from dashboard.i18n import gettext as _
from dashboard.i18n import language
from dashboard.render.screen.html import draw
from dashboard.render.screen.texts import draw_box
from dashboard.settings import settings
from dashboard.ui.keeping.viewing import viewing_band
from dashboard.ui.reader import Reader, credentials, reader
from dashboard.ui.review_room.signed_in import sign_in_address
from dashboard.ui.signing_in import sign_in_button, way_in


def standing_notes() -> None:
    """Draw them in a place of their own, so that what stands below stays when they come or go."""
    now = reader()
    with st.container(key="cr-standing"):
        if now.ended is not None:
            _ended(now, now.ended)
        viewing_band(now)


def _ended(now: Reader, why: AccessDenied) -> None:
    """Why nobody is signed in any more, and the ways on."""
    code_session = credentials().code_session
    of_proxy = settings().sign_in == "proxy" and not code_session
    draw_box("refused", _(why.title), why.message, way_in(now) if of_proxy else why.remedy)
    if not code_session:
        sign_in_button(now, "ended-sign-in")
        return
    # An account counts only in a browser that holds no code any more.
    round_id = code_session.partition(".")[0]
    sign_in = sign_in_address(round_id)
    draw("code_ended.html", sign_in=sign_in, round=round_id, lang=language())
