"""Checks that several parts of judging share: who, in which phase, with which words."""

import re

from dashboard.access import Action, Identity, require
from dashboard.errors import JudgingRefused, UsageError
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.judging.state import RoundState
from dashboard.judging.views import Objection, Phase

LONGEST_TEXT = 2000
"""Characters of a comment, a reason, an objection or an answer."""
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
"""Marks that nobody sees: some turn what stands after them, as in a name on a slip."""


def own_round(identity: Identity, action: Action) -> str:
    """The round of a judge or chair who may do this.

    Raises:
        AccessDenied: the role may not.
    """
    require(identity, action)
    assert identity.round_id is not None, "judges and chairs are so in a round"
    return identity.round_id


def round_read(identity: Identity, action: Action, round_id: str | None) -> str:
    """The round that somebody who may do this reads: the own one, or the one named.

    Raises:
        AccessDenied: the role may not, or it is another round's judge or chair.
        UsageError: no round was named.
    """
    chosen = round_id or identity.round_id
    if chosen is None:
        raise UsageError(
            "There is no such round", _("No round was named."), _("Choose a round from the list.")
        )
    require(identity, action, chosen)
    return chosen


def in_phase(state: RoundState, *phases: Phase) -> None:
    """Refuse what another phase of the round would allow.

    Raises:
        JudgingRefused: naming the phase the round is in.
    """
    if state.phase not in phases:
        raise JudgingRefused(
            "The round does not allow this now",
            _("State of the round: {phase}. This is possible only in: {phases}.").format(
                phase=label("round_phase", state.phase),
                phases=", ".join(label("round_phase", phase) for phase in phases),
            ),
            _("Nothing was changed."),
        )


def known_judge(state: RoundState, judge_id: str) -> None:
    """Refuse a judge who is not on the panel.

    Raises:
        UsageError: naming those who are.
    """
    if judge_id not in state.judges:
        raise UsageError(
            "There is no such judge",
            judge_id,
            _("On the panel: {names}").format(names=", ".join(state.judges)),
        )


def active_judge(state: RoundState, judge_id: str) -> None:
    """Refuse a judge who is not on the panel, or no longer.

    Raises:
        UsageError: naming those who are.
        JudgingRefused: the judge is withdrawn.
    """
    known_judge(state, judge_id)
    if judge_id in state.withdrawn:
        raise JudgingRefused(
            "The judge is withdrawn",
            _("{name} is on the panel no more.").format(name=state.judges[judge_id]),
            _("Nothing was changed."),
        )


def known_applicant(state: RoundState, applicant: str) -> None:
    """Refuse a region that did not apply.

    Raises:
        UsageError: naming those that did.
    """
    if applicant not in state.rules.applicants:
        raise UsageError(
            "This region is no applicant of the round",
            applicant,
            _("Applicants: {names}").format(names=", ".join(state.rules.applicants)),
        )


def known_objection(state: RoundState, objection_id: str) -> Objection:
    """An objection that was handed in.

    Raises:
        UsageError: naming those that there are.
    """
    if objection_id not in state.objections:
        raise UsageError(
            "There is no such objection",
            objection_id,
            _("Objections: {names}").format(names=", ".join(state.objections)),
        )
    return state.objections[objection_id]


def required_text(text: str) -> str:
    """A reason, name or text that must be given.

    Raises:
        JudgingRefused: it is empty or too long.
    """
    kept = short_text(text)
    if not kept:
        raise JudgingRefused(
            "A text is missing",
            _("This is recorded with a name or a reason, and none was given."),
            _("Write it, and try again."),
        )
    return kept


def short_text(text: str) -> str:
    """A text of bearable length, without blanks around it or marks that nobody sees.

    Raises:
        JudgingRefused: it is too long.
    """
    stripped = _UNSEEN.sub("", text).strip()
    if len(stripped) > LONGEST_TEXT:
        raise JudgingRefused(
            "The text is too long",
            _("It has {count} characters; {limit} are kept.").format(
                count=len(stripped), limit=LONGEST_TEXT
            ),
            _("Shorten it. Nothing was saved of it."),
        )
    return stripped
