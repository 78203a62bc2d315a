"""The bytes of a file that is handed in, wherever they are: in memory, on disk or in a pipe."""

import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeAlias

Source: TypeAlias = bytes | Path | BinaryIO
_PIECE = 1 << 20


class Content:
    """Bytes that can be read more than once, from the beginning. Never a name of a path."""

    def __init__(self, source: Source) -> None:
        self._source = source

    @property
    def size(self) -> int:
        """Bytes."""
        if isinstance(self._source, bytes):
            return len(self._source)
        if isinstance(self._source, Path):
            return self._source.stat().st_size
        return self._source.seek(0, os.SEEK_END)

    def open(self) -> BinaryIO:
        """A reader at the first byte. Only one reader of a pipe's file may be used at a time."""
        if isinstance(self._source, bytes):
            return io.BytesIO(self._source)
        if isinstance(self._source, Path):
            return self._source.open("rb")
        self._source.seek(0)
        return os.fdopen(os.dup(self._source.fileno()), "rb")

    def head(self, size: int) -> bytes:
        """The first bytes, at most so many."""
        with self.open() as reader:
            return reader.read(size)

    def read(self) -> bytes:
        """All bytes; for files that were found small enough."""
        if isinstance(self._source, bytes):
            return self._source
        with self.open() as reader:
            return reader.read()

    def digest(self, progress: Callable[[int], None] | None = None) -> str:
        """SHA-256, in pieces; `progress` is called with the bytes done."""
        done = 0
        digest = hashlib.sha256()
        with self.open() as reader:
            while piece := reader.read(_PIECE):
                digest.update(piece)
                done += len(piece)
                if progress:
                    progress(done)
        return digest.hexdigest()

    def copy_to(self, target: Path) -> None:
        """Write the bytes to a new file and have them on the disk before it returns."""
        with self.open() as reader, target.open("xb") as writer:
            while piece := reader.read(_PIECE):
                writer.write(piece)
            writer.flush()
            os.fsync(writer.fileno())
