"""Small counts of a city's own patients are withheld, here and nowhere else.

Cell suppression after Hundepool et al., Statistical Disclosure Control (2012), chapter 4: counts
under a threshold are withheld (primary), and where the parts of a total would leave only one of
them out, the smallest other part with it (secondary). This holds within one answer only: answers
are not protected against each other, nor against somebody who reasons with the rule itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.errors import QuestionFault

MARK = "is_withheld"
"""Column of a protected question that tells a withheld count from one that there is not."""
_RULE = re.compile(
    r"^(?P<count>[a-z_]+)"
    r"(?: with (?P<measures>[a-z_]+(?:, [a-z_]+)*))?"
    r"(?: per (?P<total>[a-z_]+(?:, [a-z_]+)*))?$"
)


@dataclass(frozen=True)
class Protection:
    """What a question says about its counts: `visit_count with spending_krw per region, year`."""

    count: str
    """Column that counts patients or visits."""
    measures: tuple[str, ...]
    """Columns that are withheld together with it."""
    total: tuple[str, ...]
    """Columns whose rows add up to a total that can be known; none: all rows of the answer."""


def read_protection(text: str) -> Protection:
    """Read the rule of a header.

    Raises:
        QuestionFault: the rule cannot be read.
    """
    found = _RULE.fullmatch(text.strip())
    if found is None:
        raise QuestionFault(
            "A SQL file breaks the rules of its layer",
            f"cannot read 'protects: {text}'",
            "queries/README.md shows the form of a header.",
        )
    return Protection(found["count"], _names(found["measures"]), _names(found["total"]))


def withhold(
    rows: Sequence[dict[str, Any]], protection: Protection, threshold: int
) -> tuple[list[dict[str, Any]], int]:
    """The rows without the counts that could point to a person.

    Args:
        rows: with the columns of the protection and `is_withheld`.
        protection: which columns are counted, withheld, and added up.
        threshold: the smallest count that is shown; 0 stays 0.

    Returns:
        The rows in their order, and how many of them have a count that is withheld.
    """
    groups: dict[tuple[object, ...], list[int]] = {}
    for place, row in enumerate(rows):
        groups.setdefault(tuple(row[name] for name in protection.total), []).append(place)
    hidden: set[int] = set()
    for places in groups.values():
        counted = [place for place in places if rows[place][protection.count]]
        small = [place for place in counted if rows[place][protection.count] < threshold]
        hidden.update(small)
        others = [place for place in counted if place not in hidden]
        if len(small) == 1 and others:
            hidden.add(min(others, key=lambda place: (rows[place][protection.count], place)))
    blank = dict.fromkeys((protection.count, *protection.measures))
    shown = [
        row | blank | {MARK: True} if place in hidden else row | {MARK: False}
        for place, row in enumerate(rows)
    ]
    return shown, len(hidden)


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(text.split(", ")) if text else ()
