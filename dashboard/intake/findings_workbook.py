"""The rows of a checked file as XLSX: bad cells marked, each with its finding as a comment."""

import io
from collections import defaultdict
from datetime import UTC, datetime

import xlsxwriter

from dashboard.contract import city_contracts
from dashboard.i18n import gettext as _
from dashboard.intake.delivery import Checked, Delivery
from dashboard.intake.finding_groups import cell_of
from dashboard.intake.findings import Finding
from dashboard.intake.rows import by_name

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_ROWS = 5_000
"""Rows shown at most: all with findings, and the first others."""
_LONGEST = 32_000
"""Characters that a spreadsheet takes in one cell."""


def make_findings_workbook(checked: Checked) -> bytes:
    """The workbook in the reader's language. Personal data is not repeated in it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties({"title": checked.delivery.name, "created": _EPOCH})
        findings = (*checked.findings, *checked.warnings)
        _list(book, findings, checked.delivery)
        if not checked.has_personal_data and checked.delivery.headers:
            _rows(book, checked, findings)
    return out.getvalue()


def _list(book: xlsxwriter.Workbook, findings: tuple[Finding, ...], delivery: Delivery) -> None:
    head = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(_("Findings"))
    columns = [
        _("Kind"), _("Sheet"), _("Line"), _("Column"), _("Value"), _("What is wrong"), _("Rule"),
        _("Cell"),
    ]  # fmt: skip
    sheet.write_row(0, 0, columns, head)
    for row, finding in enumerate(findings, 1):
        kind = _("Error") if finding.severity == "error" else _("Warning")
        sheet.write_string(row, 0, kind)
        sheet.write_string(row, 1, finding.sheet)
        if finding.line:
            sheet.write_number(row, 2, finding.line)
        for place, text in enumerate(
            (
                finding.column,
                finding.value,
                finding.rule_text(),
                finding.rule,
                cell_of(finding, delivery),
            ),
            3,
        ):
            sheet.write_string(row, place, text[:_LONGEST], wrapped)
    sheet.freeze_panes(1, 0)
    for place, width in enumerate((10, 14, 8, 24, 30, 70, 16)):
        sheet.set_column(place, place, width)


def _rows(book: xlsxwriter.Workbook, checked: Checked, findings: tuple[Finding, ...]) -> None:
    delivery = checked.delivery
    head = book.add_format({"bold": True, "bottom": 1})
    marked = {
        "error": book.add_format({"bg_color": "#F8C9C4", "border": 1}),
        "warning": book.add_format({"bg_color": "#FFF0B3", "border": 1}),
    }
    sheet = book.add_worksheet(_("Rows"))
    sheet.write_string(0, 0, _("Line"), head)
    for place, header in enumerate(delivery.headers, 1):
        sheet.write_string(0, place, header, head)
    contract = city_contracts()[delivery.table]
    at: dict[tuple[int, str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.line:
            at[finding.line, by_name(contract, finding).column, finding.cell].append(finding)
    bad = {line for line, _column, _cell in at}
    shown = [row for row in delivery.rows if row.line in bad]
    shown += [row for row in delivery.rows if row.line not in bad]
    for number, row in enumerate(sorted(shown[:_ROWS], key=lambda row: row.line), 1):
        sheet.write_number(number, 0, row.line)
        whole = at.get((row.line, "", ""), [])
        if whole:
            sheet.write_number(number, 0, row.line, marked[whole[0].severity])
            sheet.write_comment(number, 0, _comment(whole), {"x_scale": 2})
        for place, text in enumerate(row.cells, 1):
            column = delivery.columns[place - 1] or delivery.headers[place - 1]
            found = at.get((row.line, column, row.origins.get(column, "")), [])
            style = marked[found[0].severity] if found else None
            sheet.write_string(number, place, text[:_LONGEST], style)
            if found:
                sheet.write_comment(number, place, _comment(found), {"x_scale": 2})
    sheet.freeze_panes(1, 1)


def _comment(findings: list[Finding]) -> str:
    return "\n".join(finding.rule_text() for finding in findings)[:1_000]
