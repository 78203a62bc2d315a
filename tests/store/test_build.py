"""Builds: made when something changed, swapped in whole or not at all, closed to the world."""

import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from attrs import evolve

import dashboard.store.ask as ask_module
import dashboard.store.build as build_module
import dashboard.store.solving as solving_module
from dashboard.errors import BuildRefused, QuestionFault, RecordMissing, UsageError
from dashboard.intake.acceptance import Acceptance
from dashboard.settings import PROJECT_ROOT
from dashboard.store.ask import Record
from dashboard.store.build import Builder
from dashboard.store.connection import open_marts
from dashboard.store.lake import Lake
from dashboard.store.pointer import marts_file, pointer_file
from dashboard.store.workplace import workplace

PLACE = {"metric": "foreign_patients", "region": "KR-27", "year": 2019}


def rows(value):
    return {
        "sources": [{"source_id": "city", "tier": "official"}],
        "observations": [{"source_id": "city", "value": str(value)}],
    }


@pytest.fixture(scope="module")
def built(small_settings, build_of, rewinder, tmp_path_factory):
    """A workspace of one figure, 31,183, with SQL layers of its own, built once."""
    home = tmp_path_factory.mktemp("home")
    queries = shutil.copytree(PROJECT_ROOT / "queries", home / "queries")
    settings = small_settings(rows(31183), queries=queries)
    first, _ = build_of(settings)
    folders = (settings.workspace, settings.public_record, queries)
    return settings, first, [rewinder(folder) for folder in folders]


@pytest.fixture
def settings(built):
    """The built workspace as it was made."""
    made, _, rewinds = built
    for rewind in rewinds:
        rewind()
    return made


@pytest.fixture
def first(built):
    """The build in the workspace."""
    return built[1]


def append(path, text):
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def value(record, build=None):
    return record.ask("figure", PLACE, build).first["value"]


def state(settings):
    """The pointer and the builds on disk, to the nanosecond."""
    pointer = pointer_file(settings)
    return pointer.read_text("utf-8"), pointer.stat().st_mtime_ns, sorted(settings.marts.iterdir())


# ---- When a build is made


def test_second_build_does_no_work(settings, first, build_of):
    before = state(settings)
    assert build_of(settings) == (first, False)
    assert state(settings) == before


def test_changed_sql_makes_another_build(settings, first, build_of):
    append(settings.queries / "marts" / "dim_region.sql", "\n-- a remark\n")
    second, changed = build_of(settings)
    assert changed
    assert second.build_id != first.build_id
    assert second.snapshot == first.snapshot


def test_changed_question_needs_no_build(settings, first, build_of):
    append(settings.queries / "questions" / "regions.sql", "\n-- a remark\n")
    assert build_of(settings) == (first, False)


def test_new_snapshot_rebuilds_and_the_record_sees_it(settings, first, build_of, small_package):
    record = Record(settings)
    assert (value(record), record.current()) == (31183, first)
    small_package(rows(31999), settings.public_record)
    second, changed = build_of(settings)
    assert (changed, second.snapshot) == (True, first.snapshot + 1)
    assert second.build_id != first.build_id
    assert (value(record), record.current()) == (31999, second)
    former = record.as_of(first.snapshot)
    assert (former.build_id, former.snapshot) == (first.build_id, first.snapshot)
    answer = record.ask("figure", PLACE, former)
    assert (answer.first["value"], answer.provenance()["snapshot"]) == (31183, first.snapshot)
    assert value(record) == 31999


def test_former_snapshot_can_be_built_anew(settings, first, build_of, small_package):
    small_package(rows(31999), settings.public_record)
    build_of(settings)
    marts_file(settings, first.build_id).unlink()
    record = Record(settings)
    assert value(record, record.as_of(first.snapshot)) == 31183
    assert value(record) == 31999


@pytest.mark.long
def test_a_walk_through_snapshots_fills_neither_disk_nor_handles(
    settings, first, build_of, small_package, monkeypatch
):
    monkeypatch.setattr(ask_module, "_OPEN_KEPT", 2)
    settings = evolve(settings, builds_kept=2)
    for figure in (31501, 31502):
        small_package(rows(figure), settings.public_record)
        Acceptance(settings).take_in_record()
    build_of(settings)
    record = Record(settings)
    assert value(record) == 31502
    assert value(record, record.as_of(2)) == 31501
    # Two stay: the one in force and the one looked at. The first gave way, and is made again.
    assert not marts_file(settings, first.build_id).exists()
    assert value(record, first) == 31183
    kept = {path.stem for path in settings.marts.glob("*.duckdb")}
    assert kept == {first.build_id, record.current().build_id}
    assert open_files(settings.marts) == 2


def test_work_that_was_killed_is_swept_at_the_next_start(settings, first, build_of):
    script = (
        "import os, pathlib; from dashboard.store.workplace import workplace\n"
        f"with workplace(pathlib.Path({str(settings.workspace)!r})) as folder:\n"
        "    (folder / 'trial.duckdb').write_bytes(b'half'); os._exit(9)"
    )
    killed = subprocess.run([sys.executable, "-c", script], cwd=PROJECT_ROOT, check=False)
    assert killed.returncode == 9
    (settings.workspace / "trial-of-an-earlier-version").mkdir()
    assert len(list(settings.workspace.glob("trial-*/"))) == 2
    with workplace(settings.workspace) as busy:
        build_of(settings)
        assert list(settings.workspace.glob("trial-*/")) == [busy]
    assert not list(settings.workspace.glob("trial-*"))


def open_files(folder):
    """How many files of a folder this process holds open."""
    links = [link.readlink() for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return len({link for link in links if link.is_relative_to(folder)})


def test_former_content_gives_the_former_build(settings, first, build_of, small_package):
    small_package(rows(31999), settings.public_record)
    build_of(settings)
    small_package(rows(31183), settings.public_record)
    third, changed = build_of(settings)
    assert (third.build_id, third.snapshot, changed) == (first.build_id, first.snapshot + 2, True)
    assert value(Record(settings)) == 31183


def test_build_keeps_the_time_it_was_made(settings, first, monkeypatch):
    class Later(build_module.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2099, 1, 1, tzinfo=tz)

    monkeypatch.setattr(build_module, "datetime", Later)
    assert Record(settings).as_of(first.snapshot).built_at == first.built_at


@pytest.mark.parametrize("snapshot", [-1, 2, 99])
def test_unknown_snapshot_is_refused(settings, snapshot):
    with pytest.raises(UsageError, match=str(snapshot)):
        Record(settings).as_of(snapshot)


def test_same_content_gives_the_same_build_anywhere(settings, first, build_of, small_settings):
    other = small_settings(rows(31183), queries=settings.queries)
    assert other.workspace != settings.workspace
    assert build_of(other)[0].build_id == first.build_id


def test_old_builds_are_discarded_but_never_the_current_one(settings, first, build_of):
    append(settings.queries / "marts" / "dim_region.sql", "\n-- a remark\n")
    last, _ = build_of(evolve(settings, builds_kept=1))
    assert last.build_id != first.build_id
    assert [path.stem for path in settings.marts.glob("*.duckdb")] == [last.build_id]


def test_nothing_to_ask_before_the_first_build(small_settings):
    empty = small_settings({})
    assert Lake(empty).snapshot() == 0
    with pytest.raises(BuildRefused):
        Builder(empty).build_current()
    with pytest.raises(RecordMissing):
        Record(empty).current()


# ---- A build that fails changes nothing


CHECK = """-- No region has so many patients.
-- grain: one row per figure
-- reads: fct_figure
SELECT region, value FROM fct_figure WHERE value > 31000
"""


def refused(settings, builder, kind):
    """The message of the refusal, after which all is as it was."""
    before = state(settings)
    with pytest.raises(kind) as caught:
        builder(settings)
    assert state(settings) == before, "pointer and builds stay, and no draft is left"
    assert value(Record(settings)) == 31183
    return caught.value.message


def test_failing_check_keeps_the_build_and_names_the_offenders(settings, build_of):
    (settings.queries / "checks" / "check_modest.sql").write_text(CHECK, "utf-8")
    message = refused(settings, build_of, BuildRefused)
    for part in ("check_modest", "No region has so many patients", "KR-27", "31183"):
        assert part in message


@pytest.mark.parametrize("name", ["staging/stg_region", "marts/dim_centre", "checks/check_modest"])
def test_broken_statement_keeps_the_build(settings, build_of, name):
    path = settings.queries / f"{name}.sql"
    path.write_text(CHECK.replace("SELECT region", "SELECT nonsense"), "utf-8")
    assert path.stem in refused(settings, build_of, BuildRefused)


def test_unreadable_sql_keeps_the_build(settings, build_of):
    path = settings.queries / "marts" / "dim_centre.sql"
    path.write_text(CHECK.replace("SELECT", "SELEKT"), "utf-8")
    assert "dim_centre: Parser Error" in refused(settings, build_of, BuildRefused)


def test_file_without_header_keeps_the_build(settings, build_of):
    (settings.queries / "marts" / "dim_centre.sql").write_text("FROM stg_centre", "utf-8")
    assert "dim_centre" in refused(settings, build_of, QuestionFault)


def test_a_layer_without_sql_keeps_the_build(settings, build_of):
    for path in (settings.queries / "marts").glob("*.sql"):
        path.unlink()
    assert str(settings.queries / "marts") in refused(settings, build_of, QuestionFault)


def test_marts_in_a_circle_are_refused(settings, build_of):
    for name, other in (("dim_a", "dim_b"), ("dim_b", "dim_a")):
        text = f"-- Nothing.\n-- grain: none\n-- reads: {other}\nFROM {other}\n"
        (settings.queries / "marts" / f"{name}.sql").write_text(text, "utf-8")
    assert "dim_a, dim_b" in refused(settings, build_of, QuestionFault)


# ---- What a question may reach

secret = pd.DataFrame({"a": [1]})  # a question must not see the program's own variables


@pytest.fixture
def marts(settings, first):
    with open_marts(marts_file(settings, first.build_id)) as connection:
        yield connection


@pytest.mark.parametrize(
    "sql",
    [
        "FROM read_csv('/etc/passwd')",
        "FROM read_text('/etc/passwd')",
        "FROM '/etc/passwd'",
        "FROM glob('/etc/*')",
        "FROM read_csv('http://127.0.0.1:9/x.csv')",
        "COPY dim_region TO '{folder}/out.csv'",
        "COPY dim_region FROM '/etc/passwd'",
        "EXPORT DATABASE '{folder}/out'",
        "ATTACH '{folder}/other.duckdb' AS other",
        "ATTACH 'http://127.0.0.1:9/x.duckdb' AS other",
        "INSTALL httpfs",
        "LOAD httpfs",
        "LOAD '{folder}/x.duckdb_extension'",
        "FROM secret",
        "SET enable_external_access = true",
        "SET autoinstall_known_extensions = true",
        "SET lock_configuration = false",
        "CREATE TABLE t AS SELECT 1",
        "CREATE VIEW v AS SELECT 1",
        "INSERT INTO dim_region SELECT * FROM dim_region",
        "UPDATE dim_region SET kind = 'city'",
        "DELETE FROM dim_region",
        "DROP TABLE dim_region",
    ],
)
def test_marts_reach_no_file_and_are_not_written(marts, sql, tmp_path):
    for name in ("other.duckdb", "x.duckdb_extension"):
        (tmp_path / name).touch()
    with pytest.raises(duckdb.Error) as caught:
        marts.execute(sql.format(folder=tmp_path))
    assert not isinstance(caught.value, duckdb.ParserException | duckdb.NotImplementedException)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "other.duckdb", "x.duckdb_extension"
    ]  # fmt: skip


SPLICE = "KR-27' OR 1=1 --"


@pytest.mark.parametrize("name", ["region", "metric"])
def test_parameters_are_bound_not_spliced(settings, name):
    with pytest.raises(UsageError) as caught:
        Record(settings).ask("figure", PLACE | {name: SPLICE})
    assert SPLICE in caught.value.message
    assert PLACE[name] in caught.value.remedy


def test_spliced_year_is_no_number(settings):
    with pytest.raises(UsageError, match="year"):
        Record(settings).ask("figure", PLACE | {"year": "2019 OR 1=1"})


# ---- What is solved


def kept_bounds(settings):
    (file,) = (settings.marts / "bounds").glob("*.json")
    return file


def bound_rows(settings, build):
    with closing(open_marts(marts_file(settings, build.build_id))) as connection:
        return connection.execute("FROM fct_bound ORDER BY ALL").fetchall()


def another_build(settings):
    """Of the same rows: a check that finds nothing is put to the others."""
    number = len(list((settings.queries / "checks").iterdir()))
    check = settings.queries / "checks" / f"check_more_{number}.sql"
    check.write_text(
        "-- Is all well?\n-- grain: none\n-- reads: fct_bound\nSELECT 1 AS one WHERE false\n",
        "utf-8",
    )
    build, is_new = Builder(settings).build_current()
    assert is_new
    return build


def test_the_same_statements_are_solved_once(settings, first, monkeypatch):
    before = bound_rows(settings, first)
    assert before
    monkeypatch.setattr(solving_module, "_solved", None)
    assert bound_rows(settings, another_build(settings)) == before


@pytest.mark.parametrize("place", ["", "folder"])
def test_what_was_solved_and_cannot_be_read_is_solved_anew(settings, first, place):
    file = kept_bounds(settings)
    whole = file.read_text("utf-8")
    file.write_text(place, "utf-8")
    if place:
        file.unlink()
        (file / "inside").mkdir(parents=True)
    assert bound_rows(settings, another_build(settings)) == bound_rows(settings, first)
    assert file.read_text("utf-8") == whole


def test_other_figures_are_solved_anew(settings, small_package):
    small_package(rows(31999), settings.public_record)
    Acceptance(settings).take_in_record()
    build, _is_new = Builder(settings).build_current()
    assert 31999 in [cell for row in bound_rows(settings, build) for cell in row]
    assert len(list((settings.marts / "bounds").glob("*.json"))) == 2
