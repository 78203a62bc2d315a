"""A workspace that is moved, renamed or reached by a link is the same workspace."""

import json
import shutil
from dataclasses import asdict

import pytest
from attrs import evolve

from dashboard.access import DESK
from dashboard.content.compose import compose, freeze
from dashboard.intake.intake import Intake
from dashboard.intake.jobs import note_progress
from dashboard.render.formats import render
from dashboard.store.ask import Record
from dashboard.store.build import Builder
from dashboard.store.editions import Editions
from dashboard.store.lake import Lake

HEADER = ["지표", "연도", "지역", "값", "비고"]
FIRST = [HEADER, ["외국인환자 수", "2018", "대구", "17745", ""]]
SECOND = [HEADER, ["외국인환자 수", "2017", "대구", "21867", ""]]
JOB = "0a" * 16


@pytest.fixture(scope="module")
def left(small_settings, build_of, csv_of):
    """A workspace with a build, a delivery, an edition and a job's note, and what they say."""
    settings = small_settings(
        {
            "sources": [{"source_id": "mohw", "tier": "official"}],
            "observations": [{"source_id": "mohw", "value": "31183"}],
        }
    )
    build_of(settings)
    content = csv_of(FIRST).encode("cp949")
    _, receipt = Intake(settings, DESK).receive("observations", "7월.csv", content, "Kim")
    assert receipt.status == "accepted"
    record, editions = Record(settings), Editions(settings)
    edition = freeze(
        record, editions, "kpi", {"region": "KR-27", "year": 2019}, "ko", "Kim", identity=DESK
    )
    (settings.workspace / "jobs").mkdir()
    note = settings.workspace / "jobs" / f"{JOB}.json"
    note_progress(note, stage="reading", done=7)
    note.with_suffix(".starter").write_text(json.dumps(asdict(DESK)))
    files = {suffix: render(compose(record, edition), suffix) for suffix in (".pdf", ".csv")}
    return settings, content, receipt, edition, files


@pytest.fixture(
    params=["it's 대구 50% [a] #2", "by a link"],
    ids=["moved", "link"],
)
def moved(request, left, tmp_path):
    """Its settings at another place; nothing is left at the former one."""
    former = left[0].workspace
    there = tmp_path / "다른 서버" / request.param
    there.parent.mkdir()
    if request.param == "by a link":
        kept = shutil.copytree(former, tmp_path / "kept")
        there.symlink_to(kept, target_is_directory=True)
    else:
        shutil.copytree(former, there)
    hidden = former.rename(former.with_suffix(".away"))
    yield evolve(left[0], workspace=there)
    hidden.rename(former)


def test_everything_of_a_moved_workspace_goes_on(moved, left, csv_of, without_trial):
    _, content, receipt, edition, files = left
    record, door = Record(moved), Intake(moved, DESK)
    before = Lake(moved).snapshot()
    assert record.current() == Builder(moved).build_current()[0]
    assert edition.build == record.current()
    opened = Editions(moved).open(edition.edition_id)
    assert opened == edition
    made = compose(record, opened)
    assert {suffix: render(made, suffix) for suffix in files} == files
    assert door.original(receipt.receipt_id).read_bytes() == content
    assert door.job(JOB).done == 7

    _, second = door.receive("observations", "8월.csv", csv_of(SECOND).encode(), "Lee")
    assert second.status == "accepted"
    assert Lake(moved).snapshot() > before
    asked = {"metric": "foreign_patients", "region": "KR-27", "year": 2018}
    figure = Record(moved).ask("figure", asked).first
    assert (figure["value"], figure["previous_value"]) == (17745, 21867)
    # All that was written is at the new place: the former one does not come back.
    assert not left[0].workspace.exists()

    # Builds need not be backed up: that of an edition is made again.
    shutil.rmtree(moved.marts)
    made = compose(Record(moved), Editions(moved).open(edition.edition_id))
    assert {suffix: render(made, suffix) for suffix in files} == files


def test_nothing_but_the_lakes_birthplace_names_a_folder(left):
    # The lake's catalogue remembers where it was made, and nobody asks it.
    settings = left[0]
    name = str(settings.workspace).encode()
    named = {
        path.relative_to(settings.workspace).as_posix()
        for path in settings.workspace.rglob("*")
        if path.is_file() and name in path.read_bytes()
    }
    assert {path.removesuffix("-wal") for path in named} == {"lake.sqlite"}
    pointer = json.loads((settings.marts / "current.json").read_text("utf-8"))
    assert set(pointer) == {"build_id", "snapshot", "built_at"}
