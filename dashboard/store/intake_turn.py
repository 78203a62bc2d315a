"""Whose turn it is to hand in: one at a time, of all processes and machines of a record."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from filelock import FileLock, Timeout

from dashboard.errors import WorkspaceBusy
from dashboard.i18n import gettext as _
from dashboard.settings import Settings
from dashboard.store.postgres import connected

_TURN = 826_003
"""Number of the lock in a shared database."""


@contextmanager
def intake_turn(settings: Settings, patience_s: float = -1) -> Iterator[None]:
    """Wait until nobody else hands in, and hand in until the block ends.

    The system or the database lets a turn go with the process that had it. In a shared database it
    also ends with the connection: then another may hand in meanwhile, and `Lake.append` refuses
    what was checked before that.

    Args:
        settings: of the workspace.
        patience_s: seconds to wait; -1: as long as it takes.

    Raises:
        WorkspaceBusy: it was waited so long.
        StoreUnreachable: the database does not answer.
    """
    try:
        if not settings.is_shared:
            settings.workspace.mkdir(parents=True, exist_ok=True)
            with FileLock(settings.workspace / "intake.lock", timeout=patience_s):
                yield
            return
    except Timeout as error:
        raise _busy(patience_s) from error
    import psycopg

    with connected(settings) as connection:
        wait_ms = 0 if patience_s < 0 else max(1, int(patience_s * 1000))
        connection.execute("SELECT set_config('lock_timeout', %s, false)", [str(wait_ms)])
        try:
            connection.execute("SELECT pg_advisory_lock(%s)", [_TURN])
        except psycopg.errors.LockNotAvailable as error:
            raise _busy(patience_s) from error
        connection.execute("SET lock_timeout = 0")
        yield
        with suppress(psycopg.Error):  # it went with the connection
            connection.execute("SELECT pg_advisory_unlock(%s)", [_TURN])


def _busy(patience_s: float) -> WorkspaceBusy:
    return WorkspaceBusy(
        "An intake is still running",
        _("It was waited for {seconds} seconds.").format(seconds=int(patience_s)),
        _("Take the backup when the intake is done."),
    )
