"""An answer as an XLSX workbook: the rows, their sources, and the question behind them."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime

import xlsxwriter

from dashboard.i18n import date_text, label, readable, record_text
from dashboard.i18n import gettext as _
from dashboard.store.answer import Answer

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""A fixed date of creation, so that the same answer gives the same bytes."""


def answer_to_xlsx(answer: Answer) -> bytes:
    """The workbook of an answer, in the reader's language. No text becomes a formula."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties({"title": answer.question.answers, "created": _EPOCH})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        columns = [label("column", name) for name in answer.columns]
        cells = [[readable(name, row[name]) for name in answer.columns] for row in answer.rows]
        _sheet(book, head, _("Data"), columns, cells)
        _sheet(
            book,
            head,
            _("Sources"),
            [
                label("column", name)
                for name in ("source_id", "publisher", "title", "published_on", "tier", "url")
            ],
            [
                [
                    source["source_id"],
                    record_text(source["publisher"]),
                    record_text(source["title"]),
                    date_text(source["published_on"]),
                    label("tier", source["tier"]),
                    source["url"],
                ]
                for source in answer.sources
            ],
        )
        _sheet(
            book,
            head,
            _("Origin"),
            [_("Item"), _("Value")],
            [
                [_("Question"), f"{answer.question.name}: {answer.question.answers}"],
                *([name, value] for name, value in answer.parameters.items()),
                [label("column", "build_id"), answer.build.build_id],
                [label("column", "snapshot"), answer.build.snapshot],
                [_("Made"), answer.build.built_at],
                ["SQL", answer.question.sql],
            ],
        )
    return out.getvalue()


def _sheet(
    book: xlsxwriter.Workbook,
    head: xlsxwriter.format.Format,
    name: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
) -> None:
    sheet = book.add_worksheet(name)
    sheet.fit_to_pages(1, 0)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, columns, head)
    for place, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(place, column, value)
    sheet.autofit()
