"""What machines ask a running server, and what it writes into its log. No browser."""

import http.client
import json
import os
import re
import socket
import subprocess
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.requests import HTTPConnection
from websockets.sync.client import connect

from dashboard import __version__, monitoring
from dashboard.access import DESK
from dashboard.intake.intake import Intake
from dashboard.judging.judging import Judging
from dashboard.monitoring import may_watch, route_of, why_not_ready
from dashboard.settings import PROJECT_ROOT, Settings
from dashboard.store.pointer import pointer_file, read_pointer
from tests.browser.conftest import DASHBOARD, _wait_for_health


@pytest.fixture(scope="module")
def server(tmp_path_factory, built_copy):
    """A running server with a JSON log, a practice round, and its workspace."""
    folder = tmp_path_factory.mktemp("monitored")
    settings = built_copy(folder / "workspace")
    Judging(settings).practice.open()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder / "server.log"
    environment = {
        "CLUSTER_REVIEW_WORKSPACE": str(settings.workspace),
        "CLUSTER_REVIEW_PUBLIC_RECORD": str(settings.public_record),
        "CLUSTER_REVIEW_LOG_FORMAT": "json",
        "CLUSTER_REVIEW_SIGN_IN": "public",  # the desk answers nothing that was forwarded
    }
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [*DASHBOARD, "serve", "--port", str(port)],
            cwd=PROJECT_ROOT,
            env=os.environ | environment,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )
    try:
        _wait_for_health(port, process, "/healthz")
        yield SimpleNamespace(port=port, log=log, settings=settings)
    finally:
        process.terminate()
        process.wait(timeout=30)


def ask(server, method, path, body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()
    finally:
        connection.close()


def numbers(server):
    """Sample and labels → value, as a Prometheus server reads them."""
    status, headers, text = ask(server, "GET", "/metrics")
    assert (status, headers["Content-Type"].split(";")[0]) == (200, "text/plain")
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def sign_in(server, code):
    """A form as a browser sends it."""
    return ask(
        server,
        "POST",
        "/sign-in?round=practice-1",
        f"round=practice-1&code={code}",
        Origin=f"http://127.0.0.1:{server.port}",
        Content_Type="application/x-www-form-urlencoded",
    )


def test_what_happens_is_counted(server, csv_of):
    before = numbers(server)
    build = read_pointer(server.settings)
    assert before["cluster_review_ready",] == 1
    labels = sorted((__version__, build.build_id, str(build.snapshot)))
    assert before["cluster_review_build_info", *labels] == 1
    assert before["cluster_review_intake_results_total", "accepted"] == 1
    assert before["process_resident_memory_bytes",] > 50 * 2**20

    assert sign_in(server, "WRONG-WRONG")[0] == 403
    assert sign_in(server, "CHAIR-22222")[0] == 303
    assert ask(server, "GET", "/patients?lang=en")[0] == 200
    Intake(server.settings, DESK).receive(
        "observations", "x.csv", csv_of([["a"], ["b"]]).encode(), "Kim"
    )
    with connect(
        f"ws://127.0.0.1:{server.port}/_stcore/stream",
        origin=f"http://127.0.0.1:{server.port}",
        subprotocols=["streamlit"],
        max_size=None,
    ):
        after = numbers(server)
    grown = {name: after[name] - before.get(name, 0) for name in after}
    assert grown["cluster_review_sign_ins_failed_total",] == 1
    assert grown["cluster_review_http_requests_total", "303", "POST", "sign-in"] == 1
    assert grown["cluster_review_http_requests_total", "403", "POST", "sign-in"] == 1
    assert grown["cluster_review_http_requests_total", "200", "GET", "page"] == 1
    assert grown["cluster_review_http_request_seconds_count", "sign-in"] == 2
    # The salt of the codes and a slow hash: tens of milliseconds at least, under ten seconds.
    assert 0.02 < grown["cluster_review_http_request_seconds_sum", "sign-in"] < 10
    assert after["cluster_review_websocket_connections",] == 1
    assert grown["cluster_review_intake_results_total", "refused"] == 1
    assert grown["cluster_review_intake_results_total", "accepted"] == 0


def test_only_who_may_watch_is_told_anything(server):
    for header in ("X-Forwarded-For", "X-Real-IP", "Forwarded"):
        for path in ("/metrics", "/_stcore/metrics"):
            status, _headers, text = ask(server, "GET", path, **{header: "127.0.0.1"})
            assert (status, "cluster_review" in text) == (403, False), (header, path)
    assert ask(server, "GET", "/_stcore/metrics")[0] == 200


def test_readiness_says_why_not_and_strangers_only_that_it_is_not(server):
    assert ask(server, "GET", "/readyz")[::2] == (200, "ready\n")
    pointer = pointer_file(server.settings)
    aside = pointer.rename(pointer.with_suffix(".aside"))
    try:
        status, headers, text = ask(server, "GET", "/readyz")
        assert status == 503
        assert text.startswith("not ready: There is no record to ask yet")
        assert headers["Cache-Control"] == "no-store"
        assert ask(server, "GET", "/readyz", X_Forwarded_For="9.9.9.9")[::2] == (503, "not ready\n")
        assert numbers(server)["cluster_review_ready",] == 0
        assert ask(server, "GET", "/healthz")[::2] == (200, "alive\n")
    finally:
        aside.rename(pointer)
    assert ask(server, "GET", "/readyz")[0] == 200


def test_the_log_is_json_and_says_no_code_query_or_cookie(server):
    ask(
        server,
        "GET",
        "/review-room?round=r&code=TYPED-IN-A-LINK",
        Cookie="x=SECRET-COOKIE",
    )
    ask(server, "GET", "/sign-in?round=none&code=TYPED-IN-A-LINK", X_Request_ID="abc-12345678")
    ask(server, "GET", "/nowhere/850101-1234567", X_Request_ID='x" , "level": "forged')
    sign_in(server, "WRONG-WRONG")
    lines = server.log.read_text("utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    requests = [one for one in records if one["message"] == "Request"]
    assert len(requests) > 3
    for one in records:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", one["time"])
        assert one["level"] in ("info", "warning", "error")
        assert one["logger"]
    named = [one for one in requests if one["request_id"] == "abc-12345678"]
    assert [(one["method"], one["route"], one["path"], one["status"]) for one in named] == [
        ("GET", "sign-in", "/sign-in", 404)
    ]
    assert {len(one["request_id"]) for one in requests} == {12, 32}
    text = "\n".join(lines)
    for secret in ("TYPED", "SECRET", "WRONG", "850101", "forged", "?", "127.0.0.1"):
        assert secret not in text, secret
    # What goes well with every page is not written.
    assert {one["route"] for one in requests if one["status"] < 400} <= {"page", "sign-in", "other"}


# ---- Without a server


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/", "page"),
        ("", "page"),
        ("/patients", "page"),
        ("/sign-in", "sign-in"),
        ("/sign-out", "sign-in"),
        ("/score", "score"),
        ("/media/abc.pdf", "download"),
        ("/_stcore/upload_file/a/b", "upload"),
        ("/_stcore/health", "streamlit"),
        ("/app/static/shell.js", "static"),
        ("/static/js/index.js", "static"),
        ("/metrics", "monitoring"),
        ("/metrics/more", "other"),
        ("/wp-login.php", "other"),
    ],
)
def test_an_address_has_one_of_few_routes(path, route):
    assert route_of(path) == route


def asked_from(address, **headers):
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    return HTTPConnection({"type": "http", "client": (address, 1), "headers": raw})


@pytest.mark.parametrize(
    ("metrics_from", "address", "is_allowed"),
    [
        ("127.0.0.0/8,::1/128", "127.0.0.1", True),
        ("127.0.0.0/8,::1/128", "::1", True),
        ("127.0.0.0/8,::1/128", "10.1.0.5", False),
        ("10.1.0.0/16", "10.1.0.5", True),
        ("10.1.0.0/16", "127.0.0.1", False),
        ("10.1.0.5", "10.1.0.6", False),
        ("none", "127.0.0.1", False),
        ("10.1.0.0/16", "testclient", False),
    ],
)
def test_who_may_watch(metrics_from, address, is_allowed):
    assert may_watch(asked_from(address), Settings(metrics_from=metrics_from)) is is_allowed
    if is_allowed:
        for name in ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Via"):
            forwarded = asked_from(address, **{name: address})
            assert not may_watch(forwarded, Settings(metrics_from=metrics_from)), name


def test_a_mistyped_network_is_refused():
    with pytest.raises(ValueError, match="metrics_from"):
        Settings(metrics_from="10.1.0.0/33")


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_a_workspace_that_cannot_be_written_is_not_ready(built_copy, monkeypatch):
    """As another account than the one it belongs to; its folder is one that all may enter."""
    monkeypatch.setattr(monitoring, "_", str)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        settings = built_copy(Path(folder) / "workspace")
        assert why_not_ready(settings) == ""
        for path in (*settings.workspace.rglob("*"), settings.workspace):
            path.chmod(0o555 if path.is_dir() else 0o444)
        is_root = os.geteuid() == 0
        if is_root:
            os.seteuid(65534)
        try:
            reason = why_not_ready(settings)
        finally:
            if is_root:
                os.seteuid(0)
            for path in (settings.workspace, *settings.workspace.rglob("*/")):
                path.chmod(0o755)
    assert reason == "The workspace cannot be written: Permission denied"
