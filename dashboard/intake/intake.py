"""Handing in: a file is read, checked, kept with a receipt, and taken into the record or not.

The page and the command line use this class, each for somebody: what the matrix does not let him or
her do or see is refused here. A file goes through it so:

    intake = Intake(settings, identity)
    delivery = intake.read("observations", "2026.csv", content)   # which column is which
    checked = intake.check(delivery, "Kim Mina")                  # findings and difference
    receipt = intake.accept(checked, "Kim Mina")                  # kept, and in the record or not

`read` and `check` store nothing. Large files are handed in with `start`, which works in a process
of its own, so that the pages stay responsive.
"""

from collections.abc import Mapping

from dashboard.access import Action, Identity, require
from dashboard.contract import contract_of
from dashboard.errors import AccessDenied, UsageError
from dashboard.i18n import gettext as _
from dashboard.intake.acceptance import Acceptance
from dashboard.intake.content import Content, Source
from dashboard.intake.delivery import Checked, JobState, Progress, Receipt
from dashboard.intake.disclosure import disclosed, handed_back
from dashboard.intake.disk import clear_errors
from dashboard.intake.inspection import Inspection
from dashboard.intake.jobs import JobOrder, Jobs
from dashboard.intake.layout import Shape
from dashboard.intake.meanwhile import OvertakenError
from dashboard.intake.taking_back import check_not_needed
from dashboard.settings import Settings
from dashboard.store.build import Builder
from dashboard.store.intake_turn import intake_turn


class Intake(Inspection):
    """The intake of one workspace for one identity.

    Keeps no state: any number of processes may use it at once. Every method but `needs_approval`
    raises `AccessDenied` where the matrix does not have it, for a region of the file or at all.
    """

    def __init__(self, settings: Settings, identity: Identity) -> None:
        super().__init__(settings, identity)
        self._acceptance = Acceptance(settings)
        self._jobs = Jobs(settings)

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
        require(self._identity, Action.HAND_IN)
        if not checked.has_errors:
            for region in checked.regions:
                require(self._identity, Action.HAND_IN, region=region)
        self._check_typed(by, text=message)
        with clear_errors():
            try:
                with intake_turn(self._settings):
                    seen = checked.snapshot if since is None else since
                    if not checked.has_errors:
                        if checked.snapshot != self._lake.snapshot():
                            checked.discard()
                            about = (checked.delivery, by, checked.complete, checked.office)
                            checked = self.check(*about, progress)
                        if not confirmed:
                            self._acceptance.see_to_others(checked, seen, self._identity)
                    receipt = self._acceptance.hand_in(
                        checked, self._identity, self._name(by), message, progress
                    )
                    return handed_back(self._identity, receipt)
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
        self._check_typed(by, office=office, text=message)
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
        require(self._identity, Action.HAND_IN)
        self._check_typed(by, office=office, text=message)
        order = JobOrder(
            self._identity,
            contract_of(table).name,
            name,
            self._name(by),
            dict(mapping) if mapping is not None else None,
            shape,
            complete,
            office,
            message,
        )
        return self._jobs.start(Content(content), order)

    def job(self, job_id: str) -> JobState:
        """How far a job is, and its receipt once it ended.

        Raises:
            AccessDenied: somebody else started it.
            UsageError: there is no such job.
        """
        require(self._identity, Action.READ_RECEIPTS)
        noted = self._jobs.state(job_id, self._identity)
        receipt = None
        if noted.get("receipt_id"):
            receipt = handed_back(self._identity, self._receipts.one(noted["receipt_id"]))
        return JobState(
            noted["is_running"],
            noted.get("stage", ""),
            noted.get("done", 0),
            noted.get("total", 0),
            receipt,
            noted.get("error", ""),
            noted["is_cut_off"],
        )

    def needs_approval(self) -> bool:
        """Whether a checked file waits for a second person (setting `approval`)."""
        return self._settings.needs_approval

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
            AccessDenied: it was handed in with the same account, or at the desk as this is.
            TypedPersonalData: `by` holds a number or an address of a person.
        """
        self._check_typed(by)
        receipt = self._decidable(receipt_id, Action.APPROVE)
        if not self.is_second(receipt):
            raise AccessDenied(
                _("A second person has to approve"),
                _("{name} handed this file in.").format(name=receipt.by),
                _("Ask a colleague to approve it."),
            )
        with clear_errors(), intake_turn(self._settings):
            receipt = self._decidable(receipt_id, Action.APPROVE)  # others may have decided
            checked = self._checked_again(receipt, progress)
            if not confirmed:
                try:
                    self._acceptance.see_to_others(checked, receipt.snapshot, self._identity)
                except OvertakenError:
                    checked.discard()
                    raise
            account = self._identity.account
            self._receipts.decide(receipt_id, "accepted", self._name(by), account)
            taken = self._acceptance.take_in(
                receipt_id, checked, receipt.by, receipt.message, progress
            )
        return disclosed(self._identity, taken)

    def reject(self, receipt_id: str, by: str, reason: str) -> Receipt:
        """Turn a waiting file away; it stays with its receipt.

        Raises:
            UsageError: there is no such receipt, it does not wait, or no reason is given.
            TypedPersonalData: the reason holds personal data.
        """
        self._check_typed(by, text=reason)
        self._decidable(receipt_id, Action.APPROVE)
        if not reason.strip():
            raise UsageError("A reason is needed", receipt_id, "Say why the file is turned away.")
        account = self._identity.account
        with clear_errors(), intake_turn(self._settings):
            self._decidable(receipt_id, Action.APPROVE)  # others may have decided
            self._receipts.decide(receipt_id, "rejected", self._name(by), account, reason=reason)
        return self.receipt(receipt_id)

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
        self._check_typed(by, text=reason)
        receipt = self._listed(batch_id)
        self._require_all(receipt, Action.TAKE_BACK)
        if receipt.status != "accepted":
            raise UsageError(
                "There is no batch of this receipt to take back",
                f"{receipt.receipt_id}: {receipt.status}",
                "Run: python -m dashboard batches",
            )
        with clear_errors(), intake_turn(self._settings):
            check_not_needed(self._lake, receipt.batch_id)
            text = reason or _("Taken back")
            self._lake.revert(receipt.batch_id, self._name(by), text)
            Builder(self._settings).build_current()
        return self.receipt(receipt.receipt_id)
