"""The web entry: Streamlit as an ASGI application inside the product's own shell.

The shell adds what Streamlit leaves out: the page language in `<html lang>`, compressed bundles,
and headers with which the browser itself refuses every request to another machine.
"""

import os
import re
import socket
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import streamlit as st
import streamlit.web.server.starlette.starlette_server as streamlit_server
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.app import show_failure
from dashboard.bundles import BundleMiddleware, first_scripts
from dashboard.following import follow
from dashboard.front_door import front_door
from dashboard.i18n import DEFAULT_LANGUAGE, LANGUAGES
from dashboard.measures import EXPOSED
from dashboard.monitoring import MonitoringMiddleware, WorkspaceCollector, monitoring_routes
from dashboard.openid import cookie_secret, login_secrets
from dashboard.proxied import OneOfSeveral, PeerMiddleware, ProxiedMiddleware
from dashboard.render.screen.html import own_file, own_scripts
from dashboard.render.screen.style import first_faces, first_style
from dashboard.score_route import score_routes
from dashboard.server_log import write_log_of_server
from dashboard.settings import PROJECT_ROOT, settings
from dashboard.sign_in import sign_in_routes
from dashboard.store.private_files import keep_private
from dashboard.ui.first_sight import compose_first, first_sight

_SCRIPT = Path(__file__).with_name("app.py")

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_POLICY = (
    "default-src 'self'",
    "worker-src 'self' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "media-src 'self' data: blob:",
    "frame-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'",
)
_ROOT = b'<div id="root"></div>'
"""Into which Streamlit draws; a document without it is another's."""
_WHERE_THE_SERVER_IS = (
    '<script>window.__streamlit = { BACKEND_BASE_URL: new URL("./", location).href }</script>'
)
"""Beside the page, as its scripts are; else Streamlit also looks for it below each page's path."""
_SCRIPT_OF_SHELL = f'<script src="./{own_file("shell.js")}" defer></script>'
_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_OWN_FILES = "/app/static/"
_YEAR = 365 * 24 * 60 * 60


class ShellMiddleware:
    """Sets the security headers, and the language and content policy of every document."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self.app = app
        self.base = base
        self.own_files = base + _OWN_FILES

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and finish its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        # Compression is left to the outermost layer: a document must arrive here readable.
        plain = [header for header in scope["headers"] if header[0] != b"accept-encoding"]
        document: Message | None = None
        body = bytearray()

        async def finish(message: Message) -> None:
            nonlocal document
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                if message["status"] == 200 and self._is_lasting(scope):
                    headers["Cache-Control"] = f"public, immutable, max-age={_YEAR}"
                is_html = headers.get("Content-Type", "").startswith("text/html")
                if is_html and scope["method"] in ("GET", "POST"):
                    document = message
                else:
                    await send(message)
            elif document is None:
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body", False):
                    html = await self._as_own(bytes(body), scope)
                    headers = MutableHeaders(scope=document)
                    headers["Content-Length"] = str(len(html))
                    headers["Content-Security-Policy"] = content_policy(html)
                    # Validators of the file would not tell the languages apart.
                    del headers["ETag"], headers["Last-Modified"]
                    await send(document)
                    await send({"type": "http.response.body", "body": html})

        await self.app({**scope, "headers": plain}, receive, finish)

    async def _as_own(self, html: bytes, scope: Scope) -> bytes:
        """The document in the language of its address, with our script and the first sight."""
        request = Request(scope)
        named = request.query_params.get("lang", "")
        language = named if named in LANGUAGES else DEFAULT_LANGUAGE
        html = html.replace(b'<html lang="en">', f'<html lang="{language}">'.encode(), 1)
        if _ROOT not in html:
            return html
        first = await first_sight(request, scope["path"].removeprefix(self.base), language)
        scripts = f"{first_scripts()}{_WHERE_THE_SERVER_IS}{_SCRIPT_OF_SHELL}"
        # Before Streamlit's own: our script shows the first sight, and waits for nothing of theirs.
        head = f"<head>{first_faces()}{scripts}".encode()
        # In the body, behind what Streamlit adds to the head: of two rules alike the later holds.
        body = f"{first_style()}{first}".encode() + _ROOT
        return html.replace(b"<head>", head, 1).replace(_ROOT, body, 1)

    def _is_lasting(self, scope: Scope) -> bool:
        """Whether a file of our own never changes: a font, or what is named with this version."""
        name = scope["path"].removeprefix(self.own_files)
        if name == scope["path"]:
            return False
        is_font: bool = name.startswith("fonts/")
        version = scope["query_string"].decode("latin-1")
        return is_font or f"app/static/{name}?{version}" in own_scripts()


def content_policy(html: bytes) -> str:
    """The Content-Security-Policy of a document: this server, and its inline scripts by hash."""
    digests = (b64encode(sha256(script).digest()) for script in _INLINE_SCRIPT.findall(html))
    scripts = ["script-src 'self'", *(f"'sha256-{digest.decode()}'" for digest in digests)]
    return "; ".join((*_POLICY, " ".join(scripts)))


def build_app(base: str = "", worker: OneOfSeveral | None = None) -> st.App:
    """The ASGI application: `app.py` inside the shell, in a workspace that is private.

    Args:
        base: path below which the pages stand, as of `base_of`.
        worker: which process it is of several behind the balancer of this command.
    """
    keep_private(settings().workspace)
    own = (*sign_in_routes(), *score_routes())
    return st.App(
        _SCRIPT,
        routes=[*monitoring_routes(), *(_below(base, route) for route in own)],
        middleware=[
            *([Middleware(PeerMiddleware)] if worker else []),
            Middleware(MonitoringMiddleware, base=base),
            *front_door(settings()),
            Middleware(ProxiedMiddleware, base=base, worker=worker),
            Middleware(BundleMiddleware),
            Middleware(ShellMiddleware, base=base),
        ],
        on_script_error=show_failure,
        secrets=login_secrets(settings()),
    )


def _below(base: str, route: Route) -> Route:
    return Route(base + route.path, route.endpoint, methods=route.methods)


def serve(
    port: int,
    address: str = "127.0.0.1",
    base: str = "",
    worker: OneOfSeveral | None = None,
    listening: socket.socket | None = None,
) -> None:
    """Serve the dashboard until the process is told to stop.

    Args:
        port: to listen on.
        address: likewise.
        base: path below which the pages stand, as of `base_of`.
        worker: which process it is of several behind the balancer of this command.
        listening: the socket on which the balancer asks this process; the port is then its own.

    Streamlit looks for `.streamlit/` in the working directory, so the project root becomes it.
    Uvicorn, which answers for it, would believe every process of this machine that says for whom it
    forwards; the front door believes the proxies of the settings only, and looks first who it is.

    Raises:
        UsageError: a setting of the sign-in is missing.
    """
    os.environ["FORWARDED_ALLOW_IPS"] = ""
    os.environ["STREAMLIT_SERVER_COOKIE_SECRET"] = cookie_secret(settings())
    os.chdir(PROJECT_ROOT)
    write_log_of_server(settings().log_format)
    EXPOSED.register(WorkspaceCollector(settings()))
    follow(settings())
    compose_first()
    if listening is not None:
        # Streamlit takes no socket that is open already: this is where it opens its own.
        streamlit_server._bind_server_socket = lambda *_asked: (listening, address)
    build_app(base, worker).run(
        config={
            "server.baseUrlPath": base,
            "server.port": port,
            "server.address": address,
            "server.maxUploadSize": settings().upload_limit_mb,
            "server.enableAgentApi": False,  # programs ask by the command line
        }
    )
