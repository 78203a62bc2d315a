"""How firm a panel's ranking is: other ways to add the sheets up, and other weights."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Literal, TypeAlias

import numpy as np

from dashboard.review.aggregation import aggregate, counted_sheets, median, stage_total
from dashboard.review.composite import competition_ranks
from dashboard.review.panel import Criterion, PointSheet, Rounding, Rule
from dashboard.review.robustness import RankAcceptability, WeightChange

ReferenceWay = Literal["all_judges", "trimmed", "median"]


@dataclass(frozen=True)
class Reference:
    """Another aggregation of the same sheets, shown beside the official one and deciding nothing.

    `all_judges`: mean of all who count. `trimmed`: mean without the highest and the lowest, from
    three judges on. `median`: of their totals. Nothing is rounded and ties share a rank.
    """

    way: ReferenceWay
    scores: tuple[tuple[str, Decimal], ...]
    """Applicant and score, in the order given."""
    ranks: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class PanelRobustness:
    """What other weights would do to the ranking; applicants and criteria in the order given."""

    applicants: tuple[str, ...]
    """Those with a score."""
    acceptability: RankAcceptability
    draws: int
    seed: int
    concentration: float
    is_first_shared: bool
    change: WeightChange | None
    """The smallest change of one weight at which another draws level with the first. None: the
    first place is shared already, or no change of a single weight does it.
    """


def references(
    applicants: Sequence[str],
    criteria: Sequence[Criterion],
    rule: Rule,
    sheets: Sequence[PointSheet],
) -> tuple[Reference, ...]:
    """The reference aggregations, of the applicants who have a score by the rule."""
    plain = replace(rule, rounding=Rounding(places=()), tie_breaks=(), pooling="total")
    ways: dict[ReferenceWay, Rule] = {
        "all_judges": replace(plain, drop_highest=0, drop_lowest=0),
        "trimmed": replace(plain, drop_highest=1, drop_lowest=1, min_judges_to_drop=3),
    }
    found = []
    for way, used in ways.items():
        outcome = aggregate(applicants, criteria, used, sheets)
        scores = {s.applicant: s.final for s in outcome.applicants if s.final is not None}
        found.append(_reference(way, scores, applicants))
    medians = {}
    for name in applicants:
        counted, _ = counted_sheets(sheets, criteria, rule, name)
        if len(counted) >= rule.quorum:
            medians[name] = median([stage_total(sheet, criteria) for sheet in counted])
    found.append(_reference("median", medians, applicants))
    return tuple(found)


def _reference(
    way: ReferenceWay, scores: dict[str, Decimal], applicants: Sequence[str]
) -> Reference:
    names = [name for name in applicants if name in scores]
    ranks = competition_ranks([Fraction(scores[name]) for name in names])
    return Reference(
        way,
        tuple((name, scores[name]) for name in names),
        tuple(zip(names, ranks, strict=True)),
    )


def robustness(
    applicants: Sequence[str],
    criteria: Sequence[Criterion],
    rule: Rule,
    sheets: Sequence[PointSheet],
    concentration: float = 100,
    draws: int = 2000,
    seed: int = 2000,
) -> PanelRobustness | None:
    """Rank acceptability and the smallest decisive change of one weight.

    For every set of weights the sheets are added up anew by the rule of the round, judges dropped
    as their totals under those weights have it, and nothing is rounded. Weights and points enter as
    shares: of all points, and of a criterion's points. The indices are those of
    `dashboard.review.robustness`, where the sources stand.

    Returns:
        None where no applicant has a score.
    """
    panel = _Panel(applicants, criteria, rule, sheets)
    if not panel.applicants:
        return None
    change, is_shared = panel.first_place_change()
    return PanelRobustness(
        tuple(panel.applicants),
        panel.acceptability(concentration, draws, seed),
        draws,
        seed,
        concentration,
        is_shared,
        change,
    )


class _Panel:
    """Points of the sheets that count, as shares of their criterion's points."""

    def __init__(
        self,
        applicants: Sequence[str],
        criteria: Sequence[Criterion],
        rule: Rule,
        sheets: Sequence[PointSheet],
    ) -> None:
        self._rule = rule
        whole = sum((Fraction(criterion.max_points) for criterion in criteria), Fraction(0))
        self._weights = [Fraction(criterion.max_points) / whole for criterion in criteria]
        stages = list(dict.fromkeys(criterion.stage for criterion in criteria))
        places = range(len(criteria))
        self._pools = [list(places)]
        """Criteria that are added up before judges are dropped and averaged."""
        if rule.pooling == "stage":
            self._pools = [[p for p in places if criteria[p].stage == stage] for stage in stages]
        self.applicants: list[str] = []
        self._given: list[list[list[Fraction]]] = []
        """Applicant → judge → criterion → share of its points."""
        for name in applicants:
            counted, _ = counted_sheets(sheets, criteria, rule, name)
            if counted and len(counted) >= rule.quorum:
                self.applicants.append(name)
                self._given.append([_achieved(sheet, criteria) for sheet in counted])

    def _kept(self, judges: int) -> slice:
        """Which of the totals of so many judges, in order of size, are averaged."""
        if judges < self._rule.min_judges_to_drop:
            return slice(0, judges)
        return slice(self._rule.drop_lowest, judges - self._rule.drop_highest)

    def acceptability(self, concentration: float, draws: int, seed: int) -> RankAcceptability:
        chosen = np.array([float(weight) for weight in self._weights])
        drawn = np.random.default_rng(seed).dirichlet(concentration * chosen, size=draws)
        count = len(self.applicants)
        scores = np.zeros((draws, count))
        for place, judges in enumerate(self._given):
            given = np.array([[float(share) for share in judge] for judge in judges])
            for pool in self._pools:
                totals = np.zeros((draws, len(judges)))
                # One criterion after the other: equal sheets get equal totals to the last digit.
                for criterion in pool:
                    totals += drawn[:, criterion, None] * given[None, :, criterion]
                totals.sort(axis=1)
                scores[:, place] += totals[:, self._kept(len(judges))].mean(axis=1)
        ranks = 1 + (scores[:, None, :] > scores[:, :, None]).sum(axis=2)
        counts = [np.bincount(ranks[:, place], minlength=count + 1) for place in range(count)]
        return RankAcceptability(
            tuple(tuple(Fraction(int(found), draws) for found in row[1:]) for row in counts),
            tuple(int(rank) for rank in ranks.min(axis=0)),
            tuple(int(rank) for rank in ranks.max(axis=0)),
        )

    def first_place_change(self) -> tuple[WeightChange | None, bool]:
        """The smallest decisive change of one weight, and whether the first place is shared.

        When one weight goes from s to t and the others keep their proportions, a judge's total is
        linear in t, and so is the mean of the judges kept as long as their order stays the same.
        Between the crossings of totals every lead is a straight line, whose zero is exact.
        """
        scores = self._scores(self._lines(0), self._weights[0])
        first = scores.index(max(scores))
        if scores.count(scores[first]) > 1:
            return None, True
        changes: list[WeightChange] = []
        for place, before in enumerate(self._weights):
            if before == 1:
                continue
            lines = self._lines(place)
            crossings = _crossings(lines)
            up = sorted({t for t in crossings if before < t < 1} | {Fraction(1)})
            down = sorted({t for t in crossings if 0 < t < before} | {Fraction(0)}, reverse=True)
            for stops in (up, down):
                found = self._first_zero(lines, first, before, stops)
                if found is not None:
                    changes.append(WeightChange(place, before, *found))
        return (
            min(
                changes,
                key=lambda change: (
                    abs(change.after - change.before),
                    change.indicator,
                    change.challenger,
                ),
                default=None,
            ),
            False,
        )

    def _lines(self, criterion: int) -> "_Lines":
        """Totals as the weight t of a criterion goes: applicant → pool → judge → (at 0, slope)."""
        rest = 1 - self._weights[criterion]
        found: _Lines = []
        for judges in self._given:
            of_applicant = []
            for pool in self._pools:
                of_pool = []
                for judge in judges:
                    others = sum(
                        (self._weights[p] * judge[p] for p in pool if p != criterion), Fraction(0)
                    )
                    start = others / rest if rest else Fraction(0)
                    own = judge[criterion] if criterion in pool else Fraction(0)
                    of_pool.append((start, own - start))
                of_applicant.append(of_pool)
            found.append(of_applicant)
        return found

    def _scores(self, lines: "_Lines", t: Fraction) -> list[Fraction]:
        scores = []
        for pools in lines:
            score = Fraction(0)
            for judges in pools:
                totals = sorted(start + slope * t for start, slope in judges)
                kept = totals[self._kept(len(totals))]
                score += sum(kept, Fraction(0)) / len(kept)
            scores.append(score)
        return scores

    def _first_zero(
        self, lines: "_Lines", first: int, before: Fraction, stops: Sequence[Fraction]
    ) -> tuple[Fraction, int] | None:
        """Where, going from stop to stop, the lead over another is gone first, and over whom."""
        here, scores = before, self._scores(lines, before)
        for stop in stops:
            there = self._scores(lines, stop)
            zeros = []
            for other in range(len(scores)):
                lead, then = scores[first] - scores[other], there[first] - there[other]
                if other != first and then <= 0:
                    zero = here + (stop - here) * lead / (lead - then)
                    zeros.append((abs(zero - before), other, zero))
            if zeros:
                _, other, zero = min(zeros)
                return zero, other
            here, scores = stop, there
        return None


_Lines: TypeAlias = list[list[list[tuple[Fraction, Fraction]]]]


def _crossings(lines: _Lines) -> set[Fraction]:
    """Weights at which two judges' totals for one applicant are equal."""
    return {
        (start - other_start) / (other_slope - slope)
        for pools in lines
        for judges in pools
        for (start, slope), (other_start, other_slope) in combinations(judges, 2)
        if slope != other_slope
    }


def _achieved(sheet: PointSheet, criteria: Sequence[Criterion]) -> list[Fraction]:
    return [Fraction(sheet.points[c.criterion_id]) / Fraction(c.max_points) for c in criteria]
