"""Empty forms of the tables that can be handed in, in every language."""

import io
from datetime import UTC, datetime

import xlsxwriter

from dashboard.contract import Contract, Field
from dashboard.errors import UsageError
from dashboard.i18n import LANGUAGES, language, speaking
from dashboard.i18n import gettext as _
from dashboard.intake.codes import titles
from dashboard.store.csv_text import csv_text

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""A fixed date of creation, so that the same form gives the same bytes."""
_LISTED_ROWS = 5_000
"""Rows of the form that offer a list of codes."""
_TEXT = "@"


def make_template(contract: Contract, in_language: str, suffix: str) -> bytes:
    """The form of a table.

    Args:
        contract: of the table.
        in_language: one of `LANGUAGES`.
        suffix: `xlsx` or `csv`; a CSV form is UTF-8 with a byte order mark, as Excel wants it.

    Raises:
        UsageError: no such language or format.
    """
    if in_language not in LANGUAGES or suffix not in ("xlsx", "csv"):
        raise UsageError(
            "There is no such form",
            f"{in_language}, {suffix}",
            f"Forms: {', '.join(LANGUAGES)}; xlsx, csv.",
        )
    with speaking(in_language):
        return (_csv if suffix == "csv" else _xlsx)(contract)


def _csv(contract: Contract) -> bytes:
    lines = (
        [field.heading for field in contract.fields],
        [field.sample[language()] for field in contract.fields],
    )
    return csv_text(lines).encode("utf-8-sig")


def _xlsx(contract: Contract) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties({"title": contract.heading, "created": _EPOCH})
        form = book.add_worksheet(contract.heading[:31].replace("/", " "))
        dictionary = book.add_worksheet(_("Data dictionary"))
        lists = book.add_worksheet(_("Lists"))
        _form(book, form, contract)
        ranges = _lists(book, lists, contract)
        _validation(form, contract, ranges)
        _dictionary(book, dictionary, contract)
    return out.getvalue()


def _form(
    book: xlsxwriter.Workbook,
    sheet: xlsxwriter.worksheet.Worksheet,
    contract: Contract,
) -> None:
    needed = book.add_format({"bold": True, "bottom": 2, "bg_color": "#DCE6F5", "text_wrap": True})
    free = book.add_format({"bottom": 2, "bg_color": "#EEEEEE", "text_wrap": True})
    example = book.add_format(
        {"italic": True, "font_color": "#666666", "bg_color": "#FFF6D6", "num_format": _TEXT}
    )
    text = book.add_format({"num_format": _TEXT})
    for place, field in enumerate(contract.fields):
        is_needed = field.constraints.get("required") and not (field.default or field.fallback)
        sheet.write_string(0, place, field.heading, needed if is_needed else free)
        sheet.write_comment(0, place, field.descriptions[language()], {"x_scale": 2})
        sheet.write_string(1, place, field.sample[language()], example)
        sheet.set_column(place, place, max(12, len(field.heading) * 2), text)
    note = _("Example: overwrite or delete this row. An example left as it is will not be read.")
    sheet.write_comment(1, 0, note, {"x_scale": 2})
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _lists(
    book: xlsxwriter.Workbook,
    sheet: xlsxwriter.worksheet.Worksheet,
    contract: Contract,
) -> dict[str, str]:
    """Write the titles of each list of codes; column → the range they stand in."""
    head = book.add_format({"bold": True})
    ranges: dict[str, str] = {}
    for place, field in enumerate(field for field in contract.fields if _listed(field)):
        words = _listed(field)
        sheet.write_string(0, place, field.heading, head)
        for row, word in enumerate(words, 1):
            sheet.write_string(row, place, word)
        column = xlsxwriter.utility.xl_col_to_name(place, col_abs=True)
        ranges[field.name] = f"='{_('Lists')}'!{column}$2:{column}${len(words) + 1}"
        sheet.set_column(place, place, 24)
    return ranges


def _listed(field: Field) -> list[str]:
    return list(dict.fromkeys(titles(field, language()).values())) if field.codes else []


def _validation(
    sheet: xlsxwriter.worksheet.Worksheet, contract: Contract, ranges: dict[str, str]
) -> None:
    for place, field in enumerate(contract.fields):
        if field.name in ranges:
            sheet.data_validation(
                1,
                place,
                _LISTED_ROWS,
                place,
                {
                    "validate": "list",
                    "source": ranges[field.name],
                    "error_type": "information",  # codes and groups may be typed as well
                    "error_title": _("Not in the list"),
                    "error_message": _("Choose from the list, or type a code of the dictionary."),
                },
            )


def _dictionary(
    book: xlsxwriter.Workbook,
    sheet: xlsxwriter.worksheet.Worksheet,
    contract: Contract,
) -> None:
    head = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, contract.heading, head)
    sheet.write_string(1, 0, contract.descriptions[language()])
    columns = [
        _("Column"), _("Name in data"), _("Must be filled"), _("What it holds"), _("Unit"),
        _("Blank means"), _("Allowed"), _("Example"),
    ]  # fmt: skip
    sheet.write_row(3, 0, columns, head)
    for row, field in enumerate(contract.fields, 4):
        cells = [
            field.heading,
            field.name,
            _("yes") if field.constraints.get("required") and not field.default else "",
            field.descriptions[language()],
            field.unit or "",
            _blank(contract, field),
            _allowed(field),
            field.sample[language()],
        ]
        for place, cell in enumerate(cells):
            sheet.write_string(row, place, cell, wrapped)
    for place, width in enumerate((22, 20, 12, 60, 10, 16, 60, 24)):
        sheet.set_column(place, place, width)


def _blank(contract: Contract, field: Field) -> str:
    if field.default is not None:
        return titles(field, language()).get(field.default, field.default)
    return contract.column(field.fallback).heading if field.fallback else ""


def _allowed(field: Field) -> str:
    if field.codes == "country":
        return _("Names of countries, or codes of two letters (ISO 3166-1)")
    listed = titles(field, language())
    if listed:
        return ", ".join(f"{title} ({code})" for code, title in listed.items())
    low, high = field.constraints.get("minimum"), field.constraints.get("maximum")
    bounds = [f"≥ {low}"] if low is not None else []
    bounds += [f"≤ {high}"] if high is not None else []
    return ", ".join(bounds)
