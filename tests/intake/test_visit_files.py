"""Counted visits stand in files of their own, which no later build writes again."""

import os
import shutil
import time

import duckdb
import pyarrow.parquet as pq
import pytest
from attrs import evolve

import dashboard.store.build as build_module
from dashboard.access import DESK
from dashboard.errors import WorkspaceDamaged
from dashboard.intake import visits
from dashboard.intake.intake import Intake
from dashboard.store.ask import Record
from dashboard.store.backup import back_up
from dashboard.store.batches import new_batch
from dashboard.store.build import Builder
from dashboard.store.build_files import damaged_files, files_of_build
from dashboard.store.connection import open_marts, visit_file, visits_folder
from dashboard.store.lake import Lake
from dashboard.store.pointer import marts_file, read_pointer
from dashboard.store.restore import restore

HEADER = "visited_on,region,institution,nationality,department,spending_krw\n"


def month_of(month, count=20):
    """Visits of a month: so many of Mongolia in dermatology, and one of Japan without a payment."""
    paid = "".join(f"{month}-05,KR-27,A,MN,dermatology,100000\n" for _ in range(count))
    return f"{HEADER}{paid}{month}-06,KR-27,B,JP,dentistry,\n".encode()


def hand_in(door, month, count=20, **options):
    checked, receipt = door.receive(
        "patient_visits", f"{month}.csv", month_of(month, count), "Kim", **options
    )
    assert receipt.status == "accepted", checked.findings
    return receipt


@pytest.fixture
def exact(door_settings):
    """Counts of a question as the region's own people see them: by month or by nationality."""

    def counts(question="visits_by_month", key="month", **parameters):
        record = Record(door_settings).exact_for(frozenset({"KR-27"}))
        rows = record.ask(question, parameters).rows
        return {row[key]: (row["visit_count"], row["spending_krw"]) for row in rows}

    return counts


def by_code(rows, breakdown):
    return {row["code"]: row["visit_count"] for row in rows if row["breakdown"] == breakdown}


def names(settings):
    return files_of_build(marts_file(settings, read_pointer(settings).build_id))


def stamp(settings):
    return {
        path.name: (path.stat().st_mtime_ns, path.stat().st_ino)
        for path in visits_folder(settings.marts).glob("*")
    }


def test_a_later_delivery_writes_no_counted_visits(door, door_settings, csv_of, exact):
    hand_in(door, "2026-05")
    before = stamp(door_settings)
    assert len(before) == 1
    rows = [["연도", "지역", "외국인환자 수"], ["2021", "대구", "4321"]]
    _, receipt = door.receive("observations", "f.csv", csv_of(rows).encode(), "Kim", office="Daegu")
    assert receipt.status == "accepted", receipt.findings
    assert stamp(door_settings) == before
    assert exact() == {"2026-05": (21, 2_000_000)}  # 20 x 100,000 and one that says nothing
    build = marts_file(door_settings, read_pointer(door_settings).build_id)
    with duckdb.connect(str(build), read_only=True) as connection:
        tables = connection.sql("SELECT table_name FROM duckdb_tables()").fetchall()
    assert ("fct_visit_count",) not in tables


def contents(settings):
    """All that the build in force has: relations with their statements and rows."""
    build = marts_file(settings, read_pointer(settings).build_id)
    with open_marts(build) as connection:
        held = connection.execute(
            "SELECT schema_name, table_name, '' FROM duckdb_tables() "
            "WHERE database_name = current_database() UNION ALL "
            "SELECT schema_name, view_name, sql FROM duckdb_views() "
            "WHERE database_name = current_database() AND NOT internal"
        ).fetchall()
        return {
            (schema, name): (
                sql,
                connection.execute(f'FROM "{schema}"."{name}" ORDER BY ALL').fetchall(),
            )
            for schema, name, sql in held
        }


def test_a_build_with_other_visits_is_as_one_made_from_nothing(
    door, door_settings, monkeypatch, exact
):
    made = []
    whole = build_module.make_marts
    monkeypatch.setattr(
        build_module, "make_marts", lambda *told, **named: (made.append(1), whole(*told, **named))
    )
    hand_in(door, "2026-05")
    hand_in(door, "2026-06", 30)
    replaced = hand_in(door, "2026-05", 25, complete=True)
    assert made == []
    assert exact() == {"2026-05": (26, 2_500_000), "2026-06": (31, 3_000_000)}
    quick = contents(door_settings)
    assert ("visits", "visit_count") in quick
    shutil.rmtree(door_settings.marts)
    Builder(door_settings).build_current()
    assert made == [1]
    assert contents(door_settings) == quick
    door.revert(replaced.receipt_id, "Kim")
    assert exact() == {"2026-05": (21, 2_000_000), "2026-06": (31, 3_000_000)}


def test_a_damaged_build_is_not_gone_on_from(door, door_settings, exact):
    hand_in(door, "2026-05")
    build = marts_file(door_settings, read_pointer(door_settings).build_id)
    content = bytearray(build.read_bytes())
    content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
    build.write_bytes(content)
    hand_in(door, "2026-06", 30)
    assert exact() == {"2026-05": (21, 2_000_000), "2026-06": (31, 3_000_000)}
    assert damaged_files(marts_file(door_settings, read_pointer(door_settings).build_id)) == []


def test_builds_with_other_visits_do_not_grow(door, door_settings):
    hand_in(door, "2024-01")
    sizes = []
    for number in range(2, 8):
        hand_in(door, f"2024-{number:02}")
        file = marts_file(door_settings, read_pointer(door_settings).build_id)
        sizes.append(file.stat().st_size)
    assert sizes[-1] == sizes[1]


REACHED = [
    "FROM read_csv('/etc/hostname')",
    "FROM read_blob('{folder}/lake.sqlite')",
    "ATTACH '{folder}/ledger.sqlite' AS other",
    "FROM read_csv('http://127.0.0.1:9/x')",
    "COPY (SELECT 1) TO '{folder}/out.csv'",
    "COPY (SELECT 1) TO '{visits}'",
    "INSERT INTO {alias}.visit_count BY NAME SELECT 'x' AS region",
    "SET enable_external_access = true",
    "INSTALL httpfs",
    "LOAD httpfs",
]


def test_the_connection_of_pages_reaches_neither_files_nor_network(door, door_settings):
    hand_in(door, "2026-05")
    (name,) = names(door_settings)
    build = marts_file(door_settings, read_pointer(door_settings).build_id)
    said = {"folder": door_settings.workspace, "alias": f"visits_{name}",
            "visits": visit_file(door_settings.marts, name)}  # fmt: skip
    for _ in range(2):  # a second connection shares what the first has attached
        with open_marts(build) as connection:
            assert connection.execute("SELECT count(*) FROM fct_visit_count").fetchone() == (3,)
            for sql in REACHED:
                with pytest.raises(duckdb.Error):
                    connection.execute(sql.format(**said))


@pytest.mark.long
def test_many_small_batches_are_put_together(door, door_settings, monkeypatch, exact):
    months = [f"2025-{number:02}" for number in range(1, 13)]
    with monkeypatch.context() as quick:
        quick.setattr(Builder, "build_current", lambda self: (None, False))
        receipts = [hand_in(door, month, count) for count, month in enumerate(months, 10)]
    Builder(door_settings).build_current()
    assert len(names(door_settings)) == 3  # ten together, and two
    # Month n has 9 + n visits with a payment of 100,000 and one without.
    expected = {month: (count + 1, count * 100_000) for count, month in enumerate(months, 10)}
    assert exact() == expected
    together = names(door_settings)
    door.revert(receipts[3].batch_id, "Kim", "wrong")
    assert names(door_settings) == together  # whatever is taken back, the files stay
    del expected["2025-04"]
    assert exact() == expected
    hand_in(door, "2025-12", 40, complete=True)
    assert exact() == expected | {"2025-12": (41, 4_000_000)}


@pytest.mark.long
def test_files_that_no_build_names_go(door_settings, monkeypatch, exact):
    settings = evolve(door_settings, builds_kept=1)
    door = Intake(settings, DESK)
    with monkeypatch.context() as quick:
        quick.setattr(Builder, "build_current", lambda self: (None, False))
        for number in range(1, 10):
            hand_in(door, f"2025-0{number}")
    Builder(settings).build_current()
    singles = set(names(settings))
    assert len(singles) == 9
    long_ago = time.time() - 7200
    for path in visits_folder(settings.marts).glob("*"):
        os.utime(path, (long_ago, long_ago))
    before = exact()
    hand_in(door, "2025-10")
    (together,) = names(settings)
    assert {path.stem for path in visits_folder(settings.marts).glob("*")} == {together}
    assert exact() == before | {"2025-10": (21, 2_000_000)}


def test_counts_of_a_former_version_are_taken_from_the_lake(door, door_settings, exact):
    """Then all pairs of columns were counted; the build takes what is asked for."""
    hand_in(door, "2026-05")
    rows = Lake(door_settings).current_rows("visit_counts")
    batch = new_batch("intake-r99", "patient_visits:x", "Kim", "visits")
    table = rows.drop_columns(["batch_id"])
    pairs = table.to_pylist()
    for row in pairs:
        row["month"] = "2026-06"
    pairs += [row | {"breakdown": "nationality;department"} for row in pairs]
    Lake(door_settings).append(
        batch, {"visit_counts": type(table).from_pylist(pairs, table.schema)}
    )
    Builder(door_settings).build_current()
    assert exact() == {"2026-05": (21, 2_000_000), "2026-06": (21, 2_000_000)}
    by_country = exact("visits_by_nationality", "nationality", year=2026)
    assert by_country == {"MN": (40, 4_000_000), "JP": (2, None)}


def test_what_a_new_question_asks_for_is_counted_from_single_visits(
    door, door_settings, queries_with, csv_of
):
    hand_in(door, "2026-05")
    text = (door_settings.queries / "questions" / "visits_by_nationality.sql").read_text("utf-8")
    settings = queries_with(
        "questions/visits_by_department.sql", text.replace("nationality", "department")
    )
    Builder(settings).build_current()
    record = Record(settings).exact_for(frozenset({"KR-27"}))
    rows = record.ask("visits_by_department", {"year": 2026}).rows
    assert {row["department"]: (row["visit_count"], row["spending_krw"]) for row in rows} == {
        "dermatology": (20, 2_000_000), "dentistry": (1, None),
    }  # fmt: skip
    single = record.ask("visits_by_column", {"year": 2026, "region": "KR-27"}).rows
    assert by_code(single, "department") == {"dermatology": 20, "dentistry": 1}


def test_single_visits_give_the_same_protected_counts(door, door_settings, ask, tmp_path):
    rows = [f"2026-0{1 + n % 6}-05,KR-27,A,{('MN', 'JP', 'CN')[n % 3]},ent,{n}000\n"
            for n in range(1, 200)]  # fmt: skip
    door.receive("patient_visits", "v.csv", (HEADER + "".join(rows)).encode(), "Kim")
    counted = ask("visits_by_nationality", region="KR-27", year=2026)
    single = ask("visits_by_column", region="KR-27", year=2026)
    names = ("visit_count", "spending_count", "is_withheld", "is_exact")
    assert len(counted) == 3
    assert [[row[name] for name in names] for row in counted] == [
        [row[name] for name in names] for row in single if row["breakdown"] == "nationality"
    ]


@pytest.mark.long
def test_single_visits_that_give_way_are_not_read(door, door_settings):
    hand_in(door, "2026-05", 30)
    taken_back = hand_in(door, "2026-06", 30)
    hand_in(door, "2026-05", 40, complete=True)
    door.revert(taken_back.batch_id, "Kim", "wrong")
    record = Record(door_settings).exact_for(frozenset({"KR-27"}))
    rows = record.ask("visits_by_column", {"region": "KR-27", "year": 2026}).rows
    assert by_code(rows, "nationality") == {"MN": 40, "JP": 1}


def test_a_damaged_file_is_named_and_made_again(door, door_settings, exact):
    hand_in(door, "2026-05")
    (name,) = names(door_settings)
    visit_file(door_settings.marts, name).unlink()
    with pytest.raises(WorkspaceDamaged):
        exact()
    assert Builder(door_settings).standing().is_damaged
    Builder(door_settings).build_current(mend=True)
    assert names(door_settings) == [name]
    assert exact() == {"2026-05": (21, 2_000_000)}


def test_a_backup_holds_what_the_build_names(door, door_settings, tmp_path):
    hand_in(door, "2026-05")
    build = read_pointer(door_settings)
    file, contents = back_up(door_settings, tmp_path / "b.tar.gz")
    (name,) = names(door_settings)
    assert f"marts/visits/{name}.duckdb" in contents.files
    restored = evolve(door_settings, workspace=tmp_path / "restored")
    restore(file, restored)
    assert Builder(restored).build_current() == (build, False)
    asked = ("visits_by_month", {"region": "KR-27"})
    assert Record(restored).ask(*asked).rows == Record(door_settings).ask(*asked).rows
    restored.visits_key.write_text(f"{9:064x}")
    with pytest.raises(WorkspaceDamaged, match=r"visits\.key is not the one"):
        Record(restored).ask(*asked)


def test_a_sum_that_does_not_add_up_is_refused(door, door_settings, monkeypatch):
    """The counts of a file are checked before anything is stored."""
    from dashboard.store import visit_counts

    count = visit_counts._count

    def wrong(connection, columns, into):
        count(connection, columns, into)
        if columns == ["nationality"]:
            connection.table(into).filter("nationality <> 'JP'").create("left_over")
            connection.execute("ALTER TABLE left_over RENAME TO replaced")
            connection.execute(f"DROP TABLE {into}")
            connection.execute(f"ALTER TABLE replaced RENAME TO {into}")

    monkeypatch.setattr(visit_counts, "_count", wrong)
    checked, receipt = door.receive("patient_visits", "v.csv", month_of("2026-05"), "Kim")
    assert (receipt.status, checked.findings[0].rule) == ("refused", "check")
    assert "check_visit_parts" in checked.findings[0].expected


def test_the_lake_has_visits_sorted_so_that_a_region_and_year_are_found(door, door_settings):
    rows = [f"2026-0{1 + n % 6}-05,{('KR-30', 'KR-27', 'KR-11')[n % 3]},A,MN,ent,{n}000\n"
            for n in range(200)]  # fmt: skip
    door.receive("patient_visits", "v.csv", (HEADER + "".join(rows)).encode(), "Kim")
    (file,) = (door_settings.lake_data / "main" / "patient_visits").glob("*.parquet")
    stored = pq.read_table(file, columns=["region", "visited_on"]).to_pylist()
    places = [(row["region"], row["visited_on"]) for row in stored]
    assert len(places) == 200
    assert places == sorted(places)


def test_small_files_of_the_lake_are_put_together_and_every_snapshot_reads_the_same(
    door, door_settings, monkeypatch, exact
):
    with monkeypatch.context() as quick:
        quick.setattr(Builder, "build_current", lambda self: (None, False))
        for number in (1, 2, 3):
            hand_in(door, f"2025-0{number}", 20 + number)
    build, _ = Builder(door_settings).build_current()
    lake = Lake(door_settings)
    snapshots = range(lake.snapshot() - 2, lake.snapshot() + 1)

    def months():
        return [
            sorted(row["month"] for row in lake.current_rows("visit_counts", number).to_pylist())
            for number in snapshots
        ]

    before, visits = months(), exact()
    assert lake.put_together() == 3  # the files of visits; what is shorter is in the catalogue
    assert months() == before
    after, _ = Builder(door_settings).build_current()
    assert after.build_id == build.build_id
    assert exact() == visits
    assert back_up(door_settings, door_settings.workspace.parent / "b.tar.gz")[1].batches == 4


def test_no_other_secret_takes_the_place_of_one_that_is_gone(door, door_settings, ask):
    """Another one would change the same counts a second time."""
    hand_in(door, "2026-05")
    former = door_settings.visits_key.read_text()
    door_settings.visits_key.unlink()
    with pytest.raises(WorkspaceDamaged, match=r"visits\.key is missing"):
        ask("visits_by_column", region="KR-27", year=2026)
    with pytest.raises(WorkspaceDamaged, match=r"visits\.key is missing"):
        door.receive("patient_visits", "v.csv", month_of("2026-06"), "Kim")
    with pytest.raises(WorkspaceDamaged, match=r"visits\.key is missing"):
        ask("visits_by_month", region="KR-27")
    assert not door_settings.visits_key.exists()
    assert ask("regions")  # no count of visits
    door_settings.visits_key.write_text(f"{9:064x}")
    with pytest.raises(WorkspaceDamaged, match=r"visits\.key is not the one"):
        ask("visits_by_month", region="KR-27")
    with pytest.raises(WorkspaceDamaged, match=r"visits\.key is not the one"):
        door.receive("patient_visits", "v.csv", month_of("2026-06"), "Kim")
    door_settings.visits_key.write_text(former)
    assert ask("visits_by_month", region="KR-27")


def test_counts_without_keys_are_withheld_and_no_reader_makes_a_key(
    door, door_settings, ask, monkeypatch
):
    monkeypatch.setattr(visits, "visits_secret", lambda settings: None)
    hand_in(door, "2026-05")
    asked = {"region": "KR-27", "year": 2026}
    for rows in (ask("visits_by_month", **asked), ask("visits_by_column", **asked)):
        assert rows
        assert all(row["is_withheld"] and row["visit_count"] is None for row in rows)
    assert not door_settings.visits_key.exists()
