"""One process of several: serves the pages to the balancer, on a socket that it is given.

python -m dashboard.serving.worker NAME SOCKET PORT ADDRESS BASE MINUTES
"""

import os
import signal
import socket
import sys
import threading
import time

from dashboard.errors import ClusterReviewError
from dashboard.i18n import gettext as _
from dashboard.monitoring import why_not_ready
from dashboard.proxied import OneOfSeveral
from dashboard.settings import settings
from dashboard.web import serve

_LEFT_FOR_S = 10
"""Without a page for so long, nobody comes back: a page whose line broke connects sooner."""


def main(arguments: list[str]) -> int:
    """Serve until told to stop; after SIGUSR1 only until the pages that are open have gone."""
    name, number, port, address, base, minutes = arguments
    worker = OneOfSeveral(name)
    signal.signal(signal.SIGUSR1, lambda *_signal: _leave(worker, float(minutes) * 60))
    try:
        if reason := why_not_ready(settings()):
            print(reason, file=sys.stderr)
            return 1
        serve(int(port), address, base, worker, socket.socket(fileno=int(number)))
    except ClusterReviewError as error:
        print(f"{_(error.title)}\n{error.message}\n{error.remedy}", file=sys.stderr)
        return 1
    return 0


def _leave(worker: OneOfSeveral, seconds: float) -> None:
    worker.is_leaving = True
    threading.Thread(target=_end_when_left, args=(worker, seconds), daemon=True).start()


def _end_when_left(worker: OneOfSeveral, seconds: float) -> None:
    last = time.monotonic() + seconds
    left_at = time.monotonic()
    while (now := time.monotonic()) < last and now < left_at + _LEFT_FOR_S:
        if worker.pages:
            left_at = now
        time.sleep(0.25)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
