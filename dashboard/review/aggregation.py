"""From judges' sheets to scores and ranks, in decimal arithmetic.

Points are added and averaged as decimals of 50 digits and never pass through a binary number, so
that equal scores are equal and half up means half up. The mean without the extremes is the trimmed
mean (Tukey and McLaughlin, Less vulnerable confidence and significance procedures for location
based on a single sample, Sankhyā A 25, 1963, 331-352) with whole judges trimmed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Literal

from dashboard.review.panel import Criterion, PointSheet, RoundingPlace, Rule
from dashboard.review.ties import TieDecision, rank_with_tie_breaks

EXACT = Context(prec=50, rounding=ROUND_HALF_EVEN)
"""Enough digits that quotients of different point sums stay different."""
_SETTLED = Context(prec=40, rounding=ROUND_HALF_EVEN)
"""Ten digits fewer: three times a third is one again, and scores that differ still differ."""

Dropped = Literal["highest", "lowest"]


@dataclass(frozen=True)
class JudgeTotal:
    """What one judge gave one applicant in all, or in one stage."""

    judge_id: str
    stage: str | None
    """None: of all stages together."""
    total: Decimal
    """Rounded, if the rule rounds judges' totals."""
    dropped: Dropped | None
    """None: it counts."""


@dataclass(frozen=True)
class StageMean:
    """The mean of the judges kept, in one stage or of all stages together."""

    stage: str | None
    mean: Decimal
    kept: int
    """How many judges' totals it is the mean of."""


@dataclass(frozen=True)
class ApplicantScore:
    """One applicant's score and place."""

    applicant: str
    final: Decimal | None
    """None: fewer judges count than the rule asks for."""
    rank: int | None
    """1, 2, 2, 4: equals that no step of the tie rule tells apart share one."""
    passes: bool | None
    """None: no score or no pass mark."""
    effective: int
    """How many judges count."""
    left_out: tuple[str, ...]
    """Judges who do not count because of a blank."""
    totals: tuple[JudgeTotal, ...]
    """Of the judges who count, by stage and judge."""
    means: tuple[StageMean, ...]


@dataclass(frozen=True)
class Outcome:
    """The ranking of a round."""

    applicants: tuple[ApplicantScore, ...]
    """By rank, those without one last; equals in order of their codes."""
    ties: tuple[TieDecision, ...]
    """Equal scores, and what became of them."""


def rounded(value: Decimal, digits: int) -> Decimal:
    """A number to so many digits after the point, half up: 2.5 → 3, and 84.125 → 84.13."""
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, EXACT)


def mean(values: Sequence[Decimal]) -> Decimal:
    """Arithmetic mean of at least one number."""
    with localcontext(EXACT):
        return sum(values, Decimal(0)) / len(values)


def median(values: Sequence[Decimal]) -> Decimal:
    """The middle one of at least one number, or the mean of the two in the middle."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else mean(ordered[half - 1 : half + 1])


def counted_sheets(
    sheets: Sequence[PointSheet], criteria: Sequence[Criterion], rule: Rule, applicant: str
) -> tuple[list[PointSheet], tuple[str, ...]]:
    """The sheets of an applicant that count, by judge, and the judges left out for a blank.

    Raises:
        ValueError: a judge has two sheets, or there is a blank and the rule refuses blanks.
    """
    own = sorted((s for s in sheets if s.applicant == applicant), key=lambda s: s.judge_id)
    if len({sheet.judge_id for sheet in own}) != len(own):
        raise ValueError(f"two sheets of one judge for {applicant}")
    blank = [s for s in own if any(c.criterion_id not in s.points for c in criteria)]
    if blank and rule.blank_policy == "refuse":
        raise ValueError(f"a blank on a sheet for {applicant}")
    return [s for s in own if s not in blank], tuple(sheet.judge_id for sheet in blank)


def aggregate(
    applicants: Sequence[str],
    criteria: Sequence[Criterion],
    rule: Rule,
    sheets: Sequence[PointSheet],
    lots: Mapping[str, int] | None = None,
) -> Outcome:
    """Scores and ranks by the rule of a round.

    The order in which sheets and applicants are given makes no difference.

    Args:
        applicants: codes of all who applied.
        criteria: what is scored.
        rule: how.
        sheets: those that count: submitted, and of no recused judge.
        lots: applicant → place in the drawn order, for ties left to the lot.

    Raises:
        ValueError: a judge has two sheets of one applicant, or a blank that the rule refuses.
    """
    scored = [_scored(name, criteria, rule, sheets) for name in sorted(applicants)]
    finals = {score.applicant: score.final for score in scored if score.final is not None}
    ranks, ties = rank_with_tie_breaks(
        finals,
        [
            (step, _tie_values(step.by, step.of, scored, criteria, rule, sheets, lots or {}))
            for step in rule.tie_breaks
        ],
    )
    ranked = [
        ApplicantScore(**{**vars(score), "rank": ranks.get(score.applicant)}) for score in scored
    ]
    ranked.sort(key=lambda score: (score.rank is None, score.rank or 0, score.applicant))
    return Outcome(tuple(ranked), tuple(ties))


def _scored(
    applicant: str, criteria: Sequence[Criterion], rule: Rule, sheets: Sequence[PointSheet]
) -> ApplicantScore:
    counted, left_out = counted_sheets(sheets, criteria, rule, applicant)
    stages: list[str | None] = [None]
    if rule.pooling == "stage":
        stages = list(dict.fromkeys(criterion.stage for criterion in criteria))
    totals: list[JudgeTotal] = []
    means: list[StageMean] = []
    for stage in stages:
        of_stage = _judge_totals(counted, criteria, rule, stage)
        totals += of_stage
        kept = [total.total for total in of_stage if total.dropped is None]
        if kept:
            means.append(StageMean(stage, _at("mean", mean(kept), rule), len(kept)))
    if len(counted) < rule.quorum:
        return ApplicantScore(
            applicant, None, None, None, len(counted), left_out, tuple(totals), ()
        )
    with localcontext(EXACT):
        added = _SETTLED.plus(sum((part.mean for part in means), Decimal(0)))
    final = _at("final", added, rule)
    passes = None if rule.pass_mark is None else final >= rule.pass_mark
    return ApplicantScore(
        applicant, final, None, passes, len(counted), left_out, tuple(totals), tuple(means)
    )


def stage_total(
    sheet: PointSheet, criteria: Sequence[Criterion], stage: str | None = None
) -> Decimal:
    """Sum of a complete sheet's points, or of one stage of it."""
    with localcontext(EXACT):
        return sum(
            (sheet.points[c.criterion_id] for c in criteria if stage in (None, c.stage)),
            Decimal(0),
        )


def _judge_totals(
    counted: Sequence[PointSheet], criteria: Sequence[Criterion], rule: Rule, stage: str | None
) -> list[JudgeTotal]:
    found = [
        (_at("judge_total", stage_total(sheet, criteria, stage), rule), sheet.judge_id)
        for sheet in counted
    ]
    dropped: dict[str, Dropped] = {}
    if len(found) >= rule.min_judges_to_drop:
        # Of judges who share an extreme only as many go as the rule says; which of them makes no
        # difference to any score, and the judge's id decides whose line is marked.
        ordered = sorted(found)
        dropped.update((judge, "lowest") for _, judge in ordered[: rule.drop_lowest])
        if rule.drop_highest:
            dropped.update((judge, "highest") for _, judge in ordered[-rule.drop_highest :])
    return [JudgeTotal(judge, stage, total, dropped.get(judge)) for total, judge in found]


def _at(place: RoundingPlace, value: Decimal, rule: Rule) -> Decimal:
    return rounded(value, rule.rounding.digits) if place in rule.rounding.places else value


def _tie_values(
    by: str,
    of: str,
    scored: Sequence[ApplicantScore],
    criteria: Sequence[Criterion],
    rule: Rule,
    sheets: Sequence[PointSheet],
    lots: Mapping[str, int],
) -> dict[str, Decimal]:
    """Applicant → what one step of the tie rule compares; the higher comes first.

    Every judge who counts is in it, dropped or not: which of two judges who share an extreme was
    dropped must not decide a tie.
    """
    if by == "lot":
        return {name: Decimal(-place) for name, place in lots.items()}
    values = {}
    for score in scored:
        counted, _ = counted_sheets(sheets, criteria, rule, score.applicant)
        if not counted:
            continue
        if by == "criterion":
            chosen = [c for c in criteria if c.criterion_id == of]
        elif by == "stage":
            chosen = [c for c in criteria if c.stage == of]
        else:
            chosen = list(criteria)
        totals = [stage_total(sheet, chosen) for sheet in counted]
        values[score.applicant] = min(totals) if by == "lowest_total" else mean(totals)
    return values
