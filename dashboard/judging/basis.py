"""What a result rests on: the sheets that count, the lots in force, and the outcome they give."""

from pydantic import TypeAdapter

from dashboard.judging.proposed import MOVES_RESULT, ProposalStatus
from dashboard.judging.rounds import not_submitted
from dashboard.judging.state import RoundState
from dashboard.review.aggregation import Outcome, aggregate
from dashboard.review.panel import PointSheet, Rule
from dashboard.store.checkpoint import Head
from dashboard.store.ledger import canonical_digest

_OUTCOME = TypeAdapter(Outcome)


class Facts:
    """What a result rests on, taken out of a round's state."""

    def __init__(self, state: RoundState) -> None:
        self.log = Head(state.number, state.head)
        self.view = state.view()
        self.digest = state.versions[-1].digest
        self.judges = {
            judge: name for judge, name in state.judges.items() if judge not in state.withdrawn
        }
        self.withdrawn = tuple(
            (state.judges[judge], one.reason) for judge, one in state.withdrawn.items()
        )
        self.recusals = tuple(sorted((a, judge) for judge, a in state.recusals))
        self.rescoring = tuple(sorted((a, judge) for judge, a in state.rescoring))
        self.not_submitted = tuple(
            pair for pair in not_submitted(state) if pair not in self.rescoring
        )
        self.drawn = tuple(state.drawn)
        self.changes = tuple(
            one
            for one in state.proposals.values()
            if one.status is ProposalStatus.CONFIRMED and one.change in MOVES_RESULT
        )
        self.objections = tuple(state.objections.values())
        self.sheets = [
            PointSheet(
                judge,
                applicant,
                {
                    name: cell.points
                    for name, cell in sheet.cells.items()
                    if cell.points is not None
                },
            )
            for (judge, applicant), sheet in state.sheets.items()
            if sheet.submitted_at is not None and (judge, applicant) not in state.recusals
        ]


def result_digest(state: RoundState) -> str:
    """SHA-256 of the official outcome with the rules' digest, as sign-off freezes it."""
    return digest_of(state.versions[-1].digest, outcome_of(Facts(state)))


def outcome_of(facts: Facts, rule: Rule | None = None) -> Outcome:
    """The official outcome by the rule in force, or by another one.

    A lot counts for the tie of exactly the applicants for whom it was drawn, the last one recorded.

    Raises:
        ValueError: there is a blank on a submitted sheet, and the rule refuses blanks.
    """
    rules, drawn = facts.view.rules, {}
    given = (rules.applicants, rules.criteria, rule or rules.rule, facts.sheets)
    waiting = [set(tie.applicants) for tie in aggregate(*given).ties if tie.awaits_lot]
    for lot in facts.drawn:
        if set(lot.order) in waiting:
            drawn.update({name: place for place, name in enumerate(lot.order, 1)})
    return aggregate(*given, drawn)


def digest_of(rules_digest: str, outcome: Outcome) -> str:
    """SHA-256 of an outcome with the digest of the rules by which it came about."""
    written = _OUTCOME.dump_python(outcome, mode="json")
    return canonical_digest({"rules": rules_digest, "outcome": written})
