"""How much of what was handed in somebody may see.

A receipt is listed to whoever reads those of one of its regions, and opened to whoever reads those
of all. Numbers of visits (rows, bytes, differences, what was found in cells) are numbers of
patients: only the region's own people see them, and everybody else is told that a file came, from
whom, when, and what became of it.
"""

from collections.abc import Iterable
from dataclasses import replace

from dashboard.access import Action, Identity, may
from dashboard.intake.delivery import NO_DIFFERENCE, Difference, Receipt
from dashboard.intake.lake_tables import PUBLIC
from dashboard.store.visit_counts import VISITS


def sees_exactly(identity: Identity, regions: Iterable[str]) -> bool:
    """Whether somebody may see counts of visits of these regions as they are."""
    return all(may(identity, Action.READ_EXACT, region) for region in regions)


def is_listed(identity: Identity, receipt: Receipt) -> bool:
    """Whether somebody may know that this was handed in."""
    if receipt.table == PUBLIC:
        return may(identity, Action.READ_RECEIPTS)
    return any(may(identity, Action.READ_RECEIPTS, region) for region in receipt.regions)


def is_open(identity: Identity, receipt: Receipt) -> bool:
    """Whether somebody may see all of a receipt, its file and its findings."""
    if not is_listed(identity, receipt):
        return False
    if receipt.table == PUBLIC:
        return True
    if receipt.table == VISITS and not sees_exactly(identity, receipt.regions):
        return False
    return all(may(identity, Action.READ_RECEIPTS, region) for region in receipt.regions)


def disclosed(identity: Identity, receipt: Receipt) -> Receipt:
    """A receipt as somebody may see it."""
    if is_open(identity, receipt):
        return receipt
    return replace(
        receipt,
        is_veiled=True,
        name="",
        digest="",
        size=None,
        row_count=None,
        message="",
        error_count=None,
        findings=(),
        warnings=(),
        changes={},
        reason="",
    )


def handed_back(identity: Identity, receipt: Receipt) -> Receipt:
    """A receipt for whoever handed the file in just now, and has it: all but what was there before.

    It says what was found in the file also of visits that are not the own region's.
    """
    return receipt if is_open(identity, receipt) else replace(receipt, changes={})


def of_visits(new: int | None, gone: int | None = 0, unchanged: int = 0) -> Difference:
    """The difference that visits make."""
    own = {"new": new, "gone": gone, "unchanged": unchanged}
    return Difference((), {**NO_DIFFERENCE.counts, **own})
