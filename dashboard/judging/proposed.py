"""What a chair proposed, for which a second person is needed, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dashboard.judging.views import IssuedCode


class Change(StrEnum):
    """What only two persons together can do. Labels: code list `change_kind`."""

    RECUSAL = "recusal"
    """After closing: a judge counts no more for an applicant."""
    RESCORING = "rescoring"
    """A judge scores one submitted sheet again."""
    LOT = "lot"
    """A lot that was drawn for a tie, for the first time or again."""
    RULE_CORRECTION = "rule_correction"
    """The rule as it is applied; applicants and criteria stay."""
    CODE_AGAIN = "code_again"
    """A judge's new code, from opening on."""


MOVES_RESULT = frozenset({Change.RECUSAL, Change.RESCORING, Change.LOT, Change.RULE_CORRECTION})
"""Changes after which a result is another one: a signed round is open again with them."""
FIRST_LOT = "Equal by every step of the rule before the lot"
"""The reason of a lot drawn for the first time, as the log keeps it in whatever language."""
NAMES_JUDGE = frozenset({Change.RECUSAL, Change.RESCORING, Change.CODE_AGAIN})
"""Changes whose content says which judge: read by chair and deputies, and by that judge."""


class ProposalStatus(StrEnum):
    """What became of a proposal. Labels: code list `proposal_status`."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Proposal:
    """A change that the chair proposed."""

    proposal_id: str
    """`p1`, `p2`, …"""
    change: Change
    content: Mapping[str, Any]
    """What is to change, as JSON; its keys are those of the kind (`judging/changes.py`)."""
    reason: str
    proposed_at: str
    status: ProposalStatus = ProposalStatus.WAITING
    decided_by: str = ""
    """`d1` or `d2`; `chair` where it was withdrawn, or where the round has no deputies."""
    decided_at: str | None = None
    why: str = ""
    """Why a deputy declined it."""


@dataclass(frozen=True)
class Confirmed:
    """A proposal that was carried out."""

    proposal: Proposal
    issued: IssuedCode | None = None
    """The code that it issued, shown this one time to whoever confirmed."""
