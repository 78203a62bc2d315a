"""A running `serve --workers`, and what one asks it without a browser."""

import http.client
import os
import re
import select
import shutil
import signal
import subprocess
import time
from pathlib import Path

from websockets.sync.client import connect

from dashboard.serving.ports import free_port
from tests.browser.conftest import DASHBOARD

PROJECT_ROOT = Path(__file__).parents[2]
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or shutil.which(
    PROJECT_ROOT / ".venv" / "nginx" / "usr" / "sbin" / "nginx"
)
COOKIE = "cluster_review_visit"
DEADLINE_S = 120


def until(found, seconds=DEADLINE_S):
    """Ask until there is something; what was found."""
    last = time.monotonic() + seconds
    while not (result := found()):
        assert time.monotonic() < last, "it did not come"
        time.sleep(0.05)
    return result


class Several:
    """The command, started in a workspace; `ask` and `open` speak to it as a browser does."""

    def __init__(self, settings, log, *options, **environment):
        self.settings = settings
        self.port = free_port()
        self.log = log
        self.base = ""
        if "--base-path" in options:
            self.base = options[options.index("--base-path") + 1]
        self._environment = os.environ | {
            "CLUSTER_REVIEW_WORKSPACE": str(settings.workspace),
            "CLUSTER_REVIEW_PUBLIC_RECORD": str(settings.public_record),
            "CLUSTER_REVIEW_BALANCER": str(NGINX),
            "CLUSTER_REVIEW_SIGN_IN": "public",
            "LANG": "en_US.UTF-8",
            **environment,
        }
        with log.open("ab") as errors:
            self.process = subprocess.Popen(
                [*DASHBOARD, "serve", "--port", str(self.port), *options],
                cwd=PROJECT_ROOT,
                env=self._environment,
                stdout=subprocess.PIPE,
                stderr=errors,
            )

    def __enter__(self):
        if not select.select([self.process.stdout], [], [], DEADLINE_S)[0]:
            raise AssertionError(self.log.read_text("utf-8"))
        said = self.process.stdout.readline().decode()
        assert said == f"Cluster Review: http://127.0.0.1:{self.port}{self.base}/\n", self.said()
        until(lambda: self._answers())
        return self

    def _answers(self):
        try:
            return self.ask("/healthz", base="")[0] == 200
        except OSError:
            return False

    def __exit__(self, *_error):
        self.process.terminate()
        self.process.wait(timeout=60)
        self.process.stdout.close()

    @property
    def folder(self):
        return self.settings.workspace / f"serving-{self.port}"

    def said(self):
        return self.log.read_text("utf-8", errors="replace")

    def ask(self, path, method="GET", body=None, source="127.0.0.1", base=None, **headers):
        """One request: status, headers, bytes."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=60, source_address=(source, 0)
        )
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        base = self.base if base is None else base
        connection.request(method, f"{base}{path}", body, named)
        answer = connection.getresponse()
        found = answer.status, answer.headers, answer.read()
        connection.close()
        return found

    def open(self, cookie=None):
        """Connect as a page does: the connection, and the cookie that it has then."""
        headers = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
        line = connect(
            f"ws://127.0.0.1:{self.port}{self.base}/_stcore/stream",
            subprotocols=["streamlit"],
            additional_headers=headers,
            origin=f"http://127.0.0.1:{self.port}",
            legacy=True,  # whoever opens it closes it
        )
        return line, cookie_of(line.response.headers) or cookie

    def children(self):
        """The processes that run: name of a server → its number; nginx under its own name."""
        found = {}
        for path in Path("/proc").glob("[0-9]*"):
            try:
                words = (path / "cmdline").read_bytes().decode().split("\0")
                parent = re.search(r"(?m)^PPid:\t(\d+)$", (path / "status").read_text())[1]
            except OSError:
                continue
            if int(parent) == self.process.pid and (path / "exe").exists():
                is_server = "dashboard.serving.worker" in words
                found[words[3] if is_server else "nginx"] = int(path.name)
        return found

    def kill(self, name):
        os.kill(self.children()[name], signal.SIGKILL)

    def reload(self):
        """The command `reload`: exit status, and what it said."""
        done = subprocess.run(
            [*DASHBOARD, "reload", "--port", str(self.port)],
            cwd=PROJECT_ROOT,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        return done.returncode, done.stdout + done.stderr


def cookie_of(headers):
    """The value of the cookie that an answer sets."""
    if hasattr(headers, "get_all"):
        lines = headers.get_all("Set-Cookie") or []
    else:
        lines = headers.getlist("set-cookie")
    found = [re.match(rf"{COOKIE}=([^;]*)", line) for line in lines]
    return next((one[1] for one in found if one), None)


def process_of(cookie):
    """The process that a browser's cookie names."""
    return cookie.rpartition(".")[2]
