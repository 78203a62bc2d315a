"""What an objection, its answer and the sign-off ask of a round."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from dashboard.errors import JudgingRefused
from dashboard.i18n import date_text
from dashboard.i18n import gettext as _
from dashboard.i18n.quantities import KOREA
from dashboard.judging.checks import known_objection
from dashboard.judging.proposed import MOVES_RESULT, Change, ProposalStatus
from dashboard.judging.state import RoundState
from dashboard.review.aggregation import Outcome


@dataclass(frozen=True)
class Letter:
    """A letter by which an applicant objected."""

    sender: str
    received_on: date
    """The day in Korea."""


@dataclass(frozen=True)
class Opening:
    """What an objection that is upheld opens."""

    change: Change
    content: Mapping[str, Any]
    """As the kind takes it (`judging/changes.py`); empty for a lot, which is drawn afterwards."""


def required_letter(letter: Letter | None) -> Letter:
    """The letter that the chair records.

    Raises:
        JudgingRefused: none was named.
    """
    if letter is None:
        raise JudgingRefused(
            "The letter is not named",
            _("The chair records an objection that came by letter."),
            _("Write who sent it and on which day it was received. Nothing was recorded."),
        )
    return letter


def received_at(letter: Letter, state: RoundState, now: datetime) -> datetime:
    """When a letter counts as handed in: the end of its day, or now if it came today.

    Raises:
        JudgingRefused: the day is to come, or lies before the round was closed.
    """
    today = now.astimezone(KOREA).date()
    assert state.closed_at is not None, "only of a closed round"
    closed_on = datetime.fromisoformat(state.closed_at).astimezone(KOREA).date()
    if not closed_on <= letter.received_on <= today:
        raise JudgingRefused(
            "The day does not fit",
            _("A letter was received between {start} and {end}; given: {day}.").format(
                start=date_text(closed_on.isoformat()),
                end=date_text(today.isoformat()),
                day=date_text(letter.received_on.isoformat()),
            ),
            _("Correct the day. Nothing was recorded."),
        )
    if letter.received_on == today:
        return now
    return datetime.combine(letter.received_on, time(), KOREA) + timedelta(days=1, microseconds=-1)


def require_answerable(state: RoundState, objection_id: str) -> None:
    """Refuse a second answer, unless a deputy declined what the first one opened.

    Raises:
        UsageError: there is no such objection.
        JudgingRefused: it is answered.
    """
    known_objection(state, objection_id)
    if not is_answerable(state, objection_id):
        raise JudgingRefused(
            "The objection is answered already",
            _("An answer is given once."),
            _("Nothing was changed."),
        )


def is_answerable(state: RoundState, objection_id: str) -> bool:
    """Whether a known objection is not answered, or a deputy declined what its answer opened."""
    objection = state.objections[objection_id]
    opened = [
        one for one in state.proposals.values() if one.content.get("objection_id") == objection_id
    ]
    is_declined = bool(opened) and opened[-1].status is ProposalStatus.DECLINED
    return objection.answered_at is None or (objection.is_pending and is_declined)


def require_consequence(is_upheld: bool, opens: Opening | None, nothing_because: str) -> None:
    """Refuse an answer that leaves open what follows from it.

    Raises:
        JudgingRefused: it is upheld without a consequence or a reason for none, or has both, or is
            not upheld and opens something.
    """
    if is_upheld:
        fits = (opens is None) == bool(nothing_because.strip())
    else:
        fits = opens is None and not nothing_because.strip()
    if not fits:
        raise JudgingRefused(
            "What follows from the answer is not said",
            _(
                "An objection that is upheld opens a rescoring, a lot or a correction of the rule, "
                "or changes nothing for a reason that is written down. One that is not opens none."
            ),
            _("Choose one of them. Nothing was recorded."),
        )


def require_settled(state: RoundState, outcome: Outcome) -> None:
    """Refuse to sign while something of the result is still open.

    Raises:
        JudgingRefused: naming the first thing that is.
    """
    objections = state.objections.values()
    waiting = [
        one
        for one in state.proposals.values()
        if one.status is ProposalStatus.WAITING and one.change in MOVES_RESULT
    ]
    open_ones = (
        (
            sum(one.answered_at is None for one in objections),
            _("Objections without answer: {count}."),
        ),
        (len(waiting), _("Changes that wait for a deputy: {count}.")),
        (len(state.rescoring), _("Sheets that are being scored again: {count}.")),
        (
            sum(one.is_pending for one in objections),
            _("Objections upheld of which the consequence is not carried out: {count}."),
        ),
        (sum(tie.awaits_lot for tie in outcome.ties), _("Ties that wait for the lot: {count}.")),
    )
    for count, sentence in open_ones:
        if count:
            raise unsigned(sentence.format(count=count))


def unsigned(message: str) -> JudgingRefused:
    """The refusal to sign."""
    return JudgingRefused(
        "The result cannot be signed yet", message, _("Settle this first. Nothing was changed.")
    )
