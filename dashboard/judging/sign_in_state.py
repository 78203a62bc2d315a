"""Codes and sessions of a round, as the entries of their stream say."""

from dataclasses import dataclass
from datetime import datetime

from dashboard.judging.pace import Pace
from dashboard.store.ledger import GENESIS, Entry


@dataclass(frozen=True)
class Holder:
    """Who a code was issued to."""

    holder: str
    """`chair`, a deputy's id (`d1`), a judge's (`j1`), or an applicant's (`a-KR-27`)."""
    name: str
    role: str


class SignInState:
    """Codes and sessions up to an entry."""

    def __init__(self) -> None:
        self.number = 0
        self.head = GENESIS
        self.salt = ""
        """Of the round's codes: one slow hash finds whose code it is."""
        self.codes: dict[str, Holder] = {}
        """Hash of a code in force → whose it is."""
        self.issued: set[str] = set()
        """Whoever ever had a code."""
        self.renewed: set[str] = set()
        """Whose first code was replaced by another one."""
        self.sessions: dict[str, tuple[Holder, datetime]] = {}
        """Hash of a session's token → whose it is, and when it ends."""
        self.signed_in_at: dict[str, tuple[str, ...]] = {}
        """Holder → times of all sign-ins, oldest first."""
        self.pace = Pace()

    def apply(self, entry: Entry) -> None:
        """Fold the next entry in."""
        content, at = entry.content, datetime.fromisoformat(entry.written_at)
        if entry.kind == "prepared":
            self.salt = content["salt"]
        elif entry.kind == "code_issued":
            self._end(content["holder"])
            if content["holder"] in self.issued:
                self.renewed.add(content["holder"])
            self.issued.add(content["holder"])
            holder = Holder(content["holder"], content["name"], content["role"])
            self.codes[content["code"]] = holder
        elif entry.kind == "code_revoked":
            self._end(content["holder"])
        elif entry.kind == "failed":
            self.pace.failed(at, content["client"], content.get("device", ""))
        elif entry.kind == "signed_in":
            holder = self.codes[content["code"]]
            ends = datetime.fromisoformat(content["expires_at"])
            self.sessions = {
                token: kept for token, kept in self.sessions.items() if kept[1] > at
            } | {content["token"]: (holder, ends)}
            former = self.signed_in_at.get(holder.holder, ())
            self.signed_in_at[holder.holder] = (*former, entry.written_at)
            self.pace.signed_in(content.get("device", ""))
        else:
            self.sessions.pop(content["token"], None)
        self.number, self.head = entry.number, entry.digest

    def has_code(self, holder: str) -> bool:
        """Whether a code of this holder is in force."""
        return any(known.holder == holder for known in self.codes.values())

    def has_first_code(self, holder: str) -> bool:
        """Whether the code that this holder was given first is in force."""
        return holder not in self.renewed and self.has_code(holder)

    def _end(self, holder: str) -> None:
        self.codes = {code: of for code, of in self.codes.items() if of.holder != holder}
        self.sessions = {t: s for t, s in self.sessions.items() if s[0].holder != holder}
