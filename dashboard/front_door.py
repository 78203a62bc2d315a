"""What every request passes before it reaches a page: for whom it is, and who may speak for others.

Nothing here knows a page. It holds whatever `sign_in` is: the headers that a browser or a proxy
sends are data of whoever sent them.
"""

import math

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from dashboard.errors import UsageError
from dashboard.i18n import gettext as _
from dashboard.identity.rates import RATES
from dashboard.identity.upload_permits import PERMITS
from dashboard.peers import is_from, was_handed_on
from dashboard.settings import Settings

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Addresses that only this machine reaches."""
_UPLOAD = "/_stcore/upload_file/"
_SIGN_IN = {"/sign-in": "POST", "/auth/login": "GET", "/oauth2callback": "GET"}
"""Ends of the paths on which somebody signs in, with the method that does."""
_POLICY_VIOLATION, _TRY_AGAIN_LATER = 1008, 1013
_AROUND_A_FILE = 64 * 1024
"""Bytes of a form around the file in it."""
_YEAR = 365 * 24 * 60 * 60


class ProxyTokenMiddleware:
    """Takes the proxy's token away from every request that no trusted proxy sent.

    The token is signed, so that nobody can make one; a stolen one must not pass by another way.
    """

    def __init__(self, app: ASGIApp, header: str, proxies: str) -> None:
        self.app = app
        self._header = header.lower().encode()
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, without the token unless its peer is a trusted proxy."""
        if scope["type"] in ("http", "websocket") and not is_from(scope, self._proxies):
            kept = [header for header in scope["headers"] if header[0] != self._header]
            scope = {**scope, "headers": kept}
        await self.app(scope, receive, send)


class DeskMiddleware:
    """Refuses at the desk whatever a proxy handed on: it would open the desk to other machines."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, unless one of its headers says that it came by a proxy."""
        if not was_handed_on(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        else:
            await PlainTextResponse("", 403)(scope, receive, send)


class SecureTransportMiddleware:
    """Over HTTPS: every cookie for HTTPS alone, and no way back to HTTP for a year."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and finish the head of its answer."""
        if scope["type"] != "http" or scope["scheme"] != "https":
            await self.app(scope, receive, send)
            return

        async def finish(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                cookies = headers.getlist("set-cookie")
                del headers["set-cookie"]
                for cookie in cookies:
                    is_secure = "; secure" in cookie.lower()
                    headers.append("set-cookie", cookie if is_secure else f"{cookie}; Secure")
                headers["Strict-Transport-Security"] = f"max-age={_YEAR}"
            await send(message)

        await self.app(scope, receive, finish)


class RateMiddleware:
    """Refuses what one client asks too often: signing in, connections of pages, files sent."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or say when to come back."""
        kind = _counted(scope) if scope["type"] in ("http", "websocket") else None
        client = scope["client"][0] if scope.get("client") else ""
        if kind is None or RATES.take(kind, client):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": _TRY_AGAIN_LATER})
        else:
            answer = PlainTextResponse("", 429, {"Retry-After": "60"})
            await answer(scope, receive, send)


class UploadMiddleware:
    """Takes a file only from a session to which a page showed a field for one, and of its size."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it before its body is read."""
        is_upload = scope["type"] == "http" and _UPLOAD in scope["path"]
        if not is_upload or scope["method"] == "OPTIONS":
            await self.app(scope, receive, send)
            return
        session = scope["path"].partition(_UPLOAD)[2].partition("/")[0]
        largest = await run_in_threadpool(PERMITS.largest, session)
        if not largest:
            await PlainTextResponse("", 403)(scope, receive, send)
            return
        if _length(scope) > largest + _AROUND_A_FILE:
            await PlainTextResponse("", 413)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _counted(scope: Scope) -> str | None:
    """As what a request is counted, if it is; the dashboard may be served below a path."""
    path = scope["path"]
    if scope["type"] == "websocket":
        return "connection"
    if _UPLOAD in path:
        return "upload"
    signs_in = any(
        path.endswith(end) and scope["method"] == method for end, method in _SIGN_IN.items()
    )
    return "sign-in" if signs_in else None


def _length(scope: Scope) -> float:
    """Bytes that a request says it has; endless where it does not say, or says no number.

    Of what comes in pieces the length does not count, whatever is said (RFC 9112, 6.3).
    """
    headers = dict(scope["headers"])
    if b"transfer-encoding" in headers:
        return math.inf
    said = headers.get(b"content-length", b"0" if scope["method"] != "PUT" else b"")
    return int(said) if said.isdigit() else math.inf


def front_door(settings: Settings) -> list[Middleware]:
    """The outermost layers, in the order in which a request passes them."""
    proxies = settings.trusted_proxies
    layers = [
        Middleware(ProxyTokenMiddleware, header=settings.proxy_header, proxies=proxies),
        Middleware(ProxyHeadersMiddleware, trusted_hosts="" if proxies == "none" else proxies),
        Middleware(SecureTransportMiddleware),
        Middleware(RateMiddleware),
        Middleware(UploadMiddleware),
    ]
    if settings.sign_in == "desk":
        # Another site could have its name point here and be read as this machine's own page.
        layers.insert(0, Middleware(TrustedHostMiddleware, allowed_hosts=list(LOOPBACK)))
        layers.insert(0, Middleware(DeskMiddleware))
    return layers


def check_address(settings: Settings, address: str) -> None:
    """Refuse to open a desk, at which nobody signs in, to other machines.

    Raises:
        UsageError: the address can be reached from elsewhere, or sign-in lacks a setting.
    """
    if settings.sign_in == "desk" and address not in LOOPBACK:
        raise UsageError(
            "The desk is open to this machine only",
            _("At {address} everybody who reaches it could hand in and approve.").format(
                address=address
            ),
            _("Let people sign in (setting sign_in), or open it to read only: serve --public."),
        )
    if settings.sign_in == "desk" and settings.trusted_proxies != "none":
        raise UsageError(
            "The desk is open to this machine only",
            f"trusted_proxies: {settings.trusted_proxies}",
            _("Let people sign in (setting sign_in), or open it to read only: serve --public."),
        )
    if settings.sign_in == "proxy" and settings.trusted_proxies == "none":
        raise UsageError(
            "The sign-in by a proxy is not set up",
            "trusted_proxies",
            _("Name the addresses of the proxy that signs for accounts."),
        )
