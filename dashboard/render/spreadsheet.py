"""An answer as an XLSX workbook: the rows, their sources, and the question behind them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from dashboard.content.answer_table import answer_table, without_empty_ends
from dashboard.content.document import Cell, ChartBlock, Series
from dashboard.i18n import date_text, label, moment_text, record_text
from dashboard.i18n import gettext as _
from dashboard.render.sheet_charts import insert_chart
from dashboard.render.sheets import Book, Shown, Value
from dashboard.render.workbook import shown_cell
from dashboard.store.answer import Answer, only_protected

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""A fixed date of creation, so that the same answer gives the same bytes."""


def answer_to_xlsx(answer: Answer) -> bytes:
    """The workbook of an answer, in the reader's language. No text becomes a formula.

    Figures over years are drawn as well, in a chart that reads the sheet of the data.

    Raises:
        AccessDenied: it holds exact counts of a city's own patients.
    """
    only_protected([answer])
    table = answer_table(answer, with_codes=True)
    columns = [column.label for column in table.columns]
    names = [column.name for column in table.columns]
    rows = [[shown_cell(cell, gaps=True) for cell in row] for row in table.rows]
    sources = [
        [
            source["source_id"],
            record_text(source["publisher"]),
            record_text(source["title"]),
            date_text(source["published_on"]),
            label("tier", source["tier"]),
            source["url"],
        ]
        for source in answer.sources
    ]
    origin: list[list[Value]] = [
        [_("Question"), f"{answer.question.name}: {answer.question.answers}"],
        *([name, _plain(value)] for name, value in answer.parameters.items()),
        [label("column", "build_id"), answer.build.build_id],
        [label("column", "snapshot"), answer.build.snapshot],
        [_("Made"), moment_text(answer.build.built_at)],
        ["SQL", answer.question.sql],
    ]
    about = ("source_id", "publisher", "title", "published_on", "tier", "url")
    build = f"{label('column', 'build_id')} {answer.build.build_id}"
    with Book(answer.question.answers, "", _EPOCH, below=build, above="") as book:
        sheet = book.sheet(_("Data"))
        below = book.grid(sheet, 0, columns, rows)
        block = _series(without_empty_ends(answer))
        if block is not None:
            year, value = names.index("year"), names.index("value")
            insert_chart(book, sheet, block, 0, [value], (0, value), below + 1, categories=year)
        _write(book, book.sheet(_("Sources")), [label("column", name) for name in about], sources)
        _write(book, book.sheet(_("Origin")), [_("Item"), _("Value")], origin)
    return book.content()


def _write(book: Book, sheet: Any, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> int:
    return book.grid(sheet, 0, columns, [[Shown(value) for value in row] for row in rows])


def _plain(value: object) -> Value:
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _series(answer: Answer) -> ChartBlock | None:
    """The answer as a line over years, if it is one: a figure a year, each year once."""
    if not {"year", "value"} <= set(answer.columns):
        return None
    years = [row["year"] for row in answer.rows]
    if len(years) < 2 or len(set(years)) < len(years) or years != sorted(years):
        return None
    cells = tuple(
        Cell("", row["value"], row.get("evidence"))
        if isinstance(row["value"], int | float)
        else Cell("")
        for row in answer.rows
    )
    title = label("column", "value")
    return ChartBlock(
        "line", title, "", tuple(str(y) for y in years), (Series(title, cells),), title
    )
