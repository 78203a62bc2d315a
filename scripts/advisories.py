"""Known vulnerabilities of the packages that run the dashboard, for the test that looks for them.

    git clone https://github.com/pypa/advisory-database
    .venv/bin/python scripts/advisories.py advisory-database

Writes tests/advisories/known.json from the database (CC BY 4.0) of the Python Packaging Authority.
"""

import json
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
OUT = ROOT / "tests" / "advisories" / "known.json"


def needed() -> dict[str, str]:
    """Name → version of everything that is installed because `requirements.txt` asks for it."""
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    open_names = [Requirement(line).name for line in lines if line and not line.startswith("#")]
    found: dict[str, str] = {}
    while open_names:
        name = re.sub(r"[-_.]+", "-", open_names.pop()).lower()
        if name in found:
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue  # for another system
        found[name] = package.version
        asked = [Requirement(text) for text in package.requires or ()]
        open_names += [
            one.name for one in asked if one.marker is None or one.marker.evaluate({"extra": ""})
        ]
    return dict(sorted(found.items()))


def main(database: Path) -> None:
    """Write what the database knows of the packages, and of which day it is."""
    git = ["git", "-C", str(database)]
    commit, day = _said(*git, "log", "-1", "--format=%H %cs").split()
    names = _said(*git, "ls-tree", "-r", "--name-only", commit, "vulns").split()
    packages = needed()
    known = [
        advisory
        for name in names
        if name.split("/")[1] in packages
        for advisory in _advisories(_said(*git, "show", f"{commit}:{name}"))
    ]
    content = {
        "database": "https://github.com/pypa/advisory-database",
        "licence": "CC-BY-4.0",
        "commit": commit,
        "day": day,
        "advisories": known,
    }
    OUT.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"{OUT.relative_to(ROOT)}: {len(known)} advisories of {day}")


def _advisories(text: str) -> list[dict[str, Any]]:
    content = yaml.safe_load(text)
    if "withdrawn" in content:
        return []
    return [
        {
            "id": content["id"],
            "aliases": content.get("aliases", []),
            "package": re.sub(r"[-_.]+", "-", one["package"]["name"]).lower(),
            "events": [
                event
                for ranges in one.get("ranges", ())
                if ranges["type"] == "ECOSYSTEM"
                for event in ranges["events"]
            ],
            "versions": [] if one.get("ranges") else one.get("versions", []),
        }
        for one in content["affected"]
    ]


def _said(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main(Path(sys.argv[1]))
