"""The log of who did what, gathered from the streams of the ledger that say it.

Signing in and what accounts are, is noted by `accounts`; handing in and deciding by the intake;
editions by the store; rounds by judging. What none of them notes (that somebody saw exact counts or
took a file along, was refused, or looked at the pages as another role) is noted here. No stream
holds rows of patients.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.access import Action, Identity, require
from dashboard.identity.accounts import STREAM as ACCOUNTS
from dashboard.settings import Settings
from dashboard.store.build import EDITIONS
from dashboard.store.ledger import Entry, Ledger

STREAM = "access"
"""Stream of the ledger: saw_exact, downloaded, refused, viewed_as."""
INTAKE = "intake"
KINDS = frozenset({"saw_exact", "downloaded", "refused", "viewed_as"})
"""What is noted here."""
_ROUNDS = ("panel/", "practice/", "sign_in/")
_NEVER = frozenset(
    {"code", "token", "salt", "client", "device", "findings", "warnings", "mapping", "shape"}
    | {"points", "comment", "value", "text", "rules", "drafts", "row_count", "changes", "size"}
    | {"session", "digest", "name", "message", "content", "letter", "answer", "error_count"}
)
"""Parts of entries that the log leaves out: secrets, figures, and what somebody wrote."""


@dataclass(frozen=True)
class Line:
    """An entry of the log."""

    stream: str
    number: int
    written_at: str
    """ISO 8601, UTC."""
    actor: str
    kind: str
    facts: Mapping[str, Any]
    digest: str
    """Of the entry, by which the chain of its stream can be followed in the ledger."""


class AccessLog:
    """The log of one workspace."""

    def __init__(self, settings: Settings) -> None:
        self._ledger = Ledger(settings)

    def note(self, kind: str, identity: Identity, **facts: str | int | None) -> None:
        """Note what nothing else notes.

        Args:
            kind: one of `KINDS`.
            identity: who.
            facts: what, without patients' data; those that are None are left out.
        """
        assert kind in KINDS, kind
        who = identity.account or identity.role
        said = {name: fact for name, fact in facts.items() if fact is not None}
        about = {"role": identity.role, "region": identity.region, **said}
        self._ledger.append(STREAM, kind, who, about)

    def lines(self, identity: Identity) -> list[Line]:
        """Every line, the newest first.

        Raises:
            AccessDenied: the role may not read it.
        """
        require(identity, Action.READ_ACCESS_LOG)
        found = [
            _line(entry) for stream in self._streams() for entry in self._ledger.entries(stream)
        ]
        return sorted(found, key=lambda line: (line.written_at, line.stream, line.number))[::-1]

    def verify(self, identity: Identity) -> dict[str, str]:
        """Follow the chain of every stream.

        Returns:
            Stream → digest of its last entry, to be compared with one written down elsewhere.

        Raises:
            AccessDenied: the role may not read it.
            LedgerBroken: an entry was changed, left out or put in between.
        """
        require(identity, Action.READ_ACCESS_LOG)
        return {stream: self._ledger.verify(stream)[-1].digest for stream in self._streams()}

    def _streams(self) -> list[str]:
        """Streams that say who did something, of those that there are."""
        named = {STREAM, ACCOUNTS, INTAKE, EDITIONS}
        return [
            name for name in self._ledger.streams() if name in named or name.startswith(_ROUNDS)
        ]


def exported(lines: Iterable[Line]) -> bytes:
    """JSON lines, one object a line of the log, in the order given."""
    return "".join(
        json.dumps(vars(line), ensure_ascii=False, sort_keys=True, default=dict) + "\n"
        for line in lines
    ).encode()


def _line(entry: Entry) -> Line:
    facts = {
        name: value
        for name, value in entry.content.items()
        if name not in _NEVER and isinstance(value, str | int | float | bool)
    }
    return Line(
        entry.stream,
        entry.number,
        entry.written_at,
        entry.actor,
        entry.kind,
        facts,
        entry.digest,
    )
