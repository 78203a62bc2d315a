"""The form of a round's rules: for a new round, and for the chair to change those of one."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

import streamlit as st

from dashboard.content.panel_rule import (
    points,
    rounding_place_text,
    rule_sentences,
    tie_step_text,
)
from dashboard.errors import JudgingRefused
from dashboard.i18n import gettext as _
from dashboard.i18n import label
from dashboard.i18n.quantities import KOREA
from dashboard.judging.sign_in import APPLICANT
from dashboard.judging.views import Phase, RoundRules, RoundView
from dashboard.render.screen.texts import draw_box, draw_list, draw_text
from dashboard.review.panel import (
    BlankPolicy,
    Criterion,
    Pooling,
    Rounding,
    RoundingPlace,
    Rule,
    TieBreak,
    rule_faults,
)
from dashboard.store.ledger import utc_now
from dashboard.ui.reader import reader
from dashboard.ui.record_in_view import record_in_view
from dashboard.ui.review_room.criteria_table import (
    ReadCriteria,
    criteria_table,
    read_criteria,
    take_over_choice,
)
from dashboard.ui.review_room.issued_codes import forget_issued, keep_issued
from dashboard.ui.review_room.signed_in import attempt, go, judging, say

_PLACES: tuple[RoundingPlace, ...] = ("judge_total", "mean", "final")
_POOLINGS: tuple[Pooling, ...] = ("total", "stage")
_BLANKS: tuple[BlankPolicy, ...] = ("refuse", "leave_out")
_FIRST_YEAR, _LAST_YEAR = 2009, 2100


def rules_form(view: RoundView | None) -> None:
    """Draw it.

    Args:
        view: the round whose rules are to be changed; None for a new round.
    """
    prefix = f"rules-{view.round_id if view else 'new'}-{len(view.versions) if view else 0}"
    former = view.rules if view else None
    programme, year, title, applicants = _what(prefix, former)
    st.markdown("### " + _("Criteria and points"))
    take_over_choice(prefix, programme, year)
    read = read_criteria(criteria_table(prefix, former))
    criteria = read.criteria
    for fault in read.faults:
        draw_text(fault, "box")
    total = sum((criterion.max_points for criterion in criteria), Decimal(0))
    draw_text(_("Points in all: {points}").format(points=points(total)), "weak")
    st.markdown("### " + _("How the sheets become a ranking"))
    rule = rule_fields(prefix, former, criteria)
    with st.container(horizontal=True):
        objection_days = st.number_input(
            _("Days for objections after closing"),
            0,
            365,
            former.objection_days if former else 7,
            key=f"{prefix}-objection",
            width=260,
        )
        answer_days = st.number_input(
            _("Days for answering one"),
            1,
            365,
            former.answer_days if former else 7,
            key=f"{prefix}-answer",
            width=260,
        )
    rules = RoundRules(
        programme_id=programme,
        year=int(year),
        title=title,
        applicants=tuple(applicants),
        criteria=criteria,
        rule=rule,
        objection_days=int(objection_days),
        answer_days=int(answer_days),
    )
    faults = rule_faults(criteria, rule) if criteria else []
    if faults:
        text = " · ".join(label("rule_fault", fault) for fault in faults)
        draw_box("refused", text, "", "")
    else:
        with st.container(border=True):
            draw_list(rule_sentences(rules), "rule")
    if view is None:
        _create(prefix, rules, read)
    else:
        _change(prefix, view, rules, read)


def _what(prefix: str, former: RoundRules | None) -> tuple[str, float, str, list[str]]:
    record = record_in_view()
    programmes = list(
        dict.fromkeys(row["programme_id"] for row in record.ask("funding_programmes").rows)
    )
    regions = [row["region"] for row in record.ask("regions").rows if not row["is_nation"]]
    if former and former.programme_id not in programmes:
        programmes.append(former.programme_id)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        programme = st.selectbox(
            _("Programme"),
            programmes,
            index=programmes.index(former.programme_id if former else "mct-cluster"),
            format_func=lambda code: label("programme", code),
            key=f"{prefix}-programme",
            width=420,
        )
        year = st.number_input(
            _("Year"),
            _FIRST_YEAR,
            _LAST_YEAR,
            former.year if former else this_year(),
            key=f"{prefix}-year",
            width=160,
        )
    title = st.text_input(
        _("Title of the round"), former.title if former else "", 200, key=f"{prefix}-title"
    )
    applicants = st.multiselect(
        _("Applicants"),
        regions,
        list(former.applicants) if former else [],
        format_func=lambda code: label("region", code),
        key=f"{prefix}-applicants",
        placeholder=_("Choose the regions that applied"),
    )
    return programme, year, title, applicants


def this_year() -> int:
    """The year in Korea: for nine hours of New Year's Day another one than in UTC."""
    return utc_now().astimezone(KOREA).year


def rule_fields(prefix: str, former: RoundRules | None, criteria: tuple[Criterion, ...]) -> Rule:
    """The fields of a rule, filled with the one of the former rules where there are any."""
    rule = former.rule if former else Rule()
    pooling = st.radio(
        _("What is averaged"),
        _POOLINGS,
        index=_POOLINGS.index(rule.pooling),
        format_func=lambda code: {
            "total": _("The judges' totals of all stages"),
            "stage": _("Each stage for itself; the means are added up"),
        }[code],
        key=f"{prefix}-pooling",
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        highest = _count(_("Drop highest"), rule.drop_highest, 0, f"{prefix}-highest")
        lowest = _count(_("Drop lowest"), rule.drop_lowest, 0, f"{prefix}-lowest")
        least = _count(
            _("Drop only from so many judges on"),
            rule.min_judges_to_drop,
            1,
            f"{prefix}-least",
            _("With fewer judges who count for an applicant, all of them are averaged."),
        )
        quorum = _count(
            _("Judges needed for a score"),
            rule.quorum,
            1,
            f"{prefix}-quorum",
            _("With fewer judges who count, the applicant has neither score nor rank."),
        )
    blanks = st.radio(
        _("A sheet with blanks"),
        _BLANKS,
        index=_BLANKS.index(rule.blank_policy),
        format_func=lambda code: {
            "refuse": _("cannot be submitted"),
            "leave_out": _("can be submitted; the judge does not count for that applicant"),
        }[code],
        key=f"{prefix}-blanks",
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        digits = _count(_("Decimals"), rule.rounding.digits, 0, f"{prefix}-digits")
        places = st.multiselect(
            _("What is rounded, half up"),
            _PLACES,
            list(rule.rounding.places),
            format_func=rounding_place_text,
            key=f"{prefix}-places",
            width=480,
        )
        mark = st.text_input(
            _("Pass mark (empty: none)"),
            points(rule.pass_mark) if rule.pass_mark is not None else "",
            key=f"{prefix}-mark",
            width=220,
        )
    return Rule(
        drop_highest=highest,
        drop_lowest=lowest,
        min_judges_to_drop=least,
        pooling=pooling,
        blank_policy=blanks,
        quorum=quorum,
        rounding=Rounding(digits, tuple(place for place in _PLACES if place in places)),
        pass_mark=_decimal(mark),
        tie_breaks=_ties(prefix, rule, criteria),
    )


def _count(title: str, value: int, least: int, key: str, explained: str | None = None) -> int:
    return int(st.number_input(title, least, 20, value, key=key, help=explained, width=220))


def _ties(prefix: str, rule: Rule, criteria: tuple[Criterion, ...]) -> tuple[TieBreak, ...]:
    """The steps in the order in which they were chosen."""
    stages = dict.fromkeys(criterion.stage for criterion in criteria)
    steps = [
        *(TieBreak("stage", stage) for stage in stages),
        *(TieBreak("criterion", criterion.criterion_id) for criterion in criteria),
        TieBreak("all_judges"),
        TieBreak("lowest_total"),
        TieBreak("lot"),
    ]
    rules = RoundRules("", 0, "", (), criteria)
    chosen: list[TieBreak] = st.multiselect(
        _("Equal scores are told apart by (in the order of choosing)"),
        steps,
        [step for step in rule.tie_breaks if step in steps],
        format_func=lambda step: tie_step_text(step, rules),
        key=f"{prefix}-ties-{len(criteria)}",
        placeholder=_("Nothing: equal scores share a rank"),
    )
    return tuple(chosen)


def _decimal(text: str) -> Decimal | None:
    """A number that was typed; what is none is told by the rules' own check."""
    if not text.strip():
        return None
    try:
        return Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return Decimal(-1)


def _create(prefix: str, rules: RoundRules, read: ReadCriteria) -> None:
    with st.container(horizontal=True):
        chair, first, second = (
            st.text_input(title, key=f"{prefix}-{key}", max_chars=100, width=300)
            for title, key in (
                (_("Name of the chair"), "chair"),
                (_("Name of the first deputy"), "deputy-1"),
                (_("Name of the second deputy"), "deputy-2"),
            )
        )
    draw_text(
        _(
            "The deputies are two other persons: after closing, what moves a result needs one of "
            "them beside the chair, and both together can let the chair have a new code."
        ),
        "weak",
    )
    st.button(
        _("Create the round"),
        key="room-create",
        type="primary",
        on_click=_do_create,
        args=(rules, read, chair, (first, second)),
    )


def _do_create(
    rules: RoundRules, read: ReadCriteria, chair: str, deputies: tuple[str, str]
) -> None:
    with attempt():
        read.require_whole()
        view, issued = judging().rounds.create(reader().identity, rules, chair, deputies)
        keep_issued(*issued)
        go(round=view.round_id, part="", applicant="")
        say(_("The round is created as a draft. Sign in with the chair's code to go on."))


def _change(prefix: str, view: RoundView, rules: RoundRules, read: ReadCriteria) -> None:
    reason = ""
    if view.phase is not Phase.DRAFT:
        draw_text(
            _(
                "The rules are sealed: a change opens a new version, which is sealed at once and "
                "stays visible for ever. Where criteria change, submitted sheets are opened again; "
                "sheets of an applicant who is taken out are not kept."
            ),
            "weak",
        )
        reason = st.text_input(_("Reason for the change"), key=f"{prefix}-reason", max_chars=2000)
    st.button(
        _("Put these rules in force"),
        key="room-change",
        on_click=_do_change,
        args=(rules, read, reason),
    )


def _do_change(rules: RoundRules, read: ReadCriteria, reason: str) -> None:
    with attempt():
        read.require_whole()
        contacts = judging().people.contacts(reader().identity)
        before = judging().rounds.one(str(reader().identity.round_id))
        after = judging().rounds.change_rules(reader().identity, rules, reason)
        if len(after.versions) == len(before.versions) and after.rules == before.rules:
            raise JudgingRefused(
                "Nothing was changed",
                _("The rules are the same as before."),
                _("Change what is to be changed, and try again."),
            )
        forget_issued(
            after.round_id,
            [f"{APPLICANT}{region}" for region in contacts if region not in rules.applicants],
        )
        say(_("The rules are in force."), _ended(contacts, rules.applicants))


def _ended(contacts: Mapping[str, str], applicants: Sequence[str]) -> str:
    """Whose codes ended with their applicants; empty where nobody's did."""
    gone = [
        f"{name} ({label('region', region)})"
        for region, name in contacts.items()
        if region not in applicants
    ]
    if not gone:
        return ""
    return _("Taken out with their applicants; their codes have ended: {names}").format(
        names=", ".join(gone)
    )
