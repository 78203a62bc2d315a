"""From a figure to its sources: footnote numbers as links into the list below."""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.content.document import Report
from dashboard.render.footnotes import number_runs

_SEVERAL = 3
"""From so many neighbouring numbers on, a range stands for them."""


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
    found = []
    for first, last in number_runs(report, source_ids):
        if last - first + 1 >= _SEVERAL:
            found.append(Reference(f"{first}–{last}", first))
        else:
            found += [Reference(str(number), number) for number in range(first, last + 1)]
    return found
