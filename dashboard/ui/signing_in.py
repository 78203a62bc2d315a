"""The ways in and out of an account, as the setting `sign_in` has them."""

from typing import Literal

import streamlit as st

from dashboard.access import NATION, Identity, Role
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.identity.accounts import open_accounts
from dashboard.settings import settings
from dashboard.ui.reader import Reader, reader, view_as


def who_text(identity: Identity) -> str:
    """Role and region of somebody in words: "Official · Daegu"."""
    return standing_text(identity.role, identity.region)


def standing_text(role: Role, region: str | None) -> str:
    """A role and its region in words."""
    name = label("access_role", role)
    return f"{name} · {region_text(region)}" if region else name


def region_text(region: str) -> str:
    """A region by its name; that of the ministry is all of them."""
    return _("all regions") if region == NATION else label("region", region)


def way_in(now: Reader) -> str:
    """What whoever reads has to do to be somebody who may more, in a sentence."""
    if now.administrator is not None:
        return _("Open another page, or go back to your own account with the button above.")
    if now.identity.round_id is not None:
        return _("You are signed in with the code of a round: sign out of it first.")
    if now.identity.account:
        return _("Ask the administrator to give your account that role.")
    return {
        "desk": _("Ask whoever runs this machine."),
        "public": _("At this address people only read. Ask whoever runs the server."),
        "oidc": _("Sign in with your account."),
        "proxy": _("Sign in on the page of your organisation, then load this page again."),
    }[settings().sign_in]


def sign_in_button(now: Reader, key: str, is_quiet: bool = False) -> None:
    """Draw the button that signs in, where a button can and nobody is signed in."""
    if settings().sign_in == "oidc" and not now.identity.account and not now.identity.round_id:
        kind: Literal["primary", "secondary"] = "secondary" if is_quiet else "primary"
        st.button(_("Sign in"), key=key, type=kind, on_click=st.login)


def sign_out() -> None:
    """End the session of the account (for callbacks), here and in the browser."""
    now = reader()
    view_as(None)
    account = (now.administrator or now.identity).account
    if now.account_session:
        open_accounts(settings()).sign_out(account, now.account_session)
    if settings().sign_in == "oidc":
        st.logout()
