"""When what is started again whenever it ends is started, and when no more."""

import time
from collections import deque

MOST, WITHIN_S = 5, 300
"""So many that end in so many seconds: something is amiss, and no other is started."""


class Endings:
    """How often something ended lately."""

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=MOST)

    def note(self) -> None:
        """It ended now."""
        self._times.append(time.monotonic())

    @property
    def are_too_many(self) -> bool:
        """Whether it is not to be started again."""
        return self._lately == MOST

    @property
    def pause_s(self) -> int:
        """Seconds to wait before it is started again: none at first, then ever more."""
        return (1 << self._lately - 1) - 1

    @property
    def _lately(self) -> int:
        since = time.monotonic() - WITHIN_S
        return sum(at > since for at in self._times)
