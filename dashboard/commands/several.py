"""`serve --workers`: one address, several processes."""

import os

from dashboard.commands.bringing_up import bring_up_to_date
from dashboard.errors import UsageError
from dashboard.i18n import gettext as _
from dashboard.server_log import write_log
from dashboard.serving.workers import Asked, Workers
from dashboard.settings import settings
from dashboard.store.ask import open_record

_MOST = 64


def serve_by_several(count: int, port: int, address: str, base: str, grace_minutes: float) -> int:
    """Bring the record up to date and serve it by several processes until told to stop.

    Raises:
        UsageError: not so many, not on this system, nginx is missing, or another command
            serves on the port.
        ServingFailed: the processes do not start, or all of them ended.
    """
    if not 1 < count <= _MOST:
        raise UsageError(
            "There cannot be so many processes",
            str(count),
            _("Name from 1 to {most}: one for each core of the machine.").format(most=_MOST),
        )
    if os.name != "posix":
        raise UsageError(
            "Several processes do not run on Windows",
            f"--workers {count}",
            _("Serve by one, or on Linux by several."),
        )
    if grace_minutes < 0:
        raise UsageError("There is no such time", str(grace_minutes), _("Name minutes from 0 on."))
    workers = Workers(settings(), Asked(count, address, port, base, grace_minutes))
    bring_up_to_date(mend=True)
    open_record(settings()).current()
    write_log(settings().log_format)
    workers.run()
    return 0
