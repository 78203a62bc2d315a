"""The shipped public record: a delivery that is trusted, through the same reader as a city's file.

Read, checked against contracts, looked up in lists of codes and taken into the lake as any other;
what differs, because the package is ours:

- It must be to the letter as its descriptor says; nothing about its form is recognised or guessed,
  and it is read in this process.
- Its rows name their publishers and sources themselves, and have ids.
- It is not searched for personal data.
- All its tables are one batch, which takes the place of the former one whole; so it is compared
  with nothing, and the build that follows is its trial.
- There is no receipt: its bytes are kept where they came from.
"""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from filelock import FileLock

from dashboard.errors import PackageFault
from dashboard.intake.codes import city_contracts
from dashboard.intake.contract import DESCRIPTOR, Contract, read_contracts
from dashboard.intake.findings import DeliveryRefused
from dashboard.intake.lake_tables import PUBLIC, city_columns, text_table
from dashboard.intake.reading import read_trusted
from dashboard.intake.rows import trusted_rows
from dashboard.intake.validation import validate
from dashboard.settings import Settings
from dashboard.store.lake import Batch, Lake, in_force

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
    folder = settings.public_record
    contracts = {name: _with_codes(held) for name, held in read_contracts(folder).items()}
    missing = [contract.path.name for contract in contracts.values() if not contract.path.is_file()]
    if missing:
        raise PackageFault(
            "The data package lacks a table",
            f"Not found: {', '.join(missing)}.",
            "Put the files back, or take their tables out of the descriptor.",
        )
    digest = _digest(folder, contracts)
    lake = Lake(settings)
    for batch in in_force(lake.batches()):
        if batch.origin == PUBLIC and batch.digest == digest:
            return batch, False
    deliveries = [read_trusted(contract) for contract in contracts.values()]
    tables = {delivery.table: trusted_rows(delivery) for delivery in deliveries}
    findings = [finding for delivery in deliveries for finding in delivery.findings]
    findings = findings or list(validate(contracts, tables))
    if findings:
        raise DeliveryRefused(findings)
    version = json.loads((folder / DESCRIPTOR).read_text("utf-8")).get("version")
    message = f"Public record {version}: {sum(map(len, tables.values()))} rows"
    columns = {name: [field.name for field in held.fields] for name, held in contracts.items()}
    for name, further in city_columns().items():  # so that every build can name them
        columns.setdefault(name, []).extend(further)
    stored = {name: text_table(tables.get(name, []), names) for name, names in columns.items()}
    return lake.append(PUBLIC, digest, AUTHOR, message, stored), True


def _with_codes(contract: Contract) -> Contract:
    """With the lists of codes that cities' tables of the name have; a reference needs none."""
    city = city_contracts().get(contract.name)
    codes = {column.name: column.codes for column in city.fields} if city else {}
    for reference in contract.references:
        codes |= dict.fromkeys(reference.columns)
    fields = (replace(column, codes=codes.get(column.name)) for column in contract.fields)
    return replace(contract, fields=tuple(fields))


def _digest(folder: Path, contracts: dict[str, Contract]) -> str:
    content = hashlib.sha256()
    for path in [folder / DESCRIPTOR, *(contract.path for contract in contracts.values())]:
        content.update(path.name.encode() + b"\0")
        content.update(hashlib.sha256(path.read_bytes()).digest())
    content.update(json.dumps(city_columns(), sort_keys=True).encode())
    return content.hexdigest()
