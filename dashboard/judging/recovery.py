"""A lost or leaked code of the chair: both deputies together, or the administrator of the server.

The former code and every session opened with it end with the new one, in every phase of the round.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboard.access import Action, Identity
from dashboard.errors import JudgingRefused
from dashboard.i18n import gettext as _
from dashboard.judging.checks import own_round, required_text
from dashboard.judging.code_again import ADMINISTRATOR, code_again
from dashboard.judging.sign_in import CHAIR
from dashboard.judging.state import RoundState
from dashboard.judging.streams import Streams
from dashboard.judging.views import IssuedCode

AGREEMENT_HOLDS = timedelta(days=7)
"""How long one deputy's agreement waits for the other's."""


@dataclass(frozen=True)
class Agreement:
    """One deputy's agreement to a new code of the chair."""

    deputy_id: str
    name: str
    reason: str
    agreed_at: str
    ends_at: str
    """Until when the other deputy's agreement can join it."""


class Recovery:
    """New codes for chairs who have none in their hands alone any more."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams

    def agree(self, identity: Identity, reason: str) -> tuple[IssuedCode, ...]:
        """Agree to a new code of the chair (deputy, with a reason).

        Returns:
            The code as soon as both have agreed within seven days, shown this one time; before
            that nothing.
        """
        round_id = own_round(identity, Action.CONFIRM)
        deputy = identity.deputy_id or ""
        with self._streams.writing(round_id) as (state, writer):
            waiting = {one.deputy_id for one in self._waiting(state)}
            if deputy in waiting:
                raise JudgingRefused(
                    "You have agreed already",
                    _("The other deputy has not agreed yet."),
                    _("Ask the other deputy to sign in and agree, too."),
                )
            reason = required_text(reason)
            writer.append("recovery_agreed", deputy, {"holder": deputy, "reason": reason})
            if not waiting:
                return ()
            return (code_again(state, writer, CHAIR, reason, deputy),)

    def waiting(self, identity: Identity) -> list[Agreement]:
        """Agreements that wait for the other deputy (chair and deputies)."""
        round_id = own_round(identity, Action.READ_PROGRESS)
        with self._streams.reading(round_id) as state:
            return self._waiting(state)

    def on_server(self, round_id: str, holder: str, reason: str, name: str) -> IssuedCode:
        """Issue the chair's or a deputy's code again, as whoever administers the server.

        For the command line alone: whoever can run it can read the workspace anyway.

        Args:
            round_id: the round.
            holder: `chair`, `d1` or `d2`.
            reason: why, for the log.
            name: of the administrator, for the log.
        """
        with self._streams.writing(round_id) as (state, writer):
            if holder not in (CHAIR, *state.deputies):
                raise JudgingRefused(
                    "This code does not come from the server",
                    _("Recovered on the server are the codes of: {names}").format(
                        names=", ".join((CHAIR, *state.deputies))
                    ),
                    _("The chair lets the other codes be issued again."),
                )
            return code_again(state, writer, holder, reason, ADMINISTRATOR, required_text(name))

    def _waiting(self, state: RoundState) -> list[Agreement]:
        found = []
        for deputy, (reason, agreed_at) in state.agreed.items():
            ends = datetime.fromisoformat(agreed_at) + AGREEMENT_HOLDS
            if self._streams.now() <= ends:
                name = state.deputies[deputy]
                found.append(Agreement(deputy, name, reason, agreed_at, ends.isoformat()))
        return found
