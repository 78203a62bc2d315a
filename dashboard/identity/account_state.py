"""Accounts and their sessions, as the entries of their stream say."""

from dataclasses import dataclass
from datetime import datetime

from dashboard.access import Role
from dashboard.identity.claims import Standing
from dashboard.store.ledger import GENESIS, Entry


@dataclass(frozen=True)
class Account:
    """An account on the list."""

    account: str
    standing: Standing
    name: str
    granted_by: str
    granted_at: str
    """ISO 8601, UTC."""


@dataclass(frozen=True)
class AccountSession:
    """Somebody who is signed in."""

    session: str
    account: str
    began_at: datetime
    seen_at: datetime
    """When it was first seen here."""


class AccountState:
    """The list and the sessions up to an entry."""

    def __init__(self) -> None:
        self.number = 0
        self.head = GENESIS
        self.accounts: dict[str, Account] = {}
        self.barred: set[str] = set()
        """Accounts that were taken off the list, whatever groups they are in."""
        self.ended: dict[str, datetime] = {}
        """Account → what began before this moment has ended."""
        self.sessions: dict[str, AccountSession] = {}
        """Sessions that were seen and did not end here, by their digest."""
        self.signed_out: dict[str, datetime] = {}
        """Session that was ended → what began up to this moment has ended with it."""

    def apply(self, entry: Entry) -> None:
        """Fold the next entry in."""
        content, at = entry.content, datetime.fromisoformat(entry.written_at)
        account = content["account"]
        if entry.kind == "granted":
            standing = Standing(Role(content["role"]), content["region"])
            self.accounts[account] = Account(
                account, standing, content["name"], entry.actor, entry.written_at
            )
            self.barred.discard(account)
        elif entry.kind == "withdrawn":
            self.accounts.pop(account, None)
            self.barred.add(account)
            self._end(account, at)
        elif entry.kind == "sessions_ended":
            self._end(account, at)
        elif entry.kind == "signed_in":
            began_at = datetime.fromisoformat(content["began_at"])
            self.sessions[content["session"]] = AccountSession(
                content["session"], account, began_at, at
            )
        else:
            known = self.sessions.pop(content["session"], None)
            self.signed_out[content["session"]] = max(at, known.began_at) if known else at
        self.number, self.head = entry.number, entry.digest

    def has_ended(
        self, session: str, account: str, began_at: datetime, is_for_good: bool = False
    ) -> bool:
        """Whether a sign-in no longer lets in.

        Args:
            session: its digest, which a provider may give to the next sign-in, too.
            account: whose.
            began_at: when.
            is_for_good: no later sign-in under the digest lets in: a proxy makes one a request.
        """
        if session in self.signed_out and (is_for_good or began_at <= self.signed_out[session]):
            return True
        return account in self.ended and began_at <= self.ended[account]

    def _end(self, account: str, at: datetime) -> None:
        self.ended[account] = at
        for one in self.sessions.values():
            if one.account == account and one.began_at > at:  # by a clock that is ahead
                self.signed_out[one.session] = one.began_at
        self.sessions = {key: one for key, one in self.sessions.items() if one.account != account}
