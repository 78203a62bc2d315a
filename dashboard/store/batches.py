"""Batches: what was accepted as one, and which of them count."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeAlias

Keys: TypeAlias = Mapping[str, Sequence[str]]
"""Table → the columns that tell its rows apart."""
INTAKE = "intake"
"""Stream of the ledger that says who handed in what, and what became of it."""
HANDED_IN = "intake-"
"""How the origin of a batch that somebody handed in begins; its receipt's id follows."""


@dataclass(frozen=True)
class Batch:
    """One accepted delivery: one snapshot of the lake."""

    batch_id: str
    origin: str
    """Whose delivery it is; a later batch of the same origin takes the former one's place."""
    digest: str
    """SHA-256 over the names and bytes that were handed in."""
    author: str
    message: str
    accepted_at: datetime
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    """Tables in which a row takes the place of an earlier batch's row with the same key."""
    reverted_at: datetime | None = None
    reverted_by: str | None = None
    reason: str | None = None
    """Why it was taken back."""


def origin_of(receipt_id: str) -> str:
    """The lake's origin of a receipt: each has one of its own, so that batches add up."""
    return HANDED_IN + receipt_id


def new_batch(
    origin: str, digest: str, author: str, message: str, keys: Keys | None = None
) -> Batch:
    """A checked delivery as the batch that it is to become, named by its origin and the time.

    Args:
        origin: whose delivery it is; it takes the place of that origin's former batch.
        digest: SHA-256 of what was handed in.
        author: who hands it in.
        message: what it is, in one line.
        keys: tables in which a row takes the place of any earlier batch's row with that key.
    """
    accepted_at = datetime.now(UTC)
    batch_id = f"{origin}-{accepted_at:%Y%m%dT%H%M%S%f}"
    held = {name: tuple(columns) for name, columns in (keys or {}).items()}
    return Batch(batch_id, origin, digest, author, message, accepted_at, held)


def in_force(batches: Sequence[Batch]) -> list[Batch]:
    """The batches that count, in order of acceptance: of each origin the last not taken back."""
    standing = [batch for batch in batches if batch.reverted_at is None]
    last = {batch.origin: batch for batch in standing}
    return [batch for batch in standing if last[batch.origin] is batch]


def batch_of_row(row: Sequence[str]) -> Batch:
    """A batch as the lake holds it: one row of batches beside its reversal."""
    batch_id, origin, digest, author, message, accepted_at, keys, reverted_at, by, reason = row
    return Batch(
        batch_id,
        origin,
        digest,
        author,
        message,
        datetime.fromisoformat(accepted_at),
        {name: tuple(columns) for name, columns in json.loads(keys or "{}").items()},
        datetime.fromisoformat(reverted_at) if reverted_at else None,
        by,
        reason,
    )
