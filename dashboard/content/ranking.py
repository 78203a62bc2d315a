"""The ranking report of a metric and year: regions with intervals; announced ranks apart."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.catalogue import Metric
from dashboard.content.assembly import assemble
from dashboard.content.cells import figure_cell, reading_cell
from dashboard.content.document import (
    Block,
    Cell,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Points,
    Section,
)
from dashboard.content.figure_charts import bar_chart
from dashboard.content.findings import (
    are_placed_among_all,
    patients_finding,
    rank_among,
    rank_clause,
)
from dashboard.content.proofs import (
    bound_paragraphs,
    places_text,
)
from dashboard.content.query_context import QueryContext, Row, Rows
from dashboard.content.ranking_standing import (
    standing_finding,
    standing_note,
)
from dashboard.content.ranking_tables import change_cell, ranking_table, without_figure
from dashboard.content.ranking_years import (
    rule_of_equals,
    rule_of_years,
    years_section,
)
from dashboard.content.report import Report, Stamp
from dashboard.content.tables import table_of
from dashboard.errors import UsageError
from dashboard.i18n import gettext as _
from dashboard.i18n import label, ngettext
from dashboard.i18n.evidence import is_doubtful
from dashboard.kpi import PATIENTS

_BOUNDED = (PATIENTS, "share_pct")
"""Metrics whose places among all follow from everything printed of foreign patients."""
YEARS_SHOWN = 8
"""As many years are shown unless the first was chosen."""


def ranking_report(context: QueryContext, asked: Mapping[str, Any], stamp: Stamp) -> Report:
    """Competition ranking (1, 2, 2, 4) of the regions with a figure.

    Asked are metric and year, and as far as there are any: region, which is picked out; base, the
    year with whose places they are compared, the year before unless told; and first_year, from
    which years are shown, up to eight unless told.

    Raises:
        UsageError: the metric is computed, so that it has no ranking of its own.
    """
    metric, year, region = context.metric(asked["metric"]), asked["year"], asked.get("region")
    if metric.question != "figure" or metric.column != "value":
        raise UsageError(
            "This metric cannot be ranked",
            f"'{metric.id}' is computed from other metrics.",
            "Choose a figure of regions, such as foreign_patients.",
        )
    code = str(metric.params["metric"])
    compared = (asked.get("base") or year - 1) if metric.comparable else None
    rows = context.rows("ranking_movement", metric=code, year=year, previous_year=compared)
    bounds = context.rows("bounds", year=year) if code in _BOUNDED else ()
    name = str(metric.name)
    since = asked.get("first_year") or year - YEARS_SHOWN + 1
    sections = (
        None if region is None else _lead(context, metric, year, region, compared, rows),
        Section(
            _("{year} in full: {name}").format(year=year, name=name),
            (ranking_table(context, rows, bounds, code, year, compared, region),) if rows else (),
        ),
        _standing(metric, year, region, rows, bounds),
        years_section(context, metric, name, (since, year), region),
        Section(
            _("How the ranks are computed"),
            tuple(_rules(metric, year, compared, rows)) if rows else (),
            is_folded=True,
        ),
        without_figure(context, code, year, rows),
        _announced(context, metric, region, (since, year)),
    )
    title = _("Ranking: {name} {year}").format(name=name, year=year)
    return assemble(
        "ranking",
        title,
        sections,
        context,
        stamp,
        subtitle=str(metric.definition),
        is_led=region is not None,
    )


def _lead(
    context: QueryContext, metric: Metric, year: int, region: str, base: int | None, rows: Rows
) -> Section:
    """Rank, among how many, interval, movement and proof of the region that is picked out."""
    mine = next((row for row in rows if row["region"] == region), None)
    name = str(metric.name)
    said = {"region": label("region", region), "year": year, "name": name}
    is_bounded = metric.params["metric"] == PATIENTS
    here = (context.record, region, year, context.build)
    proofs = bound_paragraphs(*here) if is_bounded else ()
    reading = context.reading(metric, region, year)
    if mine is None and reading.bound is not None:
        finding = patients_finding(region, year, {"value": None}, rows, reading.bound)
        figure = KeyFigure(name, reading_cell(reading))
        return Section(finding, (*proofs, KeyFigures((figure,))))
    if mine is None:
        title = _("{region} {year}, {name}: no rank, since the record has no figure").format(**said)
        return Section(title, (Paragraph(label("evidence", "no data")),))
    title = _("{region} {year}, {name}: {rank}").format(**said, rank=rank_clause(mine))
    figure = KeyFigure(
        name,
        figure_cell(mine),
        change=change_cell(mine).text if base is not None else "",
    )
    return Section(title + _movement_clause(mine, base), (*proofs, KeyFigures((figure,))))


def _movement_clause(row: Row, base: int | None) -> str:
    moved = row["movement"]
    if base is None or moved is None or row["both_count"] == 1:
        return ""
    if moved == 0:
        said = _(", same place as in {year} ({both} in both years)")
    elif moved > 0:
        said = _(", {count} up on {year} ({both} in both years)")
    else:
        said = _(", {count} down on {year} ({both} in both years)")
    return said.format(count=abs(moved), year=base, both=row["both_count"])


def _standing(metric: Metric, year: int, region: str | None, rows: Rows, bounds: Rows) -> Section:
    title = standing_finding(metric, year, rows, bounds)
    if not rows:
        sentence = _("No region has a figure in {year}.").format(year=year)
        said = Paragraph(" ".join(filter(None, (sentence, title))), (), "warning")
        return Section(str(metric.name), (said,))
    picked = {place for place, row in enumerate(rows) if row["region"] == region}
    place_of = places_text if are_placed_among_all(rows) else rank_among
    chart = bar_chart(
        title,
        label("unit", metric.unit),
        [f"{place_of(row)}  {label('region', row['region'])}" for row in rows],
        [figure_cell(row) for row in rows],
        picked,
    )
    chart = replace(chart, note=standing_note(metric, rows, bounds))
    title = _("Standing among the regions in {year}").format(year=year)
    return Section(title, (chart,), is_half=True)


def _rules(metric: Metric, year: int, base: int | None, rows: Rows) -> list[Block]:
    """How to read the table, as the page of the rankings says it."""
    first = rows[0]
    rules = [
        rule_of_equals(),
        _(
            "{missing} of {all} regions have no figure of their own in {year}; the interval "
            "says which places among all are possible beside everything that is printed."
        ).format(
            missing=first["region_count"] - first["of_count"],
            all=first["region_count"],
            year=year,
        ),
    ]
    if are_placed_among_all(rows):
        rules.append(
            _(
                "A rank is the place among all regions, one place where it is certain; a region "
                "with a derived range stands by the least that it must have."
            )
        )
    # A place that is certain among all is so whatever the rounding hides.
    weak = sum(is_doubtful(row["evidence"]) and row["rank_certain"] is None for row in rows)
    if weak:
        rules.append(
            ngettext(
                "{count} value is approximate, contested, provisional or self-reported; so are the "
                "ranks near it.",
                "{count} values are approximate, contested, provisional or self-reported; so are "
                "the ranks near them.",
                weak,
            ).format(count=weak)
        )
    if base is None:
        rules.append(rule_of_years())
    else:
        both = next((row["both_count"] for row in rows if row["both_count"]), 0)
        moved = (
            _(
                "Movement since {base}: computed among the {count} regions that have figures in "
                "both years, ranked anew in each. A region with a figure in one year only has none."
            )
            if both > 1
            else _("No movement since {base}: fewer than two regions have figures in both years.")
        )
        rules.append(moved.format(base=base, count=both))
    if metric.caveat:
        rules.append(str(metric.caveat))
    return [Points(tuple(Paragraph(rule) for rule in rules))]


def _announced(
    context: QueryContext, metric: Metric, region: str | None, span: tuple[int, int]
) -> Section:
    """Ranks that were announced or printed, never mixed with the computed ones."""
    headings = {
        "review_rank": _("In the ministry's cluster reviews"),
        "rank": _("By foreign patients, as sources print it"),
    }
    table = table_of(
        "",
        [
            row | {"kind": heading}
            for kind, heading in headings.items()
            for row in context.rows("announced_ranks", metric=kind, last_year=span[1])
        ],
        {
            "kind": lambda row: row["kind"],
            "year": lambda row: Cell(str(row["year"]), row["year"]),
            "region": lambda row: label("region", row["region"]),
            "announced_rank": lambda row: figure_cell(row, "announced_rank", unit="rank"),
        },
        figures=("announced_rank",),
        question="announced_ranks",
    )
    title = _("Announced ranks, not computed here")
    note = Paragraph(
        _(
            "Facts with a source, never mixed with the computed ranks above. The ministry "
            "published neither weights nor the ranks of the other applicants."
        )
    )
    if not table.rows:
        none = Paragraph(label("evidence", "no data"))
        return Section(title, (none, note), part="ranking.composite")
    printed = () if region is None else (Paragraph(_announced_finding(region, table.rows)),)
    return Section(title, (*printed, note, table), part="ranking.composite", is_folded=True)


def _announced_finding(region: str, lines: Sequence[tuple[Cell, ...]]) -> str:
    """The announced ranks of the region that is picked out, or of which others there are some."""
    place = label("region", region)
    mine = [line for line in lines if line[2].text == place]
    if not mine:
        others = dict.fromkeys(line[2].text for line in lines)
        return _("{region}: no announced rank in these years (there are some for {others})").format(
            region=place, others=", ".join(others)
        )
    ranks = ", ".join(
        _("{value} in {year}").format(year=line[1].text, value=line[3].text) for line in mine
    )
    return _("{region}, as printed by sources: {ranks}").format(region=place, ranks=ranks)
