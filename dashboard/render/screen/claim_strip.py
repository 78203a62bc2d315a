"""All claims about a figure as dots on one scale: how many say what, and how far apart they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.i18n import gettext as _
from dashboard.render.screen.html import draw
from dashboard.text_metrics import SCREEN_BOLD, text_width

WIDTH = 380
"""Pixels for which the strip is laid out; a wider one stands looser."""
_DOT, _LETTER, _BETWEEN = 14, 12, 6
"""Pixels of a dot with its gap, of the letters, and between two texts."""


@dataclass(frozen=True)
class Value:
    """A value that some sources print."""

    value: float
    text: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Mark:
    """Where a value stands: per cent from the left, and the line of its text below the axis."""

    at: float
    label_at: float
    row: int
    text: str
    count: int
    is_chosen: bool


def claim_strip(values: Sequence[Value]) -> None:
    """Draw the values, at least one and each once."""
    marks = lay_out(values)
    said = ", ".join(
        _("{value}: {count}").format(value=mark.text, count=mark.count) for mark in marks
    )
    draw(
        "claim_strip.html",
        marks=marks,
        tallest=max(mark.count for mark in marks),
        rows=max(mark.row for mark in marks) + 1,
        alt=_("Number of sources by value: {values}").format(values=said),
    )


def lay_out(values: Sequence[Value]) -> list[Mark]:
    """Stacks in the order of their values, none on another, and texts in lines without overlap.

    Stacks that would lie on each other stand beside each other: the strip says an order there.
    """
    ordered = sorted(values, key=lambda one: one.value)
    low, high = ordered[0].value, ordered[-1].value
    inner = WIDTH - 2 * _DOT
    places = [
        _DOT + inner * ((one.value - low) / (high - low) if high > low else 0.5) for one in ordered
    ]
    for number in range(1, len(places)):
        places[number] = max(places[number], places[number - 1] + _DOT)
    limit = float(WIDTH - _DOT)
    for number in reversed(range(len(places))):
        places[number] = limit = min(places[number], limit)
        limit -= _DOT
    marks = []
    ends: list[float] = []
    for one, place in zip(ordered, places, strict=True):
        half = text_width(one.text, _LETTER, SCREEN_BOLD) / 2
        centre = min(max(place, half), WIDTH - half)
        free = (row for row, end in enumerate(ends) if end + _BETWEEN <= centre - half)
        row = next(free, len(ends))
        if row == len(ends):
            ends.append(0.0)
        ends[row] = centre + half
        marks.append(
            Mark(
                round(100 * place / WIDTH, 2),
                round(100 * centre / WIDTH, 2),
                row,
                one.text,
                one.count,
                one.is_chosen,
            )
        )
    return marks
