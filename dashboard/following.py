"""Following what other machines take in: a thread that makes the build of a newer record."""

import logging
import threading

from filelock import FileLock, Timeout

from dashboard.errors import BuildRefused, ClusterReviewError
from dashboard.settings import Settings
from dashboard.store.build import Builder
from dashboard.store.lake_catalogue import newest_snapshot
from dashboard.store.pointer import read_pointer
from dashboard.store.refusal import Refusal, note_refusal

_LOG = logging.getLogger(__name__)


def follow(settings: Settings) -> None:
    """Start a thread that follows as long as the process lives, where machines share a record."""
    if settings.is_shared:
        threading.Thread(target=_follow, args=(settings,), daemon=True, name="following").start()


def catch_up(settings: Settings) -> bool:
    """Make the build of the newest record and put it in force, unless it is.

    One process of a machine builds; the others see the pointer move.

    Returns:
        Whether a build was put in force here.

    Raises:
        StoreUnreachable: the database or the storage do not answer.
        BuildRefused: a check failed; the former build stays in force.
    """
    if read_pointer(settings).snapshot == newest_snapshot(settings):
        return False
    try:
        with FileLock(settings.marts / "following.lock", timeout=0):
            _build, moved = Builder(settings).build_current()
            return moved
    except Timeout:
        return False


def _follow(settings: Settings) -> None:
    pause, following = threading.Event(), Following(settings)
    while not pause.wait(settings.follow_seconds):
        following.look()


class Following:
    """What was last seen of the record of other machines."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._said = ""
        self._refused = 0
        """The snapshot that cannot be built: it is not tried again, the next one is."""

    def look(self) -> None:
        """Follow once. What keeps from it is said once, and no more when it is over."""
        newest = self._refused
        try:
            newest = newest_snapshot(self._settings)
            if newest == self._refused:
                return
            if catch_up(self._settings) or self._said:
                note_refusal(self._settings, None)
            self._said, self._refused = "", 0
        except ClusterReviewError as error:
            if str(error) != self._said:
                _LOG.warning("The record of other machines is not followed: %s", error.title)
                note_refusal(self._settings, Refusal(error.title, error.message, error.remedy))
            self._said = str(error)
            self._refused = newest if isinstance(error, BuildRefused) else 0
        except Exception:  # the thread goes on: the next record may be built
            _LOG.exception("The record of other machines is not followed")
