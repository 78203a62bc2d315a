"""The result of a closed round as a reader may see it."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.judging.views import Lot, Objection, RoundView
from dashboard.review.aggregation import Outcome
from dashboard.review.agreement import Concordance, Spread
from dashboard.review.panel_robustness import PanelRobustness, Reference
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
