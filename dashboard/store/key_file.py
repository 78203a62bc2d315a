"""Secrets of a workspace: 32 bytes drawn by lot, each in a file for its owner alone."""

import os
import secrets
from pathlib import Path


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
    """A new key, or the one that somebody else made meanwhile.

    Raises:
        ValueError: the file is there and holds no key.
        OSError: the disk is full.
    """
    draft = path.with_suffix(f".{os.getpid()}.draft")
    draft.unlink(missing_ok=True)
    opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(opened, "w", encoding="ascii") as file:
            file.write(secrets.token_bytes(32).hex())
            file.flush()
            os.fsync(file.fileno())
        if not path.exists():
            draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)
    return bytes.fromhex(path.read_text("ascii"))
