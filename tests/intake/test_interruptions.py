"""Killed at any moment, two at once, a full disk: all of a batch is there, or none of it."""

import os
import random
import signal
import subprocess
import sys
import threading

import pytest

from dashboard.access import DESK
from dashboard.intake.disk import WorkspaceFull
from dashboard.intake.intake import Intake
from dashboard.settings import PROJECT_ROOT
from dashboard.store.ask import Record
from dashboard.store.build import Builder
from dashboard.store.lake import Lake

ROWS = 30


def observations(value):
    """A file of thirty figures, all of the same value."""
    rows = "".join(f"foreign_patients,{2000 + year},KR-27,{value}\n" for year in range(ROWS))
    return f"metric,year,region,value\n{rows}".encode()


def start(settings, file):
    environment = os.environ | {
        "CLUSTER_REVIEW_WORKSPACE": str(settings.workspace),
        "CLUSTER_REVIEW_PUBLIC_RECORD": str(settings.public_record),
        "LANG": "C.UTF-8",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "dashboard", "intake", "observations", str(file), "--by", "Kim"],
        cwd=PROJECT_ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def held(settings):
    """The values that the city's rows have now: one value, thirty times, or nothing yet."""
    rows = Lake(settings).current_rows("observations").to_pylist()
    return [row["value"] for row in rows if row["batch_id"].startswith("intake-")]


def kill_again_and_again(settings, tmp_path, times):
    lots = random.Random(20261122)
    accepted = 0
    whole_s = 3.0
    for turn in range(1, times + 1):
        file = tmp_path / f"{turn}.csv"
        file.write_bytes(observations(turn))
        process = start(settings, file)
        killer = threading.Timer(lots.uniform(0.2, whole_s), process.send_signal, [signal.SIGKILL])
        killer.start()
        status = process.wait()
        killer.cancel()
        values = held(settings)
        assert values == [] or (len(values) == ROWS and len(set(values)) == 1)
        now = int(values[0]) if values else 0
        assert now in (accepted, turn)
        if status == 0:
            assert now == turn
            whole_s = max(1.0, whole_s * 0.8)  # aim earlier: most are to be killed on the way
        else:
            whole_s *= 1.1
        accepted = now
    Builder(settings).build_current()
    door = Intake(settings, DESK)
    _, receipt = door.receive("observations", "last.csv", observations(times + 1), "Kim")
    assert receipt.status == "accepted"
    figure = {"metric": "foreign_patients", "region": "KR-27", "year": 2025}
    assert Record(settings).ask("figure", figure).first["value"] == times + 1
    states = {one.status for one in door.history()}
    assert states <= {"accepted", "refused"}


def test_killed_on_the_way(door_settings, tmp_path):
    kill_again_and_again(door_settings, tmp_path, 3)


@pytest.mark.long
def test_killed_a_hundred_times(door_settings, tmp_path):
    kill_again_and_again(door_settings, tmp_path, 100)


def test_two_at_once(door_settings, tmp_path):
    files = []
    for region in ("KR-26", "KR-27"):
        file = tmp_path / f"{region}.csv"
        file.write_text(f"metric,year,region,value\nforeign_patients,2025,{region},100\n")
        files.append(file)
    for process in [start(door_settings, file) for file in files]:
        process.communicate()
        assert process.returncode == 0
    ranked = Record(door_settings).ask("ranking", {"metric": "foreign_patients", "year": 2025})
    assert {row["region"] for row in ranked.rows} == {"KR-26", "KR-27"}


@pytest.mark.parametrize("limit", [0, pytest.param(2_000, marks=pytest.mark.long), 60_000])
def test_a_full_disk_is_said_and_changes_nothing(door_settings, tmp_path, limit):
    """No file of the process may grow over the limit, as on a full disk."""
    before = Lake(door_settings).snapshot()
    program = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
        "from dashboard.__main__ import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    file = tmp_path / "a.csv"
    file.write_bytes(observations(7))
    environment = os.environ | {
        "CLUSTER_REVIEW_WORKSPACE": str(door_settings.workspace),
        "CLUSTER_REVIEW_PUBLIC_RECORD": str(door_settings.public_record),
        "LANG": "C.UTF-8",
    }
    done = subprocess.run(
        [sys.executable, "-c", program, "intake", "observations", str(file), "--by", "Kim"],
        cwd=PROJECT_ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "could not be stored" in done.stderr
    assert Lake(door_settings).snapshot() == before
    assert held(door_settings) == []


def test_no_space_for_the_receipt(door, door_settings, monkeypatch, without_builds):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    before = Lake(door_settings).snapshot(), door.history()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WorkspaceFull, match="could not be stored"):
        door.receive("observations", "a.csv", observations(7), "Kim")
    monkeypatch.undo()
    assert (Lake(door_settings).snapshot(), door.history()) == before
