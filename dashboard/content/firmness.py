"""How firm a ranking by weighted parts is: the ranks under drawn weights."""

from collections.abc import Sequence
from fractions import Fraction
from functools import partial

from dashboard.content.document import Cell, Table
from dashboard.content.tables import Columns, table_of
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
    ranks = {f"rank_{place + 1}": place for place in range(len(regions))}
    columns: Columns[int] = {
        "region": (name, lambda place: label("region", regions[place])),
        "interval": (
            _("Possible ranks"),
            lambda place: f"{found.best[place]}–{found.worst[place]}",
        ),
        **{
            column: (_("No. {rank}").format(rank=rank + 1), partial(_share_cell, found, rank))
            for column, rank in ranks.items()
        },
    }
    return table_of(title, order, columns, figures=("interval", *ranks), note=note)


def _share_cell(found: RankAcceptability, rank: int, place: int) -> Cell:
    share = found.shares[place][rank]
    shade = None if share == 0 else min(4, int(share * 5))
    return Cell(_share_text(share), float(100 * share), "counted", (), shade=shade)


def _share_text(share: Fraction) -> str:
    """Neither none nor all is printed of what is only nearly so."""
    if 0 < share < _LEAST:
        return "<0.1%"
    return ">99.9%" if 1 - _LEAST < share < 1 else percent_text(float(100 * share))
