"""Who may lean on whom, and that the core answers without the web."""

import os
import subprocess
import sys
from pathlib import Path

from dashboard.settings import PROJECT_ROOT

WITHOUT_THE_WEB = """
import runpy, sys

class NotInstalled:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("streamlit", "plotly", "pydeck"):
            raise ModuleNotFoundError(f"{name} is not installed", name=name)

sys.meta_path.insert(0, NotInstalled())
sys.argv = ["dashboard", "ask", "--list"]
runpy.run_module("dashboard", run_name="__main__", alter_sys=True)
"""


def run(command, **others):
    return subprocess.run(
        command,
        cwd=PROJECT_ROOT,
        env=os.environ | {"PYTHONPATH": str(PROJECT_ROOT), "LANG": "C.UTF-8"} | others,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_import_contracts_hold():
    lint = str(Path(sys.executable).with_name("lint-imports"))
    done = run([lint, "--config", "pyproject.toml", "--no-cache"])
    assert done.returncode == 0, done.stdout + done.stderr
    kept = [line for line in done.stdout.splitlines() if line.endswith("KEPT")]
    assert len(kept) >= 2, "there must be contracts to keep:\n" + done.stdout


def test_core_answers_without_the_web(record_settings):
    done = run(
        [sys.executable, "-c", WITHOUT_THE_WEB],
        CLUSTER_REVIEW_WORKSPACE=str(record_settings.workspace),
    )
    assert done.returncode == 0, done.stderr
    assert "\nranking\n" in done.stdout
