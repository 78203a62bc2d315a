"""The second person: what the chair proposes, a deputy confirms, and only then it happens.

Never the same person: the chair proposes and may withdraw, a deputy confirms or declines. What is
confirmed is carried out in the same transaction, and refused if the round no longer allows it. A
round that was made before there were deputies has none: there the chair goes on alone, and the log
says so.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dashboard.access import Action, Identity, Role, may
from dashboard.errors import AccessDenied, JudgingRefused, UsageError
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.judging.changes import KINDS, Carrying, ChangeKind
from dashboard.judging.checks import in_phase, own_round, required_text
from dashboard.judging.proposed import Change, Confirmed, Proposal, ProposalStatus
from dashboard.judging.sign_in import CHAIR
from dashboard.judging.state import RoundState
from dashboard.judging.streams import Streams
from dashboard.store.ledger import Writer


class Proposals:
    """Changes of the rounds that need a second person."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams

    def propose(
        self, identity: Identity, change: Change, content: Mapping[str, Any], reason: str
    ) -> Confirmed | Proposal:
        """Propose a change (chair); in a round without deputies it is carried out at once.

        Args:
            identity: the chair.
            change: which kind.
            content: what is to change; the keys are those of the kind (`judging/changes.py`).
            reason: why. That of a change which moves a result is public.

        Returns:
            The proposal, which waits for a deputy; or what was carried out.
        """
        round_id = own_round(identity, Action.RUN_ROUND)
        with self._streams.writing(round_id) as (state, writer):
            return propose_in(self._streams, state, writer, change, content, reason)

    def confirm(self, identity: Identity, proposal_id: str) -> Confirmed:
        """Let a proposal happen, now (deputy).

        Raises:
            AccessDenied: whoever is no deputy of the round, the chair above all.
            JudgingRefused: it is decided already, or the round no longer allows it.
        """
        round_id, deputy = _deputy(identity)
        with self._streams.writing(round_id) as (state, writer):
            _require_deputy(state, deputy)
            proposal = _waiting(state, proposal_id)
            kind = _kind(proposal.change)
            in_phase(state, *kind.phases)
            kind.checked(state, proposal.content, self._streams.now())
            return _carry_out(self._streams, state, writer, proposal, deputy)

    def decline(self, identity: Identity, proposal_id: str, reason: str) -> Proposal:
        """Refuse a proposal with a reason (deputy). The chair may propose it again."""
        round_id, deputy = _deputy(identity)
        with self._streams.writing(round_id) as (state, writer):
            _require_deputy(state, deputy)
            _waiting(state, proposal_id)
            content = {"proposal_id": proposal_id, "reason": required_text(reason)}
            writer.append("change_declined", deputy, content)
        return self._one(round_id, proposal_id)

    def withdraw(self, identity: Identity, proposal_id: str) -> Proposal:
        """Take a proposal back that still waits (chair)."""
        round_id = own_round(identity, Action.RUN_ROUND)
        with self._streams.writing(round_id) as (state, writer):
            _waiting(state, proposal_id)
            writer.append("proposal_withdrawn", CHAIR, {"proposal_id": proposal_id})
        return self._one(round_id, proposal_id)

    def listed(self, identity: Identity) -> list[Proposal]:
        """All proposals of the own round, the newest first, for the chair and the deputies."""
        if not may(identity, Action.CONFIRM):
            own_round(identity, Action.RUN_ROUND)
        assert identity.round_id is not None, "chairs and deputies are so in a round"
        with self._streams.reading(identity.round_id) as state:
            if identity.role is Role.DEPUTY:
                _require_deputy(state, identity.deputy_id or "")
            return list(reversed(state.proposals.values()))

    def _one(self, round_id: str, proposal_id: str) -> Proposal:
        with self._streams.reading(round_id) as state:
            return state.proposals[proposal_id]


def propose_in(
    streams: Streams,
    state: RoundState,
    writer: Writer,
    change: Change,
    content: Mapping[str, Any],
    reason: str,
) -> Confirmed | Proposal:
    """The same in a round that is held already, as `Proposals.propose` says.

    Raises:
        JudgingRefused: the phase or the state does not allow it, or the same waits already.
    """
    kind = _kind(change)
    in_phase(state, *kind.phases)
    checked = kind.checked(state, content, streams.now())
    if any(
        (one.change, one.content) == (change, checked) and one.status is ProposalStatus.WAITING
        for one in state.proposals.values()
    ):
        raise JudgingRefused(
            "The same is proposed already",
            _("{change}: it waits for a deputy.").format(change=label("change_kind", change)),
            _("Wait for the deputy, or withdraw it first."),
        )
    proposal_id = f"p{len(state.proposals) + 1}"
    entry = writer.append(
        "change_proposed",
        CHAIR,
        {
            "proposal_id": proposal_id,
            "change": change,
            "content": checked,
            "reason": required_text(reason),
        },
    )
    proposal = Proposal(
        proposal_id, change, entry.content["content"], entry.content["reason"], entry.written_at
    )
    return proposal if state.deputies else _carry_out(streams, state, writer, proposal, CHAIR)


def _carry_out(
    streams: Streams, state: RoundState, writer: Writer, proposal: Proposal, by: str
) -> Confirmed:
    entry = writer.append("change_confirmed", by, {"proposal_id": proposal.proposal_id})
    issued = _kind(proposal.change).carry_out(Carrying(streams, state, writer, proposal, by))
    done = replace(
        proposal, status=ProposalStatus.CONFIRMED, decided_by=by, decided_at=entry.written_at
    )
    return Confirmed(done, issued)


def _kind(change: Change) -> ChangeKind:
    if change not in KINDS:
        raise UsageError(
            "There is no such change",
            str(change),
            _("Kinds: {names}").format(names=", ".join(KINDS)),
        )
    return KINDS[change]


def _deputy(identity: Identity) -> tuple[str, str]:
    return own_round(identity, Action.CONFIRM), identity.deputy_id or ""


def _require_deputy(state: RoundState, deputy: str) -> None:
    if deputy not in state.deputies:
        raise AccessDenied(
            "This is not open to you",
            _("You are no deputy of this round."),
            _("Sign in with a deputy's code of this round."),
        )


def _waiting(state: RoundState, proposal_id: str) -> Proposal:
    proposal = state.proposals.get(proposal_id)
    if proposal is None:
        raise UsageError(
            "There is no such proposal",
            proposal_id,
            _("Proposals: {names}").format(names=", ".join(state.proposals)),
        )
    if proposal.status is not ProposalStatus.WAITING:
        raise JudgingRefused(
            "The proposal is decided already",
            _("{change}: {status}.").format(
                change=label("change_kind", proposal.change),
                status=label("proposal_status", proposal.status),
            ),
            _("Nothing was changed."),
        )
    return proposal
