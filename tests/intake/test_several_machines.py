"""Two machines share a record: handing in, deciding, editions, whatever is killed meanwhile."""

import random
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from attrs import evolve

from dashboard.access import DESK, Identity, Role
from dashboard.content.compose import compose
from dashboard.errors import StoreUnreachable
from dashboard.following import catch_up
from dashboard.intake.acceptance import Acceptance
from dashboard.intake.intake import Intake
from dashboard.render.formats import render
from dashboard.settings import PROJECT_ROOT
from dashboard.store.ask import Record
from dashboard.store.build import Builder
from dashboard.store.editions import Editions
from dashboard.store.lake import Lake
from dashboard.store.ledger import Ledger
from dashboard.store.pointer import marts_file, read_pointer
from dashboard.store.storage import SharedFiles

pytestmark = pytest.mark.usefixtures("impatient")
PLACE = {"metric": "foreign_patients", "region": "KR-27", "year": 2019}


def observations(value, year=2019, rows=1):
    """A file of figures of as many years from one on, all of the same value."""
    lines = "".join(f"foreign_patients,{year + n},KR-27,{value}\n" for n in range(rows))
    return f"metric,year,region,value\n{lines}".encode()


@pytest.fixture
def machines(shared_servers, small_package, tmp_path):
    """Settings of two machines; the first took a record of one figure in, of 2000."""
    package = small_package(
        {
            "sources": [{"source_id": "city", "tier": "official"}],
            "observations": [{"source_id": "city", "year": "2000", "value": "17745"}],
        }
    )
    one = shared_servers.settings(tmp_path / "one", public_record=package)
    Acceptance(one).take_in_record()
    Builder(one).build_current()
    return one, evolve(one, workspace=tmp_path / "two")


def follow(settings):
    """As a server that starts does, and its thread from then on."""
    if not (settings.marts / "current.json").exists():
        Builder(settings).build_current()
    catch_up(settings)
    return read_pointer(settings)


def held(settings):
    """The values of the rows that were handed in and count."""
    rows = Lake(settings).current_rows("observations").to_pylist()
    return sorted(row["value"] for row in rows if row["batch_id"].startswith("intake-"))


def figure(settings):
    return Record(settings).ask("figure", PLACE).first["value"]


def printed_at(settings, edition_id):
    return render(compose(Record(settings), Editions(settings).open(edition_id)), ".xlsx")


def test_a_machine_follows_what_another_took_in_and_makes_the_same_build(machines):
    one, two = machines
    assert follow(two) == read_pointer(one)
    assert not catch_up(two)  # nothing is new
    _, receipt = Intake(one, DESK).receive("observations", "a.csv", observations(31183), "Kim")
    assert (receipt.status, figure(one), figure(two)) == ("accepted", 31183, None)
    assert catch_up(two)
    assert figure(two) == 31183
    # The same build, as of the same moment: what is printed of it is the same byte for byte.
    assert read_pointer(two) == read_pointer(one)
    view = {"region": "KR-27", "year": 2019}
    frozen = Editions(one).freeze("kpi", view, "ko", "Kim", read_pointer(one), identity=DESK)
    printed = [printed_at(machine, frozen.edition_id) for machine in machines]
    assert printed[0] == printed[1]
    there = Intake(two, DESK)
    assert there.receipt(receipt.receipt_id) == receipt
    assert there.original(receipt.receipt_id).read_bytes() == observations(31183)
    Intake(two, DESK).revert(receipt.receipt_id, "Lee", "wrong month")
    assert catch_up(one)
    assert figure(one) is None
    assert read_pointer(two) == read_pointer(one)


def test_a_second_person_approves_on_another_machine_what_was_handed_in_on_one(machines):
    accounts = {"sign_in": "proxy", "approval": "on"}
    one, two = (evolve(machine, **accounts) for machine in machines)
    follow(two)
    kim = Identity("Kim", Role.OFFICIAL, region="KR-27", account="kim@city")
    lee = Identity("Lee", Role.APPROVER, region="KR-27", account="lee@city")
    _, waiting = Intake(one, kim).receive("observations", "a.csv", observations(31183), "Kim")
    assert waiting.status == "waiting"
    assert not (two.workspace / "receipts").exists()
    taken = Intake(two, lee).approve(waiting.receipt_id, "Lee")
    assert taken.status == "accepted"
    kept = two.workspace / "receipts" / taken.digest / "original"
    assert kept.read_bytes() == observations(31183)
    assert Intake(one, kim).receipt(waiting.receipt_id).status == "accepted"


def test_two_people_hand_in_at_once_on_two_machines(machines):
    follow(machines[1])

    def hand_in(number):
        intake = Intake(machines[number % 2], DESK)
        file = observations(1000 + number, 2010 + number)
        return intake.receive("observations", f"{number}.csv", file, "Kim")[1]

    with ThreadPoolExecutor(2) as threads:
        receipts = list(threads.map(hand_in, range(2)))
    assert [receipt.status for receipt in receipts] == ["accepted"] * 2
    assert len({receipt.receipt_id for receipt in receipts}) == 2
    assert follow(machines[0]) == follow(machines[1])
    assert held(machines[0]) == ["1000", "1001"]
    assert len(Ledger(machines[1]).verify("intake")) == len(Ledger(machines[0]).verify("intake"))


@pytest.mark.long
def test_an_edition_of_one_machine_opens_on_another_that_has_not_its_build(machines):
    one, two = machines
    follow(two)
    Intake(one, DESK).receive("observations", "a.csv", observations(31183), "Kim")
    build = read_pointer(one)
    frozen = Editions(one).freeze("kpi", {"region": "KR-27"}, "ko", "Kim", build, identity=DESK)
    assert not marts_file(two, build.build_id).exists()
    assert Editions(two).open(frozen.edition_id) == frozen
    assert Record(two).ask("figure", PLACE, frozen.build).first["value"] == 31183


@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.long) for n in (2, 3))])
def test_connections_that_break_while_a_file_is_handed_in(machines, shared_servers, seed):
    """Whoever sees an error hands the same file in again: all of it is there then, and once."""
    one, lots, over = machines[0], random.Random(seed), threading.Event()

    def cut():
        while not over.wait(lots.uniform(0.1, 1.0)):
            shared_servers.cut(one)

    cutting = threading.Thread(target=cut)
    cutting.start()
    try:
        for _turn in range(3):
            with suppress(StoreUnreachable):
                Intake(one, DESK).receive("observations", "a.csv", observations(7), "Kim")
    finally:
        over.set()
        cutting.join()
    for _turn in range(2):  # the network is well again
        _, receipt = Intake(one, DESK).receive("observations", "a.csv", observations(7), "Kim")
    assert receipt.status in ("unchanged", "already")
    assert held(one) == ["7"]
    assert len(Lake(one).batches()) == 2
    Ledger(one).verify("intake")


@pytest.mark.parametrize(
    "moments_s", [(2,), pytest.param((0.5, 1, 2, 2.5, 4, 6), marks=pytest.mark.long)]
)
def test_a_machine_that_is_killed_while_it_hands_in_holds_nobody_up(
    machines, shared_servers, tmp_path, moments_s
):
    """It is killed at several moments; another hands the file in, and all of it is there once."""
    one, two = machines
    follow(two)
    for turn, moment_s in enumerate(moments_s, 1):
        file = tmp_path / f"{turn}.csv"
        file.write_bytes(observations(turn, 2001, 20))
        process = subprocess.Popen(
            [sys.executable, "-m", "dashboard", "intake", "observations", str(file), "--by", "Kim"],
            cwd=PROJECT_ROOT,
            env=shared_servers.environment(one),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        killer = threading.Timer(moment_s, process.send_signal, [signal.SIGKILL])
        killer.start()
        process.wait()
        killer.cancel()
        _, receipt = Intake(two, DESK).receive("observations", file.name, file.read_bytes(), "Lee")
        assert receipt.status in ("accepted", "unchanged", "already")
        assert held(two) == [str(turn)] * 20
    assert {one.status for one in Intake(two, DESK).history()} <= {
        "accepted",
        "refused",
        "unchanged",
        "already",
    }
    assert follow(one) == follow(two)
    Ledger(two).verify("intake")


def test_storage_that_is_gone_keeps_nothing_and_says_so(machines, free_port):
    away = evolve(machines[0], s3_endpoint=f"127.0.0.1:{free_port}")
    with pytest.raises(StoreUnreachable):
        Intake(away, DESK).receive("observations", "a.csv", observations(7), "Kim")
    assert all(entry.content["table"] != "observations" for entry in Ledger(away).entries("intake"))
    _, receipt = Intake(machines[0], DESK).receive("observations", "a.csv", observations(7), "Kim")
    assert receipt.status == "accepted"  # it is back
    assert (
        SharedFiles(evolve(away, s3_endpoint=machines[0].s3_endpoint))
        .names("receipts")[-1]
        .endswith("/original")
    )
