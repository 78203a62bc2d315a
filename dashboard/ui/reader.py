"""Who reads: as the code of a round says, or the account, or the machine where nobody signs in."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.access import VIEWER, Action, Identity, Role, desk, may
from dashboard.errors import AccessDenied
from dashboard.identity.accounts import open_accounts
from dashboard.identity.claims import Standing
from dashboard.identity.proxy_token import claims_of
from dashboard.identity.rates import RATES
from dashboard.identity.upload_permits import PERMITS
from dashboard.judging.judging import open_judging
from dashboard.settings import settings

SESSION_COOKIE = "cluster_review_session"
"""Of a round's code; set by `dashboard.sign_in`, out of reach of every script."""
_VIEW_AS = "reader-view-as"
_SHOWN = "reader-first-shown"


@dataclass(frozen=True)
class Credentials:
    """What a browser showed when its connection began."""

    code_session: str | None
    """Of a round's code."""
    claims: Mapping[str, Any] | None = None
    """Of an account, as its provider signed them."""
    proxy_token: str | None = None
    proxy_token_at: int | None = None
    """When this page showed it first, in seconds of the epoch: tokens of minutes open a page that
    is read for hours."""
    client: str = ""
    """Address from which it came."""


@dataclass(frozen=True)
class Reader:
    """Who reads the page."""

    identity: Identity
    """A viewer, or the desk, where nobody is signed in."""
    ended: AccessDenied | None = None
    """Why a sign-in lets nobody in any more; None if it does, or if there is none."""
    account_session: str = ""
    """Digest of the session of an account."""
    administrator: Identity | None = None
    """Who looks at the pages as `identity`; None where nobody else does."""
    client: str = ""
    """Address from which it came."""

    def is_of(self, round_id: str) -> bool:
        """Whether this is a judge or the chair of the round."""
        return self.identity.round_id == round_id


def credentials() -> Credentials:
    """What the browser of this connection showed; signing in and out begin a new one."""
    sign_in = settings().sign_in
    token = st.context.headers.get(settings().proxy_header) if sign_in == "proxy" else None
    return Credentials(
        st.context.cookies.get(SESSION_COOKIE),
        st.user.to_dict() if sign_in == "oidc" and st.user.is_logged_in else None,
        token,
        _shown_at(token),
        st.context.ip_address or "",
    )


def _shown_at(token: str | None) -> int | None:
    """When this page showed a token first."""
    if token is None:
        return None
    known, at = st.session_state.get(_SHOWN, ("", 0))
    if known != token:
        at = int(time.time())
        st.session_state[_SHOWN] = (token, at)
    return int(at)


def reader() -> Reader:
    """Who reads, asked anew in every run: what was revoked ends at once.

    Where the sign-in has ended, or was none, it is whoever comes without one.
    """
    try:
        found = reader_of(credentials())
    except AccessDenied as error:
        return Reader(_unknown(), error, client=st.context.ip_address or "")
    return _seen_as(found, st.session_state.get(_VIEW_AS))


def _seen_as(found: Reader, standing: Standing | None) -> Reader:
    """The reader as the role that an administrator chose to look as."""
    if standing is None or not may(found.identity, Action.VIEW_AS):
        return found
    seen = replace(found.identity, role=standing.role, region=standing.region, is_view_only=True)
    return replace(found, identity=seen, administrator=found.identity)


def reader_later() -> Callable[[], Reader]:
    """Who reads, asked when it is called, in a thread that serves no page.

    A sign-in that has ended meanwhile is refused (AccessDenied).
    """
    now = reader()
    if now.ended is not None:
        return lambda: now
    shown, standing = credentials(), st.session_state.get(_VIEW_AS)
    return lambda: _seen_as(reader_of(shown), standing)


def reader_of(shown: Credentials) -> Reader:
    """Who a browser is, also where no page is drawn, as when a file is made.

    The code of a round goes before the account: one is one person at a time.

    Raises:
        AccessDenied: what it showed does not let in any more.
    """
    if shown.code_session:
        identity = open_judging(settings()).sessions.resume(shown.code_session)
        is_anybody = identity.is_practice and settings().sign_in != "desk"
        identity = replace(identity, is_anybody=is_anybody)
        return Reader(identity, client=shown.client)
    claims = shown.claims
    if shown.proxy_token:
        claims = claims_of(shown.proxy_token, settings(), shown.proxy_token_at)
    if claims is None:
        return Reader(_unknown(), client=shown.client)
    identity, session = open_accounts(settings()).identity_of(claims)
    return Reader(identity, account_session=session, client=shown.client)


def hold_up(now: Reader, kind: str) -> None:
    """Count what costs much, of whoever is not signed in, or with a code that everybody has.

    Raises:
        AccessDenied: it was done too often from there in the last minute.
    """
    if now.identity.role is Role.VIEWER or now.identity.is_anybody:
        RATES.require(kind, now.client)


def permit_upload(largest_bytes: int, action: Action) -> None:
    """Let the session of this page send files of so many bytes while its reader may do this."""
    context = get_script_run_ctx()
    assert context is not None, "a page draws the field"
    later = reader_later()

    def is_still() -> bool:
        try:
            return may(later().identity, action)
        except AccessDenied:
            return False

    PERMITS.permit(context.session_id, largest_bytes, is_still)


def view_as(standing: Standing | None) -> None:
    """Look at the pages as another role from the next run on; None: as oneself again."""
    st.session_state[_VIEW_AS] = standing


def _unknown() -> Identity:
    """Whoever shows nothing: the desk where nobody signs in, else a viewer."""
    if settings().sign_in != "desk":
        return VIEWER
    return desk(settings().desk_region)
