"""The tables of a ranking: regions with a figure or a range, and those without."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard.content.cells import figure_cell, no_data, text_cell
from dashboard.content.document import Cell, Paragraph, Section, Table
from dashboard.content.findings import (
    are_placed_among_all,
)
from dashboard.content.proofs import (
    bound_assumption,
    persons_range_text,
    places_text,
)
from dashboard.content.query_context import QueryContext, Row, Rows
from dashboard.content.ranking_standing import (
    derived_rows,
)
from dashboard.content.ranking_years import (
    place_cell,
    rank_cell,
)
from dashboard.content.readings import PER_CENT_UNITS
from dashboard.content.tables import Columns, table_of
from dashboard.i18n import change_text, label, points_text
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import approximated, weakest
from dashboard.kpi import PATIENTS
from dashboard.store.answer import Answer


def ranking_table(
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
        "change": (_("on {year}").format(year=base), change_cell),
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
    sources = tuple(row["source_ids"])
    return Cell(persons_range_text(row), None, "derived", sources, order=row["low"])


def _previous_cell(row: Row, before: Mapping[str, Row]) -> Cell:
    """The figure of the year compared with; of a range from that year's ranking, by region."""
    if row["value"] is not None:
        return figure_cell(row, "previous_value")
    return figure_cell(before[row["region"]]) if row["region"] in before else no_data()


def change_cell(row: Row) -> Cell:
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


def without_figure(context: QueryContext, metric: str, year: int, rows: Rows) -> Section | None:
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
