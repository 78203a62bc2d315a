"""Handing in: a file is read, checked, kept with a receipt, and taken into the record or not.

The page and the command line use this class and nothing below it. A file goes through it so:

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

from dashboard.errors import AccessDenied, UsageError
from dashboard.i18n import gettext as _
from dashboard.i18n import language
from dashboard.intake.checking import Checker, digest_of
from dashboard.intake.codes import city_contracts
from dashboard.intake.content import Content, Source
from dashboard.intake.contract import Contract
from dashboard.intake.delivery import Checked, Delivery, JobState, Progress, Receipt
from dashboard.intake.disk import clear_errors
from dashboard.intake.findings import DeliveryRefused
from dashboard.intake.findings_workbook import make_findings_workbook
from dashboard.intake.formats.process import Limits
from dashboard.intake.headers import remember_mapping, remembered_mappings
from dashboard.intake.jobs import Jobs
from dashboard.intake.lake_tables import PUBLIC, VISITS, WITHDRAWN
from dashboard.intake.layout import Shape
from dashboard.intake.meanwhile import OvertakenError, overtaken
from dashboard.intake.public_record import AUTHOR, PublicRecord
from dashboard.intake.reading import contract_of, read_delivery
from dashboard.intake.receipts import Receipts, origin_of
from dashboard.intake.tables import remember_shape, remembered_shapes
from dashboard.intake.taking_back import check_not_needed
from dashboard.intake.templates import make_template
from dashboard.intake.typed_texts import check_typed
from dashboard.settings import Settings
from dashboard.store.build import Builder
from dashboard.store.lake import Batch, Lake, in_force, new_batch
from dashboard.store.ledger import Ledger


class Intake:
    """The intake of one workspace. Keeps no state: any number of processes may use it at once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lake = Lake(settings)
        self._ledger = Ledger(settings)
        self._receipts = Receipts(settings)
        self._checker = Checker(settings)
        self._jobs = Jobs(settings)

    def tables(self) -> Mapping[str, Contract]:
        """The contracts of the tables that can be handed in, by name, in the order to be shown.

        Titles and descriptions are in both languages (`contract.title[language()]`).
        """
        return city_contracts()

    def events(self) -> dict[str, str]:
        """Id → title and day of the events in the record, newest first, in the reader's language.

        Titles alone would not tell an event from that of another year.
        """
        rows = self._lake.current_rows("events").to_pylist()
        rows.sort(key=lambda row: str(row["start_date"]), reverse=True)
        own, other = ("title_ko", "title_en") if language() == "ko" else ("title_en", "title_ko")
        return {
            row["event_id"]: f"{row[own] or row[other]} ({row['start_date']}, {row['event_id']})"
            for row in rows
            if not row.get(WITHDRAWN)
        }

    def sources(self) -> dict[str, str]:
        """Id → publisher and title of the sources in the record."""
        rows = self._lake.current_rows("sources").to_pylist()
        return {
            row["source_id"]: f"{row['publisher']}: {row['title_en']} ({row['source_id']})"
            for row in sorted(rows, key=lambda row: str(row["publisher"]))
        }

    def institutions(self) -> dict[str, str]:
        """Id → name of the institutions in the record, in the reader's language."""
        rows = self._lake.current_rows("institutions").to_pylist()
        own, other = ("name_ko", "name_en") if language() == "ko" else ("name_en", "name_ko")
        found = {
            row["institution_id"]: f"{row[own] or row[other]} ({row['institution_id']})"
            for row in rows
            if not row.get(WITHDRAWN)
        }
        return dict(sorted(found.items(), key=lambda item: item[1]))

    def template(
        self, table: str, language: str = "ko", suffix: Literal["xlsx", "csv"] = "xlsx"
    ) -> bytes:
        """An empty form with a marked example row; as XLSX also with lists and a data dictionary.

        Raises:
            UsageError: there is no such table, language or format.
        """
        return make_template(contract_of(table), language, suffix)

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
                        checked = self._as_of_now(checked, by, progress)
                        if not confirmed:
                            self._see_to_others(checked, seen)
                    return self._accept(checked, by, message, progress)
            finally:
                checked.discard()

    def _as_of_now(self, checked: Checked, by: str, progress: Progress | None) -> Checked:
        """Checked against the newest snapshot."""
        if checked.snapshot == self._lake.snapshot():
            return checked
        checked.discard()
        return self.check(checked.delivery, by, checked.complete, checked.office, progress)

    def _see_to_others(self, checked: Checked, since: int) -> None:
        if since < self._lake.snapshot() and not checked.has_errors:
            rows = overtaken(self._lake, checked, since, self._receipts.all())
            if rows:
                raise OvertakenError(rows, checked.snapshot)

    def _accept(
        self, checked: Checked, by: str, message: str, progress: Progress | None
    ) -> Receipt:
        receipts = self._receipts
        if checked.has_personal_data:
            return receipts.one(receipts.write(checked, "personal", by))
        if checked.is_searched:
            receipts.keep(checked)
        if checked.has_errors:
            return receipts.one(receipts.write(checked, "refused", by, message))
        delivery = checked.delivery
        if checked.batch is not None:
            receipt_id = receipts.write(checked, "accepted", by, message)
            return self._take_in(receipt_id, checked, by, message, progress)
        if delivery.chosen:
            chosen = {
                header: column or ""
                for header, column in zip(delivery.headers, delivery.columns, strict=True)
                if header
            }
            remember_mapping(self._ledger, delivery.table, delivery.headers, chosen, by)
        if not delivery.shape.is_empty:
            remember_shape(self._ledger, delivery.table, delivery.shape_key, delivery.shape, by)
        is_known = delivery.table == VISITS or checked.difference.is_empty
        if checked.already and is_known and not checked.complete:
            return receipts.one(receipts.write(checked, "already", by, message))
        if delivery.table != VISITS and checked.difference.is_empty:
            return receipts.one(receipts.write(checked, "unchanged", by, message))
        if self.needs_approval():
            return receipts.one(receipts.write(checked, "waiting", by, message))
        receipt_id = receipts.write(checked, "accepted", by, message)
        return self._take_in(receipt_id, checked, by, message, progress)

    def _take_in(
        self,
        receipt_id: str,
        checked: Checked,
        by: str,
        message: str,
        progress: Progress | None,
    ) -> Receipt:
        """Append the checked rows and bring the build up to date; the caller holds the lock."""
        tell = progress or _tell_nobody
        delivery = checked.delivery
        try:
            if checked.has_errors:
                reason = checked.findings[0].sentence()
                self._receipts.decide(receipt_id, "refused", by, reason=reason)
                return self._receipts.one(receipt_id)
            tell("storing", 0, checked.row_count)
            text = message or _("{name}: {count} rows").format(
                name=delivery.name, count=checked.row_count
            )
            batch = checked.batch or new_batch(
                origin_of(receipt_id), digest_of(delivery), by, text, checked.keys
            )
            self._lake.append(batch, checked.tables)
        finally:
            checked.discard()
        tell("building", checked.row_count, checked.row_count)
        Builder(self._settings).build_current()
        return self._receipts.one(receipt_id)

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

    def take_in_record(self, again: bool = False) -> tuple[Batch, bool]:
        """Hand the public record in, unless these very bytes are in force or were taken back.

        Processes that start at once take turns, so that it is handed in once. The build follows.

        Args:
            again: hand it in although it was taken back.

        Returns:
            Its batch, which may be one that was taken back, and whether it is new.

        Raises:
            DeliveryRefused: it breaks a rule or a check; what is in force stays. The receipt of
                the same bytes refused before is not written again.
            PackageFault: the descriptor cannot be read, or a table it names is missing.
        """
        self._settings.workspace.mkdir(parents=True, exist_ok=True)
        record = PublicRecord(self._settings.public_record)
        with clear_errors(), FileLock(self._settings.workspace / "intake.lock"):
            batches = self._lake.batches()
            held = (PUBLIC, record.digest)
            same = [batch for batch in batches if (batch.origin, batch.digest) == held][-1:]
            if same and (same[0] in in_force(batches) or (same[0].reverted_at and not again)):
                return same[0], False
            checked = self._checker.check_record(record, AUTHOR)
            if checked.batch is None:
                if not self._was_refused(checked):
                    self._accept(checked, AUTHOR, "", None)
                raise DeliveryRefused(list(checked.findings))
            self._accept(checked, AUTHOR, checked.batch.message, None)
            return checked.batch, True

    def _was_refused(self, checked: Checked) -> bool:
        """Whether the record that came last is this one, and had as many errors."""
        last = [one for one in self._receipts.all() if one.table == PUBLIC][-1:]
        found = ("refused", checked.delivery.digest, checked.error_count)
        return [found] == [(one.status, one.digest, one.error_count) for one in last]

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
        arguments += [f"--office={office}"] if office else []
        arguments += [f"--message={message}"] if message else []
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
        return self._settings.approval == "on"

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
        delivery = self.read(
            receipt.table,
            receipt.name,
            self._receipts.original(receipt),
            mapping,
            sheet or None,
            shape,
        )
        with clear_errors(), FileLock(self._settings.workspace / "intake.lock"):
            checked = self.check(delivery, receipt.by, receipt.complete, receipt.office, progress)
            if not confirmed:
                try:
                    self._see_to_others(checked, receipt.snapshot)
                except OvertakenError:
                    checked.discard()
                    raise
            self._receipts.decide(receipt_id, "accepted", by)
            return self._take_in(receipt_id, checked, receipt.by, receipt.message, progress)

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

    def findings_workbook(self, checked: Checked) -> bytes:
        """The file's rows as XLSX, bad cells marked, each with its finding as a comment.

        A second sheet lists all findings. No text becomes a formula or a link.
        """
        return make_findings_workbook(checked)


def _tell_nobody(stage: str, done: int, total: int) -> None:
    """For callers who do not watch."""
