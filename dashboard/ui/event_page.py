"""Everything the record knows of one event."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

from dashboard.content.document import Table
from dashboard.content.event_facts import (
    agreements_table,
    participants_table,
    programme_table,
    route_table,
)
from dashboard.i18n import (
    country_text,
    figure_text,
    label,
    ngettext,
    number_text,
    percent_text,
    place_text,
    record_text,
    span_text,
)
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import approximated
from dashboard.render.screen.html import draw
from dashboard.render.screen.markdown import heading
from dashboard.store.answer import Answer
from dashboard.store.ask import Record
from dashboard.ui.chart_card import data_note
from dashboard.ui.event_links import event_href

Row = dict[str, Any]


def event_page(record: Record, event_id: str) -> None:
    """Draw the page of an event: facts, outcomes, claims, disagreements, institutions, sources."""
    asked: dict[str, object] = {"event_id": event_id}
    answer = record.ask("events", asked)
    event = answer.first
    outcomes = record.ask("event_plan_result", asked)
    draw("event_back.html", href=event_href(None))
    heading(_finding(event, outcomes.rows), 1)
    draw("event_facts.html", event=event, facts=_facts(event))
    st.markdown("## " + _("Announced and reported"))
    if outcomes.rows:
        _outcomes(event, outcomes)
        st.markdown("## " + _("Who says so"))
        _claims(record.ask("event_claims", asked))
    else:
        st.info(_("The record has no figure of this event. That is no zero."))
    _happened(record, asked)
    _disputes(record.ask("event_disputes", asked))
    st.markdown("## " + _("Sources of the event"))
    draw(
        "sources.html",
        sources=answer.sources,
        caption=ngettext(
            "{count} source reports the event",
            "{count} sources report the event",
            len(answer.sources),
        ).format(count=len(answer.sources)),
    )
    data_note(answer, "event")


def _finding(event: Row, rows: Iterable[Row]) -> str:
    """The title with the first figures: those reported, else those announced, else none."""
    title = record_text(event["title"])
    whole = [row for row in rows if not row["is_part"]]
    reported = [_short(row, "reported") for row in whole if row["reported_value"] is not None]
    if reported:
        return f"{title}: {', '.join(reported[:3])}"
    planned = [_short(row, "planned") for row in whole if row["planned_value"] is not None]
    if planned:
        return _("{title}: only announced figures ({figures})").format(
            title=title, figures=", ".join(planned[:3])
        )
    return _("{title}: no figure in the record").format(title=title)


def _short(row: Row, side: str) -> str:
    text = f"{label('measure', row['measure'])} {_value(row, side)}"
    return f"{text} ({_('not a booking')})" if row["measure"] == "inquiries" else text


def _value(row: Row, side: str) -> str:
    return figure_text(row, f"{side}_value")


def _facts(event: Row) -> list[tuple[str, str]]:
    day = span_text(event["start_on"], event["end_on"]) or _("date unknown")
    precision = label("precision", event["date_precision"])
    if event["is_date_inferred"]:
        precision = f"{precision}, {_('inferred, not printed')}"
    return [
        (label("column", "event_type"), label("event_type", event["event_type"])),
        (label("column", "event_status"), label("event_status", event["event_status"])),
        (
            _("Date"),
            _("{date} ({precision})").format(date=day, precision=precision)
            if event["start_on"]
            else day,
        ),
        (_("Place"), place_text(event["city"], event["country"]) or _("place unknown")),
        (label("column", "host"), record_text(event["host"]) or label("evidence", "no data")),
        (_("Region of the project"), label("region", event["owner_region"])),
        (_("Korean title"), _korean_title(event)),
        (_("Note of the record"), record_text(event["note"])),
        (label("column", "event_id"), event["event_id"]),
    ]


def _korean_title(event: Row) -> str:
    """Whether a source prints it, and which where that is noted; empty where nothing is known."""
    origin = label("title_origin", event["title_ko_origin"])
    source = event["title_ko_source_id"]
    return f"{origin} ({source})" if source else origin


def _outcomes(event: Row, answer: Answer) -> None:
    st.caption(
        _(
            "What was announced beforehand and what was reported afterwards is never added. A "
            "country under a total is a part of it and is not added to it."
        )
    )
    draw(
        "event_plan_result.html",
        caption=_("Every settled figure of the event"),
        reported=_("Reported as held")
        if event["event_status"] == "held"
        else _("Reported, not known whether held"),
        rows=[_outcome(row) for row in answer.rows],
    )
    data_note(answer, "outcomes")


def _outcome(row: Row) -> Row:
    return {
        "measure": label("measure", row["measure"]),
        "country": country_text(row["country"]),
        "is_part": row["is_part"],
        "planned": _side(row, "planned"),
        "reported": _side(row, "reported"),
        "share": _share(row),
    }


def _side(row: Row, side: str) -> Row | None:
    """Value, evidence and support of one side; None where it says nothing."""
    if row[f"{side}_value"] is None:
        return None
    printed = row[f"{side}_printed_by"]
    remarks = [
        label("evidence", row[f"{side}_evidence"]),
        *([_("persons or firms not said")] if row["unit"] == "participants" else []),
        ngettext("printed by {count}", "printed by {count}", printed).format(count=printed),
    ]
    if row[f"{side}_dissent_count"]:
        remarks.append(
            ngettext(
                "{count} claim differs", "{count} claims differ", row[f"{side}_dissent_count"]
            ).format(count=row[f"{side}_dissent_count"])
        )
    if side == "reported" and row["reported_part_count"]:
        remarks.append(
            ngettext(
                "{count} country below: {sum}",
                "{count} countries below: together {sum}",
                row["reported_part_count"],
            ).format(count=row["reported_part_count"], sum=number_text(row["reported_part_sum"]))
        )
    return {
        "value": _value(row, side),
        "remark": " · ".join(remarks),
        "note": record_text(row[f"{side}_note"]),
    }


def _share(row: Row) -> str:
    if row["reported_of_planned_pct"] is None:
        return ""
    rounded = row["planned_is_approximate"] or row["reported_is_approximate"]
    return approximated(percent_text(row["reported_of_planned_pct"]), rounded)


def _claims(answer: Answer) -> None:
    """Every claim about every figure, with its source."""
    draw(
        "claims.html",
        claims=[
            {
                **row,
                "item_title": label("measure", row["measure"]),
                "item": _("announced") if row["planned"] else _("reported"),
                "nationality": row["country"],
            }
            for row in answer.rows
        ],
        with_item=True,
        caption=_("Every claim in the record, and how it relates to the settled one"),
    )
    data_note(answer, "claims")


def _happened(record: Record, asked: dict[str, object]) -> None:
    """Participants, else the institutions that its sources name; agreements, route, programme."""
    participants = record.ask("event_participants", asked)
    agreements = record.ask("agreements", asked)
    programme = record.ask("event_programme", asked)
    if participants.rows:
        _table(participants_table(participants.rows))
        data_note(participants, "participants")
    else:
        _institutions(record.ask("event_institutions", asked))
    _table(agreements_table(agreements.rows))
    if agreements.rows:
        data_note(agreements, "agreements")
    _table(route_table(programme.rows))
    _table(programme_table(programme.rows))
    if programme.rows:
        data_note(programme, "programme")


def _table(table: Table) -> None:
    if not table.rows:
        return
    st.markdown("## " + table.title)
    draw("event_table.html", table=table)


def _disputes(answer: Answer) -> None:
    if not answer.rows:
        return
    count = len(answer.rows)
    st.markdown(
        "## "
        + ngettext(
            "{count} disagreement in its sources", "{count} disagreements in its sources", count
        ).format(count=count)
    )
    draw("event_disputes.html", rows=answer.rows, sources=answer.sources)


def _institutions(answer: Answer) -> None:
    if not answer.rows:
        return
    st.markdown(
        "## "
        + ngettext(
            "{count} institution named by its sources",
            "{count} institutions named by its sources",
            len(answer.rows),
        ).format(count=len(answer.rows))
    )
    st.caption(_("A source may tell of more than this event: not all need have taken part."))
    draw(
        "event_institutions.html",
        caption=_("Institutions named by the sources"),
        rows=[
            {
                "name": record_text(row["name"]),
                "kind": label("institution_kind", row["institution_kind"]),
                "place": place_text(row["city"], row["country"]),
                "source_ids": row["source_ids"],
            }
            for row in answer.rows
        ],
        sources=answer.sources,
    )
    data_note(answer, "institutions")
