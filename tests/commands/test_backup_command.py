"""`backup` and `restore` as an administrator types them, over the record with its files."""

import json
import shutil

import pytest

from dashboard.__main__ import main
from dashboard.settings import Settings
from dashboard.store.ask import Record


@pytest.fixture
def used(built_copy, process_settings, tmp_path):
    """The former record, in a workspace that may be wrecked."""
    return process_settings(built_copy(tmp_path / "first"))


def exported(tmp_path, edition, suffix):
    out = tmp_path / f"again.{suffix}"
    assert main(["export", "kpi", "--edition", edition, "--out", str(out)]) == 0
    return out.read_bytes()


def test_wrecked_and_restored_elsewhere_it_prints_the_same_bytes(
    used, process_settings, tmp_path, capsys
):
    asked = ["--region", "KR-27", "--year", "2019", "--by", "Kim"]
    before = {}
    for suffix in ("pdf", "xlsx"):
        out = tmp_path / f"first.{suffix}"
        assert main(["export", "kpi", *asked, "--out", str(out)]) == 0
        before[suffix] = out.read_bytes()
    edition = capsys.readouterr().out.split()[-1]
    build = Record(used).current()

    assert main(["backup", str(tmp_path / "b.tar.gz")]) == 0
    said = capsys.readouterr().out
    shutil.rmtree(used.workspace)
    assert main(["restore", str(tmp_path / "b.tar.gz"), "--to", str(tmp_path / "second")]) == 0
    restored = capsys.readouterr().out
    assert said.splitlines()[1] == restored.splitlines()[1]
    assert f"Build {build.build_id}" in restored
    assert "batches: 1, editions: 1, log entries: 2," in restored

    second = process_settings(Settings(workspace=tmp_path / "second"))
    assert Record(second).current() == build
    assert {suffix: exported(tmp_path, edition, suffix) for suffix in before} == before


def test_json_and_refusals(used, tmp_path, capsys):
    assert main(["backup", str(tmp_path), "--format", "json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["batches"], made["editions"], made["build_id"]) == (
        1, 0, Record(used).current().build_id,
    )  # fmt: skip
    file = made["file"]
    assert main(["restore", file, "--to", str(used.workspace)]) == 1
    assert "not empty" in capsys.readouterr().err
    assert main(["restore", str(tmp_path / "none"), "--to", str(tmp_path / "new")]) == 2
    with open(file, "r+b") as content:  # noqa: PTH123
        content.truncate(1000)
    assert main(["restore", file, "--to", str(tmp_path / "new")]) == 1
    assert "This file cannot be restored" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()
