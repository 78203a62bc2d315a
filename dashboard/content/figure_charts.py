"""Charts of figures: the trend of a region, its standing among all, bars by kind."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.catalogue import Metric
from dashboard.content.cells import figure_cell, no_data, text_cell
from dashboard.content.document import (
    Cell,
    ChartBlock,
    Series,
)
from dashboard.content.eras import pandemic
from dashboard.content.findings import rank_among, ranking_finding, trend_finding
from dashboard.content.proofs import places_text
from dashboard.content.query_context import QueryContext, Row, Rows
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.i18n.evidence import signed
from dashboard.kpi import PATIENTS
from dashboard.store.answer import Answer

_DEEPEST_TREND = 18
"""Years at most on a printed axis."""


def trend_chart(
    context: QueryContext,
    metric: Metric,
    region: str,
    last_year: int,
    first_year: int | None = None,
    others: Sequence[str] = (),
) -> ChartBlock:
    """A metric over the years; years without figure stay in between as gaps.

    Nothing later than the last year is shown and nothing earlier than the first, if there is one;
    beside the region in question stand up to two others.
    """
    asked = {"metric": metric.params["metric"], "region": region}
    asked |= dict(zip(("compare", "third"), others, strict=False))
    every = context.rows("trend", **asked)
    rows = [
        row
        for row in every
        if row["year"] <= last_year and (first_year is None or row["year"] >= first_year)
    ]
    known = [row["year"] for row in rows if row["value"] is not None]
    first, last = (min(known), max(known)) if known else (0, -1)
    years = list(range(first, last + 1))[-_DEEPEST_TREND:]
    series = tuple(
        Series(
            label("region", code),
            tuple(_point(rows, code, year) for year in years),
            code == region,
        )
        for code in (region, *others)
    )
    mine = [row for row in rows if row["region"] == region]
    bounds = [
        row
        for row in (context.rows("bounds") if metric.id == PATIENTS else ())
        if row["region"] == region and row["is_range_narrow"]
    ]
    known_years = [row for row in every if row["region"] == region and row["value"] is not None]
    title = trend_finding(
        str(metric.name),
        region,
        mine,
        [row for row in bounds if row["year"] <= last_year],
        is_cut=any(row["year"] > last_year for row in (*known_years, *bounds)),
    )
    return ChartBlock(
        "line",
        title,
        label("unit", metric.unit),
        tuple(str(year) for year in years),
        series,
        f"{title}. {in_words([str(year) for year in years], series)}",
        chosen=str(last_year),
        eras=(pandemic(),) if metric.id == PATIENTS else (),
        answer=context.answer("trend", **asked) if every else None,
    )


def with_year(chart: ChartBlock, year: int) -> ChartBlock:
    """A chart over years with this one marked, reached by further ones without a figure if need be.

    A chart of nothing stays as it is.
    """
    known = [int(name) for name in chart.categories]
    if not known:
        return chart
    before, after = max(known[0] - year, 0), max(year - known[-1], 0)
    years = range(known[0] - before, known[-1] + after + 1)
    return replace(
        chart,
        categories=tuple(map(str, years)),
        series=tuple(
            replace(one, cells=(no_data(),) * before + one.cells + (no_data(),) * after)
            for one in chart.series
        ),
        chosen=str(year),
    )


def _point(rows: Sequence[Row], region: str, year: int) -> Cell:
    for row in rows:
        if row["region"] == region and row["year"] == year:
            return figure_cell(row)
    return no_data()


def standing_chart(context: QueryContext, metric: Metric, region: str, year: int) -> ChartBlock:
    """Where the region stands among those with a figure of the year."""
    asked = {"metric": metric.params["metric"], "year": year}
    rows = context.rows("ranking", **asked)
    names = [f"{rank_among(row)}  {label('region', row['region'])}" for row in rows]
    chart = bar_chart(
        ranking_finding(region, year, rows),
        label("unit", metric.unit),
        names,
        [figure_cell(row) for row in rows],
        {place for place, row in enumerate(rows) if row["region"] == region},
        context.answer("ranking", **asked) if rows else None,
    )
    return replace(chart, note=ranks_note(rows))


def ranks_note(rows: Rows) -> str:
    """What the number before a name counts, where a place among all is another one.

    The rows are of `ranking` or `ranking_movement`.
    """
    if all(rank_among(row) == places_text(row) for row in rows):
        return ""
    return _(
        "The number before a name is its rank among the regions with a figure; places among all "
        "regions may differ."
    )


def bar_chart(
    title: str,
    unit: str,
    names: Sequence[str],
    cells: Sequence[Cell],
    picked_out: set[int],
    answer: Answer | None = None,
) -> ChartBlock:
    """One set of bars, some of them picked out: two series, each with a gap for the other's."""
    gap = text_cell("")
    mine = tuple(cell if place in picked_out else gap for place, cell in enumerate(cells))
    others = tuple(gap if place in picked_out else cell for place, cell in enumerate(cells))
    series = tuple(
        one
        for one in (
            Series(_("This region"), mine, True),
            Series(_("Other regions"), others),
        )
        if any(cell.value is not None for cell in one.cells)
    )
    words = ", ".join(f"{name} {cell.text}" for name, cell in zip(names, cells, strict=True))
    return ChartBlock("bar", title, unit, tuple(names), series, f"{title}. {words}", answer=answer)


def kinds_chart(title: str, unit: str, bars: Sequence[tuple[str, Cell, Series]]) -> ChartBlock:
    """Bars of several kinds, each kind a series with gaps where the others stand.

    From top to bottom a bar is its name, its value, and its kind as a series without cells. Where
    there is no value to draw, its words stand behind the name.
    """
    gap = text_cell("")
    series = tuple(
        replace(kind, cells=tuple(cell if one == kind else gap for _name, cell, one in bars))
        for kind in dict.fromkeys(kind for _name, _cell, kind in bars)
    )
    words = ", ".join(f"{name} {signed(cell.text, cell.evidence)}" for name, cell, _kind in bars)
    names = tuple(
        name if cell.value is not None else _("{name} ({value})").format(name=name, value=cell.text)
        for name, cell, _kind in bars
    )
    return ChartBlock("bar", title, unit, names, series, f"{title}. {words}")


def in_words(categories: Sequence[str], series: Sequence[Series]) -> str:
    """The data of a chart, for those who do not see it."""
    return "; ".join(
        f"{one.name}: "
        + ", ".join(
            f"{category} {cell.text}"
            for category, cell in zip(categories, one.cells, strict=True)
            if cell.value is not None or cell.span is not None
        )
        for one in series
    )
