"""Key figures as tables and charts: value, change, target, trend and standing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard.catalogue import Metric
from dashboard.content.cells import change_cell, figure_cell, no_data, reading_cell, text_cell
from dashboard.content.document import (
    Cell,
    ChartBlock,
    Column,
    KeyFigure,
    KeyFigures,
    Series,
    Table,
)
from dashboard.content.doubts import name_of
from dashboard.content.eras import pandemic
from dashboard.content.findings import rank_among, ranking_finding, trend_finding
from dashboard.content.links import evidence_link
from dashboard.content.proofs import places_text
from dashboard.content.query_context import QueryContext, Row, Rows
from dashboard.content.readings import (
    change_words,
    dissent_text,
    evidence_words,
    reading_notes,
    says_range,
    shared_sentences,
    target_words,
    value_text,
)
from dashboard.content.tables import table_of
from dashboard.i18n import figure_text, label, percent_text
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import signed
from dashboard.kpi import PATIENTS, Reading
from dashboard.kpi import key_figures as asked_together
from dashboard.store.answer import Answer

_REVIEW_FACTS = frozenset({"review_rank", "target_attainment_pct"})
"""Said elsewhere: the review in its own section, attainment beside the target."""
_DEEPEST_TREND = 18
"""Years at most on a printed axis."""


def table_metrics(context: QueryContext) -> tuple[Metric, ...]:
    """The metrics of a table of key figures, in the order of the overview."""
    return tuple(
        metric for metric in context.catalogue.overview() if metric.id not in _REVIEW_FACTS
    )


def key_figures(
    context: QueryContext,
    readings: Sequence[Reading],
    compared: Sequence[Reading] = (),
    table: Table | None = None,
) -> KeyFigures:
    """Readings of one region and year with change, target, trend and evidence.

    `compared` are those of the same metrics of another region, in the same order, if there is one;
    `table` stands for them on paper.
    """
    others: Sequence[Reading | None] = compared or [None] * len(readings)
    figures = tuple(
        key_figure(context, reading, other) for reading, other in zip(readings, others, strict=True)
    )
    answer = asked_together([*readings, *compared]) if readings else None
    return KeyFigures(figures, table, answer)


def key_figure(context: QueryContext, reading: Reading, other: Reading | None) -> KeyFigure:
    """A reading with all that is said beside it, and what another region has, if that is known."""
    words = change_words(reading)
    target = target_words(reading)
    notes = reading_notes(context.record, reading)
    if other is not None and (other.value is not None or says_range(other)):
        notes.append(f"{label('region', other.region)} {value_text(other)}")
    trend = _metric_up_to(context, reading)
    known = [row for row in trend if row["value"] is not None]
    differing = dissent_text((reading.row or {}).get("dissent_count"))
    return KeyFigure(
        reading.name,
        reading_cell(reading),
        reading.metric.id,
        f"{words['arrow']} {words['change']} {words['versus']}" if words["change"] else "",
        str(target["target"]),
        "; ".join(notes),
        evidence_words(reading),
        evidence_link(reading.metric.id, reading.region, reading.year),
        words["mood"],
        target["attainment"],
        tuple(row["value"] for row in trend) if len(known) > 1 else (),
        ", ".join(f"{row['year']} {figure_text(row)}" for row in known),
        (str(known[0]["year"]), str(trend[-1]["year"])) if len(known) > 1 else ("", ""),
        printed_by=reading.printed_by or 0,
        differing=differing if differing in notes else "",
    )


def _metric_up_to(context: QueryContext, reading: Reading) -> list[Row]:
    """Rows of the years up to the reading's, of metrics that are figures; ranks are no curve."""
    if reading.metric.question != "figure" or reading.metric.unit == "rank":
        return []
    rows = context.rows("trend", metric=reading.metric.params["metric"], region=reading.region)
    return [row for row in rows if row["year"] <= reading.year]


def kpi_table(context: QueryContext, title: str, readings: Sequence[Reading], year: int) -> Table:
    """Name, value, change, target with attainment and notes of each metric of a region and year."""
    return table_of(
        title,
        readings,
        {
            "name": (label("column", "metric"), lambda one: one.name),
            "value": (_("{year}").format(year=year), reading_cell),
            "change": (_("on the year before"), change_cell),
            "target": (_("Target (reached)"), lambda reading: target_cell(context, reading)),
            "note": lambda reading: "; ".join(reading_notes(context.record, reading)),
        },
        figures=("value", "change", "target"),
        question="key_figures",
        asked={"region": readings[0].region, "year": year} if readings else {},
    )


def two_year_table(
    title: str, context: QueryContext, reviewed: Sequence[Reading], current: Sequence[Reading]
) -> Table:
    """The year that a review judged beside the year of the review, of the same metrics."""
    before, after = reviewed[0].year, current[0].year
    shown = [
        (
            Column("name", label("column", "metric")),
            [text_cell(one.name) for one in reviewed],
        ),
        (
            Column("reviewed_value", _("{year}").format(year=before), True),
            [_counted_cell(one) for one in reviewed],
        ),
        (
            Column("reviewed_change", _("on {year}").format(year=before - 1), True),
            [change_cell(one) for one in reviewed],
        ),
        (
            Column("reviewed_target", _("Target {year} (reached)").format(year=before), True),
            [target_cell(context, one) for one in reviewed],
        ),
        (
            Column("value", _("{year}").format(year=after), True),
            [_counted_cell(one) for one in current],
        ),
        (
            Column("target", _("Target {year} (reached)").format(year=after), True),
            [target_cell(context, one) for one in current],
        ),
    ]
    kept = [
        (column, cells)
        for column, cells in shown
        if "target" not in column.name or any(cell.text for cell in cells)
    ]
    return Table(
        title,
        tuple(column for column, _cells in kept),
        tuple(zip(*(cells for _column, cells in kept), strict=True)),
        "key_figures",
        (("region", reviewed[0].region), ("year", before)),
        " ".join(_two_year_notes([column for column, _cells in kept], [*reviewed, *current])),
    )


def _counted_cell(reading: Reading) -> Cell:
    """The value of a metric; a computed rank says among how many, which no other cell does."""
    cell = reading_cell(reading)
    if reading.metric.question != "ranking":
        return cell
    if reading.bound is not None:
        among = _("{rank} (of all {all} regions)")
        text = among.format(rank=cell.text, all=reading.bound["region_count"])
        return replace(cell, text=text)
    if reading.value is None or reading.row is None:
        return cell
    among = _("{rank} (of {count} regions with figures)").format(
        rank=cell.text, count=reading.row["of_count"]
    )
    return replace(cell, text=among)


def _two_year_notes(shown: Sequence[Column], readings: Sequence[Reading]) -> Iterator[str]:
    """What no cell of the table says: that there is no target, and what is had with others."""
    if not any("target" in column.name for column in shown):
        yield _("The record has no target of these years.")
    for reading in readings:
        for sentence in shared_sentences(reading):
            yield _("{metric}, {sentence}.").format(metric=name_of(reading), sentence=sentence)


def target_cell(context: QueryContext, reading: Reading) -> Cell:
    """The target with the part of it that was reached; empty for a metric that has none."""
    if reading.metric.question != "figure":
        return text_cell("")
    rows = context.rows(
        "target",
        metric=reading.metric.params["metric"],
        region=reading.region,
        year=reading.year,
    )
    if not rows or rows[0]["target"] is None:
        return text_cell("")
    found = rows[0]
    text = figure_text(found, "target", reading.metric.unit)
    if found["attainment_pct"] is not None:
        text += f" ({percent_text(found['attainment_pct'])})"
    # The row's sources are those of figure and target together.
    sources = tuple(found["source_ids"] or ())
    return Cell(text, found["target"], found["target_evidence"], sources)


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


def definitions_table(readings: Sequence[Reading]) -> Table:
    """What each metric means, and what to beware of."""
    return table_of(
        "",
        [reading.metric for reading in readings],
        {
            "name": (label("column", "metric"), lambda metric: str(metric.name)),
            "definition": lambda metric: str(metric.definition),
            "caveat": lambda metric: str(metric.caveat or ""),
        },
        asides=("caveat",),
    )
