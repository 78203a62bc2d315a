"""The ranking report of a metric and year: regions with intervals; announced ranks apart."""

from dashboard.catalogue import Metric
from dashboard.content.assembly import assemble
from dashboard.content.cells import figure_cell, text_cell
from dashboard.content.document import (
    Block,
    Cell,
    Column,
    Paragraph,
    Points,
    Report,
    Section,
    Stamp,
    Table,
)
from dashboard.content.figures import bar_chart
from dashboard.content.query_context import QueryContext, Row, Rows
from dashboard.content.superlatives import figure_range, superlative
from dashboard.errors import UsageError
from dashboard.i18n import change_text, figure_text, label, language, ngettext, quantity_text
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import is_doubtful, weakest

_PER_CENT_UNITS = frozenset({"persons", "krw"})
_ANNOUNCED = ("review_rank", "rank")


def ranking_report(
    context: QueryContext,
    metric: Metric,
    year: int,
    stamp: Stamp,
    region: str | None = None,
    base: int | None = None,
) -> Report:
    """Competition ranking (1, 2, 2, 4) of the regions with a figure.

    Args:
        context: the build.
        metric: a figure that regions have.
        year: the year.
        stamp: what is printed on every page.
        region: the region to be picked out; None for none.
        base: year to compare places with; the year before unless told.

    Raises:
        UsageError: the metric is computed, so that it has no ranking of its own.
    """
    if metric.question != "figure" or metric.column != "value":
        raise UsageError(
            "This metric cannot be ranked",
            f"'{metric.id}' is computed from other metrics.",
            "Choose a figure of regions, such as foreign_patients.",
        )
    code = str(metric.params["metric"])
    compared = (base or year - 1) if metric.comparable else None
    rows = context.rows("ranking_movement", metric=code, year=year, previous_year=compared)
    name = metric.name.in_language(language())
    sections = (
        _standing(metric, name, year, region, rows),
        Section(
            _("{year} in full: {name}").format(year=year, name=name),
            (_table(rows, code, year, compared), *_rules(metric, year, compared, rows))
            if rows
            else (),
        ),
        _without_figure(context, year, rows),
        _announced(context, year),
    )
    return assemble(
        "ranking",
        _("Ranking: {name} {year}").format(name=name, year=year),
        metric.definition.in_language(language()),
        sections,
        context,
        stamp,
    )


def _standing_finding(name: str, year: int, rows: Rows) -> str:
    """Who is first, unless rounded figures leave that open."""
    found = superlative(
        [
            figure_range(float(row["value"]), row["is_approximate"], row["is_lower_bound"])
            for row in rows
        ],
        None,
    )
    first = [rows[place] for place in found.places]
    said = {"name": name, "year": year, "count": rows[0]["of_count"]}
    if not first:
        return ngettext(
            "{name} {year}: {count} region with a figure",
            "{name} {year}: {count} regions with figures",
            rows[0]["of_count"],
        ).format(**said)
    return _(
        "{name} {year}: {region} first with {value}, of the {count} regions with figures"
    ).format(
        **said,
        region=", ".join(label("region", row["region"]) for row in first),
        value=figure_text(first[0]),
    )


def _standing(metric: Metric, name: str, year: int, region: str | None, rows: Rows) -> Section:
    if not rows:
        sentence = _("No region has a figure in {year}.").format(year=year)
        return Section(name, (Paragraph(sentence, (), "warning"),))
    title = _standing_finding(name, year, rows)
    picked = {place for place, row in enumerate(rows) if row["region"] == region}
    chart = bar_chart(
        title,
        label("unit", metric.unit),
        [f"{row['rank']}  {label('region', row['region'])}" for row in rows],
        [figure_cell(row) for row in rows],
        picked,
    )
    return Section(_("Standing among the regions in {year}").format(year=year), (chart,))


def _table(rows: Rows, metric: str, year: int, base: int | None) -> Table:
    columns = [
        Column("rank", label("column", "rank"), True),
        Column("region", label("column", "region")),
        Column("value", _("{year}").format(year=year), True),
        Column("interval", _("Possible among all"), True),
    ]
    if base is not None:
        columns += [
            Column("previous_value", _("{year}").format(year=base), True),
            Column("change", _("on {year}").format(year=base), True),
            Column("movement", _("Movement"), True),
        ]
    return Table(
        "",
        tuple(columns),
        tuple(_line(row, base) for row in rows),
        "ranking_movement",
        (("metric", metric), ("year", year), ("previous_year", base)),
    )


def _line(row: Row, base: int | None) -> tuple[Cell, ...]:
    value = figure_cell(row)
    place = (
        Cell(quantity_text(row["rank"], "rank"), row["rank"], row["evidence"], ()),
        text_cell(label("region", row["region"])),
        value,
        text_cell(f"{row['rank_best']}–{row['rank_worst']}"),
    )
    if base is None:
        return place
    previous = figure_cell(row, "previous_value")
    return (*place, previous, _change(row), _movement(row))


def _change(row: Row) -> Cell:
    """Difference with sign and, where it says something, per cent."""
    change = row["change"]
    if change is None:
        return text_cell("")
    is_approximate = row["is_approximate"] or row["is_previous_approximate"]
    per_cent = row["change_pct"] if row["unit"] in _PER_CENT_UNITS else None
    text = change_text(change, row["unit"], is_approximate, per_cent)
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
        _("Equal values share a rank (1, 2, 2, 4); they are ranked before rounding."),
        _(
            "{missing} of {all} regions have no figure of their own in {year}; as they could stand "
            "anywhere, the interval says which places among all are possible."
        ).format(
            missing=first["region_count"] - first["of_count"],
            all=first["region_count"],
            year=year,
        ),
    ]
    weak = sum(is_doubtful(row["evidence"]) for row in rows)
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
        rules.append(_("Years are not compared: what was recorded differs from year to year."))
    else:
        both = next((row["both_count"] for row in rows if row["both_count"]), 0)
        rules.append(
            _(
                "Movement since {base}: computed among the {count} regions that have figures in "
                "both years, ranked anew in each. A region with a figure in one year only has none."
            ).format(base=base, count=both)
        )
    if metric.caveat:
        rules.append(metric.caveat.in_language(language()))
    return [Points(tuple(Paragraph(rule) for rule in rules))]


def _without_figure(context: QueryContext, year: int, rows: Rows) -> Section | None:
    ranked = {row["region"] for row in rows}
    missing = [
        label("region", row["region"])
        for row in context.rows("regions")
        if not row["is_nation"] and row["region"] not in ranked
    ]
    if not missing:
        return None
    title = _("Regions without a figure in {year}").format(year=year)
    return Section(title, (Paragraph(", ".join(missing)),))


def _announced(context: QueryContext, year: int) -> Section:
    """Ranks that were announced or printed, never mixed with the computed ones."""
    headings = {
        "review_rank": _("In the ministry's cluster reviews"),
        "rank": _("By foreign patients, as sources print it"),
    }
    lines = [
        (
            text_cell(headings[metric]),
            Cell(str(row["year"]), row["year"], None, ()),
            text_cell(label("region", row["region"])),
            figure_cell(row, "announced_rank", unit="rank"),
        )
        for metric in _ANNOUNCED
        for row in context.rows("announced_ranks", metric=metric, last_year=year)
    ]
    title = _("Announced ranks, not computed here")
    note = Paragraph(
        _(
            "Facts with a source, never mixed with the computed ranks above. The ministry "
            "published neither weights nor the ranks of the other applicants."
        )
    )
    if not lines:
        return Section(title, (Paragraph(label("evidence", "no data")), note))
    table = Table(
        "",
        (
            Column("kind", label("column", "kind")),
            Column("year", label("column", "year")),
            Column("region", label("column", "region")),
            Column("announced_rank", label("column", "announced_rank"), True),
        ),
        tuple(lines),
        "announced_ranks",
    )
    return Section(title, (note, table))
