"""The command that lists what differs between two versions of a record."""

import json
from collections import Counter
from dataclasses import asdict, astuple
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from rich.table import Table

from dashboard.commands.saying import plain_console
from dashboard.intake.record_versions import Change, changes
from dashboard.store.csv_text import csv_text

_COLUMNS = tuple(Change.__dataclass_fields__)


def difference(
    old: Path,
    new: Path,
    /,
    *,
    table: Annotated[tuple[str, ...], Parameter(negative=())] = (),
    format: Literal["table", "json", "csv"] = "table",
) -> int:
    """List the figures and rows that are new, changed or gone between two versions of a record.

    Args:
        old: folder of a data package, or a ZIP archive of it.
        new: likewise.
        table: name of a table to look at alone; may be given several times.
        format: table for people, with a count of each table, or json or csv of the differences.
    """
    found = [change for change in changes(old, new) if not table or change.table in table]
    if format == "json":
        print(json.dumps([asdict(change) for change in found], ensure_ascii=False, indent=2))
    elif format == "csv":
        print(csv_text([_COLUMNS, *map(astuple, found)]), end="")
    else:
        _print_tables(found)
    return 0


def _print_tables(found: list[Change]) -> None:
    console = plain_console()
    counts = Counter((change.table, change.change) for change in found)
    summary = Table("table", "new", "changed", "gone", title="Differences: figures and cells")
    for name in dict.fromkeys(change.table for change in found):
        summary.add_row(name, *(str(counts[name, state]) for state in ("new", "changed", "gone")))
    listed = Table(*_COLUMNS)
    for change in found:
        listed.add_row(*astuple(change))
    console.print(listed)
    console.print(summary)
