"""Everything the record knows of one country."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard.charts.country_patients import country_patients_chart
from dashboard.content.findings import events_counted
from dashboard.i18n import (
    country_text,
    date_text,
    figure_text,
    label,
    ngettext,
    publisher_names,
    record_text,
    span_text,
)
from dashboard.i18n import gettext as _
from dashboard.render.screen.html import draw
from dashboard.render.screen.markdown import heading
from dashboard.store.answer import Answer
from dashboard.store.ask import Record
from dashboard.ui.chart_card import chart_card, data_note
from dashboard.ui.map_sections import country_href

Row = dict[str, Any]


def country_page(record: Record, region: str, country: str) -> None:
    """Draw centres, patients, events, outcomes and agreements of a country.

    Args:
        record: the record.
        region: the region in question: picked out in the chart.
        country: ISO 3166-1 alpha-2 code.
    """
    asked: dict[str, object] = {"country": country}
    centres = record.ask("map_centres", asked)
    events = record.ask("events", asked)
    candidates = record.ask("centre_countries").rows
    certainty = next((row for row in candidates if row["country"] == country), None)
    draw("map_back.html", href=country_href(None))
    _headline(country, centres, events)
    if certainty is not None:
        st.write(
            _("Among the nine countries of end 2018: {confidence} ({reason})").format(
                confidence=label("confidence", certainty["confidence"]),
                reason=record_text(certainty["note"]),
            )
        )
    _section(_("Promotion centres"), centres, "centres", _centre)
    _patients(record, region, asked)
    _section(_("Events in the country"), events, "events", _event)
    st.caption(_("Events of other regions are in it: the owner stands in each row."))
    outcomes = record.ask("country_outcomes", asked)
    _section(_("What came of them, and of visits from there"), outcomes, "outcomes", _outcome)
    st.caption(
        _("A figure for the country alone may be part of a total beside it: never add the two.")
    )
    agreements = record.ask("country_agreements", asked)
    _section(_("Agreements"), agreements, "agreements", _agreement)


def _headline(country: str, centres: Answer, events: Answer) -> None:
    count = sum(row["is_named"] for row in centres.rows)
    counted = events_counted(events.rows) if events.rows else _("no event in the record")
    st.markdown(
        "# "
        + ngettext(
            "{country}: {count} promotion centre named; {events}",
            "{country}: {count} promotion centres named; {events}",
            count,
        ).format(country=country_text(country), count=count, events=counted)
    )


def _patients(record: Record, region: str, asked: dict[str, object]) -> None:
    st.markdown("## " + _("Patients by year"))
    answer = record.ask("country_patients", asked)
    if not answer.rows:
        st.info(_("The record has no patients from this country. That is no zero."))
        return
    chart = country_patients_chart(str(asked["country"]), region, answer.rows)
    chart_card(chart, answer, "country-patients")


def _section(
    title: str, answer: Answer, key: str, cells: Callable[[Row, Answer], dict[str, str]]
) -> None:
    """A heading, the rows as a table, and what they rest on; or that there are none."""
    heading(title, 2)
    if not answer.rows:
        st.info(_("The record has none. That is no zero."))
        return
    found = [cells(row, answer) for row in answer.rows]
    draw(
        "map_rows.html",
        caption=title,
        columns=list(found[0]),
        rows=[
            {"cells": list(shown.values()), "href": _event_page(row)}
            for shown, row in zip(found, answer.rows, strict=True)
        ],
    )
    data_note(answer, f"country-{key}")


def _event_page(row: Row) -> str:
    """The address of an event's own page."""
    if "event_id" not in row:
        return ""
    return f"events?event={row['event_id']}&lang={st.query_params.get('lang', 'ko')}"


def _centre(row: Row, answer: Answer) -> dict[str, str]:
    return {
        label("column", "city"): record_text(row["city"]) or _("city not known"),
        label("column", "owner_region"): label("region", row["owner_region"]),
        label("column", "operator"): record_text(row["operator"]) or label("evidence", "no data"),
        label("column", "opened_on"): _("{date} ({precision})").format(
            date=date_text(row["opened_on"]), precision=label("precision", row["opened_precision"])
        ),
        label("column", "centre_state"): label("centre_state", row["centre_state"]),
        label("column", "status_as_of"): date_text(row["status_as_of"]),
        label("column", "counted_2018"): label("counted_2018", row["counted_2018"]),
        _("Sources"): publisher_names(answer.sources, row["source_ids"]),
    }


def _event(row: Row, answer: Answer) -> dict[str, str]:
    return {
        label("column", "title"): record_text(row["title"]),
        _("Date"): span_text(row["start_on"], row["end_on"]) or _("date unknown"),
        label("column", "owner_region"): label("region", row["owner_region"]),
        label("column", "city"): record_text(row["city"]),
        label("column", "event_type"): label("event_type", row["event_type"]),
        label("column", "event_status"): label("event_status", row["event_status"]),
        _("Sources"): publisher_names(answer.sources, row["source_ids"]),
    }


def _outcome(row: Row, answer: Answer) -> dict[str, str]:
    return {
        label("column", "title"): record_text(row["title"]),
        _("Date"): date_text(row["start_on"]) or _("date unknown"),
        label("column", "measure"): label("measure", row["measure"]),
        _("Value"): figure_text(row),
        _("Announced or reported"): _announced(row),
        _("For the country alone"): country_text(row["nationality"])
        or ("" if row["per"] else _("in total")),
        label("column", "evidence"): label("evidence", row["evidence"]),
    }


def _agreement(row: Row, answer: Answer) -> dict[str, str]:
    return {
        label("column", "title"): record_text(row["title"]),
        _("Date"): date_text(row["start_on"]) or _("date unknown"),
        label("column", "owner_region"): label("region", row["owner_region"]),
        label("column", "measure"): label("measure", row["measure"]),
        _("Value"): figure_text(row, unit="agreements"),
        _("Announced or reported"): _announced(row),
        label("column", "note"): record_text(row["note"]),
        _("Sources"): publisher_names(answer.sources, row["source_ids"]),
    }


def _announced(row: Row) -> str:
    return _("announced beforehand, not a result") if row["planned"] else _("reported")
