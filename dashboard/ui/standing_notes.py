"""What every page says of its reader: that the sign-in has ended, or as which role one looks."""

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.render.screen.texts import draw_box
from dashboard.settings import settings
from dashboard.ui.keeping.viewing import viewing_band
from dashboard.ui.reader import reader
from dashboard.ui.signing_in import sign_in_button, way_in


def standing_notes() -> None:
    """Draw them in a place of their own, so that what stands below stays when they come or go."""
    now = reader()
    with st.container(key="cr-standing"):
        if now.ended is not None:
            remedy = way_in(now) if settings().sign_in == "proxy" else now.ended.remedy
            draw_box("refused", _(now.ended.title), now.ended.message, remedy)
            sign_in_button(now, "ended-sign-in")
        viewing_band(now)
