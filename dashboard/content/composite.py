"""A ranking by weighted parts: its scores, and how firm it is under drawn weights."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial

from dashboard.content.document import Cell, ChartBlock, Table
from dashboard.content.figure_charts import bar_chart
from dashboard.content.query_context import Rows
from dashboard.content.tables import Columns, table_of
from dashboard.i18n import gettext as _
from dashboard.i18n import label, number_text, percent_text
from dashboard.review.robustness import RankAcceptability, WeightChange
from dashboard.store.answer import Answer

_LEAST = Fraction(1, 2000)
"""A share below it would be printed as 0.0%, one as near to 1 as 100.0%."""


def composite_chart(subject: str, year: int, answer: Answer, regions: Sequence[str]) -> ChartBlock:
    """Bars in order of rank, the region in question picked out.

    The answer has region (str), rank (int) and score (float, 0 to 100), best first, at least one;
    `regions` are the codes of all, also of those without a score, which the note names.
    """
    rows = answer.rows
    cells = [Cell(number_text(row["score"], 1), row["score"]) for row in rows]
    names = [f"{row['rank']}  {label('region', row['region'])}" for row in rows]
    picked = {place for place, row in enumerate(rows) if row["region"] == subject}
    title = _finding(subject, year, rows, len(regions))
    chart = bar_chart(title, "", names, cells, picked)
    return replace(chart, note=_left_out_note(rows, regions), answer=answer)


def _left_out_note(rows: Rows, regions: Sequence[str]) -> str:
    """That places count the regions composed only, and which others there are."""
    composed = {row["region"] for row in rows}
    left_out = [label("region", region) for region in regions if region not in composed]
    if not left_out:
        return ""
    return _(
        "Places are among the {count} regions composed only. Left out, since figures are missing: "
        "{regions}."
    ).format(count=len(rows), regions=", ".join(left_out))


def _finding(subject: str, year: int, rows: Rows, region_count: int) -> str:
    """Who is first, and the place of the region in question among those that have a score."""
    first = [row for row in rows if row["rank"] == 1]
    sentence = (
        _("Sandbox {year}: {regions} first of all {all} regions with {score} of 100 points")
        if len(rows) == region_count
        else _(
            "Sandbox {year}, only among the {count} regions composed: {regions} first with {score} "
            "of 100 points (no rank among all {all})"
        )
    )
    said = sentence.format(
        year=year,
        regions=", ".join(label("region", row["region"]) for row in first),
        score=number_text(first[0]["score"], 1),
        count=len(rows),
        all=region_count,
    )
    mine = next((row for row in rows if row["region"] == subject), None)
    region = label("region", subject)
    if mine is None:
        return said + _("; {region} is left out, since figures are missing").format(region=region)
    if mine["rank"] == 1:
        return said
    return said + _("; {region} rank {rank}").format(region=region, rank=mine["rank"])


def smallest_change_sentence(
    change: WeightChange | None,
    is_first_shared: bool,
    names: Sequence[str],
    regions: Sequence[str],
    first: str,
) -> str:
    """The smallest change of one weight that changes who is first; says so if none (None) does it.

    `names` are of the weights in the order of the indicators, `regions` the codes in the order of
    the scores, `first` the code of the region that is first.
    """
    if is_first_shared:
        return _("The first place is shared, so any change of a weight may decide it.")
    if change is None:
        return _("No change of a single weight alone would change the first place.")
    return _(
        "Smallest change of one weight that changes the first place: “{name}” from {before} to "
        "{after} (the others keep their proportions); there {challenger} draws level with {first}."
    ).format(
        name=names[change.indicator],
        before=percent_text(float(100 * change.before)),
        after=percent_text(float(100 * change.after)),
        challenger=label("region", regions[change.challenger]),
        first=label("region", first),
    )


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
