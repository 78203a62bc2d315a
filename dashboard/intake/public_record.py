"""The shipped public record enters by the same door as a city's own file."""

import csv
import hashlib
import io
import json
from pathlib import Path

import pyarrow as pa
from filelock import FileLock

from dashboard.errors import PackageFault
from dashboard.intake.contract import DESCRIPTOR, Contract, read_contracts
from dashboard.intake.findings import DeliveryRefused, Finding
from dashboard.intake.lake_tables import city_columns
from dashboard.intake.validation import Row, validate
from dashboard.settings import Settings
from dashboard.store.lake import Batch, Lake, in_force

ORIGIN = "public-record"
AUTHOR = "Cluster Review"


def take_in_public_record(settings: Settings) -> tuple[Batch, bool]:
    """Take the public record into the lake, unless these very bytes are in force already.

    Processes that start at once take turns, so that the delivery is stored once.

    Returns:
        The batch in force, and whether it is new.

    Raises:
        DeliveryRefused: a row breaks the contract; nothing was stored.
        PackageFault: the descriptor cannot be read, or a table it names is missing.
    """
    settings.workspace.mkdir(parents=True, exist_ok=True)
    with FileLock(settings.workspace / "intake.lock"):
        return _take_in(settings)


def _take_in(settings: Settings) -> tuple[Batch, bool]:
    contracts = read_contracts(settings.public_record)
    missing = [contract.path.name for contract in contracts.values() if not contract.path.is_file()]
    if missing:
        raise PackageFault(
            "The data package lacks a table",
            f"Not found: {', '.join(missing)}.",
            "Put the files back, or take their tables out of the descriptor.",
        )
    digest = _digest(settings.public_record, contracts)
    lake = Lake(settings)
    for batch in in_force(lake.batches()):
        if batch.origin == ORIGIN and batch.digest == digest:
            return batch, False
    findings: list[Finding] = []
    tables: dict[str, list[Row]] = {}
    for name, contract in contracts.items():
        rows, broken = read_rows(contract, contract.path.read_bytes())
        tables[name] = rows
        findings += broken
    if not findings:
        findings = list(validate(contracts, tables))
    if findings:
        raise DeliveryRefused(findings)
    version = json.loads((settings.public_record / DESCRIPTOR).read_text("utf-8")).get("version")
    message = f"Public record {version}: {sum(map(len, tables.values()))} rows"
    arrow = {name: _arrow(contracts[name], rows) for name, rows in tables.items()}
    arrow = _with_city_columns(arrow)
    return lake.append(ORIGIN, digest, AUTHOR, message, arrow), True


def read_rows(contract: Contract, content: bytes) -> tuple[list[Row], list[Finding]]:
    """The rows of a UTF-8 CSV file, and what keeps it from being read as its contract says."""
    file = contract.path.name
    names = [field.name for field in contract.fields]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        value = repr(content[error.start : error.end])
        return [], [Finding(file, line, "", value, "encoding", "UTF-8")]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    findings: list[Finding] = []
    line = 1
    try:
        header = next(reader, [])
        if header != names:
            expected = ", ".join(names)
            return [], [Finding(file, 1, "", ", ".join(header), "columns", expected)]
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) != len(names):
                width = str(len(names))
                findings.append(Finding(file, line, "", str(len(cells)), "width", width))
            else:
                filled = {name: cell or None for name, cell in zip(names, cells, strict=True)}
                rows.append(Row(line, filled))
            line = reader.line_num + 1
    except csv.Error as error:
        findings.append(Finding(file, line, "", str(error), "encoding", "CSV (RFC 4180)"))
    return rows, findings


def _digest(folder: Path, contracts: dict[str, Contract]) -> str:
    content = hashlib.sha256()
    for path in [folder / DESCRIPTOR, *(contract.path for contract in contracts.values())]:
        content.update(path.name.encode() + b"\0")
        content.update(hashlib.sha256(path.read_bytes()).digest())
    content.update(json.dumps(city_columns(), sort_keys=True).encode())
    return content.hexdigest()


def _with_city_columns(tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """With the columns and tables that only cities fill, so that every build can name them."""
    found = dict(tables)
    for name, columns in city_columns().items():
        table = found.get(name, pa.table({"line": pa.array([], pa.int64())}))
        for column in columns:
            if column not in table.column_names:
                table = table.append_column(column, pa.nulls(table.num_rows, pa.string()))
        found[name] = table
    return found


def _arrow(contract: Contract, rows: list[Row]) -> pa.Table:
    columns: dict[str, pa.Array] = {
        field.name: pa.array([row.cells[field.name] for row in rows], pa.string())
        for field in contract.fields
    }
    columns["line"] = pa.array([row.line for row in rows], pa.int64())
    return pa.table(columns)
