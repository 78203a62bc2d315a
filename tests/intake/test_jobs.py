"""A large file goes in by a process of its own, for whoever handed it over and nobody else."""

import json
import os
import subprocess
import sys
from dataclasses import asdict

import pytest
from attrs import evolve

from dashboard.access import DESK, VIEWER, Identity, Role
from dashboard.errors import AccessDenied, UsageError
from dashboard.intake import job_process, jobs
from dashboard.intake.intake import Intake
from dashboard.intake.layout import Shape
from dashboard.settings import Secret

KIM = Identity("Kim", Role.OFFICIAL, region="KR-27", account="kim@daegu.go.kr")
OTHERS = {
    "a colleague": Identity("Kim", Role.OFFICIAL, region="KR-27", account="kim2@daegu.go.kr"),
    "the approver": Identity("Lee", Role.APPROVER, region="KR-27", account="lee@daegu.go.kr"),
    "the ministry": Identity("Noh", Role.APPROVER, region="KR", account="noh@mohw.go.kr"),
    "the desk": DESK,
    "a viewer": VIEWER,
    "an administrator": Identity("Admin", Role.ADMINISTRATOR, account="kim@daegu.go.kr"),
    "of another region now": Identity("K", Role.OFFICIAL, region="KR-30", account=KIM.account),
}
FIGURES = b"metric,year,region,value\nforeign_patients,2025,KR-30,35000\n"


@pytest.fixture
def never_run(monkeypatch):
    """Notes the command of a child instead of running it."""
    commands = []

    class Process:
        def __init__(self, command, **_options):
            commands.append(command)

        def poll(self):
            return None

    monkeypatch.setattr(jobs.subprocess, "Popen", Process)
    return commands


def folder(settings):
    return settings.workspace / "jobs"


def test_who_hands_in_goes_in_no_argument_but_in_a_file_of_the_owner(door_settings, never_run):
    shape = Shape(fixed={"region": "KR-27"})
    job = Intake(door_settings, KIM).start(
        "observations", "a.csv", FIGURES, "", shape=shape, message="July"
    )
    (command,) = never_run
    note = folder(door_settings) / f"{job}.json"
    assert command == [sys.executable, "-m", "dashboard.intake.job_process", str(note)]
    order = note.with_suffix(".order")
    assert order.stat().st_mode & 0o777 == 0o600
    taken, settings, language = jobs.take_order(note)
    assert (taken.identity, taken.shape, taken.by, taken.message) == (KIM, shape, "Kim", "July")
    assert (settings, language) == (door_settings, "en")
    assert not order.exists()
    with pytest.raises(FileNotFoundError):  # an order is worked on once
        jobs.take_order(note)


def test_a_secret_of_the_server_is_not_written_into_an_order(door_settings, never_run):
    settings = evolve(
        door_settings,
        sign_in="oidc",
        oidc_client_secret=Secret("hunter2"),
        role_values=(("g", "r"),),
    )
    job = Intake(settings, KIM).start("observations", "a.csv", FIGURES, "")
    note = folder(settings) / f"{job}.json"
    assert "hunter2" not in note.with_suffix(".order").read_text()
    taken = jobs.take_order(note)[1]
    assert (taken.needs_approval, taken.role_values) == (True, (("g", "r"),))


@pytest.mark.parametrize("who", OTHERS)
def test_how_far_it_is_hears_whoever_started_it_alone(door_settings, never_run, who):
    job = Intake(door_settings, KIM).start("observations", "a.csv", FIGURES, "")
    assert Intake(door_settings, KIM).job(job).is_running
    with pytest.raises(AccessDenied):
        Intake(door_settings, OTHERS[who]).job(job)


def test_a_note_without_a_starter_is_no_job(door_settings):
    folder(door_settings).mkdir()
    jobs.note_progress(folder(door_settings) / "0a.json", stage="reading", done=7)
    with pytest.raises(UsageError):
        Intake(door_settings, DESK).job("0a")


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMINISTRATOR, Role.JUDGE])
def test_the_child_asks_the_matrix_again(door_settings, never_run, role, monkeypatch):
    job = Intake(door_settings, KIM).start("observations", "a.csv", FIGURES, "")
    note = folder(door_settings) / f"{job}.json"
    order = note.with_suffix(".order")
    written = json.loads(order.read_text())
    order.write_text(json.dumps(written | {"identity": asdict(KIM) | {"role": role}}))
    with pytest.raises(AccessDenied):
        job_process.hand_in(note)
    assert "not open" in json.loads(note.read_text())["error"]
    assert [one.receipt_id for one in Intake(door_settings, DESK).history()] == ["r1"]


def test_the_process_hands_in_as_whom_it_was_given(door_settings):
    settings = evolve(door_settings, sign_in="oidc")
    door = Intake(settings, KIM)
    job = door.start("observations", "a.csv", FIGURES, "Somebody Else")
    while (state := door.job(job)).is_running:
        pass
    assert state.error == ""
    assert (state.receipt.status, state.receipt.by) == ("refused", "Kim")
    assert [(one.rule, one.line) for one in state.receipt.findings] == [("other-region", 2)]
    assert state.receipt.account == "kim@daegu.go.kr"


@pytest.mark.skipif(sys.platform == "win32", reason="there it is known to its starter alone")
def test_a_job_that_was_killed_runs_no_more_whoever_asks(door_settings, monkeypatch):
    """Its starter is gone, too: another process of the same workspace is asked."""
    door, started = Intake(door_settings, KIM), []
    process = subprocess.Popen

    def start(_command, **options):
        reader, writer = os.pipe()
        started.append((process(["cat"], **options | {"stdin": reader}), writer))
        os.close(reader)
        return started[-1][0]

    monkeypatch.setattr(jobs.subprocess, "Popen", start)
    job = door.start("observations", "a.csv", FIGURES, "")
    jobs._processes.clear()
    assert door.job(job).is_running
    child, writer = started[0]
    child.kill()
    child.wait()
    os.close(writer)
    state = door.job(job)
    assert (state.is_running, state.is_cut_off) == (False, True)


def test_nobody_hands_in_as_somebody_by_an_option(door_settings, tmp_path):
    """The command line has no word for an identity; whoever runs it is the desk."""
    listed = subprocess.run(
        [sys.executable, "-m", "dashboard", "intake", "--help"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "--by" in listed
    assert not {"--identity", "--account", "--role", "--region"} & set(listed.split())
