"""Two processes below a path of one host, with TLS, behind `deploy/nginx.conf` as it ships."""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
from collections import defaultdict
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import expect

from dashboard.access import DESK
from dashboard.identity.accounts import Accounts
from dashboard.serving.ports import free_port
from tests.browser.conftest import (
    DASHBOARD,
    OF_PROVIDER,
    WAS_HERE_BEFORE,
    _wait_for_health,
    keep_inside,
)

PROJECT_ROOT = Path(__file__).parents[2]
SITE = (PROJECT_ROOT / "deploy" / "nginx.conf").read_text("utf-8")
BASE = "/cluster-review"
ACCOUNT = "mina@jeonbuk.example.go.kr"
NGINX = """
daemon off;
worker_processes 1;
error_log %(folder)s/error.log;
pid %(folder)s/nginx.pid;
events { worker_connections 256; }
http {
    default_type application/octet-stream;
    client_body_temp_path %(folder)s/body;
    proxy_temp_path %(folder)s/proxy;
    fastcgi_temp_path %(folder)s/fastcgi;
    uwsgi_temp_path %(folder)s/uwsgi;
    scgi_temp_path %(folder)s/scgi;
    types { text/javascript js; text/css css; }
    include %(folder)s/site.conf;
}
"""

NGINX_PROGRAM = shutil.which("nginx") or shutil.which(
    PROJECT_ROOT / ".venv" / "nginx" / "usr" / "sbin" / "nginx"
)

pytestmark = pytest.mark.skipif(
    not (NGINX_PROGRAM and shutil.which("openssl")),
    reason="nginx or openssl is not installed here",
)


class Site:
    """The processes, the proxy, and what it logged."""

    def __init__(self, folder, settings, provider):
        self.folder = folder
        self.ports = [free_port(), free_port()]
        self.plain, self.secure = free_port(), free_port()
        self.address = f"https://127.0.0.1:{self.secure}"
        self.processes = {}
        self._environment = os.environ | {
            "CLUSTER_REVIEW_WORKSPACE": str(settings.workspace),
            "CLUSTER_REVIEW_PUBLIC_RECORD": str(settings.public_record),
            "CLUSTER_REVIEW_TRUSTED_PROXIES": "127.0.0.1",
            "CLUSTER_REVIEW_LOG_FORMAT": "json",
            "CLUSTER_REVIEW_PUBLIC_ADDRESS": f"{self.address}{BASE}",
            **provider,
        }

    def start(self, port):
        with (self.folder / f"{port}.log").open("ab") as log:
            self.processes[port] = subprocess.Popen(
                [*DASHBOARD, "serve", "--port", str(port), "--base-path", BASE],
                cwd=PROJECT_ROOT,
                env=self._environment,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )

    def wait(self, port):
        _wait_for_health(port, self.processes[port], "/healthz")

    def stop(self, port):
        self.processes[port].terminate()
        self.processes.pop(port).wait(timeout=30)

    def start_proxy(self):
        names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
        kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"]
        files = ["-keyout", self.folder / "key.pem", "-out", self.folder / "certificate.pem"]
        command = ["openssl", "req", "-x509", *kind, *files, *names]
        subprocess.run(command, check=True, capture_output=True)
        site = re.sub(r"(?m)^ *listen \[::\].*\n", "", SITE)
        for shipped, here in {
            "listen 80;": f"listen 127.0.0.1:{self.plain};",
            "listen 443 ssl;": f"listen 127.0.0.1:{self.secure} ssl;",
            "127.0.0.1:8501": f"127.0.0.1:{self.ports[0]}",
            "127.0.0.1:8502": f"127.0.0.1:{self.ports[1]}",
            "/etc/ssl/certs/cluster-review.pem": f"{self.folder}/certificate.pem",
            "/etc/ssl/private/cluster-review.key": f"{self.folder}/key.pem",
            "/var/log/nginx/cluster-review.log": f"{self.folder}/access.log",
        }.items():
            assert site.count(shipped) == 1, shipped
            site = site.replace(shipped, here)
        (self.folder / "site.conf").write_text(site, "utf-8")
        (self.folder / "nginx.conf").write_text(NGINX % {"folder": self.folder}, "utf-8")
        command = [
            NGINX_PROGRAM,
            "-e",
            self.folder / "error.log",
            "-p",
            self.folder,
            "-c",
            self.folder / "nginx.conf",
        ]
        subprocess.run([*command, "-t"], check=True, capture_output=True)
        self.processes["nginx"] = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.secure)).close()
                return
            except ConnectionRefusedError:
                assert self.processes["nginx"].poll() is None, "nginx ended"

    def served(self):
        """What nginx handed on: (method, path) → the processes that answered."""
        found = defaultdict(set)
        for line in (self.folder / "access.log").read_text("utf-8").splitlines():
            asked = re.search(r'"(\w+) (\S+)" (\d+) \d+ \S+ (\S+) ', line)
            if asked[4] != "-":
                found[asked[1], asked[2].removeprefix(BASE)].add(asked[4])
        return found


@pytest.fixture(scope="module")
def site(tmp_path_factory, built_copy, provider_of):
    folder = tmp_path_factory.mktemp("proxied")
    folder.chmod(0o755)  # the proxy's workers have an account of their own
    settings = built_copy(folder / "workspace")
    Accounts(settings).grant(DESK, ACCOUNT, "official KR-45")
    made = Site(folder, settings, provider_of({"mina": ACCOUNT}))
    try:
        for port in made.ports:
            made.start(port)
        made.start_proxy()
        for port in made.ports:
            made.wait(port)
        yield made
    finally:
        for process in made.processes.values():
            process.terminate()
        for process in made.processes.values():
            process.wait(timeout=30)


@pytest.fixture
def visitor(browser, site):
    """A page of a fresh visitor; at the end, it must have asked for nothing outside the path."""
    context = browser.new_context(base_url=site.address, ignore_https_errors=True)
    context.add_init_script(WAS_HERE_BEFORE)
    keep_inside(context)
    asked, refused = [], []
    context.on("request", lambda request: asked.append(request.url))
    context.on("response", lambda answer: refused.append(answer) if answer.status >= 400 else None)
    page = context.new_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.on("websocket", lambda websocket: asked.append(websocket.url))
    page.on("console", lambda line: refused.append(line) if "Security" in line.text else None)
    yield page
    context.close()
    others = ("data:", "blob:", "http://localhost:", OF_PROVIDER)  # of the provider's page
    asked = [url for url in asked if not url.startswith(others)]
    addresses = [urlsplit(url) for url in asked]
    assert addresses
    assert {one.netloc for one in addresses} == {urlsplit(site.address).netloc}
    assert [one.geturl() for one in addresses if not one.path.startswith(f"{BASE}/")] == []
    assert [(one.status, one.url) for one in refused if hasattr(one, "url")] == []


def ask(site, method, path, body=None, port=None, **headers):
    """One request over TLS, or plain to another port: status, headers, text."""
    if port is None:
        context = ssl.create_default_context(cafile=site.folder / "certificate.pem")
        connection = http.client.HTTPSConnection("127.0.0.1", site.secure, context=context)
    else:
        connection = http.client.HTTPConnection("127.0.0.1", port)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, named)
    answer = connection.getresponse()
    found = answer.status, answer.headers, answer.read().decode(errors="replace")
    connection.close()
    return found


def test_the_proxy_leads_to_the_pages_and_to_nothing_else(site):
    status, headers, _text = ask(site, "GET", "/x?y=1", port=site.plain, Host="review.example")
    assert (status, headers["Location"]) == (301, "https://review.example/x?y=1")
    assert ask(site, "GET", "/")[1]["Location"].endswith(f"{BASE}/")
    status, headers, _text = ask(site, "GET", f"{BASE}?lang=en")
    assert (status, urlsplit(headers["Location"]).path) == (308, f"{BASE}/")
    assert headers["Location"].endswith("/?lang=en")
    for path in ("/metrics", "/readyz", "/healthz", "/_stcore/health", "/sign-in"):
        assert ask(site, "GET", path)[0] == 404, path
    assert ask(site, "GET", f"{BASE}/_stcore/metrics")[0] == 403
    assert "cluster_review_" not in ask(site, "GET", f"{BASE}/metrics")[2]
    status, headers, text = ask(site, "GET", f"{BASE}/patients?lang=en")
    assert (status, '<html lang="en">' in text) == (200, True)
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert re.fullmatch("[0-9a-f]{32}", headers["X-Request-ID"])
    assert ask(site, "POST", f"{BASE}/sign-in", b"x" * (1 << 20) + b"x")[0] == 413


def test_the_pages_work_below_their_path(site, visitor, settle):
    visitor.goto(f"{BASE}/?lang=en&region=KR-27&year=2019")
    settle(visitor)
    visitor.get_by_role("button", name="Sign in").click()
    visitor.locator("input[name=sub]").fill("mina")
    visitor.locator("button[type=submit]").first.click()
    visitor.wait_for_url(f"**{BASE}/?lang=en&region=KR-27&year=2019")
    settle(visitor)
    expect(visitor.locator(".st-key-cr-account")).to_be_visible()
    expect(visitor.locator("#cr-tile-foreign_patients .cr-value")).to_contain_text("31,183")
    assert visitor.evaluate(
        "[...document.fonts].some("
        "face => face.family.includes('Pretendard GOV') && face.status === 'loaded')"
    )
    # Another page by its link, then by its address.
    visitor.locator(".stMain a[href^='rankings?']:visible").first.click()
    visitor.wait_for_url(f"**{BASE}/rankings?**")
    settle(visitor)
    visitor.reload()
    settle(visitor)
    expect(visitor.locator(".stMain h1")).to_contain_text("rank 3 of all 17 regions")
    # A report, and the address of its edition.
    visitor.get_by_role("button", name="Save or share").click()
    visitor.get_by_label("Made by").fill("Hong")
    visitor.get_by_text("PDF", exact=True).click()
    visitor.get_by_role("button", name="Freeze and make the file").click()
    with visitor.expect_download() as arriving:
        visitor.get_by_role("button", name=re.compile(r"^Save .*\.pdf ")).click()
    assert Path(arriving.value.path()).read_bytes().startswith(b"%PDF")
    link = f"{site.address}{BASE}/rankings?"
    expect(
        visitor.locator(f"text={link}").or_(visitor.locator(f'[value^="{link}"]'))
    ).not_to_have_count(0)
    visitor.goto(f"{BASE}/map?lang=en")
    settle(visitor)
    # A file that is handed in.
    visitor.goto(f"{BASE}/handing-in?lang=en&table=observations&receipt=none")
    settle(visitor)
    rows = "지역,연도,지표,수치,단위\n전북,2022,외국인환자 수,400,명\n".encode()
    uploader = visitor.locator(".st-key-cr-handing-in-file input[type=file]")
    uploader.set_input_files({"name": "city.csv", "mimeType": "text/csv", "buffer": rows})
    expect(visitor.locator(".cr-preview, .cr-findings").first).to_be_visible()


def test_browsers_are_shared_among_the_processes_and_each_stays_with_one(site):
    for name in map(str, range(12)):
        for _time in range(3):
            cookie = f"cluster_review_visit={name}"
            assert ask(site, "GET", f"{BASE}/app/static/shell.js?{name}", Cookie=cookie)[0] == 200
    assert len(site.served()["GET", "/app/static/shell.js"]) == 2
    counted = []
    for port in site.ports:
        numbers = ask(site, "GET", "/metrics", port=port)[2]
        counted.append(
            int(re.search(r'requests_total\{.*route="static",status="200"\} (\d+)', numbers)[1])
        )
    assert sum(counted) >= 36
    assert min(counted) >= 6, "each has two browsers at least"
    assert ask(site, "GET", f"{BASE}/", X_Forwarded_For="9.9.9.9")[0] == 200


@pytest.mark.long
def test_a_process_that_ends_takes_no_judge_out_and_loses_no_points(site, visitor, settle):
    visitor.goto(f"{BASE}/review-room?lang=en")
    settle(visitor)
    visitor.get_by_role("button", name="Open the practice round").click()
    visitor.get_by_role("button", name=re.compile("Enter as .*Practice judge 6$")).click()
    expect(visitor.locator(".cr-who")).to_contain_text("Practice judge 6")
    round_id = parse_qs(urlsplit(visitor.url).query)["round"][0]
    cookies = {one["name"]: one for one in visitor.context.cookies()}
    for name in ("cluster_review_session", "cluster_review_device", "cluster_review_visit"):
        assert (cookies[name]["path"], cookies[name]["secure"]) == (f"{BASE}/", True), name
        assert cookies[name]["httpOnly"], name
    visitor.goto(f"{BASE}/review-room?round={round_id}&lang=en&applicant=KR-42")
    settle(visitor)
    field = visitor.locator(".cr-line-c4 input")
    field.fill("11.5")
    visitor.keyboard.press("Tab")
    expect(visitor.locator(".cr-line-c4 .cr-cell-state")).to_contain_text("saved at")

    own = {f"127.0.0.1:{port}" for port in site.ports}
    scores = site.served()["POST", "/score"]
    assert len(scores & own) == 1, "one browser, one process"
    serving = int(next(iter(scores)).rpartition(":")[2])
    site.stop(serving)
    try:
        visitor.reload()
        settle(visitor)
        expect(visitor.locator(".cr-who")).to_contain_text("Practice judge 6")
        assert float(visitor.locator(".cr-line-c4 input").input_value()) == 11.5
        visitor.locator(".cr-line-c5 input").fill("9")
        visitor.keyboard.press("Tab")
        expect(visitor.locator(".cr-line-c5 .cr-cell-state")).to_contain_text("saved at")
    finally:
        site.start(serving)
        site.wait(serving)
    visitor.reload()
    settle(visitor)
    assert float(visitor.locator(".cr-line-c5 input").input_value()) == 9


def test_too_many_sign_ins_from_one_address_wait(site):
    body = urlencode({"round": "none", "code": "WRONG"})
    headers = {"Origin": site.address, "Content_Type": "application/x-www-form-urlencoded"}
    found = [ask(site, "POST", f"{BASE}/sign-in", body, **headers)[0] for _time in range(34)]
    assert found[0] != 429
    assert 429 in found[30:]
    assert ask(site, "GET", f"{BASE}/sign-in?round=practice-1")[0] != 429
    logged = "".join((site.folder / f"{port}.log").read_text("utf-8") for port in site.ports)
    assert "WRONG" not in logged
    assert "WRONG" not in (site.folder / "access.log").read_text("utf-8")
