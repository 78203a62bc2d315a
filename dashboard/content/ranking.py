"""The ranking report of a metric and year: regions with intervals; announced ranks apart."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.catalogue import Metric
from dashboard.content.assembly import assemble
from dashboard.content.cells import figure_cell, no_data, reading_cell, text_cell
from dashboard.content.document import (
    Block,
    Cell,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Points,
    Report,
    Section,
    Stamp,
    Table,
)
from dashboard.content.figures import bar_chart
from dashboard.content.findings import (
    are_placed_among_all,
    patients_finding,
    rank_among,
    rank_clause,
)
from dashboard.content.proofs import (
    bound_assumption,
    bound_paragraphs,
    persons_range_text,
    places_text,
)
from dashboard.content.query_context import QueryContext, Row, Rows
from dashboard.content.ranking_standing import (
    derived_rows,
    standing_finding,
    standing_note,
)
from dashboard.content.ranking_years import (
    place_cell,
    rank_cell,
    rule_of_equals,
    rule_of_years,
    years_section,
)
from dashboard.content.readings import PER_CENT_UNITS
from dashboard.content.tables import Columns, table_of
from dashboard.errors import UsageError
from dashboard.i18n import change_text, label, ngettext, points_text
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import approximated, is_doubtful, weakest
from dashboard.kpi import PATIENTS
from dashboard.store.answer import Answer

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
            (_table(context, rows, bounds, code, year, compared, region),) if rows else (),
        ),
        _standing(metric, year, region, rows, bounds),
        years_section(context, metric, name, (since, year), region),
        Section(
            _("How the ranks are computed"),
            tuple(_rules(metric, year, compared, rows)) if rows else (),
            is_folded=True,
        ),
        _without_figure(context, code, year, rows),
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
        change=_change(mine).text if base is not None else "",
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


def _table(
    context: QueryContext,
    rows: Rows,
    bounds: Rows,
    metric: str,
    year: int,
    base: int | None,
    region: str | None,
) -> Table:
    """Regions with a figure, and between them those with a narrow range, by its least value.

    A screen draws the possible places as a bar beside the rank, and picks the region's row out.
    """
    is_placed = are_placed_among_all(rows)
    derived = derived_rows(metric, rows, bounds)
    before = {}
    if derived and base is not None:
        found = context.rows("ranking", metric=metric, year=base)
        before = {row["region"]: row for row in found}
    every = [*rows, *derived]
    every.sort(key=lambda row: -(row["low"] if row["value"] is None else row["value"]))
    title = (
        _("Every region with a figure in {year} or a derived range, the greatest value first")
        if derived
        else _("Every region with a figure in {year}, the greatest value first")
    )
    compared: Columns[Row] = {
        "previous_value": (
            _("{year}").format(year=base),
            lambda row: _previous_cell(row, before),
        ),
        "change": (_("on {year}").format(year=base), _change),
        "movement": (_("Movement"), _movement),
    }
    place = place_cell if is_placed else rank_cell
    table = table_of(
        title.format(year=year),
        every,
        {
            "rank": lambda row: replace(
                place(row), source_ids=(), span=(row["rank_best"], row["rank_worst"])
            ),
            "region": lambda row: label("region", row["region"]),
            "value": (_("{year}").format(year=year), _value_cell),
            "interval": (_("Possible among all"), _places),
            **({} if base is None else compared),
        },
        figures=("rank", "value", "interval", *compared),
        answer=context.answer("ranking_movement", metric=metric, year=year, previous_year=base),
    )
    ranked, *others = table.columns
    return replace(
        table,
        columns=(
            replace(ranked, scale=(1, every[0]["region_count"])),
            *(
                replace(one, is_drawn_in="rank") if one.name == "interval" else one
                for one in others
            ),
        ),
        picked=next((at for at, row in enumerate(every) if row["region"] == region), None),
    )


def _value_cell(row: Row) -> Cell:
    """The figure; without one its range, which is no value."""
    if row["value"] is not None:
        return figure_cell(row)
    return Cell(persons_range_text(row), None, "derived", tuple(row["source_ids"]))


def _previous_cell(row: Row, before: Mapping[str, Row]) -> Cell:
    """The figure of the year compared with; of a range from that year's ranking, by region."""
    if row["value"] is not None:
        return figure_cell(row, "previous_value")
    return figure_cell(before[row["region"]]) if row["region"] in before else no_data()


def _change(row: Row) -> Cell:
    """Difference with sign and, where it says something, per cent."""
    change = row["change"]
    if change is None:
        return text_cell("")
    is_approximate = row["is_approximate"] or row["is_previous_approximate"]
    per_cent = row["change_pct"] if row["unit"] in PER_CENT_UNITS else None
    text = (
        approximated(points_text(change), is_approximate)
        if row["unit"] == "pct"
        else change_text(change, row["unit"], is_approximate, per_cent)
    )
    evidence = weakest((row["evidence"], row["previous_evidence"]))
    return Cell(text, change, evidence, tuple(row["source_ids"]))


def _movement(row: Row) -> Cell:
    """Places won or lost among the regions with a figure in both years."""
    moved = row["movement"]
    if moved is None or row["both_count"] == 1:
        return text_cell("")
    arrow = f"▲ {moved}" if moved > 0 else f"▼ {-moved}" if moved < 0 else "■"
    ranks = _("{before} → {after} of {count} in both years").format(
        before=row["previous_both_rank"], after=row["both_rank"], count=row["both_count"]
    )
    evidence = weakest((row["evidence"], row["previous_evidence"]))
    return Cell(f"{arrow} ({ranks})", moved, evidence, ())


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


def _without_figure(context: QueryContext, metric: str, year: int, rows: Rows) -> Section | None:
    """Regions without a figure; of patients with the range and places that the others leave."""
    title = _("Regions without a figure in {year}").format(year=year)
    ranked = {row["region"] for row in rows}
    bounds = context.answer("bounds", year=year)
    bounded = [
        row for row in bounds.rows if row["region"] not in ranked and row["high"] is not None
    ]
    if metric == PATIENTS and bounded:
        table = _bounds_table(bounded, bounds)
        return Section(title, (table, Paragraph(bound_assumption())), is_folded=True)
    missing = [
        label("region", row["region"])
        for row in context.rows("regions")
        if not row["is_nation"] and row["region"] not in ranked
    ]
    said = Paragraph(", ".join(missing))
    return Section(title, (said,), is_folded=True) if missing else None


def _bounds_table(rows: Sequence[Row], answer: Answer) -> Table:
    table = table_of(
        _("Between what they must lie by what else is printed"),
        rows,
        {
            "region": lambda row: label("region", row["region"]),
            "range": (label("evidence", "derived"), _value_cell),
            "interval": (
                _("Possible among all"),
                lambda row: replace(
                    text_cell(_places(row)), span=(row["rank_best"], row["rank_worst"]), value=None
                ),
            ),
        },
        figures=("range", "interval"),
        answer=answer,
    )
    *others, interval = table.columns
    interval = replace(interval, scale=(1, rows[0]["region_count"]))
    return replace(table, columns=(*others, interval))


def _places(row: Row) -> str:
    """The certain rank among all, or between which places it lies."""
    places = places_text(row)
    is_certain = row["rank_best"] == row["rank_worst"]
    return _("{rank} (certain)").format(rank=places) if is_certain else places


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
