"""Accounts: who is what here, and the sessions in which they are signed in.

A provider or a proxy says who somebody is; what he or she is here says the list of accounts, or,
where the list does not name the account, the groups that the token names (`identity.claims`).
Whoever is in neither is a viewer. List and sessions are one stream of the ledger.
"""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from dashboard.access import NATION, VIEWER, Action, Identity, Role, require
from dashboard.errors import AccessDenied, UsageError
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.identity.account_state import Account, AccountSession, AccountState
from dashboard.identity.claims import OF_OTHERS, Claimed, Standing, account_name, claimed, standing
from dashboard.settings import Settings
from dashboard.store.folded_streams import FoldedStreams
from dashboard.store.ledger import Clock, Ledger, utc_now

STREAM = "accounts"
"""Stream of the ledger: granted, withdrawn, sessions_ended, session_ended, signed_in and _out."""
_CLOCKS_DIFFER = timedelta(minutes=5)
"""By how much the clock of the provider may be ahead."""


def withdrawal_said(account: str) -> str:
    """What is said once an account was taken off the list."""
    return _("{account} is off the list, and its sessions have ended.").format(account=account)


class Accounts:
    """The accounts of one workspace, for all threads of a process."""

    def __init__(self, settings: Settings, clock: Clock = utc_now) -> None:
        self._settings = settings
        self._now = clock
        self._folded = FoldedStreams(Ledger(settings, clock))

    def identity_of(self, claims: Mapping[str, Any]) -> tuple[Identity, str]:
        """Who a verified token is, and the digest of the session; new sessions are noted.

        Args:
            claims: of the token, verified before.

        Raises:
            AccessDenied: the token does not say who, or the session has ended.
        """
        said = claimed(claims, self._settings)
        longest = timedelta(hours=self._settings.session_hours)
        now = self._now()
        with self._folded.lock:
            state = self._folded.fold(STREAM, AccountState)
            is_for_good = self._settings.sign_in == "proxy"
            has_ended = state.has_ended(said.session, said.account, said.began_at, is_for_good)
            is_new = not self._is_listed(state, said.session)
            found = self._standing(state, said)
        if has_ended or not now - longest < said.began_at < now + _CLOCKS_DIFFER:
            raise AccessDenied(
                "You are not signed in any more",
                _("The session has ended. What was saved is safe."),
                _("Sign in again."),
            )
        if is_new:
            self._note_sign_in(said, found)
        if found is None:
            return Identity(said.name, Role.VIEWER, account=said.account), said.session
        role, region = found.role, found.region
        return Identity(said.name, role, region=region, account=said.account), said.session

    def sign_out(self, account: str, session: str) -> None:
        """End a session, so that no copy of its cookie lets in; one that ended is let pass."""
        with self._folded.ledger.writing(STREAM) as writer, self._folded.lock:
            state = self._folded.fold(STREAM, AccountState, writer)
            if session not in state.signed_out:
                writer.append("signed_out", account, {"account": account, "session": session})

    def grant(self, by: Identity, account: str, role: str, name: str = "") -> Account:
        """Put an account on the list, or change what it is.

        Args:
            by: an administrator, or the desk.
            account: as the tokens name it, such as an e-mail address.
            role: `official KR-27`, `approver KR-27`, `administrator` or `auditor`.
            name: of the person, for the list.

        Raises:
            AccessDenied: `by` may not, or it is the own account.
            UsageError: no such role, no such region, or no account.
        """
        require(by, Action.MANAGE_ACCOUNTS)
        known = standing(role)
        if known.region and label("region", known.region) == known.region:
            raise UsageError(
                "There is no such region",
                known.region,
                _("Name it by its code, such as KR-27; {nation} is the ministry.").format(
                    nation=NATION
                ),
            )
        account = _named(account)
        if account in OF_OTHERS:
            raise UsageError(
                "This is no name of an account",
                account,
                _("The log calls those so who have no account: nobody signs in under it."),
            )
        _refuse_own(by, account)
        content = {
            "account": account,
            "role": known.role,
            "region": known.region,
            "name": " ".join(name.split()),
        }
        with self._folded.ledger.writing(STREAM) as writer:
            entry = writer.append("granted", _actor(by), content)
        return Account(account, known, content["name"] or "", entry.actor, entry.written_at)

    def withdraw(self, by: Identity, account: str) -> None:
        """Take an account off the list: it is a viewer, also if its groups say otherwise.

        Its sessions end.

        Raises:
            AccessDenied: `by` may not, or it is the own account.
        """
        self._append(by, "withdrawn", account)

    def end_sessions(self, by: Identity, account: str) -> None:
        """End every session of an account; it may sign in again.

        Raises:
            AccessDenied: `by` may not.
        """
        self._append(by, "sessions_ended", account)

    def end_session(self, by: Identity, session: str) -> None:
        """End one session; one that ended already is let pass.

        Raises:
            AccessDenied: `by` may not.
            UsageError: there is no such session.
        """
        require(by, Action.MANAGE_ACCOUNTS)
        with self._folded.ledger.writing(STREAM) as writer, self._folded.lock:
            state = self._folded.fold(STREAM, AccountState, writer)
            if session in state.signed_out:
                return
            if session not in state.sessions:
                raise UsageError(
                    "There is no such session", session, _("It may have ended. Look at the list.")
                )
            account = state.sessions[session].account
            writer.append("session_ended", _actor(by), {"account": account, "session": session})

    def all(self, by: Identity) -> list[Account]:
        """The list, by account.

        Raises:
            AccessDenied: `by` may not.
        """
        require(by, Action.MANAGE_ACCOUNTS)
        with self._folded.lock:
            state = self._folded.fold(STREAM, AccountState)
            return sorted(state.accounts.values(), key=lambda one: one.account)

    def sessions(self, by: Identity) -> list[AccountSession]:
        """Sessions that are open, the newest first.

        Raises:
            AccessDenied: `by` may not.
        """
        require(by, Action.MANAGE_ACCOUNTS)
        with self._folded.lock:
            state = self._folded.fold(STREAM, AccountState)
            found = [one for key, one in state.sessions.items() if self._is_listed(state, key)]
        return sorted(found, key=lambda one: one.seen_at, reverse=True)

    def _is_listed(self, state: AccountState, session: str) -> bool:
        """Whether a session is known since less than it lasts; signed in to again it is noted."""
        known = state.sessions.get(session)
        longest = timedelta(hours=self._settings.session_hours)
        return known is not None and known.began_at > self._now() - longest

    def _standing(self, state: AccountState, said: Claimed) -> Standing | None:
        if said.account in state.accounts:
            return state.accounts[said.account].standing
        return None if said.account in state.barred else said.standing

    def _note_sign_in(self, said: Claimed, found: Standing | None) -> None:
        with self._folded.ledger.writing(STREAM) as writer, self._folded.lock:
            state = self._folded.fold(STREAM, AccountState, writer)
            if not self._is_listed(state, said.session):
                content = {
                    "account": said.account,
                    "session": said.session,
                    "began_at": said.began_at.isoformat(),
                    "role": found.role if found else VIEWER.role,
                    "region": found.region if found else None,
                }
                writer.append("signed_in", said.account, content)

    def _append(self, by: Identity, kind: str, account: str) -> None:
        require(by, Action.MANAGE_ACCOUNTS)
        account = _named(account)
        if kind == "withdrawn":
            _refuse_own(by, account)
        with self._folded.ledger.writing(STREAM) as writer:
            writer.append(kind, _actor(by), {"account": account})


@cache
def open_accounts(settings: Settings) -> Accounts:
    """The accounts of a workspace, shared by all who ask in this process."""
    return Accounts(settings)


def _named(account: str) -> str:
    account = account_name(account.strip())
    if not account:
        raise UsageError("No account was named", "", _("Name it as the sign-in names it."))
    return account


def _refuse_own(by: Identity, account: str) -> None:
    """What somebody is, another one says: else an administrator could make himself anything."""
    if by.account == account:
        raise AccessDenied(
            "This is not open to you",
            _("What an account is here, another administrator says."),
            _("Ask another administrator, or whoever runs the server."),
        )


def _actor(by: Identity) -> str:
    return by.account or by.role
