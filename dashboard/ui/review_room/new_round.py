"""A new round, created by an official."""

import streamlit as st

from dashboard.access import Action, Identity, require
from dashboard.errors import AccessDenied
from dashboard.i18n import gettext as _
from dashboard.render.screen.texts import Anchor, draw_text
from dashboard.ui.review_room.rules_form import rules_form
from dashboard.ui.review_room.signed_in import page_href, refused


def new_round(identity: Identity) -> None:
    """Draw the form."""
    draw_text(Anchor(_("All rounds"), page_href()))
    st.markdown("# " + _("Create a round"))
    try:
        require(identity, Action.CREATE_ROUND)
    except AccessDenied as error:
        refused(error)
        return
    rules_form(None)
