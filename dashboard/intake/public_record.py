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

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from dashboard.contract import DESCRIPTOR, Contract, read_contracts
from dashboard.errors import PackageFault
from dashboard.intake.codes import city_contracts
from dashboard.intake.content import Content
from dashboard.intake.delivery import Delivery
from dashboard.intake.lake_tables import PUBLIC, city_columns
from dashboard.intake.reading import read_trusted

AUTHOR = "Cluster Review"
"""Who hands the record in."""


class PublicRecord:
    """A data package as its files stood when this was made.

    Raises:
        PackageFault: the descriptor cannot be read, or a table it names is missing.
    """

    def __init__(self, folder: Path) -> None:
        self.contracts: Mapping[str, Contract] = {
            name: _with_codes(contract) for name, contract in read_contracts(folder).items()
        }
        paths = [contract.path for contract in self.contracts.values()]
        missing = [path.name for path in paths if not path.is_file()]
        if missing:
            raise PackageFault(
                "The data package lacks a table",
                f"Not found: {', '.join(missing)}.",
                "Put the files back, or take their tables out of the descriptor.",
            )
        self._files = {path.name: path.read_bytes() for path in [folder / DESCRIPTOR, *paths]}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the names and bytes of the files, and over the columns that cities have."""
        content = hashlib.sha256()
        for name, held in self._files.items():
            content.update(name.encode() + b"\0")
            content.update(hashlib.sha256(held).digest())
        content.update(json.dumps(city_columns(), sort_keys=True).encode())
        return content.hexdigest()

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
