"""What a question costs: by the product, and by DuckDB alone on the same build."""

import statistics
import time
from collections.abc import Mapping

from dashboard.benchmark.processes import run_command
from dashboard.settings import Settings
from dashboard.store.ask import Record
from dashboard.store.connection import open_marts
from dashboard.store.pointer import marts_file

QUESTION, METRIC = "figure", "foreign_patients"
_YEARS = range(2012, 2024)


def ask_in_process(settings: Settings) -> dict[str, float]:
    """Medians in ms of one question over regions and years, each asked once by both ways.

    What one asked before does not help the other: they ask in turns, and no answer twice.
    """
    record = Record(settings)
    build = record.current()
    regions = [row["region"] for row in record.ask("regions").rows]
    bare = open_marts(marts_file(settings, build.build_id))
    question = record.questions()[QUESTION]
    record.ask(QUESTION, {"metric": METRIC, "region": regions[0], "year": 2024})
    asked, alone = [], []
    for year in _YEARS:
        for region in regions:
            given: dict[str, object] = {"metric": METRIC, "region": region, "year": year}
            begun = time.perf_counter()
            answer = record.ask(QUESTION, given)
            between = time.perf_counter()
            cursor = bare.cursor().execute(question.sql, question.bind(given))
            rows = cursor.fetchall()
            ended = time.perf_counter()
            if len(rows) != len(answer.rows):
                raise AssertionError("both ways give the same rows")
            asked.append(between - begun)
            alone.append(ended - between)
    bare.close()
    product, duckdb = statistics.median(asked) * 1000, statistics.median(alone) * 1000
    return {
        "questions": float(len(asked)),
        "product_ms": product,
        "duckdb_ms": duckdb,
        "ratio": product / duckdb,
    }


def ask_as_command(environment: Mapping[str, str], times: int) -> dict[str, float]:
    """Medians of the command `ask`."""
    asked = ["ask", QUESTION, "--metric", METRIC, "--region", "KR-27", "--year", "2019"]
    costs = [run_command(asked, environment) for _time in range(times)]
    return {
        "seconds": statistics.median(cost.seconds for cost in costs),
        "cpu_s": statistics.median(cost.cpu_s for cost in costs),
    }
