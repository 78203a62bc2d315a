"""The log of who did what, gathered from the streams of the ledger that say it.

Signing in and what accounts are, is noted by `accounts`; handing in and deciding by the intake;
editions by the store; rounds by judging. What none of them notes (that somebody saw exact counts or
took a file along, was refused, or looked at the pages as another role) is noted here. No stream
holds rows of patients.
"""

import json
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Protocol

from dashboard.access import Action, Identity, require
from dashboard.identity.accounts import STREAM as ACCOUNTS
from dashboard.settings import Settings
from dashboard.store.build import EDITIONS
from dashboard.store.ledger import Clock, Entry, Ledger, dated, utc_now
from dashboard.store.sought import Sought

STREAM = "access"
"""Stream of the ledger: saw_exact, downloaded, refused, viewed_as."""
INTAKE = "intake"
KINDS = frozenset({"saw_exact", "downloaded", "refused", "viewed_as"})
"""What is noted here."""
FACTS = (
    *("account", "role", "region", "regions", "of", "seen_role", "seen_region", "action", "page"),
    *("report", "parameters", "format", "edition", "edition_id", "build", "round"),
    *("receipt_id", "table", "status", "holder", "judge_id", "applicant"),
)
"""Parts of entries that the log tells, in their order: never secrets, figures, counts of rows,
names of files, or what somebody wrote."""
_REFUSED_AGAIN = timedelta(minutes=1)
_MOST_HEARD = 10_000
"""Refusals of which it is known when they were noted last."""


class RoundLogs(Protocol):
    """What of the rounds' logs a reader of the log of access may see."""

    def kinds(self, identity: Identity) -> Mapping[str, frozenset[str] | None]:
        """Streams → kinds of entries of which the reader may know; None: all."""

    def contents(
        self, identity: Identity, entries: Sequence[Entry]
    ) -> Sequence[Mapping[str, Any] | None]:
        """What each entry says; None where it is withheld from the reader."""


@dataclass(frozen=True)
class Filter:
    """Which lines are looked for; empty: all."""

    who: str = ""
    """A part of the account or name of who did it, or of the account it is about."""
    kind: str = ""
    stream: str = ""
    since: datetime | None = None
    until: datetime | None = None
    """Before this moment."""


@dataclass(frozen=True)
class Line:
    """An entry of the log."""

    stream: str
    number: int
    written_at: str
    """ISO 8601, UTC."""
    actor: str
    kind: str
    facts: Mapping[str, str]
    digest: str
    """Of the entry, by which the chain of its stream can be followed in the ledger."""
    is_withheld: bool = False
    """It says more, which the reader may not see."""


class AccessLog:
    """The log of one workspace, for all threads of a process."""

    def __init__(
        self, settings: Settings, rounds: RoundLogs | None = None, clock: Clock = utc_now
    ) -> None:
        self._ledger = Ledger(settings, clock)
        self._rounds = rounds
        self._now = clock
        self._lock = threading.Lock()
        self._refused: dict[tuple[str, Action], datetime] = {}

    def note(self, kind: str, identity: Identity, **facts: str | int | None) -> None:
        """Note what nothing else notes.

        Args:
            kind: one of `KINDS`.
            identity: who.
            facts: what, without patients' data; those that are None are left out.
        """
        assert kind in KINDS, kind
        who = identity.account or identity.role
        given = {name: fact for name, fact in facts.items() if fact is not None}
        about = {"role": identity.role, "region": identity.region, **given}
        self._ledger.append(STREAM, kind, who, about)

    def note_refused(self, identity: Identity, action: Action, page: str | None = None) -> None:
        """Note that somebody who is signed in was refused; the same once a minute at most."""
        who = identity.account or f"{identity.round_id}/{identity.judge_id or identity.role}"
        if identity.is_view_only or identity.is_anybody:
            return
        if not (identity.account or identity.round_id):
            return
        now = self._now()
        with self._lock:
            before = self._refused.get((who, action))
            if before is not None and now - before < _REFUSED_AGAIN:
                return
            if len(self._refused) >= _MOST_HEARD:
                self._refused.clear()
            self._refused[who, action] = now
        self.note("refused", identity, action=action, page=page, round=identity.round_id)

    def lines(
        self, identity: Identity, wanted: Filter | None = None, first: int = 0, count: int = -1
    ) -> list[Line]:
        """Lines, the newest first.

        Args:
            identity: who reads.
            wanted: which of them; None: all.
            first: how many of the newest are left out.
            count: how many at most; -1: all.

        Raises:
            AccessDenied: the role may not read it.
        """
        entries = self._ledger.newest(self._sought(identity, wanted), first, count)
        return list(self._told(identity, entries))

    def count(self, identity: Identity, wanted: Filter | None = None) -> int:
        """How many lines there are.

        Raises:
            AccessDenied: the role may not read it.
        """
        return self._ledger.count(self._sought(identity, wanted))

    def kinds(self, identity: Identity) -> list[str]:
        """The kinds of all lines.

        Raises:
            AccessDenied: the role may not read it.
        """
        return self._ledger.kinds(self._sought(identity, None))

    def streams(self, identity: Identity) -> list[str]:
        """Names of the streams that say who did something, of those that there are.

        Raises:
            AccessDenied: the role may not read it.
        """
        return sorted(self._sought(identity, None).streams)

    def closed(self, identity: Identity) -> list[str]:
        """Streams of rounds of which the reader is not told yet what happens in scoring.

        Raises:
            AccessDenied: the role may not read it.
        """
        return [
            name
            for name, kinds in self._sought(identity, None).streams.items()
            if kinds is not None
        ]

    def verify(self, identity: Identity) -> dict[str, str]:
        """Follow the chain of every stream.

        Returns:
            Stream → digest of its last entry, to be compared with one written down elsewhere.

        Raises:
            AccessDenied: the role may not read it.
            LedgerBroken: an entry was changed, left out or put in between.
        """
        return {stream: self._ledger.verify(stream)[-1].digest for stream in self.streams(identity)}

    def _sought(self, identity: Identity, wanted: Filter | None) -> Sought:
        require(identity, Action.READ_ACCESS_LOG)
        known: dict[str, frozenset[str] | None] = dict.fromkeys(
            (STREAM, ACCOUNTS, INTAKE, EDITIONS)
        )
        rounds = self._rounds.kinds(identity) if self._rounds else {}
        known |= rounds
        closed = frozenset(
            name.partition("/")[2] for name, kinds in rounds.items() if kinds is not None
        )
        there = {name: known[name] for name in self._ledger.streams() if name in known}
        if wanted is None:
            return Sought(there, without_sheets_of=closed)
        if wanted.stream:
            there = {name: kinds for name, kinds in there.items() if name == wanted.stream}
        return Sought(
            there,
            wanted.who.strip(),
            frozenset({wanted.kind}) if wanted.kind else None,
            dated(wanted.since) if wanted.since else "",
            dated(wanted.until) if wanted.until else "",
            closed,
        )

    def _told(self, identity: Identity, entries: Sequence[Entry]) -> Iterator[Line]:
        """Lines of entries, each as far as the reader may see it."""
        for is_of_round, some in groupby(entries, key=lambda entry: "/" in entry.stream):
            if not is_of_round:
                yield from (_line(entry, entry.content) for entry in some)
                continue
            assert self._rounds is not None, "else no stream of a round was looked for"
            of_rounds = list(some)
            contents = self._rounds.contents(identity, of_rounds)
            yield from map(_line, of_rounds, contents)


def exported(lines: Iterable[Line]) -> bytes:
    """JSON lines, one object a line of the log, in the order given."""
    return "".join(
        json.dumps(vars(line), ensure_ascii=False, sort_keys=True, default=dict) + "\n"
        for line in lines
    ).encode()


def _line(entry: Entry, content: Mapping[str, Any] | None) -> Line:
    line = Line(
        entry.stream, entry.number, entry.written_at, entry.actor, entry.kind, {}, entry.digest
    )
    if content is None:
        return replace(line, is_withheld=True)
    facts = {name: _told(content.get(name)) for name in FACTS}
    return replace(line, facts={name: fact for name, fact in facts.items() if fact})


def _told(fact: object) -> str:
    """A fact as text, lists joined by `;`; empty where it is none that is told."""
    if isinstance(fact, list):
        return ";".join(one for one in fact if isinstance(one, str))
    return fact if isinstance(fact, str) else ""
