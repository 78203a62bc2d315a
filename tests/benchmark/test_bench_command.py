"""`bench` in small: what it measures is there, and what hangs together does within one run."""

import json
import os
import subprocess
import sys

import pytest

from dashboard.__main__ import main
from dashboard.content.pages import PAGES
from dashboard.settings import PROJECT_ROOT
from tests.web.several import NGINX

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")


def bench(folder, **options):
    words = [f"--{name}={value}" for name, value in options.items()]
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", "bench", *words, f"--json={folder / 'found.json'}"],
        cwd=PROJECT_ROOT,
        env=os.environ | {"CLUSTER_REVIEW_BALANCER": str(NGINX)},
        capture_output=True,
        text=True,
        timeout=570,
    )
    assert done.returncode == 0, done.stderr
    return json.loads((folder / "found.json").read_text("utf-8")), done


@pytest.mark.long
def test_a_small_run_measures_everything_but_visits(tmp_path):
    found, done = bench(tmp_path, people=3, seconds=1, visits=0, workers=1, reruns=24)
    assert {"taken", "asked", "build", "ask", "ask_command", "pages", "memory"} <= set(found)
    assert "intake" not in found
    assert os.uname().nodename not in json.dumps(found["taken"])
    shown = {page["path"]: page for page in found["pages"]}
    assert set(shown) == {path for path, page in PAGES.items() if page.compose is not None}
    assert sum(page["failures"] for page in shown.values()) == 0
    for page in shown.values():
        assert 0 < page["rerun_cpu_ms"] < 1_000
        # What the browser has from the run before is named by its digest.
        assert 0 < page["rerun_bytes"] <= page["open_bytes"], page
    asked = found["ask"]
    assert asked["questions"] == 12 * 18  # years 2012 to 2023; 17 regions and the country
    assert asked["ratio"] == pytest.approx(asked["product_ms"] / asked["duckdb_ms"])
    assert 0.8 < asked["ratio"] < 4
    for name, people in (("saturated", 4), ("people", 3)):
        held = found[name]
        assert (held["people"], held["failures"]) == (people, 0)
        assert held["median_ms"] <= held["p95_ms"] <= held["p99_ms"] <= held["worst_ms"]
    assert found["saturated"]["runs"] >= 4
    assert found["saturated"]["runs_per_s"] > found["people"]["runs_per_s"]
    # A fifth each: 4.8, 9.6, 14.4, 19.2, 24.
    assert [step["runs"] for step in found["memory"]] == [0, 5, 10, 14, 19, 24]
    assert found["memory"][-1]["mb"] < 2 * found["memory"][0]["mb"]
    assert "CPU ms a rerun" in done.stdout
    assert not list(tmp_path.glob("cluster-review-bench-*"))


@pytest.mark.long
@pytest.mark.skipif(not NGINX, reason="nginx is not installed here")
def test_a_run_with_visits_and_two_processes(tmp_path):
    found, _done = bench(tmp_path, people=4, seconds=2, visits=20_000, workers=2, reruns=24)
    assert found["intake"]["rows"] == 20_000
    seconds = found["intake"]["seconds"]
    assert found["intake"]["s_per_million"] == pytest.approx(seconds * 50)
    small = found["small_delivery"]
    assert small["ratio"] == pytest.approx(small["after"]["seconds"] / small["before"]["seconds"])
    # Five months each of 17 years: 40,000 x 5 / (17 x 12) = 980 of 40,000 visits.
    for delivery in (small["before"], small["after"]):
        assert 850 < delivery["rows"] < 1_110
    assert found["saturated"]["people"] == 8


@pytest.mark.parametrize(
    "option", ["--people=0", "--seconds=0", "--workers=0", "--reruns=0", "--visits=-1"]
)
def test_nothing_is_not_measured(option, capsys):
    assert main(["bench", option]) == 2
    assert "There is nothing to measure" in capsys.readouterr().err
