"""Rows of a file → rows of the record: read, filled in, checked against the contract."""

import dataclasses
import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from dashboard.i18n import language
from dashboard.intake.bracket_words import without_idle_brackets
from dashboard.intake.chosen_words import with_chosen_words
from dashboard.intake.codes import (
    folded,
    is_known_metric,
    names,
    titles,
    unit_of,
    unit_of_measure,
)
from dashboard.intake.contract import Contract, Field
from dashboard.intake.delivery import Delivery, SourceRow
from dashboard.intake.doubtful_dates import date_fault, is_before
from dashboard.intake.findings import Finding
from dashboard.intake.lake_tables import PUBLIC, WITHDRAWN
from dashboard.intake.plausible import out_of_range, whole_numbers
from dashboard.intake.quantities import UNCLEAR, Amounts, row_unit
from dashboard.intake.validation import Row, Tables, validate
from dashboard.intake.values import LONGEST_CELL, date_range, is_total, normal, plain
from dashboard.store.batches import Batch
from dashboard.store.lake import Lake, expose_rows, lake_columns

_MARKS = frozenset({"example", "예시"})
_CODES_SHOWN = 12
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
        UNCLEAR,
    }
)
"""Rules whose sentences bring examples of their own."""
_SAMPLES = {
    "lat": "35.8714", "lon": "128.6014", "url": "https://www.mohw.go.kr",
    "source_id": "mohw-2025", "source_ids": "mohw-2025;daegu-2025", "institution_id": "exco",
}  # fmt: skip
"""Of columns that the form has no example for."""
_COUNTERS = frozenset({"건", "회"})
"""Words that offices use for one another."""


@dataclass(frozen=True)
class Known:
    """What the record holds now, as far as a delivery has to fit it."""

    current: Mapping[str, Mapping[str, str | None]]
    """Id → row of the delivery's table, rows of the public record included."""
    public_ids: frozenset[str]
    sources: frozenset[str]
    events: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Folded title, or id → ids of the events that have it."""
    metrics: frozenset[str] = frozenset()
    institutions: frozenset[str] = frozenset()


def read_known(lake: Lake, batches: Sequence[Batch], contract: Contract) -> Known:
    """What a delivery of a table is compared with.

    Args:
        lake: of the workspace.
        batches: those in force.
        contract: of the delivery's table.
    """
    names_events = any(column.codes == "event" for column in contract.fields)
    wanted = {contract.lake_table, "sources"}
    wanted |= {"events", "institutions"} if names_events else set()
    tables: dict[str, list[dict[str, str | None]]] = {}
    with lake.attached() as connection:
        for table in wanted & lake_columns(connection).keys():
            expose_rows(connection, table, batches, "found")
            rows = connection.execute("FROM found").to_arrow_table().to_pylist()
            tables[table] = [row for row in rows if not row.get(WITHDRAWN)]
    rows = tables.get(contract.lake_table, [])
    key = contract.primary_key[0]
    by_id = {row.get(key) or f"{row['batch_id']}:{row['line']}": row for row in rows}
    public = {batch.batch_id for batch in batches if batch.origin == PUBLIC}
    events: dict[str, tuple[str, ...]] = {}
    for event in tables.get("events", []) if names_events else []:
        for name in {event["event_id"], event["title_en"], event["title_ko"]} - {None}:
            events[folded(str(name))] = (
                *events.get(folded(str(name)), ()),
                str(event["event_id"]),
            )
    return Known(
        by_id,
        frozenset(row_id for row_id, row in by_id.items() if row["batch_id"] in public),
        frozenset(str(row["source_id"]) for row in tables.get("sources", [])),
        events,
        frozenset(str(row["metric"]) for row in rows if row.get("metric")),
        frozenset(str(row["institution_id"]) for row in tables.get("institutions", [])),
    )


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
        title = column.title[language()]
        findings.append(_finding(delivery, number, title, _short(value), rule, expected, severity))

    left_out: list[int] = []
    amounts = Amounts(contract, delivery, found)
    for place, source in enumerate(delivery.rows, 1):
        # Several rows of a wide table come from one line: they are told apart by their number.
        number = place if delivery.layout is not None else source.line
        cells = _by_column(delivery, source)
        if is_sample(contract, cells):
            findings.append(_finding(delivery, number, "", "", "example-row", "", "warning"))
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
        text = ", ".join(map(str, left_out[:_CODES_SHOWN]))
        text += f", … {left_out[-1]}" if len(left_out) > _CODES_SHOWN else ""
        findings.append(_finding(delivery, 0, "", "", "chosen-out", text, "warning"))
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
    names_ = {column.title[language()]: column.name for column in contract.fields}
    return dataclasses.replace(finding, column=names_.get(finding.column, finding.column))


def trusted_rows(delivery: Delivery) -> list[Row]:
    """Rows whose cells have the form of the record already."""
    return [
        Row(row.line, {name: text or None for name, text in _by_column(delivery, row).items()})
        for row in delivery.rows
    ]


def known_of(tables: Tables, metrics: Collection[str]) -> Known:
    """What rows of a whole record are held to: its own sources, events and institutions.

    Args:
        tables: of the record.
        metrics: that the record had before; empty where there was none, when all are known.
    """

    def ids(table: str, column: str) -> frozenset[str]:
        return frozenset(str(row.cells[column]) for row in tables.get(table, ()))

    return Known(
        {},
        frozenset(),
        ids("sources", "source_id"),
        {folded(event): (event,) for event in ids("events", "event_id")},
        frozenset(metrics) or ids("observations", "metric"),
        ids("institutions", "institution_id"),
    )


def sample_lines(delivery: Delivery, contract: Contract) -> list[int]:
    """The lines of the template's example among the rows."""
    return [row.line for row in delivery.rows if is_sample(contract, _by_column(delivery, row))]


def is_sample(contract: Contract, cells: Mapping[str, str]) -> bool:
    """Whether a row is the example of the template, in either language."""
    return any(
        all(
            plain(text) == plain(contract.column(name).sample.get(lang, ""))
            for name, text in cells.items()
        )
        for lang in ("ko", "en")
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
    meant = {folded(titles(column, lang).get(usual, usual)) for lang in ("ko", "en")}
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
        return _finding(
            delivery, breach.line, breach.column, breach.value, breach.rule, breach.expected
        )
    column = contract.column(breach.column)
    value = written[breach.line].get(column.name, breach.value) or breach.value
    return cell_finding(delivery, breach.line, column, value, breach.rule, breach.expected)


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
    found = _finding(delivery, line, column.title[language()], _short(value), rule, expected)
    return dataclasses.replace(found, example="" if rule in _WITH_EXAMPLE else example_of(column))


def example_of(column: Field) -> str:
    """A value that a column takes, in the words of the reader; empty where any text does."""
    given = column.sample.get(language(), "") or _SAMPLES.get(column.name, "")
    coded = next(iter(titles(column, language()).values()), "")
    return given or coded or next(filter(None, column.sample.values()), "")


def _listed(column: Field) -> str:
    shown = list(titles(column, language()).values())
    more = ", …" if len(shown) > _CODES_SHOWN else ""
    return ", ".join(shown[:_CODES_SHOWN]) + more


def _check_more(
    delivery: Delivery, contract: Contract, rows: Sequence[Row], known: Known, bad: set[int]
) -> Iterator[Finding]:
    """What a contract of one table cannot say."""
    title = {field.name: field.title[language()] for field in contract.fields}
    warned: set[str] = set()
    for row in rows:
        cells = row.cells
        for name in ("source_id", "source_ids"):
            if contract.name == "sources" or not cells.get(name):
                continue
            for source in str(cells[name]).split(";"):
                if source not in known.sources:
                    yield _finding(
                        delivery, row.line, title[name], source, "foreign-key", title[name]
                    )
        event = cells.get("event_id") if contract.name != "events" else None
        if event and row.line not in bad and folded(event) not in known.events:
            yield _finding(delivery, row.line, title["event_id"], _short(event), "event", "")
        if event and len(set(known.events.get(folded(event), ()))) > 1:
            ids = ", ".join(sorted(set(known.events[folded(event)])))
            yield _finding(delivery, row.line, title["event_id"], event, "event-twice", ids)
        institution = cells.get("institution_id") if event else None
        if institution and institution not in known.institutions:
            name = title["institution_id"]
            yield _finding(delivery, row.line, name, institution, "institution", "")
        metric = cells.get("metric")
        if metric and metric not in known.metrics | warned and not is_known_metric(metric):
            warned.add(metric)
            yield _finding(
                delivery, row.line, title["metric"], _short(metric), "new-code", "", "warning"
            )
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
        expected = f"{Decimal(budgeted):,f}"
        column = title["executed_krw"]
        yield _finding(
            delivery,
            row.line,
            column,
            f"{Decimal(executed):,f}",
            "over-budget",
            expected,
            "warning",
        )


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
    first: dict[str, int] = {}
    for row, row_id in zip(rows, ids, strict=True):
        given = row.cells[key]
        if row_id in known.public_ids:
            column = contract.column(key).title[language()]
            yield _finding(delivery, row.line, column, row_id, "public-id", "")
        if given and given.casefold() in _MARKS:
            yield _finding(
                delivery,
                row.line,
                contract.column(key).title[language()],
                given,
                "example-left",
                "",
            )
        elif row_id in first:
            yield _finding(delivery, row.line, "", given or "", "same-row", str(first[row_id]))
        first.setdefault(row_id, row.line)
        row.cells[key] = row_id


def _long_cells(delivery: Delivery, row: Row) -> Iterator[Finding]:
    for name, text in row.cells.items():
        if text and len(text) > LONGEST_CELL:
            yield _finding(delivery, row.line, name, _short(text), "cell-size", f"{LONGEST_CELL:,}")


def _short(value: str) -> str:
    return value if len(value) <= 60 else value[:60] + "…"


def _finding(
    delivery: Delivery,
    line: int,
    column: str,
    value: str,
    rule: str,
    expected: str,
    severity: str = "error",
) -> Finding:
    return Finding(delivery.name, line, column, value, rule, expected, severity, delivery.sheet)
