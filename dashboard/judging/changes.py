"""Kinds of changes that need a second person: what each asks of the round, and how it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from dashboard.errors import JudgingRefused, UsageError
from dashboard.i18n import gettext as _
from dashboard.judging.checks import active_judge, known_applicant
from dashboard.judging.code_again import code_again
from dashboard.judging.proposed import Change, Proposal
from dashboard.judging.state import RoundState
from dashboard.judging.streams import Streams
from dashboard.judging.views import IssuedCode, Phase
from dashboard.store.ledger import Writer

AFTER_CLOSING = (Phase.CLOSED, Phase.SIGNED_OFF)


@dataclass(frozen=True)
class Carrying:
    """A confirmed proposal on its way into the log, with the round held."""

    streams: Streams
    state: RoundState
    """The round before the change; `streams.sign_in_beside` holds its codes, too."""
    writer: Writer
    proposal: Proposal
    by: str
    """Who confirmed."""


@dataclass(frozen=True)
class ChangeKind:
    """One kind of change."""

    phases: tuple[Phase, ...]
    """When it can be proposed and confirmed."""
    checked: Callable[[RoundState, Mapping[str, Any]], dict[str, Any]]
    """The content as it is kept, if the round allows it; else it raises, as proposed and again as
    confirmed."""
    carry_out: Callable[[Carrying], IssuedCode | None]
    """Adds the entries that make it so; returns a code that it issued."""


def _sheet_of(state: RoundState, content: Mapping[str, Any]) -> dict[str, Any]:
    """Judge and applicant of a content, both of this round and not recused yet."""
    judge_id, applicant = str(content.get("judge_id", "")), str(content.get("applicant", ""))
    active_judge(state, judge_id)
    known_applicant(state, applicant)
    if (judge_id, applicant) in state.recusals:
        raise JudgingRefused(
            "The judge is recused already",
            _("The judge is recused from this applicant."),
            _("Nothing was changed."),
        )
    return {"judge_id": judge_id, "applicant": applicant, **_objection_of(state, content)}


def _objection_of(state: RoundState, content: Mapping[str, Any]) -> dict[str, Any]:
    """The objection that a change follows from, if it does."""
    objection_id = content.get("objection_id")
    if not objection_id:
        return {}
    if objection_id not in state.objections:
        raise UsageError(
            "There is no such objection",
            str(objection_id),
            _("Objections: {names}").format(names=", ".join(state.objections)),
        )
    return {"objection_id": objection_id}


def _recuse(carrying: Carrying) -> None:
    proposal = carrying.proposal
    content = {
        "judge_id": proposal.content["judge_id"],
        "applicant": proposal.content["applicant"],
        "is_recused": True,
        "reason": proposal.reason,
    }
    carrying.writer.append("recusal_set", carrying.by, content)


def _judge_of(state: RoundState, content: Mapping[str, Any]) -> dict[str, Any]:
    """Judge of a content, who is on the panel."""
    judge_id = str(content.get("judge_id", ""))
    active_judge(state, judge_id)
    return {"judge_id": judge_id}


def _issue_again(carrying: Carrying) -> IssuedCode:
    proposal = carrying.proposal
    judge_id = proposal.content["judge_id"]
    return code_again(carrying.state, carrying.writer, judge_id, proposal.reason, carrying.by)


KINDS: Mapping[Change, ChangeKind] = MappingProxyType(
    {
        # judge_id, applicant
        Change.RECUSAL: ChangeKind(AFTER_CLOSING, _sheet_of, _recuse),
        # judge_id
        Change.CODE_AGAIN: ChangeKind((Phase.SCORING,), _judge_of, _issue_again),
    }
)
"""Kind of change → what it asks and does. The comment names the keys of its content."""
