"""From attendance to contract: what the held events of the filters report, and what not."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

from dashboard.charts.event_stages import conversion_chart, stages_chart, yield_chart
from dashboard.i18n import country_text, date_text, figure_text, label, record_text
from dashboard.i18n import gettext as _
from dashboard.render.screen.html import draw
from dashboard.store.answer import Answer
from dashboard.store.ask import Record
from dashboard.ui.chart_card import chart_card, data_note
from dashboard.ui.event_filters import EventView
from dashboard.ui.event_links import event_href
from dashboard.ui.filter_bar import url_choice

Row = dict[str, Any]

_STAGES = (
    "attendees",
    "consultations",
    "patients_consulted",
    "inquiries",
    "reservations",
    "agreements",
)
_YIELDS = ("patients_consulted", "reservations", "agreements")


def stages_section(record: Record, view: EventView, stages: Answer) -> None:
    """How many events report each stage, and what passes between two of them.

    Args:
        record: the record.
        view: what the reader looks at.
        stages: answer to `event_stages` of the same filters.
    """
    st.markdown("## " + _("From attendance to contract"))
    chart_card(stages_chart(stages.rows), stages, "stages")
    st.caption(
        _(
            "Bars count events: filled where the figure is exact, outlined where it is "
            "approximate, pale for the events that do not report. An event that reports nothing is "
            "not zero. Only settled figures of held events enter; what was announced does not. "
            "Persons, participants, organisations, sessions and cases are never added to each "
            "other."
        )
    )
    conversions = record.ask("event_conversions", view.filters)
    chart_card(conversion_chart(conversions.rows), conversions, "conversions")
    st.caption(
        _(
            "Only over events that report both stages in persons; they need not be the same "
            "persons, so a value may pass 100. Outlined bars rest wholly or partly on approximate "
            "figures."
        )
    )


def stage_parts_section(record: Record, view: EventView) -> None:
    """The stages event by event, by country or by year, as a table."""
    st.markdown("## " + _("The stages one by one"))
    names = {"event": _("by event"), "country": _("by country"), "year": _("by year")}
    by = url_choice("by", _("Break down"), list(names), "event", lambda code: names[code])
    answer = record.ask("event_stage_parts", {"by": by, **view.filters})
    if not answer.rows:
        st.info(_("No held event of this choice reports a stage."))
        return
    shown = [stage for stage in _STAGES if any(row["stage"] == stage for row in answer.rows)]
    st.caption(
        _(
            "Held events only. An empty cell is no zero; units stand side by side and are not "
            "added. ≈ wholly or partly approximate · ≠ sources differ · * persons or firms not "
            "said · in brackets how many events report"
        )
    )
    draw(
        "event_stage_parts.html",
        caption=_("Stages {by}").format(by=names[by]),
        first=_names_of_parts()[by],
        stages=[label("measure", stage) for stage in shown],
        parts=_parts(answer.rows, by, shown),
        with_count=by != "event",
    )
    data_note(answer, "parts")


def yield_section(record: Record, view: EventView) -> None:
    """Mean per event of each type, over the events that report it."""
    st.markdown("## " + _("What an event of each type yields"))
    for column, stage in zip(st.columns(len(_YIELDS), gap="large"), _YIELDS, strict=True):
        answer = record.ask("event_yield", {"stage": stage, **view.filters})
        with column:
            chart_card(yield_chart(stage, answer.rows), answer, f"yield-{stage}")
            silent = [row for row in answer.rows if not row["reporting_count"]]
            if silent:
                st.caption(_("No data: {types}").format(types=_types(silent)))
    st.caption(
        _(
            "Mean over the events that report the figure, and how many of how many held they are; "
            "events that do not report are left out, not taken as zero. Few events report, and "
            "the larger ones more readily, so a mean says little about the type as such."
        )
    )


def _types(rows: Iterable[Row]) -> str:
    """Types with the number of their held events."""
    return " · ".join(
        f"{label('event_type', row['event_type'])} {row['held_count']}" for row in rows
    )


def _names_of_parts() -> dict[str, str]:
    return {
        "event": _("Event"),
        "country": _("Country of the event"),
        "year": _("Year"),
    }


def _parts(rows: Iterable[Row], by: str, shown: list[str]) -> list[Row]:
    """One line per part, one cell per stage, one entry per unit in it."""
    lines: dict[tuple[object, ...], Row] = {}
    for row in rows:
        key = (row["event_id"], row["country"], row["year"])
        line = lines.setdefault(
            key,
            {
                "name": _part_name(row, by),
                "remark": date_text(row["start_on"]) or _("date unknown") if by == "event" else "",
                "href": event_href(row["event_id"]) if by == "event" else "",
                "held": row["held_count"],
                "cells": {stage: [] for stage in shown},
            },
        )
        if row["stage"] in line["cells"]:
            line["cells"][row["stage"]].append(_entry(row, by))
    return list(lines.values())


def _entry(row: Row, by: str) -> str:
    text = figure_text(row)
    if row["unit"] == "participants":
        text += " *"
    if row["dissent_count"]:
        text += " ≠"
    return text if by == "event" else f"{text} ({row['reporting_count']})"


def _part_name(row: Row, by: str) -> str:
    if by == "event":
        return record_text(row["title"])
    if by == "country":
        return country_text(row["country"]) or _("place unknown")
    return _("{year}").format(year=row["year"]) if row["year"] else _("date unknown")
