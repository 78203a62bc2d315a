"""Nobody but the account of the dashboard reads the workspace."""

import os

import pytest

from dashboard.store.private_files import keep_private


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
