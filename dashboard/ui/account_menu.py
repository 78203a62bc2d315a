"""Who is signed in, at the end of the bar, with the ways in and out."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st

from dashboard.access import Role
from dashboard.i18n import gettext as _
from dashboard.i18n import language
from dashboard.judging.texts import in_language
from dashboard.render.screen.html import draw
from dashboard.render.screen.markdown import literal
from dashboard.render.screen.texts import draw_text
from dashboard.settings import settings
from dashboard.ui.reader import Reader
from dashboard.ui.signing_in import sign_in_button, sign_out, way_in, who_text

_ROUNDS = "review-room"


def account_menu(now: Reader, keeping: Sequence[Mapping[str, object]]) -> None:
    """Draw it.

    Args:
        now: who reads.
        keeping: title, address and whether it is this one, of the pages on which accounts are kept.
    """
    identity = now.administrator or now.identity
    is_known = bool(identity.account or identity.round_id) or identity.role is Role.DESK
    with st.container(key="cr-account"):
        if is_known:
            with st.popover(literal(_name(now)), icon=":material/person:"):
                _content(now, keeping)
        elif settings().sign_in == "oidc":
            sign_in_button(now, "bar-sign-in", is_quiet=True)
        elif settings().sign_in == "proxy":
            with st.popover(_("Sign in"), icon=":material/person:"):
                draw_text(way_in(now))


def _name(now: Reader) -> str:
    identity = now.administrator or now.identity
    if identity.role is Role.DESK:
        return _("This machine")
    return in_language(identity.name, identity.is_practice)


def _content(now: Reader, keeping: Sequence[Mapping[str, object]]) -> None:
    identity = now.administrator or now.identity
    round_id = identity.round_id or ""
    is_desk = identity.role is Role.DESK
    draw(
        "account.html",
        name=_name(now),
        who=_("Nobody signs in here.") if is_desk else who_text(identity),
        account=identity.account,
        entries=keeping,
        round=round_id,
        round_href=f"{_ROUNDS}?{urlencode({'round': round_id, 'lang': language()})}",
        lang=language(),
        note=_("Signing out here does not sign out on the page of your organisation.")
        if settings().sign_in == "proxy" and not round_id
        else "",
    )
    if identity.account and not round_id:
        st.button(_("Sign out"), key="bar-sign-out", on_click=sign_out)
