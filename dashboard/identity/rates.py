"""How often one client may do what costs the server much, so that one cannot hold up the others."""

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from dashboard.errors import AccessDenied
from dashboard.i18n import gettext as _

_PER_MINUTE: dict[str, RateLimitItem] = {
    # A round's six judges, or a training of thirty, may come from one address.
    "sign-in": RateLimitItemPerMinute(60),
    "connection": RateLimitItemPerMinute(240),
    "upload": RateLimitItemPerMinute(60),
    # Of whoever is not signed in: a file takes a second of a processor, a former build two.
    "file": RateLimitItemPerMinute(20),
    "former-build": RateLimitItemPerMinute(10),
    # Each stays in the log of the workspace.
    "practice": RateLimitItemPerMinute(5),
}
"""What is counted → how often a minute one client may do it."""


class Rates:
    """What clients did in the last minute, in one process."""

    def __init__(self) -> None:
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def take(self, kind: str, client: str) -> bool:
        """Count one more; whether it is within what a client may."""
        return self._window.hit(_PER_MINUTE[kind], kind, client)

    def require(self, kind: str, client: str) -> None:
        """Count one more.

        Raises:
            AccessDenied: it is one too many.
        """
        if not self.take(kind, client):
            raise AccessDenied(
                "Too much was asked in a minute",
                _("At most {count} a minute from one place.").format(
                    count=_PER_MINUTE[kind].amount
                ),
                _("Wait a minute, then ask again. Whoever is signed in is not held up."),
            )


RATES = Rates()
"""Of this process."""
