"""Rows of answers as the cells of a report."""

from collections.abc import Iterable
from dataclasses import replace

from dashboard.content.document import Cell
from dashboard.content.links import Link
from dashboard.content.readings import change_words, says_range, value_text
from dashboard.i18n import date_text, day_text, figure_text, label, number_text
from dashboard.i18n.evidence import weakest
from dashboard.i18n.figures import marks
from dashboard.kpi import Reading
from dashboard.store.answer import Row


def text_cell(text: str, source_ids: Iterable[str] = (), link: Link | None = None) -> Cell:
    """A cell without figure; an empty text stays empty."""
    return Cell(text, text or None, None, tuple(source_ids), link=link)


def date_cell(partial: str | None) -> Cell:
    """A date in the reader's words, sorted by the ISO date that it is."""
    return replace(text_cell(date_text(partial)), order=partial or None)


def day_cell(row: Row, start: str = "start_on", end: str | None = None, *, none: str = "") -> Cell:
    """The day or days of a row, which says whether they are inferred; sorted by the first."""
    return replace(text_cell(day_text(row, start, end) or none), order=row[start] or None)


def no_data(source_ids: Iterable[str] = ()) -> Cell:
    """The words for no data: never 0, never an empty cell."""
    return Cell(label("evidence", "no data"), None, "no data", tuple(source_ids))


def sources_of(rows: Iterable[Row]) -> tuple[str, ...]:
    """Sources of several rows, each once."""
    return tuple(dict.fromkeys(source for row in rows for source in row["source_ids"]))


def counts(rows: Iterable[Row], column: str) -> tuple[Cell, ...]:
    """A column of numbers counted in the record; an empty cell for none."""
    return tuple(
        Cell(number_text(row[column]), row[column], "counted", tuple(row["source_ids"]))
        if row[column]
        else text_cell("")
        for row in rows
    )


def figure_cell(
    row: Row,
    column: str = "value",
    *,
    unit: str | None = None,
) -> Cell:
    """A figure of a row with its evidence and sources, in the row's own unit unless told."""
    value = row[column]
    sources = tuple(row["source_ids"] or ())
    if value is None:
        return no_data(sources)
    said = marks(row, column)
    return Cell(figure_text(row, column, unit), value, said.evidence, sources, said.is_lower_bound)


def reading_cell(reading: Reading) -> Cell:
    """The value of a metric; a range is a text, and no value."""
    sources = reading.source_ids
    if says_range(reading):
        return Cell(value_text(reading), None, reading.evidence, sources)
    if reading.value is None:
        return no_data(sources)
    value = reading.value if reading.certain_rank is None else reading.certain_rank
    return Cell(value_text(reading), value, reading.evidence, sources, reading.is_lower_bound)


def change_cell(reading: Reading) -> Cell:
    """The change on the year; empty where years are not compared, as vouched for as the weaker."""
    words = change_words(reading)
    if not words["change"]:
        return text_cell("")
    row = reading.row or {}
    evidence = weakest((reading.evidence, row.get("previous_evidence")))
    sources = tuple(row.get("source_ids") or ())
    return Cell(f"{words['arrow']} {words['change']}", reading.change, evidence, sources)
