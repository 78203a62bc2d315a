"""The people of a round: judges assigned, renamed, withdrawn and replaced, contacts of applicants.

A judge who is withdrawn keeps the id, so that the log stays readable; a new one gets the next
number. What a withdrawn judge scored counts no more and is shown to nobody.
"""

from dashboard.access import Action, Identity
from dashboard.errors import JudgingRefused
from dashboard.i18n import gettext as _
from dashboard.judging.checks import (
    active_judge,
    in_phase,
    known_applicant,
    own_round,
    required_text,
)
from dashboard.judging.code_again import code_again
from dashboard.judging.sign_in import APPLICANT, CHAIR, issue
from dashboard.judging.state import RoundState
from dashboard.judging.streams import Streams, sign_in_stream
from dashboard.judging.views import IssuedCode, Phase
from dashboard.store.ledger import Writer

_BEFORE_CLOSING = (Phase.DRAFT, Phase.SEALED, Phase.SCORING)


class People:
    """Who takes part in the rounds."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams

    def rename_judge(self, identity: Identity, judge_id: str, name: str, reason: str) -> None:
        """Correct a judge's name (chair, with a reason, before closing). Code and sheets stay."""
        round_id = own_round(identity, Action.RUN_ROUND)
        with self._streams.writing(round_id) as (state, writer):
            in_phase(state, *_BEFORE_CLOSING)
            active_judge(state, judge_id)
            content = {"judge_id": judge_id, "name": required_text(name)}
            content["reason"] = required_text(reason)
            writer.append("judge_renamed", CHAIR, content)

    def withdraw_judge(self, identity: Identity, judge_id: str, reason: str) -> None:
        """Take a judge off the panel (chair, with a reason, before closing).

        The code ends at once. What the judge scored counts no more and is shown to nobody, as
        after a recusal; it cannot be undone. After closing a judge is recused instead.
        """
        round_id = own_round(identity, Action.RUN_ROUND)
        with self._streams.writing(round_id) as (state, writer):
            _withdraw(state, writer, judge_id, {"reason": required_text(reason)})

    def replace_judge(
        self, identity: Identity, judge_id: str, name: str, reason: str
    ) -> IssuedCode:
        """Put another judge in the place of one who is withdrawn; returns the new one's code.

        The new judge gets the next number and begins with empty sheets.
        """
        round_id = own_round(identity, Action.RUN_ROUND)
        with self._streams.writing(round_id) as (state, writer):
            successor, name = f"j{len(state.judges) + 1}", required_text(name)
            content = {"reason": required_text(reason), "replaced_by": successor}
            _withdraw(state, writer, judge_id, content)
            assigned = {"judge_id": successor, "name": name, "replaces": judge_id}
            writer.append("judge_assigned", CHAIR, assigned)
            return issue(round_id, writer.beside(sign_in_stream(round_id)), successor, name)

    def name_contact(self, identity: Identity, applicant: str, name: str) -> IssuedCode:
        """Issue an applicant's code to its contact, shown this one time (chair).

        With it the contact objects for the own region, and for no other. A later one replaces it.
        """
        round_id = own_round(identity, Action.RUN_ROUND)
        with self._streams.writing(round_id) as (state, writer):
            known_applicant(state, applicant)
            name = required_text(name)
            writer.append("contact_named", CHAIR, {"applicant": applicant, "name": name})
            codes = writer.beside(sign_in_stream(round_id))
            return issue(round_id, codes, f"{APPLICANT}{applicant}", name)

    def contacts(self, identity: Identity) -> dict[str, str]:
        """Applicant → name of its contact, where one has a code (chair)."""
        round_id = own_round(identity, Action.RUN_ROUND)
        with self._streams.reading(round_id) as state:
            return dict(state.contacts)

    def issue_again(self, identity: Identity, holder: str, reason: str) -> IssuedCode:
        """Issue a code again (chair, with a reason, in the round's log). Sheets stay.

        Whose: the chair's own, an applicant's, or a judge's. A judge's from opening on is proposed
        to a deputy instead, who hands the new code over: the chair, seeing it, could score in the
        judge's name, also a sheet that is scored again after closing. A deputy's comes from the
        administrator of the server.
        """
        round_id = own_round(identity, Action.RUN_ROUND)
        with self._streams.writing(round_id) as (state, writer):
            if holder in state.judges and state.opened_at and state.deputies:
                raise JudgingRefused(
                    "This needs a second person",
                    _("From opening on the chair does not see a judge's new code."),
                    _("Propose it with the reason; a deputy confirms and hands the code over."),
                )
            if holder in state.deputies:
                raise JudgingRefused(
                    "A deputy's code does not come from the chair",
                    _("Who holds the chair's and a deputy's code is no second person."),
                    _("Ask the administrator of the server: panel recover-deputy ROUND d1"),
                )
            return code_again(state, writer, holder, reason, CHAIR)


def _withdraw(state: RoundState, writer: Writer, judge_id: str, content: dict[str, str]) -> None:
    in_phase(state, *_BEFORE_CLOSING)
    active_judge(state, judge_id)
    writer.append("judge_withdrawn", CHAIR, {"judge_id": judge_id, **content})
    codes = writer.beside(sign_in_stream(state.round_id))
    codes.append("code_revoked", CHAIR, {"holder": judge_id})
