"""Scores, counts and times of a judging round as a report prints them."""

from collections.abc import Iterable
from decimal import Decimal

from dashboard.content.cells import no_data
from dashboard.content.document import Cell, Paragraph, Points
from dashboard.content.panel_rule import points, score_text
from dashboard.i18n import gettext as _
from dashboard.i18n import number_text
from dashboard.review.panel import Rule


def sentences(texts: Iterable[str]) -> Points:
    """Texts as a list."""
    return Points(tuple(Paragraph(text) for text in texts))


def score_cell(value: Decimal | None, rule: Rule) -> Cell:
    """A score as the rule of its round has it printed."""
    if value is None:
        return Cell(_("no score"), None, "no data", ())
    return Cell(score_text(value, rule), plain_number(value), "counted", ())


def points_cell(value: Decimal) -> Cell:
    """Points as a judge gave them."""
    return Cell(points(value), plain_number(value), "counted", ())


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


def ranked_cell(rank: int | None, score: Decimal | None, rule: Rule) -> Cell:
    """A rank with the score that gives it."""
    if rank is None or score is None:
        return no_data()
    text = _("No. {rank}").format(rank=rank) + f" ({score_text(score, rule)})"
    return Cell(text, plain_number(score), "counted", ())
