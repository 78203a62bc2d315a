"""Grants and announced results of a region."""

from dataclasses import replace

from dashboard.content.cells import figure_cell, no_data, text_cell
from dashboard.content.document import Cell, Section, Table, table_or
from dashboard.content.query_context import QueryContext, Row
from dashboard.content.tables import table_of
from dashboard.i18n import figure_text, label, quantity_text, record_text, span_text
from dashboard.i18n import gettext as _

LAST_YEAR = 9999
"""Up to which reviews are asked for: all."""


def grants_table(
    context: QueryContext,
    title: str,
    region: str,
    until: int | None = None,
    since: int | None = None,
) -> Table:
    """Every announced result of a region, joint ones too, in a span of years, the newest first."""
    rows = [
        row
        for row in context.rows("grants", region=region)
        if (until is None or row["year"] <= until) and (since is None or row["year"] >= since)
    ]
    rows.reverse()
    return table_of(
        title,
        rows,
        {
            "year": _years,
            "programme_id": _programme,
            "outcome": lambda row: text_cell(label("outcome", row["outcome"]), row["source_ids"]),
            "rank": (_("Announced rank"), _announced_rank),
            "grant_krw": grant_cell,
            "cumulative_krw": _sum,
        },
        figures=("rank", "grant_krw", "cumulative_krw"),
        question="grants",
        asked={"region": region},
    )


def grants_section(context: QueryContext, region: str, year: int) -> Section:
    """The announced results of a region up to a year, or that there are none."""
    return table_or(
        _("Announced results and grants up to {year}").format(year=year),
        grants_table(context, "", region, year),
        no_award(),
    )


def no_award() -> str:
    """What stands where a region never won or lost anything."""
    return _("No award of this region is in the record.")


def review_record_table(context: QueryContext, region: str, year: int) -> Table:
    """Rank, grant and judges of all reviews by the ministry, the newest first; a year is marked."""
    asked = {"region": region, "year": LAST_YEAR}
    rows = context.rows("review_record", **asked)
    table = table_of(
        "",
        rows,
        {
            "year": lambda row: Cell(str(row["year"]), row["year"]),
            "programme_id": _programme,
            "outcome": lambda row: text_cell(label("outcome", row["outcome"]), row["source_ids"]),
            "rank": lambda row: quantity_text(row["rank"], "rank"),
            "grant_krw": grant_cell,
            "judges": lambda row: quantity_text(row["judges"], "persons"),
            "note": lambda row: record_text(row["note"]),
        },
        figures=("rank", "grant_krw", "judges"),
        asides=("note",),
        answer=context.answer("review_record", **asked) if rows else None,
        question="review_record",
        asked=asked,
    )
    return replace(table, form="ribbon", chosen=str(year))


def _programme(row: Row) -> str:
    """Its name, and with whom it was won."""
    programme = label("programme", row["programme_id"])
    if not row["is_joint"]:
        return programme
    return f"{programme} ({_('joint: {regions}').format(regions=label('region', row['region']))})"


def _years(row: Row) -> Cell:
    return Cell(span_text(str(row["year"]), str(row["year_end"] or row["year"])), row["year"])


def _announced_rank(row: Row) -> Cell:
    """Rank and outcome stand in the announcement itself; only amounts were weighed."""
    if not row["rank"]:
        return text_cell("")
    return replace(figure_cell(row, "rank", unit="rank"), evidence=None, is_lower_bound=False)


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
    return Cell(text, row["cumulative_krw"], row["cumulative_evidence"], (), bound)
