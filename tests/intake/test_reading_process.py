"""A file is read in a process of its own: what becomes of that one, this one says in words."""

import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dashboard.intake.content import Content
from dashboard.intake.formats import process
from dashboard.intake.formats.process import Limits, read_book
from dashboard.intake.sheets import CannotRead
from tests.intake.malformed import heavy_workbook

LIMITED = "import sys; sys.path.insert(0, '.')\nfrom dashboard.intake.formats.child import limit\n"
CASES = Path(__file__).with_name("cases")


@pytest.mark.parametrize(
    ("program", "rule"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "reader-ended"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "reader-ended"),
        ("import os; os.abort()", "reader-ended"),
        ("raise SystemError", "reader-ended"),
        ("pass", "reader-ended"),
        ("print('nonsense')", "reader-ended"),
        ("print('[]')", "reader-ended"),
        ("""print('["line", 1, ["a cell of no sheet"]]')""", "reader-ended"),
        ("""print('["sheet", "S", false, false]')""", "reader-ended"),
        ("while True: print('[' * 4096, end='')", "reader-ended"),
        ("import os, time; os.close(1); time.sleep(60)", "reader-ended"),
        ("import time; time.sleep(60)", "reader-time"),
        (LIMITED + "limit(300, 1)\nwhile True: pass", "reader-time"),
        (LIMITED + "limit(300, 9); bytearray(1 << 29); print('[\"end\"]')", "reader-ended"),
        ('while True: print(\'["book", "xlsx", true]\')', "reader-time"),
    ],
)
def test_a_reader_that_fails_is_a_finding(monkeypatch, program, rule):
    monkeypatch.setattr(process, "_PATIENCE", 1)
    monkeypatch.setattr(process, "COMMAND", (sys.executable, "-I", "-S", "-c", program))
    with pytest.raises(CannotRead) as refused:
        read_book("archive", Content(b"PK\x03\x04" + bytes(1 << 20)), Limits(seconds=1))
    assert refused.value.rule == rule


def test_a_reader_that_cannot_be_started_is_a_finding(monkeypatch):
    monkeypatch.setattr(process, "COMMAND", ("/nowhere/python",))
    with pytest.raises(CannotRead, match="reader-ended"):
        read_book("archive", Content(b"PK\x03\x04"), Limits())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
def test_a_file_that_takes_more_memory_than_granted_is_a_finding():
    with pytest.raises(CannotRead) as refused:
        read_book("archive", Content(heavy_workbook()), Limits(memory_mb=150))
    assert refused.value.rule in ("reader-memory", "reader-ended")
    assert refused.value.expected == "150 MB"


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("70-far-cell-A.xlsx", "far-cell"),
        ("70-far-cell-D.xlsx", "far-cell"),
        ("70-far-cell-J.xlsx", "far-cell"),
        ("70-far-cell-XFD.xlsx", "far-cell"),
        ("71-one-string-100k.xlsx", "text-size"),
    ],
)
def test_a_bomb_is_refused_before_it_unfolds(name, rule):
    """With a fifth of the memory that is granted: none of them is ever laid out."""
    with pytest.raises(CannotRead, match=rule):
        read_book("archive", Content(CASES / name), Limits(memory_mb=100, seconds=20))


def test_the_head_of_a_parquet_file_is_read_there_too(tmp_path):
    """Also from a file on the disk and from an open one, of which nothing is copied."""
    written = pa.table({"진료일": ["2031-11-28"] * 300, "수": [1.0] * 300})
    path = tmp_path / "a.parquet"
    pq.write_table(written, path)
    with path.open("rb") as opened:
        for content in (path, path.read_bytes(), opened):
            (sheet,) = read_book("parquet", Content(content), Limits()).sheets
            assert len(sheet.lines) == 201
            assert [line.cells for line in sheet.lines[:2]] == [
                ("진료일", "수"),
                ("2031-11-28", "1"),
            ]
    with pytest.raises(CannotRead, match="damaged"):
        read_book("parquet", Content(path.read_bytes()[:200]), Limits())
