"""Commands of the record begin and end at once: a program may call them again and again.

They do without pandas, which only pages need: DuckDB and pyarrow load it wherever it is installed,
to know its tables from others, which takes a quarter of a second. And they leave what they held to
the system: to take it apart piece by piece takes a fifth of a small delivery.
"""

import gc
import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import NoReturn

_COMMANDS = frozenset({"approve", "ask", "batches", "build", "intake", "revert"})


class _NotHere:
    """Finds that pandas is not installed."""

    def find_spec(
        self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name == "pandas":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


def begin(arguments: Sequence[str]) -> None:
    """Let this process write, and have no pandas, if its command is one of the record.

    What goes into a file or to another program is UTF-8, also where the system writes otherwise:
    of a letter that its code has not, nothing would be left. Who closed an output reads nothing.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w"))  # noqa: SIM115 - as long as the process
        else:
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
    if _COMMANDS.intersection(arguments[:1]):
        sys.meta_path.insert(0, _NotHere())
    if arguments[:1] == ["ask"]:
        gc.disable()  # it is gone before there is anything to be collected


def end(arguments: Sequence[str], status: int) -> NoReturn:
    """End the process. A command of the record has closed what it wrote when it returns."""
    if _COMMANDS.intersection(arguments[:1]):
        sys.stderr.flush()
        os._exit(status)
    sys.exit(status)
