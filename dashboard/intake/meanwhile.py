"""What others handed in between the check of a file and its acceptance."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.contract import city_contracts, shown_cell
from dashboard.errors import ClusterReviewError
from dashboard.i18n import gettext as _
from dashboard.i18n import moment_text
from dashboard.intake.delivery import Change, Checked, Receipt
from dashboard.intake.visit_coverage import covered, covered_by_batch
from dashboard.store.batches import HANDED_IN, in_force
from dashboard.store.lake import Lake
from dashboard.store.visit_counts import VISIT_COUNTS, VISITS

_LISTED = 5


@dataclass(frozen=True)
class Overtaken:
    """A row that somebody else handed in meanwhile, and that the file would replace."""

    change: Change | None
    """Former and new values; None for visits, which are counted, not listed."""
    by: str
    office: str
    handed_in_at: str
    """ISO 8601, UTC."""
    table: str
    """The table that both files are of."""

    def sentence(self) -> str:
        """Both values side by side, and whose the one in the record is."""
        who = f"{self.by} ({self.office})" if self.office else self.by
        if self.change is None:
            return _("visits handed in by {who} at {when}").format(
                who=who, when=moment_text(self.handed_in_at)
            )
        contract = city_contracts()[self.table]
        pairs = [
            " → ".join(shown_cell(contract, name, text) or "–" for text in values)
            for name, values in self.change.columns.items()
            if not name.startswith("source_id")
        ]
        return _("{about}: {values}, the former value handed in by {who} at {when}").format(
            about=self.change.about,
            values=", ".join(pairs),
            who=who,
            when=moment_text(self.handed_in_at),
        )


class OvertakenError(ClusterReviewError):
    """Others handed figures in meanwhile that the file would replace; nothing was stored."""

    def __init__(self, rows: Sequence[Overtaken], snapshot: int) -> None:
        listed = [row.sentence() for row in rows[:_LISTED]]
        more = len(rows) - len(listed)
        super().__init__(
            _("Figures of this file were handed in by others meanwhile"),
            "; ".join(listed) + (f"; … +{more}" if more else ""),
            _(
                "Nothing was stored. Compare both values and confirm if yours is to take their "
                "place: on the page with the button below the difference, on the command line "
                "with --confirm."
            ),
        )
        self.rows = tuple(rows)
        self.snapshot = snapshot
        """The newest one, in which these rows are."""


def overtaken(
    lake: Lake, checked: Checked, since: int, receipts: Sequence[Receipt]
) -> list[Overtaken]:
    """Rows of others that were taken in after a snapshot and that a file would replace.

    Args:
        lake: of the workspace.
        checked: the file, checked against the newest snapshot.
        since: the snapshot at which whoever hands it in looked.
        receipts: all receipts, for who and when.
    """
    numbers = lake.snapshots_of_batches()
    others = {
        batch.batch_id: batch
        for batch in in_force(lake.batches())
        if numbers.get(batch.batch_id, 0) > since and batch.origin.startswith(HANDED_IN)
    }
    offices = {receipt.batch_id: receipt for receipt in receipts if receipt.batch_id in others}

    def overtaken(batch_id: str, change: Change | None) -> Overtaken:
        batch, receipt = others[batch_id], offices.get(batch_id)
        return Overtaken(
            change,
            batch.author,
            receipt.office if receipt else "",
            batch.accepted_at.isoformat(timespec="seconds"),
            checked.delivery.table,
        )

    if checked.delivery.table == VISITS:
        counts = checked.tables.get(VISIT_COUNTS)
        if not isinstance(counts, Path) or not checked.complete:
            return []
        brought = covered(counts)
        held = covered_by_batch(lake, brought)
        return [
            overtaken(one, None) for one in offices if any((cell, one) in held for cell in brought)
        ]
    return [
        overtaken(change.batch_id, change)
        for change in checked.difference.changes
        if change.kind in ("changed", "gone") and change.batch_id in others
    ]
