"""What a round of scoring is: criteria, points, and the rule by which sheets become a ranking."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Stage = Literal["document", "onsite", "presentation"]
BlankPolicy = Literal["refuse", "leave_out"]
Pooling = Literal["total", "stage"]
RoundingPlace = Literal["judge_total", "mean", "final"]
TieStep = Literal["criterion", "stage", "all_judges", "lowest_total", "lot"]


@dataclass(frozen=True)
class Criterion:
    """One line of the score sheet."""

    criterion_id: str
    stage: Stage
    name_ko: str
    name_en: str
    max_points: Decimal
    """Above zero. The share in the sum of all is the criterion's weight."""
    step: Decimal = Decimal("0.5")
    """Points are whole multiples of it."""
    is_published: bool = True
    """False where none were published and equal points stand in for them."""


@dataclass(frozen=True)
class Rounding:
    """Where numbers are rounded, half up as in school. No place: they are nowhere rounded."""

    digits: int = 2
    """Digits after the point."""
    places: tuple[RoundingPlace, ...] = ("final",)
    """`judge_total`: each judge's total before any is dropped; `mean`: the mean of those kept (by
    stage where dropping is by stage); `final`: the score that is ranked and held to the pass mark.
    """


@dataclass(frozen=True)
class TieBreak:
    """One step of breaking ties; the higher is placed before.

    `criterion` and `stage` compare the mean of all judges who count in that criterion or stage,
    `all_judges` the mean of their totals without dropping, `lowest_total` the lowest of their
    totals, `lot` the order that the chair recorded. What is compared is never rounded, also where
    the rule rounds judges' totals for the score: it has to tell apart what rounding made equal.
    """

    by: TieStep
    of: str = ""
    """Which criterion or stage."""


@dataclass(frozen=True)
class Rule:
    """How sheets become scores and ranks."""

    drop_highest: int = 1
    drop_lowest: int = 1
    min_judges_to_drop: int = 4
    """With fewer judges who count, none is dropped."""
    pooling: Pooling = "total"
    """Whether judges are dropped and averaged by their totals, or stage by stage and added up."""
    blank_policy: BlankPolicy = "refuse"
    """A blank is never zero. `refuse`: no sheet is submitted with one. `leave_out`: the judge does
    not count for that applicant.
    """
    quorum: int = 1
    """With fewer judges who count, an applicant has neither score nor rank."""
    rounding: Rounding = Rounding()
    pass_mark: Decimal | None = None
    """Points of the total needed to pass; None where there is no mark."""
    tie_breaks: tuple[TieBreak, ...] = ()
    """In this order; whoever is equal after the last shares the rank."""


@dataclass(frozen=True)
class PointSheet:
    """What one judge gave one applicant."""

    judge_id: str
    applicant: str
    points: Mapping[str, Decimal]
    """Criterion → points; a criterion that is not there was left blank."""


def rule_faults(criteria: tuple[Criterion, ...], rule: Rule) -> list[str]:
    """What is wrong with a rule, as codes of the list `rule_fault`; empty when nothing is."""
    ids = [criterion.criterion_id for criterion in criteria]
    stages = {criterion.stage for criterion in criteria}
    total = sum((criterion.max_points for criterion in criteria), Decimal(0))
    dropped = rule.drop_highest + rule.drop_lowest
    faults = {
        "no_criteria": not criteria,
        "criterion_twice": len(set(ids)) != len(ids),
        "points_not_positive": any(
            not criterion.max_points.is_finite() or criterion.max_points <= 0
            for criterion in criteria
        ),
        "step_does_not_fit": any(
            not criterion.step.is_finite()
            or criterion.step <= 0
            or criterion.max_points % criterion.step != 0
            for criterion in criteria
        ),
        "negative_drop": min(rule.drop_highest, rule.drop_lowest) < 0,
        "nobody_left": dropped > 0 and rule.min_judges_to_drop <= dropped,
        "no_quorum": rule.quorum < 1,
        "digits_out_of_range": not 0 <= rule.rounding.digits <= 6,
        "pass_mark_out_of_range": rule.pass_mark is not None
        and not (rule.pass_mark.is_finite() and 0 <= rule.pass_mark <= total),
        "tie_break_unknown": any(
            (step.by == "criterion" and step.of not in ids)
            or (step.by == "stage" and step.of not in stages)
            for step in rule.tie_breaks
        ),
    }
    return [name for name, found in faults.items() if found]
