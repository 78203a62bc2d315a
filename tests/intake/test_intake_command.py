"""The same from the command line: exit status 0 taken in, 1 refused, 2 wrong usage."""

import json

import pytest
from attrs import evolve

from dashboard.__main__ import main
from dashboard.access import Identity, Role
from dashboard.intake.intake import Intake


@pytest.fixture
def command(door_settings, process_settings, capsys):
    process_settings(door_settings)

    def run(*arguments):
        status = main([str(argument) for argument in arguments])
        shown = capsys.readouterr()
        return status, shown.out

    return run


def test_hand_in_list_and_take_back(command, tmp_path):
    file = tmp_path / "a.csv"
    file.write_bytes(b"metric,year,region,value\nforeign_patients,2025,KR-27,35000\n")
    status, out = command(
        "intake", "observations", file, "--by", "Kim", "--dry-run", "--format", "json"
    )
    assert (status, json.loads(out)["difference"]["new"], json.loads(out)["receipt"]) == (
        0,
        1,
        None,
    )
    status, out = command("intake", "observations", file, "--by", "Kim", "--format", "json")
    receipt = json.loads(out)["receipt"]
    assert (status, receipt["status"], receipt["by"]) == (0, "accepted", "Kim")
    status, out = command("batches", "--format", "json")
    assert [(one["receipt_id"], one["status"]) for one in json.loads(out)] == [
        ("r2", "accepted"),
        ("r1", "accepted"),
    ]
    asked = ("ask", "figure", "--metric", "foreign_patients", "--region", "KR-27", "--year", "2025",
             "--format", "json")  # fmt: skip
    assert json.loads(command(*asked)[1])["rows"][0]["value"] == 35000
    assert command("revert", receipt["batch_id"], "--by", "Lee", "--reason", "test")[0] == 0
    assert json.loads(command(*asked)[1])["rows"][0]["value"] is None


def test_refused_and_wrong_usage(command, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("metric,year,region,value\nforeign_patients,2025,KR-99,1\n")
    status, out = command("intake", "observations", file, "--format", "json")
    assert status == 1
    assert [finding["rule"] for finding in json.loads(out)["findings"]] == ["code"]
    assert command("intake", "observations", tmp_path / "missing.csv")[0] == 2
    assert command("intake", "nothing", file)[0] == 2
    assert command("intake", "observations", file, "--map", "x")[0] == 2
    assert command("revert", "r99")[0] == 2
    assert command("approve", "r1")[0] == 2
    assert command("template", "events", "--out", tmp_path / "e.pdf")[0] == 2
    assert command("template", "events", "--lang", "en", "--out", tmp_path / "e.xlsx")[0] == 0


def test_a_file_piped_in_by_a_job(door, csv_of, process_settings, door_settings):
    """In a process of its own, through its standard input; a name like an option stays a name."""
    rows = [["지표", "연도", "지역", "값"], ["외국인환자 수", "2025", "대구", "35,000"]]
    job = door.start("observations", "--dry-run.csv", csv_of(rows).encode("cp949"), "Kim")
    state = door.job(job)
    while state.is_running:
        state = door.job(job)
    assert state.error == ""
    assert (state.receipt.status, state.receipt.name) == ("accepted", "--dry-run.csv")


HEADER = "metric,year,region,value\n"


def test_what_another_office_handed_in_since_is_replaced_only_when_confirmed(command, tmp_path):
    ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    ours.write_text(HEADER + "foreign_patients,2025,KR-27,36000\n")
    theirs.write_text(HEADER + "foreign_patients,2025,KR-27,35000\n")
    hand_in = ("intake", "observations", ours, "--by", "Lee", "--format", "json")
    since = json.loads(command(*hand_in, "--dry-run")[1])["snapshot"]
    assert command("intake", "observations", theirs, "--by", "Kim")[0] == 0
    assert command(*hand_in, "--since", since)[0] == 1
    assert len(json.loads(command("batches", "--format", "json")[1])) == 2  # with the record's own
    status, out = command(*hand_in, "--since", since, "--confirm")
    assert (status, json.loads(out)["receipt"]["status"]) == (0, "accepted")


@pytest.mark.long
def test_an_approval_replaces_what_came_in_since_only_when_confirmed(
    command, door, door_settings, tmp_path
):
    ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    ours.write_text(HEADER + "foreign_patients,2025,KR-27,36000\n")
    theirs.write_text(HEADER + "foreign_patients,2025,KR-27,35000\n")
    official = Identity("Lee", Role.OFFICIAL, region="KR-27", account="lee@daegu.go.kr")
    strict = Intake(evolve(door_settings, sign_in="oidc"), official)
    assert strict.receive("observations", "ours.csv", ours, "")[1].status == "waiting"
    door.receive("observations", "theirs.csv", theirs, "Kim")  # by an office that needs no approval
    assert command("approve", "r2", "--by", "Park")[0] == 1
    status, out = command("approve", "r2", "--by", "Park", "--confirm", "--format", "json")
    assert (status, json.loads(out)["status"]) == (0, "accepted")
