"""Regions side by side: every KPI of a year, and each difference as a sentence."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from dashboard.catalogue import Metric
from dashboard.content.assembly import assemble
from dashboard.content.cells import reading_cell, text_cell
from dashboard.content.document import Cell, ChartBlock, Column, Paragraph, Section, Table
from dashboard.content.figure_charts import trend_chart, with_year
from dashboard.content.figures import definitions_section, kpi_table
from dashboard.content.links import evidence_link
from dashboard.content.proofs import bound_assumption, bound_paragraphs
from dashboard.content.query_context import QueryContext, Rows
from dashboard.content.readings import says_range, value_text
from dashboard.content.report import Report, Stamp
from dashboard.content.tiles import is_known, known
from dashboard.errors import UsageError
from dashboard.i18n import gettext as _
from dashboard.i18n import (
    label,
    ngettext,
    number_text,
    percent_text,
    quantity_text,
)
from dashboard.i18n.evidence import approximated, doubts, is_doubtful, signed
from dashboard.kpi import PATIENTS, Reading, key_figures
from dashboard.settings import settings

_TIMES_FROM = 2
"""From here on, "3.4 times" reads better than "335 %"."""


@dataclass(frozen=True)
class Difference:
    """How far a region's value is from another's."""

    amount: float
    """In the metric's unit; percentage points for shares; places for ranks. Positive: above."""
    ratio: float | None
    """This value over the other; None where a ratio says nothing."""


def comparison_report(context: QueryContext, asked: Mapping[str, Any], stamp: Stamp) -> Report:
    """Patients, every KPI beside those of the other regions, a trend, and each region in full.

    Asked are region and year, and as far as there are any: compare and third, codes of other
    regions, and metric, whose trend is shown: the foreign patients unless told.

    Raises:
        UsageError: the metric is none that has a trend.
    """
    year = asked["year"]
    regions = _regions(asked)
    metrics = context.catalogue.overview()
    columns = [context.readings(metrics, region, year) for region in regions]
    names = " · ".join(label("region", region) for region in regions)
    proved = [bound_paragraphs(context.record, one, year, context.build)[:-1] for one in regions]
    # What ranges and certain ranks rest on is said once, beside them.
    rests_on = (Paragraph(bound_assumption()),) if any(proved) else ()
    figures = _key_figures(context, columns, year)
    sections = (
        _headline(context, regions, year),
        replace(figures, blocks=(*figures.blocks, *rests_on)),
        _trend(context, _chosen(context, asked.get("metric")), regions, year),
        *(
            Section(
                _("{region} {year} in full").format(region=label("region", region), year=year),
                (*proofs, kpi_table(context, "", readings, year)),
                is_folded=True,
                anchor=f"in-full-{region}",
            )
            for region, readings, proofs in zip(regions, columns, proved, strict=True)
        ),
        definitions_section(columns[0]),
    )
    title = _("Comparison {year}: {regions}").format(year=year, regions=names)
    return assemble("compare", title, sections, context, stamp, is_led=True)


def _regions(asked: Mapping[str, Any]) -> tuple[str, ...]:
    """The region and those beside it, each once, in the order in which they were chosen."""
    chosen = (asked["region"], asked.get("compare"), asked.get("third"))
    return tuple(dict.fromkeys(code for code in chosen if code))


def beside(region: str) -> str:
    """The region that stands beside one unless the reader chooses another."""
    chosen = settings()
    return chosen.compared_region if region == chosen.home_region else chosen.home_region


def trend_metrics(context: QueryContext) -> dict[str, Metric]:
    """Metrics of the overview whose years can be drawn: figures, and no ranks."""
    return {
        metric.id: metric
        for metric in context.catalogue.overview()
        if metric.question == "figure" and metric.column == "value" and metric.unit != "rank"
    }


def _chosen(context: QueryContext, metric: str | None) -> Metric:
    known = trend_metrics(context)
    if metric is not None and metric not in known:
        raise UsageError(
            "This metric has no trend",
            f"'{metric}' is a rank, or computed from other metrics.",
            f"Choose one of: {', '.join(known)}.",
        )
    return known[metric or PATIENTS]


def difference(mine: Reading, other: Reading) -> Difference | None:
    """The difference of two readings of a metric; None where they cannot be compared."""
    if mine.value is None or other.value is None or refusal(mine, other):
        return None
    has_ratio = mine.metric.unit not in ("pct", "rank") and mine.value > 0 and other.value > 0
    ratio = mine.value / other.value if has_ratio else None
    return Difference(mine.value - other.value, ratio)


def refusal(mine: Reading, other: Reading) -> str:
    """Why two values that are both there are not compared; empty where they are."""
    if mine.metric.question == "target":
        return _("not compared: targets were set on different grounds")
    if mine.metric.question == "nationality_count":
        return _("not compared: it counts which nationalities were published")
    if mine.is_lower_bound or other.is_lower_bound:
        return _("not compared: a part of a sum was never published")
    if (mine.row or {}).get("is_printed", False) != (other.row or {}).get("is_printed", False):
        return _("not compared: one share is printed, the other computed")
    if says_range(mine) or says_range(other):
        return _("not compared: a rank is a range of places")
    return ""


def difference_sentence(mine: Reading, other: Reading) -> str:
    """The difference in words; empty unless both have a value."""
    if mine.value is None or other.value is None:
        return ""
    names = {"region": label("region", mine.region), "other": label("region", other.region)}
    found = difference(mine, other)
    if found is None:
        return refusal(mine, other)
    sentence = _sentence(mine, other, found, names)
    remarks = [label("evidence", status) for status in doubts((mine.evidence, other.evidence))]
    if not mine.metric.comparable:
        remarks.append(_("unlike coverage"))
    if not remarks:
        return sentence
    return _("{sentence}; includes: {remarks}").format(
        sentence=sentence, remarks=", ".join(remarks)
    )


def _sentence(mine: Reading, other: Reading, found: Difference, names: dict[str, str]) -> str:
    unit = mine.metric.unit
    is_approximate = mine.is_approximate or other.is_approximate
    if found.amount == 0:
        return _("{region}, {other}: equal").format(**names)
    if unit == "rank":
        count = number_text(abs(found.amount))
        return _("{region}, {other}: {count} places apart").format(**names, count=count)
    if unit == "pct":
        points = _("{points} pp").format(points=number_text(abs(found.amount), 1))
        points = approximated(points, is_approximate)
        pattern = (
            _("{region}: {points} above {other}")
            if found.amount > 0
            else _("{region}: {points} below {other}")
        )
        return pattern.format(**names, points=points)
    amount = quantity_text(abs(found.amount), unit, is_approximate)
    pattern = (
        _("{region}: {amount} more than {other}")
        if found.amount > 0
        else _("{region}: {amount} less than {other}")
    )
    sentence = pattern.format(**names, amount=amount)
    if found.ratio is None:
        return sentence
    if found.ratio >= _TIMES_FROM:
        ratio = _("{times} times").format(times=number_text(found.ratio, 1))
        ratio = approximated(ratio, is_approximate)
    else:
        share = approximated(percent_text(100 * found.ratio), is_approximate)
        ratio = _("{share} of {other}").format(share=share, other=names["other"])
    return f"{sentence} ({ratio})"


def _headline(context: QueryContext, regions: Sequence[str], year: int) -> Section:
    """Patients of each region, how far the first is from each other, and those from each other."""
    metric = context.metric(PATIENTS)
    readings = [context.reading(metric, region, year) for region in regions]
    values = ", ".join(
        f"{label('region', reading.region)} {value_text(reading)}" for reading in readings
    )
    sentence = _("Foreign patients {year}: {values}").format(year=year, values=values)
    differences = [
        said for pair in combinations(readings, 2) if (said := difference_sentence(*pair))
    ]
    remark = (
        _(
            "Differences only where both regions have a figure. Which value is better is not "
            "judged. Counts of events rest on what the press and city pages report, which differs "
            "by region."
        )
        if len(regions) > 1
        else _("Choose a second region to compare with.")
    )
    return Section(". ".join([sentence, *differences]), (Paragraph(remark),))


def _key_figures(context: QueryContext, columns: Sequence[Sequence[Reading]], year: int) -> Section:
    """Every KPI of the year in a row, the regions in columns, then what sets them apart.

    Of what no region has in any year there is one line; what a region has of another year alone
    stands in words that name the year.
    """
    every = [
        (line, [_cell(context, reading) for reading in line]) for line in zip(*columns, strict=True)
    ]
    nowhere = [
        line[0].name
        for line, cells in every
        if all(cell.text == label("evidence", "no data") for cell in cells)
    ]
    lines = [(line, cells) for line, cells in every if line[0].name not in nowhere]
    codes = [readings[0].region for readings in columns]
    names = {code: label("region", code) for code in codes}
    differences = {
        f"difference_{code}": _("Difference from {region}").format(region=names[code])
        for code in codes[1:]
    }
    if len(codes) > 2:
        apart = _("{region}: difference from {other}")
        differences["difference_of_others"] = apart.format(
            region=names[codes[1]], other=names[codes[2]]
        )
    headings = {"metric": label("column", "metric"), **names, **differences}
    table = Table(
        _("Key figures by region, and their differences from {region}").format(
            region=names[codes[0]]
        ),
        tuple(Column(name, heading, name in names) for name, heading in headings.items()),
        tuple(_line(line, cells) for line, cells in lines),
        answer=key_figures([reading for line, _cells in every for reading in line]),
    )
    left_out = ngettext(
        "{count} metric of which the record has no figure of these regions: {names}",
        "{count} metrics of which the record has no figure of these regions: {names}",
        len(nowhere),
    ).format(count=len(nowhere), names=", ".join(nowhere))
    blocks = (table, *((Paragraph(left_out),) if nowhere else ()))
    return Section(_("Key figures of {year}").format(year=year), blocks)


def _cell(context: QueryContext, reading: Reading) -> Cell:
    """The value of the year; without one the nearest that is known, as no data of the year."""
    cell = reading_cell(reading)
    if is_known(reading) or reading.metric.question != "figure":
        return cell
    nearest = known(context, reading.metric, reading.region, reading.year).shown
    if not is_known(nearest):
        return cell
    value = signed(value_text(nearest), nearest.evidence)
    said = _("{value} in {year}").format(year=nearest.year, value=value)
    return replace(cell, text=said, source_ids=nearest.source_ids)


def _line(readings: Sequence[Reading], cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """A metric, its value for each region with the way to what stands behind, and differences."""
    mine = readings[0]
    pairs = [(mine, other) for other in readings[1:]]
    pairs += [(readings[1], readings[2])] if len(readings) > 2 else []
    return (
        text_cell(mine.name),
        *(
            replace(cell, link=evidence_link(mine.metric.id, reading.region, reading.year))
            for reading, cell in zip(readings, cells, strict=True)
        ),
        *(text_cell(difference_sentence(*pair)) for pair in pairs),
    )


def _trend(context: QueryContext, metric: Metric, regions: Sequence[str], year: int) -> Section:
    """A metric of all regions over all years of the record, which another may be chosen for."""
    rows = context.rows("region_years", region=regions[0])
    chart = _trend_chart(context, metric, regions, max((row["year"] for row in rows), default=year))
    note = _("What was recorded differs from year to year and region to region: read with care.")
    chart = replace(chart, note="" if metric.comparable else note)
    return Section(_("Over the years"), (with_year(chart, year),))


def _trend_chart(
    context: QueryContext,
    metric: Metric,
    regions: Sequence[str],
    last: int,
    first: int | None = None,
) -> ChartBlock:
    """A metric of all regions on one scale."""
    asked = dict(zip(("region", "compare", "third"), regions, strict=False))
    rows = context.rows("trend", metric=metric.params["metric"], **asked)
    kept = tuple(row for row in rows if (first or 0) <= row["year"] <= last)
    chart = trend_chart(context, metric, regions[0], last, first, regions[1:])
    title = region_trends_finding(str(metric.name), regions, kept)
    return replace(chart, title=title, alt=chart.alt.replace(chart.title, title, 1))


def comparison_slides(
    context: QueryContext, region: str, year: int, first: int | None
) -> list[Section]:
    """The patients of the region and of the one that stands beside it, over the years."""
    chart = _trend_chart(context, context.metric(PATIENTS), (region, beside(region)), year, first)
    return [Section(chart.title, (chart,))]


def region_trends_finding(name: str, regions: Sequence[str], rows: Rows) -> str:
    """In how many of the years with figures for all each region has the greatest value."""
    values: dict[int, dict[str, float]] = {}
    unsure = set()
    for row in rows:
        if row["value"] is not None:
            values.setdefault(row["year"], {})[row["region"]] = row["value"]
            if is_doubtful(row["evidence"]):
                unsure.add(row["year"])
    shared = [year for year, found in values.items() if len(found) == len(regions)]
    common = [values[year] for year in shared]
    names = ", ".join(label("region", region) for region in regions)
    if not common:
        return _("{name}: no year with figures for all of {regions}").format(
            name=name, regions=names
        )
    if len(regions) == 1:
        return ngettext(
            "{name}: {region}, {count} year with a figure",
            "{name}: {region}, {count} years with figures",
            len(common),
        ).format(name=name, region=names, count=len(common))
    greatest = Counter(
        region for found in common for region in found if found[region] == max(found.values())
    )
    counts = ", ".join(
        _("{region} in {count}").format(region=label("region", region), count=greatest[region])
        for region in regions
        if greatest[region]
    )
    sentence = ngettext(
        "{name}: in the {common} year with figures for each of the {regions} compared regions, "
        "greatest: {counts}",
        "{name}: of the {common} years with figures for each of the {regions} compared regions, "
        "greatest: {counts}",
        len(common),
    ).format(name=name, common=len(common), regions=len(regions), counts=counts)
    doubtful = len(unsure.intersection(shared))
    if not doubtful:
        return sentence
    return _(
        "{sentence} ({count} of them with a contested, approximate, provisional or "
        "self-reported figure)"
    ).format(sentence=sentence, count=doubtful)
