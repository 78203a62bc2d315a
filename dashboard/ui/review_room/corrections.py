"""Changes of a closed round's result that the chair proposes: rescoring, a correction of the rule.

Each form returns the change and its content, as the proposal takes it.
"""

from dataclasses import replace

import streamlit as st

from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.judging.objecting import Opening
from dashboard.judging.proposed import Change
from dashboard.judging.result_view import PanelResult
from dashboard.judging.rules_text import rules_json
from dashboard.render.screen.texts import draw_text
from dashboard.ui.reader import reader
from dashboard.ui.review_room.rules_form import rule_fields
from dashboard.ui.review_room.signed_in import attempt, judging, say_proposed

KINDS = (Change.RESCORING, Change.LOT, Change.RULE_CORRECTION)


def opening_form(found: PanelResult, kind: Change, key: str, applicant: str = "") -> Opening:
    """What one kind of change needs to be said; nothing of a lot, which is drawn afterwards.

    Args:
        found: the result as the chair sees it.
        kind: one of `KINDS`.
        key: of its fields on the page.
        applicant: whose sheet comes first in the choice.
    """
    if kind is Change.RESCORING:
        return Opening(kind, _sheet(found, key, applicant))
    if kind is Change.RULE_CORRECTION:
        rules = found.round.rules
        rule = rule_fields(f"{key}-rule", rules, rules.criteria)
        return Opening(kind, {"rule": rules_json(replace(rules, rule=rule))["rule"]})
    draw_text(_("The lot is drawn afterwards and recorded above, beside the equal scores."), "weak")
    return Opening(kind, {})


def _sheet(found: PanelResult, key: str, applicant: str) -> dict[str, str]:
    """Judge and applicant of one sheet."""
    codes = list(found.round.rules.applicants)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        judge = st.selectbox(
            _("Judge"),
            list(found.judges),
            format_func=lambda judge_id: found.judges[judge_id],
            key=f"{key}-judge",
            width=240,
        )
        region = st.selectbox(
            _("Applicant"),
            codes,
            index=codes.index(applicant) if applicant in codes else 0,
            format_func=lambda code: label("region", code),
            key=f"{key}-applicant",
            width=240,
        )
    return {"judge_id": str(judge), "applicant": str(region)}


def corrections(found: PanelResult) -> None:
    """Proposing a change without an objection, or again after a deputy declined it."""
    with st.expander(_("Propose a change of the result")):
        draw_text(
            _(
                "It needs a deputy's confirmation. The reason is public, so name no judge in it. A "
                "result that is signed is opened again by it and stays readable as it was."
            ),
            "weak",
        )
        kind = st.radio(
            _("What changes"),
            (Change.RESCORING, Change.RULE_CORRECTION),
            format_func=lambda one: label("change_kind", one),
            key="room-correct-kind",
            horizontal=True,
        )
        opening = opening_form(found, kind, "room-correct")
        pending = {"": _("of none")} | {
            one.objection_id: _objection_name(one.objection_id, one.applicant)
            for one in found.objections
            if one.is_pending
        }
        if len(pending) > 1:
            objection_id = st.selectbox(
                _("Follows from the objection"),
                list(pending),
                format_func=lambda name: pending[name],
                key="room-correct-objection",
            )
            opening = Opening(kind, {**opening.content, "objection_id": objection_id})
        reason = st.text_input(_("Reason"), key="room-correct-why", max_chars=2000)
        # In the run of the press all fields say what the page shows.
        if st.button(_("Propose it"), key="room-correct-do"):
            _propose(opening, reason)
            st.rerun()


def _objection_name(objection_id: str, applicant: str) -> str:
    return f"{objection_id.removeprefix('o')} · {label('region', applicant)}"


def _propose(opening: Opening, reason: str) -> None:
    with attempt():
        say_proposed(
            judging().proposals.propose(reader().identity, opening.change, opening.content, reason)
        )
