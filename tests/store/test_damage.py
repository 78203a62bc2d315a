"""Damaged and unwritable files of a workspace: said in words, with the way to restore them."""

import os
import random
import shutil
import tempfile
from pathlib import Path

import pytest
from attrs import evolve

from dashboard import app
from dashboard.__main__ import main
from dashboard.errors import WorkspaceDamaged
from dashboard.i18n import use_language
from dashboard.store.ask import Record
from dashboard.store.build import Builder
from dashboard.store.lake import Lake
from dashboard.store.ledger import Ledger

PLACE = {"metric": "foreign_patients", "region": "KR-27", "year": 2019}
FILES = {
    "lake.sqlite": (lambda settings: Lake(settings).batches(), ["build"]),
    "ledger.sqlite": (lambda settings: Ledger(settings).entries("a"), ["edition", "list"]),
    "marts/*.duckdb": (
        lambda settings: Record(settings).ask("figure", PLACE),
        ["ask", "figure", *(f"--{name}={value}" for name, value in PLACE.items())],
    ),
    "lake/main/regions/*.parquet": (
        lambda settings: Lake(settings).current_rows("regions"),
        ["build"],
    ),
}
"""A file of the workspace, what reads it, and a command that does."""
DAMAGES = {
    "emptied": lambda content: b"",
    "cut off": lambda content: content[: len(content) // 2],
    "garbled": lambda content: random.Random(7).randbytes(len(content)),
    "garbled at its head": lambda content: random.Random(7).randbytes(512) + content[512:],
}


@pytest.fixture(scope="module")
def whole(small_settings, build_of):
    """A workspace with a record, a build and a log."""
    settings = small_settings(
        {
            "sources": [{"source_id": "mohw", "tier": "official"}],
            "observations": [{"source_id": "mohw", "value": "31183"}],
        }
    )
    build_of(settings)
    for number in range(40):
        Ledger(settings).append("a", "said", "Kim", {"text": f"secret {number} " * 40})
    return settings


@pytest.fixture
def settings(whole, tmp_path):
    """A copy of it, to be damaged."""
    shutil.copytree(whole.workspace, tmp_path / "copy")
    return evolve(whole, workspace=tmp_path / "copy")


def damage(settings, file, change):
    (path,) = settings.workspace.glob(file)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    path.write_bytes(change(path.read_bytes()))
    return path


@pytest.mark.parametrize("change", DAMAGES)
@pytest.mark.parametrize("file", FILES)
def test_damage_is_said_and_a_copy_put_back_restores_all(settings, whole, file, change):
    path = damage(settings, file, DAMAGES[change])
    read = FILES[file][0]
    with pytest.raises(WorkspaceDamaged) as found:
        read(settings)
    assert "python -m dashboard" in found.value.remedy
    assert "secret" not in found.value.message
    shutil.copy(whole.workspace / path.relative_to(settings.workspace), path)
    read(settings)


@pytest.mark.parametrize(
    ("file", "language", "title", "kept"),
    [
        ("lake.sqlite", "en", "The accepted record is damaged", "are not affected"),
        ("ledger.sqlite", "ko", "작업 폴더의 기록부가 손상되었습니다", "이상이 없습니다"),
        ("marts/*.duckdb", "ko", "산출된 수치 파일이 손상되었습니다", "잃은 것은 없습니다"),
        ("lake/main/regions/*.parquet", "en", "The accepted record is damaged", "handed in"),
    ],
)
def test_command_line_and_pages_say_the_same(
    settings, process_settings, monkeypatch, capsys, file, language, title, kept
):
    if damage(settings, file, DAMAGES["garbled"]).suffix == ".parquet":
        shutil.rmtree(settings.marts)  # so that building reads it
    process_settings(settings)
    monkeypatch.setenv("LANG", "ko_KR.UTF-8" if language == "ko" else "C.UTF-8")
    read, command = FILES[file]
    assert main(command) == 1
    said = capsys.readouterr().err
    assert said.startswith(title)
    assert kept in said
    assert len(said.splitlines()) == 3  # title, particulars, remedy: no traceback

    shown = []
    monkeypatch.setattr(app.st, "query_params", {"lang": language})
    monkeypatch.setattr(app.st, "error", shown.append)
    use_language(language)
    with pytest.raises(WorkspaceDamaged) as found:
        read(settings)
    assert app.show_failure(found.value)
    assert title in shown[0]


def test_a_broken_pointer_is_said_and_written_anew(settings):
    pointer = settings.marts / "current.json"
    before = pointer.read_text("utf-8")
    pointer.write_text(before[:20], "utf-8")
    with pytest.raises(WorkspaceDamaged):
        Record(settings).current()
    Builder(settings).build_current()
    assert pointer.read_text("utf-8") == before


@pytest.mark.parametrize(
    "change",
    [*DAMAGES.values(), lambda content: content[:12288] + random.Random(7).randbytes(len(content))],
    ids=[*DAMAGES, "garbled below its three heads of 4096 bytes"],
)
def test_the_build_command_makes_a_damaged_build_anew(settings, process_settings, change):
    damage(settings, "marts/*.duckdb", change)
    process_settings(settings)
    assert main(["build"]) == 0
    (row,) = Record(settings).ask("figure", PLACE).rows
    assert row["value"] == 31183


@pytest.mark.parametrize("file", ["current.json", "*.duckdb"])
def test_a_folder_where_a_file_of_the_build_was_is_said(settings, process_settings, capsys, file):
    (path,) = settings.marts.glob(file)
    path.unlink()
    path.mkdir()
    process_settings(settings)
    for command in (["build"], FILES["marts/*.duckdb"][1]):
        assert main(command) == 1
        said = capsys.readouterr().err.splitlines()
        assert (said[0], len(said)) == ("The computed figures are damaged", 3)
        assert f"Delete marts/{path.name}" in said[2]


@pytest.fixture
def read_only(whole):
    """The workspace where nobody but its owner may write, asked by somebody else."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        there = Path(folder) / "workspace"
        shutil.copytree(whole.workspace, there)
        package = shutil.copytree(whole.public_record, Path(folder) / "package")
        for path in (*there.rglob("*"), *package.rglob("*"), there, package):
            path.chmod(0o555 if path.is_dir() else 0o444)
        changed = {"workspace": there, "public_record": package}
        yield evolve(whole, **changed)
        for path in (there, *there.rglob("*/")):
            path.chmod(0o755)


@pytest.mark.parametrize("command", [["build"], ["edition", "list"], ["batches"]])
def test_a_workspace_that_may_not_be_written_is_said(read_only, process_settings, capsys, command):
    process_settings(read_only)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        status = main(command)
    finally:
        if is_root:
            os.seteuid(0)
    said = capsys.readouterr().err
    assert (status, said.splitlines()[0]) == (1, "The workspace cannot be written")
    assert "Nothing was changed" in said
    assert "CLUSTER_REVIEW_WORKSPACE" in said
