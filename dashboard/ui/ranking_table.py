"""The rankings in words and as a table: rank, interval, value, change and movement."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard.content.findings import rank_clause
from dashboard.i18n import change_text, figure_text, label, ngettext
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import EVIDENCE_MARKS, is_doubtful, sign
from dashboard.render.screen.html import draw
from dashboard.render.screen.markdown import heading, literal
from dashboard.store.answer import Answer
from dashboard.store.ask import Record
from dashboard.ui.chart_card import data_note
from dashboard.ui.evidence import show_claims
from dashboard.ui.ranking_filters import RankingView

Row = dict[str, Any]

_PER_CENT_UNITS = frozenset({"persons", "krw"})
"""Per cent of a handful of events or centres would say more than they do."""


def ranking_headline(view: RankingView, movement: Answer) -> None:
    """The page's first sentence: rank, among how many, interval, and movement of the region.

    Args:
        view: what the reader looks at.
        movement: answer to `ranking_movement` of that metric and year.
    """
    region = label("region", view.region)
    mine = next((row for row in movement.rows if row["region"] == view.region), None)
    if mine is None:
        sentence = _("{region} {year}, {name}: no rank, since the record has no figure").format(
            region=region, year=view.year, name=view.name
        )
    else:
        sentence = _("{region} {year}, {name}: {rank}").format(
            region=region, year=view.year, name=view.name, rank=rank_clause(mine)
        )
        sentence += _movement_clause(mine, view.base)
    heading(sentence, 1)


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


def years_note(view: RankingView, years: Answer) -> None:
    """How to read the marks of the years, under their chart."""
    notes = [
        _("Computed ranks. Each year is ranked among the regions with a figure in that year only."),
        _("Equal values share a rank (1, 2, 2, 4); they are ranked before rounding."),
        _("A line joins two years in a row in which the region has figures.")
        if view.metric.comparable
        else _("Years are not compared: what was recorded differs from year to year."),
    ]
    if any(is_doubtful(row["evidence"]) for row in years.rows):
        notes.append(
            _("White squares: the figure is approximate, contested, provisional or self-reported.")
        )
    st.caption(literal(" ".join(notes)))


def ranking_table(record: Record, view: RankingView, movement: Answer) -> None:
    """Draw an answer to `ranking_movement` as a table with its rules."""
    st.markdown("## " + _("{year} in full: {name}").format(year=view.year, name=view.name))
    if not movement.rows:
        st.info(_("No region has a figure in {year}.").format(year=view.year))
        return
    draw(
        "ranking_table.html",
        rows=[_cells(row, view) for row in movement.rows],
        base=view.base,
        all=movement.first["region_count"],
        of_count=movement.first["of_count"],
        caption=_("Every region with a figure in {year}, the greatest value first").format(
            year=view.year
        ),
    )
    st.caption(" ".join(_rules(view, movement.rows)))
    asked = _("Claims about {region} {year}").format(
        region=label("region", view.region), year=view.year
    )
    if st.button(asked, key="ranking-claims", type="tertiary"):
        show_claims(record, view.metric.id, view.name, view.region, view.year)
    data_note(movement, "movement")


def _cells(row: Row, view: RankingView) -> Row:
    change, versus = _change(row)
    arrow, moved, mood = _moved(row, view)
    return {
        "region": label("region", row["region"]),
        "is_mine": row["region"] == view.region,
        "rank": row["rank"],
        "interval": f"{row['rank_best']}–{row['rank_worst']}",
        "value": figure_text(row),
        "change": change,
        "versus": versus,
        "mark": EVIDENCE_MARKS[row["evidence"]],
        "evidence": label("evidence", row["evidence"]),
        "arrow": arrow,
        "moved": moved,
        "mood": mood,
    }


def _change(row: Row) -> tuple[str, str]:
    """Difference with sign and per cent, and the former value with what is weak about it."""
    change = row["change"]
    if change is None:
        return label("evidence", "no data"), ""
    is_approximate = row["is_approximate"] or row["is_previous_approximate"]
    per_cent = row["change_pct"] if row["unit"] in _PER_CENT_UNITS else None
    text = change_text(change, row["unit"], is_approximate, per_cent) if change else _("unchanged")
    former = figure_text(row, "previous_value")
    versus = _("{year}: {value}").format(year=row["previous_year"], value=former)
    if sign(row["previous_evidence"]):
        versus += f" · {label('evidence', row['previous_evidence'])}"
    return text, versus


def _moved(row: Row, view: RankingView) -> tuple[str, str, str]:
    """Arrow, words and mood of a movement; colour follows good and bad, the arrow up and down."""
    moved = row["movement"]
    if moved is None:
        return "", _("no figure in {year}").format(year=view.base), "even"
    if row["both_count"] == 1:
        return "", _("no other region to compare with"), "even"
    ranks = _("{before} → {after} of {count} in both years").format(
        before=row["previous_both_rank"], after=row["both_rank"], count=row["both_count"]
    )
    if moved == 0:
        return "■", ranks, "even"
    is_neutral = view.metric.direction == "none"
    good = "good" if moved > 0 else "bad"
    arrow = f"▲ {moved}" if moved > 0 else f"▼ {-moved}"
    return arrow, ranks, "even" if is_neutral else good


def _rules(view: RankingView, rows: Sequence[Row]) -> list[str]:
    missing = rows[0]["region_count"] - rows[0]["of_count"]
    rules = [
        _("Equal values share a rank (1, 2, 2, 4); they are ranked before rounding."),
        _(
            "{missing} of {all} regions have no figure of their own in {year}; as they could stand "
            "anywhere, the interval says which places among all are possible."
        ).format(missing=missing, all=rows[0]["region_count"], year=view.year),
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
    if not view.metric.comparable:
        rules.append(_("Years are not compared: what was recorded differs from year to year."))
    elif view.base is not None:
        both = next((row["both_count"] for row in rows if row["both_count"]), 0)
        rules.append(
            _(
                "Movement since {base}: computed among the {count} regions that have figures in "
                "both years, ranked anew in each. A region with a figure in one year only has none."
            ).format(base=view.base, count=both)
        )
    return rules
