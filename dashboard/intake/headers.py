"""Which row is the header, and which of its columns is which column of the contract."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from dashboard.access import NATION
from dashboard.contract import Contract, contract_of, is_quantity
from dashboard.errors import UsageError
from dashboard.intake.bracket_words import without_idle_brackets
from dashboard.intake.codes import folded
from dashboard.intake.sheets import Line
from dashboard.intake.units import Unit, header_units, table_units, title_units, without_units
from dashboard.intake.values import plain
from dashboard.store.ledger import Ledger

STREAM = "column-mappings"
"""Stream of the ledger that remembers which header was chosen for which column."""
SEARCHED = 30
"""Rows from the top in which the header is looked for."""
_BRACKETS = re.compile(r"[(\[（].*?[)\]）]")
_UNIT_HEADERS = frozenset({"단위", "단위명", "unit", "units"})


@dataclass(frozen=True)
class Header:
    """The header of a sheet and what its columns are."""

    place: int
    """Index of its row among the rows of the sheet; the rows after it are data."""
    headers: tuple[str, ...]
    columns: tuple[str | None, ...]
    """For each header the column of the contract, None for one that is not read."""
    remembered: bool
    units: Mapping[int, tuple[Unit, ...]]
    """Place of a column of amounts → the units that its header or the table states."""

    @property
    def unread(self) -> tuple[str, ...]:
        """Headers that no column was found for."""
        return tuple(
            header
            for header, column in zip(self.headers, self.columns, strict=True)
            if header and column is None
        )

    @property
    def unit_place(self) -> int | None:
        """Place of the column that says the unit of each row."""
        for place, (header, column) in enumerate(zip(self.headers, self.columns, strict=True)):
            if column == "unit" or (column is None and folded(header) in _UNIT_HEADERS):
                return place
        return None

    @property
    def scale_words(self) -> tuple[str, ...]:
        """Units by which numbers are multiplied, as written."""
        used = (unit for units in self.units.values() for unit in units if unit.scale != 1)
        return tuple(dict.fromkeys(unit.text for unit in used if unit.family))

    @property
    def mapping(self) -> dict[str, str]:
        """Header → column."""
        return {
            header: column
            for header, column in zip(self.headers, self.columns, strict=True)
            if column is not None
        }


def shape_of(table: str, headers: Sequence[str]) -> str:
    """What tells files of one shape from others: the table and its headers in order."""
    text = json.dumps([table, *(folded(header) for header in headers)], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def known_headers(contract: Contract) -> dict[str, str]:
    """Folded header → column: names first, then titles of both languages, then aliases."""
    known: dict[str, str] = {}
    for listed in (
        lambda field: (field.name,),
        lambda field: tuple(field.title.values()),
        lambda field: field.aliases,
    ):
        for field in contract.fields:
            for header in listed(field):
                known.setdefault(folded(header), field.name)
    return known


def column_named(table: str, name: str) -> str:
    """The column of a table by its name or one of its titles.

    Raises:
        UsageError: there is no such table or column.
    """
    contract = contract_of(table)
    found = known_headers(contract).get(folded(name))
    if found is None:
        columns = ", ".join(sorted(column.name for column in contract.fields))
        raise UsageError("There is no such column", name, f"Columns: {columns}.")
    return found


def find_header(
    contract: Contract,
    lines: Sequence[Line],
    mapping: Mapping[str, str] | None,
    remembered: Mapping[str, Mapping[str, str]],
    at: int | None = None,
) -> Header | None:
    """The row with most known headers among the first ones, or the one that a mapping fits.

    Args:
        contract: of the table.
        lines: rows of the sheet from its top.
        mapping: header → column as chosen; None takes those that are known or remembered.
        remembered: shape → mapping, of former choices.
        at: number of the line that somebody chose as the header.

    Returns:
        None when no row looks like a header.
    """
    known = known_headers(contract)
    amounts = {column.name for column in contract.fields if is_quantity(column)}
    best: tuple[int, int, Header] | None = None
    searched = range(min(len(lines), SEARCHED)) if at is None else range(len(lines))
    for place in searched:
        line = lines[place]
        headers = tuple(" ".join(plain(cell).split()) for cell in line.cells)
        is_thin = sum(map(bool, headers)) < min(2, len(contract.fields))
        if line.number != at if at is not None else is_thin:
            continue
        chosen = mapping
        is_remembered = False
        if chosen is None:
            chosen = remembered.get(shape_of(contract.name, headers))
            is_remembered = chosen is not None
        columns = tuple(_columns(headers, known, amounts, chosen))
        score = sum(column is not None for column in columns)
        if at is not None or (score and (best is None or score > best[0])):
            found = Header(
                place,
                headers,
                columns,
                is_remembered,
                _units(contract, headers, columns, lines[:place]),
            )
            best = (score, place, found)
    if best is not None and (
        at is not None or best[0] > 1 or mapping is not None or len(best[2].headers) == 1
    ):
        return best[2]
    return _guess(lines)


def _columns(
    headers: Sequence[str],
    known: Mapping[str, str],
    amounts: Set[str],
    chosen: Mapping[str, str] | None,
) -> Iterator[str | None]:
    taken: set[str] = set()
    picked = {folded(header): column for header, column in (chosen or {}).items()}
    for header in headers:
        column = picked.get(folded(header)) if folded(header) in picked else None
        if folded(header) not in picked:
            column = _known(header, known, amounts)
        if folded(header) not in picked and column in set(picked.values()):
            column = None
        if chosen is None and column in taken and folded(header) != column:
            column = None  # a further column of the same meaning is left to the reader's choice
        if column:
            taken.add(column)
        yield column or None


def _known(header: str, known: Mapping[str, str], amounts: Set[str]) -> str | None:
    """The column of a header; one of amounts only where its brackets leave it what it is."""
    if not header:
        return None
    idle = without_idle_brackets(without_units(header))
    same = known.get(folded(header)) or known.get(folded(idle))
    found = known.get(folded(_BRACKETS.sub("", header)))
    return same or (None if found in amounts else found)


def _units(
    contract: Contract,
    headers: Sequence[str],
    columns: Sequence[str | None],
    above: Sequence[Line],
) -> dict[int, tuple[Unit, ...]]:
    """Units in the headers (`예산액(천원)`), or in the rows above them (`(단위: 명, 백만원)`)."""
    table = tuple(unit for line in above for unit in title_units(line.cells))
    corner = tuple(
        unit
        for header, name in zip(headers, columns, strict=True)
        if name is None or not is_quantity(contract.column(name))
        for unit in table_units([header])
    )
    found: dict[int, tuple[Unit, ...]] = {}
    for place, (header, name) in enumerate(zip(headers, columns, strict=True)):
        if name is None or not is_quantity(contract.column(name)):
            continue
        stated = header_units(header) or table or corner
        won = tuple(unit for unit in stated if unit.family == "krw")
        if stated:
            found[place] = won if won and contract.column(name).unit else stated
    return found


def _guess(lines: Sequence[Line]) -> Header | None:
    """The first row that is as wide as those below it, for a header that has to be chosen."""
    for place, line in enumerate(lines[:SEARCHED]):
        headers = tuple(" ".join(plain(cell).split()) for cell in line.cells)
        below = lines[place + 1 : place + 2]
        if sum(map(bool, headers)) >= 2 and below and sum(map(bool, below[0].cells)) >= 2:
            return Header(place, headers, (None,) * len(headers), False, {})
    return None


def remembered_mappings(ledger: Ledger, region: str) -> dict[str, dict[str, str]]:
    """Shape → the mapping chosen last for it, by the region itself or for all of them."""
    return {
        entry.content["shape"]: dict(entry.content["mapping"])
        for entry in ledger.entries(STREAM)
        if entry.content.get("region", NATION) in (region, NATION)
    }


def remember_mapping(
    ledger: Ledger,
    table: str,
    headers: Sequence[str],
    mapping: Mapping[str, str],
    by: str,
    region: str,
) -> None:
    """Keep a choice for the region's next file of the same shape; the nation's is everybody's."""
    shape = shape_of(table, headers)
    if remembered_mappings(ledger, region).get(shape) != dict(mapping):
        content = {"table": table, "shape": shape, "mapping": dict(mapping), "region": region}
        ledger.append(STREAM, "chosen", by, content)
