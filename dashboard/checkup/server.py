"""The server: its port, and whom it believes."""

import http.client
import socket

from dashboard.checkup.found import Examined, Found, mend, unasked, well
from dashboard.i18n import gettext as _
from dashboard.peers import networks_of

_TIMEOUT_S = 5
_WIDEST = {4: 8, 6: 16}
"""Shortest prefix of a network that can be meant, by version of the Internet Protocol."""


def port(examined: Examined) -> Found:
    """The port is free, or this product answers on it and is ready."""
    address = ("127.0.0.1", examined.port)
    try:
        socket.create_connection(address, timeout=_TIMEOUT_S).close()
    except OSError:
        return unasked(_("Nothing listens on port {port}.").format(port=examined.port))
    if _asked(examined.port, "/healthz") != (200, "alive"):
        return mend(
            _("Something else listens on port {port}.").format(port=examined.port),
            _("Serve on another port: --port"),
        )
    status, text = _asked(examined.port, "/readyz")
    if status == http.HTTPStatus.OK:
        return well(_("The server on port {port} is ready.").format(port=examined.port))
    return mend(text, _("Mend what is named, then ask again."))


def _asked(number: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", number, timeout=_TIMEOUT_S)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read(4096).decode(errors="replace").strip()
    except (OSError, http.client.HTTPException) as error:
        return 0, str(error)
    finally:
        connection.close()


def proxies(examined: Examined) -> Found:
    """Forwarded addresses are believed of single machines or a network of proxies, not of all."""
    settings = examined.settings
    wide = [
        f"{name}: {network}"
        for name, listed in (
            ("trusted_proxies", settings.trusted_proxies),
            ("metrics_from", settings.metrics_from),
        )
        for network in networks_of(listed)
        if network.prefixlen < _WIDEST[network.version]
    ]
    if not wide:
        return well(f"trusted_proxies: {settings.trusted_proxies}")
    return mend(
        ", ".join(wide), _("Name the addresses of the proxies alone, not a network of everybody.")
    )
