"""A connection of which the database gave up is left alone: to close it ends the process."""

import duckdb
import pytest

from dashboard.store import connection as connections


class Lent:
    """A connection that answers so when it is asked whether it is well."""

    def __init__(self, answer):
        self.answer = answer
        self.is_closed = False

    def execute(self, sql):
        if sql == "SELECT 1" and self.answer is not None:
            raise self.answer

    def close(self):
        self.is_closed = True


@pytest.mark.parametrize(
    ("answer", "is_closed"),
    [
        (duckdb.FatalException("database has been invalidated"), False),
        (duckdb.TransactionException("Current transaction is aborted"), True),
        (None, True),
    ],
)
def test_only_one_whose_database_gave_up_is_not_closed(monkeypatch, answer, is_closed):
    lent = Lent(answer)
    monkeypatch.setattr(connections, "open_lake_connection", lambda: lent)
    monkeypatch.setattr(connections, "_idle", connections.LifoQueue(maxsize=1))
    with pytest.raises(KeyError), connections.borrowed_connection():
        raise KeyError
    assert lent.is_closed == is_closed
