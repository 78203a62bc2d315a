"""The result of a closed round: official ranking, ties, spread, and its sign-off."""

from collections.abc import Sequence

import streamlit as st

from dashboard.access import Role
from dashboard.content.panel import tie_sentence
from dashboard.content.panel_rule import (
    points,
    rule_sentences,
    score_text,
    stage_name,
)
from dashboard.errors import ClusterReviewError
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.judging.result_view import PanelResult
from dashboard.judging.texts import head_line
from dashboard.judging.views import Phase, RoundView
from dashboard.render.screen.html import draw
from dashboard.render.screen.local_time import moment_text
from dashboard.render.screen.panel_scores import panel_scores_chart
from dashboard.render.screen.tables import Heading, draw_table
from dashboard.render.screen.texts import Toned, Words, draw_list, draw_text
from dashboard.review.aggregation import ApplicantScore, JudgeTotal
from dashboard.ui.review_room.firmness import agreement_section, firmness_section
from dashboard.ui.review_room.objections import objections_section
from dashboard.ui.review_room.signed_in import Reader, attempt, judging, reader, refused, say

_LOT, _LOT_NOTE, _WAIVER = "room-lot", "room-lot-note", "room-waiver"


def result_part(view: RoundView, now: Reader) -> None:
    """Draw the result, as far as the reader may see it."""
    try:
        found = judging().results.result(now.identity, view.round_id)
    except ClusterReviewError as error:
        refused(error)
        return
    is_chair = now.is_of(view.round_id) and now.identity.role is Role.CHAIR
    _official(found)
    _ties(found)
    if is_chair and view.phase is Phase.CLOSED:
        _lots(found)
    agreement_section(found)
    firmness_section(found)
    objections_section(view, found, now)
    _sign_off(view, found, is_chair)


def _official(found: PanelResult) -> None:
    rules = found.round.rules
    chart = panel_scores_chart(found.outcome, found.judges, rules.max_total, rules.rule)
    with st.container(key="cr-chart-panel"):
        draw("room_finding.html", text=chart.title, is_final=found.is_final)
        is_scored = any(row.final is not None for row in found.outcome.applicants)
        if is_scored and rules.rule.pooling == "total":
            st.plotly_chart(
                chart.figure, key="panel-chart", alt=chart.alt, config={"displayModeBar": False}
            )
            draw_text(
                _(
                    "A dot is what one judge gave in all, a hollow one was dropped, the line is "
                    "the score."
                ),
                "weak",
            )
    caption = _("Official ranking by the sealed rule; points of {max}").format(
        max=points(rules.max_total)
    )
    if not found.judges:
        caption += " · " + _("judges' totals go by size, without names")
    mark = rules.rule.pass_mark
    draw_table(
        [
            Heading(_("Rank"), "number"),
            _("Applicant"),
            Heading(_("Score"), "number"),
            *([] if mark is None else [_("Pass mark {mark}").format(mark=points(mark))]),
            Heading(_("Judges who count"), "number"),
            _("Judges' totals"),
        ],
        [_row(row, found) for row in found.outcome.applicants],
        caption,
        "result",
        label=_("Official ranking"),
        head=1,
    )
    with st.expander(_("The rule of this result")):
        draw_list(rule_sentences(rules), "rule")
    facts = [
        (_("Recused"), " · ".join(_pairs(found.recusals, found))),
        (_("Not submitted, so not counted"), " · ".join(_pairs(found.not_submitted, found))),
    ]
    if any(text for _name, text in facts):
        draw("event_facts.html", facts=facts)


def _row(row: ApplicantScore, found: PanelResult) -> list[Words]:
    rule = found.round.rules.rule
    final = _("no score") if row.final is None else score_text(row.final, rule)
    means = row.means if len(row.means) > 1 else ()
    passes: dict[bool | None, Words] = {
        None: "–",
        True: Toned(_("reached"), "good"),
        False: Toned(_("not reached"), "bad"),
    }
    names = ", ".join(found.judges.get(judge, "") for judge in row.left_out)
    left_out = names if found.judges else str(len(row.left_out) or "")
    return [
        str(row.rank or "–"),
        label("region", row.applicant),
        [
            Toned(final, "strong"),
            *(Toned(f"{stage_name(one.stage)} {score_text(one.mean, rule)}") for one in means),
        ],
        *([] if rule.pass_mark is None else [passes[row.passes]]),
        [
            str(row.effective),
            Toned(_("left out for a blank: {who}").format(who=left_out) if left_out else ""),
        ],
        tuple(_total(total, found) for total in row.totals),
    ]


def _total(total: JudgeTotal, found: PanelResult) -> Toned:
    dropped = {"highest": _("highest, dropped"), "lowest": _("lowest, dropped")}
    score = score_text(total.total, found.round.rules.rule)
    words = (
        Toned(stage_name(total.stage) if total.stage else ""),
        found.judges.get(total.judge_id, ""),
        Toned(score, "strong"),
        Toned(dropped.get(total.dropped or "", "")),
    )
    return Toned(words, "total cr-dropped" if total.dropped else "total")


def _pairs(pairs: Sequence[tuple[str, str]], found: PanelResult) -> list[str]:
    """Applicants and who is meant; how many where names are not for the reader."""
    if found.judges:
        return [f"{label('region', a)}: {found.judges.get(judge, judge)}" for a, judge in pairs]
    counts: dict[str, int] = {}
    for applicant, _judge in pairs:
        counts[applicant] = counts.get(applicant, 0) + 1
    return [f"{label('region', applicant)}: {count}" for applicant, count in counts.items()]


def _ties(found: PanelResult) -> None:
    if not found.outcome.ties:
        return
    st.markdown("### " + _("Equal scores, and how they were told apart"))
    draw_list([tie_sentence(tie, found) for tie in found.outcome.ties], "rule")


def _lots(found: PanelResult) -> None:
    for place, tie in enumerate(tie for tie in found.outcome.ties if tie.awaits_lot):
        with st.container(border=True, key=f"cr-lot-{place}"):
            st.multiselect(
                _("Order that the lot gave, first place first"),
                tie.applicants,
                format_func=lambda code: label("region", code),
                key=f"{_LOT}-{place}",
            )
            st.text_input(
                _("How, where and before whom it was drawn"),
                key=f"{_LOT_NOTE}-{place}",
                max_chars=2000,
            )
            st.button(
                _("Record the lot"), key=f"room-lot-do-{place}", on_click=_record, args=(place,)
            )


def _record(place: int) -> None:
    with attempt():
        order = st.session_state[f"{_LOT}-{place}"]
        judging().results.record_lot(
            reader().identity, order, st.session_state[f"{_LOT_NOTE}-{place}"]
        )
        say(_("The lot is recorded."))


def _sign_off(view: RoundView, found: PanelResult, is_chair: bool) -> None:
    st.markdown("## " + _("Sign-off"))
    draw(
        "room_sign_off.html",
        is_final=found.is_final,
        signed_at=moment_text(view.signed_off_at),
        digest=found.digest,
        head=view.log_head,
        log=head_line(found.log),
        chair=view.chair,
    )
    if is_chair and view.phase is Phase.CLOSED:
        st.text_input(
            _("Why the deadline for objections need not be awaited (only before it)"),
            key=_WAIVER,
            max_chars=2000,
        )
        sure = st.checkbox(
            _("I sign this result. Nothing of the round can be changed afterwards."),
            key="room-sign-sure",
        )
        st.button(
            _("Sign the result"),
            key="room-sign",
            type="primary",
            disabled=not sure,
            on_click=_sign,
        )


def _sign() -> None:
    with attempt():
        judging().results.sign_off(reader().identity, st.session_state[_WAIVER])
        say(_("The result is signed."))
