"""Scores, counts and times of a judging round as a report prints them."""

from collections.abc import Iterable
from decimal import Decimal

from dashboard.i18n import gettext as _
from dashboard.i18n import number_text
from dashboard.reports.cells import no_data
from dashboard.reports.document import Cell, Paragraph, Points
from dashboard.reports.panel_rule import exact_points, points

_MOST_DIGITS = 12
"""Letters of a score up to which all its digits are printed."""


def sentences(texts: Iterable[str]) -> Points:
    """Texts as a list."""
    return Points(tuple(Paragraph(text) for text in texts))


def score_cell(value: Decimal | None) -> Cell:
    """Points as they were computed, to four digits where they do not end."""
    if value is None:
        return Cell(_("no score"), None, "no data", ())
    text = points(value)
    shown = text if len(text) < _MOST_DIGITS else exact_points(value)
    return Cell(shown, plain_number(value), "counted", ())


def plain_number(value: Decimal) -> int | float:
    """The number as tables and sheets take it; its text keeps the decimal."""
    return int(value) if value == value.to_integral_value() else float(value)


def count_cell(value: int) -> Cell:
    """A number of things counted in the round itself."""
    return Cell(number_text(value), value, "counted", ())


def short_cell(value: Decimal | None) -> Cell:
    """A computed number of points to two digits, for reading."""
    if value is None:
        return no_data()
    return Cell(number_text(float(value), 2), plain_number(value), "counted", ())


def ranked_cell(rank: int | None, score: Decimal | None) -> Cell:
    """A rank with the score that gives it."""
    if rank is None or score is None:
        return no_data()
    text = _("No. {rank}").format(rank=rank) + f" ({exact_points(score)})"
    return Cell(text, plain_number(score), "counted", ())
