"""Writes what is to be installed from a folder of wheels, and its sums: wheelhouse.py FOLDER.

`requirements.lock` names every wheel with its version and SHA-256, for `pip --require-hashes`;
`SHA256SUMS` is for `sha256sum -c`, before anything of the folder is run.
"""

import hashlib
import sys
from pathlib import Path

LOCK, SUMS = "requirements.lock", "SHA256SUMS"


def write_lists(folder: Path) -> int:
    """Write both files.

    Returns:
        How many wheels there are.

    Raises:
        SystemExit: there is none, or an archive of sources, which cannot be installed unseen.
    """
    wheels = sorted(folder.glob("*.whl"))
    others = sorted({*folder.iterdir()} - {*wheels, folder / LOCK, folder / SUMS})
    if not wheels or others:
        raise SystemExit(f"{folder} must hold wheels only: {others or 'there is none'}")
    lock = []
    for wheel in wheels:
        # https://packaging.python.org/en/latest/specifications/binary-distribution-format/
        name, version = wheel.name.split("-")[:2]
        lock.append(f"{name.replace('_', '-')}=={version} --hash=sha256:{_sum(wheel)}\n")
    (folder / LOCK).write_text("".join(lock), "utf-8")
    summed = [*wheels, folder / LOCK]
    sums = "".join(f"{_sum(path)}  {path.name}\n" for path in summed)
    (folder / SUMS).write_text(sums, "utf-8")
    return len(wheels)


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    print(f"{write_lists(Path(sys.argv[1]))} wheels in {sys.argv[1]}")
