"""Streams of the rounds: read and written with what they say already folded."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from dashboard.errors import UsageError
from dashboard.i18n import gettext as _
from dashboard.judging.sign_in_state import SignInState
from dashboard.judging.state import RoundState
from dashboard.store.folded_streams import FoldedStreams
from dashboard.store.ledger import Ledger, Writer

PRACTICE = "practice-"
"""Ids of practice rounds begin so, and no others."""


class Streams:
    """The ledger's streams of rounds, and of signing in to them."""

    def __init__(self, ledger: Ledger, clock: Callable[[], datetime]) -> None:
        self.ledger = ledger
        self.now = clock
        self._folded = FoldedStreams(ledger)

    def round_ids(self) -> list[str]:
        """Ids of all rounds, in no particular order."""
        names = [*self.ledger.streams("panel/"), *self.ledger.streams("practice/")]
        return [name.partition("/")[2] for name in names]

    @contextmanager
    def reading(self, round_id: str) -> Iterator[RoundState]:
        """A round as it stands. Nothing of the state may be kept after the block.

        Raises:
            UsageError: there is no such round.
        """
        with self._folded.lock:
            yield self._known(self._folded.fold(panel_stream(round_id), lambda: _round(round_id)))

    @contextmanager
    def writing(self, round_id: str) -> Iterator[tuple[RoundState, Writer]]:
        """A round as it stands, which nobody else changes until the block ends."""
        stream = panel_stream(round_id)
        with self.ledger.writing(stream) as writer, self._folded.lock:
            yield self._known(self._folded.fold(stream, lambda: _round(round_id), writer)), writer

    def state_at(self, round_id: str, number: int) -> RoundState:
        """A round as it stood after the entry of this number; the caller's own to keep."""
        state = _round(round_id)
        for entry in self.ledger.entries(panel_stream(round_id))[:number]:
            state.apply(entry)
        return self._known(state)

    @contextmanager
    def reading_sign_in(self, round_id: str) -> Iterator[SignInState]:
        """Codes and sessions of a round."""
        with self._folded.lock:
            yield self._folded.fold(sign_in_stream(round_id), SignInState)

    @contextmanager
    def writing_sign_in(self, round_id: str) -> Iterator[tuple[SignInState, Writer]]:
        """Codes and sessions of a round, to be added to."""
        stream = sign_in_stream(round_id)
        with self.ledger.writing(stream) as writer, self._folded.lock:
            yield self._folded.fold(stream, SignInState, writer), writer

    def sign_in_beside(self, round_id: str, writer: Writer) -> tuple[SignInState, Writer]:
        """Codes and sessions of a round that is held: what is added to both is kept together."""
        stream = sign_in_stream(round_id)
        beside = writer.beside(stream)
        return self._folded.fold(stream, SignInState, beside), beside

    def checkpoint(self, round_id: str, writer: Writer) -> dict[str, Any]:
        """The signed ends of a round's logs, for the entry that closes or signs it."""
        names = (panel_stream(round_id), sign_in_stream(round_id))
        return self.ledger.checkpoints.sign({name: writer.head_of(name) for name in names})

    def _known(self, state: RoundState) -> RoundState:
        if not state.versions:
            raise UsageError(
                "There is no such round",
                state.round_id,
                _("Choose a round from the list."),
            )
        return state


def panel_stream(round_id: str) -> str:
    """Name of a round's stream."""
    return f"{'practice' if round_id.startswith(PRACTICE) else 'panel'}/{round_id}"


def sign_in_stream(round_id: str) -> str:
    """Name of the stream of a round's codes and sessions."""
    return f"sign_in/{round_id}"


def _round(round_id: str) -> RoundState:
    return RoundState(round_id, round_id.startswith(PRACTICE))
