"""`doctor`: looks at everything that has to be in order, and says what to mend."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from rich.table import Table

from dashboard.checkup.examination import examine
from dashboard.checkup.found import Examined, Found, State
from dashboard.commands.saying import plain_console
from dashboard.i18n import gettext as _
from dashboard.settings import settings


def doctor(
    *,
    port: int = 8501,
    backups: Path | None = None,
    backup_hours: float = 26,
    format: Literal["text", "json"] = "text",
) -> int:
    """Look at installation, workspace and server; change nothing, and ask no other machine.

    Exit status 0 all is well, 1 something has to be mended, 2 wrong usage.

    Args:
        port: on which the server listens or is to listen.
        backups: folder of the backups, to look at the age of the newest.
        backup_hours: how old it may be.
        format: text for people or json for programs.
    """
    used = settings()
    found = list(examine(Examined(used, port, backups and backups.absolute(), backup_hours)))
    if format == "json":
        checks = [{"check": name, **asdict(one)} for name, one in found]
        print(json.dumps({"workspace": str(used.workspace), "checks": checks}, ensure_ascii=False,
                         indent=2))  # fmt: skip
    else:
        _print(found)
    return 1 if any(one.state is State.MEND for _name, one in found) else 0


def _print(found: list[tuple[str, Found]]) -> None:
    words = {
        State.WELL: _("well"),
        State.MEND: _("to mend"),
        State.UNASKED: _("not looked at"),
    }
    table = Table(box=None, pad_edge=False, show_header=False)
    for name, one in found:
        style = "bold red" if one.state is State.MEND else None
        text = f"{one.what}\n→ {one.remedy}" if one.remedy else one.what
        table.add_row(words[one.state], name, text, style=style)
    plain_console().print(table)
