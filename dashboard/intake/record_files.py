"""The files of the public record, and whether these very bytes were taken in already.

Every command looks, so that this reads no table and knows none of the rules of the intake.
"""

import hashlib
import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.contract import DESCRIPTOR, read_contracts
from dashboard.errors import PackageFault
from dashboard.intake.lake_tables import PUBLIC, city_columns
from dashboard.store.batches import Batch, in_force

if TYPE_CHECKING:
    from dashboard.store.lake import Lake


class RecordFiles:
    """A data package as its files stood when this was made.

    Raises:
        PackageFault: the descriptor cannot be read, or a table it names is missing.
    """

    def __init__(self, folder: Path) -> None:
        self.contracts = read_contracts(folder)
        paths = [contract.path for contract in self.contracts.values()]
        missing = [path.name for path in paths if not path.is_file()]
        if missing:
            raise PackageFault(
                "The data package lacks a table",
                f"Not found: {', '.join(missing)}.",
                "Put the files back, or take their tables out of the descriptor.",
            )
        self.contents = {path.name: path.read_bytes() for path in [folder / DESCRIPTOR, *paths]}
        """Name of a file → its bytes."""

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the names and bytes of the files, and over the columns that cities have."""
        content = hashlib.sha256()
        for name, held in self.contents.items():
            content.update(name.encode() + b"\0")
            content.update(hashlib.sha256(held).digest())
        content.update(json.dumps(city_columns(), sort_keys=True).encode())
        return content.hexdigest()


def batch_taken_in(lake: "Lake", digest: str, again: bool = False) -> Batch | None:
    """The batch of the record with a digest that is in force, or was taken back and stays out.

    Args:
        lake: where it would be.
        digest: of `RecordFiles`.
        again: one that was taken back is none.
    """
    batches = lake.batches()
    same = [one for one in batches if (one.origin, one.digest) == (PUBLIC, digest)][-1:]
    if same and (same[0] in in_force(batches) or (same[0].reverted_at and not again)):
        return same[0]
    return None
