"""Rows of a file → rows of the record: read, filled in, checked against the contract."""

import dataclasses
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.contract import Contract, Field
from dashboard.i18n import LANGUAGES
from dashboard.intake.bracket_words import without_idle_brackets
from dashboard.intake.chosen_words import with_chosen_words
from dashboard.intake.codes import (
    folded,
    names,
    titles,
    unit_of,
    unit_of_measure,
)
from dashboard.intake.delivery import Delivery, SourceRow
from dashboard.intake.findings import Finding
from dashboard.intake.known import Known
from dashboard.intake.quantities import Amounts, row_unit
from dashboard.intake.row_rules import CODES_SHOWN, cell_finding, rule_findings, short
from dashboard.intake.validation import Row, validate
from dashboard.intake.values import date_range, normal, plain

_MARKS = frozenset({"example", "예시"})
_COUNTERS = frozenset({"건", "회"})
"""Words that offices use for one another."""


@dataclass
class RowsRead:
    """Rows as they would be stored, with what is wrong with them."""

    rows: list[Row]
    ids: list[str]
    """Id of each row."""
    findings: list[Finding]


def read_rows(delivery: Delivery, contract: Contract, known: Known, own_source: str) -> RowsRead:
    """Bring all rows of a delivery to the form of the record and check them.

    Args:
        delivery: readable, and not large.
        contract: of its table.
        known: what the record holds.
        own_source: id of the source that stands for the file itself.
    """
    # Ids are checked apart: nobody has to give them, and one made here breaks no form.
    key = contract.primary_key[0]
    free = tuple(
        dataclasses.replace(column, constraints={"pattern": column.constraints["pattern"]})
        if column.name == key
        else column
        for column in contract.fields
    )
    named = dataclasses.replace(contract, path=Path(delivery.name), fields=free, primary_key=())
    findings: list[Finding] = []
    rows: list[Row] = []
    written: dict[int, dict[str, str]] = {}
    sources: dict[int, SourceRow] = {}

    def found(
        number: int, column: Field, value: str, rule: str, expected: str, severity: str = "error"
    ) -> None:
        findings.append(
            delivery.finding(number, column.heading, short(value), rule, expected, severity)
        )

    left_out: list[int] = []
    amounts = Amounts(contract, delivery, found)
    for place, source in enumerate(delivery.rows, 1):
        # Several rows of a wide table come from one line: they are told apart by their number.
        number = place if delivery.layout is not None else source.line
        cells = _by_column(delivery, source)
        if is_sample(contract, cells):
            findings.append(delivery.finding(number, "", "", "example-row", "", "warning"))
            continue
        chosen = with_chosen_words(contract, cells, delivery.shape.words)
        if chosen is None:
            left_out.append(number)
            continue
        written[number], sources[number], cells = cells, source, chosen
        normal_cells = _normal_row(contract, delivery, cells, known, source)
        amounts.read(number, source, cells, normal_cells)
        rows.append(Row(number, normal_cells))
    amounts.finish()
    if left_out:
        text = ", ".join(map(str, left_out[:CODES_SHOWN]))
        text += f", … {left_out[-1]}" if len(left_out) > CODES_SHOWN else ""
        findings.append(delivery.finding(0, "", "", "chosen-out", text, "warning"))
    breaches = list(validate({contract.name: named}, {contract.name: rows}))
    findings += [_friendly(contract, delivery, breach, written) for breach in breaches]
    bad = {breach.line for breach in breaches}
    findings += rule_findings(delivery, contract, rows, known, bad, written, findings)
    ids = [_row_id(contract, row) for row in rows]
    findings += _check_ids(delivery, contract, rows, ids, known)
    for row in rows:
        for name in ("source_id", "source_ids"):
            if name in row.cells and contract.name != "sources":
                row.cells[name] = row.cells[name] or own_source
    if delivery.layout is not None:
        findings = [_at_origin(contract, finding, sources) for finding in findings]
        rows = [Row(sources[row.line].line, row.cells) for row in rows]
    return RowsRead(rows, ids, findings)


def _at_origin(contract: Contract, finding: Finding, sources: Mapping[int, SourceRow]) -> Finding:
    """A finding about a row of a turned table, at the line and cell that it came from."""
    source = sources.get(finding.line)
    if source is None:
        return finding
    cell = source.origins.get(by_name(contract, finding).column, "")
    expected = finding.expected
    if finding.rule in ("same-row", "unique") and expected.isdigit():
        other = sources[int(expected)]
        expected = ", ".join(dict.fromkeys([str(other.line), *other.origins.values()][:1]))
    cell = cell or next(reversed(list(source.origins.values())), "")
    return dataclasses.replace(finding, line=source.line, cell=cell, expected=expected)


def by_name(contract: Contract, finding: Finding) -> Finding:
    """A finding whose column goes by its name, not its title."""
    column = contract.by_heading.get(finding.column)
    return dataclasses.replace(finding, column=column.name) if column else finding


def trusted_rows(delivery: Delivery) -> list[Row]:
    """Rows whose cells have the form of the record already."""
    return [
        Row(row.line, {name: text or None for name, text in _by_column(delivery, row).items()})
        for row in delivery.rows
    ]


def sample_lines(delivery: Delivery, contract: Contract) -> list[int]:
    """The lines of the template's example among the rows."""
    return [row.line for row in delivery.rows if is_sample(contract, _by_column(delivery, row))]


def is_sample(contract: Contract, cells: Mapping[str, str]) -> bool:
    """Whether a row is the example of the template, in any language."""
    return any(
        all(
            plain(text) == plain(contract.column(name).sample.get(lang, ""))
            for name, text in cells.items()
        )
        for lang in LANGUAGES
    )


def _by_column(delivery: Delivery, source: SourceRow) -> dict[str, str]:
    """Column of the contract → cell as written."""
    return {
        column: text
        for column, text in zip(delivery.columns, source.cells, strict=True)
        if column is not None
    }


def _normal_row(
    contract: Contract,
    delivery: Delivery,
    cells: Mapping[str, str],
    known: Known,
    source: SourceRow,
) -> dict[str, str | None]:
    row: dict[str, str | None] = {}
    unit = row_unit(delivery, source)
    cells = {**cells, **_days(contract, cells)}
    for column in contract.fields:
        text = cells.get(column.name, "")
        if column.name == "unit" and unit is not None and unit.scale != 1:
            text = unit.word  # its scale goes into the amounts
        known_names = (
            names(contract.name, column.name) if column.codes not in (None, "event") else {}
        )
        row[column.name] = normal(column, text, known_names)
        if column.codes == "metric" and row[column.name] == plain(text):
            row[column.name] = normal(column, without_idle_brackets(text), known_names)
        if column.codes == "event":
            row[column.name] = _event(row[column.name], known)
        if row[column.name] is None and column.default is not None:
            row[column.name] = column.default
    for column in contract.fields:
        if row[column.name] is None and column.fallback:
            row[column.name] = row[column.fallback]
    if "unit" in row and row["unit"] is None:
        row["unit"] = unit_of(row["metric"] or "") if "metric" in row else None
    if "measure" in row:
        row["unit"] = _unit_of_outcome(contract, row["measure"] or "", row["unit"])
    return row


def _days(contract: Contract, cells: Mapping[str, str]) -> dict[str, str]:
    """First and last day of a range that stands in one cell, such as `2019.3.1.~3.5.`."""
    names_ = {column.name for column in contract.fields}
    if not {"start_date", "end_date"} <= names_ or plain(cells.get("end_date", "")):
        return {}
    days = date_range(cells.get("start_date", ""))
    return {} if days is None else {"start_date": days[0], "end_date": days[1]}


def _unit_of_outcome(contract: Contract, measure: str, unit: str | None) -> str | None:
    """The usual unit of a measure, where none is given or its title stands for several codes."""
    usual = unit_of_measure(measure)
    if usual is None or unit is None:
        return usual or unit
    column = contract.column("unit")
    meant = {folded(titles(column, lang).get(usual, usual)) for lang in LANGUAGES}
    if meant & _COUNTERS:
        meant |= _COUNTERS
    return usual if folded(unit) in meant else unit


def _event(written: str | None, known: Known) -> str | None:
    found = known.events.get(folded(written), ()) if written else ()
    return found[0] if len(set(found)) == 1 else written


def _friendly(
    contract: Contract,
    delivery: Delivery,
    breach: Finding,
    written: Mapping[int, Mapping[str, str]],
) -> Finding:
    """A breach of the contract in the words of the reader, with the cell as it was written."""
    if breach.column not in {field.name for field in contract.fields}:
        return delivery.finding(
            breach.line, breach.column, breach.value, breach.rule, breach.expected
        )
    column = contract.column(breach.column)
    value = written[breach.line].get(column.name, breach.value) or breach.value
    return cell_finding(delivery, breach.line, column, value, breach.rule, breach.expected)


def _row_id(contract: Contract, row: Row) -> str:
    """The id given, or one made of what the row is about, so that a correction finds its row.

    A source of its own is part of it: two sources may print different figures of one thing.
    """
    given = row.cells[contract.primary_key[0]]
    if given:
        return given
    about = [re.sub(r"\s+", " ", row.cells[name] or "").casefold() for name in contract.id_from]
    if contract.name == "events":
        about[-1] = about[-1][:4]  # the year: a corrected day is the same event
    if contract.name not in ("events", "sources", "centres", "institutions"):
        about.append(row.cells.get("source_id") or row.cells.get("source_ids") or "")
    if row.cells.get("per"):
        about.append(str(row.cells["per"]))
    digest = hashlib.sha256("\0".join([contract.name, *about]).encode()).hexdigest()[:16]
    made = f"{contract.id_prefix}-{digest}"
    return made.upper() if contract.id_prefix.isupper() else made


def _check_ids(
    delivery: Delivery, contract: Contract, rows: Sequence[Row], ids: Sequence[str], known: Known
) -> Iterator[Finding]:
    key = contract.primary_key[0]
    heading = contract.column(key).heading
    first: dict[str, int] = {}
    for row, row_id in zip(rows, ids, strict=True):
        given = row.cells[key]
        if row_id in known.public_ids:
            yield delivery.finding(row.line, heading, row_id, "public-id")
        if given and given.casefold() in _MARKS:
            yield delivery.finding(row.line, heading, given, "example-left")
        elif row_id in first:
            yield delivery.finding(row.line, "", given or "", "same-row", str(first[row_id]))
        first.setdefault(row_id, row.line)
        row.cells[key] = row_id
