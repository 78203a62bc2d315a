"""Secrets of a workspace: 32 bytes drawn by lot, each in a file for its owner alone."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

_BYTES = 32


def read_key(path: Path) -> bytes | None:
    """The key in a file; None where there is no file yet.

    Raises:
        ValueError: the file is there and holds no key.
    """
    try:
        return _key(path)
    except FileNotFoundError:
        return None


def make_key(path: Path) -> bytes:
    """A new key, or the one that somebody else made meanwhile: a link takes the place of no file.

    Raises:
        ValueError: the file is there and holds no key.
        OSError: the disk is full.
    """
    opened, draft = mkstemp(prefix=f"{path.name}.", dir=path.parent)
    try:
        with os.fdopen(opened, "w", encoding="ascii") as file:
            file.write(secrets.token_bytes(_BYTES).hex())
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
    return _key(path)


def _key(path: Path) -> bytes:
    key = bytes.fromhex(path.read_text("ascii"))
    if len(key) != _BYTES:
        raise ValueError(f"{path.name} has not {_BYTES} bytes")
    return key
