"""What was handed in, as far as whoever asks may see it."""

from collections.abc import Sequence
from pathlib import Path

from dashboard.access import Action, Identity, may, require
from dashboard.errors import AccessDenied, UsageError
from dashboard.i18n import gettext as _
from dashboard.intake.delivery import Receipt
from dashboard.intake.disclosure import disclosed, is_listed, is_open
from dashboard.intake.receipts import Receipts
from dashboard.settings import Settings


class HandedIn:
    """The receipts of one workspace, for one identity."""

    def __init__(self, settings: Settings, identity: Identity) -> None:
        self._settings = settings
        self._identity = identity
        self._receipts = Receipts(settings)

    @property
    def identity(self) -> Identity:
        """Who asks."""
        return self._identity

    def history(self) -> list[Receipt]:
        """Receipts of the own regions and of the public record, newest first.

        Raises:
            AccessDenied: the role reads none.
        """
        require(self._identity, Action.READ_RECEIPTS)
        found = [one for one in self._receipts.all() if is_listed(self._identity, one)]
        return [disclosed(self._identity, one) for one in reversed(found)]

    def pending(self) -> list[Receipt]:
        """Those of them that wait for a second person, oldest first.

        Raises:
            AccessDenied: the role reads none.
        """
        return waiting(self.history())

    def receipt(self, receipt_id: str) -> Receipt:
        """One receipt, by its id or its batch's, with its findings.

        Raises:
            AccessDenied: the role reads none, or it is another region's.
            UsageError: there is no such receipt.
        """
        return disclosed(self._identity, self._listed(receipt_id))

    def original(self, receipt_id: str) -> Path:
        """The file as it was handed in, byte for byte.

        Raises:
            AccessDenied: as for `receipt`, or the file holds more than may be seen.
            UsageError: there is no such receipt, or nothing was kept because of personal data.
        """
        return self._receipts.original(self._opened(receipt_id))

    def may_decide(self, receipt: Receipt, action: Action) -> bool:
        """Whether who asks may `APPROVE` or `TAKE_BACK` for every region of a receipt."""
        return all(may(self._identity, action, region) for region in receipt.regions)

    def is_second(self, receipt: Receipt) -> bool:
        """Whether who asks is another than who handed in: by the account, never by a name."""
        return receipt.account != self._identity.account

    def _listed(self, receipt_id: str) -> Receipt:
        require(self._identity, Action.READ_RECEIPTS)
        receipt = self._receipts.one(receipt_id)
        if not is_listed(self._identity, receipt):
            raise _not_yours(receipt_id)
        return receipt

    def _opened(self, receipt_id: str) -> Receipt:
        receipt = self._listed(receipt_id)
        if not is_open(self._identity, receipt):
            raise _not_yours(receipt_id)
        return receipt

    def _require_all(self, receipt: Receipt, action: Action) -> None:
        """Let pass whoever may do it for every region of a receipt."""
        require(self._identity, action)
        for region in receipt.regions:
            require(self._identity, action, region=region)

    def _decidable(self, receipt_id: str, action: Action) -> Receipt:
        """A waiting receipt on which who asks may decide."""
        receipt = self._listed(receipt_id)
        self._require_all(receipt, action)
        if receipt.status != "waiting":
            raise UsageError(
                "The receipt does not wait for approval",
                f"{receipt_id}: {receipt.status}",
                "Run: python -m dashboard batches",
            )
        return receipt


def waiting(history: Sequence[Receipt]) -> list[Receipt]:
    """Those of a history, newest first, that wait for a second person, oldest first."""
    return [one for one in reversed(history) if one.status == "waiting"]


def _not_yours(receipt_id: str) -> AccessDenied:
    return AccessDenied(
        "This is not open to you",
        _("{receipt} is another region's, or holds exact counts of its patients.").format(
            receipt=receipt_id
        ),
        _("Ask somebody of that region."),
    )
