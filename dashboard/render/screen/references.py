"""From a figure to its sources: footnote numbers as links into the list below."""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.content.document import Report

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
    numbers = sorted({report.number_of(source_id) for source_id in source_ids})
    groups: list[list[int]] = []
    for number in numbers:
        if groups and groups[-1][-1] == number - 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    found = []
    for group in groups:
        if len(group) >= _SEVERAL:
            found.append(Reference(f"{group[0]}–{group[-1]}", group[0]))
        else:
            found += [Reference(str(number), number) for number in group]
    return found
