"""Which sessions may send files, and how large: only those to which a page showed a field for one.

Streamlit takes a file from every session that is open, whatever its page shows.
"""

from collections import OrderedDict
from threading import Lock

_KEPT = 10_000
"""Sessions remembered; the oldest give way, and are asked anew by the page's next run."""


class UploadPermits:
    """The permits of one process, to which each session is bound."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._bytes: OrderedDict[str, int] = OrderedDict()

    def permit(self, session: str, largest_bytes: int) -> None:
        """Let a session send files of so many bytes; the larger of several fields counts."""
        with self._lock:
            self._bytes[session] = max(largest_bytes, self._bytes.get(session, 0))
            self._bytes.move_to_end(session)
            while len(self._bytes) > _KEPT:
                self._bytes.popitem(last=False)

    def end(self, session: str) -> None:
        """Take the permit of a session back, as when its reader signed out."""
        with self._lock:
            self._bytes.pop(session, None)

    def largest(self, session: str) -> int:
        """How many bytes a file of the session may have; 0: it may send none."""
        with self._lock:
            return self._bytes.get(session, 0)


PERMITS = UploadPermits()
"""Of this process."""
