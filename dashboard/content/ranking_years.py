"""The ranks of a metric year by year: where each region stood among those with a figure."""

from collections.abc import Sequence

from dashboard.catalogue import Metric
from dashboard.content.cells import no_data
from dashboard.content.document import Cell, ChartBlock, Section, Series
from dashboard.content.findings import rank_among, rank_clause
from dashboard.content.query_context import QueryContext, Row, Rows
from dashboard.i18n import gettext as _
from dashboard.i18n import label, ngettext
from dashboard.i18n.evidence import is_doubtful, is_only_rounded


def years_section(
    context: QueryContext, metric: Metric, name: str, span: tuple[int, int], region: str | None
) -> Section | None:
    """Where each region stood among those with a figure, year by year."""
    asked = {"metric": metric.params["metric"], "first_year": span[0], "last_year": span[1]}
    rows = context.rows("ranking_years", **asked)
    if not rows:
        return None
    years = sorted({row["year"] for row in rows})
    cells = {(row["region"], row["year"]): rank_cell(row) for row in rows}
    regions = sorted({row["region"] for row in rows}, key=lambda code: (code != region, code))
    title = _years_finding(region, name, rows, metric.comparable)
    block = ChartBlock(
        "rank",
        title,
        label("column", "rank"),
        tuple(map(str, years)),
        tuple(
            Series(
                label("region", code),
                tuple(cells.get((code, year), no_data()) for year in years),
                code == region,
            )
            for code in regions
        ),
        f"{title}. {_years_in_words(rows, years)}",
        " ".join(_years_notes(metric)),
        str(span[1]),
        context.answer("ranking_years", **asked),
    )
    return Section(_("Computed ranks, year over year"), (block,))


def rank_cell(row: Row) -> Cell:
    """The rank among the regions with a figure; what rounds without moving it is no doubt of it."""
    if row["rank"] is None:
        return no_data()
    text = _("No. {rank}").format(rank=rank_among(row))
    is_firm = row["rank_certain"] is not None or (
        is_only_rounded(row["evidence"]) and row["among_best"] == row["among_worst"]
    )
    evidence = None if is_firm and is_doubtful(row["evidence"]) else row["evidence"]
    return Cell(text, row["rank"], evidence, tuple(row["source_ids"] or ()))


def _years_notes(metric: Metric) -> list[str]:
    """How to read the marks of the years."""
    return [
        _("Computed ranks. Each year is ranked among the regions with a figure in that year only."),
        rule_of_equals(),
        _("A line joins two years in a row in which the region has figures.")
        if metric.comparable
        else rule_of_years(),
    ]


def rule_of_equals() -> str:
    """What becomes of equal values."""
    return _("Equal values share a rank (1, 2, 2, 4); they are ranked before rounding.")


def rule_of_years() -> str:
    """Of a metric whose years cannot be compared: that they are not."""
    return _("Years are not compared: what was recorded differs from year to year.")


def _years_finding(region: str | None, name: str, rows: Rows, is_comparable: bool) -> str:
    """Last and first rank of the region in question, each with what it means among all."""
    if region is None:
        return _("{name}: ranks year by year").format(name=name)
    place = label("region", region)
    known = [row for row in rows if row["region"] == region and row["rank"] is not None]
    if not known:
        return _("{region}: no rank by “{name}” in these years").format(region=place, name=name)
    last, first = known[-1], known[0]
    said = _("{region} {year}: {rank}").format(
        region=place, year=last["year"], rank=rank_clause(last)
    )
    if first is last or not is_comparable:
        return said
    return said + _("; {year}: {rank}").format(year=first["year"], rank=rank_clause(first))


def _years_in_words(rows: Rows, years: Sequence[int]) -> str:
    lines = []
    for year in years:
        ranked = [row for row in rows if row["year"] == year and row["rank"] is not None]
        if not ranked:
            lines.append(f"{year}: {label('evidence', 'no data')}")
            continue
        sentence = ngettext(
            "{year}, {count} region with a figure: {names}",
            "{year}, {count} regions with figures: {names}",
            len(ranked),
        )
        names = ", ".join(f"{rank_among(row)} {label('region', row['region'])}" for row in ranked)
        lines.append(sentence.format(year=year, count=len(ranked), names=names))
    return "; ".join(lines)
