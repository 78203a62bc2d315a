"""A code issued again: with a reason, in the round's log, and the former one ends with it."""

from dashboard.errors import UsageError
from dashboard.i18n import gettext as _
from dashboard.judging.checks import active_judge, required_text
from dashboard.judging.sign_in import APPLICANT, CHAIR, issue
from dashboard.judging.state import RoundState
from dashboard.judging.streams import sign_in_stream
from dashboard.judging.views import IssuedCode
from dashboard.store.ledger import Writer

ADMINISTRATOR = "administrator"
"""The actor of what is done on the server, without a code."""


def code_again(
    state: RoundState, writer: Writer, holder: str, reason: str, by: str, name: str = ""
) -> IssuedCode:
    """Issue a holder's code again in a round that is held; sheets stay.

    Args:
        state: the round.
        writer: its log; the log of its codes is written in the same transaction.
        holder: whose code; see `IssuedCode.holder`.
        reason: why, for the log.
        by: who lets it happen: `chair`, a deputy's id, or `ADMINISTRATOR`.
        name: of whoever acted, where the actor does not say it.

    Raises:
        UsageError: nobody of the round has this id.
        JudgingRefused: no reason, or the judge is withdrawn.
    """
    content = {"holder": holder, "reason": required_text(reason), "by": name or by}
    whose = _name_of(state, holder)
    writer.append("code_issued_again", by, content)
    return issue(state.round_id, writer.beside(sign_in_stream(state.round_id)), holder, whose)


def _name_of(state: RoundState, holder: str) -> str:
    contacts = {f"{APPLICANT}{region}": name for region, name in state.contacts.items()}
    people = {CHAIR: state.chair, **state.deputies, **state.judges, **contacts}
    if holder not in people:
        raise UsageError(
            "Nobody of the round has this id",
            holder,
            _("People of the round: {names}").format(names=", ".join(people)),
        )
    if holder in state.judges:
        active_judge(state, holder)
    return people[holder]
