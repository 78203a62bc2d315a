"""Grants and announced results of a region."""

from dashboard.content.cells import figure_cell, no_data, text_cell
from dashboard.content.document import Cell, Column, Table
from dashboard.content.query_context import QueryContext, Row
from dashboard.i18n import figure_text, label, quantity_text, record_text, span_text
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


def review_record_table(context: QueryContext, region: str, year: int) -> Table:
    """Rank, grant and judges of the ministry's reviews up to a year, the newest first."""
    asked = {"region": region, "year": year}
    rows = context.rows("review_record", **asked)
    return Table(
        "",
        (
            Column("year", label("column", "year")),
            Column("programme_id", label("column", "programme_id")),
            Column("outcome", label("column", "outcome")),
            Column("rank", label("column", "rank"), True),
            Column("grant_krw", label("column", "grant_krw"), True),
            Column("judges", label("column", "judges"), True),
            Column("note", label("column", "note")),
        ),
        tuple(_reviewed(row) for row in rows),
        "review_record",
        tuple(asked.items()),
        answer=context.answer("review_record", **asked) if rows else None,
    )


def _reviewed(row: Row) -> tuple[Cell, ...]:
    sources = tuple(row["source_ids"])
    return (
        Cell(str(row["year"]), row["year"], None, ()),
        text_cell(_programme(row)),
        text_cell(label("outcome", row["outcome"]) if row["outcome"] else "", sources),
        text_cell(quantity_text(row["rank"], "rank")),
        grant_cell(row),
        text_cell(quantity_text(row["judges"], "persons")),
        text_cell(record_text(row["note"])),
    )


def _programme(row: Row) -> str:
    """Its name, and with whom it was won."""
    programme = label("programme", row["programme_id"])
    if not row["is_joint"]:
        return programme
    return f"{programme} ({_('joint: {regions}').format(regions=label('region', row['region']))})"


def _award(row: Row) -> tuple[Cell, ...]:
    sources = tuple(row["source_ids"])
    years = span_text(str(row["year"]), str(row["year_end"] or row["year"]))
    rank = figure_cell(row, "rank", unit="rank") if row["rank"] else text_cell("")
    return (
        Cell(years, row["year"], None, ()),
        text_cell(_programme(row)),
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
