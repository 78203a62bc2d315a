"""Which row is the header, and which of its columns is which column of the contract."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.intake.codes import folded
from dashboard.intake.contract import Contract, Field
from dashboard.intake.sheets import Line
from dashboard.intake.values import plain
from dashboard.store.ledger import Ledger

STREAM = "column-mappings"
"""Stream of the ledger that remembers which header was chosen for which column."""
SEARCHED = 30
"""Rows from the top in which the header is looked for."""
_BRACKETS = re.compile(r"[(\[（].*?[)\]）]")
_SCALES = {"천": 1_000, "만": 10_000, "백만": 1_000_000, "천만": 10_000_000, "억": 100_000_000}
_SCALE = re.compile(r"(?:단위\s*[:：]?\s*|[(\[（]\s*)(천만|백만|천|만|억)\s*(?:원|명|건)")


@dataclass(frozen=True)
class Header:
    """The header of a sheet and what its columns are."""

    place: int
    """Index of its row among the rows of the sheet; the rows after it are data."""
    headers: tuple[str, ...]
    columns: tuple[str | None, ...]
    """For each header the column of the contract, None for one that is not read."""
    remembered: bool
    scales: Mapping[int, int]
    """Place of a column → what its numbers are to be multiplied by: `예산액(천원)`."""
    scale_words: tuple[str, ...]

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


def find_header(
    contract: Contract,
    lines: Sequence[Line],
    mapping: Mapping[str, str] | None,
    remembered: Mapping[str, Mapping[str, str]],
) -> Header | None:
    """The row with most known headers among the first ones, or the one that a mapping fits.

    Args:
        contract: of the table.
        lines: rows of the sheet from its top.
        mapping: header → column as chosen; None takes those that are known or remembered.
        remembered: shape → mapping, of former choices.

    Returns:
        None when no row looks like a header.
    """
    known = known_headers(contract)
    best: tuple[int, int, Header] | None = None
    for place, line in enumerate(lines[:SEARCHED]):
        headers = tuple(" ".join(plain(cell).split()) for cell in line.cells)
        if sum(map(bool, headers)) < min(2, len(contract.fields)):
            continue
        chosen = mapping
        is_remembered = False
        if chosen is None:
            chosen = remembered.get(shape_of(contract.name, headers))
            is_remembered = chosen is not None
        columns = tuple(_columns(headers, known, chosen))
        score = sum(column is not None for column in columns)
        if score and (best is None or score > best[0]):
            found = Header(
                place,
                headers,
                columns,
                is_remembered,
                *_scales(contract, headers, columns, lines[:place]),
            )
            best = (score, place, found)
    if best is not None and (best[0] > 1 or mapping is not None or len(best[2].headers) == 1):
        return best[2]
    return _guess(lines)


def _columns(
    headers: Sequence[str], known: Mapping[str, str], chosen: Mapping[str, str] | None
) -> Iterator[str | None]:
    taken: set[str] = set()
    picked = {folded(header): column for header, column in (chosen or {}).items()}
    for header in headers:
        column = picked.get(folded(header)) if folded(header) in picked else _known(header, known)
        if folded(header) not in picked and column in set(picked.values()):
            column = None
        if chosen is None and column in taken and folded(header) != column:
            column = None  # a further column of the same meaning is left to the reader's choice
        if column:
            taken.add(column)
        yield column or None


def _known(header: str, known: Mapping[str, str]) -> str | None:
    if not header:
        return None
    return known.get(folded(header)) or known.get(folded(_BRACKETS.sub("", header)))


def _scales(
    contract: Contract,
    headers: Sequence[str],
    columns: Sequence[str | None],
    above: Sequence[Line],
) -> tuple[dict[int, int], tuple[str, ...]]:
    """Scales in the headers (`예산액(천원)`) or in the rows above them (`(단위: 백만원)`)."""
    words: list[str] = []
    for_all = 1
    for line in above:
        for cell in line.cells:
            if found := _SCALE.search(cell):
                for_all = _SCALES[found[1]]
                words.append(found[0].strip("([（ "))
    scales: dict[int, int] = {}
    for place, (header, name) in enumerate(zip(headers, columns, strict=True)):
        if name is None or not _is_quantity(contract.column(name)):
            continue
        found = _SCALE.search(header)
        if found:
            words.append(header)
        scale = _SCALES[found[1]] if found else for_all
        if scale > 1:
            scales[place] = scale
    return scales, tuple(dict.fromkeys(words)) if scales else ()


def _is_quantity(field: Field) -> bool:
    return field.type in ("number", "integer") and field.name not in ("lat", "lon")


def _guess(lines: Sequence[Line]) -> Header | None:
    """The first row that is as wide as those below it, for a header that has to be chosen."""
    for place, line in enumerate(lines[:SEARCHED]):
        headers = tuple(" ".join(plain(cell).split()) for cell in line.cells)
        below = lines[place + 1 : place + 2]
        if sum(map(bool, headers)) >= 2 and below and sum(map(bool, below[0].cells)) >= 2:
            return Header(place, headers, (None,) * len(headers), False, {}, ())
    return None


def remembered_mappings(ledger: Ledger) -> dict[str, dict[str, str]]:
    """Shape → the mapping chosen last for it."""
    return {
        entry.content["shape"]: dict(entry.content["mapping"]) for entry in ledger.entries(STREAM)
    }


def remember_mapping(
    ledger: Ledger, table: str, headers: Sequence[str], mapping: Mapping[str, str], by: str
) -> None:
    """Keep a choice for the next file of the same shape."""
    shape = shape_of(table, headers)
    if remembered_mappings(ledger).get(shape) != dict(mapping):
        content = {"table": table, "shape": shape, "mapping": dict(mapping)}
        ledger.append(STREAM, "chosen", by, content)
