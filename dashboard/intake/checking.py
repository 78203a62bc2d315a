"""A delivery → checked: findings, difference, and the tables that the lake would take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa

from dashboard.access import Action, Identity, may
from dashboard.contract import Contract
from dashboard.errors import BuildRefused
from dashboard.i18n import gettext as _
from dashboard.intake.delivery import NO_DIFFERENCE, Checked, Delivery, Difference, Progress
from dashboard.intake.difference import SHOWN, compare
from dashboard.intake.disclosure import of_visits, sees_exactly
from dashboard.intake.disk import is_disk_error
from dashboard.intake.findings import Finding, first_findings
from dashboard.intake.known import known_of, read_known
from dashboard.intake.lake_tables import (
    DERIVED,
    PUBLIC,
    UNKNOWN,
    WITHDRAWN,
    city_columns,
    precision,
)
from dashboard.intake.public_record import PublicRecord
from dashboard.intake.receipts import Receipts
from dashboard.intake.record_versions import count_changes
from dashboard.intake.row_rules import rule_findings
from dashboard.intake.row_tables import text_table
from dashboard.intake.rows import RowsRead, by_name, read_rows, sample_lines, trusted_rows
from dashboard.intake.sheets import ROW_LIMIT
from dashboard.intake.validation import Row, validate
from dashboard.intake.visit_coverage import (
    COVERAGE,
    by_institution,
    covered,
    covered_by_batch,
    held_by_institution,
    replaced,
)
from dashboard.intake.visits import CodedVisits, code_visits, count_draft
from dashboard.intake.whose import touched_by
from dashboard.settings import Settings
from dashboard.store.batches import Batch, in_force, new_batch
from dashboard.store.build import Builder
from dashboard.store.lake import Lake
from dashboard.store.visit_counts import VISIT_COUNTS, VISITS
from dashboard.store.visit_secret import visits_secret

OWN_SOURCE = "handed-in-"
"""How the id of a source begins that stands for a file handed in."""


class Checker:
    """Checks deliveries against one workspace."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lake = Lake(settings)
        self._receipts = Receipts(settings)

    def check(
        self,
        delivery: Delivery,
        contract: Contract,
        identity: Identity,
        by: str,
        complete: bool,
        office: str,
        published_on: str,
        progress: Progress | None,
    ) -> Checked:
        """All findings of a delivery, what it would change, and what the lake would take.

        Numbers of visits that the record holds are as `identity` may see them.
        """
        start = _Checked(delivery, by, complete, office, *_split(delivery.findings))
        start.row_count, start.is_searched = len(delivery.rows), delivery.is_searched
        start.regions = {UNKNOWN} if contract.name == VISITS else set()
        if not delivery.is_readable:
            return start.finished()
        start.snapshot = self._lake.snapshot()
        batches = in_force(self._lake.batches())
        same = [batch.batch_id for batch in batches if batch.digest == digest_of(delivery)]
        start.already = same[-1] if same else ""
        source = _source_row(delivery, office or by, published_on)
        if contract.name == VISITS:
            self._check_visits(start, contract, identity, progress)
        elif len(delivery.rows) > ROW_LIMIT:
            start.find("row-limit", f"{ROW_LIMIT:,}")
        else:
            self._check_rows(start, contract, identity, source, batches)
        if progress:
            progress("checking", start.row_count, start.row_count)
        if not start.errors:
            self._try_out(start)
        if start.already:
            start.warn("same-file", start.already)
        return start.finished()

    def check_record(self, record: PublicRecord, by: str) -> Checked:
        """The same of the public record, whose tables are one delivery."""
        parts = record.parts()
        tables = {part.table: trusted_rows(part) for part in parts}
        start = _Checked(record.whole(), by, True, "")
        start.snapshot = self._lake.snapshot()
        batches = in_force(self._lake.batches())
        former = next((batch for batch in batches if batch.origin == PUBLIC), None)
        held = self._lake.rows_of(former, record.contracts) if former else {}
        metrics = {row["metric"] for row in held.get("observations", ())}
        findings = [finding for part in parts for finding in part.findings]
        findings = findings or list(validate(record.contracts, tables))
        if not findings:
            known = known_of(tables, metrics)
            for part in parts:
                contract = record.contracts[part.table]
                found = rule_findings(part, contract, tables[part.table], known, set(), {})
                findings += [by_name(contract, finding) for finding in found]
        start.errors, start.warnings = _split(findings)
        start.row_count = sum(map(len, tables.values()))
        columns = {
            name: [field.name for field in contract.fields]
            for name, contract in record.contracts.items()
        }
        for name, further in city_columns().items():  # so that every build can name them
            columns.setdefault(name, []).extend(further)
        start.tables = {
            name: text_table(tables.get(name, []), names) for name, names in columns.items()
        }
        later = {
            name: [{column: text or "" for column, text in row.cells.items()} for row in rows]
            for name, rows in tables.items()
        }
        start.difference = count_changes(record.contracts, held, later)
        message = f"Public record {record.version}: {start.row_count} rows"
        start.batch = new_batch(PUBLIC, record.digest, by, message)
        if not start.errors:
            self._try_out(start)
        return start.finished()

    def _check_rows(
        self,
        start: "_Checked",
        contract: Contract,
        identity: Identity,
        source: dict[str, str | None],
        batches: Sequence[Batch],
    ) -> None:
        known = read_known(self._lake, batches, contract)
        own = str(source["source_id"])
        reading = read_rows(delivery := start.delivery, contract, known, own)
        errors, warnings = _split(reading.findings)
        named = {(error.line, error.column) for error in delivery.findings if error.line}
        errors = [error for error in errors if (error.line, error.column) not in named]
        start.errors += errors
        start.warnings += warnings
        start.row_count = len(delivery.rows)
        if not reading.rows and not start.errors:
            start.find("empty", "")
        owned = frozenset({own} | {name for name in known.sources if name.startswith(OWN_SOURCE)})
        difference, gone = compare(contract, reading.rows, known, owned, start.complete)
        start.difference = difference
        brought = self._receipts.regions_of_batches().__getitem__
        touched = touched_by(
            delivery, contract, reading.rows, gone, known, owned, brought, identity
        )
        start.regions, start.errors = touched.regions, start.errors + touched.findings
        start.warnings += _contradictions(delivery, contract, difference)
        start.rows = text_table(reading.rows)
        start.tables = {contract.lake_table: text_table(_lake_rows(contract, reading, gone))}
        start.keys = {contract.lake_table: contract.primary_key}
        names = (row.cells.get("source_id") or row.cells.get("source_ids") for row in reading.rows)
        former = known.batch_of_source.get(own)
        is_free = former is None or all(
            may(identity, Action.HAND_IN, region) for region in brought(former)
        )
        if contract.name != "sources" and own in names and is_free:
            start.tables["sources"] = text_table([Row(0, source)])
            start.keys["sources"] = ("source_id",)

    def _check_visits(
        self,
        start: "_Checked",
        contract: Contract,
        identity: Identity,
        progress: Progress | None,
    ) -> None:
        delivery = start.delivery
        samples = sample_lines(delivery, contract)
        if samples and delivery.is_large:
            start.find("example-left", "")
        elif samples:
            start.warn("example-row", "")
            rows = tuple(row for row in delivery.rows if row.line not in samples)
            delivery = replace(delivery, rows=rows)
        coded = code_visits(self._settings, delivery, contract, identity, progress)
        start.errors += coded.findings
        start.regions = coded.regions
        start.is_searched = coded.is_searched
        start.counts = coded.counts
        start.error_count = len(start.errors) - len(coded.findings) + coded.error_count
        start.row_count = coded.row_count
        start.rows = coded.head if coded.head is not None else pa.table({})
        if start.errors:
            coded.path.unlink(missing_ok=True)
            return
        try:
            counts = count_draft(self._settings, coded.path)
        except BaseException:
            coded.path.unlink(missing_ok=True)
            raise
        start.tables = {VISITS: coded.path, VISIT_COUNTS: counts}
        try:
            self._compare_visits(start, identity, coded, counts)
        except BaseException:
            start.discard()
            raise
        if start.errors:
            start.discard()
        elif start.complete:
            start.keys = {VISIT_COUNTS: COVERAGE}

    def _compare_visits(
        self, start: "_Checked", identity: Identity, coded: CodedVisits, counts: Path
    ) -> None:
        """Visits that were handed in before are not counted twice: refused, or replaced."""
        is_exact = sees_exactly(identity, coded.regions)
        cells = covered(counts)
        own = {(cell, start.already) for cell in cells}
        if start.already and not own <= covered_by_batch(self._lake, cells):
            start.already = ""  # another file has taken the place of its visits since
        if start.complete:
            before = replaced(self._lake, counts)
            threshold = self._settings.small_count_threshold
            gone = (
                before.count
                if is_exact
                else before.protected(threshold, visits_secret(self._settings))
            )
            if gone != 0:
                start.warn("replaced-visits", "")
            start.difference = of_visits(coded.row_count, gone)
            return
        held = coded.row_count if start.already else 0
        start.difference = of_visits(coded.row_count - held, unchanged=held)
        found = held_by_institution(self._lake, cells) & by_institution(counts)
        if not is_exact:  # which institutions had patients is for the region alone
            # An account could ask for one institution after the other; the desk has the workspace.
            is_asking = bool(identity.account)
            months = {one for one, _batch_id in covered_by_batch(self._lake, cells)}
            found = months if is_asking else {one[:2] for one in found}
        same = sorted(found, key=str)
        if same and not start.already:
            shown = ", ".join(" ".join(part or "–" for part in key) for key in same[:5])
            more = f", … {len(same) - 5:,}" if len(same) > 5 else ""
            start.find("visits-twice", shown + more)

    def _try_out(self, start: "_Checked") -> None:
        """Build with the new rows, without storing them."""
        try:
            figures = Builder(self._settings).try_out(start.tables, start.keys, start.batch)
        except BuildRefused as error:
            if error.__cause__ is not None and is_disk_error(error.__cause__):
                raise error.__cause__ from None  # no fault of the file
            if error.__cause__ is not None and start.batch is not None:
                raise  # a statement broke over rows that are well formed: it is to be mended
            start.find("check", error.message)
            return
        start.difference = replace(start.difference, figures=tuple(figures))


@dataclass
class _Checked:
    """A delivery while it is being checked."""

    delivery: Delivery
    by: str
    complete: bool
    office: str
    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    error_count: int = 0
    counts: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    row_count: int = 0
    difference: Difference = NO_DIFFERENCE
    rows: pa.Table = field(default_factory=lambda: pa.table({}))
    tables: dict[str, pa.Table | Path] = field(default_factory=dict)
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    already: str = ""
    batch: Batch | None = None
    snapshot: int = 0
    is_searched: bool = True
    regions: set[str] = field(default_factory=set)

    def find(self, rule: str, expected: str) -> None:
        """Add an error about the file as a whole."""
        self.errors.append(self.delivery.finding(0, "", "", rule, expected))

    def warn(self, rule: str, expected: str) -> None:
        """Add a warning about the file as a whole."""
        self.warnings.append(self.delivery.finding(0, "", "", rule, expected, "warning"))

    def discard(self) -> None:
        """Remove the drafts on disk."""
        for rows in self.tables.values():
            if isinstance(rows, Path):
                rows.unlink(missing_ok=True)
        self.tables = {}

    def finished(self) -> Checked:
        """The result; personal data is the only finding where there is any."""
        personal = [finding for finding in self.errors if finding.rule.startswith("personal")]
        errors = personal or sorted(self.errors, key=lambda found: (found.file, found.line))
        total = len(personal) if personal else max(self.error_count, len(self.errors))
        return Checked(
            delivery=self.delivery,
            by=self.by,
            office=self.office,
            complete=self.complete,
            findings=first_findings(errors, SHOWN, self.counts),
            warnings=() if personal else first_findings(self.warnings, SHOWN),
            error_count=total,
            difference=NO_DIFFERENCE if personal else self.difference,
            row_count=self.row_count,
            rows=pa.table({}) if personal else self.rows,
            tables={} if errors else self.tables,
            keys={} if errors else self.keys,
            batch=None if errors else self.batch,
            already=self.already,
            snapshot=self.snapshot,
            is_searched=self.is_searched,
            regions=frozenset(self.regions),
        )


def digest_of(delivery: Delivery) -> str:
    """Digest of a batch: the table and the bytes."""
    return f"{delivery.table}:{delivery.digest}"


def _split(findings: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    errors = [finding for finding in findings if finding.severity == "error"]
    return errors, [finding for finding in findings if finding.severity != "error"]


def _source_row(delivery: Delivery, publisher: str, published_on: str) -> dict[str, str | None]:
    """The source that stands for the file itself."""
    return {
        "source_id": OWN_SOURCE + delivery.digest[:12],
        "publisher": publisher,
        "title_en": delivery.name,
        "published_on": published_on,
        "language": "ko",
        "url": None,
        "tier": "official",
    }


def _lake_rows(contract: Contract, reading: RowsRead, gone: Sequence[str]) -> list[Row]:
    """Rows with the lake's further columns, and one for each id that is withdrawn."""
    derived = DERIVED.get(contract.name, {})
    rows = [
        Row(
            row.line,
            row.cells
            | contract.constants
            | {name: precision(row.cells[column]) for name, column in derived.items()},
        )
        for row in reading.rows
    ]
    key = contract.primary_key[0]
    return rows + [Row(0, {key: row_id, WITHDRAWN: "true"}) for row_id in gone]


def _contradictions(
    delivery: Delivery, contract: Contract, difference: Difference
) -> list[Finding]:
    return [
        delivery.finding(
            change.line,
            contract.column(name).heading,
            after or "",
            "contradiction",
            _("{value} (source: {source})").format(value=before, source=change.source_id),
            "warning",
        )
        for change in difference.changes
        if change.kind == "contradicting"
        for name, (before, after) in change.columns.items()
    ]
