"""The secrets that several machines share: the first makes them, and another one is refused."""

import pytest
from attrs import evolve

from dashboard.checkup.found import Examined
from dashboard.checkup.workspace import keys, shared
from dashboard.errors import StoreUnreachable, WorkspaceDamaged
from dashboard.store.visit_secret import known_secret
from dashboard.store.workspace_keys import see_to_keys, workspace_key

pytestmark = pytest.mark.usefixtures("impatient")


def test_the_first_that_starts_makes_the_secrets_and_whoever_lacks_one_does_not_start(machines):
    one, two = machines
    see_to_keys(one)
    for file in one.key_files:
        with pytest.raises(WorkspaceDamaged, match=file.name) as raised:
            see_to_keys(two)
        assert str(two.workspace) in raised.value.remedy
        two.workspace.mkdir(exist_ok=True)
        (two.workspace / file.name).write_bytes(file.read_bytes())
    see_to_keys(two)


def test_of_two_that_made_secrets_of_their_own_the_first_is_believed(machines):
    one, two = machines
    two.workspace.mkdir()
    for name in ("ledger", "visits", "cookie"):
        (two.workspace / f"{name}.key").write_text("ab" * 32)
    see_to_keys(one)
    with pytest.raises(WorkspaceDamaged, match=r"ledger\.key"):
        see_to_keys(two)
    see_to_keys(one)


def test_a_machine_with_another_secret_is_refused(machines):
    one, two = machines
    key = workspace_key(one, one.ledger_key)
    with pytest.raises(WorkspaceDamaged) as raised:
        workspace_key(two, two.ledger_key)
    assert "ledger.key" in raised.value.message
    assert key.hex() not in str(raised.value)
    assert not two.ledger_key.exists()
    two.workspace.mkdir(exist_ok=True)
    two.ledger_key.write_text(one.ledger_key.read_text())
    assert workspace_key(two, two.ledger_key) == key


def test_a_machine_without_the_secret_of_the_others_shows_no_count_and_makes_none(machines):
    one, two = machines
    secret = workspace_key(one, one.visits_key)
    with pytest.raises(WorkspaceDamaged, match=r"visits\.key") as raised:
        known_secret(two)
    assert str(two.workspace) in raised.value.remedy
    assert not two.workspace.exists()
    two.workspace.mkdir()
    two.visits_key.write_text(f"{5:064x}")
    with pytest.raises(WorkspaceDamaged, match=r"visits\.key"):
        known_secret(two)
    two.visits_key.write_text(one.visits_key.read_text())
    assert known_secret(two) == secret


def test_doctor_names_a_machine_with_another_secret_and_storage_that_is_gone(machines, free_port):
    one, two = machines
    workspace_key(one, one.cookie_key)
    two.workspace.mkdir(exist_ok=True)

    def looked_at(settings):
        return shared(Examined(settings, free_port))

    assert looked_at(one).state == looked_at(two).state == "well"
    assert "cookie.key" in keys(Examined(two, free_port)).what
    two.cookie_key.write_text(one.cookie_key.read_text())
    assert keys(Examined(two, free_port)).state == "well"
    two.visits_key.write_text("nothing")
    assert "visits.key" in keys(Examined(two, free_port)).what
    with pytest.raises(StoreUnreachable):
        looked_at(evolve(one, s3_endpoint=f"127.0.0.1:{free_port}"))
