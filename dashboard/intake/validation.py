"""Rows of text against contracts: every breach becomes a finding, no row is dropped."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dashboard.contract import Contract, Field
from dashboard.intake.codes import unknown_codes
from dashboard.intake.findings import Finding

_INTEGER = re.compile(r"-?[0-9]{1,18}")
_YEAR = re.compile(r"[0-9]{4}")
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,6})?")
"""What the lake can be built from: at most eighteen digits, and six decimals."""


@dataclass(frozen=True)
class Row:
    """One row as handed in: the line it begins on, and its cells; an empty cell is None."""

    line: int
    cells: dict[str, str | None]


Tables = Mapping[str, list[Row]]


def validate(contracts: Mapping[str, Contract], tables: Tables) -> Iterator[Finding]:
    """All findings of a delivery.

    Args:
        contracts: by table name; every table must have one.
        tables: table name → its rows, all columns of the contract present.
    """
    known: dict[tuple[str, tuple[str, ...]], set[tuple[str | None, ...]]] = {}
    for name, rows in tables.items():
        contract = contracts[name]
        for field in contract.fields:
            yield from _check_field(contract, field, rows)
        if contract.primary_key:
            yield from _check_key(contract, rows)
        yield from _check_references(contracts, contract, tables, known)


def _check_field(contract: Contract, field: Field, rows: list[Row]) -> Iterator[Finding]:
    pattern = field.constraints.get("pattern")
    form = re.compile(pattern) if pattern else None
    allowed = field.constraints.get("enum")
    seen: dict[str, int] = {}
    for row in rows:
        value = row.cells[field.name]
        if value is None:
            if field.constraints.get("required"):
                yield _finding(contract, row, field.name, "", "required", "")
            continue
        if not _has_type(field.type, value):
            yield _finding(contract, row, field.name, value, "type", field.type)
            continue
        if allowed is not None and value not in {_text(item) for item in allowed}:
            expected = ", ".join(_text(item) for item in allowed)
            yield _finding(contract, row, field.name, value, "enum", expected)
        if form and not form.fullmatch(value):
            yield _finding(contract, row, field.name, value, "pattern", str(pattern))
        elif field.is_partial_date and not _is_in_calendar(value):
            yield _finding(contract, row, field.name, value, "calendar", "ISO 8601")
        elif unknown_codes(field, value):
            yield _finding(contract, row, field.name, value, "code", "ISO 3166")
        yield from _check_bounds(contract, field, row, value)
        if field.separator:
            items = value.split(field.separator)
            twice = sorted({item for item in items if items.count(item) > 1})
            if twice:
                yield _finding(contract, row, field.name, value, "unique-items", ", ".join(twice))
        if field.constraints.get("unique"):
            if value in seen:
                yield _finding(contract, row, field.name, value, "unique", str(seen[value]))
            seen.setdefault(value, row.line)


def _check_bounds(contract: Contract, field: Field, row: Row, value: str) -> Iterator[Finding]:
    bounds = [(field.constraints.get("minimum"), field.constraints.get("maximum"))]
    bounds += [
        (condition.minimum, condition.maximum)
        for condition in field.conditions
        if re.fullmatch(condition.pattern, row.cells[condition.column] or "")
    ]
    for low, high in bounds:
        yield from _check_between(contract, field, row, value, low, high)


def _check_between(
    contract: Contract,
    field: Field,
    row: Row,
    value: str,
    low: float | None,
    high: float | None,
) -> Iterator[Finding]:
    if low is not None and Decimal(value) < Decimal(str(low)):
        yield _finding(contract, row, field.name, value, "minimum", str(low))
    if high is not None and Decimal(value) > Decimal(str(high)):
        yield _finding(contract, row, field.name, value, "maximum", str(high))


def _check_key(contract: Contract, rows: list[Row]) -> Iterator[Finding]:
    seen: dict[tuple[str | None, ...], int] = {}
    column = ", ".join(contract.primary_key)
    for row in rows:
        key = tuple(row.cells[name] for name in contract.primary_key)
        shown = ", ".join(part or "" for part in key)
        if key in seen:
            yield _finding(contract, row, column, shown, "primary-key", str(seen[key]))
        elif any(part is None for part in key):
            yield _finding(contract, row, column, shown, "required", "")
        seen.setdefault(key, row.line)


def _check_references(
    contracts: Mapping[str, Contract],
    contract: Contract,
    tables: Tables,
    known: dict[tuple[str, tuple[str, ...]], set[tuple[str | None, ...]]],
) -> Iterator[Finding]:
    separators = {field.name: field.separator for field in contract.fields}
    for reference in contract.references:
        place = (reference.resource, reference.targets)
        if place not in known:
            known[place] = {
                tuple(row.cells[target] for target in reference.targets)
                for row in tables[reference.resource]
            }
        expected = f"{contracts[reference.resource].path.name}: {', '.join(reference.targets)}"
        for row in tables[contract.name]:
            values = tuple(row.cells[name] for name in reference.columns)
            if any(value is None for value in values):
                continue
            separator = separators[reference.columns[0]]
            items = [(item,) for item in str(values[0]).split(separator)] if separator else [values]
            for item in items:
                if item not in known[place]:
                    column = ", ".join(reference.columns)
                    shown = ", ".join(str(part) for part in item)
                    yield _finding(contract, row, column, shown, "foreign-key", expected)


def _is_in_calendar(partial: str) -> bool:
    """A year, a month of the twelve, or a day that the month has."""
    missing = "-01-01"[len(partial) - 4 :]
    try:
        date.fromisoformat(partial + missing)
    except ValueError:
        return False
    return True


def _has_type(kind: str, value: str) -> bool:
    if kind == "integer":
        return bool(_INTEGER.fullmatch(value))
    if kind == "year":
        return bool(_YEAR.fullmatch(value))
    if kind == "number":
        return bool(_NUMBER.fullmatch(value))
    if kind == "boolean":
        return value in ("true", "false")
    return True


def _text(item: object) -> str:
    return str(item).lower() if isinstance(item, bool) else str(item)


def _finding(
    contract: Contract, row: Row, column: str, value: str, rule: str, expected: str
) -> Finding:
    return Finding(contract.path.name, row.line, column, value, rule, expected)
