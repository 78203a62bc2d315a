"""What the logs of all rounds say to somebody who reads the log of access, and is of no round."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.access import Action, Identity, require
from dashboard.errors import UsageError
from dashboard.judging.round_log import known_before, readable_entries
from dashboard.judging.streams import Streams, panel_stream, sign_in_stream
from dashboard.store.ledger import Entry


class LogsForOthers:
    """The rule of a round's own log, held to wherever entries of rounds are read."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams

    def kinds(self, identity: Identity) -> dict[str, frozenset[str] | None]:
        """Streams of the rounds and of their sign-ins → kinds of which one may know; None: all.

        Until the log of a round is open, nobody else learns who scored whom, nor how far they are.

        Raises:
            AccessDenied: the role may not read the log of access, as judges and chairs.
        """
        require(identity, Action.READ_ACCESS_LOG)
        found: dict[str, frozenset[str] | None] = {}
        for round_id in self._streams.round_ids():
            try:
                with self._streams.reading(round_id) as state:
                    found[panel_stream(round_id)] = known_before(state, identity)
            except UsageError:  # it is being made just now
                continue
            found[sign_in_stream(round_id)] = None
        return found

    def contents(
        self, identity: Identity, entries: Sequence[Entry]
    ) -> list[Mapping[str, Any] | None]:
        """What each entry of rounds says; None where the reader may not see it.

        Raises:
            AccessDenied: the role may not read the log of access, as judges and chairs.
        """
        require(identity, Action.READ_ACCESS_LOG)
        return [self._content(identity, entry) for entry in entries]

    def _content(self, identity: Identity, entry: Entry) -> Mapping[str, Any] | None:
        area, _slash, round_id = entry.stream.partition("/")
        if entry.stream == sign_in_stream(round_id):
            return entry.content
        assert entry.stream == panel_stream(round_id), area
        with self._streams.reading(round_id) as state:
            return readable_entries(state, identity, [entry])[0].content
