"""Records to ask: a former and the shipped one, built once a run, and tiny ones of own rows."""

import csv
import io
import json
import os
import shutil
from pathlib import Path
from zipfile import ZipFile

import hypothesis
import openpyxl
import pytest
from attrs import evolve
from filelock import FileLock

from dashboard import settings as settings_module
from dashboard.i18n import use_language
from dashboard.intake.acceptance import Acceptance
from dashboard.settings import Settings
from dashboard.store.ask import Record, open_record
from dashboard.store.build import Builder
from dashboard.store.pointer import pointer_file, read_pointer

pytest_plugins = ["tests.shared_servers"]

hypothesis.settings.register_profile(
    "project",
    deadline=None,  # a busy machine is no fault of the code
    derandomize=True,  # every run tries the same cases
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("project")


SHIPPED = Path(__file__).parents[1] / "data" / "public_record"
FORMER = Path(__file__).parent / "former_record.zip"
"""The tables of the public record and their Korean texts on 28 November 2026 (commit 03b1cfa)."""

# What the rows of a test need not say.
DEFAULTS = {
    "sources": {
        "publisher": "A paper",
        "title_en": "A text",
        "language": "en",
        "tier": "newspaper",
    },
    "observations": {
        "metric": "foreign_patients",
        "year": "2019",
        "period": "annual",
        "status": "final",
        "region": "KR-27",
        "unit": "persons",
        "approximate": "false",
        "suspect": "false",
    },
    "events": {
        "owner_region": "KR-27",
        "event_type": "b2b",
        "title_en": "A fair",
        "start_date": "2019-05-01",
        "date_precision": "day",
        "status": "held",
    },
    "event_outcomes": {"approximate": "false", "planned": "false"},
}


REAL_CODES = {
    "dim_region.region": "KR-27",
    "dim_place.region": "KR-27",
    "dim_metric.metric": "foreign_patients",
    "dim_rankable_metric.metric": "foreign_patients",
    "dim_country.country": "RU",
    "dim_event.event_id": "DG-2020-B2B",
}


@pytest.fixture(autouse=True)
def default_language():
    """Every test begins in the language of the product, whatever was spoken before it."""
    use_language(None)
    yield
    use_language(None)


@pytest.fixture
def english():
    """The product speaks English."""
    use_language("en")


@pytest.fixture(scope="session")
def needed():
    """Parameters with which any question can be asked: those named, and whatever else it needs."""

    def parameters(question, **named):
        def value(parameter):
            any_value = 2019 if parameter.type == "INTEGER" else "year"
            return named.get(parameter.name, REAL_CODES.get(parameter.domain, any_value))

        return {
            parameter.name: value(parameter)
            for parameter in question.parameters
            if parameter.required or parameter.name in named
        }

    return parameters


def bring_up_to_date(settings):
    """Take in and build what is new, as every command does."""
    former = pointer_file(settings).exists() and read_pointer(settings)
    Acceptance(settings).take_in_record()
    build, changed = Builder(settings).build_current()
    return build, changed or build != former


@pytest.fixture(scope="session")
def build_of():
    """Takes in and builds: settings → (build, whether the pointer moved)."""
    return bring_up_to_date


@pytest.fixture(scope="session")
def former_record(tmp_path_factory):
    """Folder of a former public record under the contracts of today. Do not change it.

    What tests expect of it was computed by hand, and must not move when the shipped record grows.
    A column or table that the contracts gained since is empty; one that they lost raises
    ValueError: then convert the rows in the archive as those in `data/public_record`.
    """
    folder = tmp_path_factory.mktemp("former") / "public_record"
    with ZipFile(FORMER) as archive:
        archive.extractall(folder)
    shutil.copy(SHIPPED / "datapackage.json", folder)
    resources = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
    surplus = {path.name for path in folder.glob("*.csv")} - {one["path"] for one in resources}
    if surplus:
        raise ValueError(f"No contract of today has {sorted(surplus)}")
    for resource in resources:
        names = [field["name"] for field in resource["schema"]["fields"]]
        _give_columns(folder / resource["path"], names)
    return folder


def _give_columns(path, names):
    """The table with these columns; one that has them stays byte for byte."""
    rows = csv.DictReader(io.StringIO(path.read_text("utf-8") if path.exists() else "", newline=""))
    if rows.fieldnames == names:
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="session", autouse=True)
def _public_record_of_tests(former_record):
    """Whoever names no public record, here or in a process of its own, takes the former one.

    Nothing is composed ahead: it would take the time of the tests.
    """
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CLUSTER_REVIEW_PUBLIC_RECORD", str(former_record))
        environment.setenv("CLUSTER_REVIEW_LOOK_AHEAD_YEARS", "0")
        yield


@pytest.fixture(scope="session")
def built_copy(tmp_path_factory, former_record):
    """Makes a folder a workspace in which the former record, or the shipped one, is built already.

    Built once a run, by the worker that asks first. The copy is whose folder it is: change it.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent  # of all workers of this run

    def copy(workspace, is_shipped=False):
        public_record = SHIPPED if is_shipped else former_record
        name = "shipped" if is_shipped else "former"
        kept = Settings(workspace=shared / f"built-{name}", public_record=public_record)
        with FileLock(f"{kept.workspace}.lock"):
            if not pointer_file(kept).exists():
                bring_up_to_date(kept)
        shutil.copytree(kept.workspace, workspace, dirs_exist_ok=True)
        return evolve(kept, workspace=workspace)

    return copy


@pytest.fixture(scope="session")
def record_settings(tmp_path_factory, built_copy):
    """A workspace in which the former record is taken in and built. Do not change it."""
    return built_copy(tmp_path_factory.mktemp("record"))


@pytest.fixture(scope="session")
def record(record_settings):
    """The former record, of which the expectations of most tests were computed by hand."""
    return Record(record_settings)


@pytest.fixture(scope="session")
def shipped_settings(tmp_path_factory, built_copy):
    """A workspace in which the shipped record is taken in and built. Do not change it."""
    return built_copy(tmp_path_factory.mktemp("shipped"), is_shipped=True)


@pytest.fixture(scope="session")
def shipped_record(shipped_settings):
    """The shipped record, for tests of its own contents."""
    return Record(shipped_settings)


@pytest.fixture(scope="session")
def small_package(tmp_path_factory):
    """Writes a data package: the shipped contracts and regions, and only the rows given."""

    def write(tables, folder=None):
        folder = folder or tmp_path_factory.mktemp("package")
        for name in ("datapackage.json", "regions.csv"):
            shutil.copy(SHIPPED / name, folder)
        resources = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
        assert set(tables) <= {resource["name"] for resource in resources}
        for resource in resources:
            if resource["name"] == "regions":
                continue
            names = [field["name"] for field in resource["schema"]["fields"]]
            path = folder / resource["path"]
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, names, restval="", lineterminator="\n")
                writer.writeheader()
                for number, row in enumerate(tables.get(path.stem, []), 1):
                    defaults = dict(DEFAULTS.get(path.stem, {}))
                    if path.stem == "observations":
                        defaults["observation_id"] = f"obs-{number:04}"
                    writer.writerow(defaults | row)
        return folder

    return write


@pytest.fixture(scope="session")
def small_settings(small_package, tmp_path_factory):
    """Settings of a new workspace whose public record has only the rows given; nothing is built."""

    def settings(tables, **others):
        package = small_package(tables)
        return Settings(workspace=tmp_path_factory.mktemp("small"), public_record=package, **others)

    return settings


@pytest.fixture(scope="session")
def small_record(small_settings):
    """Builds a record of the rows given: small_record({"sources": [...], ...})."""

    def build(tables):
        settings = small_settings(tables)
        bring_up_to_date(settings)
        return Record(settings)

    return build


@pytest.fixture(scope="session")
def rewinder(tmp_path_factory):
    """Remembers a folder as it stands; the function that comes back puts it back so."""

    def remember(folder):
        kept = shutil.copytree(folder, tmp_path_factory.mktemp("kept") / "copy")

        def rewind():
            shutil.rmtree(folder)
            shutil.copytree(kept, folder)

        return rewind

    return remember


@pytest.fixture
def process_settings(monkeypatch):
    """Makes settings those of this process, as its environment would: process_settings(made)."""

    def use(made):
        monkeypatch.setenv("CLUSTER_REVIEW_WORKSPACE", str(made.workspace))
        monkeypatch.setenv("CLUSTER_REVIEW_PUBLIC_RECORD", str(made.public_record))
        monkeypatch.setenv("CLUSTER_REVIEW_QUERIES", str(made.queries))
        monkeypatch.setenv("LANG", "C.UTF-8")
        settings_module.settings.cache_clear()
        open_record.cache_clear()
        return settings_module.settings()

    yield use
    settings_module.settings.cache_clear()
    open_record.cache_clear()


def _csv(rows, delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


@pytest.fixture(scope="session")
def csv_of():
    """Rows of cells as the text of a CSV file."""
    return _csv


@pytest.fixture(scope="session")
def xlsx_of():
    """Sheets of cells as an XLSX file, written by openpyxl: xlsx_of({"name": rows})."""

    def write(sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return write
