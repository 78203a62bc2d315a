"""A review room of a test's own, with a clock that the test moves."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from dashboard.access import VISITOR, Identity, Role
from dashboard.i18n import use_language
from dashboard.judging import sign_in as sign_in_module
from dashboard.judging.judging import Judging
from dashboard.judging.proposed import Confirmed
from dashboard.judging.views import RoundRules
from dashboard.review.panel import Criterion, Rounding, Rule, TieBreak
from dashboard.settings import Settings

PLAN = Criterion("plan", "document", "계획", "Plan", Decimal(40))
VISIT = Criterion("visit", "onsite", "현장", "Visit", Decimal(60))


class Clock:
    """The time, which goes on only when a test says so."""

    def __init__(self):
        self.now = datetime(2019, 1, 7, 9, 0, tzinfo=UTC)

    def __call__(self):
        return self.now

    def wait(self, **span):
        self.now += timedelta(**span)


@dataclass
class Room:
    """A round with its people."""

    judging: Judging
    round_id: str
    chair: Identity
    judges: list[Identity]
    codes: list[str]
    deputies: list[Identity] = field(default_factory=list)

    def contact(self, applicant):
        """Whoever speaks for an applicant, signed in with a code of the own."""
        issued = self.judging.people.name_contact(self.chair, applicant, "Contact")
        return self.judging.sessions.sign_in(self.round_id, issued.code).identity

    def score(self, judge, applicant, plan, visit, submit=True):
        identity = self.judges[judge]
        self.judging.sheets.save_draft(identity, applicant, "plan", plan)
        sheet = self.judging.sheets.save_draft(identity, applicant, "visit", visit)
        return self.judging.sheets.submit(identity, applicant) if submit else sheet

    def change(self, change, content, reason):
        """Proposed by the chair and, where the round has deputies, confirmed by the first one."""
        found = self.judging.proposals.propose(self.chair, change, content, reason)
        if isinstance(found, Confirmed):
            return found
        deputy = Identity("Lee", Role.DEPUTY, self.round_id, deputy_id="d1")
        return self.judging.proposals.confirm(deputy, found.proposal_id)


@pytest.fixture(autouse=True)
def english():
    use_language("en")
    yield
    use_language(None)


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
    return RoundRules(
        programme_id="mct-cluster",
        year=2019,
        title="Review of a test",
        applicants=("KR-27", "KR-26", "KR-28"),
        criteria=(PLAN, VISIT),
        rule=Rule(
            rounding=Rounding(2, ("final",)),
            pass_mark=Decimal(70),
            tie_breaks=(TieBreak("criterion", "plan"),),
        ),
    )


@pytest.fixture
def make_room(judging, rules):
    """Makes a round with so many judges, in the phase named."""

    def make(judges=2, phase="scoring", **changed):
        view, issued = judging.rounds.create(
            VISITOR, replace(rules, **changed), "Kim", ("Lee", "Park")
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


def _rate(room, points):
    """Scores of every judge: applicant → (plan, visit) of judge 1, 2, …; all submitted."""
    for applicant, given in points.items():
        for judge, pair in enumerate(given):
            if pair is not None:
                room.score(judge, applicant, *pair)


@pytest.fixture
def rate():
    return _rate
