"""A review room of a test's own, with a clock that the test moves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.access import DESK, Identity, Role
from dashboard.i18n import use_language
from dashboard.judging import sign_in as sign_in_module
from dashboard.judging.judging import Judging
from dashboard.settings import Settings
from tests.judging.closed_round import RULES, Room, closed_round


class Clock:
    """The time, which goes on only when a test says so."""

    def __init__(self):
        self.now = datetime(2019, 1, 7, 9, 0, tzinfo=UTC)

    def __call__(self):
        return self.now

    def wait(self, **span):
        self.now += timedelta(**span)


@pytest.fixture(autouse=True)
def english():
    use_language("en")


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch):
    """The slow hash of codes at its quickest; its cost is no matter of these tests."""
    monkeypatch.setattr(sign_in_module, "_COST", 2)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def settings(tmp_path):
    return Settings(workspace=tmp_path)


@pytest.fixture
def judging(settings, clock):
    return Judging(settings, clock)


@pytest.fixture
def rules():
    return RULES


@pytest.fixture
def make_room(judging, rules):
    """Makes a round with so many judges, in the phase named."""

    def make(judges=2, phase="scoring", **changed):
        view, issued = judging.rounds.create(
            DESK, replace(rules, **changed), "Kim", ("Lee", "Park")
        )
        chair, *deputies = [
            judging.sessions.sign_in(view.round_id, one.code).identity for one in issued
        ]
        codes = [
            judging.sessions.issue_code(chair, f"Judge {n}").code for n in range(1, judges + 1)
        ]
        people = [judging.sessions.sign_in(view.round_id, one).identity for one in codes]
        if phase != "draft":
            judging.rounds.seal(chair)
        if phase == "scoring":
            judging.rounds.open_scoring(chair)
        return Room(judging, view.round_id, chair, people, codes, deputies)

    return make


@pytest.fixture
def room(make_room):
    """Two judges, three applicants, scoring open."""
    return make_room()


@pytest.fixture
def viewer():
    return Identity("", Role.VIEWER)


@pytest.fixture
def rate():
    return Room.rate


@pytest.fixture
def make_closed(judging, rules):
    """Makes a closed round with the deputies Lee and Park: points as `Room.rate` takes them."""

    def make(points, **changed):
        changed_rules = replace(rules, **changed)
        return closed_round(judging, changed_rules, points, deputies=["Lee", "Park"])

    return make


@pytest.fixture
def closed(make_closed):
    """Daegu (80 + 64) / 2 = 72, Busan (70 + 76) / 2 = 73, nobody went to Incheon."""
    return make_closed({"KR-27": [(30, 50), (26, 38)], "KR-26": [(30, 40), (34, 42)]})
