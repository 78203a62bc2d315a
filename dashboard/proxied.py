"""What a proxy in front of several processes needs: a path of our own, and a mark of the browser.

A page keeps its state in the process that serves it, so that all requests of a browser go to one.
A proxy that chooses by address would send a whole office there; it chooses by this cookie instead.
Behind the balancer of `serve --workers` the cookie names the process, too.
"""

import re
import secrets
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.errors import UsageError
from dashboard.i18n import gettext as _

VISIT_COOKIE = "cluster_review_visit"
"""Drawn by lot, until the browser is closed; it says nothing and is kept nowhere."""
PEER_HEADER = "X-Cluster-Review-Peer"
"""In which the balancer of this command says who connects to it."""
_BASE = re.compile(r"(/[0-9A-Za-z._~-]+)*")
_WHOLE_HOST = re.compile(r"(?i)(;\s*path=)/(?=;|$)")
_FORWARDED = "x-forwarded-for"
_DRAWN = re.compile(r"[\w-]{16}(?![\w-])", re.ASCII)


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


class OneOfSeveral:
    """One of several processes behind the balancer, and the browsers whose pages it has open."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_leaving = False
        """Whether others took its place, so that it takes no browser any more."""
        self._lock = threading.Lock()
        self._open: Counter[str] = Counter()

    @property
    def pages(self) -> int:
        """How many pages are open."""
        return self._open.total()

    @contextmanager
    def open_page(self, visit: str) -> Iterator[None]:
        """Count a page of a browser while it is open."""
        with self._lock:
            self._open[visit] += 1
        try:
            yield
        finally:
            with self._lock:
                self._open[visit] -= 1
                if not self._open[visit]:
                    del self._open[visit]

    def sends_away(self, visit: str) -> bool:
        """Whether a browser is to go to another process: it has no page here that it could lose."""
        return self.is_leaving and not self._open[visit]


class PeerMiddleware:
    """Takes from the balancer who connects to it, as if it had connected here.

    It is asked on a socket in a folder of its own account alone, where nobody else can say so.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on as that of the peer, without the header that says so."""
        if scope["type"] in ("http", "websocket"):
            name = PEER_HEADER.lower().encode()
            peers = [value.decode("latin-1") for key, value in scope["headers"] if key == name]
            kept = [header for header in scope["headers"] if header[0] != name]
            peer = (peers[-1], 0) if peers else None
            scope = {**scope, "headers": kept, "client": peer}
        await self.app(scope, receive, send)


class ProxiedMiddleware:
    """Keeps cookies below the path of the pages, and marks browsers that come by a proxy."""

    def __init__(self, app: ASGIApp, base: str, worker: OneOfSeveral | None = None) -> None:
        self.app = app
        self.base = base
        self.worker = worker

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and see to the cookies of its answer."""
        if scope["type"] == "websocket" and self.worker:
            await self._open(self.worker, scope, receive, send)
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        if self.base and scope["path"] == self.base:
            # Relative, so that it holds whatever name and scheme the proxy has.
            query = f"?{request.url.query}" if request.url.query else ""
            await RedirectResponse(f"{self.base}/{query}", 308)(scope, receive, send)
            return
        marked = self._marked(request)

        async def with_cookies(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if marked and headers.get("Content-Type", "").startswith("text/html"):
                    headers.append("Set-Cookie", marked)
                message["headers"] = [self._below(*header) for header in message["headers"]]
            await send(message)

        if self.worker and self._is_sent_away(self.worker, request):
            # Of a reference that begins with its query, the path is the one that was asked for.
            answer = RedirectResponse(f"?{request.url.query}", 307)
            answer.delete_cookie(VISIT_COOKIE, path="/", httponly=True, samesite="lax")
            await answer(scope, receive, with_cookies)
            return
        await self.app(scope, receive, with_cookies)

    async def _open(self, worker: OneOfSeveral, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a page open, and its browser come here from now on: another process may have ended.

        Whatever else the page asks for, a file that it sends or takes, must come here, too.
        """
        connection = HTTPConnection(scope)
        marked = self._marked(connection)

        async def accept(message: Message) -> None:
            if message["type"] == "websocket.accept" and marked:
                headers = [*message.get("headers", ()), (b"set-cookie", marked.encode())]
                message = {**message, "headers": [self._below(*header) for header in headers]}
            await send(message)

        visit = _lot(marked.partition("=")[2] or connection.cookies[VISIT_COOKIE])
        with worker.open_page(visit):
            await self.app(scope, receive, accept)

    def _is_sent_away(self, worker: OneOfSeveral, request: Request) -> bool:
        is_document = request.headers.get("Sec-Fetch-Dest") == "document"
        is_ours = VISIT_COOKIE in request.cookies and not self._marked(request)
        visit = _lot(request.cookies.get(VISIT_COOKIE, ""))
        return is_ours and is_document and request.method == "GET" and worker.sends_away(visit)

    def _marked(self, connection: HTTPConnection) -> str:
        """The cookie that the browser lacks; nothing where it has it, or needs none."""
        has = connection.cookies.get(VISIT_COOKIE, "")
        if self.worker:
            value = f"{_lot(has) or secrets.token_urlsafe(12)}.{self.worker.name}"
            if has == value:
                return ""
        elif has or _FORWARDED not in connection.headers:
            return ""
        else:
            value = secrets.token_urlsafe(12)
        secure = "; Secure" if connection.url.scheme in ("https", "wss") else ""
        return f"{VISIT_COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax{secure}"

    def _below(self, name: bytes, value: bytes) -> tuple[bytes, bytes]:
        if not self.base or name.lower() != b"set-cookie":
            return name, value
        path = f"{self.base}/"
        return name, _WHOLE_HOST.sub(rf"\g<1>{path}", value.decode("latin-1")).encode("latin-1")


def _lot(value: str) -> str:
    """What a browser's cookie drew by lot, without the process that it names."""
    found = _DRAWN.match(value)
    return found[0] if found else ""
