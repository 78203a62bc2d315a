"""A round with its people, and a closed one as the tests of what comes after closing share it."""

from dataclasses import dataclass, field
from decimal import Decimal

from dashboard.access import DESK, Identity, Role
from dashboard.judging.judging import Judging
from dashboard.judging.objecting import Opening
from dashboard.judging.proposed import Change, Confirmed
from dashboard.judging.rules_text import rules_json
from dashboard.judging.streams import panel_stream
from dashboard.judging.views import RoundRules
from dashboard.review.panel import Criterion, Rounding, Rule, TieBreak

PLAN = Criterion("plan", "document", "계획", "Plan", Decimal(40))
VISIT = Criterion("visit", "onsite", "현장", "Visit", Decimal(60))
RULES = RoundRules(
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
ROUND = "mct-cluster-2019-abcdef"
D1 = Identity("Lee", Role.DEPUTY, ROUND, deputy_id="d1")
D2 = Identity("Park", Role.DEPUTY, ROUND, deputy_id="d2")
J1_DAEGU = {"judge_id": "j1", "applicant": "KR-27"}
RESCORING = Opening(Change.RESCORING, J1_DAEGU)


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

    def rate(self, points):
        """Scores of every judge: applicant → (plan, visit) of judge 1, 2, …; all submitted."""
        for applicant, given in points.items():
            for judge, pair in enumerate(given):
                if pair is not None:
                    self.score(judge, applicant, *pair)


def opened_round(judging, rules):
    """A round in scoring: its id, and holder → code, of the chair and two judges."""
    view, issued = judging.rounds.create(DESK, rules, "Kim", ("Lee", "Park"))
    codes = {one.holder: one.code for one in issued}
    chair = judging.sessions.sign_in(view.round_id, codes["chair"]).identity
    for name in ("Judge 1", "Judge 2"):
        one = judging.sessions.issue_code(chair, name)
        codes[one.holder] = one.code
    judging.rounds.seal(chair)
    judging.rounds.open_scoring(chair)
    return view.round_id, codes


def closed_round(judging, rules, points, reason="Trial", **deputies):
    """Closed on 7 January 2019 at 18:00 in Korea, with as many judges as gave points."""
    content = {"rules": rules_json(rules), "chair": "Kim", **deputies}
    judging.streams.ledger.append(panel_stream(ROUND), "created", "official", content)
    chair = Identity("Kim", Role.CHAIR, ROUND)
    count = max(len(given) for given in points.values())
    codes = [judging.sessions.issue_code(chair, f"Judge {n + 1}").code for n in range(count)]
    judges = [judging.sessions.sign_in(ROUND, code).identity for code in codes]
    room = Room(judging, ROUND, chair, judges, codes)
    judging.rounds.seal(chair)
    judging.rounds.open_scoring(chair)
    room.rate(points)
    judging.rounds.close(chair, reason)
    return room


def city(region):
    """Who speaks for an applicant."""
    return Identity("Contact", Role.APPLICANT, ROUND, region=region)


def standing(room, version=None):
    """Applicant → rank and score."""
    found = room.judging.results.result(room.chair, version=version)
    return {row.applicant: (row.rank, row.final) for row in found.outcome.applicants}
