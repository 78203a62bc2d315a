"""Append-only logs with a hash chain: judging, editions, and who handed in or approved what.

Kept beside the lake (`ledger_database`): entries are small, frequent and partly secret, and must be
there at once for the next reader, none of which the lake is made for.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from dashboard.errors import LedgerBroken
from dashboard.i18n import gettext as _
from dashboard.settings import Settings
from dashboard.store.checkpoint import Checkpoints, Head, backup_remedy
from dashboard.store.ledger_database import Connection, Row, ledger_database
from dashboard.store.sought import Sought

GENESIS = "0" * 64
"""What stands before the first entry of a stream."""

_COLUMNS = "number, kind, actor, written_at, content, salt, digest"
_ALL = 2**62
"""More entries than any log has."""


def utc_now() -> datetime:
    """The time of the server, UTC."""
    return datetime.now(UTC)


def dated(moment: datetime) -> str:
    """A moment as entries are dated: ISO 8601, UTC, milliseconds; earlier ones sort before."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


@dataclass(frozen=True)
class Entry:
    """One entry of a stream."""

    stream: str
    number: int
    """Counted from 1 in its stream, without gap."""
    kind: str
    actor: str
    written_at: str
    """ISO 8601, UTC."""
    content: Mapping[str, Any]
    salt: str
    """Drawn by lot, so that a content that is withheld cannot be found by trying."""
    digest: str
    """SHA-256 over the digest before it, the content's digest, and all of the above."""

    @property
    def content_digest(self) -> str:
        """SHA-256 of salt and content: the chain can be followed without the content itself."""
        return content_digest(self.salt, self.content)


class Writer:
    """A stream held for writing: what it says now, and the only way to add to it."""

    def __init__(self, connection: Connection, stream: str, clock: "Clock") -> None:
        self._connection = connection
        self._stream = stream
        self._clock = clock
        self.number, self.head = _head(connection, stream)
        """Number and digest of the last entry; 0 and `GENESIS` in an empty stream."""

    @property
    def entries(self) -> list[Entry]:
        """All entries up to now, oldest first."""
        return self.entries_after(0)

    def entries_after(self, number: int) -> list[Entry]:
        """The entries that follow the one of this number, oldest first."""
        return _read(self._connection, self._stream, number)

    def beside(self, stream: str) -> "Writer":
        """Another stream, held with this one: what is added to both is kept, or nothing."""
        self._connection.hold(stream)
        return Writer(self._connection, stream, self._clock)

    def head_of(self, stream: str) -> Head:
        """The end of any stream, to which nobody adds while this one is held."""
        self._connection.hold(stream)
        return _head(self._connection, stream)

    def append(self, kind: str, actor: str, content: Mapping[str, Any]) -> Entry:
        """Add an entry; it is kept when the block that holds the stream ends without an error."""
        number, salt = self.number + 1, secrets.token_hex(16)
        written_at = dated(self._clock())
        text = _canonical(content)
        digest = entry_digest(
            self.head, self._stream, number, kind, actor, written_at, _sha256(salt, text)
        )
        self._connection.add((self._stream, number, kind, actor, written_at, text, salt, digest))
        self.number, self.head = number, digest
        return Entry(self._stream, number, kind, actor, written_at, json.loads(text), salt, digest)


Clock = Callable[[], datetime]


class Ledger:
    """The logs of one workspace. Several threads and processes may write at the same time."""

    def __init__(self, settings: Settings, clock: Clock = utc_now) -> None:
        self._database = ledger_database(settings)
        self._clock = clock
        self.checkpoints = Checkpoints(settings)

    @contextmanager
    def writing(self, stream: str) -> Iterator[Writer]:
        """Hold a stream: nobody else writes between what is read and what is added.

        Everything that the block adds is kept, or nothing when it raises.
        """
        with self._database.writing(stream) as connection:
            yield Writer(connection, stream, self._clock)

    def append(self, stream: str, kind: str, actor: str, content: Mapping[str, Any]) -> Entry:
        """Add one entry that depends on no other."""
        with self.writing(stream) as writer:
            return writer.append(kind, actor, content)

    def entries(self, stream: str, after: int = 0) -> list[Entry]:
        """The entries of a stream that follow one of its numbers, oldest first."""
        return self._database.read(lambda connection: _read(connection, stream, after), [])

    def head(self, stream: str) -> Head:
        """Number and digest of the last entry; 0 and `GENESIS` for a stream nobody wrote to."""
        return self._database.read(lambda connection: _head(connection, stream), Head(0, GENESIS))

    def streams(self, prefix: str = "") -> list[str]:
        """Names of the streams that begin so, in order."""
        rows = self._rows("SELECT DISTINCT stream FROM entry ORDER BY 1")
        return [name for (name,) in rows if name.startswith(prefix)]

    def newest(self, sought: Sought, first: int = 0, count: int = -1) -> list[Entry]:
        """Entries of several streams, the newest first.

        Args:
            sought: which.
            first: how many of the newest are left out.
            count: how many at most; -1: all.
        """
        condition, given = sought.condition
        # Sorted without their contents, of which only those of this page are read.
        rows = self._rows(
            f"SELECT stream, {_COLUMNS} FROM (SELECT stream, number FROM entry WHERE {condition} "
            "ORDER BY written_at DESC, stream DESC, number DESC LIMIT ? OFFSET ?) AS page "
            "JOIN entry USING (stream, number) "
            "ORDER BY written_at DESC, stream DESC, number DESC",
            *given,
            count if count >= 0 else _ALL,
            first,
        )
        return [_entry(*row) for row in rows]

    def count(self, sought: Sought) -> int:
        """How many entries `newest` finds in all."""
        condition, given = sought.condition
        rows = self._rows(f"SELECT count(*) FROM entry WHERE {condition}", *given)
        return int(rows[0][0]) if rows else 0

    def kinds(self, sought: Sought) -> list[str]:
        """The kinds of the entries that `newest` finds, in order."""
        condition, given = sought.condition
        rows = self._rows(f"SELECT DISTINCT kind FROM entry WHERE {condition}", *given)
        return sorted(kind for (kind,) in rows)

    def verify(self, stream: str) -> list[Entry]:
        """Follow the hash chain of a stream.

        Returns:
            Its entries, oldest first. The last one's digest is to be compared with one written
            down elsewhere: a chain that was cut off at its end, or computed anew from its
            beginning, can only be told by that.

        Raises:
            LedgerBroken: an entry was changed, left out or put in between.
        """
        before, entries = GENESIS, self.entries(stream)
        for place, entry in enumerate(entries, 1):
            expected = entry_digest(
                before,
                stream,
                entry.number,
                entry.kind,
                entry.actor,
                entry.written_at,
                entry.content_digest,
            )
            if entry.number != place or entry.digest != expected:
                raise _broken(stream, place)
            before = entry.digest
        return entries

    def _rows(self, sql: str, *given: object) -> list[Row]:
        return self._database.read(lambda connection: connection.all(sql, given), [])


def _head(connection: Connection, stream: str) -> Head:
    rows = connection.all(
        "SELECT number, digest FROM entry WHERE stream = ? ORDER BY number DESC LIMIT 1", (stream,)
    )
    return Head(*rows[0]) if rows else Head(0, GENESIS)


def _read(connection: Connection, stream: str, after: int) -> list[Entry]:
    rows = connection.all(
        f"SELECT {_COLUMNS} FROM entry WHERE stream = ? AND number > ? ORDER BY number",
        (stream, after),
    )
    return [_entry(stream, *row) for row in rows]


def _entry(
    stream: str,
    number: int,
    kind: str,
    actor: str,
    written_at: str,
    text: str,
    salt: str,
    digest: str,
) -> Entry:
    content = _content(stream, number, text)
    return Entry(stream, number, kind, actor, written_at, content, salt, digest)


def _content(stream: str, number: int, text: str) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(text)
    except ValueError as error:
        raise _broken(stream, number) from error
    return content


def _broken(stream: str, place: int) -> LedgerBroken:
    return LedgerBroken(
        "The log was tampered with",
        _("{stream}: entry {place} does not follow from the one before.").format(
            stream=stream, place=place
        ),
        backup_remedy(),
    )


def _canonical(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON: keys in order, no spaces, UTF-8."""
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


def content_digest(salt: str, content: Mapping[str, Any]) -> str:
    """SHA-256 of salt and canonical JSON."""
    return _sha256(salt, _canonical(content))


def entry_digest(before: str, *parts: object) -> str:
    """Digest of an entry: SHA-256 over what stands before it and its parts.

    Args:
        before: digest of the entry before.
        parts: stream, number, kind, actor, written_at, content digest.
    """
    return _sha256(before, *parts)


def _sha256(*parts: object) -> str:
    # Each part with its length: no two lists of parts give the same text.
    text = "".join(f"{len(str(part))}:{part}" for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()
