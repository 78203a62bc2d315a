"""A dashboard that notes in a file whatever a view costs that nobody has seen before.

Run as the dashboard's own command; the environment's `COUNTED` names the file:
`COUNTED=/tmp/counted python tests/benchmark/counted_server.py serve --port 8600`.
"""

import os
import sys
from functools import wraps
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from dashboard.__main__ import main
from dashboard.render.screen import figures, written
from dashboard.store.ask import Record
from dashboard.store.lake import Lake
from dashboard.ui import composing

COSTLY = (
    (Record, "_asked"),
    (Lake, "attached"),
    (composing, "draft"),
    (written, "_report"),
    (written, "_numbered"),
    (figures, "plotly_figure"),
)
"""Asking the marts, opening the lake, composing a report, writing its HTML, making a chart."""


def noting(of: object, name: str) -> None:
    """Let a function note its name whenever it is called."""
    function = getattr(of, name)

    @wraps(function)
    def noted(*args: object, **kwargs: object) -> object:
        with Path(os.environ["COUNTED"]).open("a", encoding="utf-8") as file:
            file.write(f"{name}\n")
        return function(*args, **kwargs)

    setattr(of, name, noted)


if __name__ == "__main__":
    for place, function_name in COSTLY:
        noting(place, function_name)
    sys.exit(main(sys.argv[1:]))
