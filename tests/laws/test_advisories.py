"""No package that runs the dashboard has a version with a known vulnerability.

The database is the copy in `tests/advisories`, whose day SECURITY.md states; `make audit` asks the
one of today.
"""

import json

import pytest
from packaging.version import Version

from dashboard.settings import PROJECT_ROOT
from scripts.advisories import needed

KNOWN = json.loads((PROJECT_ROOT / "tests" / "advisories" / "known.json").read_text("utf-8"))


def is_affected(version, advisory):
    """As the OSV schema has it: events in order of their versions; the last one before decides."""
    found, at = False, Version(version)
    events = [
        (Version("0" if text == "0" else text), kind == "introduced")
        for event in advisory["events"]
        for kind, text in event.items()
        if kind in ("introduced", "fixed")
    ]
    for when, begins in sorted(events):
        if when <= at:
            found = begins
    return found or version in advisory["versions"]


def faults(packages):
    return [
        f"{advisory['package']} {packages[advisory['package']]}: {advisory['id']}"
        for advisory in KNOWN["advisories"]
        if advisory["package"] in packages and is_affected(packages[advisory["package"]], advisory)
    ]


def test_no_package_has_a_known_vulnerability():
    packages = needed()
    assert len(packages) > 60, "the packages that the others need are among them"
    assert faults(packages) == []


@pytest.mark.parametrize(
    ("package", "version", "named"),
    [
        ("starlette", "0.26.1", "PYSEC-2023-83"),  # fixed in 0.27.0
        ("pillow", "9.5.0", "PYSEC-2023-175"),  # libwebp, fixed in 10.0.1
        ("jinja2", "2.10", "PYSEC-2019-217"),  # fixed in 2.10.1
    ],
)
def test_one_that_has_is_found(package, version, named):
    assert any(named in fault for fault in faults({package: version}))


def test_the_day_of_the_copy_is_stated():
    assert KNOWN["day"] in (PROJECT_ROOT / "SECURITY.md").read_text("utf-8")
