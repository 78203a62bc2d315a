"""What passes through the intake: a file as read, as checked, and what became of it."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

import pyarrow as pa

from dashboard.intake.content import Content
from dashboard.intake.findings import Finding
from dashboard.intake.layout import Shape, TableLayout
from dashboard.intake.sheets import Line
from dashboard.intake.units import Unit
from dashboard.store.batches import Batch, Keys
from dashboard.store.build import FigureChange
from dashboard.store.lake_rows import Tables

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with the stage (`reading`, `checking`, `storing`, `building`), what is done, and of how
much: bytes while reading, rows otherwise. A total of 0 is not known beforehand."""

Status: TypeAlias = Literal[
    "accepted", "waiting", "refused", "personal", "already", "unchanged", "rejected", "reverted"
]
"""What became of a file.

- accepted: it is in the record, as one batch.
- waiting: checked, and waiting for a second person.
- refused: it has errors; the file and its rows stay with the receipt, nothing is in the record.
- personal: it holds personal data; nothing at all was kept of it.
- already: these very bytes are in the record.
- unchanged: all its rows are in the record already, so there is no new batch.
- rejected: the second person said no.
- reverted: its batch was taken back.
"""


@dataclass(frozen=True)
class SourceRow:
    """One row of the file below its header, as text."""

    line: int
    """Line of the file or row of the sheet, counted from 1; a row with line breaks in its cells
    counts where it begins."""
    cells: tuple[str, ...]
    origins: Mapping[str, str] = field(default_factory=dict)
    """Column of the contract → cell of the sheet, such as `D7`; of a row of a table that was
    turned, of which several may come from one line."""


@dataclass(frozen=True)
class Delivery:
    """A file as read: where its header is, which column is which, and what cannot be read."""

    table: str
    name: str
    """Name of the file, without folders."""
    content: Content
    digest: str
    """SHA-256 of the bytes; empty for a file over the limit of size."""
    size: int
    """Bytes."""
    format: str
    """`csv`, `xlsx`, `ods` or `parquet`; empty when it is none of them."""
    encoding: str = ""
    """Of a CSV file: `UTF-8`, `UTF-8 with BOM` or `CP949`; else empty."""
    delimiter: str = ""
    sheet: str = ""
    """The sheet that was read; empty for a file without sheets."""
    header_line: int = 0
    headers: tuple[str, ...] = ()
    """Headers as they stand in the file, one a column; empty headers stay empty."""
    mapping: Mapping[str, str] = field(default_factory=dict)
    """Header → column of the contract, for those that are known, chosen or remembered."""
    remembered: bool = False
    """Whether the mapping is one chosen earlier for a file of this shape."""
    unmapped: tuple[str, ...] = ()
    """Headers that no column was found for."""
    missing: tuple[str, ...] = ()
    """Required columns that no header was found for: then a mapping must be chosen."""
    rows: tuple[SourceRow, ...] = ()
    """All rows; of a file too large for that, the first ones."""
    is_large: bool = False
    """Whether the rows are read as a stream when it is checked."""
    findings: tuple[Finding, ...] = ()
    """Why it cannot be read, and what is to be known about how it was read."""
    columns: tuple[str | None, ...] = ()
    """For each header its column of the contract; None for one that is not read."""
    chosen: bool = False
    """Whether a mapping was given, which is remembered once the file is taken in."""
    units: Mapping[int, tuple[Unit, ...]] = field(default_factory=dict)
    """Place of a column of amounts → the units that its header or the table states."""
    formats: Mapping[str, str] = field(default_factory=dict)
    """Cell of the sheet, such as `D7` → number format that divides its number, or puts words to
    it."""
    unit_place: int | None = None
    """Place of the column that says the unit of each row."""
    layout: TableLayout | None = None
    """How a wide table was understood; None for a list with one value a row."""
    shape: Shape = field(default_factory=Shape)
    """What was chosen about the table, now or for an earlier one of its kind."""
    shape_key: str = ""
    """Tells tables of one kind from others."""
    lines: tuple[Line, ...] = ()
    """The sheet as it stands, of a wide table; its first lines where no header was found."""
    sheets: tuple[str, ...] = ()
    """Sheets that can be read instead, the one that was read included."""
    is_searched: bool = True
    """Whether all of it could be read and searched for personal data; else no byte is kept. The
    public record is trusted, and needs no search."""

    def finding(
        self,
        line: int,
        column: str,
        value: str,
        rule: str,
        expected: str = "",
        severity: str = "error",
    ) -> Finding:
        """What is wrong with a row, or to be known about it; a line of 0 is the file as a whole."""
        return Finding(self.name, line, column, value, rule, expected, severity, self.sheet)

    @property
    def has_personal_data(self) -> bool:
        """Whether it must be turned away before anything is stored."""
        return any(finding.rule.startswith("personal") for finding in self.findings)

    @property
    def is_readable(self) -> bool:
        """Whether it has rows that can be checked: a header that is known, and one row."""
        is_open = self.layout is not None and self.layout.is_open
        return bool(self.columns) and not (self.missing or is_open or self.has_personal_data)


@dataclass(frozen=True)
class Change:
    """One row of the file beside what the record holds now."""

    kind: Literal["new", "changed", "gone", "contradicting"]
    line: int
    """Row of the file; 0 for a row that is gone."""
    key: str
    """Id of the row in the record."""
    about: str
    """What the row is about, in the reader's language: metric, year, region, or title."""
    columns: Mapping[str, tuple[str | None, str | None]]
    """Column → (in the record, in the file), where they differ; all columns of a new row. For a
    contradiction the value that another source prints, then the one of the file."""
    source_id: str | None = None
    """The other source, of a contradiction."""
    batch_id: str = ""
    """The batch whose row it would replace or take out."""


@dataclass(frozen=True)
class Difference:
    """What the file would change in the record."""

    changes: tuple[Change, ...]
    """At most the first thousand of each kind."""
    counts: Mapping[str, int | None]
    """Rows that are new, changed, gone, contradicting and unchanged; of visits that somebody may
    not see exactly, changed as on the pages, or None where that cannot be."""
    figures: tuple[FigureChange, ...] = ()
    """Settled figures that would change; filled when the rows have no errors."""

    @property
    def is_empty(self) -> bool:
        """Whether the record would stay as it is."""
        return all(self.counts[kind] == 0 for kind in ("new", "changed", "gone"))


NO_DIFFERENCE = Difference(
    (), dict.fromkeys(("new", "changed", "gone", "contradicting", "unchanged"), 0)
)


@dataclass(frozen=True)
class Checked:
    """A delivery after all checks, ready to be accepted when it has no errors."""

    delivery: Delivery
    by: str
    office: str
    complete: bool
    findings: tuple[Finding, ...]
    """Errors, in the order of the file; any of them keeps the whole file out. At most 1,000 are
    listed, see `error_count`."""
    warnings: tuple[Finding, ...]
    error_count: int
    difference: Difference
    row_count: int
    """Rows of the file, those with errors included."""
    rows: pa.Table
    """The rows as they would be stored, text columns of the contract and `line`; of a large file
    the first thousand."""
    tables: Tables = field(default_factory=dict, repr=False)
    """What `Lake.append` would take."""
    keys: Keys = field(default_factory=dict, repr=False)
    batch: Batch | None = None
    """The batch that it becomes, of a delivery that takes the place of its origin's former one."""
    snapshot: int = 0
    """Snapshot of the lake that it was checked against."""
    already: str = ""
    """The batch in force that was made of these very bytes, if any."""
    is_searched: bool = True
    """As of the delivery, for large files once they were checked."""
    regions: frozenset[str] = frozenset()
    """Regions whose rows it adds, replaces or takes out."""

    @property
    def has_errors(self) -> bool:
        """Whether the file must stay out."""
        return self.error_count > 0

    @property
    def has_personal_data(self) -> bool:
        """Whether nothing of the file may be stored."""
        return any(finding.rule.startswith("personal") for finding in self.findings)

    def discard(self) -> None:
        """Remove the drafts on disk; to be called when a checked file is not handed in."""
        for rows in self.tables.values():
            if isinstance(rows, Path):
                rows.unlink(missing_ok=True)


@dataclass(frozen=True)
class Receipt:
    """What was handed in, and what became of it."""

    receipt_id: str
    """`r` and a running number."""
    status: Status
    table: str
    name: str
    digest: str
    size: int | None
    """Bytes."""
    by: str
    received_at: str
    """ISO 8601, UTC."""
    row_count: int | None
    message: str = ""
    error_count: int | None = 0
    findings: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    changes: Mapping[str, int] = field(default_factory=dict)
    """new, changed, gone, contradicting, unchanged → rows."""
    regions: tuple[str, ...] = ()
    """Of which it is kept; `UNKNOWN` among them where that could not be told of some visits."""
    account: str = ""
    """Of who handed it in; empty for the desk."""
    is_veiled: bool = False
    """Whether it says no more than what became of it, since who reads it may not see the rest:
    numbers are None, texts and lists empty."""
    complete: bool = False
    snapshot: int = 0
    """Snapshot of the record that it was compared with."""
    office: str = ""
    batch_id: str = ""
    decided_by: str = ""
    """Who approved, rejected or took back last."""
    decided_at: str = ""
    reason: str = ""
    """Why it was refused as a whole, rejected or taken back."""

    def as_dict(self) -> dict[str, Any]:
        """The receipt ready for JSON, each finding with its sentence in the reader's language."""
        written = asdict(self)
        for name in ("findings", "warnings"):
            for plain, finding in zip(written[name], getattr(self, name), strict=True):
                plain["sentence"] = finding.sentence()
        return written


@dataclass(frozen=True)
class JobState:
    """How far an intake in another process is."""

    is_running: bool
    stage: str
    """As for `Progress`."""
    done: int
    total: int
    receipt: Receipt | None = None
    """Once it ended: what became of the file."""
    error: str = ""
    """Why it ended without a receipt, in words."""
    is_cut_off: bool = False
    """Whether its process ended before it could say what became of the file."""
