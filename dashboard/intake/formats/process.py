"""Reading in a process of its own, so that no file can end the one that serves the pages."""

import contextlib
import io
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import IO, BinaryIO

from dashboard.intake.content import Content
from dashboard.intake.formats.wire import Assembler
from dashboard.intake.sheets import TEXT_LIMIT, Book, CannotRead
from dashboard.settings import PROJECT_ROOT

COMMAND = (sys.executable, "-m", "dashboard.intake.formats.child")
_AT_ONCE = threading.BoundedSemaphore(2)
"""Files read at the same time: each may take the whole memory that is granted."""
_PATIENCE = 4
"""How much longer it may take by the clock, on a machine with other work to do."""
_LAST_WORDS_S = 1
_OUT_OF_TIME = -24
"""Ended by SIGXCPU: the time of the processor is used up."""
_LONGEST_LINE = 16 << 20
"""Bytes of one row as written by the reading process."""
_LONGEST_ANSWER = 8 * TEXT_LIMIT
"""Bytes of all rows."""


@dataclass(frozen=True)
class Limits:
    """What a file may take."""

    upload_mb: int = 2048
    """MiB of the file itself."""
    memory_mb: int = 512
    """MiB that reading it may take."""
    seconds: int = 120
    """Time of the processor that reading it may take."""


def read_book(kind: str, content: Content, limits: Limits) -> Book:
    """Read a workbook, a document or a web page.

    Args:
        kind: one of `signatures.IN_A_PROCESS`.
        content: the file.
        limits: of memory and time.

    Raises:
        CannotRead: damaged, protected, or larger inside than a table can be; also when the
            reading process was ended from outside or by a fault of its own.
    """
    assembler = Assembler()
    with _AT_ONCE:
        process = _started(kind, content, limits)
        assert process.stdout
        feeder = threading.Thread(target=_feed, args=(content, process.stdin), daemon=True)
        late = threading.Event()
        clock = threading.Timer(limits.seconds * _PATIENCE, _stop, (process, late))
        is_at_end = False
        try:
            clock.start()
            feeder.start()
            is_at_end = _listen(process.stdout, assembler)
        finally:
            clock.cancel()
            status = _ended(process, is_at_end)
            feeder.join()
            process.stdout.close()
    if not assembler.is_complete:
        if late.is_set() or status == _OUT_OF_TIME:
            raise CannotRead("reader-time", str(limits.seconds))
        raise CannotRead("reader-ended", f"{limits.memory_mb} MB")
    return assembler.book()


def _started(kind: str, content: Content, limits: Limits) -> "subprocess.Popen[bytes]":
    """The reading process; a file on the disk is its standard input, bytes are sent to it."""
    with content.open() as source:
        memory_mb = limits.memory_mb
        stdin: int | BinaryIO = source
        if isinstance(source, io.BytesIO):  # held there too, and once more while it arrives
            stdin, memory_mb = subprocess.PIPE, memory_mb + 2 * (content.size >> 20)
        try:
            return subprocess.Popen(  # noqa: S603 - our own command
                [*COMMAND, kind, str(memory_mb), str(limits.seconds)],
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=PROJECT_ROOT,
            )
        except OSError:
            raise CannotRead("reader-ended", f"{limits.memory_mb} MB") from None


def _feed(content: Content, target: IO[bytes] | None) -> None:
    """Send the file; a reader that has gone needs no more of it."""
    if target is None:
        return
    with contextlib.suppress(OSError), target, content.open() as source:
        shutil.copyfileobj(source, target, 1 << 20)


def _stop(process: "subprocess.Popen[bytes]", late: threading.Event) -> None:
    late.set()
    process.kill()


def _ended(process: "subprocess.Popen[bytes]", is_at_end: bool) -> int:
    """How a process ended, which is made to end unless it is about to."""
    if is_at_end:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.wait(_LAST_WORDS_S)
    process.kill()
    return process.wait()


def _listen(answer: IO[bytes], assembler: Assembler) -> bool:
    """Take in what the reading process writes, until it ends (true) or says nonsense."""
    left = _LONGEST_ANSWER
    while line := answer.readline(_LONGEST_LINE):
        left -= len(line)
        if not line.endswith(b"\n") or left < 0:
            return False
        try:
            assembler.take(line)
        except (ValueError, TypeError, LookupError):
            return False
    return True
