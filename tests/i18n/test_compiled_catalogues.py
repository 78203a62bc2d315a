"""A catalogue is compiled once and kept, and never outlives its source."""

import os
import shutil
import sys
from gettext import GNUTranslations
from io import BytesIO

import pytest

from dashboard.i18n.language import _compiled

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
ENTRY = HEADER + 'msgid "Seoul"\nmsgstr "{}"\n'


@pytest.fixture
def source(tmp_path, monkeypatch):
    """A catalogue beside which what is compiled may be kept."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = tmp_path / "codes.po"
    path.write_text(ENTRY.format("서울"), "utf-8")
    return path


def translated(source):
    return GNUTranslations(BytesIO(_compiled(source, "ko"))).gettext("Seoul")


def kept(source):
    return source.parent / "__pycache__" / "codes.mo"


def test_it_is_read_again_without_being_compiled_until_its_source_changes(source, monkeypatch):
    assert translated(source) == "서울"
    with monkeypatch.context() as patched:
        patched.setattr("babel.messages.pofile.read_po", pytest.fail)
        assert translated(source) == "서울"
    times = source.stat()
    source.write_text(ENTRY.format("부산"), "utf-8")
    os.utime(source, ns=(times.st_atime_ns, times.st_mtime_ns))  # as an archive may unpack it
    assert translated(source) == "부산"
    assert [path.name for path in kept(source).parent.iterdir()] == ["codes.mo"]


@pytest.mark.parametrize("keep", [0, 20, 32, 64, 80, -1])
def test_what_was_kept_and_is_broken_is_compiled_anew(source, keep):
    assert translated(source) == "서울"
    whole = kept(source).read_bytes()
    kept(source).write_bytes(whole[:keep])
    assert translated(source) == "서울"
    assert kept(source).read_bytes() == whole


def test_nothing_is_kept_where_python_keeps_nothing_or_nothing_can_be_written(source, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(sys, "dont_write_bytecode", True)
        assert translated(source) == "서울"
        assert not kept(source).exists()
    kept(source).mkdir(parents=True)
    assert translated(source) == "서울"
    assert [path.name for path in kept(source).parent.iterdir()] == ["codes.mo"]
    shutil.rmtree(kept(source).parent)
    kept(source).parent.write_text("a file in the place of the folder", "utf-8")
    assert translated(source) == "서울"
