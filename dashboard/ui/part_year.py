"""Counts of a part of the year beside the full year, to be read and not compared."""

from dashboard.catalogue import Catalogue
from dashboard.i18n import gettext as _
from dashboard.i18n import language
from dashboard.render.screen.html import draw
from dashboard.store.answer import Answer


def part_year_box(answer: Answer, catalogue: Catalogue, year: int) -> None:
    """Draw an answer to `part_year`; nothing where the record has no such count."""
    if not answer.rows:
        return
    draw(
        "part_year.html",
        title=_("Counts of a part of {year}").format(year=year),
        warning=_(
            "A part of the year is not compared with a full year: the two stand side by side only."
        ),
        rows=answer.rows,
        names={
            row["metric"]: catalogue[row["metric"]].name.in_language(language())
            for row in answer.rows
        },
    )
