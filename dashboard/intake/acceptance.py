"""From checked to taken in: bytes kept with a receipt, rows in the record, the build after it.

Whoever calls has the turn to hand in (`intake_turn`); only the public record takes it itself.
"""

from dashboard.access import DESK, NATION, Identity
from dashboard.contract import contract_of
from dashboard.i18n import gettext as _
from dashboard.intake.checking import Checker, digest_of
from dashboard.intake.delivery import Checked, Progress, Receipt, Status
from dashboard.intake.disclosure import disclosed
from dashboard.intake.disk import clear_errors
from dashboard.intake.findings import DeliveryRefused
from dashboard.intake.headers import remember_mapping
from dashboard.intake.lake_tables import PUBLIC
from dashboard.intake.meanwhile import OvertakenError, overtaken
from dashboard.intake.public_record import AUTHOR, PublicRecord
from dashboard.intake.receipts import Receipts
from dashboard.intake.record_files import batch_taken_in
from dashboard.intake.tables import remember_shape
from dashboard.intake.whose import regions_of_receipt
from dashboard.settings import Settings
from dashboard.store.batches import Batch, new_batch, origin_of
from dashboard.store.build import Builder
from dashboard.store.intake_turn import intake_turn
from dashboard.store.lake import Lake
from dashboard.store.ledger import Ledger
from dashboard.store.visit_counts import VISITS


class Acceptance:
    """Accepts what was checked into one workspace."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lake = Lake(settings)
        self._ledger = Ledger(settings)
        self._receipts = Receipts(settings)
        self._checker = Checker(settings)

    def see_to_others(self, checked: Checked, since: int, identity: Identity) -> None:
        """See that others handed in nothing since a snapshot that the file would replace.

        Raises:
            OvertakenError: they did; it says no more of it than `identity` may see.
        """
        if since < self._lake.snapshot() and not checked.has_errors:
            receipts = [disclosed(identity, one) for one in self._receipts.all()]
            rows = overtaken(self._lake, checked, since, receipts)
            if rows:
                raise OvertakenError(rows, checked.snapshot)

    def hand_in(
        self,
        checked: Checked,
        identity: Identity,
        by: str,
        message: str,
        progress: Progress | None,
    ) -> Receipt:
        """Keep a checked file with a receipt, and take it in where nothing is in the way."""
        receipts = self._receipts

        def write(status: Status, message: str = message) -> str:
            regions = regions_of_receipt(checked.delivery.table, checked.regions, identity)
            return receipts.write(checked, status, by, message, identity.account, regions)

        if checked.has_personal_data:
            return receipts.one(write("personal", ""))
        if checked.is_searched:
            receipts.keep(checked)
        if checked.has_errors:
            return receipts.one(write("refused"))
        delivery = checked.delivery
        if checked.batch is not None:
            receipt_id = write("accepted")
            return self.take_in(receipt_id, checked, by, message, progress)
        home = identity.region or NATION
        if delivery.chosen:
            chosen = {
                header: column or ""
                for header, column in zip(delivery.headers, delivery.columns, strict=True)
                if header
            }
            remember_mapping(self._ledger, delivery.table, delivery.headers, chosen, by, home)
        if not delivery.shape.is_empty:
            about = (delivery.table, delivery.shape_key, delivery.shape)
            remember_shape(self._ledger, *about, by, home)
        is_known = delivery.table == VISITS or checked.difference.is_empty
        if checked.already and is_known and not checked.complete:
            Builder(self._settings).build_current()  # of what was interrupted after it was stored
            return receipts.one(write("already"))
        if delivery.table != VISITS and checked.difference.is_empty:
            return receipts.one(write("unchanged"))
        if self._settings.needs_approval:
            return receipts.one(write("waiting"))
        receipt_id = write("accepted")
        return self.take_in(receipt_id, checked, by, message, progress)

    def take_in(
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
                self._receipts.decide(receipt_id, "refused", by, "", reason=reason)
                return self._receipts.one(receipt_id)
            tell("storing", 0, checked.row_count)
            text = message or _said_of(checked)
            batch = checked.batch or new_batch(
                origin_of(receipt_id), digest_of(delivery), by, text, checked.keys
            )
            self._lake.append(batch, checked.tables, checked.snapshot)
        finally:
            checked.discard()
        tell("building", checked.row_count, checked.row_count)
        Builder(self._settings).build_current()
        return self._receipts.one(receipt_id)

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
        record = PublicRecord(self._settings.public_record)
        with clear_errors(), intake_turn(self._settings):
            batch = batch_taken_in(self._lake, record.digest, again)
            if batch is not None:
                return batch, False
            checked = self._checker.check_record(record, AUTHOR)
            if checked.batch is None:
                if not self._was_refused(checked):
                    self.hand_in(checked, DESK, AUTHOR, "", None)
                raise DeliveryRefused(list(checked.findings))
            self.hand_in(checked, DESK, AUTHOR, checked.batch.message, None)
            return checked.batch, True

    def _was_refused(self, checked: Checked) -> bool:
        """Whether the record that came last is this one, and had as many errors."""
        last = [one for one in self._receipts.all() if one.table == PUBLIC][-1:]
        found = ("refused", checked.delivery.digest, checked.error_count)
        return [found] == [(one.status, one.digest, one.error_count) for one in last]


def _said_of(checked: Checked) -> str:
    """What everybody reads about a batch without a message; of visits no name and no number."""
    delivery = checked.delivery
    if delivery.table == VISITS:
        return contract_of(VISITS).heading
    return _("{name}: {count} rows").format(name=delivery.name, count=checked.row_count)


def _tell_nobody(stage: str, done: int, total: int) -> None:
    """For callers who do not watch."""
