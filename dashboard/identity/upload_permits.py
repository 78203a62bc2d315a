"""Which sessions may send files, and how large: only those to which a page showed a field for one.

Streamlit takes a file from every session that is open, whatever its page shows.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

_KEPT = 10_000
"""Sessions remembered; the oldest give way, and are asked anew by the page's next run."""


class UploadPermits:
    """The permits of one process, to which each session is bound."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._fields: OrderedDict[str, dict[int, Callable[[], bool]]] = OrderedDict()

    def permit(self, session: str, largest_bytes: int, is_still: Callable[[], bool]) -> None:
        """Let a session send files of so many bytes; the larger of several fields counts.

        Args:
            session: of a page.
            largest_bytes: of a file.
            is_still: whether its reader may, asked for each file in a thread that serves no page.
        """
        with self._lock:
            self._fields.setdefault(session, {})[largest_bytes] = is_still
            self._fields.move_to_end(session)
            while len(self._fields) > _KEPT:
                self._fields.popitem(last=False)

    def largest(self, session: str) -> int:
        """How many bytes a file of the session may have; 0: it may send none."""
        with self._lock:
            fields = dict(self._fields.get(session, {}))
        return max((size for size, is_still in fields.items() if is_still()), default=0)


PERMITS = UploadPermits()
"""Of this process."""
