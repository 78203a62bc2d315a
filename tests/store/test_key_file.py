"""Secrets of a workspace, made once however many ask for one."""

import pytest

from dashboard.errors import WorkspaceDamaged
from dashboard.settings import Settings
from dashboard.store import key_file
from dashboard.store.key_file import make_key, read_key
from dashboard.store.workspace_keys import workspace_key


def test_a_key_is_made_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "one.key"
    assert read_key(path) is None
    made = make_key(path)
    assert (len(made), read_key(path)) == (32, made)
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_whoever_comes_second_takes_the_key_of_the_first(tmp_path, monkeypatch):
    """Both saw no key; the other's is there by the time that this one is written."""
    path = tmp_path / "one.key"
    first = []
    written = key_file.os.fsync
    monkeypatch.setattr(
        key_file.os,
        "fsync",
        lambda file: (written(file), first or first.append(None) or first.append(make_key(path))),
    )
    assert make_key(path) == first[1] == read_key(path)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("text", ["", "not a key", "ab", "ab" * 31, "ab" * 33])
def test_a_file_that_holds_no_key_is_none(tmp_path, text):
    """An empty one would be a secret that everybody knows."""
    settings = Settings(workspace=tmp_path)
    settings.cookie_key.write_text(text)
    for ask in (read_key, make_key):
        with pytest.raises(ValueError, match=r"hexadecimal|32 bytes"):
            ask(settings.cookie_key)
    with pytest.raises(WorkspaceDamaged, match=r"cookie\.key"):
        workspace_key(settings, settings.cookie_key)
    assert settings.cookie_key.read_text() == text
