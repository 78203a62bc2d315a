"""Whose the rows of a file are: which regions a delivery touches, computed here alone.

A row belongs to the regions of its own column of regions; a row of an event's table, which has
none, to the region whose event it is. A row that only names an event, a source or an institution
beside a region of its own changes nothing of theirs. Rows without any region (sources, institutions
abroad) belong to whom the batch that brought them belongs to.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.access import NATION, OF_REGION, Action, Identity, may
from dashboard.contract import Contract, Field
from dashboard.i18n import label
from dashboard.intake.delivery import Delivery
from dashboard.intake.difference import differing
from dashboard.intake.findings import Finding
from dashboard.intake.known import Known
from dashboard.intake.lake_tables import UNKNOWN
from dashboard.intake.validation import Row
from dashboard.store.visit_counts import VISITS

_REGION = re.compile(r"KR(-\d\d)?")
Cells = Mapping[str, str | None]
Brought = Callable[[str], frozenset[str]]
"""Batch → the regions whose it is."""


@dataclass
class Touched:
    """What a delivery touches, and what of it is not its hander's."""

    regions: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


def deciding_column(contract: Contract) -> Field | None:
    """The column that says whose a row is: of regions, else of the event; None where neither is."""
    for codes in ("region", "event"):
        for column in contract.fields:
            if column.codes == codes:
                return column
    return None


def regions_of_row(contract: Contract, cells: Cells, known: Known) -> frozenset[str]:
    """The regions to which a row belongs; none for one without, or of an unknown event."""
    column = deciding_column(contract)
    value = cells.get(column.name) if column else None
    if column is None or not value:
        return frozenset()
    if column.codes == "event":
        value = known.event_regions.get(value, "")
    return frozenset(part for part in value.split(";") if _REGION.fullmatch(part))


def touched_by(
    delivery: Delivery,
    contract: Contract,
    rows: Sequence[Row],
    gone: Iterable[str],
    known: Known,
    own_sources: frozenset[str],
    brought: Brought,
    identity: Identity,
) -> Touched:
    """The regions whose rows a delivery adds, replaces or takes out, and findings on foreign ones.

    Args:
        delivery: the file.
        contract: of its table.
        rows: with their ids filled in.
        gone: ids that it takes out.
        known: what the record holds.
        own_sources: as for `difference.compare`.
        brought: whose a batch is.
        identity: who hands it in.
    """
    touched = Touched()
    key = contract.column(contract.primary_key[0])

    def refuse(line: int, column: Field | None, value: str | None, rule: str) -> None:
        heading = (column or key).heading
        whose = label("region", identity.region or NATION)
        touched.findings.append(delivery.finding(line, heading, value or "", rule, whose))

    def touch(regions: frozenset[str]) -> bool:
        touched.regions |= regions
        return all(may(identity, Action.HAND_IN, region) for region in regions)

    def whose(former: Cells) -> frozenset[str]:
        """Of a row of the record; who takes a row without region away takes it from its batch."""
        return regions_of_row(contract, former, known) or brought(str(former["batch_id"]))

    deciding = deciding_column(contract)
    for row in rows:
        row_id = str(row.cells[key.name])
        former = known.current.get(row_id)
        if not touch(regions_of_row(contract, row.cells, known)):
            refuse(row.line, deciding, _shown(deciding, row.cells), "other-region")
        elif (
            former is not None
            and row_id not in known.public_ids  # which has a finding of its own
            and differing(contract, former, row.cells, own_sources)
            and not touch(whose(former))
        ) or (row_id in known.withdrawn and not touch(brought(known.withdrawn[row_id]))):
            refuse(row.line, key, row_id, "other-owner")
    for row_id in gone:
        if not touch(whose(known.current[row_id])):
            refuse(0, key, row_id, "other-owner")
    return touched


def _shown(column: Field | None, cells: Cells) -> str:
    """What says whose a row is, in words."""
    value = (cells.get(column.name) if column else None) or ""
    if column is None or column.codes != "region":
        return value
    return ", ".join(label("region", part) for part in value.split(";"))


def is_confined(identity: Identity) -> bool:
    """Whether somebody hands in for one region alone."""
    return identity.role in OF_REGION and identity.region != NATION


def regions_of_receipt(table: str, touched: Iterable[str], identity: Identity) -> tuple[str, ...]:
    """For which regions a receipt is kept: those that the file touches.

    What is not another region's, or could not be told, is its hander's. A refused file with rows of
    others touched nothing of theirs, and is its hander's too; of visits it holds theirs all the
    same, so that it is nobody's alone.
    """
    home = identity.region if identity.region != NATION else None
    known = set(touched) - {UNKNOWN}
    if table == VISITS:
        unknown = {UNKNOWN} if UNKNOWN in touched or not known else set()
        regions = known | ({home} if home and (unknown or is_confined(identity)) else unknown)
    elif home and is_confined(identity):
        regions = {home}
    else:
        regions = known or {home or NATION}
    return tuple(sorted(regions))
