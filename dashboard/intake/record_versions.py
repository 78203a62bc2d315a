"""What is new, changed and gone between two versions of a record."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from dashboard.contract import DESCRIPTOR, Contract, read_contracts
from dashboard.errors import PackageFault
from dashboard.intake.delivery import NO_DIFFERENCE, Difference
from dashboard.versions import Row, Rows, contents_of, differing


@dataclass(frozen=True)
class Change:
    """One difference; a row that is new or gone has one for each figure in it, else for itself."""

    table: str
    key: str
    """Its primary key, several columns joined by ` / `; empty for a whole column."""
    change: str
    """`new`, `changed` or `gone`."""
    column: str
    """Column that differs; of a new or lost row without figures empty."""
    old: str
    new: str


def changes(old: Path, new: Path) -> list[Change]:
    """Every difference between two data packages, by table and key.

    A table without a key pairs rows that are alike in all but figures, sources and note. A column
    that one of the two does not have is one difference, and its cells none.

    Args:
        old: folder of a package, or a ZIP archive of one. It may lack its descriptor where the
            other has one.
        new: likewise.

    Raises:
        PackageFault: neither has a descriptor, one is no package, or a file cannot be read.
    """
    with _folder(old) as former, _folder(new) as later:
        described = [folder for folder in (later, former) if (folder / DESCRIPTOR).is_file()]
        if not described:
            raise PackageFault(
                "The data package has no descriptor",
                f"{DESCRIPTOR} is missing in {old.name} and in {new.name}.",
                "Put the descriptor back.",
            )
        contracts: dict[str, Contract] = {}
        for folder in described:
            contracts = read_contracts(folder) | contracts
        return [
            change
            for contract in contracts.values()
            for change in _of_table(contract, _rows(former, contract), _rows(later, contract))
        ]


def count_changes(contracts: Mapping[str, Contract], former: Rows, later: Rows) -> Difference:
    """How many rows are new, changed, gone and unchanged in all tables together."""
    counts = Counter(NO_DIFFERENCE.counts)
    for name, contract in contracts.items():
        columns = [column.name for column in contract.fields]
        rows = former.get(name, ()), later.get(name, ())
        for _key, before, after in differing(contract, columns, *rows):
            counts["new" if before is None else "gone" if after is None else "changed"] += 1
    counts["unchanged"] = sum(map(len, later.values())) - counts["new"] - counts["changed"]
    return Difference((), counts)


@contextmanager
def _folder(package: Path) -> Iterator[Path]:
    """The package's files in one folder; what lies deeper in an archive is brought to its top."""
    if package.is_dir():
        yield package
        return
    with TemporaryDirectory() as made:
        folder = Path(made)
        try:
            with ZipFile(package) as archive:
                for entry in archive.infolist():
                    name = PurePosixPath(entry.filename).name
                    if name == DESCRIPTOR or name.endswith(".csv"):
                        (folder / name).write_bytes(archive.read(entry))
        except (OSError, BadZipFile) as error:
            raise PackageFault(
                "The data package cannot be opened",
                f"{package.name}: {error}",
                "Name the folder of a data package, or a ZIP archive of it.",
            ) from error
        yield folder


def _rows(folder: Path, contract: Contract) -> tuple[Sequence[str], Sequence[Row]] | None:
    """Header and rows of a table; None where the package does not have it."""
    path = folder / contract.path.name
    if not path.is_file():
        return None
    try:
        reader = csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""), strict=True)
        rows = [{name: cell or "" for name, cell in row.items() if name} for row in reader]
        return reader.fieldnames or (), rows
    except (UnicodeDecodeError, csv.Error) as error:
        raise PackageFault(
            "A table of the data package cannot be read",
            f"{path.name}: {error}",
            "Save it as CSV in UTF-8.",
        ) from error


def _of_table(
    contract: Contract,
    former: tuple[Sequence[str], Sequence[Row]] | None,
    later: tuple[Sequence[str], Sequence[Row]] | None,
) -> Iterator[Change]:
    names, old_rows = former or ((), [])
    new_names, new_rows = later or ((), [])
    if former and later:
        for column in [*new_names, *(name for name in names if name not in new_names)]:
            if column not in names or column not in new_names:
                state = "new" if column in new_names else "gone"
                yield Change(contract.name, "", state, column, "", "")
    both = [name for name in new_names if name in names]
    for shown, before, after in differing(contract, both, old_rows, new_rows):
        if before is not None and after is not None:
            for column in both:
                if before[column] != after[column]:
                    pair = (before[column], after[column])
                    yield Change(contract.name, shown, "changed", column, *pair)
        for column, value in contents_of(contract, after) if before is None and after else ():
            yield Change(contract.name, shown, "new", column, "", value)
        for column, value in contents_of(contract, before) if after is None and before else ():
            yield Change(contract.name, shown, "gone", column, value, "")
