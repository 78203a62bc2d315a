"""What is counted and timed, for `/metrics`. Counting costs a microsecond.

Of several processes behind the balancer the library adds up what each has written into one folder.
"""

import os

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.multiprocess import MultiProcessCollector

_SECONDS = (0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

disable_created_metrics()  # type: ignore[no-untyped-call]
REGISTRY = CollectorRegistry()
"""The product's own: what libraries register for themselves is no part of it."""
ProcessCollector(registry=REGISTRY)

REQUESTS = Counter(
    "cluster_review_http_requests",
    "Requests answered.",
    ("route", "method", "status"),
    registry=REGISTRY,
)
REQUEST_SECONDS = Histogram(
    "cluster_review_http_request_seconds",
    "From the first byte of a request to the last byte of its answer.",
    ("route",),
    buckets=_SECONDS,
    registry=REGISTRY,
)
CONNECTIONS = Gauge(
    "cluster_review_websocket_connections",
    "Pages that are open now.",
    registry=REGISTRY,
    multiprocess_mode="livesum",
)
RUN_SECONDS = Histogram(
    "cluster_review_page_run_seconds",
    "Whole runs of a page: at its opening and after what is done on it.",
    ("page",),
    buckets=_SECONDS,
    registry=REGISTRY,
)
FAILED_SIGN_INS = Counter(
    "cluster_review_sign_ins_failed", "Sign-ins that were refused.", registry=REGISTRY
)

EXPOSED = REGISTRY
"""What `/metrics` shows."""
if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
    EXPOSED = CollectorRegistry()
    MultiProcessCollector(EXPOSED)  # type: ignore[no-untyped-call]
