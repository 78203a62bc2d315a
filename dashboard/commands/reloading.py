"""`reload`: new processes take the place of those of `serve --workers`."""

import os
import signal
import time

from dashboard.errors import ServingFailed, UsageError
from dashboard.i18n import gettext as _
from dashboard.serving.workers import folder_of, state_of
from dashboard.settings import settings

_PATIENCE_S = 300


def reload(*, port: int = 8501) -> int:
    """Let new processes take the place of those that `serve --workers` runs; no page closes.

    Args:
        port: on which they serve.
    """
    folder = folder_of(settings(), port)
    before = state_of(folder)
    if before is None:
        raise UsageError(
            "Nothing is there to reload",
            _("No command serve --workers runs on port {port} with this workspace.").format(
                port=port
            ),
            _("Name its port: --port"),
        )
    os.kill(before["pid"], signal.SIGHUP)
    last = time.monotonic() + _PATIENCE_S
    while time.monotonic() < last:
        time.sleep(0.25)
        now = state_of(folder)
        if now is None:
            break
        if now["reloads"] != before["reloads"]:
            print(_("New processes serve. The former ones end when their pages are closed."))
            return 0
        if now["refusals"] != before["refusals"]:
            raise ServingFailed(
                "The processes were not replaced",
                _("A new process did not start. Those that served serve on."),
                _("Look at the log of serve, then reload again."),
            )
    raise ServingFailed(
        "The processes were not replaced",
        _("Nothing was heard of them in time."),
        _("Look at the log of serve, then reload again."),
    )
