"""What a table must look like: Table Schema of a data package, as frozen records.

Follows the Table Schema specification (https://specs.frictionlessdata.io/table-schema/). Properties
of our own: `separator` and `references` for columns that hold several ids in one cell, `conditions`
for bounds that depend on another column, `partialDate` for dates of any precision. The contracts of
what a city hands in say more (data/contracts): `aliases`, `codes`, `default`, `fallback`, `sample`
of a column; `lakeTable`, `idPrefix`, `idFrom`, `completeBy`, `constants` of a table.
"""

import json
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.errors import PackageFault, UsageError
from dashboard.i18n import LANGUAGES, language, readable
from dashboard.settings import PROJECT_ROOT

DESCRIPTOR = "datapackage.json"
CITY_CONTRACTS = PROJECT_ROOT / "data" / "contracts"
TYPES = frozenset({"string", "integer", "number", "boolean", "year"})
CONSTRAINTS = frozenset({"required", "unique", "enum", "pattern", "minimum", "maximum"})


@dataclass(frozen=True)
class Reference:
    """Values must occur in a column of another table."""

    columns: tuple[str, ...]
    resource: str
    targets: tuple[str, ...]


@dataclass(frozen=True)
class Condition:
    """Bounds that hold where another column of the row has a certain form."""

    column: str
    pattern: str
    minimum: float | None
    maximum: float | None


@dataclass(frozen=True)
class Field:
    """One column."""

    name: str
    type: str
    title: dict[str, str]
    description: str
    unit: str | None
    separator: str | None
    constraints: dict[str, Any]
    conditions: tuple[Condition, ...]
    is_partial_date: bool
    """ISO 8601 to the year, month or day, which must be in the calendar."""
    descriptions: dict[str, str] = field(default_factory=dict)
    """The description in both languages."""
    aliases: tuple[str, ...] = ()
    """Headers that are understood beside the name and the titles."""
    codes: str | None = None
    """List of codes that may be given by their titles: `region`, `country`, `metric`, `event`, or
    a list of the catalogues."""
    default: str | None = None
    """What a blank cell stands for."""
    fallback: str | None = None
    """Column whose value a blank cell takes."""
    sample: dict[str, str] = field(default_factory=dict)
    """What stands in the example row of a template, in both languages."""

    @property
    def heading(self) -> str:
        """The title in the reader's language."""
        return self.title[language()]


def is_quantity(column: Field) -> bool:
    """Whether a column holds amounts that have a unit; coordinates have none to be stated."""
    return column.type in ("number", "integer") and column.unit in (None, "KRW")


@dataclass(frozen=True)
class Contract:
    """One table."""

    name: str
    path: Path
    title: dict[str, str]
    description: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    references: tuple[Reference, ...] = field(default=())
    descriptions: dict[str, str] = field(default_factory=dict)
    lake_table: str = ""
    """Table of the lake that the rows become part of."""
    id_prefix: str = ""
    id_from: tuple[str, ...] = ()
    """Columns that say what a row is about: rows that agree in them are the same row."""
    complete_by: tuple[str, ...] = ()
    """Columns within whose values a file can be complete."""
    constants: dict[str, str] = field(default_factory=dict)
    """Columns of the lake's table that the file does not have, and their value."""

    @property
    def heading(self) -> str:
        """The title in the reader's language."""
        return self.title[language()]

    @property
    def by_heading(self) -> dict[str, Field]:
        """Title in the reader's language → column."""
        return {column.heading: column for column in self.fields}

    def column(self, name: str) -> Field:
        """A column by its name."""
        return next(column for column in self.fields if column.name == name)


def shown_cell(contract: Contract, name: str, text: str | None) -> str:
    """A cell of the record as its reader writes it: codes in words, thousands set apart."""
    if text is None:
        return ""
    if is_quantity(contract.column(name)):
        with suppress(InvalidOperation):  # of a file with errors
            return f"{Decimal(text):,f}"
    return str(readable(name, text))


def missing_columns(contract: Contract, given: Collection[str | None]) -> tuple[str, ...]:
    """Required columns that are not given and that nothing stands in for."""
    return tuple(
        column.name
        for column in contract.fields
        if column.constraints.get("required")
        and column.name not in given
        and column.default is None
        and column.name != "unit"
        and (column.fallback is None or column.fallback not in given)
    )


def read_contracts(folder: Path) -> dict[str, Contract]:
    """The contracts of a data package, by table name.

    Raises:
        PackageFault: the descriptor is missing, is no JSON, or names an unknown type.
    """
    path = folder / DESCRIPTOR
    try:
        descriptor = json.loads(path.read_text(encoding="utf-8"))
        return {
            resource["name"]: _contract(folder, resource) for resource in descriptor["resources"]
        }
    except FileNotFoundError:
        raise PackageFault(
            "The data package has no descriptor",
            f"{DESCRIPTOR} is missing in {folder.name}.",
            "Put the descriptor back.",
        ) from None
    except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise PackageFault(
            "The data package's descriptor cannot be read",
            f"{folder.name}/{DESCRIPTOR}: {error}",
            "Compare it with the Data Package specification.",
        ) from error


def _contract(folder: Path, resource: dict[str, Any]) -> Contract:
    schema = resource["schema"]
    fields = tuple(_field(resource["name"], described) for described in schema["fields"])
    references = [
        Reference(
            _names(key["fields"]),
            key["reference"]["resource"] or resource["name"],
            _names(key["reference"]["fields"]),
        )
        for key in schema.get("foreignKeys", [])
    ]
    references += [
        Reference(
            (described["name"],),
            described["references"]["resource"],
            (described["references"]["field"],),
        )
        for described in schema["fields"]
        if "references" in described
    ]
    return Contract(
        resource["name"],
        folder / resource["path"],
        _texts(resource, "title", resource["name"]),
        resource.get("description", ""),
        fields,
        _names(schema.get("primaryKey", [])),
        tuple(references),
        _texts(resource, "description"),
        resource.get("lakeTable", resource["name"]),
        resource.get("idPrefix", ""),
        tuple(resource.get("idFrom", ())),
        tuple(resource.get("completeBy", ())),
        dict(resource.get("constants", {})),
    )


def _field(table: str, described: dict[str, Any]) -> Field:
    kind = described["type"]
    if kind not in TYPES:
        raise PackageFault(
            "A column has a type that is not supported",
            f"{table}.{described['name']}: {kind}",
            f"Supported: {', '.join(sorted(TYPES))}.",
        )
    unknown = sorted(set(described.get("constraints", {})) - CONSTRAINTS)
    if unknown:
        raise PackageFault(
            "A column has a constraint that is not supported",
            f"{table}.{described['name']}: {', '.join(unknown)}",
            f"Supported: {', '.join(sorted(CONSTRAINTS))}.",
        )
    return Field(
        described["name"],
        kind,
        _texts(described, "title", described["name"]),
        described.get("description", ""),
        described.get("unit"),
        described.get("separator"),
        described.get("constraints", {}),
        tuple(
            Condition(bound["column"], bound["pattern"], bound.get("minimum"), bound.get("maximum"))
            for bound in described.get("conditions", [])
        ),
        described.get("partialDate", False),
        _texts(described, "description"),
        tuple(described.get("aliases", ())),
        described.get("codes"),
        described.get("default"),
        described.get("fallback"),
        _texts(described, "sample"),
    )


def _texts(described: dict[str, Any], name: str, fallback: str = "") -> dict[str, str]:
    """A property by language, in English where it is not there as `title_ko` is."""
    english = described.get(name, fallback)
    return {code: described.get(f"{name}_{code}", english) for code in LANGUAGES}


def _names(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@cache
def city_contracts() -> dict[str, Contract]:
    """The contracts of what a city hands in, by table name.

    Raises:
        PackageFault: the descriptor is missing or broken.
    """
    return read_contracts(CITY_CONTRACTS)


def contract_of(table: str) -> Contract:
    """The contract of a table.

    Raises:
        UsageError: there is none.
    """
    contracts = city_contracts()
    if table not in contracts:
        raise UsageError(
            "There is no such table to hand in", f"'{table}'", f"Tables: {', '.join(contracts)}."
        )
    return contracts[table]
