"""Nobody but the account of the dashboard reads the workspace."""

import os

import pytest

from dashboard.__main__ import main
from dashboard.store.private_files import keep_private
from dashboard.web import build_app


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
@pytest.mark.parametrize(
    "start",
    [
        lambda: main(["revert", "r99"]),
        lambda: main(["ask", "no-such-question"]),
        lambda: main(["panel", "verify"]),
        build_app,
    ],
)
def test_every_command_and_the_pages_narrow_what_was_wider(
    tmp_path, small_settings, process_settings, start
):
    settings = small_settings({"sources": [{"source_id": "mohw", "tier": "official"}]})
    process_settings(settings)
    wide = settings.workspace / "receipts" / "wide"
    wide.parent.mkdir(parents=True, exist_ok=True)
    wide.write_text("x")
    wide.chmod(0o644)
    former = os.umask(0o022)
    try:
        start()
        (settings.workspace / "new").write_text("x")
    finally:
        os.umask(former)
    assert {
        (settings.workspace / name).stat().st_mode & 0o777 for name in ("receipts/wide", "new")
    } == {0o600}


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_what_is_wider_is_mended_and_new_files_are_narrow(tmp_path):
    former = os.umask(0o022)
    try:
        old = tmp_path / "receipts" / "digest"
        old.mkdir(parents=True)
        (old / "original").write_text("x")
        keep_private(tmp_path)
        (tmp_path / "lake").mkdir()
        (tmp_path / "lake" / "new.parquet").write_text("x")
    finally:
        os.umask(former)
    modes = {path: path.stat().st_mode & 0o777 for path in (tmp_path, *tmp_path.rglob("*"))}
    for path, mode in modes.items():
        assert mode == (0o700 if path.is_dir() else 0o600), path


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_files_of_others_in_the_folder_keep_their_modes(tmp_path):
    """Also where a folder is named as workspace that holds other things."""
    others = {"tool.sh": 0o755, "notes": 0o755, "notes/list.csv": 0o664, "uv.lock": 0o644}
    former = os.umask(0o022)
    try:
        (tmp_path / "notes").mkdir()
        (tmp_path / "ledger.sqlite").write_text("x")
        for name, mode in others.items():
            if name != "notes":
                (tmp_path / name).write_text("x")
            (tmp_path / name).chmod(mode)
        tmp_path.chmod(0o755)
        keep_private(tmp_path)
    finally:
        os.umask(former)
    modes = {name: (tmp_path / name).stat().st_mode & 0o777 for name in (*others, "ledger.sqlite")}
    assert modes == others | {"ledger.sqlite": 0o600}
    assert tmp_path.stat().st_mode & 0o777 == 0o755
