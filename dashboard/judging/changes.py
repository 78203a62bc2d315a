"""Kinds of changes that need a second person: what each asks of the round, and how it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from dashboard.errors import JudgingRefused
from dashboard.i18n import gettext as _
from dashboard.i18n import label, moment_text
from dashboard.judging.basis import Facts, outcome_of
from dashboard.judging.checks import (
    active_judge,
    known_applicant,
    known_objection,
    required_text,
    short_text,
)
from dashboard.judging.code_again import code_again
from dashboard.judging.proposed import Change, Proposal
from dashboard.judging.rules_text import rules_json, rules_of
from dashboard.judging.state import RoundState
from dashboard.judging.streams import Streams
from dashboard.judging.views import AFTER_CLOSING, IssuedCode, Phase, RoundRules
from dashboard.review.panel import rule_faults
from dashboard.store.ledger import Writer

_WITNESSES = 2


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
    checked: Callable[[RoundState, Mapping[str, Any], datetime], dict[str, Any]]
    """The content as it is kept, if the round allows it at that time; else it raises, as proposed
    and again as confirmed."""
    carry_out: Callable[[Carrying], IssuedCode | None]
    """Adds the entries that make it so; returns a code that it issued."""


def _sheet_of(state: RoundState, content: Mapping[str, Any], _now: datetime) -> dict[str, Any]:
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
    if known_objection(state, str(objection_id)).is_upheld is False:
        raise JudgingRefused(
            "The objection is not upheld",
            _("Nothing follows from an objection that was not upheld."),
            _("Nothing was changed."),
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


def _judge_of(state: RoundState, content: Mapping[str, Any], _now: datetime) -> dict[str, Any]:
    """Judge of a content, who is on the panel."""
    judge_id = str(content.get("judge_id", ""))
    active_judge(state, judge_id)
    return {"judge_id": judge_id}


def _issue_again(carrying: Carrying) -> IssuedCode:
    proposal = carrying.proposal
    judge_id = proposal.content["judge_id"]
    return code_again(carrying.state, carrying.writer, judge_id, proposal.reason, carrying.by)


def _submitted_sheet(
    state: RoundState, content: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    checked = _sheet_of(state, content, now)
    sheet = state.sheets.get((checked["judge_id"], checked["applicant"]))
    if sheet is None or sheet.submitted_at is None:
        raise JudgingRefused(
            "The sheet is not submitted",
            _("Only a submitted sheet can be scored again."),
            _("Nothing was changed."),
        )
    return checked


def _open_rescoring(carrying: Carrying) -> None:
    proposal = carrying.proposal
    content = {
        "judge_id": proposal.content["judge_id"],
        "applicant": proposal.content["applicant"],
        "reason": proposal.reason,
    }
    carrying.writer.append("rescoring_opened", carrying.by, content)


def _drawn_lot(state: RoundState, content: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    order = list(content["order"])
    drawable = [
        set(tie.applicants)
        for tie in outcome_of(Facts(state)).ties
        if tie.awaits_lot or (tie.step is not None and tie.step.by == "lot")
    ]
    if set(order) not in drawable or len(set(order)) != len(order):
        raise JudgingRefused(
            "No tie waits for this lot",
            _("The lot orders all the applicants of one tie that the rule leaves to it."),
            _("Record the order of exactly those applicants."),
        )
    witnesses = [name.strip() for name in content["witnesses"] if name.strip()]
    if len({"".join(name.split()).casefold() for name in witnesses}) < _WITNESSES:
        raise JudgingRefused(
            "The lot needs witnesses",
            _("At least {count} persons watch the lot being drawn.").format(count=_WITNESSES),
            _("Write their names. Nothing was recorded."),
        )
    drawn_at = datetime.fromisoformat(content["drawn_at"])
    assert state.closed_at is not None, "only of a closed round"
    # The page takes minutes: a lot may be drawn in the minute in which the round was closed.
    closed_at = datetime.fromisoformat(state.closed_at).replace(second=0, microsecond=0)
    if not closed_at <= drawn_at <= now:
        raise JudgingRefused(
            "The time does not fit",
            _("A lot is drawn between closing ({start}) and now ({end}); given: {time}.").format(
                start=moment_text(state.closed_at),
                end=moment_text(now),
                time=moment_text(drawn_at),
            ),
            _("Correct the time. Nothing was recorded."),
        )
    return {
        "order": order,
        "place": required_text(content["place"]),
        "drawn_at": drawn_at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "witnesses": [short_text(name) for name in witnesses],
        "how": required_text(content["how"]),
        **_objection_of(state, content),
    }


def _record_lot(carrying: Carrying) -> None:
    proposal = carrying.proposal
    drawn = {name: proposal.content[name] for name in ("order", "place", "drawn_at", "witnesses")}
    content = {**drawn, "note": proposal.content["how"], "reason": proposal.reason}
    carrying.writer.append("lot_recorded", carrying.by, content)


def _corrected_rule(
    state: RoundState, content: Mapping[str, Any], _now: datetime
) -> dict[str, Any]:
    rules = _with_rule(state, content)
    faults = rule_faults(rules.criteria, rules.rule)
    if rules == state.rules or faults:
        raise JudgingRefused(
            "The rule cannot be corrected so",
            " · ".join(label("rule_fault", fault) for fault in faults)
            or _("It is the rule in force."),
            _("Correct what is named. Nothing was changed."),
        )
    try:
        outcome_of(Facts(state), rules.rule)
    except ValueError as error:
        raise JudgingRefused(
            "The rule cannot be corrected so",
            _("Sheets were submitted with blanks, and this rule takes none with a blank."),
            _("Leave out the judges with a blank. Nothing was changed."),
        ) from error
    return {"rule": rules_json(rules)["rule"], **_objection_of(state, content)}


def _with_rule(state: RoundState, content: Mapping[str, Any]) -> RoundRules:
    return rules_of({**rules_json(state.rules), "rule": content["rule"]})


def _correct_rule(carrying: Carrying) -> None:
    rules = _with_rule(carrying.state, carrying.proposal.content)
    content = {"rules": rules_json(rules), "reason": carrying.proposal.reason}
    carrying.writer.append("rules_changed", carrying.by, content)


KINDS: Mapping[Change, ChangeKind] = MappingProxyType(
    {
        # judge_id, applicant
        Change.RECUSAL: ChangeKind(AFTER_CLOSING, _sheet_of, _recuse),
        # judge_id, applicant
        Change.RESCORING: ChangeKind(AFTER_CLOSING, _submitted_sheet, _open_rescoring),
        # order (applicants, first place first), place, drawn_at (ISO 8601), witnesses, how
        Change.LOT: ChangeKind(AFTER_CLOSING, _drawn_lot, _record_lot),
        # rule (as `rules_text.rules_json` writes it)
        Change.RULE_CORRECTION: ChangeKind(AFTER_CLOSING, _corrected_rule, _correct_rule),
        # judge_id
        Change.CODE_AGAIN: ChangeKind((Phase.SCORING, *AFTER_CLOSING), _judge_of, _issue_again),
    }
)
"""Kind of change → what it asks and does. The comment names the keys of its content, beside
`objection_id` of an objection that it follows from."""
