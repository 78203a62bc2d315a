"""Backups of what several machines share, restored to one machine, and the other way round."""

import psycopg
import pyarrow as pa
import pytest
from attrs import evolve

from dashboard.errors import BackupRefused, StoreUnreachable, WorkspaceDamaged
from dashboard.settings import Settings
from dashboard.store.backup import back_up
from dashboard.store.batches import new_batch
from dashboard.store.lake import Lake
from dashboard.store.ledger import Ledger
from dashboard.store.restore import restore
from dashboard.store.soundness import read_lake
from dashboard.store.storage import SharedFiles
from dashboard.store.workspace_keys import see_to_keys, workspace_key

FILES = {"receipts/ab12/original": "값\n".encode(), "emblems/x.png": b"\x89PNG"}


@pytest.fixture
def several(shared_servers, tmp_path):
    """Makes settings of a machine with a new, empty shared record."""

    def make(name):
        return shared_servers.settings(tmp_path / name)

    return make


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """Settings of one machine that has everything, and its backup. Do not change it."""
    folder = tmp_path_factory.mktemp("alone")
    settings = filled(Settings(workspace=folder / "workspace"), folder)
    return settings, back_up(settings, folder / "b.tar.gz")


def hand_in(settings, name, count):
    """Few rows stand in the catalogue itself, many in a file of their own; one cell is empty."""
    values = ["대구", None, *map(str, range(count - 2))]
    rows = {"value": values, "line": pa.array(range(2, count + 2), pa.int64())}
    return Lake(settings).append(
        new_batch(f"{name}-{count}", name, "Kim", name), {name: pa.table(rows)}
    )


def filled(settings, tmp_path):
    """Hand in, take back, judge, keep files and secrets."""
    for file in settings.key_files:
        workspace_key(settings, file)
    hand_in(settings, "few", 7)
    hand_in(settings, "many", 3000)
    Lake(settings).revert(hand_in(settings, "wrong", 5).batch_id, "Lee", "wrong month")
    log = Ledger(settings)
    with log.writing("panel/a") as writer:
        writer.append("said", "Kim", {"n": 1, "text": "가\u0000'%s"})
        writer.beside("sign_in/a").append("said", "Lee", {})
    log.append("panel/a", "said", "Kim", {"n": 2})
    for name, content in FILES.items():
        if settings.is_shared:
            (tmp_path / "file").write_bytes(content)
            SharedFiles(settings).put(tmp_path / "file", name)
        else:
            (settings.workspace / name).parent.mkdir(parents=True)
            (settings.workspace / name).write_bytes(content)
    return settings


def said(settings):
    """All that is kept, in words of Python."""
    lake, log = Lake(settings), Ledger(settings)
    return (
        [lake.current_rows(name, 3).to_pylist() for name in ("few", "many", "wrong")],
        lake.current_rows("wrong").num_rows,
        lake.batches(),
        lake.commits(),
        lake.made_at(4),
        {stream: log.verify(stream) for stream in log.streams()},
    )


def test_a_shared_record_is_restored_to_one_machine(several, tmp_path):
    shared = filled(several("shared"), tmp_path)
    path, contents = back_up(shared, tmp_path / "b.tar.gz")
    assert (contents.snapshot, contents.batches, contents.entries) == (4, 3, 3)
    assert set(FILES) | {"ledger.key", "visits.key", "cookie.key"} <= set(contents.files)
    alone = Settings(workspace=tmp_path / "alone")
    assert restore(path, alone) == contents
    assert said(alone) == said(shared)
    assert read_lake(alone)["many"] == 3000
    for name, content in FILES.items():
        assert (alone.workspace / name).read_bytes() == content
    for one, other in zip(shared.key_files, alone.key_files, strict=True):
        assert one.read_bytes() == other.read_bytes()
    # It goes on by itself, and what it does the shared one does not see.
    assert hand_in(alone, "few", 4).batch_id in Lake(alone).snapshots_of_batches()
    assert Lake(alone).current_rows("few").num_rows == 11
    assert Lake(shared).current_rows("few").num_rows == 7


def test_what_one_machine_has_is_restored_into_an_empty_shared_record(several, alone, tmp_path):
    settings, (path, contents) = alone
    shared = several("shared")
    assert restore(path, shared) == contents
    assert said(shared) == said(settings)
    assert read_lake(shared)["many"] == 3000
    other = evolve(shared, workspace=tmp_path / "other")
    with pytest.raises(WorkspaceDamaged):  # it has not the secrets that came with the backup
        see_to_keys(other)
    for name, content in FILES.items():
        SharedFiles(other).fetch(name, other.workspace / name)
        assert (other.workspace / name).read_bytes() == content
    assert sorted(path.name for path in shared.workspace.iterdir()) == sorted(
        [*(file.name for file in shared.key_files), "emblems", "receipts"]
    )
    hand_in(other, "few", 4)
    assert Lake(shared).current_rows("few").num_rows == 11


def test_nothing_is_restored_over_a_record_that_is_there(several, alone):
    _settings, (path, _contents) = alone
    shared = several("shared")
    Ledger(shared).append("panel/b", "said", "Kim", {})
    with pytest.raises(BackupRefused, match=shared.data):
        restore(path, shared)
    assert Ledger(shared).streams() == ["panel/b"]
    assert not Lake(shared).has_catalogue()
    assert not shared.workspace.exists()


@pytest.mark.long
@pytest.mark.parametrize("gone", ["storage", "database"])
def test_a_restore_that_breaks_off_leaves_nothing_and_is_done_again(
    several, alone, monkeypatch, gone
):
    settings, (path, contents) = alone
    shared = several("shared")
    if gone == "storage":

        def put(_self, _file, name):
            raise StoreUnreachable("-", name, "-")

        monkeypatch.setattr(SharedFiles, "put", put)
    else:
        execute = psycopg.Cursor.executemany

        def broken(self, query, rows):
            execute(self, query, rows)
            if b"entry" in (query if isinstance(query, bytes) else query.encode()):
                raise psycopg.OperationalError("server closed the connection unexpectedly")

        monkeypatch.setattr(psycopg.Cursor, "executemany", broken)
    with pytest.raises(StoreUnreachable):
        restore(path, shared)
    monkeypatch.undo()
    assert (Ledger(shared).streams(), Lake(shared).batches()) == ([], [])
    assert not shared.workspace.exists()
    assert restore(path, shared) == contents
    assert said(shared) == said(settings)


def test_a_machine_without_the_secrets_of_the_others_takes_no_backup(several, tmp_path):
    shared = filled(several("shared"), tmp_path)
    other = evolve(shared, workspace=tmp_path / "other")
    with pytest.raises(WorkspaceDamaged, match=r"ledger\.key"):
        back_up(other, tmp_path / "b.tar.gz")
    assert not list(tmp_path.glob("*.tar.gz"))
