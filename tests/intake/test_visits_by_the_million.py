"""A million visits: how fast they are taken in, in how much memory, and what later ones cost."""

import json
import shutil
import subprocess
import sys

import pytest

from dashboard.benchmark.visits import generate_visits

MEASURED = """
import json, resource, sys
from pathlib import Path
from dashboard.access import DESK
from dashboard.intake.intake import Intake
from dashboard.settings import Settings

def used():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime

workspace, table, file = sys.argv[1:]
door = Intake(Settings(workspace=Path(workspace)), DESK)
before = used()
_, receipt = door.receive(table, Path(file).name, Path(file), "Kim", office="Daegu")
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([receipt.status, receipt.row_count, used() - before, peak]))
"""
ROWS = 1_000_000


def hand_in(workspace, table, file):
    """Status, rows, processor seconds and peak of memory in MiB, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, workspace, table, file],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.mark.long
def test_a_million_visits_and_a_small_delivery_after_them(small_door, tmp_path, csv_of):
    settings, rewind = small_door
    rewind()
    visits, small = tmp_path / "visits.csv", tmp_path / "figures.csv"
    generate_visits(visits, ROWS, 400, 20, 16, 1)
    small.write_text(csv_of([["연도", "지역", "외국인환자 수"], ["2021", "대구", "4321"]]), "utf-8")
    without = tmp_path / "without"
    shutil.copytree(settings.workspace, without)
    status, rows, seconds, peak = hand_in(settings.workspace, "patient_visits", visits)
    assert (status, rows) == ("accepted", ROWS)
    assert rows / seconds > 50_000  # of one core; fewer rows pay more for the start
    assert peak < 1_500
    files = [path.stat().st_ino for path in (settings.marts / "visits").iterdir()]
    after = [
        hand_in(settings.workspace, "observations", small),
        hand_in(without, "observations", small),
    ]
    assert [one[0] for one in after] == ["accepted", "accepted"]
    assert [path.stat().st_ino for path in (settings.marts / "visits").iterdir()] == files
    assert after[0][2] < 1.2 * after[1][2] + 0.3  # seconds: the start of a process is not even
