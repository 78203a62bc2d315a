"""The lake: later rows take the place of earlier ones, batches are taken back, nothing is lost."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from attrs import evolve

from dashboard.errors import BuildRefused, UsageError
from dashboard.store.ask import Record
from dashboard.store.batches import in_force, new_batch
from dashboard.store.build import Builder
from dashboard.store.connection import borrowed_connection, bounded_connection
from dashboard.store.lake import Lake
from dashboard.store.ledger import Ledger
from dashboard.store.pointer import marts_file

PLACE = {"metric": "foreign_patients", "region": "KR-27", "year": 2019}
KEYS = {"observations": ("observation_id",)}
OBSERVATION = {
    "observation_id": "KR-27-a",
    "metric": "foreign_patients",
    "year": "2019",
    "period": "annual",
    "status": "final",
    "region": "KR-27",
    "nationality": None,
    "department": None,
    "institution_class": None,
    "value": "31183",
    "unit": "persons",
    "approximate": "false",
    "suspect": "false",
    "source_id": "city",
    "note": None,
}


@pytest.fixture(scope="module")
def start(small_settings, build_of, rewinder):
    """A record of one official source and, for 2018, one figure of it: 17,745."""
    settings = small_settings(
        {
            "sources": [{"source_id": "city", "tier": "official"}],
            "observations": [{"source_id": "city", "year": "2018", "value": "17745"}],
        }
    )
    build, _ = build_of(settings)
    return settings, build, rewinder(settings.workspace)


@pytest.fixture
def settings(start):
    start[2]()
    return start[0]


def observations(*rows):
    """Rows of observations: each differs from the usual one as said."""
    full = [OBSERVATION | row for row in rows]
    columns = {name: pa.array([row[name] for row in full], pa.string()) for name in OBSERVATION}
    return pa.table(columns | {"line": pa.array(range(2, len(full) + 2), pa.int64())})


def hand_in(settings, name, *rows):
    batch = new_batch(f"city/{name}", name, "Kim", name, KEYS)
    return Lake(settings).append(batch, {"observations": observations(*rows)})


def figure(settings):
    Builder(settings).build_current()
    return Record(settings).ask("figure", PLACE).first


def test_what_is_read_together_is_one_state_of_the_lake(settings):
    counted = "SELECT count(*) FROM lake.observations"
    with Lake(settings).attached() as connection:
        before = connection.execute(counted).fetchall()
        hand_in(settings, "june", {})  # from another connection
        assert connection.execute(counted).fetchall() == before == [(1,)]
    with Lake(settings).attached() as connection:
        assert connection.execute(counted).fetchall() == [(2,)]


def test_a_record_in_the_place_of_another_has_its_own_batches(settings, start):
    """The batches of a snapshot are kept, and a restored workspace has one of the same number."""
    hand_in(settings, "june", {})
    june = Lake(settings).batches()
    start[2]()
    hand_in(settings, "july", {})
    july = Lake(settings).batches()
    assert [batch.message for batch in june][1:] == ["june"]
    assert [batch.message for batch in july][1:] == ["july"]
    assert Lake(settings).snapshot() == len(july) == len(june)


def test_a_batch_adds_to_the_record_of_others(settings):
    hand_in(settings, "june", {})
    found = figure(settings)
    assert (found["value"], found["previous_value"]) == (31183, 17745)


def test_a_row_with_the_same_key_takes_the_place_of_the_former(settings):
    hand_in(settings, "june", {"value": "31000"}, {"observation_id": "KR-27-b", "year": "2017"})
    hand_in(settings, "july", {"value": "31183"})
    assert figure(settings)["value"] == 31183
    kept = Lake(settings).current_rows("observations").to_pylist()
    handed_in = [row for row in kept if row["observation_id"].startswith("KR-27-")]
    assert sorted((row["observation_id"], row["value"]) for row in handed_in) == [
        ("KR-27-a", "31183"),
        ("KR-27-b", "31183"),
    ]


def test_a_batch_taken_back_leaves_the_former_build(settings, start):
    batch = hand_in(settings, "june", {})
    changed, _ = Builder(settings).build_current()
    assert changed.build_id != start[1].build_id
    reverted = Lake(settings).revert(batch.batch_id, "Lee", "wrong month")
    back, moved = Builder(settings).build_current()
    assert moved
    assert back.build_id == start[1].build_id
    assert (reverted.reverted_by, reverted.reason) == ("Lee", "wrong month")
    assert batch.batch_id not in {kept.batch_id for kept in in_force(Lake(settings).batches())}


def test_taking_back_a_correction_brings_the_corrected_row_back(settings):
    hand_in(settings, "june", {"value": "31000"})
    correction = hand_in(settings, "july", {"value": "31183"})
    assert figure(settings)["value"] == 31183
    Lake(settings).revert(correction.batch_id, "Lee", "was right before")
    assert figure(settings)["value"] == 31000


def test_what_was_taken_back_can_be_asked_for_as_it_was(settings):
    batch = hand_in(settings, "june", {})
    before = Lake(settings).snapshot()
    Lake(settings).revert(batch.batch_id, "Lee", "wrong month")
    assert figure(settings)["value"] is None
    record = Record(settings)
    assert record.ask("figure", PLACE, record.as_of(before)).first["value"] == 31183


@pytest.mark.parametrize("batch_id", ["nobody", None])
def test_only_a_batch_that_counts_can_be_taken_back(settings, batch_id):
    if batch_id is None:
        batch_id = hand_in(settings, "june", {}).batch_id
        Lake(settings).revert(batch_id, "Lee", "once")
    with pytest.raises(UsageError):
        Lake(settings).revert(batch_id, "Lee", "twice")


def test_rows_that_memory_cannot_hold_come_from_a_file(settings, tmp_path):
    path = tmp_path / "rows.parquet"
    pq.write_table(observations({}), path)
    batch = new_batch("city/june", "june", "Kim", "june", KEYS)
    Lake(settings).append(batch, {"observations": path})
    assert figure(settings)["value"] == 31183


def test_trying_out_says_which_figures_would_change_and_stores_nothing(settings):
    before = Lake(settings).snapshot()
    changes = Builder(settings).try_out({"observations": observations({})}, KEYS)
    found = {(change.metric, change.region, change.year): change for change in changes}
    change = found["foreign_patients", "KR-27", 2019]
    assert (change.former_value, change.value, change.evidence) == (None, 31183, "settled")
    assert Lake(settings).snapshot() == before
    assert figure(settings)["value"] is None


def test_trying_out_replaces_a_row_as_accepting_would(settings):
    hand_in(settings, "june", {"value": "31000"})
    Builder(settings).build_current()
    changes = Builder(settings).try_out({"observations": observations({"value": "31183"})}, KEYS)
    values = [(c.former_value, c.value) for c in changes if c.metric == "foreign_patients"]
    assert values == [(31000, 31183)]


def test_trying_out_names_the_check_that_fails(settings):
    impossible = observations({"status": "target"})
    with pytest.raises(BuildRefused, match="check_target_status"):
        Builder(settings).try_out({"observations": impossible}, KEYS)
    assert not list(settings.workspace.glob("trial-*"))


def test_the_build_of_an_edition_stays(settings, start):
    settings = evolve(settings, builds_kept=1)
    first = start[1]
    Ledger(settings).append("editions", "frozen", "Kim", {"build_id": first.build_id})
    for number in range(2):
        hand_in(settings, f"month-{number}", {"value": str(31000 + number)})
        Builder(settings).build_current()
    assert marts_file(settings, first.build_id).exists()
    files = [path for path in settings.marts.glob("*.duckdb") if path.stem != first.build_id]
    assert len(files) == 1


def test_what_bounds_one_who_borrows_a_connection_does_not_bound_the_next(tmp_path):
    def bounds_of(connection):
        return [
            connection.execute(f"SELECT current_setting('{name}')").fetchone()[0]
            for name in ("memory_limit", "temp_directory", "threads")
        ]

    with borrowed_connection() as connection:
        before = bounds_of(connection)
    with bounded_connection(64, tmp_path / "spill") as connection:
        assert bounds_of(connection)[1] == str(tmp_path / "spill")
    with borrowed_connection() as connection:
        assert bounds_of(connection) == before
