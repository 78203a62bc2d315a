"""Rules for rows in the form of the record that a contract of one table cannot say."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from dashboard.contract import Contract, Field
from dashboard.i18n import language
from dashboard.intake.codes import folded, is_known_metric, titles
from dashboard.intake.delivery import Delivery
from dashboard.intake.doubtful_dates import date_fault, is_before
from dashboard.intake.findings import Finding
from dashboard.intake.known import Known
from dashboard.intake.plausible import out_of_range, whole_numbers
from dashboard.intake.quantities import UNCLEAR
from dashboard.intake.validation import Row
from dashboard.intake.values import LONGEST_CELL, is_total

CODES_SHOWN = 12
_WITH_EXAMPLE = frozenset(
    {
        "number",
        "date",
        "date-month",
        "date-range",
        "date-order",
        "code",
        "total-row",
        "event",
        "enum",
        "same-row",
        "other-region",
        UNCLEAR,
    }
)
"""Rules whose sentences bring examples of their own."""
_SAMPLES = {
    "lat": "35.8714", "lon": "128.6014", "url": "https://www.mohw.go.kr",
    "source_id": "mohw-2025", "source_ids": "mohw-2025;daegu-2025", "institution_id": "exco",
}  # fmt: skip
"""Of columns that the form has no example for."""


def rule_findings(
    delivery: Delivery,
    contract: Contract,
    rows: Sequence[Row],
    known: Known,
    bad: set[int],
    written: Mapping[int, Mapping[str, str]],
    so_far: Sequence[Finding] = (),
) -> list[Finding]:
    """What a contract of one table cannot say of rows in the form of the record, whoever's.

    Args:
        delivery: that the rows are of.
        contract: of its table.
        rows: of the delivery.
        known: what the record holds.
        bad: lines that break the contract.
        written: line → cells as they stand in the file, where they have another form.
        so_far: what else was found: of a column whose unit is asked for no range can be expected.
    """
    asked = {found.column for found in so_far if found.rule.startswith(("unit-", UNCLEAR))}
    divided = {found.column for found in so_far if found.rule == "unit-format"}
    findings = [found for row in rows for found in _long_cells(delivery, row)]
    dates = list(_check_dates(delivery, contract, rows, written, bad))
    bad = bad | {finding.line for finding in dates}
    findings += [*dates, *_check_more(delivery, contract, rows, known, bad)]
    broken = [
        finding
        for finding in whole_numbers(delivery, contract, rows, bad)
        if finding.column not in divided  # whole once its unit is chosen
    ]
    bad |= {finding.line for finding in broken}
    far = out_of_range(delivery, contract, rows, known.current.values(), bad)
    return [*findings, *broken, *(finding for finding in far if finding.column not in asked)]


def _check_more(
    delivery: Delivery, contract: Contract, rows: Sequence[Row], known: Known, bad: set[int]
) -> Iterator[Finding]:
    """What a contract of one table cannot say."""
    title, find = {field.name: field.heading for field in contract.fields}, delivery.finding
    warned: set[str] = set()
    for row in rows:
        cells = row.cells
        for name in ("source_id", "source_ids"):
            if contract.name == "sources" or not cells.get(name):
                continue
            for source in str(cells[name]).split(";"):
                if source not in known.sources:
                    yield find(row.line, title[name], source, "foreign-key", title[name])
        event = cells.get("event_id") if contract.name != "events" else None
        if event and row.line not in bad and folded(event) not in known.events:
            yield find(row.line, title["event_id"], short(event), "event")
        if event and len(set(known.events.get(folded(event), ()))) > 1:
            ids = ", ".join(sorted(set(known.events[folded(event)])))
            yield find(row.line, title["event_id"], event, "event-twice", ids)
        institution = cells.get("institution_id") if event else None
        if institution and institution not in known.institutions:
            yield find(row.line, title["institution_id"], institution, "institution")
        metric = cells.get("metric")
        if metric and metric not in known.metrics | warned and not is_known_metric(metric):
            warned.add(metric)
            yield find(row.line, title["metric"], short(metric), "new-code", severity="warning")
        yield from _over_budget(delivery, row, bad, title)


def _check_dates(
    delivery: Delivery,
    contract: Contract,
    rows: Sequence[Row],
    written: Mapping[int, Mapping[str, str]],
    bad: set[int],
) -> Iterator[Finding]:
    """Dates that are in the calendar, and cannot be meant."""
    dates = [column for column in contract.fields if column.is_partial_date]
    for row in rows:
        if row.line in bad:
            continue
        for column in dates:
            iso = row.cells.get(column.name)
            text = written.get(row.line, {}).get(column.name, iso)
            if iso and (fault := date_fault(text or iso, iso)):
                yield cell_finding(delivery, row.line, column, text or iso, *fault)
        start, end = row.cells.get("start_date"), row.cells.get("end_date")
        if start and end and is_before(end, start):
            column = contract.column("end_date")
            yield cell_finding(delivery, row.line, column, end, "date-order", start)


def _over_budget(
    delivery: Delivery, row: Row, bad: set[int], title: Mapping[str, str]
) -> Iterator[Finding]:
    budgeted, executed = row.cells.get("budgeted_krw"), row.cells.get("executed_krw")
    if row.line in bad or budgeted is None or executed is None:
        return
    if Decimal(executed) > Decimal(budgeted):
        spent, most = f"{Decimal(executed):,f}", f"{Decimal(budgeted):,f}"
        column = title["executed_krw"]
        yield delivery.finding(row.line, column, spent, "over-budget", most, "warning")


def _long_cells(delivery: Delivery, row: Row) -> Iterator[Finding]:
    for name, text in row.cells.items():
        if text and len(text) > LONGEST_CELL:
            most = f"{LONGEST_CELL:,}"
            yield delivery.finding(row.line, name, short(text), "cell-size", most)


def cell_finding(
    delivery: Delivery, line: int, column: Field, value: str, rule: str, expected: str
) -> Finding:
    """What is wrong with a cell, in the words of the reader."""
    if rule in ("enum", "pattern", "type", "code"):
        if column.codes in ("region", "country") and is_total(value):
            rule, expected = "total-row", ""
        elif column.codes == "event":
            rule, expected = "event", ""
        elif column.codes:
            rule, expected = "code", _listed(column)
        elif column.type in ("number", "integer"):
            rule, expected = "number", "31,183 / 3만 1,183"
        elif column.type == "year":
            rule, expected = "date", "2025 / 2025년"
    if rule in ("pattern", "calendar") and column.is_partial_date:
        rule, expected = "date", "2025-10-14 / 2025. 10. 14. / 2025년 10월"
    found = delivery.finding(line, column.heading, short(value), rule, expected)
    return dataclasses.replace(found, example="" if rule in _WITH_EXAMPLE else example_of(column))


def example_of(column: Field) -> str:
    """A value that a column takes, in the words of the reader; empty where any text does."""
    given = column.sample.get(language(), "") or _SAMPLES.get(column.name, "")
    coded = next(iter(titles(column, language()).values()), "")
    return given or coded or next(filter(None, column.sample.values()), "")


def _listed(column: Field) -> str:
    shown = list(titles(column, language()).values())
    more = ", …" if len(shown) > CODES_SHOWN else ""
    return ", ".join(shown[:CODES_SHOWN]) + more


def short(value: str) -> str:
    """A value as far as it is shown."""
    return value if len(value) <= 60 else value[:60] + "…"
