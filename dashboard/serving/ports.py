"""Ports of this machine: whether one can be listened on, and one that nobody has."""

import os
import socket

from dashboard.errors import UsageError
from dashboard.i18n import gettext as _


def require_free(address: str, port: int) -> None:
    """See that nobody listens there.

    Raises:
        UsageError: somebody does, or there is no such address here.
    """
    try:
        found = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(found[0], socket.SOCK_STREAM) as probe:
            if os.name == "posix":  # elsewhere it would let two listen on one port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(found[4])
            probe.listen()
    except OSError as error:
        raise port_taken(f"{address}:{port}: {error.strerror}") from error


def port_taken(message: str) -> UsageError:
    """Why nobody can be served on a port."""
    return UsageError("The port cannot be had", message, _("Serve on another port: --port"))


def free_port() -> int:
    """A port of loopback on which nobody listened a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
