"""What the overview leads with: the patients of the year, their place, and the other years."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.content.cells import no_data
from dashboard.content.document import Cell, ChartBlock, KeyFigures, Paragraph, Section, Series
from dashboard.content.figure_charts import in_words, trend_chart, with_year
from dashboard.content.figures import key_figures
from dashboard.content.findings import patients_finding
from dashboard.content.links import Link, evidence_link
from dashboard.content.patients import DRIVERS, default_base
from dashboard.content.proofs import bound_assumption, bound_paragraphs, persons_range_text
from dashboard.content.query_context import QueryContext, Row
from dashboard.content.readings import known_sentence, value_text
from dashboard.content.tiles import is_known, known
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.kpi import PATIENTS, has_greatest, says_little

_RANK = "foreign_patients_rank"


def headline(context: QueryContext, region: str, year: int, compare: str | None) -> Section:
    """The finding about the patients with their figure, rank and trend, and what proves them.

    Without a figure of the year stands its range if it tells something, else the latest year that
    has a figure; where none has, the latest of which everything printed leaves a narrow range.
    """
    patients = known(context, context.metric(PATIENTS), region, year)
    reading = patients.asked
    ranking = context.rows("ranking", metric=PATIENTS, year=year)
    row = reading.row or {"value": None}
    title = patients_finding(region, year, row, ranking, reading.bound)
    proofs = bound_paragraphs(context.record, region, year, context.build)
    assumption = bound_assumption()
    known_instead = context.answer("known_instead", region=region, year=year).rows
    return Section(
        title,
        (
            _figures(context, region, year, compare),
            whole_trend(context, region, year, (compare,) if compare else ()),
            *(replace(one, kind="aside") if one.text == assumption else one for one in proofs),
            *(
                Paragraph(known_sentence(row), tuple(row["source_ids"]), "aside")
                for row in known_instead
            ),
        ),
        is_card=True,
    )


def _figures(context: QueryContext, region: str, year: int, compare: str | None) -> KeyFigures:
    """The patients, or what is known of them, then their rank where there is one."""
    found = [known(context, context.metric(name), region, year) for name in (PATIENTS, _RANK)]
    patients, rank = found
    readings = [patients.shown, *([rank.asked] if rank.is_of_year else [])]
    block = key_figures(context, readings)
    first, *others = block.figures
    if not patients.is_of_year and patients.is_known:
        first = replace(first, year=patients.shown.year)
        if bound := patients.asked.bound:
            said = _("{year}: {value}").format(year=year, value=persons_range_text(bound))
            first = replace(first, note="; ".join(filter(None, (first.note, said))))
    if compare and (beside := _beside(context, compare, year)):
        first = replace(first, note="; ".join(filter(None, (first.note, beside))))
    if first.change and _is_divided(context, region, year):
        view = (("region", region), ("year", str(year)))
        first = replace(first, driven_by=Link("patients", view, DRIVERS))
    return replace(block, figures=(first, *others))


def _is_divided(context: QueryContext, region: str, year: int) -> bool:
    """Whether nationalities have figures by which the change on the year before is divided."""
    rows = context.rows("patients_change_by_nationality", region=region, year=year, base=year - 1)
    return default_base(context, region, year) == year - 1 and any(
        row["nationality"] and row["change"] is not None for row in rows
    )


def _beside(context: QueryContext, region: str, year: int) -> str:
    """Patients and rank of the region that stands beside; empty where the year has neither."""
    readings = context.readings(map(context.metric, (PATIENTS, _RANK)), region, year)
    said = [value_text(reading) for reading in readings if is_known(reading)]
    return f"{label('region', region)} {' · '.join(said)}" if said else ""


def whole_trend(
    context: QueryContext,
    region: str,
    year: int,
    others: Sequence[str] = (),
    first_year: int | None = None,
) -> ChartBlock:
    """The patients of all years from the first on, if there is one, that of the view marked.

    Years without figure have the range that everything else printed leaves, where it is narrow, or
    the year is that of the view and its range tells something.
    """
    metric = context.metric(PATIENTS)
    bounds = {
        row["year"]: row
        for row in context.rows("bounds")
        if row["region"] == region and has_greatest(row) and row["value"] is None
        if row["is_range_narrow"] or (row["year"] == year and not says_little(row))
        if first_year is None or row["year"] >= first_year
    }
    known_years = [
        row["year"]
        for row in context.rows("trend", metric=PATIENTS, region=region)
        if row["value"] is not None
    ]
    # What it says is of the years up to the view's; later ones are drawn behind.
    until = trend_chart(context, metric, region, year, first_year)
    last = max([*known_years, *bounds], default=year)
    chart = trend_chart(context, metric, region, last, first_year, others)
    title = until.title if until.has_points else chart.title
    if bounds and not chart.has_points:
        at = max((one for one in bounds if one <= year), default=max(bounds))
        title = patients_finding(region, at, {"value": None}, (), bounds[at])
    if not chart.has_points and not bounds:
        return replace(chart, title=title)
    first = min([*map(int, chart.categories), *bounds])
    years = [str(one) for one in range(first, last + 1)]

    def cell(one: Series, name: str) -> Cell:
        """Of the region in question, with its range and the way to its evidence."""
        if not one.is_subject:
            return _cell(chart, one.cells, name, None)
        found = _cell(chart, one.cells, name, bounds.get(int(name)))
        return replace(found, link=evidence_link(PATIENTS, region, int(name)))

    series = tuple(
        replace(one, cells=tuple(cell(one, name) for name in years)) for one in chart.series
    )
    whole = replace(
        chart,
        title=title,
        categories=tuple(years),
        series=series,
        alt=f"{title}. {in_words(years, series)}",
    )
    return with_year(whole, year)


def _cell(chart: ChartBlock, cells: Sequence[Cell], name: str, bound: Row | None) -> Cell:
    """The figure of a year, else its range, else the words for no data."""
    cell = cells[chart.categories.index(name)] if name in chart.categories else no_data()
    if cell.value is not None or bound is None:
        return cell
    ends = (float(bound["low"]), float(bound["high"]))
    sources = tuple(bound["source_ids"] or ())
    return Cell(persons_range_text(bound), None, "derived", sources, span=ends)
