"""A real server on a free port, a real Chromium, and pages that may not talk to anyone else."""

import http.client
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import oidc_provider_mock
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from dashboard.serving.ports import free_port
from dashboard.settings import Settings

PROJECT_ROOT = Path(__file__).parents[2]
DASHBOARD = (sys.executable, "-m", "dashboard")
START_DEADLINE_SECONDS = 120
OPENINGS, OPEN_MS = 3, 10_000
"""How often a list is opened until what is chosen in it is there, and how long that may take."""
OPENERS = "a[id^=cr-opening-]"
"""What opens something that is folded, by the beginning of its id."""
WAS_HERE_BEFORE = "try { localStorage.setItem('cr-welcomed', '1') } catch {}"
"""A visitor to whom the tours were offered already: the offer lies over a part of the page."""
NOTE_SHIFTS = """
    let shifted = 0;
    const add = entries => {
        for (const entry of entries) if (!entry.hadRecentInput) shifted += entry.value;
    };
    const watch = new PerformanceObserver(list => add(list.getEntries()));
    watch.observe({ type: "layout-shift", buffered: true });
    window.crShifted = () => (add(watch.takeRecords()), shifted);
"""
TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    # Maps need WebGL, and a machine for tests has no graphics card.
    "--disable-gpu",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]

SERVER_LOG = pytest.StashKey[Path]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder: it drives a browser, and may lose a race on a busy machine.

    What fails runs once more, and the summary names it (R): a fault fails twice. All of it comes
    first, and of it the files with a server of their own: one worker drives the browser, while the
    others take everything else off its end, until nobody waits for a long test of another.
    """
    for item in items:
        if _is_browser_test(item):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=1))
    items.sort(key=lambda item: (not _is_browser_test(item), not _has_server(item)))


def _is_browser_test(item: pytest.Item) -> bool:
    return Path(__file__).parent in item.path.parents


def _has_server(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and hasattr(item.module, "server")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what the server wrote with every failure."""
    report = yield
    log = item.config.stash.get(SERVER_LOG, None)
    if report.failed and log is not None:
        report.sections.append(("server log", log.read_text("utf-8", errors="replace")))
    return report


OF_PROVIDER = "https://cdn.jsdelivr.net/"
"""From where the provider's own page would take its looks; it does without."""


def keep_inside(context: BrowserContext) -> None:
    """Let the page of the provider of accounts ask no other machine."""
    context.route(f"{OF_PROVIDER}**", lambda route: route.abort())


@pytest.fixture(scope="session")
def provider_of() -> Iterator[Callable[[dict[str, str]], dict[str, str]]]:
    """Tells a provider of accounts on this machine who there is (subject → e-mail).

    Returns the settings of a dashboard that asks it.
    """
    with oidc_provider_mock.run_server_in_thread() as server:
        at = f"http://localhost:{server.server_port}"

        def known(people: dict[str, str]) -> dict[str, str]:
            for name, address in people.items():
                claims = {"email": address, "email_verified": True, "name": name.title()}
                httpx.put(f"{at}/users/{name}", json=claims).raise_for_status()
            return {
                "CLUSTER_REVIEW_SIGN_IN": "oidc",
                "CLUSTER_REVIEW_OIDC_METADATA_URL": f"{at}/.well-known/openid-configuration",
                "CLUSTER_REVIEW_OIDC_CLIENT_ID": "cluster-review",
                "CLUSTER_REVIEW_OIDC_CLIENT_SECRET": "known to both",
            }

        yield known


@pytest.fixture(scope="session")
def serving(
    tmp_path_factory: pytest.TempPathFactory,
    pytestconfig: pytest.Config,
    built_copy: Callable[..., Settings],
) -> Callable[..., AbstractContextManager[str]]:
    """Runs a dashboard with a workspace of its own: `with serving(SETTING="…") as address`.

    The record is taken in and built there already, unless a workspace is named.
    """

    @contextmanager
    def run(
        program: Sequence[str] = DASHBOARD,
        is_shipped: bool = False,
        port: int = 0,
        **environment: str,
    ) -> Iterator[str]:
        folder = tmp_path_factory.mktemp("server")
        port = port or free_port()
        former_log = pytestconfig.stash.get(SERVER_LOG, None)
        log = pytestconfig.stash[SERVER_LOG] = folder / "server.log"
        if "CLUSTER_REVIEW_WORKSPACE" not in environment:
            made = built_copy(folder / "workspace", is_shipped)
            environment["CLUSTER_REVIEW_WORKSPACE"] = str(made.workspace)
            environment["CLUSTER_REVIEW_PUBLIC_RECORD"] = str(made.public_record)
        with log.open("wb") as output:
            process = subprocess.Popen(
                [*program, "serve", "--port", str(port)],
                cwd=PROJECT_ROOT,
                env=os.environ | environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            _wait_for_health(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)
            if former_log is not None:
                pytestconfig.stash[SERVER_LOG] = former_log

    return run


@pytest.fixture(scope="session")
def server(serving: Callable[..., AbstractContextManager[str]]) -> Iterator[str]:
    """The address of a running dashboard, the same for all tests that change nothing."""
    with serving() as address:
        yield address


@pytest.fixture(scope="session")
def shipped_server(serving: Callable[..., AbstractContextManager[str]]) -> Iterator[str]:
    """The same with the record that ships: for a file, the `server` of which is this one."""
    with serving(is_shipped=True) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests: `CHROMIUM`, or the one on the path."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "Browser tests need Chromium: `make browser`, or name one in CHROMIUM."
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def context_of(browser: Browser) -> Iterator[Callable[[str], BrowserContext]]:
    """One context for all visitors of a server: its bundles are fetched and compiled once.

    Its first page stays open and opens the others, which so share a process with what is compiled.
    """
    contexts: dict[str, BrowserContext] = {}

    def of(server: str) -> BrowserContext:
        if server not in contexts:
            contexts[server] = browser.new_context(base_url=server)
            contexts[server].add_init_script(WAS_HERE_BEFORE)
            contexts[server].new_page().goto("/_stcore/health")
        return contexts[server]

    yield of
    for context in contexts.values():
        context.close()


@pytest.fixture
def context(context_of: Callable[[str], BrowserContext], server: str) -> BrowserContext:
    """The context of the server that the test's file has, or of the one that all others share."""
    return context_of(server)


@pytest.fixture
def page(context: BrowserContext, server: str) -> Iterator[Page]:
    """A page of a fresh visitor. At the end, it must have talked to the server only."""
    first = context.pages[0]
    with context.expect_page() as opening:
        first.evaluate("() => { window.open('about:blank').opener = null }")
    page = opening.value
    page.set_viewport_size({"width": 1440, "height": 900})
    addresses: list[str] = []
    refusals: list[str] = []

    def note(request: Request) -> None:
        addresses.append(request.url)

    context.on("request", note)
    page.on("websocket", lambda websocket: addresses.append(websocket.url))
    page.on(
        "console",
        lambda line: refusals.append(line.text) if "Content Security Policy" in line.text else None,
    )
    yield page
    context.remove_listener("request", note)
    if page.url.startswith(server):
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
    for opened in context.pages[1:]:
        opened.close()
    context.clear_cookies()
    assert addresses
    outside = [address for address in addresses if not _is_inside(address, server)]
    assert not outside
    assert not refusals


@pytest.fixture
def settle() -> Callable[[Page], None]:
    """Wait until Streamlit has finished its run and has drawn all of it, and the fonts are there.

    A finished run is not yet a drawn one: the browser fetches the code of each kind of element when
    it meets the first. The content policy forbids `eval`, and with it `wait_for_function`.
    """

    def wait(page: Page) -> None:
        page.wait_for_selector(
            '[data-testid="stApp"]'
            '[data-test-connection-state="CONNECTED"][data-test-script-state="notRunning"]'
        )
        page.wait_for_selector(".cr-language")
        expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
        expect(page.locator("#cr-first")).to_have_count(0)
        page.evaluate("document.fonts.ready")

    return wait


@pytest.fixture
def choose(settle: Callable[[Page], None]) -> Callable[[Locator, str], None]:
    """Choose an option of a select box, and wait for the page that follows.

    A list closes when its page scrolls or is drawn anew while the list opens; a person then opens
    it again. Of a long list only a part is drawn, hence what is chosen is typed.
    """

    def pick(box: Locator, option: str) -> None:
        chosen = box.page.get_by_role("option", name=option, exact=True)
        for attempt in range(1, OPENINGS + 1):
            box.scroll_into_view_if_needed()
            box.page.evaluate(TWO_FRAMES)
            box.click()
            try:
                box.fill(option)
                chosen.click(timeout=OPEN_MS)
                break
            except PlaywrightTimeout:
                if attempt == OPENINGS:
                    raise
                box.page.keyboard.press("Escape")
        settle(box.page)

    return pick


@pytest.fixture
def visit(page: Page, settle: Callable[[Page], None]) -> Callable[[str], Response]:
    """Open an address of the server and wait until the page is complete."""

    def open_page(address: str) -> Response:
        response = page.goto(address)
        settle(page)
        return response

    return open_page


@pytest.fixture
def unfold_all(page: Page, settle: Callable[[Page], None]) -> Callable[[], None]:
    """Open all that is folded on a page, in one moment, and wait until it stands there."""

    def unfold() -> None:
        closed = page.locator(f"{OPENERS}[aria-expanded=false]")
        names = closed.evaluate_all("links => links.map(link => (link.click(), link.id))")
        for name in names:
            expect(page.locator(f"#{name}")).to_have_attribute("aria-expanded", "true")
        settle(page)

    return unfold


@pytest.fixture
def shifted(page: Page) -> Callable[[], float]:
    """How much the page has jumped since it was opened (Web Vitals, cumulative layout shift)."""
    page.add_init_script(NOTE_SHIFTS)

    def measured() -> float:
        page.evaluate(TWO_FRAMES)
        return float(page.evaluate("crShifted()"))

    return measured


def _is_inside(address: str, server: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in {"data", "blob"} or parts.netloc == urlsplit(server).netloc


def _wait_for_health(
    port: int, process: subprocess.Popen[bytes], path: str = "/_stcore/health"
) -> None:
    deadline = time.monotonic() + START_DEADLINE_SECONDS
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        # Not there yet. Wait a moment for the other thing that can happen: it gives up.
        try:
            process.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail(f"The server ended with code {process.returncode} before it answered.")
    pytest.fail(f"The server did not answer within {START_DEADLINE_SECONDS} seconds.")
