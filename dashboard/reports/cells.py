"""Rows of answers as the cells of a report."""

from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.i18n import label, quantity_text
from dashboard.i18n.evidence import weakest
from dashboard.kpi import Reading
from dashboard.reports.document import Cell, Column
from dashboard.reports.readings import change_words, value_text

Row = dict[str, Any]


def text_cell(text: str, source_ids: Iterable[str] = ()) -> Cell:
    """A cell without figure; an empty text stays empty."""
    return Cell(text, text or None, None, tuple(source_ids))


def no_data(source_ids: Iterable[str] = ()) -> Cell:
    """The words for no data: never 0, never an empty cell."""
    return Cell(label("evidence", "no data"), None, "no data", tuple(source_ids))


def figure_cell(
    row: Row,
    column: str = "value",
    *,
    unit: str | None = None,
    evidence: str = "evidence",
    is_approximate: bool | None = None,
    is_lower_bound: bool | None = None,
) -> Cell:
    """A figure of a row with its evidence and sources.

    Args:
        row: a row of an answer, with `source_ids`.
        column: which of its columns is the figure.
        unit: its unit; the row's own unless told.
        evidence: which of its columns says the evidence.
        is_approximate: whether `≈` stands before it; as the row says unless told.
        is_lower_bound: whether it is at least so much; as the row says unless told.
    """
    value = row[column]
    sources = tuple(row["source_ids"] or ())
    if value is None:
        return no_data(sources)
    grade = row.get(evidence)
    rounded = row.get("is_approximate", grade == "approximate")
    approximate = bool(rounded) if is_approximate is None else is_approximate
    bound = bool(row.get("is_lower_bound")) if is_lower_bound is None else is_lower_bound
    text = quantity_text(value, unit or str(row["unit"]), approximate, row.get("per"), bound)
    return Cell(text, value, grade, sources, bound)


def reading_cell(reading: Reading) -> Cell:
    """The value of a metric."""
    sources = tuple((reading.row or {}).get("source_ids") or ())
    if reading.value is None:
        return no_data(sources)
    return Cell(
        value_text(reading), reading.value, reading.evidence, sources, reading.is_lower_bound
    )


def change_cell(reading: Reading) -> Cell:
    """The change on the year; empty where years are not compared, as vouched for as the weaker."""
    words = change_words(reading)
    if not words["change"]:
        return text_cell("")
    row = reading.row or {}
    evidence = weakest((reading.evidence, row.get("previous_evidence")))
    sources = tuple(row.get("source_ids") or ())
    return Cell(f"{words['arrow']} {words['change']}", reading.change, evidence, sources)


def columns(*named: tuple[str, str], figures: Sequence[str] = ()) -> tuple[Column, ...]:
    """Columns from names and labels, in order; those named in `figures` stand to the right."""
    return tuple(Column(name, text, name in figures) for name, text in named)
