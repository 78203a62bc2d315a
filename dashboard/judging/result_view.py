"""The result of a closed round as a reader may see it."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.judging.proposed import Proposal
from dashboard.judging.views import Lot, Objection, RoundView
from dashboard.review.aggregation import Outcome
from dashboard.review.agreement import Concordance, Spread
from dashboard.review.panel_robustness import PanelRobustness, Reference
from dashboard.review.ties import TieDecision
from dashboard.store.checkpoint import Head


@dataclass(frozen=True)
class PanelResult:
    """Official result, agreement, references and robustness of a closed round."""

    round: RoundView
    is_practice: bool
    is_final: bool
    """Signed off."""
    digest: str
    """SHA-256 of the official outcome with the rules' digest, as sign-off freezes it."""
    log: Head
    """The end of the round's log when the result was read: printed, it proves the log later."""
    outcome: Outcome
    """`JudgeTotal.judge_id` is empty, and totals go by size, for whoever is not the chair."""
    judges: Mapping[str, str]
    """Judge → name; empty for whoever is not the chair."""
    recusals: tuple[tuple[str, str], ...]
    """Applicant and judge who is recused; the judge is empty for whoever is not the chair."""
    not_submitted: tuple[tuple[str, str], ...]
    """Applicant and judge whose sheet was not submitted and does not count; judge as above."""
    withdrawn: tuple[tuple[str, str], ...]
    """Name of a judge taken off the panel before closing, and why; both are empty for whoever is
    not the chair."""
    spread: tuple[Spread, ...]
    concordance: Concordance
    references: tuple[Reference, ...]
    robustness: PanelRobustness | None
    """None: nobody has a score."""
    objections: tuple[Objection, ...]
    lots: tuple[Lot, ...]
    rescoring: tuple[tuple[str, str], ...]
    """Applicant and judge whose sheet is being scored again and does not count; judge as above."""
    changes: tuple[Proposal, ...]
    """What was confirmed and moved the result, oldest first; the judge's id only for the chair."""
    number: int
    """Which version of the result this is, or will be once it is signed; from 1."""
    former: Outcome | None
    """The outcome of the version signed before this one; None: this is the first."""

    @property
    def open_ties(self) -> tuple[TieDecision, ...]:
        """Equals of whom only a lot can say who is before."""
        return tuple(tie for tie in self.outcome.ties if tie.awaits_lot)
