"""Following what other machines take in: a thread that makes the build of a newer record."""

import logging
import threading

from filelock import FileLock, Timeout

from dashboard.errors import ClusterReviewError
from dashboard.settings import Settings
from dashboard.store.build import Builder, read_pointer
from dashboard.store.lake_catalogue import newest_snapshot
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
    pause, last = threading.Event(), ""
    while not pause.wait(settings.follow_seconds):
        try:
            if catch_up(settings):
                note_refusal(settings, None)
            last = ""
        except ClusterReviewError as error:
            if str(error) != last:  # said once, not every few seconds
                _LOG.warning("The record of other machines is not followed: %s", error.title)
                note_refusal(settings, Refusal(error.title, error.message, error.remedy))
            last = str(error)
        except Exception:  # the thread goes on: the next record may be built
            _LOG.exception("The record of other machines is not followed")
