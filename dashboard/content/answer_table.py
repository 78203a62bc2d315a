"""The rows of an answer as colleagues read them: names before codes, figures with unit and mark."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from dashboard.catalogue import metric_name, read_catalogue
from dashboard.content.cells import date_cell, no_data, text_cell
from dashboard.content.document import Cell, Column, Table
from dashboard.content.own_counts import counts_words
from dashboard.i18n import (
    figure_text,
    label,
    language,
    named,
    number_text,
    points_text,
    publisher_names,
)
from dashboard.i18n import gettext as _
from dashboard.i18n.cells import has_codes, readable
from dashboard.i18n.figures import marks
from dashboard.settings import settings
from dashboard.store.answer import Answer, Row
from dashboard.store.protection import EXACT_MARK
from dashboard.store.question import Column as Asked

_UNITS = {"persons": "persons", "KRW": "krw", "KRW per person": "krw_per_person"}
"""Unit in the header of a question → code of the unit; `unit` alone is the row's own."""
_MARKED = ("approximate", "lower_bound")
"""How columns end that the mark of a figure says."""
_METRICS = ("metric", "item_metric")
_YEARS = ("year", "year_end")
_PLACES = frozenset({"lat", "lon", "home_lat", "home_lon"})


class _Said(NamedTuple):
    """A column to be read, and what stands in it for a row."""

    name: str
    heading: str
    cell: Callable[[Row], Cell]
    is_figure: bool = False


def answer_table(answer: Answer, *, with_codes: bool = False) -> Table:
    """A line per row; columns that are empty in every row are left out, and the note says which.

    Args:
        answer: the rows.
        with_codes: whether the codes behind names, the ids of sources and the units and flags
            that figures are printed with follow as columns of their own, at the end, for programs.
    """
    asked, answer = answer, without_empty_ends(answer)
    read = list(_read(answer))
    lines = [[one.cell(row) for one in read] for row in answer.rows]
    has = [any(line[at].text for line in lines) for at in range(len(read))]
    empty = [one.heading for one, is_there in zip(read, has, strict=True) if not is_there]
    kept = [at for at, is_there in enumerate(has) if is_there]
    units = _units(answer) if with_codes else {}
    columns = [
        Column(one.name, _with_unit(one.heading, units.get(one.name)), one.is_figure)
        for one in (read[at] for at in kept)
    ]
    rows = [[line[at] for at in kept] for line in lines]
    if with_codes:
        for name in _codes(answer):
            columns.append(Column(name, _code_heading(name)))
            for row, cells in zip(answer.rows, rows, strict=True):
                cells.append(_bare(row[name]))
    notes = []
    if empty and answer.rows:
        left_out = _("Without figures or text, left out: {columns}")
        notes.append(left_out.format(columns=", ".join(empty)))
    if answer is not asked:
        kept_years = {row["year"] for row in answer.rows}
        years = sorted({row["year"] for row in asked.rows} - kept_years)
        said = _("Years without anything, left out: {years}")
        notes.append(said.format(years=", ".join(map(str, years))))
    return Table(
        "",
        tuple(columns),
        tuple(map(tuple, rows)),
        answer.question.name,
        tuple(answer.parameters.items()),
        " · ".join(notes),
    )


def without_empty_ends(answer: Answer) -> Answer:
    """The answer without the years before the first and after the last that has a figure or range.

    Years between are gaps, which are said. An answer that gives no values by year, or none at all,
    is the answer itself.
    """
    if not {"year", "value", "evidence"} <= set(answer.columns):
        return answer
    known = [row["year"] for row in answer.rows if row["year"] and row["evidence"] != "no data"]
    rows = tuple(
        row
        for row in answer.rows
        if not known or row["year"] is None or min(known) <= row["year"] <= max(known)
    )
    return answer if len(rows) == len(answer.rows) else replace(answer, rows=rows)


def _read(answer: Answer) -> Iterator[_Said]:
    """The columns that are read, in the order of the question, publishers last."""
    names = answer.columns
    for column in answer.question.columns:
        name, heading = column.name, label("column", column.name)
        if name.endswith("_ko") or _is_code(name) or name.endswith(_MARKED):
            continue
        if name == "unit" and any(one.unit == "unit" for one in answer.question.columns):
            continue
        if name == "metric" and "name" in names:
            continue
        if name in _METRICS:
            cell = partial(_metric, name)
        elif f"{name}_ko" in names:
            cell = partial(_named, name)
        elif name.endswith("_en") and f"{name[:-3]}_ko" in names:
            cell = partial(_text, f"{name[:-2]}{language()}")
        elif name == EXACT_MARK:
            cell = partial(_exactness, name)
        elif column.type == "BOOLEAN":
            cell = partial(_yes, name)
        elif name in _YEARS or name.endswith("_year"):
            cell = partial(_year, name)
        elif column.type.startswith("VARCHAR"):
            cell = partial(_text, name)
        elif column.type.endswith("[]"):
            cell = partial(_numbers, name)
        else:
            yield _Said(name, heading, partial(_figure, column), True)
            continue
        yield _Said(name, heading, cell)
    if {"source_ids", "source_id"} & set(names) and "publisher" not in names:
        yield _Said("publishers", _("Publishers"), partial(_publishers, answer))


def _units(answer: Answer) -> dict[str, str]:
    """Column of figures → its unit, where all its figures have the same."""
    found = {}
    for column in answer.question.columns:
        rows = [row for row in answer.rows if row[column.name] is not None]
        codes = {_unit_of(column, row) for row in rows}
        code = codes.pop() if len(codes) == 1 else None
        if code:
            found[column.name] = label("unit", code)
    return found


def _with_unit(heading: str, unit: str | None) -> str:
    return _("{column} ({unit})").format(column=heading, unit=unit) if unit else heading


def _unit_of(column: Asked, row: Row) -> str | None:
    """Code of the unit of a figure; None of what is only counted or says its unit in its name."""
    unit = column.unit or ""
    return row.get("unit") if unit.startswith("unit") else _UNITS.get(unit)


def _codes(answer: Answer) -> list[str]:
    """The columns of which something else than their bare value is read."""
    found = []
    for column in answer.question.columns:
        name = column.name
        is_hidden = name.endswith("_ko") or _is_code(name) or name.endswith(_MARKED)
        values = [row[name] for row in answer.rows if row[name] is not None]
        is_shown = name in _METRICS or has_codes(name) or name == "unit"
        if values and (is_hidden or is_shown):
            found.append(name)
    return found


def _is_code(name: str) -> bool:
    return name in ("code", "source_ids") or name.endswith(("_id", "_ids"))


def _code_heading(name: str) -> str:
    heading = label("column", name)
    return heading if _is_code(name) else _("{column} (code)").format(column=heading)


def _bare(value: object) -> Cell:
    if isinstance(value, tuple):
        value = ";".join(map(str, value))
    if isinstance(value, bool):
        value = str(value).lower()
    if value is None or isinstance(value, int | float | str):
        return Cell("" if value is None else str(value), value)
    return text_cell(str(value))


def _metric(name: str, row: Row) -> Cell:
    return text_cell(metric_name(read_catalogue(settings().queries), row[name] or ""))


def _named(name: str, row: Row) -> Cell:
    return text_cell(named(row, name))


def _exactness(_name: str, row: Row) -> Cell:
    return text_cell(counts_words(row))


def _yes(name: str, row: Row) -> Cell:
    value = row[name]
    return text_cell("" if value is None else _("yes") if value else _("no"))


def _year(name: str, row: Row) -> Cell:
    return Cell("" if row[name] is None else str(row[name]), row[name])


def _text(name: str, row: Row) -> Cell:
    value = row[name]
    if name.endswith(("_on", "_as_of")) or name == "month":
        return date_cell(value)
    if isinstance(value, tuple):
        value = tuple(one for one in value if one is not None)
    shown = readable(name, value)
    return text_cell("" if shown is None else str(shown))


def _numbers(name: str, row: Row) -> Cell:
    return text_cell(", ".join(number_text(one, 2) for one in row[name] or ()))


def _figure(column: Asked, row: Row) -> Cell:
    """A figure with its unit and mark; without a value the words for no data where it is a KPI."""
    name, value = column.name, row[column.name]
    if value is None:
        return no_data() if name == "value" and row.get("evidence") == "no data" else text_cell("")
    said = marks(row, name)
    # How many claims differ, or publishers print it, is no figure that a source could vouch for.
    evidence = None if name.endswith(("_count", "printed_by")) else said.evidence
    return Cell(_figure_text(row, column), value, evidence, (), said.is_lower_bound)


def _figure_text(row: Row, column: Asked) -> str:
    name, unit = column.name, column.unit or ""
    if name in _PLACES:
        return f"{row[name]:.5f}"
    if unit.startswith("percentage points"):
        return points_text(row[name])
    if unit.startswith("per cent"):
        return figure_text(row, name, "pct")
    code = _unit_of(column, row)
    return figure_text(row, name, code) if code else number_text(row[name], 2)


def _publishers(answer: Answer, row: Row) -> Cell:
    ids: Iterable[str] = row.get("source_ids") or filter(None, (row.get("source_id"),))
    return text_cell(publisher_names(answer.sources, ids))
