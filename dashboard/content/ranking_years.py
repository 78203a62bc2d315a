"""The ranks of a metric year by year: among all regions as far as what is printed says them."""

from collections.abc import Collection, Sequence

from dashboard.catalogue import Metric
from dashboard.content.cells import no_data
from dashboard.content.document import Cell, ChartBlock, Section, Series
from dashboard.content.findings import are_placed_among_all, rank_among, rank_clause
from dashboard.content.proofs import places_text
from dashboard.content.query_context import QueryContext, Row, Rows
from dashboard.i18n import gettext as _
from dashboard.i18n import label, ngettext
from dashboard.i18n.evidence import is_doubtful, is_only_rounded


def years_section(
    context: QueryContext, metric: Metric, name: str, span: tuple[int, int], region: str | None
) -> Section | None:
    """Where each region stood year by year: among all where that is known, else beside others."""
    asked = {"metric": metric.params["metric"], "first_year": span[0], "last_year": span[1]}
    rows = context.rows("ranking_years", **asked)
    if not rows:
        return None
    years = sorted({row["year"] for row in rows})
    placed = {
        year for year in years if are_placed_among_all([row for row in rows if row["year"] == year])
    }
    cells = {
        (row["region"], row["year"]): _year_cell(row, is_placed=row["year"] in placed)
        for row in rows
    }
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
        f"{title}. {_years_in_words(rows, years, placed)}",
        " ".join(_years_notes(metric, is_placed=bool(placed))),
        str(span[1]),
        answer=context.answer("ranking_years", **asked),
    )
    return Section(_("Computed ranks, year over year"), (block,), is_half=True)


def _year_cell(row: Row, *, is_placed: bool) -> Cell:
    """The place of a year; of a region without a figure if it is certain or the range narrow."""
    is_narrow = bool(row["low"]) and row["high"] is not None
    if not is_placed or not (row["rank"] or row["rank_certain"] or is_narrow):
        return rank_cell(row)
    return place_cell(row)


def place_cell(row: Row) -> Cell:
    """The place among all regions; a range of places is a text, and no value."""
    text = _("No. {rank}").format(rank=places_text(row))
    sources = tuple(row["source_ids"] or ())
    places = (row["rank_best"], row["rank_worst"])
    if row["rank_certain"] is None or row["rank"] is None:
        return Cell(text, row["rank_certain"], "derived", sources, span=places)
    evidence = None if is_doubtful(row["evidence"]) else row["evidence"]
    return Cell(text, row["rank_certain"], evidence, sources, span=places)


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


def _years_notes(metric: Metric, *, is_placed: bool) -> list[str]:
    """How to read the marks of the years."""
    return [
        _(
            "Computed ranks among all regions, by everything that is printed: a mark stands where "
            "the place is certain, a bar from the best to the worst where several are possible."
        )
        if is_placed
        else _(
            "Computed ranks. Each year is ranked among the regions with a figure in that year only."
        ),
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
    known = [
        row
        for row in rows
        if row["region"] == region and (row["rank"] is not None or row["rank_certain"] is not None)
    ]
    if not known:
        return _("{region}: no rank by “{name}” in these years").format(region=place, name=name)
    last, first = known[-1], known[0]
    said = _("{region} {year}: {rank}").format(
        region=place, year=last["year"], rank=rank_clause(last)
    )
    if first is last or not is_comparable:
        return said
    return said + _("; {year}: {rank}").format(year=first["year"], rank=rank_clause(first))


def _years_in_words(rows: Rows, years: Sequence[int], placed: Collection[int]) -> str:
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
        place_of = places_text if year in placed else rank_among
        names = ", ".join(f"{place_of(row)} {label('region', row['region'])}" for row in ranked)
        lines.append(sentence.format(year=year, count=len(ranked), names=names))
    return "; ".join(lines)
