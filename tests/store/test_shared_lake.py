"""The record on PostgreSQL and S3: as on one machine, for several at once, whatever breaks."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import duckdb
import pyarrow as pa
import pytest
from attrs import evolve

from dashboard.errors import StoreUnreachable, UsageError, WorkspaceBusy, WorkspaceDamaged
from dashboard.store.batches import in_force, new_batch
from dashboard.store.damage import Part, clear_faults
from dashboard.store.lake import Lake
from dashboard.store.lake_catalogue import newest_snapshot

pytestmark = pytest.mark.usefixtures("impatient")


def rows(count):
    lines = pa.array(range(2, count + 2), pa.int64())
    return pa.table({"value": pa.array(map(str, range(count))), "line": lines})


def hand_in(settings, name, count=20, **more):
    return Lake(settings).append(new_batch(name, name, "Kim", name), {"t": rows(count)}, **more)


def test_a_machine_reads_what_another_took_in_and_took_back(machines):
    one, two = map(Lake, machines)
    assert (one.snapshot(), newest_snapshot(machines[1])) == (0, 0)
    small, large = hand_in(machines[0], "small", 5), hand_in(machines[0], "large", 2000)
    assert [batch.batch_id for batch in two.batches()] == [small.batch_id, large.batch_id]
    assert two.current_rows("t").num_rows == 2005
    assert two.rows_of(small, ["t"])["t"][4] == {
        **{"value": "4", "line": 6, "batch_id": small.batch_id},
    }
    two.revert(large.batch_id, "Lee", "wrong month")
    assert [batch.batch_id for batch in in_force(one.batches())] == [small.batch_id]
    assert one.current_rows("t").num_rows == 5
    assert one.current_rows("t", snapshot=2).num_rows == 2005
    assert one.commits() == [(1, small.batch_id), (2, large.batch_id), (3, large.batch_id)]
    assert newest_snapshot(machines[0]) == two.snapshot() == 3
    with pytest.raises(UsageError):
        one.revert(large.batch_id, "Lee", "twice")


def test_what_two_machines_hand_in_at_once_is_all_there_once(machines):
    def many(number):
        machine = machines[number % 2]
        return [hand_in(machine, f"{number}-{turn}", 15).batch_id for turn in range(3)]

    with ThreadPoolExecutor(2) as threads:
        handed_in = [one for found in threads.map(many, range(2)) for one in found]
    assert sorted(batch.batch_id for batch in Lake(machines[0]).batches()) == sorted(handed_in)
    assert Lake(machines[1]).current_rows("t").num_rows == 2 * 3 * 15


def test_nothing_is_lost_or_doubled_where_connections_break_at_any_moment(machines, shared_servers):
    lake, over = Lake(machines[0]), threading.Event()
    lots = random.Random(20261130)

    def cut():
        while not over.wait(lots.uniform(0.1, 0.6)):
            shared_servers.cut(machines[0])

    handed_in, failed = [], 0
    cutting = threading.Thread(target=cut)
    cutting.start()
    for turn in range(6):
        try:
            handed_in.append(hand_in(machines[0], str(turn)).batch_id)
        except StoreUnreachable:  # nobody knows, and asks
            failed += 1
    over.set()
    cutting.join()
    held = [batch.batch_id for batch in lake.batches()]
    assert len(held) == len(set(held)) == len(lake.commits())
    assert set(handed_in) <= set(held)
    assert len(held) <= len(handed_in) + failed
    assert lake.current_rows("t").num_rows == 20 * len(held)
    assert hand_in(machines[0], "after").batch_id in [one.batch_id for one in lake.batches()]


def test_an_answer_that_broke_off_is_no_damage(tmp_path):
    """Seen of two in five hundred whose connections were cut: DuckLake looks for a first row."""
    broke_off = duckdb.InternalException(
        "INTERNAL Error: Attempted to access index 0 within vector of size 0\n\nStack Trace:\n"
    )
    with pytest.raises(StoreUnreachable), clear_faults(Part.SHARED_LAKE, tmp_path):
        raise broke_off
    with pytest.raises(WorkspaceDamaged), clear_faults(Part.LAKE, tmp_path):
        raise broke_off


def test_a_commit_whose_answer_was_lost_is_found_and_not_done_again(machines, monkeypatch):
    """The connection breaks after the commit: DuckDB says that it failed, and it did not."""
    lake, batch = Lake(machines[0]), new_batch("o", "d", "Kim", "m")
    attached, lost = Lake.attached, []

    def broken(self, *args, **more):
        return losing(attached(self, *args, **more), lost)

    monkeypatch.setattr(Lake, "attached", broken)
    lake.append(batch, {"t": rows(20)})
    assert lost == ["answer"]
    reverted = lake.revert(batch.batch_id, "Lee", "why")
    assert lost == ["answer", "answer"]
    monkeypatch.undo()
    assert [one.batch_id for one in lake.batches()] == [batch.batch_id]
    assert lake.batches()[0].reverted_at == reverted.reverted_at
    assert [number for number, _ in lake.commits()] == [1, 2]


class losing:  # noqa: N801 - a context manager
    """Every other block that ends well raises as if its connection had broken at the end."""

    def __init__(self, block, lost):
        self.block, self.lost = block, lost

    def __enter__(self):
        return self.block.__enter__()

    def __exit__(self, *raised):
        ended = self.block.__exit__(*raised)
        if raised[0] is None and not getattr(losing, "again", False):
            losing.again = True
            self.lost.append("answer")
            raise StoreUnreachable("The shared record does not answer", "-", "-")
        losing.again = False
        return ended


def test_what_was_checked_before_another_handed_in_is_not_taken(machines):
    hand_in(machines[0], "june", checked_at=0)
    with pytest.raises(WorkspaceBusy):
        hand_in(machines[1], "july", checked_at=0)
    hand_in(machines[1], "july", checked_at=1)
    assert Lake(machines[0]).snapshot() == 2


@pytest.mark.parametrize("option", ["", "?sslmode=none", "?sslmod=require"])
def test_a_database_that_is_not_there_is_said_in_words_without_its_password(
    machines, free_port, option
):
    """Nor is one that is asked under an option that there is not, or of another value."""
    typed = "geheim"
    address = f"postgresql://review:{typed}@127.0.0.1:{free_port}/nowhere{option}"
    away = evolve(machines[0], catalogue=address)
    with pytest.raises(StoreUnreachable) as raised:
        Lake(away).batches()
    assert str(free_port) in raised.value.message
    assert option[1:].partition("=")[0] in raised.value.message
    assert typed not in f"{raised.value!r} {raised.value.remedy} {away!r}"


def test_storage_that_is_gone_is_said_in_words_and_nothing_is_half_there(machines, free_port):
    hand_in(machines[0], "june")
    away = evolve(machines[0], s3_endpoint=f"127.0.0.1:{free_port}")
    with pytest.raises(StoreUnreachable):
        hand_in(away, "july")
    assert [one.origin for one in Lake(away).batches()] == ["june"]  # of the catalogue alone
    assert hand_in(machines[0], "july").origin == "july"  # and it is back
    assert Lake(machines[1]).current_rows("t").num_rows == 40


def test_a_catalogue_that_is_gone_is_not_taken_for_a_new_record(machines, shared_servers):
    hand_in(machines[0], "june")
    elsewhere = shared_servers.settings(machines[0].workspace)
    emptied = evolve(machines[0], catalogue=elsewhere.catalogue)
    with pytest.raises(WorkspaceDamaged):
        Lake(emptied).batches()


@pytest.mark.long
def test_a_record_that_is_cut_off_while_it_is_read_ends_no_process(machines, shared_servers):
    """As often as it took before to end it, and somewhat more; where it is cut is by chance."""
    one = machines[0]
    hand_in(one, "small", 5)
    over, lots = threading.Event(), random.Random(3)

    def cut():
        while not over.wait(lots.uniform(0.002, 0.06)):
            shared_servers.cut(one)

    cutting = threading.Thread(target=cut)
    cutting.start()
    try:
        for _turn in range(25):
            with suppress(StoreUnreachable), Lake(one).attached() as connection:
                connection.execute("FROM lake.t").fetchall()
    finally:
        over.set()
        cutting.join()
    assert Lake(one).current_rows("t").num_rows == 5
