"""A folder of wheels installs without any network, and only as it was collected."""

import base64
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from scripts.wheelhouse import write_lists

PROJECT_ROOT = Path(__file__).parents[1]
NOWHERE = "http://127.0.0.1:9"
OFFLINE = dict.fromkeys(
    ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "PIP_INDEX_URL"), NOWHERE
)


def wheel(folder, name, needs=""):
    """A wheel with one module."""
    files = {
        f"{name}.py": f"NAME = '{name}'\n",
        f"{name}-1.0.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
        + (f"Requires-Dist: {needs}\n" if needs else ""),
        f"{name}-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\n"
        "Generator: test\nTag: py3-none-any\n",
    }
    record = ""
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode()
        record += f"{path},sha256={digest.rstrip('=')},{len(text)}\n"
    files[f"{name}-1.0.dist-info/RECORD"] = record
    with ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)


@pytest.fixture
def wheelhouse(tmp_path):
    """Two wheels, of which one needs the other."""
    folder = tmp_path / "wheelhouse"
    folder.mkdir()
    wheel(folder, "one_thing", "another-thing==1.0")
    wheel(folder, "another_thing")
    assert write_lists(folder) == 2
    return folder


def install(folder, target):
    """As docs/operations.md has it, into another folder than the environment."""
    source = ["--no-index", "--find-links", folder, "--require-hashes"]
    what = ["--target", target, "-r", folder / "requirements.lock"]
    return subprocess.run(
        [sys.executable, "-m", "pip", "install", *source, *what],
        env=os.environ | OFFLINE,
        capture_output=True,
        text=True,
        check=False,
    )


def is_whole(folder):
    return not subprocess.run(["sha256sum", "--status", "-c", "SHA256SUMS"], cwd=folder).returncode


def test_it_installs_without_a_network_and_not_when_a_wheel_was_changed(wheelhouse, tmp_path):
    done = install(wheelhouse, tmp_path / "installed")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "installed").glob("*.py")} == {
        "one_thing.py",
        "another_thing.py",
    }
    assert (
        subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=wheelhouse).returncode == 0
    )
    wheel(wheelhouse, "another_thing", "one-thing")
    refused = install(wheelhouse, tmp_path / "again")
    assert refused.returncode != 0
    assert "HASHES" in refused.stderr
    assert not is_whole(wheelhouse)


def test_a_folder_with_anything_else_is_refused(tmp_path):
    with pytest.raises(SystemExit, match="wheels only"):
        write_lists(tmp_path)
    wheel(tmp_path, "one_thing")
    (tmp_path / "source-1.0.tar.gz").write_text("x")
    with pytest.raises(SystemExit, match=r"source-1\.0\.tar\.gz"):
        write_lists(tmp_path)


def test_make_collects_wheels_alone_and_installs_from_the_folder_where_it_is():
    shown = subprocess.run(
        ["make", "-n", "wheelhouse"], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert "-m pip --disable-pip-version-check download" in shown
    assert "--only-binary :all:" in shown
    assert "scripts/wheelhouse.py wheelhouse" in shown
    script = (PROJECT_ROOT / "scripts" / "install_packages.sh").read_text("utf-8")
    assert "--no-index --find-links wheelhouse --require-hashes" in script
