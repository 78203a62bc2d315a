"""Everything the record knows of one event."""

from collections.abc import Iterator
from dataclasses import replace

from dashboard.content.assembly import assemble
from dashboard.content.cells import figure_cell, text_cell
from dashboard.content.document import Block, Cell, Paragraph, Points, Section, Table
from dashboard.content.doubts import claim_columns, dispute_point
from dashboard.content.event_facts import (
    agreements_table,
    institutions_table,
    participants_table,
    programme_table,
    route_table,
)
from dashboard.content.query_context import QueryContext, Row, Rows
from dashboard.content.readings import dissent_text
from dashboard.content.report import Report, Stamp
from dashboard.content.tables import table_of
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
from dashboard.i18n.evidence import approximated, weakest

_MOST_FIGURES = 3
"""In the title."""


def event_report(context: QueryContext, event_id: str, stamp: Stamp) -> Report:
    """Facts, outcomes, claims, participants, agreements, route, programme, disagreements."""
    event = context.answer("events", event_id=event_id).first
    outcomes = context.rows("event_plan_result", event_id=event_id)
    sections = (
        Section(event_finding(event, outcomes), (_facts(event),), part="events.back"),
        *_outcomes(context, event, outcomes),
        *_happened(context, event_id),
        _disputes(context, event_id),
    )
    title = _("Event: {title}").format(title=record_text(event["title"]))
    return assemble("events", title, sections, context, stamp, is_led=True)


def event_finding(event: Row, rows: Rows) -> str:
    """The title with the first figures of `event_plan_result`: reported, or announced, or none."""
    title = record_text(event["title"])
    whole = [row for row in rows if not row["is_part"]]
    reported = [_short(row, "reported") for row in whole if row["reported_value"] is not None]
    if reported:
        return f"{title}: {', '.join(reported[:_MOST_FIGURES])}"
    planned = [_short(row, "planned") for row in whole if row["planned_value"] is not None]
    if planned:
        return _("{title}: only announced figures ({figures})").format(
            title=title, figures=", ".join(planned[:_MOST_FIGURES])
        )
    return _("{title}: no figure in the record").format(title=title)


def _short(row: Row, side: str) -> str:
    text = f"{label('measure', row['measure'])} {figure_text(row, f'{side}_value')}"
    return f"{text} ({_('not a booking')})" if row["measure"] == "inquiries" else text


def _facts(event: Row) -> Table:
    day = span_text(event["start_on"], event["end_on"]) or _("date unknown")
    precision = label("precision", event["date_precision"])
    if event["is_date_inferred"]:
        precision = f"{precision}, {_('inferred, not printed')}"
    if event["start_on"]:
        day = _("{date} ({precision})").format(date=day, precision=precision)
    host = record_text(event["host"]) or label("evidence", "no data")
    facts = (
        (label("column", "event_type"), label("event_type", event["event_type"])),
        (label("column", "event_status"), label("event_status", event["event_status"])),
        (_("Date"), day),
        (_("Place"), place_text(event["city"], event["country"]) or _("place unknown")),
        (label("column", "host"), host),
        (_("Region of the project"), label("region", event["owner_region"])),
        (_("Korean title"), _korean_title(event)),
        (_("Note of the record"), record_text(event["note"])),
        (label("column", "event_id"), event["event_id"]),
    )
    said = [(name, text) for name, text in facts if text]
    return table_of(
        "",
        said,
        {
            "name": (
                _("Item"),
                lambda fact: text_cell(fact[0], event["source_ids"] if fact is said[0] else ()),
            ),
            "text": lambda fact: fact[1],
        },
        question="events",
        asked={"event_id": event["event_id"]},
    )


def _korean_title(event: Row) -> str:
    """Whether a source prints it, and which where that is noted; empty where nothing is known."""
    origin = label("title_origin", event["title_ko_origin"])
    source = event["title_ko_source_id"]
    return f"{origin} ({source})" if source else origin


def _outcomes(context: QueryContext, event: Row, rows: Rows) -> Iterator[Section]:
    """What was announced and what was reported, and every claim about it."""
    title = _("Announced and reported")
    if not rows:
        none = _("The record has no figure of this event. That is no zero.")
        yield Section(title, (Paragraph(none),))
        return
    asked = {"event_id": event["event_id"]}
    reported = (
        _("Reported as held")
        if event["event_status"] == "held"
        else _("Reported, not known whether held")
    )
    table = table_of(
        "",
        rows,
        {
            "measure": _measured,
            "planned_value": (_("Announced"), lambda row: figure_cell(row, "planned_value")),
            "reported_value": (reported, lambda row: figure_cell(row, "reported_value")),
            "reported_of_planned_pct": (_("Reported of announced"), _share),
            "note": _both_remarks,
        },
        figures=("planned_value", "reported_value", "reported_of_planned_pct"),
        answer=context.answer("event_plan_result", **asked),
        note=_(
            "What was announced beforehand and what was reported afterwards is never added. A "
            "country under a total is a part of it and is not added to it."
        ),
    )
    yield Section(title, (table,))
    claims = context.answer("event_claims", **asked)
    yield Section(
        _("Who says so"),
        (
            table_of(
                "",
                claims.rows,
                {"measure": _claimed, **claim_columns()},
                figures=("value",),
                answer=claims,
            ),
        ),
    )


def disputed_claims(rows: Rows) -> Rows:
    """The rows of `event_claims` about figures of which claims differ, shaped as those of `claims`.

    What they are about stands in `item_title`.
    """
    disputed = {row["cell_id"] for row in rows if row["agreement"] == "dissent"}
    return tuple(
        {**row, "item": row["measure"], "item_title": _claimed(row), "nationality": None}
        for row in rows
        if row["cell_id"] in disputed
    )


def _claimed(row: Row) -> str:
    """What a claim is about: measure, country, and whether it was announced or reported."""
    said = _("announced") if row["planned"] else _("reported")
    country = country_text(row["country"])
    return " · ".join(text for text in (label("measure", row["measure"]), country, said) if text)


def _measured(row: Row) -> str:
    name, country = label("measure", row["measure"]), country_text(row["country"])
    if row["is_part"]:
        return _("of which {country}").format(country=country)
    return f"{name} · {country}" if country else name


def _both_remarks(row: Row) -> str:
    sides = (("planned", _("announced")), ("reported", _("reported")))
    return "; ".join(
        f"{said}: {_remarks(row, side)}" for side, said in sides if row[f"{side}_value"] is not None
    )


def _remarks(row: Row, side: str) -> str:
    """What supports a side, and what is to be known of it."""
    printed, differing = row[f"{side}_printed_by"], row[f"{side}_dissent_count"]
    remarks = [
        *([_("persons or firms not said")] if row["unit"] == "participants" else []),
        ngettext("printed by {count}", "printed by {count}", printed).format(count=printed),
    ]
    if differing:
        remarks.append(dissent_text(differing))
    if side == "reported" and row["reported_part_count"]:
        remarks.append(
            ngettext(
                "{count} country below: {sum}",
                "{count} countries below: together {sum}",
                row["reported_part_count"],
            ).format(count=row["reported_part_count"], sum=number_text(row["reported_part_sum"]))
        )
    note = record_text(row[f"{side}_note"])
    return " · ".join((*remarks, note) if note else remarks)


def _share(row: Row) -> Cell:
    share = row["reported_of_planned_pct"]
    if share is None:
        return text_cell("")
    rounded = row["planned_is_approximate"] or row["reported_is_approximate"]
    evidence = weakest((row["planned_evidence"], row["reported_evidence"]))
    return Cell(approximated(percent_text(share), rounded), share, evidence)


def _happened(context: QueryContext, event_id: str) -> Iterator[Section]:
    """Participants, else the institutions that its sources name; agreements, route, programme."""
    answers = {
        question: context.answer(question, event_id=event_id)
        for question in (
            "event_participants",
            "event_institutions",
            "agreements",
            "event_programme",
        )
    }
    rows = {question: answer.rows for question, answer in answers.items()}
    who = participants_table(rows["event_participants"])
    tables = (
        who if who.rows else institutions_table(rows["event_institutions"]),
        agreements_table(rows["agreements"]),
        route_table(rows["event_programme"]),
        programme_table(rows["event_programme"]),
    )
    for table in tables:
        if table.rows:
            shown = replace(
                table,
                title="",
                parameters=(("event_id", event_id),),
                answer=answers[str(table.question)],
            )
            yield Section(table.title, (shown,))


def _disputes(context: QueryContext, event_id: str) -> Section | None:
    rows = context.rows("event_disputes", event_id=event_id)
    if not rows:
        return None
    title = ngettext(
        "{count} disagreement in its sources", "{count} disagreements in its sources", len(rows)
    ).format(count=len(rows))
    blocks: tuple[Block, ...] = (Points(tuple(dispute_point(row) for row in rows)),)
    return Section(title, blocks)
