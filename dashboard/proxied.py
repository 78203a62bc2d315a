"""What a proxy in front of several processes needs: a path of our own, and a mark of the browser.

A page keeps its state in the process that serves it, so that all requests of a browser go to one.
A proxy that chooses by address would send a whole office there; it chooses by this cookie instead.
"""

import re
import secrets

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.errors import UsageError
from dashboard.i18n import gettext as _

VISIT_COOKIE = "cluster_review_visit"
"""Drawn by lot, until the browser is closed; it says nothing and is kept nowhere."""
_BASE = re.compile(r"(/[0-9A-Za-z._~-]+)*")
_WHOLE_HOST = re.compile(r"(?i)(;\s*path=)/(?=;|$)")
_FORWARDED = "x-forwarded-for"


def base_of(path: str) -> str:
    """A path below which the pages stand: a slash at its beginning and none at its end; or nothing.

    Raises:
        UsageError: it holds what an address cannot have unchanged.
    """
    base = "/" + path.strip("/") if path.strip("/") else ""
    if not _BASE.fullmatch(base) or any(part in (".", "..") for part in base.split("/")):
        raise UsageError(
            "This is no path of an address",
            path,
            _("Write it with slashes, letters, digits and hyphens: /cluster-review"),
        )
    return base


class ProxiedMiddleware:
    """Keeps cookies below the path of the pages, and marks browsers that come by a proxy."""

    def __init__(self, app: ASGIApp, base: str) -> None:
        self.app = app
        self.base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and see to the cookies of its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        if self.base and scope["path"] == self.base:
            # Relative, so that it holds whatever name and scheme the proxy has.
            query = f"?{request.url.query}" if request.url.query else ""
            await RedirectResponse(f"{self.base}/{query}", 308)(scope, receive, send)
            return
        is_marked = VISIT_COOKIE in request.cookies or _FORWARDED not in request.headers

        async def with_cookies(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if not is_marked and headers.get("Content-Type", "").startswith("text/html"):
                    secure = "; Secure" if request.url.scheme == "https" else ""
                    value = f"{VISIT_COOKIE}={secrets.token_urlsafe(12)}"
                    headers.append("Set-Cookie", f"{value}; Path=/; HttpOnly; SameSite=Lax{secure}")
                message["headers"] = [self._below(*header) for header in message["headers"]]
            await send(message)

        await self.app(scope, receive, with_cookies)

    def _below(self, name: bytes, value: bytes) -> tuple[bytes, bytes]:
        if not self.base or name.lower() != b"set-cookie":
            return name, value
        path = f"{self.base}/"
        return name, _WHOLE_HOST.sub(rf"\g<1>{path}", value.decode("latin-1")).encode("latin-1")
