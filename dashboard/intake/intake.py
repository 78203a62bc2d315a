"""Handing in: a file is read, checked, kept with a receipt, and taken into the record or not.

The page and the command line use this class. A file goes through it so:

    intake = Intake(settings)
    delivery = intake.read("observations", "2026.csv", content)   # which column is which
    checked = intake.check(delivery, "Kim Mina")                  # findings and difference
    receipt = intake.accept(checked, "Kim Mina")                  # kept, and in the record or not

`read` and `check` store nothing. Large files are handed in with `start`, which works in a process
of its own, so that the pages stay responsive.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from filelock import FileLock

from dashboard.contract import contract_of
from dashboard.errors import AccessDenied, UsageError
from dashboard.i18n import LANGUAGES, language
from dashboard.i18n import gettext as _
from dashboard.intake.acceptance import Acceptance
from dashboard.intake.checking import Checker
from dashboard.intake.content import Content, Source
from dashboard.intake.delivery import Checked, Delivery, JobState, Progress, Receipt
from dashboard.intake.disk import clear_errors
from dashboard.intake.formats.process import Limits
from dashboard.intake.headers import remembered_mappings
from dashboard.intake.jobs import Jobs
from dashboard.intake.lake_tables import WITHDRAWN
from dashboard.intake.layout import Shape
from dashboard.intake.meanwhile import OvertakenError
from dashboard.intake.reading import read_delivery
from dashboard.intake.receipts import Receipts
from dashboard.intake.tables import remembered_shapes
from dashboard.intake.taking_back import check_not_needed
from dashboard.intake.typed_texts import check_typed
from dashboard.settings import Settings
from dashboard.store.build import Builder
from dashboard.store.lake import Lake
from dashboard.store.ledger import Ledger


class Intake:
    """The intake of one workspace. Keeps no state: any number of processes may use it at once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lake = Lake(settings)
        self._ledger = Ledger(settings)
        self._receipts = Receipts(settings)
        self._checker = Checker(settings)
        self._acceptance = Acceptance(settings)
        self._jobs = Jobs(settings)

    def named(self, table: Literal["events", "sources", "institutions"]) -> dict[str, str]:
        """Id → name of the rows of a table to be chosen from, in the reader's language.

        Events say their day, as titles alone would not tell one from that of another year; the
        newest come first. Sources say their publisher.
        """
        key, stem = f"{table[:-1]}_id", "name" if table == "institutions" else "title"
        names = [f"{stem}_{code}" for code in (language(), *reversed(LANGUAGES))]

        def shown(row: Mapping[str, str | None]) -> str:
            name = next(filter(None, map(row.get, names)), "")
            publisher = f"{row['publisher']}: " if table == "sources" else ""
            day = f"{row['start_date']}, " if table == "events" else ""
            return f"{publisher}{name} ({day}{row[key]})"

        def place(row: Mapping[str, str | None]) -> str:
            return str(row["start_date"]) if table == "events" else shown(row)

        rows = self._lake.current_rows(table).to_pylist()
        rows.sort(key=place, reverse=table == "events")
        return {row[key]: shown(row) for row in rows if not row.get(WITHDRAWN)}

    def read(
        self,
        table: str,
        name: str,
        content: Source,
        mapping: Mapping[str, str] | None = None,
        sheet: str | None = None,
        shape: Shape | None = None,
    ) -> Delivery:
        """Read a file: its format, encoding, header and rows; look for personal data in all of it.

        Stores nothing. A file that cannot be read is no exception: the delivery says why.

        Args:
            table: a table that can be handed in.
            name: the file's name, shown and searched for personal data, never used as a path.
            content: its bytes, a path, or an open file that can be read twice.
            mapping: header → column of the contract, or "" to leave the column out; None takes
                the titles of the contract and what was chosen before for a file of this shape.
            sheet: name of the sheet to read; None takes the first with a header that is known.
            shape: what was chosen about a wide table, units and values that all rows have; None
                takes what was chosen before for a table of this kind.

        Raises:
            UsageError: there is no such table or sheet, or the mapping names no such column.
        """
        with clear_errors():
            remembered = remembered_mappings(self._ledger) if mapping is None else {}
            shapes = remembered_shapes(self._ledger) if shape is None else {}
        delivery = read_delivery(
            table,
            name,
            Content(content),
            mapping,
            sheet,
            remembered,
            Limits(
                self._settings.upload_limit_mb,
                self._settings.reading_memory_mb,
                self._settings.reading_seconds,
            ),
            shape,
            shapes,
        )
        return replace(delivery, chosen=mapping is not None)

    def check(
        self,
        delivery: Delivery,
        by: str,
        complete: bool = False,
        office: str = "",
        progress: Progress | None = None,
    ) -> Checked:
        """Check every row, compare with the record, and try a build with the new rows.

        Stores nothing but, for large files, a draft of coded rows, which `accept` or
        `Checked.discard` removes.

        Args:
            delivery: as read.
            by: who hands it in.
            complete: the file holds all rows of its regions and years, so that rows handed in
                before and not named any more are gone. The public record is never touched.
            office: publisher named on the pages for rows without source; empty takes `by`.
            progress: called while a large file is read.

        Raises:
            TypedPersonalData: name or office hold a number or an address of a person.
        """
        check_typed(by, office=office)
        today = datetime.now().astimezone().date().isoformat()
        contract = contract_of(delivery.table)
        with clear_errors():
            return self._checker.check(delivery, contract, by, complete, office, today, progress)

    def accept(
        self,
        checked: Checked,
        by: str,
        message: str = "",
        progress: Progress | None = None,
        *,
        since: int | None = None,
        confirmed: bool = False,
    ) -> Receipt:
        """Hand a checked file in: keep its bytes with a receipt; without errors, take it in.

        All its rows go in as one snapshot, and the build in force follows; or nothing goes in.
        `Receipt.status` says which. Never raises for what is wrong with the file.

        Args:
            checked: as checked, also some time ago.
            by: who hands it in.
            message: what it is.
            progress: called while it is stored.
            since: the snapshot at which the difference was looked at, where not at the check.
            confirmed: the file is to replace what others handed in since then.

        Raises:
            OvertakenError: others handed in since then what the file would replace, and that was
                not confirmed; nothing was stored.
            WorkspaceFull: the disk is full or cannot be written; nothing was taken in.
            TypedPersonalData: the message holds personal data; nothing was stored.
        """
        check_typed(by, text=message)
        with clear_errors():
            try:
                with FileLock(self._settings.workspace / "intake.lock"):
                    seen = checked.snapshot if since is None else since
                    if not checked.has_errors:
                        if checked.snapshot != self._lake.snapshot():
                            checked.discard()
                            about = (checked.delivery, by, checked.complete, checked.office)
                            checked = self.check(*about, progress)
                        if not confirmed:
                            self._acceptance.see_to_others(checked, seen)
                    return self._acceptance.hand_in(checked, by, message, progress)
            finally:
                checked.discard()

    def receive(
        self,
        table: str,
        name: str,
        content: Source,
        by: str,
        *,
        mapping: Mapping[str, str] | None = None,
        sheet: str | None = None,
        shape: Shape | None = None,
        complete: bool = False,
        office: str = "",
        message: str = "",
        dry_run: bool = False,
        progress: Progress | None = None,
        since: int | None = None,
        confirmed: bool = False,
    ) -> tuple[Checked, Receipt | None]:
        """Read, check and accept in one call. No receipt for a dry run, which stores nothing."""
        check_typed(by, office=office, text=message)
        delivery = self.read(table, name, content, mapping, sheet, shape)
        checked = self.check(delivery, by, complete, office, progress)
        if dry_run:
            checked.discard()
            return checked, None
        return checked, self.accept(
            checked, by, message, progress, since=since, confirmed=confirmed
        )

    def start(
        self,
        table: str,
        name: str,
        content: Source,
        by: str,
        *,
        mapping: Mapping[str, str] | None = None,
        shape: Shape | None = None,
        complete: bool = False,
        office: str = "",
        message: str = "",
    ) -> str:
        """Hand a file in from a process of its own.

        Returns:
            The id of the job, to be asked with `job` until it is not running.

        Raises:
            TypedPersonalData: name, office or message hold personal data.
        """
        check_typed(by, office=office, text=message)
        # Written with `=`, so that no name is taken for an option.
        arguments = [contract_of(table).name, "-", f"--name={name}", f"--by={by}"]
        arguments += ["--complete"] if complete else []
        beside = {"office": office, "message": message}
        arguments += [f"--{option}={text}" for option, text in beside.items() if text]
        arguments += [f"--map={header}={column}" for header, column in (mapping or {}).items()]
        return self._jobs.start(Content(content), arguments, shape)

    def job(self, job_id: str) -> JobState:
        """How far a job is, and its receipt once it ended.

        Raises:
            UsageError: there is no such job.
        """
        noted = self._jobs.state(job_id)
        receipt = self.receipt(noted["receipt_id"]) if noted.get("receipt_id") else None
        return JobState(
            noted["is_running"],
            noted.get("stage", ""),
            noted.get("done", 0),
            noted.get("total", 0),
            receipt,
            noted.get("error", ""),
        )

    def needs_approval(self) -> bool:
        """Whether a checked file waits for a second person (setting `approval`)."""
        return self._settings.needs_approval

    def pending(self) -> list[Receipt]:
        """Receipts that wait for a second person, oldest first."""
        return [one for one in self._receipts.all() if one.status == "waiting"]

    def approve(
        self,
        receipt_id: str,
        by: str,
        progress: Progress | None = None,
        *,
        confirmed: bool = False,
    ) -> Receipt:
        """Take a waiting file in, after checking it again against the record of today.

        Raises:
            OvertakenError: as for `accept`, since the file was handed in.
            UsageError: there is no such receipt, or it does not wait.
            AccessDenied: `by` handed it in.
            TypedPersonalData: `by` holds a number or an address of a person.
        """
        check_typed(by)
        receipt = self._waiting(receipt_id)
        if receipt.by.strip().casefold() == by.strip().casefold():
            raise AccessDenied(
                _("A second person has to approve"),
                _("{name} handed this file in.").format(name=by),
                _("Ask a colleague to approve it."),
            )
        mapping, sheet, shape = self._receipts.reading(receipt_id)
        kept = self._receipts.original(receipt)
        delivery = self.read(receipt.table, receipt.name, kept, mapping, sheet or None, shape)
        with clear_errors(), FileLock(self._settings.workspace / "intake.lock"):
            checked = self.check(delivery, receipt.by, receipt.complete, receipt.office, progress)
            if not confirmed:
                try:
                    self._acceptance.see_to_others(checked, receipt.snapshot)
                except OvertakenError:
                    checked.discard()
                    raise
            self._receipts.decide(receipt_id, "accepted", by)
            return self._acceptance.take_in(
                receipt_id, checked, receipt.by, receipt.message, progress
            )

    def _waiting(self, receipt_id: str) -> Receipt:
        receipt = self._receipts.one(receipt_id)
        if receipt.status != "waiting":
            raise UsageError(
                "The receipt does not wait for approval",
                f"{receipt_id}: {receipt.status}",
                "Run: python -m dashboard batches",
            )
        return receipt

    def reject(self, receipt_id: str, by: str, reason: str) -> Receipt:
        """Turn a waiting file away; it stays with its receipt.

        Raises:
            UsageError: there is no such receipt, it does not wait, or no reason is given.
            TypedPersonalData: the reason holds personal data.
        """
        check_typed(by, text=reason)
        if not reason.strip():
            raise UsageError("A reason is needed", receipt_id, "Say why the file is turned away.")
        self._waiting(receipt_id)
        self._receipts.decide(receipt_id, "rejected", by, reason=reason)
        return self._receipts.one(receipt_id)

    def history(self) -> list[Receipt]:
        """All receipts, newest first: who, when, what changed, and what became of each."""
        return self._receipts.all()[::-1]

    def receipt(self, receipt_id: str) -> Receipt:
        """One receipt, with its findings.

        Raises:
            UsageError: there is no such receipt.
        """
        return self._receipts.one(receipt_id)

    def original(self, receipt_id: str) -> Path:
        """The file as it was handed in, byte for byte.

        Raises:
            UsageError: there is no such receipt, or nothing was kept because of personal data.
        """
        return self._receipts.original(self._receipts.one(receipt_id))

    def revert(self, batch_id: str, by: str, reason: str = "") -> Receipt:
        """Take a batch back: the former figures are in force again, exactly.

        Args:
            batch_id: of the batch, or the id of its receipt.
            by: who takes it back.
            reason: why.

        Raises:
            UsageError: no such batch was handed in, or it was taken back before.
            UsageError: rows handed in later name its sources or events.
            TypedPersonalData: the reason holds personal data.
        """
        check_typed(by, text=reason)
        receipt = self._receipts.one(batch_id)
        if receipt.status != "accepted":
            raise UsageError(
                "There is no batch of this receipt to take back",
                f"{receipt.receipt_id}: {receipt.status}",
                "Run: python -m dashboard batches",
            )
        with clear_errors(), FileLock(self._settings.workspace / "intake.lock"):
            check_not_needed(self._lake, receipt.batch_id)
            text = reason or _("Taken back")
            self._lake.revert(receipt.batch_id, by, text)
            Builder(self._settings).build_current()
        return self._receipts.one(receipt.receipt_id)
