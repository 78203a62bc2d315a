"""Looking at the pages as another role sees them, and the way back."""

from collections.abc import Sequence

import streamlit as st

from dashboard.access import Role
from dashboard.content.access_lines import open_access_log
from dashboard.i18n import gettext as _
from dashboard.render.screen.texts import draw_text
from dashboard.settings import settings
from dashboard.ui.keeping.standing_choice import choose_standing, chosen_standing
from dashboard.ui.reader import Reader, reader, view_as
from dashboard.ui.signing_in import who_text

_ROLES = (Role.VIEWER, Role.OFFICIAL, Role.APPROVER, Role.AUDITOR)
_KEY = "viewing"


def choose_role_to_view(regions: Sequence[str]) -> None:
    """Draw the choice of the role as which an administrator looks."""
    st.markdown("## " + _("Look at the pages as another role"))
    st.caption(
        _(
            "Every page is then as that role sees it, but for exact counts, which are not shown. "
            "Nothing can be done meanwhile, and the log says that you looked."
        )
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        choose_standing(_KEY, (_("As"), _("Of the region")), _ROLES, regions)
        st.button(_("Look"), key="viewing-begin", on_click=_begin)


def viewing_band(now: Reader) -> None:
    """Say on every page that it is seen as another role, with the way back."""
    if now.administrator is None:
        return
    with st.container(
        key="cr-viewing", horizontal=True, vertical_alignment="center", horizontal_alignment="left"
    ):
        draw_text(
            _(
                "You look at the pages as: {who}. Nothing can be done, and exact counts are not "
                "shown."
            ).format(who=who_text(now.identity)),
            "viewing",
            role="status",
        )
        st.button(_("Back to your own account"), key="viewing-end", on_click=view_as, args=(None,))


def _begin() -> None:
    chosen = chosen_standing(_KEY)
    open_access_log(settings()).note(
        "viewed_as", reader().identity, seen_role=chosen.role, seen_region=chosen.region
    )
    view_as(chosen)
