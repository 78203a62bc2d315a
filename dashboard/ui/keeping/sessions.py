"""Who is signed in at the moment, and the end of it."""

from collections.abc import Sequence

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.i18n import moment_text, number_text
from dashboard.identity.account_state import Account, AccountSession
from dashboard.identity.accounts import open_accounts
from dashboard.render.screen.markdown import literal
from dashboard.render.screen.texts import Toned, draw_text
from dashboard.settings import settings
from dashboard.ui.keeping.messages import doing
from dashboard.ui.reader import reader
from dashboard.ui.signing_in import standing_text

_SHOWN = 50


def sessions_section(sessions: Sequence[AccountSession], accounts: Sequence[Account]) -> None:
    """Draw the open sessions, the newest first, each with what ends it."""
    st.markdown("## " + _("Open sessions ({count})").format(count=number_text(len(sessions))))
    if not sessions:
        draw_text(_("Nobody is signed in with an account."), "weak")
        return
    own = reader().account_session
    listed = {one.account: one.standing for one in accounts}
    for one in sessions[:_SHOWN]:
        standing = listed.get(one.account)
        known = standing_text(standing.role, standing.region) if standing else _("not on the list")
        said = _("signed in {time}").format(time=moment_text(one.began_at))
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"cr-session-{one.session}"
        ):
            draw_text([(Toned(one.account, "strong"), known), Toned(said)], "session")
            st.button(
                _("End your own session") if one.session == own else _("End"),
                key=f"keeping-session-{one.session}",
                help=literal(_("End this session of {account}").format(account=one.account)),
                on_click=_end,
                args=(one.session, one.account),
            )
    if len(sessions) > _SHOWN:
        draw_text(
            _("The newest {shown} of {count}. Older ones are ended by account, above.").format(
                shown=_SHOWN, count=number_text(len(sessions))
            ),
            "weak",
        )


def _end(session: str, account: str) -> None:
    with doing(_("One session of {account} has ended.").format(account=account)):
        open_accounts(settings()).end_session(reader().identity, session)
