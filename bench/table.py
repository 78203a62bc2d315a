"""docs/benchmark.md out of what was measured, and what it is held to: bench/budgets.toml."""

import operator
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
BUDGETS = ROOT / "bench" / "budgets.toml"
PAGE = ROOT / "docs" / "benchmark.md"
HOLDS = {"<": operator.lt, "<=": operator.le, ">=": operator.ge, "==": operator.eq}
NAMES = {
    "empty_streamlit": "empty Streamlit page",
    "product": "Cluster Review",
    "dash_app": "Dash",
    "panel_app": "Panel",
    "vizro_app": "Vizro",
}
PACE_MS = 790
"""What an empty Streamlit page took, to its last change, on the machine on which limits in seconds
were set (2 cores, 28 November 2026). The same machine has taken from 726 to 1,535 since."""
COLUMNS = {
    "cold_first_ms": "headline and tiles, cold",
    "cold_last_ms": "last change, cold",
    "warm_first_ms": "headline and tiles, warm",
    "warm_last_ms": "last change, warm",
    "warm_shift": "layout shift",
    "filter_last_ms": "another year",
    "page_last_ms": "another page",
    "warm_cpu_ms": "server's CPU to open",
}


def budgets() -> list[dict[str, Any]]:
    """What is wanted: what, value, comparison, limit, and whether the last run met it."""
    wanted: list[dict[str, Any]] = tomllib.loads(BUDGETS.read_text("utf-8"))["budget"]
    return wanted


def value_of(found: dict[str, Any], budget: dict[str, Any]) -> float:
    """The measured value of a budget: a figure, one divided by another, or the largest of some.

    A path leads through the result by names, with dots between; `*` stands for all of a list.
    """
    values = _at(found, budget["value"].split("."))
    if "per" in budget:
        (below,) = _at(found, budget["per"].split("."))
        values = [value / below for value in values]
    return float(max(values))


def paced(found: dict[str, Any], budget: dict[str, Any]) -> float:
    """The value as it would be where an empty page takes as long as on the day of the limits."""
    value = value_of(found, budget)
    if "of" not in budget:
        return value
    pace = PACE_MS / float(found["browser"]["empty_streamlit"]["warm_last_ms"])
    return value * pace if budget["of"] == "time" else value / pace


def _at(found: Any, path: list[str]) -> list[float]:
    for number, name in enumerate(path):
        if name == "*":
            return [value for one in found for value in _at(one, path[number + 1 :])]
        found = found[int(name) if isinstance(found, list) else name]
    return [found]


def is_met(found: dict[str, Any], budget: dict[str, Any]) -> bool:
    """Whether a run kept to a budget."""
    held: bool = HOLDS[budget["holds"]](paced(found, budget), budget["limit"])
    return held


def write_page(found: dict[str, Any]) -> None:
    """Write the page."""
    PAGE.write_text(page_of(found), "utf-8")


def page_of(found: dict[str, Any]) -> str:
    """The page: how it was measured, both tables, and what was wanted."""
    taken, browser, product = found["taken"], found["browser"], found["product"]
    versions = [f"{name} {number}" for name, number in product["taken"]["versions"].items()]
    rivals = [line.replace("==", " ") for line in found["rivals"] if line.split("==")[0] in _OTHERS]
    lines = [
        "# How fast it is",
        "",
        "`make bench` wrote this page (`make bench QUICK=1`: less of everything). It makes visits "
        "up, hands them in here, and gives the same to the others as a Parquet file; each shows "
        "six figures, four charts and a year to choose, written as is usual for it (`bench/rivals`)"
        ". All servers run at once, and one browser asks them in turns. The medians are of one "
        "machine: compare them with each other. What the product costs by itself is measured by "
        "`python -m dashboard bench`.",
        "",
        f"Taken on {taken['on']}{' in a quick run' if taken['is_quick'] else ''}: "
        f"{taken['cores']} cores ({taken['machine']}), {taken['memory_gb']} GB; Python "
        f"{taken['python']}, {', '.join(versions)}; {', '.join(rivals)}. {taken['shown']:,} "
        f"visits shown in {taken['turns']} turns, {taken['visits']:,} handed in by itself. "
        f"{taken['note']}".rstrip(),
        "",
        "## In the browser",
        "",
        "Milliseconds from the beginning of a navigation, or from the last key or click. Cold and "
        "warm are the browser's cache; servers are warm. The year is chosen by its last key.",
        "",
        _row("", *COLUMNS.values()),
        _row("---", *["---:"] * len(COLUMNS)),
        *(
            _row(NAMES[name], *(_shown(what, browser[name].get(what)) for what in COLUMNS))
            for name in NAMES
        ),
        "",
        "## By itself",
        "",
        "Each page opened and run again with nothing changed, in one process.",
        "",
        _row("page", "CPU ms a rerun", "messages", "bytes", "CPU ms to open first"),
        _row("---", *["---:"] * 4),
        *(
            _row(
                page["path"],
                f"{page['rerun_cpu_ms']:.0f}",
                f"{page['rerun_messages']}",
                f"{page['rerun_bytes']:,}",
                f"{page['open_cpu_ms']:.0f}",
            )
            for page in product["pages"]
        ),
        "",
        "## What is wanted of it",
        "",
        "`tests/benchmark/test_budgets.py` holds this list to what was measured. What is not met "
        "stays in it. Times and rates were limited on a machine on which the empty page takes "
        f"{PACE_MS} ms to its last change, warm; here it took "
        f"{browser['empty_streamlit']['warm_last_ms']:,.0f}. *At that pace* they are taken in "
        "proportion, and the limit is held to that.",
        "",
        _row("what", "measured", "at that pace", "wanted", ""),
        _row("---", "---:", "---:", "---:", "---"),
        *(
            _row(
                budget["what"],
                _figure(value_of(found, budget)),
                _figure(paced(found, budget)) if "of" in budget else "",
                f"{budget['holds']} {budget['limit']:,}",
                "met" if is_met(found, budget) else "**missed**",
            )
            for budget in budgets()
        ),
        "",
    ]
    return "\n".join(lines)


_OTHERS = ("dash", "panel", "vizro")


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 1_000 else f"{value:.4g}"


def _shown(what: str, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if what.endswith("shift") else f"{value:,.0f}"
