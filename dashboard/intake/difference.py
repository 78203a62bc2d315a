"""What a file would change: its rows beside those that the record holds now."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from dashboard.contract import Contract
from dashboard.i18n import language
from dashboard.intake.codes import titles
from dashboard.intake.delivery import NO_DIFFERENCE, Change, Difference
from dashboard.intake.known import Known
from dashboard.intake.validation import Row

SHOWN = 1_000
"""Changes of each kind that are listed; the counts are of all."""
_VALUES = ("value", "budgeted_krw", "executed_krw")
_SOURCES = ("source_id", "source_ids")


def compare(
    contract: Contract,
    rows: Sequence[Row],
    known: Known,
    own_sources: frozenset[str],
    complete: bool,
) -> tuple[Difference, list[str]]:
    """Compare checked rows with the record.

    Args:
        contract: of the table.
        rows: with their ids filled in.
        known: what the record holds.
        own_sources: sources that stand for files that were handed in. A row that is only printed
            again by a new file is unchanged.
        complete: whether rows of cities that the file does not name any more are gone.

    Returns:
        The difference, and the ids that are gone.
    """
    changes: list[Change] = []
    counts = dict.fromkeys(NO_DIFFERENCE.counts, 0)

    def note(change: Change) -> None:
        counts[change.kind] += 1
        if counts[change.kind] <= SHOWN:
            changes.append(change)

    key = contract.primary_key[0]
    others = _by_subject(contract, known)
    for row in rows:
        row_id = str(row.cells[key])
        about = about_row(contract, row.cells)
        former = known.current.get(row_id)
        if former is None:
            filled = {name: (None, text) for name, text in row.cells.items() if text is not None}
            note(Change("new", row.line, row_id, about, filled))
        else:
            pairs = differing(contract, former, row.cells, own_sources)
            if pairs:
                batch_id = former.get("batch_id") or ""
                note(Change("changed", row.line, row_id, about, pairs, batch_id=batch_id))
            else:
                counts["unchanged"] += 1
        for other in others.get(_subject(contract, row.cells), ()):
            if other.get(key) != row_id:
                for name in _contradicted(other, row.cells):
                    source = other.get("source_id") or other.get("source_ids")
                    pair = {name: (other.get(name), row.cells.get(name))}
                    note(Change("contradicting", row.line, row_id, about, pair, source))
    gone = list(_gone(contract, rows, known)) if complete else []
    for row_id in gone:
        former = known.current[row_id]
        pairs = {
            field.name: (former.get(field.name), None)
            for field in contract.fields
            if former.get(field.name) is not None
        }
        batch_id = former.get("batch_id") or ""
        note(Change("gone", 0, row_id, about_row(contract, former), pairs, batch_id=batch_id))
    return Difference(tuple(changes), counts), gone


def about_row(contract: Contract, cells: Mapping[str, str | None]) -> str:
    """What a row is about, in the reader's language: the columns that make its id."""
    parts: list[str] = []
    for name in contract.id_from:
        text = cells.get(name)
        if text is None:
            continue
        column = contract.column(name)
        named = titles(column, language()) if column.codes else {}
        parts.append("·".join(named.get(part, part) for part in text.split(";")))
    return " · ".join(dict.fromkeys(parts))


def differing(
    contract: Contract,
    former: Mapping[str, str | None],
    cells: Mapping[str, str | None],
    own_sources: frozenset[str],
) -> dict[str, tuple[str | None, str | None]]:
    """Column → (in the record, in the file), of those that differ; arguments as for `compare`."""
    found: dict[str, tuple[str | None, str | None]] = {}
    for field in contract.fields:
        before, after = former.get(field.name), cells.get(field.name)
        if before == after or (field.type == "number" and _equal(before, after)):
            continue
        if field.name in _SOURCES and {before, after} <= own_sources:
            continue
        found[field.name] = (before, after)
    return found


def _by_subject(
    contract: Contract, known: Known
) -> dict[tuple[str | None, ...], list[Mapping[str, str | None]]]:
    found: dict[tuple[str | None, ...], list[Mapping[str, str | None]]] = {}
    if any(field.name in _VALUES for field in contract.fields):
        for row in known.current.values():
            if row.get("suspect") != "true":
                found.setdefault(_subject(contract, row), []).append(row)
    return found


def _subject(contract: Contract, row: Mapping[str, str | None]) -> tuple[str | None, ...]:
    status = row.get("status", contract.constants.get("status"))
    return (*(row.get(name) for name in contract.id_from), status)


def _contradicted(
    other: Mapping[str, str | None], cells: Mapping[str, str | None]
) -> Iterator[str]:
    for name in _VALUES:
        if None not in (cells.get(name), other.get(name)) and not _equal(other[name], cells[name]):
            yield name


def _gone(contract: Contract, rows: Sequence[Row], known: Known) -> Iterator[str]:
    """Rows of cities within the regions and years of the file that it does not name."""
    named = {str(row.cells[contract.primary_key[0]]) for row in rows}
    scopes = {tuple(row.cells.get(name) for name in contract.complete_by) for row in rows}
    if not contract.complete_by:
        return
    for row_id, row in known.current.items():
        if (
            row_id in named
            or row_id in known.public_ids
            or row.get(contract.primary_key[0]) is None
        ):
            continue
        status = contract.constants.get("status")
        if contract.lake_table == "observations" and (row.get("status") == "target") != bool(
            status
        ):
            continue
        if tuple(row.get(name) for name in contract.complete_by) in scopes:
            yield row_id


def _equal(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return one is other
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False
