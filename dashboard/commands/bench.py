"""`bench`: how fast the product is on this machine."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter
from rich.table import Table

from dashboard.benchmark.report import Asked, measure
from dashboard.commands.saying import plain_console
from dashboard.errors import UsageError
from dashboard.i18n import gettext as _
from dashboard.settings import settings


def bench(
    *,
    people: int = 100,
    seconds: float = 60,
    visits: int = 1_000_000,
    workers: int = 2,
    reruns: int = 2_000,
    json_file: Annotated[Path | None, Parameter(name="--json")] = None,
) -> int:
    """Measure the product in a workspace of its own that is gone afterwards.

    Args:
        people: how many look at pages at the same time, one action every five seconds each.
        seconds: how long they do.
        visits: made-up visits that are handed in; 0: none.
        workers: processes that serve them.
        reruns: runs of pages over which memory is watched.
        json_file: file to write what was measured to.
    """
    if sys.platform != "linux":
        raise UsageError(
            "It is measured on Linux alone",
            sys.platform,
            _("What processes take is read there from /proc."),
        )
    least = {"people": people, "seconds": seconds, "workers": workers, "reruns": reruns}
    for name, value in [*least.items(), ("visits", visits + 1)]:
        if value <= 0:
            raise UsageError("There is nothing to measure", f"--{name}", _("Name more than none."))
    asked = Asked(people, seconds, visits, workers, reruns)
    found = measure(settings(), asked, lambda what: print(what, file=sys.stderr, flush=True))
    if json_file is not None:
        json_file.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    _print(found)
    return 0


def _print(found: dict[str, Any]) -> None:
    console = plain_console(120)
    pages = Table("page", "CPU ms a rerun", "messages", "bytes", "CPU ms to open", "failures")
    for page in found["pages"]:
        pages.add_row(
            page["path"],
            f"{page['rerun_cpu_ms']:.0f}",
            str(page["rerun_messages"]),
            f"{page['rerun_bytes']:,}",
            f"{page['open_cpu_ms']:.0f}",
            str(page["failures"]),
        )
    console.print(pages)
    figures = Table("what", "figure", "value")
    for what in ("build", "intake", "small_delivery", "ask", "ask_command", "saturated", "people"):
        for name, value in found.get(what, {}).items():
            if not isinstance(value, dict):
                figures.add_row(what, name, f"{value:,.4g}" if value < 1000 else f"{value:,.0f}")
    for step in found["memory"]:
        figures.add_row("memory", f"MiB after {step['runs']:,} runs", f"{step['mb']:.0f}")
    console.print(figures)
