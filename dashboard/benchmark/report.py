"""All of it in one run: the product's own part of the comparison, in a workspace of its own."""

import asyncio
import os
import platform
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from attrs import evolve

from dashboard import __version__
from dashboard.benchmark.asking import ask_as_command, ask_in_process
from dashboard.benchmark.people import as_record, memory, page_costs, waiting
from dashboard.benchmark.processes import run_command, server, tree_of
from dashboard.benchmark.visits import generate_visits
from dashboard.content.pages import KEEPING, PAGES
from dashboard.serving.ports import free_port
from dashboard.settings import Settings

_VERSIONS = ("streamlit", "duckdb", "plotly", "pandas", "pyarrow", "websockets")
_THINK_S = 5
_SMALL = 1_000
"""Visits of a small delivery, about."""
_SMALL_MONTHS = (
    [f"2026-{month:02}" for month in range(1, 6)],
    [f"2026-{month:02}" for month in range(6, 11)],
)
"""Of the delivery before the large one and of that after it, which has 2010 to 2025."""


@dataclass(frozen=True)
class Asked:
    """How much is measured."""

    people: int
    seconds: float
    visits: int
    workers: int
    reruns: int
    """Runs after which memory is looked at; those of each page are a hundredth, ten at least."""


def measure(settings: Settings, asked: Asked, tell: Callable[[str], None]) -> dict[str, Any]:
    """Measure everything, in a folder that is gone afterwards.

    Args:
        settings: of which the record and the queries are taken; its workspace stays as it is.
        asked: how much.
        tell: is told what begins.

    Returns:
        What `--json` writes; seconds, milliseconds, MiB and bytes as the names say.
    """
    with tempfile.TemporaryDirectory(prefix="cluster-review-bench-") as name:
        folder = Path(name)
        own = evolve(settings, workspace=folder / "workspace")
        environment = {
            "CLUSTER_REVIEW_WORKSPACE": str(own.workspace),
            "CLUSTER_REVIEW_PUBLIC_RECORD": str(own.public_record),
            "CLUSTER_REVIEW_QUERIES": str(own.queries),
            "CLUSTER_REVIEW_SIGN_IN": "desk",
        }
        found: dict[str, Any] = {"taken": taken(), "asked": asdict(asked)}
        tell("build")
        found["build"] = _cost(run_command(["build"], environment))
        found |= _visits(folder, asked, environment, tell)
        tell("ask")
        found["ask"] = ask_in_process(own)
        found["ask_command"] = ask_as_command(environment, 5)
        found |= _pages(asked, environment, tell)
    return found


def taken() -> dict[str, Any]:
    """When and with what it is measured; no name of a machine."""
    memory_kb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024
    return {
        "on": datetime.now(UTC).date().isoformat(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(memory_kb / 2**20),
        "machine": platform.machine(),
        "python": platform.python_version(),
        "product": __version__,
        "versions": {name: version(name) for name in _VERSIONS},
    }


def _cost(cost: Any) -> dict[str, float]:
    return {"seconds": cost.seconds, "cpu_s": cost.cpu_s, "peak_mb": cost.peak_mb}


def _visits(
    folder: Path, asked: Asked, environment: Mapping[str, str], tell: Callable[[str], None]
) -> dict[str, Any]:
    """A small delivery before the large one, the large one, and a small one after it."""
    if not asked.visits:
        return {}

    def hand_in(name: str, file: Path, rows: int) -> dict[str, float]:
        tell(f"intake of {rows:,} visits")
        options = ["--by", "Benchmark", "--office", "Made up", "--message", name]
        cost = run_command(["intake", "patient_visits", str(file), *options], environment)
        file.unlink()
        return _cost(cost) | {"rows": float(rows), "rows_per_s": rows / cost.seconds}

    small = [_small_file(folder, months) for months in _SMALL_MONTHS]
    before = hand_in("small before", *small[0])
    generate_visits(folder / "large.csv", asked.visits, 400, 20, 16, 2)
    large = hand_in("large", folder / "large.csv", asked.visits)
    after = hand_in("small after", *small[1])
    return {
        "intake": large | {"s_per_million": large["seconds"] / asked.visits * 1e6},
        "small_delivery": {
            "before": before,
            "after": after,
            "ratio": after["seconds"] / before["seconds"],
        },
    }


def _small_file(folder: Path, months: Sequence[str]) -> tuple[Path, int]:
    """Some visits of months that the large file does not have, and how many they are."""
    made, file = folder / "made.csv", folder / f"from-{months[0]}.csv"
    generate_visits(made, _SMALL * 40, 400, 20, 17, 1)
    header, *lines = made.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if line.startswith(tuple(months))]
    file.write_text("".join((header, *kept)), "utf-8")
    made.unlink()
    return file, len(kept)


def _pages(
    asked: Asked, environment: Mapping[str, str], tell: Callable[[str], None]
) -> dict[str, Any]:
    paths = [
        path
        for path, page in PAGES.items()
        if page.compose is not None and page.group != KEEPING and page.needs_action is None
    ]
    found: dict[str, Any] = {}
    port = free_port()
    # What a run costs, without what is composed ahead behind it.
    alone = {**environment, "CLUSTER_REVIEW_LOOK_AHEAD_YEARS": "0"}
    with server(port, 1, alone) as process:
        address, tree = f"http://127.0.0.1:{port}", tree_of(process.pid)
        tell(f"pages: {', '.join(paths)}")
        costs = page_costs(address, tree, paths, max(10, asked.reruns // 100))
        found["pages"] = as_record(asyncio.run(costs))
        tell(f"memory over {asked.reruns:,} runs")
        found["memory"] = asyncio.run(memory(address, lambda: tree, paths, asked.reruns))
    port = free_port()
    with server(port, asked.workers, environment) as process:
        address, tree = f"http://127.0.0.1:{port}", tree_of(process.pid)
        for name, people, think_s in (
            ("saturated", 4 * asked.workers, 0.0),
            ("people", asked.people, float(_THINK_S)),
        ):
            tell(f"{name}: {people} people")
            held = waiting(address, tree, paths, people, think_s, asked.seconds)
            found[name] = as_record(asyncio.run(held))
    return found
