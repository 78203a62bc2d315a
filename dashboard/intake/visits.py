"""Visits by the million: read as a stream, coded, counted, in memory that does not grow with them.

Each batch of the stream is dictionary-encoded, so that a code, a date or a name is read once a
batch however many rows carry it. Coded rows go to a draft in Parquet; no text but the name of the
institution gets there. The counts are computed once from the draft, and builds read only them.
"""

import os
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dashboard.access import NATION, Action, Identity, may
from dashboard.contract import Contract, Field, is_quantity
from dashboard.i18n import label
from dashboard.intake.chosen_words import chosen_amount
from dashboard.intake.codes import Names, names
from dashboard.intake.delivery import Delivery, Progress
from dashboard.intake.doubtful_dates import date_fault
from dashboard.intake.findings import Finding
from dashboard.intake.lake_tables import UNKNOWN
from dashboard.intake.quantities import UNCLEAR, meanings_words
from dashboard.intake.row_rules import cell_finding
from dashboard.intake.sheets import CannotRead
from dashboard.intake.sweeping import sweep
from dashboard.intake.units import fixed_scale, scaled
from dashboard.intake.validation import Row, validate
from dashboard.intake.values import LONGEST_CELL, normal, plain
from dashboard.intake.visit_search import search_visits
from dashboard.intake.visit_streams import Lines, stream_rows
from dashboard.settings import Settings
from dashboard.store.connection import bounded_connection, quoted
from dashboard.store.texts import asked_breakdowns
from dashboard.store.visit_counts import count_visits
from dashboard.store.visit_secret import visits_secret

FINDINGS_LISTED = 1_000
_NEEDED = ("", "institution")
"""By what an intake itself needs the counts: what a file covers, and of which institutions."""
_DIGITS = "^[0-9]{0,15}$"
"""An amount that needs no reading, or none."""


@dataclass
class CodedVisits:
    """What a stream of visits came to."""

    path: Path
    """Draft of the coded rows."""
    row_count: int = 0
    error_count: int = 0
    findings: list[Finding] = field(default_factory=list)
    """The first ones."""
    counts: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """What they say → how often, those that are not listed included."""
    head: pa.Table | None = None
    is_searched: bool = True
    """Whether all of the file could be searched for personal data."""
    regions: set[str] = field(default_factory=set)
    """Whose visits they are; `UNKNOWN` where that could not be read of some."""


def code_visits(
    settings: Settings,
    delivery: Delivery,
    contract: Contract,
    identity: Identity,
    progress: Progress | None,
) -> CodedVisits:
    """Read all visits of a delivery, check each value, and write the coded rows to a draft.

    The file is read twice: nothing is written before all of it was searched for personal data.

    Returns:
        The draft with what is wrong; the caller removes the draft.

    Raises:
        OSError: the disk is full.
    """
    folder = settings.workspace / "drafts"
    coded = CodedVisits(folder / f"{uuid.uuid4().hex}.{os.getpid()}.parquet")
    coder = _Coder(delivery, contract, coded, identity)
    try:
        coded.findings, total = search_visits(delivery, progress)
    except (CannotRead, pa.ArrowInvalid, UnicodeDecodeError) as error:
        coder.find_broken(error)
        coded.is_searched = False
    if coded.findings:
        coded.regions.add(UNKNOWN)
        coded.error_count = len(coded.findings)
        return coded
    folder.mkdir(parents=True, exist_ok=True)
    sweep(folder)
    schema = pa.schema(
        [*((name.name, pa.string()) for name in contract.fields), ("line", pa.int64())]
    )
    try:
        with pq.ParquetWriter(coded.path, schema, compression="zstd") as writer:
            for table, lines in stream_rows(delivery, coder.find_width, None):
                rows = coder.code(table, lines)
                if coded.head is None:
                    coded.head = rows.slice(0, FINDINGS_LISTED)
                coded.row_count += rows.num_rows
                if not coded.error_count:
                    writer.write_table(rows)
                if progress:
                    progress("checking", coded.row_count, total)
    except (CannotRead, pa.ArrowInvalid, UnicodeDecodeError) as error:
        coder.find_broken(error)
    except BaseException:
        coded.path.unlink(missing_ok=True)
        raise
    if not coded.row_count and not coded.error_count:
        coder.find(0, "", "", "empty", "")
    return coded


def count_draft(settings: Settings, draft: Path) -> Path:
    """Count coded visits by what questions ask for, and by institution.

    Args:
        settings: the workspace with its secret and its drafts.
        draft: Parquet file of coded visits.

    Returns:
        Parquet file with the rows of `visit_counts`; the caller removes it.

    Raises:
        WorkspaceDamaged: the secret of the workspace cannot be read.
    """
    into = draft.with_suffix(".counts")
    breakdowns = sorted({*_NEEDED, *asked_breakdowns(settings)})
    spill = draft.with_suffix(".spill")
    with bounded_connection(settings.database_memory_mb, spill) as connection:
        visits = f"read_parquet({quoted(str(draft))})"
        secret = visits_secret(settings)
        try:
            count_visits(connection, visits, breakdowns, secret, into)
        except BaseException:
            into.unlink(missing_ok=True)
            raise
    return into


class _Coder:
    """Codes the batches of one delivery and collects what is wrong with them."""

    def __init__(
        self, delivery: Delivery, contract: Contract, coded: CodedVisits, identity: Identity
    ) -> None:
        self._delivery = delivery
        self._identity = identity
        self._contract = contract
        self._coded = coded
        self._seen: dict[str, dict[str, tuple[str | None, Finding | None]]] = {
            column.name: {} for column in contract.fields
        }

    def find(self, line: int, column: str, value: str, rule: str, expected: str) -> None:
        """Add an error; the list is cut, the count is not."""
        finding = self._delivery.finding(line, column, value, rule, expected)
        self._coded.error_count += 1
        self._coded.counts[finding.about] += 1
        if len(self._coded.findings) < FINDINGS_LISTED:
            self._coded.findings.append(finding)

    def find_broken(self, error: Exception) -> None:
        """Add what keeps the file from being read to its end."""
        self._coded.regions.add(UNKNOWN)
        if isinstance(error, CannotRead):
            self.find(error.line, "", "", error.rule, error.expected)
        else:
            self.find(0, "", "", "damaged", _first_line(str(error)))

    def find_width(self, line: int, found: int, expected: int, _text: str) -> None:
        """Add an error about a row that is too narrow or too wide."""
        self.find(line, "", str(found), "width", str(expected))

    def code(self, table: pa.Table, lines: Lines) -> pa.Table:
        """The contract's columns in the form of the record."""
        by_column = {
            name: table.column(place).combine_chunks()
            for place, name in enumerate(self._delivery.columns)
            if name is not None
        }
        for name, text in self._delivery.shape.fixed.items():
            by_column.setdefault(name, pa.repeat(text, table.num_rows))
        scales = {
            column: fixed_scale(self._delivery.units, place, "krw")[0]
            for place, column in enumerate(self._delivery.columns)
        }
        columns: dict[str, pa.Array] = {}
        for column in self._contract.fields:
            given = by_column.get(column.name)
            if given is None:
                columns[column.name] = pa.nulls(table.num_rows, pa.string())
            else:
                columns[column.name] = self._code_column(
                    column, given, lines, scales.get(column.name, 1)
                )
        return pa.table(columns | {"line": pa.array(lines)})

    def _code_column(
        self,
        column: Field,
        given: pa.Array,
        lines: Lines,
        scale: int,
    ) -> pa.Array:
        if column.type == "integer" and scale == 1:
            plain_digits = pc.match_substring_regex(given, _DIGITS)
            if pc.all(plain_digits, min_count=0).as_py() and not given.null_count:
                return _without_blanks(given)
        encoded = pc.dictionary_encode(given)
        texts = encoded.dictionary.to_pylist()
        seen = self._seen[column.name]
        if len(seen) > 500_000:
            seen.clear()
        known = names(self._contract.name, column.name) if column.codes else {}
        values: list[str | None] = []
        broken: dict[int, Finding] = {}
        for place, text in enumerate(texts):
            if text not in seen:
                seen[text] = self._read(column, text, known, scale)
            value, finding = seen[text]
            values.append(value)
            if finding is not None:
                broken[place] = finding
        indices = encoded.indices
        if broken:
            self._find_all(indices, broken, lines)
        if indices.null_count and column.constraints.get("required"):
            blank = indices.is_null().to_numpy(zero_copy_only=False)
            for place in np.flatnonzero(blank).tolist():
                self.find(int(lines[place]), column.heading, "", "required", "")
        if column.codes == "region":
            self._note_regions(values, broken, bool(indices.null_count))
        return pa.array(values, pa.string()).take(indices)

    def _read(
        self, column: Field, text: str, known: Names, scale: int
    ) -> tuple[str | None, Finding | None]:
        value = normal(column, text, known)
        if is_quantity(column):
            chosen, unclear = chosen_amount(plain(text), True, self._delivery.shape.words)
            if unclear:
                expected = meanings_words(text, unclear)
                return value, cell_finding(self._delivery, 1, column, text, UNCLEAR, expected)
            if chosen:
                return chosen, None
        if scale != 1 and value is not None:
            value = scaled(text, scale) or value
        alone = Contract(self._contract.name, Path(self._delivery.name), {}, "", (column,), ())
        breaches = list(validate({alone.name: alone}, {alone.name: [Row(1, {column.name: value})]}))
        if len(text) > LONGEST_CELL:
            return value, cell_finding(
                self._delivery, 1, column, text, "cell-size", f"{LONGEST_CELL:,}"
            )
        if not breaches:
            fault = date_fault(text, value) if column.is_partial_date and value else None
            if fault is None and column.codes == "region" and value and self._is_foreign(value):
                whose = label("region", self._identity.region or NATION)
                found = cell_finding(self._delivery, 1, column, text, "other-region", whose)
                return value, found
            if fault is None:
                return value, None
            return value, cell_finding(self._delivery, 1, column, text, *fault)
        first = breaches[0]
        return value, cell_finding(self._delivery, 1, column, text, first.rule, first.expected)

    def _note_regions(
        self, values: Sequence[str | None], broken: Mapping[int, Finding], has_blanks: bool
    ) -> None:
        unread = {place for place, found in broken.items() if found.rule != "other-region"}
        known = {value for place, value in enumerate(values) if value and place not in unread}
        self._coded.regions |= known
        if has_blanks or len(known) < len(values):
            self._coded.regions.add(UNKNOWN)

    def _is_foreign(self, region: str) -> bool:
        return not may(self._identity, Action.HAND_IN, region)

    def _find_all(
        self,
        indices: pa.Array,
        broken: dict[int, Finding],
        lines: Lines,
    ) -> None:
        places = indices.fill_null(-1).to_numpy(zero_copy_only=False)
        for place in np.flatnonzero(np.isin(places, list(broken))).tolist():
            found = broken[int(places[place])]
            self.find(int(lines[place]), found.column, found.value, found.rule, found.expected)


def _without_blanks(given: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(given, ""), pa.scalar(None, pa.string()), given)


def _first_line(text: str) -> str:
    return text.splitlines()[0][:120] if text else ""
