"""Following what other machines take in: what fails is said once, and no more when it is over."""

import pytest

import dashboard.following as following_module
from dashboard.errors import BuildRefused, StoreUnreachable
from dashboard.following import Following
from dashboard.store.refusal import read_refusal

OUTAGE = StoreUnreachable("The database does not answer", "10 s", "Look at the server.")
REFUSED = BuildRefused("The build did not pass its checks", "one", "Correct the rows.")


@pytest.fixture
def followed(small_settings, monkeypatch):
    """Settings, and a list of what happens at each look: an error, or whether a build came."""
    settings = small_settings({})
    settings.workspace.mkdir(parents=True, exist_ok=True)
    happens, snapshots, built = [], [], []
    monkeypatch.setattr(following_module, "newest_snapshot", lambda _settings: snapshots[-1])

    def catch_up(_settings):
        built.append(snapshots[-1])
        outcome = happens.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(following_module, "catch_up", catch_up)
    return settings, happens, snapshots, built


def test_an_outage_that_is_over_is_said_no_more_although_nothing_is_new(followed):
    settings, happens, snapshots, _built = followed
    following = Following(settings)
    happens += [OUTAGE, OUTAGE, False]
    snapshots.append(4)
    following.look()
    following.look()
    assert read_refusal(settings).title == OUTAGE.title
    following.look()
    assert read_refusal(settings) is None


def test_a_record_that_cannot_be_built_is_not_tried_again_and_the_next_one_is(followed):
    settings, happens, snapshots, built = followed
    following = Following(settings)
    happens += [REFUSED, True]
    snapshots.append(4)
    for _look in range(3):
        following.look()
    assert built == [4]
    assert read_refusal(settings).title == REFUSED.title
    snapshots.append(5)
    following.look()
    assert built == [4, 5]
    assert read_refusal(settings) is None
