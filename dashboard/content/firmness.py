"""How firm a ranking by weighted parts is: the ranks under drawn weights."""

from collections.abc import Sequence
from fractions import Fraction

from dashboard.content.cells import text_cell
from dashboard.content.document import Cell, Column, Table
from dashboard.i18n import gettext as _
from dashboard.i18n import label, number_text, percent_text
from dashboard.review.robustness import RankAcceptability

_LEAST = Fraction(1, 2000)
"""A share below it would be printed as 0.0%, one as near to 1 as 100.0%."""


def acceptability_table(
    regions: Sequence[str],
    order: Sequence[int],
    found: RankAcceptability,
    draws: int,
    note: str,
    name: str,
) -> Table:
    """The share of draws in which each region takes each rank, the darker the greater.

    `regions` are the codes as `found` has them, `order` their places, the first rank first; `note`
    says how the draws were made, `name` what the first column is called.
    """
    first = order[0]
    title = _("{region} takes rank 1 in {share} of {draws} draws of the weights").format(
        region=label("region", regions[first]),
        share=_share_text(found.shares[first][0]),
        draws=number_text(draws),
    )
    columns = (
        Column("region", name),
        Column("interval", _("Possible ranks"), True),
        *(
            Column(f"rank_{place}", _("No. {rank}").format(rank=place), True)
            for place in range(1, len(regions) + 1)
        ),
    )
    rows = tuple(
        (
            text_cell(label("region", regions[place])),
            text_cell(f"{found.best[place]}–{found.worst[place]}"),
            *(_share_cell(share) for share in found.shares[place]),
        )
        for place in order
    )
    return Table(title, columns, rows, note=note)


def _share_cell(share: Fraction) -> Cell:
    shade = None if share == 0 else min(4, int(share * 5))
    return Cell(_share_text(share), float(100 * share), "counted", (), shade=shade)


def _share_text(share: Fraction) -> str:
    """Neither none nor all is printed of what is only nearly so."""
    if 0 < share < _LEAST:
        return "<0.1%"
    return ">99.9%" if 1 - _LEAST < share < 1 else percent_text(float(100 * share))
