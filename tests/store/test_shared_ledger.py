"""The log in a shared database: a broken connection loses nothing and doubles nothing."""

import psycopg
import pytest
from attrs import evolve

from dashboard.errors import StoreUnreachable
from dashboard.store.lake import Lake
from dashboard.store.ledger import Ledger


def test_what_one_machine_writes_another_reads_at_once(machines):
    one, two = map(Ledger, machines)
    one.append("a", "said", "Kim", {"n": 1})
    with two.writing("a") as writer:
        assert [entry.content["n"] for entry in writer.entries] == [1]
        writer.append("said", "Lee", {"n": 2})
        writer.beside("b").append("said", "Lee", {"n": 3})
    assert one.verify("a") == two.verify("a")
    assert [entry.number for entry in one.entries("b")] == [1]


def test_a_connection_that_broke_before_the_block_is_replaced(machines, shared_servers):
    ledger = Ledger(machines[0])
    ledger.append("a", "said", "Kim", {"n": 1})
    assert shared_servers.cut(machines[0]) == 1
    assert len(ledger.entries("a")) == 1
    assert shared_servers.cut(machines[0]) == 1
    ledger.append("a", "said", "Kim", {"n": 2})
    assert len(ledger.verify("a")) == 2


def test_an_account_of_the_database_without_a_right_is_told_which_one(machines, shared_servers):
    one = machines[0]
    name = one.catalogue.text.rpartition("/")[2]
    shared_servers.ask(one, f"CREATE ROLE {name} LOGIN")
    address = one.catalogue.text.replace("//review@", f"//{name}@")
    away = evolve(one, catalogue=address)
    said = "GRANT CREATE ON DATABASE"
    for ask in (lambda: Ledger(away).append("a", "said", "Kim", {}), Lake(away).batches):
        with pytest.raises(StoreUnreachable) as raised:
            ask()
        assert f'{said} "{name}" TO "{name}"' in raised.value.remedy
    Ledger(one).append("a", "said", "Kim", {"n": 1})
    for ask in (lambda: Ledger(away).entries("a"), Lake(away).batches):
        with pytest.raises(StoreUnreachable, match="permission denied"):
            ask()
    assert len(Ledger(one).verify("a")) == 1


@pytest.mark.parametrize("moment", ["before an entry", "after an entry"])
def test_a_connection_that_breaks_within_the_block_leaves_nothing(machines, shared_servers, moment):
    ledger = Ledger(machines[0])

    def broken():
        with ledger.writing("a") as writer:
            if moment == "before an entry":
                shared_servers.cut(machines[0])
            writer.append("said", "Kim", {})
            writer.beside("b").append("said", "Kim", {})
            if moment == "after an entry":
                shared_servers.cut(machines[0])

    with pytest.raises(StoreUnreachable):
        broken()
    assert (ledger.entries("a"), ledger.entries("b")) == ([], [])
    ledger.append("a", "said", "Kim", {})
    assert len(ledger.verify("a")) == 1


def test_a_commit_whose_answer_was_lost_is_found(machines, monkeypatch):
    """The database committed, and the connection broke before it could say so."""
    execute = psycopg.Connection.execute

    def losing(self, query, *given, **more):
        done = execute(self, query, *given, **more)
        if query == "COMMIT":
            raise psycopg.OperationalError("server closed the connection unexpectedly")
        return done

    monkeypatch.setattr(psycopg.Connection, "execute", losing)
    entry = Ledger(machines[0]).append("a", "said", "Kim", {})
    monkeypatch.undo()
    assert Ledger(machines[1]).verify("a") == [entry]
