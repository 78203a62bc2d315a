"""The public record: a delivery of several tables that is trusted, because it is our own.

It is read, checked, kept with a receipt, taken in and taken back as a city's file is. What differs:

- It must be to the letter as its descriptor says; nothing about its form is recognised or guessed,
  and it is read in this process. Its descriptor is its contract, which a test compares with those
  of cities.
- It is not searched for personal data, and waits for no second person.
- Its rows name their publishers and sources themselves, and have ids.
- All its tables are one batch, which takes the place of the former one whole; so its trial is the
  build that follows, and what it says against others is settled, not remarked upon.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from dashboard.contract import DESCRIPTOR, Contract, city_contracts
from dashboard.intake.content import Content
from dashboard.intake.delivery import Delivery
from dashboard.intake.lake_tables import PUBLIC
from dashboard.intake.reading import read_trusted
from dashboard.intake.record_files import RecordFiles

AUTHOR = "Cluster Review"
"""Who hands the record in."""


class PublicRecord:
    """A data package as its files stood when this was made.

    Raises:
        PackageFault: the descriptor cannot be read, or a table it names is missing.
    """

    def __init__(self, folder: Path) -> None:
        files = RecordFiles(folder)
        self.digest = files.digest
        self.contracts: Mapping[str, Contract] = {
            name: _with_codes(contract) for name, contract in files.contracts.items()
        }
        self._files = files.contents

    @property
    def version(self) -> str:
        """As the descriptor states it."""
        return str(json.loads(self._files[DESCRIPTOR]).get("version", ""))

    def parts(self) -> list[Delivery]:
        """Each table as read."""
        return [
            read_trusted(contract, Content(self._files[contract.path.name]))
            for contract in self.contracts.values()
        ]

    def whole(self) -> Delivery:
        """The package as one file: a ZIP archive, the same bytes for the same files."""
        packed = io.BytesIO()
        with ZipFile(packed, "w") as archive:
            for name, held in self._files.items():
                archive.writestr(ZipInfo(name), held)
        content = Content(packed.getvalue())
        name = "-".join(filter(None, (PUBLIC, self.version))) + ".zip"
        return Delivery(PUBLIC, name, content, content.digest(), content.size, "zip")


def _with_codes(contract: Contract) -> Contract:
    """With the lists of codes that cities' tables of the name have; a reference needs none."""
    city = city_contracts().get(contract.name)
    codes = {column.name: column.codes for column in city.fields} if city else {}
    for reference in contract.references:
        codes |= dict.fromkeys(reference.columns)
    fields = (replace(column, codes=codes.get(column.name)) for column in contract.fields)
    return replace(contract, fields=tuple(fields))
