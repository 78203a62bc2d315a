"""Commands of the intake: hand a file in, see what was handed in, approve it, take it back."""

import getpass
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter
from rich.table import Table

from dashboard.access import desk
from dashboard.commands.saying import plain_console
from dashboard.contract import contract_of
from dashboard.errors import ClusterReviewError, UsageError
from dashboard.i18n import DEFAULT_LANGUAGE, label
from dashboard.i18n import gettext as _
from dashboard.intake.acceptance import Acceptance
from dashboard.intake.content import Source
from dashboard.intake.delivery import Checked, Progress, Receipt
from dashboard.intake.finding_groups import group_findings
from dashboard.intake.headers import column_named
from dashboard.intake.intake import Intake
from dashboard.intake.jobs import ProgressNote, note_progress
from dashboard.intake.layout import Shape, shape_of_json
from dashboard.intake.tables import understood_shape
from dashboard.intake.templates import make_template
from dashboard.settings import settings
from dashboard.store.build import Builder

Format = Literal["text", "json"]
_TAKEN = frozenset({"accepted", "waiting", "already", "unchanged"})
_SHOWN = 40
_WIDTH = 240


def intake(
    table: str,
    file: Annotated[str, Parameter(allow_leading_hyphen=True)],
    /,
    *,
    by: str = "",
    office: str = "",
    message: str = "",
    name: str = "",
    sheet: str | None = None,
    map_columns: Annotated[list[str] | None, Parameter(name="--map", negative=())] = None,
    shape: Path | None = None,
    set_values: Annotated[list[str] | None, Parameter(name="--set", negative=())] = None,
    unit: Annotated[list[str] | None, Parameter(negative=())] = None,
    write_shape: Path | None = None,
    complete: Annotated[bool, Parameter(negative=())] = False,
    dry_run: Annotated[bool, Parameter(negative=())] = False,
    since: int | None = None,
    confirm: Annotated[bool, Parameter(negative=())] = False,
    format: Format = "text",
    progress_file: Path | None = None,
) -> int:
    """Check a file and take it in. Exit status 0 taken in, 1 refused with findings, 2 wrong usage.

    Args:
        table: observations, targets, events, event_outcomes, event_participants, event_programme,
            agreements, centres, funding_lines, institutions, sources or patient_visits.
        file: CSV or tab text (UTF-8, UTF-16 or CP949), XLSX, XLS, XLSB, ODS, HWPX, a web page
            (HTML), or Parquet for patient_visits; - reads the standard input.
        by: who hands it in; the name of the account unless told.
        office: publisher named on the pages for rows without a source.
        message: what it is, in one line.
        name: name of the file, where it is not that of the path.
        sheet: sheet of the workbook to read.
        map_columns: HEADER=COLUMN for a header that is not known; HEADER= leaves it out.
        shape: JSON file that says how a wide table is laid out; see --write-shape.
        set_values: COLUMN=VALUE that all rows have, such as metric=foreign_patients.
        unit: COLUMN=UNIT of the numbers of a column, such as value=백만원.
        write_shape: write how the table was understood to this JSON file.
        complete: the file holds all rows of its regions and years; those missing are gone.
        dry_run: check only, store nothing.
        since: snapshot that a dry run named; what others handed in after it is not replaced.
        confirm: replace it all the same.
        format: text for people or json.
        progress_file: file in which the progress is noted, for programs.
    """
    try:
        content, shown = _content(file)
        _bring_up_to_date()
        progress: Progress | None = ProgressNote(progress_file) if progress_file else None
        checked, receipt = _desk().receive(
            table,
            name or shown,
            content,
            by or getpass.getuser(),
            mapping=_mapping(map_columns),
            sheet=sheet,
            shape=_shape(table, shape, set_values, unit),
            complete=complete,
            office=office,
            message=message,
            dry_run=dry_run,
            progress=progress,
            since=since,
            confirmed=confirm,
        )
    except ClusterReviewError as error:
        if progress_file:
            note_progress(progress_file, error=f"{_(error.title)}: {error.message}")
        raise
    except BaseException as error:
        if progress_file:
            note_progress(progress_file, error=f"{type(error).__name__}: {error}")
        raise
    if write_shape:
        _write_shape(write_shape, checked)
    if progress_file and receipt:
        note_progress(progress_file, stage="done", done=1, total=1, receipt_id=receipt.receipt_id)
    if format == "json":
        _print_json(_as_dict(checked, receipt))
    else:
        _print_checked(checked, receipt)
    if receipt is None:
        return 1 if checked.has_errors else 0
    return 0 if receipt.status in _TAKEN else 1


def batches(*, format: Format = "text") -> int:
    """List what was handed in, newest first: who, when, what changed, and what became of it.

    Args:
        format: text for people or json.
    """
    receipts = _desk().history()
    if format == "json":
        _print_json([receipt.as_dict() for receipt in receipts])
        return 0
    table = Table("receipt", "batch", "state", "table", "file", "by", "at", "rows", "changes")
    for receipt in receipts:
        changes = ", ".join(f"{name} {count}" for name, count in receipt.changes.items() if count)
        cells = (
            receipt.receipt_id,
            receipt.batch_id,
            label("intake_status", receipt.status),
            receipt.table,
            _("withheld") if receipt.is_veiled else receipt.name,
            receipt.by,
            receipt.received_at[:19],
            _shown(receipt.row_count),
            _("withheld") if receipt.is_veiled else changes,
        )
        table.add_row(*cells)
    plain_console(_WIDTH).print(table)
    return 0


def revert(batch: str, /, *, by: str = "", reason: str = "") -> int:
    """Take a batch back: the figures before it are in force again.

    Args:
        batch: id of the batch, or of its receipt.
        by: who takes it back; the name of the account unless told.
        reason: why.
    """
    receipt = _desk().revert(batch, by or getpass.getuser(), reason)
    plain_console(_WIDTH).print(_line(receipt))
    return 0


def approve(
    receipt: str,
    /,
    *,
    by: str = "",
    reject: str = "",
    confirm: Annotated[bool, Parameter(negative=())] = False,
    format: Format = "text",
) -> int:
    """Approve a file that waits for a second person, or turn it away.

    Args:
        receipt: id of the receipt.
        by: who approves what an account handed in; the name of the user unless told.
        reject: turn it away, for this reason.
        confirm: replace also what others handed in since the file was.
        format: text for people or json.
    """
    intake = _desk()
    who = by or getpass.getuser()
    if reject:
        decided = intake.reject(receipt, who, reject)
    else:
        decided = intake.approve(receipt, who, confirmed=confirm)
    if format == "json":
        _print_json(decided.as_dict())
    else:
        plain_console(_WIDTH).print(_line(decided))
    return 0 if decided.status in ("accepted", "rejected") else 1


def template(
    table: str, /, *, out: Path, lang: str = DEFAULT_LANGUAGE, overwrite: bool = False
) -> int:
    """Write an empty form of a table, with an example row, lists and a data dictionary.

    Args:
        table: as for intake.
        out: file to write; its suffix says whether it is xlsx or csv.
        lang: language of the form.
        overwrite: replace a file that is there.
    """
    suffix = out.suffix.lower().lstrip(".")
    if suffix not in ("xlsx", "csv"):
        raise UsageError("There is no such form", out.name, "Name a file .xlsx or .csv.")
    content = make_template(contract_of(table), lang, "xlsx" if suffix == "xlsx" else "csv")
    if out.exists() and not overwrite:
        raise UsageError("The file is there already", str(out), "Add --overwrite, or another name.")
    out.write_bytes(content)
    print(out)
    return 0


def _desk() -> Intake:
    """Whoever runs the command line has the workspace: it is the desk."""
    return Intake(settings(), desk(settings().desk_region))


def _content(file: str) -> tuple[Source, str]:
    if file == "-":
        stdin = sys.stdin.buffer
        return (stdin if stdin.seekable() else stdin.read()), "stdin"
    path = Path(file)
    if not path.is_file():
        raise UsageError("There is no such file", file, "Name a file that exists.")
    return path, path.name


def _mapping(pairs: Sequence[str] | None) -> dict[str, str] | None:
    if not pairs:
        return None
    for pair in pairs:
        if "=" not in pair:
            raise UsageError("A mapping has the wrong form", pair, "Write --map HEADER=COLUMN.")
    return {header: column for header, _sep, column in (pair.rpartition("=") for pair in pairs)}


def _shape(
    table: str, file: Path | None, values: Sequence[str] | None, units: Sequence[str] | None
) -> Shape | None:
    """What was chosen about the table; None takes what is remembered."""
    if file is None and not values and not units:
        return None
    if file is not None and not file.is_file():
        raise UsageError("There is no such file", str(file), "Name a file that exists.")
    written = shape_of_json(file.read_text(encoding="utf-8")) if file else Shape()
    return written.under(
        Shape(fixed=_by_column(table, values, "--set"), units=_by_column(table, units, "--unit"))
    )


def _by_column(table: str, pairs: Sequence[str] | None, option: str) -> dict[str, str]:
    """COLUMN=VALUE, the column by its name or by a title."""
    found: dict[str, str] = {}
    for pair in pairs or ():
        column, separator, value = pair.partition("=")
        if not separator:
            raise UsageError("An option has the wrong form", pair, f"Write {option} COLUMN=VALUE.")
        found[column_named(table, column)] = value
    return found


def _write_shape(path: Path, checked: Checked) -> None:
    delivery = checked.delivery
    shape = delivery.shape
    if delivery.layout is not None:
        shape = understood_shape(delivery.layout, shape)
    path.write_text(json.dumps(shape.as_dict(), ensure_ascii=False, indent=2) + "\n", "utf-8")


def _bring_up_to_date() -> None:
    """The first intake of a new workspace needs the record that it is compared with."""
    builder = Builder(settings())
    if not builder.has_build():
        Acceptance(settings()).take_in_record()
        builder.build_current()


def _as_dict(checked: Checked, receipt: Receipt | None) -> dict[str, Any]:
    difference = checked.difference
    layout = checked.delivery.layout
    shape = understood_shape(layout, checked.delivery.shape) if layout else None
    return {
        "shape": shape.as_dict() if shape else None,
        "status": receipt.status if receipt else ("refused" if checked.has_errors else "ok"),
        "receipt": receipt.as_dict() if receipt else None,
        "rows": checked.row_count,
        "error_count": checked.error_count,
        "snapshot": checked.snapshot,
        "findings": [
            asdict(finding) | {"sentence": finding.sentence()}
            for finding in (*checked.findings, *checked.warnings)
        ],
        "difference": {**difference.counts, "figures": len(difference.figures)},
    }


def _print_checked(checked: Checked, receipt: Receipt | None) -> None:
    console = plain_console(_WIDTH)
    layout = checked.delivery.layout
    if layout is not None:
        shape = understood_shape(layout, checked.delivery.shape)
        written = json.dumps(shape.as_dict(), ensure_ascii=False)
        console.print(_("Understood table: {shape}").format(shape=written))
    groups = group_findings((*checked.findings, *checked.warnings), checked.delivery)
    for group in groups[:_SHOWN]:
        kind = _("Error") if group.first.severity == "error" else _("Warning")
        console.print(f"{kind}: {group.sentence()}")
    shown = sum(group.count for group in groups[:_SHOWN])
    rest = checked.error_count + len(checked.warnings) - shown
    if rest > 0:
        console.print(f"… +{rest}")
    difference = checked.difference
    console.print(
        _(
            "Rows: {rows}. New: {new}, changed: {changed}, gone: {gone}, contradicting: "
            "{contradicting}, unchanged: {unchanged}. Figures that change: {figures}."
        ).format(
            rows=checked.row_count,
            figures=len(difference.figures),
            **{kind: _shown(count) for kind, count in difference.counts.items()},
        )
    )
    if receipt is None:
        console.print(
            _(
                "Nothing was stored. Compared with snapshot {snapshot}; with --since {snapshot} "
                "nothing that others hand in after it is replaced."
            ).format(snapshot=checked.snapshot)
        )
    else:
        console.print(_line(receipt))


def _shown(count: int | None) -> str:
    return _("withheld") if count is None else str(count)


def _line(receipt: Receipt) -> str:
    parts = (
        receipt.receipt_id,
        label("intake_status", receipt.status),
        receipt.batch_id,
        receipt.reason,
    )
    return " · ".join(part for part in parts if part)


def _print_json(content: object) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=2))
