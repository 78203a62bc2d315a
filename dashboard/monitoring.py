"""Whether the server lives, whether it can answer, and what it has done: for machines that watch.

These routes stand at the root of every process, below no base path: a proxy hands on the pages, and
each process is asked by itself.
"""

import logging
import re
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from uuid import uuid4

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import __version__
from dashboard.content.pages import PAGES
from dashboard.errors import ClusterReviewError
from dashboard.i18n import gettext as _
from dashboard.measures import (
    CONNECTIONS,
    EXPOSED,
    FAILED_SIGN_INS,
    REQUEST_SECONDS,
    REQUESTS,
)
from dashboard.own_forms import UNSTORED
from dashboard.peers import is_from, was_handed_on
from dashboard.server_log import REQUEST_ID
from dashboard.settings import Settings, settings
from dashboard.store.ask import open_record
from dashboard.store.batches import INTAKE
from dashboard.store.ledger import Ledger

_log = logging.getLogger(__name__)
_OF_STREAMLIT = "/_stcore/metrics"
"""Streamlit's own numbers, which it would tell everybody."""
_ROUTES = (
    (re.compile(r"/(healthz|readyz|metrics)$"), "monitoring"),
    (re.compile(r"/sign-(in|out)$"), "sign-in"),
    (re.compile(r"/score$"), "score"),
    (re.compile(r"/_stcore/upload_file/"), "upload"),
    (re.compile(r"/_stcore/"), "streamlit"),
    (re.compile(r"/media/"), "download"),
    (re.compile(r"/(app/static|static)/"), "static"),
)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
_GIVEN_ID = re.compile(r"[0-9A-Za-z-]{8,64}")
_QUIET = frozenset({"monitoring", "static", "streamlit"})
"""Routes of which only failures are logged."""
_LEAST_FREE = 4096


class MonitoringMiddleware:
    """Counts, times and logs every request, under an id that the answer carries too.

    `base` is the path below which the pages stand, without a slash at its end.
    """

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self.app = app
        self.base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note how it went."""
        if scope["type"] == "websocket":
            with CONNECTIONS.track_inprogress():
                await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"].removeprefix(self.base)
        if path == _OF_STREAMLIT and not may_watch(HTTPConnection(scope), settings()):
            await _forbidden()(scope, receive, send)
            return
        request_id = _request_id(Headers(scope=scope))
        REQUEST_ID.set(request_id)
        begun, status = time.perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            _note(scope["method"], path, status, time.perf_counter() - begun)


def _note(method: str, path: str, status: int, seconds: float) -> None:
    route = route_of(path)
    method = method if method in _METHODS else "other"
    REQUESTS.labels(route, method, str(status)).inc()
    REQUEST_SECONDS.labels(route).observe(seconds)
    if route == "sign-in" and method == "POST" and status == 403:
        FAILED_SIGN_INS.inc()
    if status < 400 and route in _QUIET:
        return
    # Other paths hold ids of sessions and files, or whatever somebody tries.
    shown = {"path": path} if route in ("page", "sign-in", "score") else {}
    level = logging.WARNING if status >= 500 else logging.INFO
    more = {"method": method, "route": route, **shown, "status": status}
    _log.log(level, "Request", extra=more | {"ms": round(seconds * 1000)})


def route_of(path: str) -> str:
    """The kind of an address, of which there are few: a page, a form, a file, or `other`."""
    if path.strip("/") in PAGES or path in ("", "/"):
        return "page"
    return next((name for pattern, name in _ROUTES if pattern.match(path)), "other")


def _request_id(headers: Headers) -> str:
    """The id that the proxy gave, so that its log and this one fit together; else a new one."""
    given = headers.get("x-request-id", "")
    return given if _GIVEN_ID.fullmatch(given) else uuid4().hex


def monitoring_routes() -> list[Route]:
    """The routes that `st.App` serves beside Streamlit's own."""
    return [
        Route("/healthz", _alive, methods=["GET"]),
        Route("/readyz", _ready, methods=["GET"]),
        Route("/metrics", _metrics, methods=["GET"]),
    ]


async def _alive(_request: Request) -> Response:
    return _text("alive", 200)


async def _ready(request: Request) -> Response:
    """200 when questions are answered and handing in can be stored, else 503.

    Why not, only those are told who may read the metrics.
    """
    reason = await run_in_threadpool(why_not_ready, settings())
    if not reason:
        return _text("ready", 200)
    is_told = may_watch(request, settings())
    return _text(f"not ready: {reason}" if is_told else "not ready", 503)


async def _metrics(request: Request) -> Response:
    if not may_watch(request, settings()):
        return _forbidden()
    encode, media_type = choose_encoder(request.headers.get("accept", ""))
    content = await run_in_threadpool(encode, EXPOSED)
    return Response(content, headers=UNSTORED | {"Content-Type": media_type})


def may_watch(connection: HTTPConnection, used: Settings) -> bool:
    """Whether the numbers are the business of who asks: of networks named in `metrics_from`.

    A request that a proxy handed on is nobody's: the proxy could be asked by everybody.
    """
    return is_from(connection.scope, used.metrics_from) and not was_handed_on(connection.scope)


def why_not_ready(used: Settings) -> str:
    """In words, why a build cannot be asked or the workspace not be written; empty: neither."""
    try:
        open_record(used).ask("regions")
    except ClusterReviewError as error:
        return f"{_(error.title)}. {error.remedy}"
    try:
        with tempfile.TemporaryFile(dir=used.workspace) as file:
            file.write(bytes(_LEAST_FREE))
    except OSError as error:
        return _("The workspace cannot be written: {reason}").format(reason=error.strerror)
    return ""


def _text(text: str, status: int) -> Response:
    return PlainTextResponse(f"{text}\n", status, headers=UNSTORED)


def _forbidden() -> Response:
    return _text(
        "Only machines that CLUSTER_REVIEW_METRICS_FROM names may read this, without a proxy.", 403
    )


class WorkspaceCollector(Collector):
    """What the workspace itself says, read when it is asked for."""

    def __init__(self, used: Settings) -> None:
        self._settings = used
        self._lock = threading.Lock()
        self._read = 0
        self._results: Counter[str] = Counter()

    def describe(self) -> list[Metric]:
        """Nothing: so that registering reads no file."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Whether it is ready, which build is in force since when, and how intakes ended."""
        reason = why_not_ready(self._settings)
        yield GaugeMetricFamily(
            "cluster_review_ready",
            "1 if a build can be asked and the workspace be written.",
            value=float(not reason),
        )
        try:
            build = open_record(self._settings).current()
        except ClusterReviewError:
            pass
        else:
            info = GaugeMetricFamily(
                "cluster_review_build_info",
                "The program, and the build that pages show.",
                labels=("version", "build_id", "snapshot"),
            )
            info.add_metric((__version__, build.build_id, str(build.snapshot)), 1)
            yield info
            yield GaugeMetricFamily(
                "cluster_review_build_timestamp_seconds",
                "When that build was made, in Unix time.",
                value=datetime.fromisoformat(build.built_at).timestamp(),
            )
        results = CounterMetricFamily(
            "cluster_review_intake_results",
            "Files handed in to this workspace and decisions on them, by what became of them.",
            labels=("status",),
        )
        for status, count in sorted(self._counted().items()):
            results.add_metric((status,), count)
        yield results

    def _counted(self) -> Counter[str]:
        """The results up to now; of the log only what is new is read."""
        with self._lock:
            try:
                entries = Ledger(self._settings).entries(INTAKE, after=self._read)
            except ClusterReviewError:
                entries = []
            self._results.update(entry.content["status"] for entry in entries)
            self._read += len(entries)
            return self._results.copy()
