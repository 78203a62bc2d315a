"""What judges praised, and the figures of the record that stand behind it."""

import re

from dashboard.content.cells import figure_cell, no_data, reading_cell, sources_of, text_cell
from dashboard.content.document import Cell, Paragraph, Table
from dashboard.content.query_context import QueryContext, Row, Rows
from dashboard.content.tables import table_of
from dashboard.i18n import date_text, label, number_text, quantity_text, record_text
from dashboard.i18n import gettext as _

_PRAISED = frozenset({"achievement", "merit"})
_METRICS = {
    "Overseas promotion centres": "promotion_centres",
    "Countries with centres": "promotion_centre_countries",
}
"""Items of announcements that are a metric of the catalogue, by their text in the record."""

Line = tuple[str, Cell]
"""What a figure behind an achievement counts, and the figure."""


def achievements_table(context: QueryContext, region: str, year: int, visits: Rows) -> Table:
    """Each praised item with the announced number and every figure of the record behind it.

    The achievements are of the year before the review; `visits` are its rows of `review_visits`.
    """
    rows: list[tuple[Cell, Cell, str, Cell]] = []
    for visit in visits:
        if visit["kind"] in _PRAISED:
            item = text_cell(record_text(visit["item"]), visit["source_ids"])
            first = (item, _announced(visit))
            for what, cell in _behind(context, region, year - 1, visit) or [("", no_data())]:
                rows.append((*first, what, cell))
                first = (text_cell(""), text_cell(""))
    return table_of(
        "",
        rows,
        {
            "item": (_("Praised"), lambda row: row[0]),
            "announced": (_("In the announcement"), lambda row: row[1]),
            "figure": (_("Figure in the record"), lambda row: row[2]),
            "value": (_("{year}").format(year=year - 1), lambda row: row[3]),
        },
        figures=("announced", "value"),
        question="review_visits",
        asked={"region": region, "year": year},
    )


def unproven(context: QueryContext, year: int, visits: Rows) -> list[Paragraph]:
    """Praised items behind which the record has no figure, in one sentence."""
    bare = [
        visit
        for visit in visits
        if visit["kind"] in _PRAISED
        and visit["value"] is None
        and visit["item"] not in _METRICS
        and not any(_outcomes(context, event) for event in _events(context, year - 1, visit))
    ]
    if not bare:
        return []
    names = ", ".join(record_text(visit["item"]) for visit in bare)
    text = _("Praised without a figure of its own: {names}").format(names=names)
    return [Paragraph(text, sources_of(bare), "question")]


def _announced(visit: Row) -> Cell:
    """The number in the announcement; one that only repeats the item's name is left out."""
    value, sources = visit["value"], tuple(visit["source_ids"])
    if value is None or str(value) in re.findall(r"\d+", visit["item"]):
        return text_cell("")
    return Cell(number_text(value), value, None, sources)


def _behind(context: QueryContext, region: str, year: int, visit: Row) -> list[Line]:
    if visit["item"] in _METRICS:
        reading = context.reading(context.metric(_METRICS[visit["item"]]), region, year)
        return [(str(reading.metric.name), reading_cell(reading))]
    lines: list[Line] = []
    for event in _events(context, year, visit):
        if event["owner_region"] != region:
            continue
        lines += _outcomes(context, event) or _of_the_type(context, region, year, event)
    return lines


def _events(context: QueryContext, year: int, visit: Row) -> list[Row]:
    """Events of the year in whose title every word of the item stands."""
    words = _words(visit["item"])
    return [row for row in context.rows("events", year=year) if words <= _words(row["title"])]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _outcomes(context: QueryContext, event: Row) -> list[Line]:
    """What is reported of an event as a whole: no plans, no parts by country."""
    when = date_text(event["start_on"] or str(event["year"]))
    return [
        (f"{label('measure', row['measure'])} ({when})", figure_cell(row))
        for row in context.outcomes.get(event["event_id"], ())
        if not row["planned"] and row["country"] is None and row["agreement"] == "chosen"
    ]


def _of_the_type(context: QueryContext, region: str, year: int, event: Row) -> list[Line]:
    """For an entry that stands for several events of no stated place: all held ones of its type."""
    if event["city"] or event["country"]:
        return []
    kind = event["event_type"]
    name = label("event_type", kind)
    lines: list[Line] = []
    for row in context.rows("event_stages", region=region, year=year, event_type=kind):
        if row["stage"] != "attendees" or not row["held_count"]:
            continue
        held = quantity_text(row["held_count"], "events")
        text = _("{type}: held events in the record").format(type=name)
        lines.append((text, Cell(held, row["held_count"], "counted")))
        if row["value"] is not None:
            text = _("{type}: attendees, reported by {reporting} of {held}").format(
                type=name, reporting=row["reporting_count"], held=row["held_count"]
            )
            lines.append((text, figure_cell(row)))
    return lines
