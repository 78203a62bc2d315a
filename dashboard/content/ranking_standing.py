"""Who is first of a year: among all regions as far as what is printed decides it."""

from dashboard.catalogue import Metric
from dashboard.content.figure_charts import ranks_note
from dashboard.content.findings import are_placed_among_all, place_clause
from dashboard.content.proofs import persons_range_text, places_text
from dashboard.content.query_context import Row, Rows
from dashboard.content.superlatives import figure_range, superlative
from dashboard.i18n import gettext as _
from dashboard.i18n import label, ngettext, sentence_figure
from dashboard.i18n.particles import with_particles
from dashboard.kpi import PATIENTS

_MOST_NAMED = 3
"""So many regions that can be first are named; more say nothing."""


def derived_rows(metric: str, rows: Rows, bounds: Rows) -> list[Row]:
    """Regions without a figure whose range is narrow, as rows of `ranking_movement` without value.

    `rows` are of `ranking_movement`, `bounds` of `bounds`, both of that year; of metrics other than
    foreign patients there are none, since ranges are persons.
    """
    if metric != PATIENTS or not rows:
        return []
    absent = dict.fromkeys(rows[0])
    return [
        absent | {column: row[column] for column in row.keys() & absent.keys()} | {"value": None}
        for row in _without_figure(rows, bounds)
        if row["is_range_narrow"]
    ]


def standing_finding(metric: Metric, year: int, rows: Rows, bounds: Rows) -> str:
    """Who is first among all, or can be; else who is among those with figures, if rounding lets.

    `rows` are of `ranking_movement`; `bounds` of `bounds`, empty where the metric has none. Empty
    without rows, unless a region is first for certain.
    """
    others = _without_figure(rows, bounds)
    found = superlative(
        [
            figure_range(float(row["value"]), row["is_approximate"], row["is_lower_bound"])
            for row in rows
        ],
        None,
    )
    leaders = _certainly_first(rows) or [rows[place] for place in found.places]
    said = {"name": metric.name, "year": year, "region": _names(leaders)}
    if leaders:
        said |= {"value": sentence_figure(leaders[0]), "count": leaders[0]["of_count"]}
        said["all"] = leaders[0]["region_count"]
    if _certainly_first(rows):
        sentence = _("{name} {year}: {region} first of all {all} regions with {value}")
        return sentence.format(**said)
    certain = _certainly_first(others)
    tail = _leaders_place(leaders)
    if certain:
        said |= {"first": _names(certain), "range": persons_range_text(certain[0])}
        sentence = (
            _("{name} {year}: {first} certainly first ({range}, derived)")
            if metric.params["metric"] == PATIENTS
            else _("{name} {year}: {first} certainly first (derived)")
        )
        return with_particles(sentence.format(**said) + tail)
    if not rows:
        return ""
    if not leaders:
        return ngettext(
            "{name} {year}: {count} region with a figure",
            "{name} {year}: {count} regions with figures",
            rows[0]["of_count"],
        ).format(**said | {"count": rows[0]["of_count"]})
    if not are_placed_among_all(rows):
        return _(
            "{name} {year}: {region} first with {value}, of the {count} regions with figures"
        ).format(**said)
    can_be = [row for row in (*rows, *others) if row["rank_best"] == 1]
    if bounds and 1 < len(can_be) <= _MOST_NAMED:
        sentence = _("{name} {year}: {first} can be first of all {all} regions")
        return with_particles(sentence.format(**said, first=_names(can_be)) + tail)
    sentence = _(
        "{name} {year}: of the {count} regions with figures {region} has the most, {value}"
    )
    return with_particles(sentence.format(**said)) + _(", {places}").format(
        places=_place(leaders[0])
    )


def standing_note(metric: Metric, rows: Rows, bounds: Rows) -> str:
    """What the numbers before the names count, and which regions are without a bar."""
    if not are_placed_among_all(rows):
        return ranks_note(rows)
    notes = [_("The number before a name is its place among all regions.")]
    derived = derived_rows(str(metric.params["metric"]), rows, bounds)
    if derived:
        names = ", ".join(
            _("{places}  {region} ({range})").format(
                places=places_text(row),
                region=label("region", row["region"]),
                range=persons_range_text(row),
            )
            for row in derived
        )
        notes.append(
            _("Without a bar, since only a range is derived: {names}.").format(names=names)
        )
    return " ".join(notes)


def _without_figure(rows: Rows, bounds: Rows) -> list[Row]:
    known = {row["region"] for row in rows}
    return [row for row in bounds if row["region"] not in known]


def _certainly_first(rows: Rows) -> list[Row]:
    return [row for row in rows if row["rank_certain"] == 1]


def _names(rows: Rows) -> str:
    return ", ".join(label("region", row["region"]) for row in rows)


def _leaders_place(leaders: Rows) -> str:
    """The greatest of those with figures, and its place among all; empty where none is known."""
    if not leaders:
        return ""
    return _("; {region} with {value}: {places}").format(
        region=_names(leaders), value=sentence_figure(leaders[0]), places=_place(leaders[0])
    )


def _place(row: Row) -> str:
    return place_clause(row) or _("rank {places} of all {all} regions").format(
        places=places_text(row), all=row["region_count"]
    )
