"""Processes that end when the one that started them does, however that ends."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_SIGNAL_OF_PARENTS_DEATH = 1
"""PR_SET_PDEATHSIG of Linux; elsewhere a child outlives a parent that was killed."""
_prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None
"""Found here: between fork and exec nothing may be loaded, where a thread may hold a lock."""


def start_child(
    command: Sequence[str],
    cwd: Path,
    keep: Sequence[int] = (),
    environment: Mapping[str, str] | None = None,
) -> "subprocess.Popen[bytes]":
    """Start a process that no key of this terminal reaches: who started it tells it what to do.

    Args:
        command: program and arguments.
        cwd: folder in which it runs.
        keep: file descriptors that it takes over.
        environment: added to that of this process.
    """
    parent = os.getpid()

    def end_with_parent() -> None:
        if _prctl is not None:
            _prctl(_SIGNAL_OF_PARENTS_DEATH, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

    return subprocess.Popen(  # noqa: S603 - our own commands
        command,
        cwd=cwd,
        pass_fds=keep,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=end_with_parent,
    )
