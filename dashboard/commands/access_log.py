"""The command that prints the log of who did what, and follows its chains."""

import sys
from typing import Annotated, Literal

from cyclopts import Parameter

from dashboard.access import DESK
from dashboard.content.access_lines import (
    actor_text,
    facts_text,
    holds_text,
    log_csv,
    open_access_log,
    stream_text,
)
from dashboard.i18n import label, moment_text
from dashboard.identity.access_log import exported
from dashboard.settings import settings


def log(
    *,
    format: Literal["text", "json", "csv"] = "text",
    verify: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Print who signed in, saw exact counts, took files along, handed in and decided.

    The newest line comes first. Of rounds it has what a desk may know: nothing of scoring before
    the chair closed the round.

    Args:
        format: text, json (JSON lines) or csv (UTF-8).
        verify: follow the chains instead, and print the digest of each one's last entry.
    """
    access_log = open_access_log(settings())
    if verify:
        for stream, head in access_log.verify(DESK).items():
            print(f"{head}  {stream}")
        print(holds_text())
        return 0
    lines = access_log.lines(DESK)
    if format == "json":
        sys.stdout.write(exported(lines).decode())
    elif format == "csv":
        sys.stdout.write(log_csv(lines, "utf-8").decode("utf-8-sig"))
    else:
        for line in lines:
            first = (moment_text(line.written_at), actor_text(line), label("log_kind", line.kind))
            print(" · ".join(filter(None, (*first, facts_text(line), stream_text(line.stream)))))
    return 0
