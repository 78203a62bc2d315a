"""Receipts: the bytes as handed in, and the log of who handed in what and what became of it."""

import dataclasses
import json
import os
import re
import shutil
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dashboard.access import NATION
from dashboard.errors import UsageError
from dashboard.i18n import gettext as _
from dashboard.intake.delivery import Checked, Delivery, Receipt, Status
from dashboard.intake.finding_groups import cell_of
from dashboard.intake.findings import Finding, first_findings
from dashboard.intake.lake_tables import PUBLIC, UNKNOWN
from dashboard.intake.layout import Shape, shape_from
from dashboard.intake.visit_coverage import replaced
from dashboard.settings import Settings
from dashboard.store.batches import HANDED_IN, INTAKE, origin_of
from dashboard.store.lake import Lake
from dashboard.store.ledger import Entry, Ledger
from dashboard.store.storage import SharedFiles
from dashboard.store.visit_counts import VISIT_COUNTS, VISITS

STREAM = INTAKE
"""Stream of the ledger: received, accepted, refused, rejected, personal."""
FINDINGS_KEPT = 200
_ORIGINAL = "original"


class Receipts:
    """The receipts of one workspace."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.workspace / "receipts"
        self._shared = SharedFiles(settings) if settings.is_shared else None
        self._ledger = Ledger(settings)
        self._lake = Lake(settings)

    def keep(self, checked: Checked) -> None:
        """Keep the bytes unchanged under their digest; the same bytes are kept once.

        Raises:
            OSError: the disk is full or cannot be written; then nothing is kept.
            StoreUnreachable: the storage of several machines does not answer.
        """
        self._keep_here(checked)
        name = _shared_name(checked.delivery.digest)
        if self._shared is not None and not self._shared.has(name):
            self._shared.put(self._folder / checked.delivery.digest / _ORIGINAL, name)

    def _keep_here(self, checked: Checked) -> None:
        folder = self._folder / checked.delivery.digest
        if (folder / _ORIGINAL).exists():
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = self._folder / f".{checked.delivery.digest[:16]}.{os.getpid()}.draft"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        try:
            checked.delivery.content.copy_to(draft / _ORIGINAL)
            try:
                draft.rename(folder)
            except OSError:
                if not (folder / _ORIGINAL).exists():  # another process was first: then all is well
                    raise
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def write(
        self,
        checked: Checked,
        status: Status,
        by: str,
        message: str,
        account: str,
        regions: Sequence[str],
    ) -> str:
        """Add a receipt to the log; a file with personal data leaves neither values nor name.

        Args:
            checked: the file.
            status: what became of it.
            by: who handed it in.
            message: what it is.
            account: of who handed it in; empty for the desk.
            regions: of which it is kept.

        Returns:
            Its id.
        """
        delivery = checked.delivery
        is_personal = checked.has_personal_data
        content: dict[str, Any] = {
            "status": status,
            "table": delivery.table,
            "name": "" if is_personal else delivery.name,
            "digest": "" if is_personal else delivery.digest,
            "size": delivery.size,
            "row_count": checked.row_count,
            "error_count": checked.error_count,
            "findings": [
                _without_values(finding) if is_personal else _with_cell(finding, delivery)
                for finding in first_findings(checked.findings, FINDINGS_KEPT)
            ],
            "warnings": [
                _with_cell(finding, delivery)
                for finding in first_findings(checked.warnings, FINDINGS_KEPT)
            ],
            "changes": self._changes(checked),
            "account": account,
            "regions": list(regions),
            "complete": checked.complete,
            "snapshot": checked.snapshot,
            "office": checked.office,
            "message": message,
            "batch_id": checked.batch.batch_id
            if checked.batch
            else (checked.already if status == "already" else ""),
            "sheet": "" if is_personal else delivery.sheet,
            "shape": {} if is_personal else delivery.shape.as_dict(),
            "turned": delivery.layout is not None,
            "mapping": [
                [header, column or ""]
                for header, column in zip(delivery.headers, delivery.columns, strict=True)
            ]
            if not is_personal
            else [],
        }
        # Also past what a log whose end was cut off has forgotten: a later batch of the same number
        # would take the place of the former one.
        held = {batch.origin for batch in self._lake.batches()}
        with self._ledger.writing(STREAM) as writer:
            logged = {origin_of(entry.content["receipt_id"]) for entry in writer.entries}
            number = 1 + max(map(_number, held | logged), default=0)
            writer.append("received", by, content | {"receipt_id": f"r{number}"})
        return f"r{number}"

    def _changes(self, checked: Checked) -> Mapping[str, int | None]:
        """What the file changes, for the region's own people: also if who hands it in is not."""
        counts = checked.tables.get(VISIT_COUNTS)
        if not isinstance(counts, Path) or not checked.complete:
            return checked.difference.counts
        return {**checked.difference.counts, "gone": replaced(self._lake, counts).count}

    def decide(self, receipt_id: str, status: Status, by: str, account: str, **more: str) -> None:
        """Add to the log what became of a receipt, and by whose account; empty for the desk."""
        content = {"receipt_id": receipt_id, "status": status, "account": account, **more}
        self._ledger.append(STREAM, "decided", by, content)

    def regions_of_batches(self) -> Mapping[str, frozenset[str]]:
        """Batch → regions whose it is; what no receipt says anything of is the nation's."""
        found = {one.batch_id: frozenset(one.regions) for one in self.all() if one.batch_id}
        return defaultdict(lambda: frozenset({NATION}), found)

    def all(self) -> list[Receipt]:
        """All receipts, oldest first. Whether a batch counts is what the lake says."""
        entries = self._ledger.entries(STREAM)
        if not entries:
            return []
        found: dict[str, Receipt] = {}
        for entry in entries:
            receipt_id = entry.content["receipt_id"]
            if entry.kind == "received":
                found[receipt_id] = _receipt(entry)
            else:
                found[receipt_id] = _decided(found[receipt_id], entry)
        if all(receipt.status != "accepted" for receipt in found.values()):
            return list(found.values())
        held = self._lake.batches()
        batches = {batch.origin: batch for batch in held} | {one.batch_id: one for one in held}
        for receipt_id, receipt in found.items():
            is_record = receipt.table == PUBLIC  # whose batches have one origin
            batch = batches.get(receipt.batch_id if is_record else origin_of(receipt_id))
            if batch is None:
                if receipt.status == "accepted":  # it ended between the log and the record
                    reason = _("It was interrupted and nothing was taken in. Hand it in again.")
                    found[receipt_id] = dataclasses.replace(
                        receipt, status="refused", reason=reason
                    )
                continue
            found[receipt_id] = dataclasses.replace(
                receipt,
                batch_id=batch.batch_id,
                status="reverted" if batch.reverted_at else "accepted",
                decided_by=batch.reverted_by or receipt.decided_by,
                decided_at=batch.reverted_at.isoformat(timespec="seconds")
                if batch.reverted_at
                else receipt.decided_at,
                reason=batch.reason or receipt.reason,
            )
        return list(found.values())

    def one(self, receipt_id: str) -> Receipt:
        """A receipt by its id, or by the id of its batch.

        Raises:
            UsageError: there is none.
        """
        for receipt in reversed(self.all()):
            if receipt.receipt_id == receipt_id or (
                receipt.batch_id == receipt_id and receipt.status in ("accepted", "reverted")
            ):
                return receipt
        raise UsageError("There is no such receipt", receipt_id, "Run: python -m dashboard batches")

    def original(self, receipt: Receipt) -> Path:
        """The bytes as handed in.

        Raises:
            UsageError: none were kept.
            StoreUnreachable: the storage of several machines does not answer.
        """
        path = self._folder / receipt.digest / _ORIGINAL
        if receipt.digest and self._shared is not None and not path.exists():
            self._shared.fetch(_shared_name(receipt.digest), path)
        if not receipt.digest or not path.exists():
            raise UsageError(
                "The file was not kept",
                receipt.receipt_id,
                "What holds personal data, or cannot be searched for it, leaves nothing behind.",
            )
        return path

    def reading(self, receipt_id: str) -> tuple[dict[str, str] | None, str, Shape]:
        """The mapping, the sheet and the shape with which a receipt was read.

        A wide table has no mapping.
        """
        for entry in self._ledger.entries(STREAM):
            if entry.kind == "received" and entry.content["receipt_id"] == receipt_id:
                pairs: Sequence[Sequence[str]] = entry.content["mapping"]
                mapping = {header: column for header, column in pairs if header}
                shape = shape_from(entry.content.get("shape", {}))
                is_turned = bool(entry.content.get("turned"))
                # A value that all rows have is no header of the file.
                for name in shape.fixed:
                    mapping = {key: value for key, value in mapping.items() if value != name}
                return None if is_turned else mapping, entry.content["sheet"], shape
        raise UsageError("There is no such receipt", receipt_id, "Run: python -m dashboard batches")


def _shared_name(digest: str) -> str:
    return f"receipts/{digest}/{_ORIGINAL}"


def _number(origin: str) -> int:
    """The number of the receipt that an origin of the lake is named by; 0: by none."""
    named = re.fullmatch(rf"{HANDED_IN}r(\d+)", origin)
    return int(named[1]) if named else 0


def _with_cell(finding: Finding, delivery: Delivery) -> dict[str, Any]:
    """A finding that knows its cell, since the file is not read again to show the receipt."""
    cell = cell_of(finding, delivery)
    return dataclasses.asdict(
        finding if cell.isdigit() else dataclasses.replace(finding, cell=cell)
    )


def _without_values(finding: Finding) -> dict[str, Any]:
    return dataclasses.asdict(dataclasses.replace(finding, file="", value="", column="", sheet=""))


def _receipt(entry: Entry) -> Receipt:
    content: Mapping[str, Any] = entry.content
    taken = {field.name for field in dataclasses.fields(Receipt)}
    plain = {name: value for name, value in content.items() if name in taken}
    for name in ("findings", "warnings"):
        plain[name] = tuple(Finding(**finding) for finding in content[name])
    # Before regions were noted: the ministry's, and visits nobody's.
    unknown = UNKNOWN if content["table"] == VISITS else NATION
    plain["regions"] = tuple(content.get("regions", [unknown]))
    return Receipt(by=entry.actor, received_at=entry.written_at, **plain)


def _decided(receipt: Receipt, entry: Entry) -> Receipt:
    content: Mapping[str, Any] = json.loads(json.dumps(dict(entry.content)))
    return dataclasses.replace(
        receipt,
        status=content["status"],
        decided_by=entry.actor,
        decided_at=entry.written_at,
        reason=content.get("reason", ""),
    )
