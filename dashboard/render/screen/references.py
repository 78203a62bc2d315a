"""From a figure to its sources: footnote numbers as links into the list below."""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.content.report import Report
from dashboard.render.footnotes import number_runs, run_text


@dataclass(frozen=True)
class Reference:
    """A number, or neighbouring ones as a range, and the source to which it leads."""

    text: str
    number: int


def references(report: Report, source_ids: Iterable[str]) -> list[Reference]:
    """Footnote numbers in ascending order, neighbours joined: 1–4, 7.

    Raises:
        LookupError: the report does not name a source.
    """
    return [
        Reference(run_text(first, last), first) for first, last in number_runs(report, source_ids)
    ]
