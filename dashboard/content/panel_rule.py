"""The rules of a round in plain sentences, as they stand beside every result."""

from decimal import Decimal

from dashboard.i18n import gettext as _
from dashboard.i18n import label, language, ngettext
from dashboard.judging.views import RoundRules
from dashboard.review.aggregation import rounded
from dashboard.review.panel import Criterion, RoundingPlace, Rule, TieBreak

_LONG_SCORE = 12
"""Letters from which on the decimals of a score that was not rounded go on."""


def points(value: Decimal) -> str:
    """Points as they are: every digit, no zeros at the end."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def score_text(value: Decimal, rule: Rule) -> str:
    """A computed score with all decimals to which the rule rounds, zeros too: 82.9 → `82.90`.

    What the rule does not round there has more where it needs them: all, or four where they would
    go on.
    """
    least = rule.rounding.digits if rule.rounding.places else 0
    text = f"{value:,f}"
    if len(text) >= _LONG_SCORE:
        text = f"{rounded(value, max(least, 4)):,f}"
    whole, _point, decimals = text.partition(".")
    decimals = decimals.rstrip("0").ljust(least, "0")
    return f"{whole}.{decimals}" if decimals else whole


def criterion_name(criterion: Criterion) -> str:
    """The criterion in the reader's language."""
    return str(getattr(criterion, f"name_{language()}", criterion.name_en))


def stage_name(stage: str | None) -> str:
    """A stage of the review; None is all of them together."""
    return label("review_stage", stage or "all")


def tie_step_text(step: TieBreak, rules: RoundRules) -> str:
    """What one step of the tie rule compares."""
    if step.by == "criterion":
        names = {c.criterion_id: criterion_name(c) for c in rules.criteria}
        return _("higher mean of all judges in the criterion “{name}”").format(
            name=names.get(step.of, step.of)
        )
    if step.by == "stage":
        return _("higher mean of all judges in the stage “{name}”").format(name=stage_name(step.of))
    return label("tie_rule", step.by)


def rounding_place_text(place: RoundingPlace) -> str:
    """Where something is rounded."""
    return label("rounded_at", place)


def rule_sentences(rules: RoundRules) -> list[str]:
    """How sheets become a ranking, a sentence for each decision."""
    rule = rules.rule
    sentences = [_pooling(rule), _dropping(rule), _blanks(rule), _quorum(rule), _rounding(rule)]
    if rule.pass_mark is not None:
        sentences.append(
            _("Pass mark: {mark} of {max} points or more.").format(
                mark=points(rule.pass_mark), max=points(rules.max_total)
            )
        )
    else:
        sentences.append(_("There is no pass mark."))
    sentences.append(_ties(rules))
    return [*sentences, _deadlines(rules)]


def _pooling(rule: Rule) -> str:
    if rule.pooling == "stage":
        return _(
            "In each stage a judge's points are added up and the mean of the judges is taken; the "
            "means of the stages are added up to the score."
        )
    return _("A judge's points of all stages are added up; the score is the mean of the judges.")


def _dropping(rule: Rule) -> str:
    if not rule.drop_highest and not rule.drop_lowest:
        return _("No judge is dropped: all count.")
    sentence = (
        _(
            "Dropped for each applicant in each stage: {highest} highest and {lowest} lowest. With "
            "fewer than {least} judges who count, none is dropped. Of several equal extremes only "
            "as many go."
        )
        if rule.pooling == "stage"
        else _(
            "Dropped for each applicant: {highest} highest and {lowest} lowest. With fewer than "
            "{least} judges who count, none is dropped. Of several equal extremes only as many go."
        )
    )
    return sentence.format(
        highest=rule.drop_highest, lowest=rule.drop_lowest, least=rule.min_judges_to_drop
    )


def _blanks(rule: Rule) -> str:
    if rule.blank_policy == "leave_out":
        return _("A sheet with a blank may be submitted; that judge then does not count there.")
    return _("A sheet with a blank cannot be submitted. A blank is never zero.")


def _quorum(rule: Rule) -> str:
    return ngettext(
        "An applicant needs at least {count} judge who counts to have a score.",
        "An applicant needs at least {count} judges who count to have a score.",
        rule.quorum,
    ).format(count=rule.quorum)


def _rounding(rule: Rule) -> str:
    if not rule.rounding.places:
        return _("Nothing is rounded.")
    return _("Rounded half up to {digits} decimals: {places}. Nothing else is rounded.").format(
        digits=rule.rounding.digits,
        places="; ".join(rounding_place_text(place) for place in rule.rounding.places),
    )


def _ties(rules: RoundRules) -> str:
    steps = [tie_step_text(step, rules) for step in rules.rule.tie_breaks]
    if not steps:
        return _("Equal scores share a rank (1, 2, 2, 4).")
    numbered = ", ".join(f"{place}) {step}" for place, step in enumerate(steps, 1))
    return _("Equal scores are told apart by: {steps}. Who is still equal shares a rank.").format(
        steps=numbered
    )


def _deadlines(rules: RoundRules) -> str:
    if not rules.objection_days:
        return _("There is no time for objections after closing.")
    return _(
        "Applicants may object within {objection} days after closing; each objection is answered "
        "within {answer} days."
    ).format(objection=rules.objection_days, answer=rules.answer_days)
