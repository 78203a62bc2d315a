"""What is folded on screen, and made when it is opened: its name in the address, and the way."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.content.document import Section
from dashboard.content.links import Link
from dashboard.render.screen.address import address

OPEN = "open"
"""Parameter of the address that names what was opened of what is folded."""
SOURCES = "sources"
"""The name of the list of sources below a report."""


@dataclass(frozen=True)
class Fold:
    """Something folded at the address at which a view stands."""

    name: str
    is_open: bool
    link: Link
    """The way to what it is not: open or closed."""


def fold(name: str) -> Fold:
    """That of a name; all others stay as they are."""
    opened = [one for one in address().get(OPEN, "").split(",") if one]
    others = [one for one in opened if one != name]
    is_open = name in opened
    named = ",".join(others if is_open else [*others, name])
    return Fold(name, is_open, Link("", ((OPEN, named),)))


def names_of(sections: Sequence[Section], first: int) -> dict[int, str]:
    """Number of each section, counted from the first's → its name in the address.

    It is named after what it is of, as in every year; after its number where it does not say.
    """
    names: dict[int, str] = {}
    for number, section in enumerate(sections, first):
        answers = (getattr(block, "answer", None) for block in section.blocks)
        asked = (str(answer.question.name) for answer in answers if answer is not None)
        name = section.anchor or next(asked, "")
        names[number] = name if name and name not in names.values() else str(number)
    return names
