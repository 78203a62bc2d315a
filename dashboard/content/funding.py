"""Grants and announced results of a region."""

from dashboard.content.cells import figure_cell, no_data, text_cell
from dashboard.content.document import Cell, Column, Table
from dashboard.content.query_context import QueryContext, Row
from dashboard.i18n import figure_text, label, span_text
from dashboard.i18n import gettext as _


def grants_table(
    context: QueryContext,
    title: str,
    region: str,
    until: int | None = None,
    since: int | None = None,
) -> Table:
    """Every announced result of a region in a span of years, the newest first.

    Args:
        context: the build.
        title: what stands above the table.
        region: code of the region; joint awards are included.
        until: the last year; None for all.
        since: the first year; None for all.
    """
    rows = [
        row
        for row in context.rows("grants", region=region)
        if (until is None or row["year"] <= until) and (since is None or row["year"] >= since)
    ]
    rows.reverse()
    return Table(
        title,
        (
            Column("year", label("column", "year")),
            Column("programme_id", label("column", "programme_id")),
            Column("outcome", label("column", "outcome")),
            Column("rank", _("Announced rank"), True),
            Column("grant_krw", label("column", "grant_krw"), True),
            Column("cumulative_krw", label("column", "cumulative_krw"), True),
        ),
        tuple(_award(row) for row in rows),
        "grants",
        (("region", region),),
    )


def _award(row: Row) -> tuple[Cell, ...]:
    programme = label("programme", row["programme_id"])
    if row["is_joint"]:
        regions = label("region", row["region"])
        programme += f" ({_('joint: {regions}').format(regions=regions)})"
    sources = tuple(row["source_ids"])
    years = span_text(str(row["year"]), str(row["year_end"] or row["year"]))
    rank = figure_cell(row, "rank", unit="rank") if row["rank"] else text_cell("")
    return (
        Cell(years, row["year"], None, ()),
        text_cell(programme),
        text_cell(label("outcome", row["outcome"]), sources),
        # Rank and outcome stand in the announcement itself; only amounts were weighed.
        Cell(rank.text, rank.value, None, rank.source_ids),
        grant_cell(row),
        _sum(row),
    )


def grant_cell(row: Row) -> Cell:
    """The amount of an award; one that was not published is no data."""
    if row["grant_krw"] is None:
        return Cell(_("amount not published"), None, "no data", tuple(row["source_ids"]))
    text = figure_text(row, "grant_krw", "krw", digits=4)
    if not row["is_settled"]:
        text += f" ({label('agreement', 'dissent')})"
    return Cell(text, row["grant_krw"], row["evidence"], tuple(row["source_ids"]))


def _sum(row: Row) -> Cell:
    """What the settled amounts of the programme add up to by then."""
    if row["cumulative_krw"] is None:
        return no_data()
    text = figure_text(row, "cumulative_krw", "krw", of="cumulative_", digits=4)
    bound = row["is_cumulative_lower_bound"]
    return Cell(text, row["cumulative_krw"], "counted", (), bound)
