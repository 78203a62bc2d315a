"""Events of a region and year, and what they report from attendance to contract."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dashboard.content.cells import day_cell, figure_cell, sources_of, text_cell
from dashboard.content.document import Cell, Column, Table
from dashboard.content.findings import events_counted
from dashboard.content.links import event_evidence_link, link_to
from dashboard.content.query_context import QueryContext, Row, Rows
from dashboard.content.readings import dissent_text
from dashboard.content.tables import table_of
from dashboard.i18n import (
    country_text,
    figure_text,
    label,
    ngettext,
    number_text,
    place_text,
    record_text,
)
from dashboard.i18n import gettext as _
from dashboard.i18n.evidence import weakest

STAGES = (
    "attendees",
    "consultations",
    "patients_consulted",
    "inquiries",
    "reservations",
    "agreements",
)
"""From attendance to contract, in the order of the path; inquiries are no step of it."""
_HOME = "KR"


def events_table(
    context: QueryContext, title: str, region: str, year: int, *, is_whole: bool = True
) -> Table:
    """Every event of the year with what it reports; an empty cell is no zero.

    The whole table has all that is reported behind the steps from attendance to contract.
    """
    asked = {"region": region, "year": year}
    table = _table(
        context, title, context.rows("year_events", **asked), "year_events", asked, "events"
    )
    if is_whole:
        return table
    return replace(table, columns=table.columns[:-1], rows=tuple(row[:-1] for row in table.rows))


def year_events_table(context: QueryContext, region: str, year: int) -> Table:
    """As `events_table`, in lines, with how many claims about each event contradict the others."""
    table = events_table(context, "", region, year)
    events = context.rows("year_events", region=region, year=year)
    return replace(
        table,
        columns=(
            *table.columns,
            Column("dissent_count", label("column", "dissent_count"), True, is_aside=True),
        ),
        rows=tuple(
            (*row, _dissent(context, event["event_id"]))
            for row, event in zip(table.rows, events, strict=True)
        ),
        form="rows",
    )


def _dissent(context: QueryContext, event_id: str) -> Cell:
    """How many claims about an event contradict what is shown; empty for none."""
    rows = context.outcomes.get(event_id, ())
    count = sum(row["agreement"] == "dissent" for row in rows)
    if not count:
        return text_cell("")
    return Cell(dissent_text(count), count, "counted", link=event_evidence_link(event_id))


def events_reconciled(rows: Rows) -> str:
    """How many of `year_events` were held, announced, neither, or visits of judges."""
    states = [
        "visit" if row["status"] == "held" and not row["is_held"] else row["status"] for row in rows
    ]
    counts = {state: states.count(state) for state in ("held", "planned", "unknown", "visit")}
    patterns = {
        "held": ngettext("{count} confirmed as held", "{count} confirmed as held", counts["held"]),
        "planned": ngettext("{count} only announced", "{count} only announced", counts["planned"]),
        "unknown": ngettext(
            "{count} not known whether held", "{count} not known whether held", counts["unknown"]
        ),
        "visit": ngettext("{count} onsite review", "{count} onsite reviews", counts["visit"]),
    }
    return ", ".join(
        patterns[state].format(count=count) for state, count in counts.items() if count
    )


def matching_events_table(context: QueryContext, title: str, rows: Rows, asked: Row) -> Table:
    """As `events_table`, of the rows of an answer to `events`, under filters of that question."""
    named = [
        {
            **row,
            "status": row["event_status"],
            "outcome_count": row["reported_count"] + row["planned_count"],
        }
        for row in rows
    ]
    return _table(context, title, named, "events", asked, "")


def _table(
    context: QueryContext, title: str, rows: Sequence[Row], question: str, asked: Row, page: str
) -> Table:
    """Events that lead to their own page."""
    reported: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    if rows:
        for row in context.rows("event_stage_parts", by="event", **asked):
            reported[row["event_id"]][row["stage"]].append(row)
    listed = {row["event_id"] for row in rows}
    shown = [
        stage
        for stage in STAGES
        if any(stage in parts for event, parts in reported.items() if event in listed)
    ]
    return Table(
        title,
        (
            Column("start_on", _("Date")),
            Column("title", _("Event")),
            Column("city", _("Place")),
            *(Column(stage, label("measure", stage), True) for stage in shown),
            Column("outcomes", _("All that is reported"), is_aside=True),
        ),
        tuple(
            (
                day_cell(row),
                text_cell(_title(row), row["source_ids"], link_to(page, event=row["event_id"])),
                text_cell(_place(row)),
                *(_reported(reported[row["event_id"]].get(stage, [])) for stage in shown),
                outcomes_cell(context, row),
            )
            for row in rows
        ),
        question,
        tuple(asked.items()),
        events_counted(rows) if rows else "",
    )


def stage_parts_table(context: QueryContext, by: str, asked: Row) -> Table:
    """What held events that fit the filters report at each stage, by `country` or by `year`."""
    answer = context.answer("event_stage_parts", by=by, **asked)
    shown = [stage for stage in STAGES if any(row["stage"] == stage for row in answer.rows)]
    parts: dict[object, list[Row]] = defaultdict(list)
    for row in answer.rows:
        parts[row[by]].append(row)
    names = {"country": _("Country of the event"), "year": _("Year")}
    titles = {"country": _("by country"), "year": _("by year")}
    return Table(
        _("Stages {by}").format(by=titles[by]),
        (
            Column(by, names[by]),
            Column("held_count", _("Events held"), True),
            *(Column(stage, label("measure", stage), True) for stage in shown),
        ),
        tuple(
            (
                text_cell(_part_name(by, part)),
                Cell(number_text(rows[0]["held_count"]), rows[0]["held_count"], "counted"),
                *(_sums([row for row in rows if row["stage"] == stage]) for stage in shown),
            )
            for part, rows in parts.items()
        ),
        "event_stage_parts",
        (("by", by), *asked.items()),
        answer=answer,
    )


def _part_name(by: str, part: object) -> str:
    if by == "country":
        return country_text(str(part)) if part else _("place unknown")
    return _("{year}").format(year=part) if part else _("date unknown")


def _sums(rows: list[Row]) -> Cell:
    """What the events of a part report of a stage, with how many of them do."""
    cell = _reported(rows)
    said = ", ".join(f"{figure_text(row)} ({row['reporting_count']})" for row in rows)
    return replace(cell, text=said)


def _title(row: Row) -> str:
    """The title; what is not known to have been held says so."""
    title = record_text(row["title"])
    if row["status"] == "held":
        return title
    return f"{title} ({label('event_status', row['status'])})"


def _place(row: Row) -> str:
    """City and country; at home the city alone."""
    if row["city"] and row["country"] == _HOME:
        return record_text(row["city"])
    return place_text(row["city"], row["country"])


def _reported(rows: list[Row]) -> Cell:
    """What an event reports of a stage; units stand side by side and are not added."""
    if not rows:
        return text_cell("")
    text = ", ".join(figure_text(row) for row in rows)
    evidence = weakest(row["evidence"] for row in rows)
    value = rows[0]["value"] if len(rows) == 1 else None
    return Cell(text, value, evidence, sources_of(rows))


def outcomes_cell(context: QueryContext, event: Row) -> Cell:
    """Everything an event reports; countries stand behind a measure as its parts, never added."""
    if not event["outcome_count"]:
        return text_cell("")
    rows = context.outcomes.get(event["event_id"], ())
    said = (f"{one.name} {one.value} ({', '.join(one.remarks)})" for one in outcome_lines(rows))
    return text_cell("; ".join(said), sources_of(rows))


@dataclass(frozen=True)
class OutcomeLine:
    """A measure of an event in words: Consultations, ≈ 200 sessions, approximate."""

    name: str
    value: str
    remarks: tuple[str, ...]


def outcome_lines(rows: Iterable[Row]) -> list[OutcomeLine]:
    """One line per measure of `event_outcomes`, its countries behind it as parts, never added."""
    lines: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        lines[(row["measure"], row["unit"], row["per"], row["planned"])].append(row)
    return [_line(found) for found in lines.values()]


def _line(rows: list[Row]) -> OutcomeLine:
    totals = [row for row in rows if row["country"] is None]
    parts = [row for row in rows if row["country"] is not None]
    shown = rows if rows[0]["per"] else totals or parts
    remarks = (
        [_("announced beforehand, not a result")]
        if shown[0]["planned"]
        else list(dict.fromkeys(label("evidence", row["evidence"]) for row in shown))
    )
    if totals and parts and shown[0]["per"] is None:
        by_country = ", ".join(
            f"{country_text(row['country'])} {number_text(row['value'])}" for row in parts
        )
        remarks.append(
            _("by country {by_country}: together {sum}").format(
                by_country=by_country, sum=number_text(totals[0]["part_sum"])
            )
        )
    return OutcomeLine(
        label("measure", shown[0]["measure"]),
        " / ".join(_value(row) for row in shown),
        tuple(remarks),
    )


def _value(row: Row) -> str:
    text = figure_text(row)
    if row["country"] is not None:
        text += f" ({country_text(row['country'])})"
    if row["agreement"] == "dissent":
        text += f" [{label('agreement', 'dissent')}]"
    return text


def stages_table(context: QueryContext, title: str, region: str, year: int) -> Table:
    """What the held events of the year add up to at each stage, and on how many it rests."""
    asked = context.rows("event_stages", region=region, year=year)
    rows = [row for row in asked if row["held_count"]]
    return table_of(
        title,
        rows,
        {
            "stage": lambda row: label("measure", row["stage"]),
            "value": figure_cell,
            "reporting_count": (_("Events that report it"), _reporting),
        },
        figures=("value", "reporting_count"),
        question="event_stages",
        asked={"region": region, "year": year},
        note=_(
            "Only held events and settled figures; an event that reports nothing is no zero. "
            "Each stage rests on its own events."
        )
        if rows
        else "",
    )


def _reporting(row: Row) -> Cell:
    held = _("{reporting} of {held}").format(
        reporting=number_text(row["reporting_count"]), held=number_text(row["held_count"])
    )
    return Cell(held, row["reporting_count"], "counted")
