"""Commands of the record do without pandas, which only pages need.

DuckDB and pyarrow load it wherever it is installed, to know its tables from others: it takes a
quarter of a second, as long as most questions and a tenth of a small delivery.
"""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

_COMMANDS = frozenset({"approve", "ask", "batches", "build", "intake", "revert"})


class _NotHere:
    """Finds that pandas is not installed."""

    def find_spec(
        self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name == "pandas":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


def leave_pandas_out(arguments: Sequence[str]) -> None:
    """Let this process have no pandas, if its command is one of the record."""
    if _COMMANDS.intersection(arguments[:1]):
        sys.meta_path.insert(0, _NotHere())
