"""Secrets of a workspace: 32 bytes drawn by lot, each in a file for its owner alone."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp


def read_key(path: Path) -> bytes | None:
    """The key in a file; None where there is no file yet.

    Raises:
        ValueError: the file is there and holds no key.
    """
    try:
        return bytes.fromhex(path.read_text("ascii"))
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
            file.write(secrets.token_bytes(32).hex())
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
    return bytes.fromhex(path.read_text("ascii"))
