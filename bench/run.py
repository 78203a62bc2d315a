"""The comparison: the product beside an empty Streamlit page, Dash, Panel and Vizro, in one run.

`make bench` runs it (QUICK=1: in less than twelve minutes); it writes docs/benchmark.json and
docs/benchmark.md. All servers run at the same time; a browser asks them in turns, so that what
else the machine does meets all of them alike. Compare ratios, not seconds.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from bench.table import write_page
from dashboard.benchmark.processes import cpu_seconds, tree_of
from dashboard.benchmark.report import free_port, taken
from dashboard.benchmark.visits import generate_visits

ROOT = Path(__file__).parents[1]
RIVALS = ROOT / "bench" / "rivals"
PYTHON = ROOT / "bench" / ".venv" / "bin" / "python"
RESULT = ROOT / "docs" / "benchmark.json"
WATCH = (RIVALS.parent / "watch.js").read_text("utf-8")
QUIET_MS, PATIENCE_S, START_S = 1_000, 30, 180
IDLE_S = 0.03
"""Processor seconds that a server may use while it is idle: it looks whether there is work."""
CHROMIUM = [
    *("--no-sandbox", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-gpu", "--use-gl=angle", "--use-angle=swiftshader"),
    *("--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"),
]
VIEW = {"width": 1440, "height": 900}


@dataclass(frozen=True)
class Shown:
    """A server, and how one finds one's way on its page."""

    name: str
    path: str
    tile: str
    """Selector of a tile; empty: there is none."""
    charts: int
    """How many there are when the page is whole, at least."""
    year: str
    """Selector of what takes the year; empty: there is none."""
    link: str
    """Selector of the link to another page; empty: there is none."""
    headline: str = "h1"


APPS = (
    Shown("empty_streamlit", "/", "", 0, "", ""),
    Shown("dash_app", "/", ".tile", 4, "#year", "nav a[href='/regions']"),
    Shown("panel_app", "/visits", "h3", 4, "select", "a[href='/regions']"),
    Shown("vizro_app", "/", ".tile", 4, "#year", "a[href='/regions']", "h2"),
    Shown(
        "product", "/?lang=en&region=KR-27&year=2019", ".cr-tile", 0,
        ".st-key-year input", ".stMain a[href^='rankings?']:visible",
    ),
)  # fmt: skip


class NotWhole(Exception):
    """A page did not come to its end."""


class Server:
    """A server that runs, and what it has used of the processors."""

    def __init__(self, shown: Shown, port: int, process: "subprocess.Popen[bytes]") -> None:
        self.shown = shown
        self.port = port
        self.process = process

    def cpu(self) -> float:
        """Processor seconds up to now."""
        return cpu_seconds(tree_of(self.process.pid))


@contextmanager
def servers(folder: Path, visits: Path, workspace: Path) -> Iterator[list[Server]]:
    """All of them, ready, ended behind the block."""
    started: list[Server] = []
    try:
        for shown in APPS:
            port = free_port()
            own = {"BENCH_PORT": str(port), "BENCH_VISITS": str(visits)}
            command = [str(PYTHON), f"{shown.name}.py"]
            if shown.name == "product":
                command = [sys.executable, "-m", "dashboard", "serve", "--public"]
                command += ["--port", str(port)]
                own = {"CLUSTER_REVIEW_WORKSPACE": str(workspace)}
            with (folder / f"{shown.name}.log").open("wb") as log:
                process = subprocess.Popen(
                    command,
                    cwd=ROOT if shown.name == "product" else RIVALS,
                    env=os.environ | own,
                    stdout=log,
                    stderr=log,
                )
            started.append(Server(shown, port, process))
        for one in started:
            await_answer(one, folder)
        yield started
    finally:
        for one in started:
            one.process.terminate()
        for one in started:
            one.process.wait()


def await_answer(server: Server, folder: Path) -> None:
    """Wait until a server answers, and say what it wrote if it does not."""
    last = time.monotonic() + START_S
    while time.monotonic() < last and server.process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{server.port}{server.shown.path}").close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    said = (folder / f"{server.shown.name}.log").read_text("utf-8", errors="replace")
    raise SystemExit(f"{server.shown.name} does not answer:\n{said[-3000:]}")


def whole(page: Page, server: Server, charts: int, has_tiles: bool) -> dict[str, float]:
    """Wait until a page is whole and still, and its server idle.

    Returns ms from its beginning, and how much it jumped.
    """
    last = time.monotonic() + PATIENCE_S
    used, busy_at, found = server.cpu(), time.monotonic(), {}
    while time.monotonic() < last:
        try:
            found = page.evaluate("benchFound()")
        except PlaywrightError:  # another document takes its place
            continue
        if (cpu := server.cpu()) - used > IDLE_S:
            used, busy_at = cpu, time.monotonic()
        is_whole = found["charts"] >= charts and found["changes"]
        is_whole = is_whole and (found["headline"] or not has_tiles)
        is_idle = time.monotonic() - busy_at > QUIET_MS / 1000
        if is_whole and is_idle and found["quiet"] > QUIET_MS:
            return found
        page.wait_for_timeout(50)
    raise NotWhole(f"{server.shown.name} is not whole after {PATIENCE_S} s: {found}")


def opened(context: BrowserContext, server: Server) -> tuple[Page, dict[str, float]]:
    """Open the first page, and what that took."""
    page = context.new_page()
    page.set_viewport_size(VIEW)
    before = server.cpu()
    page.goto(f"http://127.0.0.1:{server.port}{server.shown.path}", wait_until="commit")
    found = whole(page, server, server.shown.charts, True)
    return page, {
        "first_ms": found["headline"],
        "last_ms": found["last"],
        "shift": found["shift"],
        "cpu_ms": (server.cpu() - before) * 1000,
    }


def changed(page: Page, server: Server, act: Any, charts: int) -> dict[str, float]:
    """Do something on a page, and how long it changed until it was still again."""
    before = server.cpu()
    page.evaluate("benchBegin()")
    act()
    found = whole(page, server, charts, False)
    return {"last_ms": found["last"], "cpu_ms": (server.cpu() - before) * 1000}


def choose_year(page: Page, shown: Shown, year: str) -> Any:
    """What chooses a year when it is called: the list is open by then."""
    field = page.locator(shown.year).first
    if shown.name == "panel_app":
        return lambda: field.select_option(year)
    field.click()
    if shown.name == "product":
        field.fill(year)
    option = page.get_by_role("option").filter(has_text=year).first
    option.wait_for()
    page.wait_for_timeout(500)
    return lambda: option.click()


def figures_of(page: Page, shown: Shown) -> list[str]:
    """What the tiles say."""
    return page.locator(shown.tile).all_inner_texts()


def again(browser: Browser, server: Server, turn: int) -> dict[str, dict[str, float]]:
    """One turn; a page that is not whole is opened anew, which is said, and not for ever."""
    for _attempt in range(2):
        try:
            return once(browser, server, turn)
        except (NotWhole, PlaywrightTimeout) as error:
            print(f"once more: {error}", flush=True)
    return once(browser, server, turn)


def once(browser: Browser, server: Server, turn: int) -> dict[str, dict[str, float]]:
    """One turn with one server: cold, warm, another year, another page."""
    found = {}
    for former in browser.contexts:
        former.close()
    context = browser.new_context()
    names = {"benchTile": server.shown.tile, "benchHeadline": server.shown.headline}
    context.add_init_script(f"Object.assign(window, {json.dumps(names)})")
    context.add_init_script(WATCH)
    context.add_init_script("try { localStorage.setItem('cr-welcomed', '1') } catch {}")
    page, found["cold"] = opened(context, server)
    page.close()
    page, found["warm"] = opened(context, server)
    shown = server.shown
    if shown.year:
        act = choose_year(page, shown, ("2018", "2017", "2016", "2015")[turn % 4])
        before = figures_of(page, shown)
        found["filter"] = changed(page, server, act, shown.charts)
        if figures_of(page, shown) == before:
            raise NotWhole(f"{shown.name} shows the same figures for another year")
    if shown.link:
        link = page.locator(shown.link).first
        found["page"] = changed(page, server, lambda: link.click(), min(1, shown.charts))
    return found


def compare(folder: Path, visits: int, turns: int) -> dict[str, Any]:
    """Medians of all servers over some turns."""
    workspace, table = folder / "workspace", folder / "visits.csv"
    print(f"{visits:,} visits", flush=True)
    generate_visits(table, visits, 400, 20, 16, 2)
    parquet = folder / "visits.parquet"
    duckdb.sql(
        "COPY (SELECT *, year(visited_on::DATE) AS year, month(visited_on::DATE) AS month FROM "
        f"read_csv('{table}')) TO '{parquet}'"
    )
    environment = os.environ | {"CLUSTER_REVIEW_WORKSPACE": str(workspace)}
    program = [sys.executable, "-m", "dashboard"]
    handing_in = ["intake", "patient_visits", str(table), "--by", "Bench", "--office", "Made up"]
    for command in (["build"], handing_in):
        subprocess.run(
            [*program, *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
        )
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    measured: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    with servers(folder, parquet, workspace) as all_of_them, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        for turn in range(turns + 1):
            order = all_of_them[turn % len(APPS) :] + all_of_them[: turn % len(APPS)]
            for server in order:
                print(f"turn {turn} of {turns}: {server.shown.name}", flush=True)
                for what, figures in again(browser, server, turn).items():
                    for name, value in figures.items():
                        if turn:  # the first fills what servers keep
                            measured[server.shown.name][f"{what}_{name}"].append(value)
        browser.close()
    return {
        name: {what: statistics.median(values) for what, values in figures.items()}
        for name, figures in measured.items()
    }


def pinned_rivals() -> list[str]:
    """The packages of what it is compared with, with their versions."""
    lines = (RIVALS.parent / "requirements.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def main() -> None:
    """Measure, and write what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="less of everything: 12 minutes")
    parser.add_argument("--note", default="", help="what is to be said about this run")
    parser.add_argument("--visits", type=int, help="made-up visits that are handed in")
    parser.add_argument("--shown", type=int, help="made-up visits that all of them show")
    parser.add_argument("--turns", type=int, help="how often each is asked")
    options = parser.parse_args()
    quick = options.quick
    visits = options.visits or (200_000 if quick else 10_000_000)
    shown = options.shown or visits
    turns = options.turns or (3 if quick else 7)
    with tempfile.TemporaryDirectory(prefix="cluster-review-bench-") as name:
        folder = Path(name)
        found = {
            "taken": taken()
            | {"is_quick": quick, "visits": visits, "shown": shown, "turns": turns},
            "rivals": pinned_rivals(),
            "browser": compare(folder, shown, turns),
        }
        own = folder / "own.json"
        few = ["--people=100", f"--seconds={20 if quick else 60}", f"--visits={visits}"]
        few += [f"--reruns={1_000 if quick else 20_000}", f"--json={own}"]
        subprocess.run([sys.executable, "-m", "dashboard", "bench", *few], cwd=ROOT, check=True)
        found["product"] = json.loads(own.read_text("utf-8"))
    found["taken"]["note"] = options.note
    RESULT.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", "utf-8")
    write_page(found)


if __name__ == "__main__":
    main()
