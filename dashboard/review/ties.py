"""Equal scores: which step of the rule tells them apart, and who shares a rank in the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.review.panel import TieBreak


@dataclass(frozen=True)
class TieDecision:
    """What became of applicants with equal scores at one step of the rule."""

    applicants: tuple[str, ...]
    """Those who were equal up to this step, in order of their codes."""
    step: TieBreak | None
    """The step that told them apart, at least in part; None: no step did, and they share a rank."""
    values: tuple[tuple[str, Decimal], ...]
    """Applicant and what the step compared, as far as there is something; the higher first."""
    awaits_lot: bool
    """They share the rank only until the chair records the lot."""


def rank_with_tie_breaks(
    scores: Mapping[str, Decimal], steps: Sequence[tuple[TieBreak, Mapping[str, Decimal]]]
) -> tuple[dict[str, int], list[TieDecision]]:
    """Competition ranks (1, 2, 2, 4), the highest score first, equals told apart step by step.

    Applicants whom a step leaves equal go on to the next one. A step that lacks the value of any of
    them (a lot not yet drawn) is passed over.

    Args:
        scores: applicant → score.
        steps: each step of the tie rule with what it compares: applicant → value.

    Returns:
        Applicant → rank, and what became of every group of equals, in order of rank.
    """
    decisions: list[TieDecision] = []
    ranks: dict[str, int] = {}
    for group in _levels(scores, sorted(scores)):
        for equals in _broken(group, list(steps), decisions):
            place = len(ranks) + 1
            ranks.update(dict.fromkeys(equals, place))
    return ranks, decisions


def _levels(values: Mapping[str, Decimal], applicants: Sequence[str]) -> list[list[str]]:
    """Groups of equals, the highest first."""
    found: dict[Decimal, list[str]] = {}
    for name in applicants:
        found.setdefault(values[name], []).append(name)
    return [found[value] for value in sorted(found, reverse=True)]


def _broken(
    group: list[str],
    steps: list[tuple[TieBreak, Mapping[str, Decimal]]],
    decisions: list[TieDecision],
) -> list[list[str]]:
    if len(group) == 1:
        return [group]
    for number, (step, values) in enumerate(steps):
        if any(name not in values for name in group):
            continue
        levels = _levels(values, group)
        if len(levels) > 1:
            compared = sorted(((name, values[name]) for name in group), key=lambda v: (-v[1], v[0]))
            decisions.append(TieDecision(tuple(group), step, tuple(compared), False))
            rest = steps[number + 1 :]
            return [equals for level in levels for equals in _broken(level, rest, decisions)]
    awaits_lot = any(step.by == "lot" and not values.keys() >= set(group) for step, values in steps)
    decisions.append(TieDecision(tuple(group), None, (), awaits_lot))
    return [group]
