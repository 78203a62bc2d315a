"""`serve --workers`: several processes behind one port. Real processes and a real nginx."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from urllib.parse import urlencode

import pytest
from prometheus_client.parser import text_string_to_metric_families
from websockets.exceptions import ConnectionClosed, InvalidStatus

from dashboard.__main__ import main
from dashboard.serving.ports import free_port
from dashboard.settings import Settings
from tests.browser.conftest import DASHBOARD
from tests.web.several import (
    COOKIE,
    NGINX,
    PROJECT_ROOT,
    Several,
    cookie_of,
    process_of,
    until,
)

needs_nginx = pytest.mark.skipif(not NGINX, reason="nginx is not installed here")
BASE = "/cluster-review"
PROXY = "127.0.0.9"
SETTINGS = {
    "CLUSTER_REVIEW_TRUSTED_PROXIES": PROXY,
    "CLUSTER_REVIEW_METRICS_FROM": "127.0.0.5",
    "CLUSTER_REVIEW_LOG_FORMAT": "json",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory, built_copy):
    """Two processes below a path, and beside them one process that serves the same alone."""
    folder = tmp_path_factory.mktemp("several")
    settings = built_copy(folder / "workspace")
    two = ("--workers", "2", "--base-path", BASE)
    with (
        Several(settings, folder / "two.log", *two, **SETTINGS) as several,
        Several(settings, folder / "one.log", "--base-path", BASE, **SETTINGS) as one,
    ):
        yield several, one


def alike(answer):
    """What of an answer does not differ from process to process or time to time."""
    status, headers, body = answer
    own = {"date", "server", "connection", "keep-alive", "x-request-id", "transfer-encoding"}
    kept = [(name.lower(), value) for name, value in headers.items()]
    kept = [
        (name, re.sub(rf"{COOKIE}=[\w.-]+|_streamlit_xsrf=[^;]+", "", value))
        for name, value in kept
        if name not in own | {"content-length"}
    ]
    return status, sorted(kept), body


BUNDLE = "index.html"
ASKED = {
    "a page": {"path": "/patients?lang=en", "Cookie": f"{COOKIE}=abcdefghijklmnop.gone"},
    "the path without its slash": {"path": "", "base": BASE},
    "a script of the product": {"path": "/app/static/shell.js"},
    "a font": {"path": "/app/static/fonts/PretendardGOV-Regular.subset.woff2"},
    "a script, compressed": {"path": "/app/static/score.js", "Accept_Encoding": "gzip"},
    "nothing of that name": {"path": "/app/static/none.js"},
    "a folder above": {"path": "/app/static/%2e%2e/app.py"},
    "a form of another site": {
        "path": "/sign-in", "method": "POST", "body": "round=x", "Origin": "http://evil.example",
    },
    "a form that is too long": {
        "path": "/sign-in", "method": "POST", "body": "x" * 70_000, "base": BASE,
    },
    "a file that no page asked for": {
        "path": "/_stcore/upload_file/none/none", "method": "PUT", "body": "x" * 100,
    },
    "the health of Streamlit": {"path": "/_stcore/health"},
    "numbers of Streamlit": {"path": "/_stcore/metrics"},
    "numbers, from elsewhere": {"path": "/metrics", "base": ""},
    "numbers, by somebody who lies": {
        "path": "/metrics", "base": "", "X_Cluster_Review_Peer": "127.0.0.5",
    },
    "numbers, by a proxy": {
        "path": "/metrics", "base": "", "source": "127.0.0.5", "X_Forwarded_For": "127.0.0.5",
    },
    "alive": {"path": "/healthz", "base": ""},
    "ready": {"path": "/readyz", "base": ""},
    "a page over TLS, as a proxy says": {
        "path": "/?lang=en", "source": PROXY, "X_Forwarded_Proto": "https",
        "Cookie": f"{COOKIE}=abcdefghijklmnop.gone", "X_Forwarded_For": "8.8.8.8",
    },
    "the same of somebody who lies": {
        "path": "/?lang=en", "X_Forwarded_Proto": "https", "X_Forwarded_For": "8.8.8.8",
        "Cookie": f"{COOKIE}=abcdefghijklmnop.gone",
    },
    "a script over TLS": {
        "path": "/app/static/shell.js", "source": PROXY, "X_Forwarded_Proto": "https",
    },
}  # fmt: skip


@needs_nginx
@pytest.mark.parametrize("what", ASKED)
def test_an_answer_is_that_of_one_process(served, what):
    several, one = served
    asked = {"Host": "127.0.0.1", **ASKED[what]}
    found = [alike(server.ask(**asked)) for server in (several, one)]
    # Behind a proxy one process marks browsers, too, and leaves those that have a mark.
    for answer in found:
        answer[1][:] = [
            line for line in answer[1] if not (line[0] == "set-cookie" and line[1][0] == ";")
        ]
    assert found[0] == found[1]


@needs_nginx
def test_bundles_are_compressed_once_and_kept_by_browsers(served):
    several, _one = served
    document = several.ask("/?lang=en")[2].decode()
    bundle = re.search(r'src="\./(static/js/index\.[\w-]+\.js)"', document)[1]
    asked = "cluster_review_http_requests_total", "static"
    before = numbers(several).get(asked, 0)
    for _time in range(5):
        status, headers, body = several.ask(f"/{bundle}", Accept_Encoding="gzip")
        assert (status, headers["Content-Encoding"]) == (200, "gzip")
        assert "immutable" in headers["Cache-Control"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert len(body) > 10_000
    # A process counts an answer when all of it is sent, which may be after it arrived.
    until(lambda: numbers(several).get(asked, 0) - before == 1)
    assert several.ask(f"/{bundle}", If_None_Match=headers["ETag"])[0] == 304


def numbers(several):
    """Sums of /metrics by name and route, over all processes."""
    status, _headers, text = several.ask("/metrics", base="", source="127.0.0.5")
    assert status == 200
    found = {}
    for family in text_string_to_metric_families(text.decode()):
        for sample in family.samples:
            key = sample.name, sample.labels.get("route", "")
            found[key] = found.get(key, 0) + sample.value
    return found


@needs_nginx
def test_who_comes_anew_goes_where_the_fewest_are_and_stays(served):
    several, _one = served
    opened = [several.open() for _page in range(4)]
    cookies = [cookie for _line, cookie in opened]
    assert sorted(map(process_of, cookies)) == ["w1", "w1", "w2", "w2"]
    for cookie in cookies:
        assert cookie_of(several.ask("/", Cookie=f"{COOKIE}={cookie}")[1]) is None
        other, same = several.open(cookie)
        assert same == cookie
        other.close()
    assert numbers(several)["cluster_review_websocket_connections", ""] == 4
    for line, _cookie in opened:
        line.close()
    until(lambda: numbers(several)["cluster_review_websocket_connections", ""] == 0)


@needs_nginx
def test_a_client_is_counted_by_its_own_address_and_proxies_are_not_believed_unasked(served):
    several, _one = served
    cookie = cookie_of(several.ask("/")[1])
    body = urlencode({"round": "none", "code": "WRONG"})

    def sign_in(source, **more):
        headers = {
            "Origin": f"http://127.0.0.1:{several.port}",
            "Content_Type": "application/x-www-form-urlencoded",
            "Cookie": f"{COOKIE}={cookie}",
        }
        return several.ask("/sign-in", "POST", body, source, **headers, **more)[0]

    found = [sign_in("127.0.0.7", X_Forwarded_For=f"9.9.9.{time}") for time in range(62)]
    assert set(found[:60]) == {404}, "there is no such round"
    assert found[60:] == [429, 429]
    assert sign_in("127.0.0.8") == 404
    assert sign_in(PROXY, X_Forwarded_For="9.9.9.1") == 404
    assert "WRONG" not in several.said()


@needs_nginx
def test_a_process_that_is_killed_is_passed_over_and_replaced(served):
    several, _one = served
    opened = [several.open() for _page in range(2)]
    lines = {process_of(cookie): line for line, cookie in opened}
    (ended,) = [cookie for _line, cookie in opened if process_of(cookie) == "w1"]
    failed, stop = [], threading.Event()

    def read_on():
        while not stop.is_set():
            status = several.ask("/?lang=en", Cookie=f"{COOKIE}={ended}")[0]
            if status != 200:
                failed.append(status)

    reader = threading.Thread(target=read_on)
    reader.start()
    try:
        several.kill("w1")
        with pytest.raises(ConnectionClosed):
            lines["w1"].recv(timeout=30)
        until(lambda: b"w3.sock" in (several.folder / "nginx.conf").read_bytes())
    finally:
        stop.set()
        reader.join()
    assert failed == []
    # All pages of that browser go to one process, and its other requests with them.
    first, marked = until(lambda: tried(several, ended))
    second, again = until(lambda: tried(several, ended))
    assert process_of(marked) == process_of(again)
    assert marked.partition(".")[0] == ended.partition(".")[0]
    third, kept = several.open(marked)
    assert kept == marked
    for line in (first, second, third, *(line for line, _cookie in opened)):
        line.close()
    assert '"Process w1 ended with status -9"' in several.said()


def tried(several, cookie):
    """A page, unless the process that it asked for is just being replaced."""
    try:
        return several.open(cookie)
    except InvalidStatus as refused:
        if refused.response.status_code == 502:  # the page asks again
            return None
        raise


@needs_nginx
def test_reloading_keeps_the_pages_that_are_open_and_takes_new_ones_elsewhere(served):
    several, _one = served
    former = {name for name in several.children() if name != "nginx"}
    line, cookie = several.open()
    assert process_of(cookie) in former
    status, said = several.reload()
    assert (status, "New processes serve" in said) == (0, True)
    # The page stays, and so does its browser.
    line.ping().wait(10)
    other, same = several.open(cookie)
    assert same == cookie
    other.close()
    assert several.ask("/", Cookie=f"{COOKIE}={cookie}", Sec_Fetch_Dest="document")[0] == 200
    # Somebody new goes to the new ones.
    news = [several.open() for _page in range(2)]
    now = {process_of(cookie) for _line, cookie in news}
    assert len(now) == 2
    assert not now & former
    # The other former process had no page, and ends; this one when its page is closed.
    until(lambda: set(several.children()) == {"nginx", process_of(cookie), *now})
    line.close()
    until(lambda: set(several.children()) == {"nginx", *now})
    for line, _cookie in news:
        line.close()
    assert several.ask("/", Cookie=f"{COOKIE}={cookie}", Sec_Fetch_Dest="document")[0] == 200


@needs_nginx
def test_whoever_has_no_page_open_leaves_a_process_that_is_leaving(served):
    several, _one = served
    line, cookie = several.open()
    # Another browser that once came to the same process, and has closed its page.
    closed = f"abcdefghijklmnop.{process_of(cookie)}"
    assert several.reload()[0] == 0
    asked = {"Cookie": f"{COOKIE}={closed}", "Sec_Fetch_Dest": "document"}
    status, headers, _body = several.ask("/patients?lang=en", **asked)
    assert (status, headers["Location"]) == (307, "?lang=en")
    assert f"{COOKIE}=" in headers["Set-Cookie"]
    assert "Max-Age=0" in headers["Set-Cookie"]
    assert f"Path={BASE}/" in headers["Set-Cookie"]
    line.close()


@needs_nginx
def test_told_to_stop_it_leaves_nothing_behind(tmp_path, built_copy):
    settings = built_copy(tmp_path / "workspace")
    with Several(settings, tmp_path / "log", "--workers", "2") as several:
        line, _cookie = several.open()
        running = several.children()
        assert sorted(running) == ["nginx", "w1", "w2"]
        # The port is taken now.
        again = subprocess.run(
            [*DASHBOARD, "serve", "--workers", "2", "--port", str(several.port)],
            cwd=PROJECT_ROOT,
            env=several._environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert (again.returncode, "The port cannot be had" in again.stderr) == (2, True)
        several.process.send_signal(signal.SIGINT)
        assert several.process.wait(timeout=60) == 0
        line.close()
    until(lambda: not any(is_running(number) for number in running.values()), 10)
    assert [path.name for path in several.folder.iterdir()] == ["lock"]


@needs_nginx
@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of that")
def test_nothing_outlives_a_command_that_was_killed(tmp_path, built_copy):
    settings = built_copy(tmp_path / "workspace")
    with Several(settings, tmp_path / "log", "--workers", "2") as several:
        running = several.children()
        several.process.kill()
        several.process.wait(timeout=60)
        until(lambda: not any(is_running(number) for number in running.values()), 60)


@needs_nginx
@pytest.mark.long
def test_processes_that_keep_ending_are_not_started_for_ever(tmp_path, built_copy):
    settings = built_copy(tmp_path / "workspace")
    with Several(settings, tmp_path / "log", "--workers", "2") as several:
        for name in ("w1", "w2", "w3", "w4"):
            until(lambda name=name: name in several.children())
            several.kill(name)
        until(lambda: "w6" in several.children())
        until(lambda: b"server unix:w6.sock" in (several.folder / "nginx.conf").read_bytes())
        several.kill("w5")
        until(lambda: "No other is started" in several.said())
        until(lambda: several.ask("/")[0] == 200, 10)
        several.kill("w6")
        assert several.process.wait(timeout=60) == 1
    assert "No process serves any more" in several.said()


@needs_nginx
@pytest.mark.long
def test_a_reload_that_fails_leaves_those_that_serve(tmp_path, built_copy):
    settings = built_copy(tmp_path / "workspace")
    queries = tmp_path / "queries"
    shutil.copytree(settings.queries, queries)
    own = {"CLUSTER_REVIEW_QUERIES": str(queries)}
    with Several(settings, tmp_path / "log", "--workers", "2", **own) as several:
        line, cookie = several.open()
        (queries / "questions" / "regions.sql").write_text("nothing of the kind", "utf-8")
        status, said = several.reload()
        assert (status, "The processes were not replaced" in said) == (1, True)
        line.ping().wait(10)
        assert cookie_of(several.ask("/", Cookie=f"{COOKIE}={cookie}")[1]) is None
        shutil.copy(settings.queries / "questions" / "regions.sql", queries / "questions")
        assert several.reload()[0] == 0
        line.close()


def is_running(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


# ---- What is refused in words


@pytest.fixture
def run(tmp_path, monkeypatch, capsys, process_settings):
    monkeypatch.setenv("CLUSTER_REVIEW_BALANCER", "no-such-balancer")
    process_settings(Settings(workspace=tmp_path / "workspace"))

    def command(*arguments):
        status = main([*arguments])
        return status, capsys.readouterr().err

    return command


def test_without_nginx_it_says_what_to_install_and_what_needs_none(run):
    status, said = run("serve", "--workers", "2", "--port", str(free_port()))
    assert status == 2
    for part in ("no-such-balancer", "apt-get install nginx", "CLUSTER_REVIEW_BALANCER"):
        assert part in said
    assert "serve --workers 1" in said


@pytest.mark.parametrize("count", ["0", "-1", "65"])
def test_a_number_of_processes_that_cannot_be_is_refused(run, count):
    status, said = run("serve", "--workers", count)
    assert status == 2
    assert "There cannot be so many processes" in said


def test_windows_serves_by_one_process(run, monkeypatch):
    monkeypatch.setattr("dashboard.commands.several.os.name", "nt", raising=False)
    status, said = run("serve", "--workers", "2")
    monkeypatch.undo()
    assert status == 2
    assert "Several processes do not run on Windows" in said


def test_nothing_is_reloaded_where_nothing_runs(run):
    status, said = run("reload", "--port", str(free_port()))
    assert status == 2
    assert "Nothing is there to reload" in said
