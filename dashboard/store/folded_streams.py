"""Streams of the ledger with what they say already folded.

Of every stream the folded state is kept, and only entries that came since are read: adding does not
become slower as the log grows.
"""

import threading
from collections.abc import Callable
from functools import partial
from typing import Protocol, TypeVar, cast

from dashboard.store.ledger import Entry, Ledger, Writer


class Folded(Protocol):
    """What a stream says up to one of its entries."""

    number: int
    head: str

    def apply(self, entry: Entry) -> None:
        """Fold the next entry in."""


State = TypeVar("State", bound=Folded)


class FoldedStreams:
    """The folded streams of one ledger, for all threads of a process."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.lock = threading.RLock()
        """Held by whoever reads a state: the next one who asks for it changes it."""
        self._states: dict[str, Folded] = {}

    def fold(self, stream: str, make: Callable[[], State], writer: Writer | None = None) -> State:
        """What a stream says; the caller holds the lock, and keeps nothing of it after.

        Args:
            stream: its name.
            make: the state before the first entry.
            writer: of the stream, where it is held for writing.
        """
        number, head = (writer.number, writer.head) if writer else self.ledger.head(stream)
        # The state is put back only when every entry could be folded in.
        state = cast("State | None", self._states.pop(stream, None))
        if (
            state is None
            or state.number > number
            or (state.number == number and state.head != head)
        ):
            state = make()  # none yet, or a backup was put in the place of what was folded
        read = writer.entries_after if writer else partial(self.ledger.entries, stream)
        for entry in read(state.number):
            state.apply(entry)
        if state.number:
            self._states[stream] = state
        return state
