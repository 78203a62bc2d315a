"""What differs between two versions of a record: figures and rows, new, changed and gone."""

import csv
import io
import json
import shutil

import pytest

from dashboard.__main__ import main

SOURCES = [{"source_id": "mohw", "tier": "official"}]
EVENT = {"event_id": "DG-1", "source_ids": "mohw"}


def figure(number, value, **others):
    return {"observation_id": f"obs-{number}", "source_id": "mohw", "value": value} | others


def outcome(measure, value, **others):
    unit = {"unit": "persons", "source_ids": "mohw"}
    return {"event_id": "DG-1", "measure": measure, "value": value} | unit | others


OLD = {
    "sources": SOURCES,
    "observations": [figure("0001", "10"), figure("0002", "20"), figure("0003", "30")],
    "events": [EVENT],
    "event_outcomes": [
        outcome("attendees", "5"),
        outcome("attendees", "6"),
        outcome("judges", "3"),
    ],
}
NEW = {
    "sources": SOURCES,
    "observations": [
        figure("0004", "40"),
        figure("0002", "20"),
        figure("0003", "31", note="corrected"),
    ],
    "events": [EVENT],
    "event_outcomes": [
        outcome("attendees", "6"),
        outcome("attendees", "7"),
        outcome("judges", "3"),
    ],
}
EXPECTED = [
    ("observations", "obs-0004", "new", "value", "", "40"),
    ("observations", "obs-0003", "changed", "value", "30", "31"),
    ("observations", "obs-0003", "changed", "note", "", "corrected"),
    ("observations", "obs-0001", "gone", "value", "10", ""),
    # Without a key: 6 stands in both, so that 5 became 7.
    ("event_outcomes", "DG-1 / attendees / persons / false", "changed", "value", "5", "7"),
]


@pytest.fixture
def packages(small_package, tmp_path):
    """Folders of both versions."""
    return [small_package(tables, tmp_path / name) for name, tables in
            (("old", OLD), ("new", NEW)) if (tmp_path / name).mkdir() is None]  # fmt: skip


def listed(capsys, *arguments):
    assert main(["difference", *map(str, arguments), "--format", "csv"]) == 0
    header, *rows = csv.reader(io.StringIO(capsys.readouterr().out))
    assert header == ["table", "key", "change", "column", "old", "new"]
    return [tuple(row) for row in rows]


def test_figures_new_changed_and_gone(packages, capsys):
    assert sorted(listed(capsys, *packages)) == sorted(
        (*row[:2], row[2], *row[3:]) for row in EXPECTED
    )


def test_nothing_differs_from_itself(packages, capsys):
    assert listed(capsys, packages[0], packages[0]) == []


def test_a_zip_archive_is_read_even_without_its_descriptor(packages, capsys, tmp_path):
    old, new = packages
    (old / "datapackage.json").unlink()
    archive = shutil.make_archive(tmp_path / "former", "zip", old)
    assert sorted(listed(capsys, archive, new, "--table", "observations")) == sorted(EXPECTED[:4])


def test_a_table_or_column_that_came_later_is_no_changed_cell(packages, capsys):
    old, new = packages
    path = old / "observations.csv"
    rows = list(csv.reader(path.open(encoding="utf-8", newline="")))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(row[:-1] for row in rows)  # the last column is the note
    (old / "agreements.csv").unlink(missing_ok=True)
    found = listed(capsys, old, new)
    assert ("observations", "", "new", "note", "", "") in found
    assert [row for row in found if row[3] == "note"] == [
        ("observations", "", "new", "note", "", "")
    ]


def test_json_and_table_say_the_same(packages, capsys):
    assert main(["difference", *map(str, packages), "--format", "json"]) == 0
    assert sorted(tuple(row.values()) for row in json.loads(capsys.readouterr().out)) == sorted(
        EXPECTED
    )
    assert main(["difference", *map(str, packages)]) == 0
    printed = capsys.readouterr().out
    assert all(key in printed for _, key, *_ in EXPECTED)


def test_what_is_no_package_is_named(packages, capsys, tmp_path):
    (tmp_path / "text.zip").write_text("no archive")
    assert main(["difference", str(tmp_path / "text.zip"), str(packages[1])]) == 1
    assert "text.zip" in capsys.readouterr().err
