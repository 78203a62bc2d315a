"""A workspace to hand files in to, as it was shipped before each test."""

import io
import shutil

import openpyxl
import pytest
from attrs import evolve

from dashboard.access import DESK
from dashboard.i18n import use_language
from dashboard.intake.intake import Intake
from dashboard.store.ask import Record
from dashboard.store.build import Builder
from tests.intake.wide_tables import CASES


@pytest.fixture(scope="package")
def small_door(small_settings, build_of, rewinder):
    """A record of two figures, so that a build takes no time."""
    settings = small_settings(
        {
            "sources": [
                {"source_id": "mohw", "tier": "official"},
                {"source_id": "asiae2025", "tier": "newspaper"},
            ],
            "observations": [
                {"source_id": "mohw", "region": "KR", "year": "2024", "value": "1170467"},
                {"source_id": "asiae2025", "region": "KR-11", "year": "2019", "value": "320284"},
                {"source_id": "mohw", "region": "KR-11", "year": "2019", "value": "100"}
                | {"metric": "spending_krw", "unit": "krw"},
            ],
            "events": [{"event_id": "DG-2020-B2B", "source_ids": "mohw"}],
        }
    )
    build_of(settings)
    return settings, rewinder(settings.workspace)


@pytest.fixture
def door_settings(small_door):
    """Settings of a workspace to hand in to, as it was before any test."""
    settings, rewind = small_door
    rewind()
    use_language("en")
    return settings


@pytest.fixture
def without_trial(monkeypatch):
    """For tests of reading alone: no build is tried."""
    monkeypatch.setattr(Builder, "try_out", lambda self, *handed_in: [])


@pytest.fixture
def without_builds(without_trial, monkeypatch):
    """For tests of receipts alone: nobody asks for figures."""
    monkeypatch.setattr(Builder, "build_current", lambda self: (None, False))


@pytest.fixture
def door(door_settings):
    return Intake(door_settings, DESK)


@pytest.fixture
def ask(door_settings):
    """Asks the newest build, the question's answer as rows."""

    def rows(question, **parameters):
        return Record(door_settings).ask(question, parameters).rows

    return rows


@pytest.fixture
def read(door):
    """A file as read: by name from the cases, or rows of cells as a workbook."""

    def one(rows, table="observations", shape=None, merges=(), name="표.xlsx"):
        if isinstance(rows, str):
            return door.read(table, rows, (CASES / rows).read_bytes(), shape=shape)
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        for merge in merges:
            book.active.merge_cells(merge)
        out = io.BytesIO()
        book.save(out)
        return door.read(table, name, out.getvalue(), shape=shape)

    return one


@pytest.fixture
def rows_of(read, door, without_trial):
    """Rows of the record that a file gives, as the named columns; it must have no errors."""

    def rows(content, *columns, **options):
        checked = door.check(read(content, **options), "Kim")
        assert checked.findings == ()
        return [tuple(row[name] for name in columns) for row in checked.rows.to_pylist()]

    return rows


def _stored(settings):
    return {
        path.relative_to(settings.workspace).as_posix()
        for path in settings.workspace.rglob("*")
        if path.is_file()
        and "ledger" not in path.name
        and not path.name.endswith((".lock", "-wal", "-shm"))
    }


@pytest.fixture(scope="session")
def stored():
    """The files of a workspace, the log left out."""
    return _stored


@pytest.fixture
def queries_with(door_settings, tmp_path):
    """Settings with the SQL of the project and one more file."""

    def settings(name, text):
        folder = tmp_path / "queries"
        shutil.copytree(door_settings.queries, folder)
        (folder / name).write_text(text, "utf-8")
        return evolve(door_settings, queries=folder)

    return settings
