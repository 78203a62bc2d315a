"""The ways in and out of an account, as the setting `sign_in` has them."""

import streamlit as st

from dashboard.access import NATION, Identity
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.identity.accounts import open_accounts
from dashboard.settings import settings
from dashboard.ui.reader import Reader, reader, view_as


def who_text(identity: Identity) -> str:
    """Role and region in words: "Official · Daegu"."""
    role = label("access_role", identity.role)
    if not identity.region:
        return role
    region = _("all regions") if identity.region == NATION else label("region", identity.region)
    return f"{role} · {region}"


def way_in(now: Reader) -> str:
    """What whoever reads has to do to be somebody who may more, in a sentence."""
    if now.administrator is not None:
        return _("Go back to your own account with the button at the top.")
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


def sign_in_button(now: Reader, key: str) -> None:
    """Draw the button that signs in, where a button can and nobody is signed in."""
    if settings().sign_in == "oidc" and not now.identity.account and not now.identity.round_id:
        st.button(_("Sign in"), key=key, type="primary", on_click=st.login)


def sign_out() -> None:
    """End the session of the account (for callbacks), here and in the browser."""
    now = reader()
    view_as(None)
    account = (now.administrator or now.identity).account
    if now.account_session:
        open_accounts(settings()).sign_out(account, now.account_session)
    if settings().sign_in == "oidc":
        st.logout()
