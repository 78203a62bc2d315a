"""What waits for the second person: the chair can withdraw it, a deputy confirm or decline it."""

import streamlit as st

from dashboard.access import Role
from dashboard.content.proposed_changes import change_details, change_sentence, reason_text
from dashboard.i18n import gettext as _
from dashboard.i18n import label, moment_text
from dashboard.judging.practice_names import progress_named
from dashboard.judging.proposed import Proposal, ProposalStatus
from dashboard.judging.views import RoundView
from dashboard.render.screen.tables import Heading, StyledCell, draw_table
from dashboard.render.screen.texts import Toned, draw_list, draw_text
from dashboard.ui.reader import Reader, reader
from dashboard.ui.review_room.issued_codes import keep_issued
from dashboard.ui.review_room.signed_in import attempt, judging, say

_WHY = "room-decline-why"


def proposals_section(view: RoundView, now: Reader) -> None:
    """Draw what waits, and what was decided; for the chair and the deputies of the round."""
    proposals = judging().proposals.listed(now.identity)
    is_deputy = now.identity.role is Role.DEPUTY
    if not proposals and not is_deputy:
        return
    st.markdown("## " + _("Changes that need a second person"))
    names = judge_names(now)
    waiting = [one for one in proposals if one.status is ProposalStatus.WAITING]
    if not waiting:
        draw_text(_("Nothing waits for a deputy."), "weak")
    for proposal in waiting:
        with st.container(border=True, key=f"cr-proposal-{proposal.proposal_id}"):
            _described(view, proposal, names)
            if is_deputy:
                _decision(view, proposal, names)
            else:
                st.button(
                    _("Withdraw it"),
                    key=f"room-withdraw-{proposal.proposal_id}",
                    on_click=_withdraw,
                    args=(proposal.proposal_id,),
                )
    _decided(view, [one for one in proposals if one not in waiting], names)


def judge_names(now: Reader) -> dict[str, str]:
    """Judge → name, for a chair or a deputy."""
    progress = progress_named(judging().sheets.progress(now.identity))
    return {judge.judge_id: judge.name for judge in progress.judges}


def _described(view: RoundView, proposal: Proposal, names: dict[str, str]) -> None:
    draw_text(Toned(change_sentence(proposal, names), "strong"))
    _details(view, proposal)
    draw_text(_("Reason: {reason}").format(reason=reason_text(proposal.reason)))
    if proposal.content.get("objection_id"):
        draw_text(
            _("It follows from the objection {number}.").format(
                number=str(proposal.content["objection_id"]).removeprefix("o")
            )
        )
    draw_text(_("Proposed {time}").format(time=moment_text(proposal.proposed_at)), "weak")


def _details(view: RoundView, proposal: Proposal) -> None:
    details = change_details(proposal, view.rules)
    if details and proposal.status is ProposalStatus.WAITING:
        draw_list(details, "rule")


def _decision(view: RoundView, proposal: Proposal, names: dict[str, str]) -> None:
    """Both ways for a deputy: a press and a second one, or a reason."""
    key = proposal.proposal_id
    if st.button(_("Confirm …"), key=f"room-confirm-{key}", type="primary"):
        st.dialog(_("Confirm"))(_sure)(view, proposal, names)
    st.text_input(_("Why it is declined"), key=f"{_WHY}-{key}", max_chars=2000)
    st.button(_("Decline"), key=f"room-decline-{key}", on_click=_decline, args=(key,))


def _sure(view: RoundView, proposal: Proposal, names: dict[str, str]) -> None:
    draw_text(change_sentence(proposal, names))
    _details(view, proposal)
    draw_text(_("It happens at once, and your name stands beside it in the log."), "weak")
    with st.container(horizontal=True):
        if st.button(_("Yes, I confirm it"), key="room-confirm-sure", type="primary"):
            with attempt():
                done = judging().proposals.confirm(reader().identity, proposal.proposal_id)
                if done.issued is not None:
                    keep_issued(done.issued)
                say(_("Confirmed and carried out."))
            st.rerun()
        if st.button(_("Not yet"), key="room-confirm-not"):
            st.rerun()


def _decline(proposal_id: str) -> None:
    with attempt():
        why = st.session_state[f"{_WHY}-{proposal_id}"]
        judging().proposals.decline(reader().identity, proposal_id, why)
        say(_("Declined, with the reason."))


def _withdraw(proposal_id: str) -> None:
    with attempt():
        judging().proposals.withdraw(reader().identity, proposal_id)
        say(_("The proposal is withdrawn."))


def _decided(view: RoundView, proposals: list[Proposal], names: dict[str, str]) -> None:
    if not proposals:
        return
    title = _("Changes already decided")
    deputies = dict(zip(("d1", "d2"), view.deputies, strict=False))
    draw_table(
        [_("What changes"), _("Reason"), _("Decision"), Heading(_("Time"), "date"), _("By")],
        [
            [
                change_sentence(one, names),
                reason_text(one.reason),
                [label("proposal_status", one.status), Toned(one.why)],
                StyledCell(moment_text(one.decided_at), order=one.decided_at or ""),
                deputies.get(one.decided_by, label("access_role", one.decided_by)),
            ]
            for one in proposals
        ],
        title,
        key="proposals",
        label=title,
    )
