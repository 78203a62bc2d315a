"""Scores and ranks once more, in fractions, written from what a rule is said to mean.

It shares no line with `dashboard/review`: it was written from the docstrings of `Rule`, the
sentences beside a result and the page about the review room, and knows neither decimals nor
rounding contexts. A fraction is exact, so that two scores are equal here only if they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dashboard.review.panel import Criterion, PointSheet, Rule, TieBreak


@dataclass
class Row:
    """What becomes of one applicant."""

    effective: int
    final: Fraction | None = None
    rank: int | None = None
    passes: bool | None = None


def half_up(value: Fraction, digits: int) -> Fraction:
    """So many digits after the point; a half goes up. Points are never negative."""
    shifted = value * 10**digits + Fraction(1, 2)
    return Fraction(shifted.numerator // shifted.denominator, 10**digits)


def average(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


class Panel:
    """A closed round: who applied, what is scored, the rule, the sheets that count, the lots."""

    def __init__(
        self,
        applicants: Sequence[str],
        criteria: Sequence[Criterion],
        rule: Rule,
        sheets: Sequence[PointSheet],
        lots: Mapping[str, int],
    ) -> None:
        self.criteria, self.rule, self.lots = criteria, rule, lots
        # A judge who left something blank does not count for that applicant.
        self.counted = {
            name: [
                {c.criterion_id: Fraction(s.points[c.criterion_id]) for c in criteria}
                for s in sheets
                if s.applicant == name and all(c.criterion_id in s.points for c in criteria)
            ]
            for name in applicants
        }

    def rows(self) -> dict[str, Row]:
        """Applicant → score, place, passed or not."""
        rows = {name: Row(len(counted)) for name, counted in self.counted.items()}
        scored = [name for name, row in rows.items() if row.effective >= self.rule.quorum]
        for name in scored:
            rows[name].final = self.score(name)
            if self.rule.pass_mark is not None:
                rows[name].passes = rows[name].final >= Fraction(self.rule.pass_mark)
        for name in scored:
            before = [other for other in scored if self.is_before(other, name, rows)]
            rows[name].rank = 1 + len(before)
        return rows

    def score(self, name: str) -> Fraction:
        """The score that is ranked."""
        if self.rule.pooling == "stage":
            stages = list(dict.fromkeys(c.stage for c in self.criteria))
            sum_of_means = sum((self.kept_mean(self.totals(name, s)) for s in stages), Fraction(0))
            return self.at("final", sum_of_means)
        return self.at("final", self.kept_mean(self.totals(name, None)))

    def totals(self, name: str, stage: str | None) -> list[Fraction]:
        """Each judge's total, of a stage or of all, rounded if judges' totals are."""
        wanted = [c.criterion_id for c in self.criteria if stage in (None, c.stage)]
        sums = [sum((points[one] for one in wanted), Fraction(0)) for points in self.counted[name]]
        return [self.at("judge_total", one) for one in sums]

    def kept_mean(self, totals: list[Fraction]) -> Fraction:
        """The mean of the judges who are not dropped."""
        kept = sorted(totals)
        if len(kept) >= self.rule.min_judges_to_drop:
            kept = kept[self.rule.drop_lowest : len(kept) - self.rule.drop_highest]
        return self.at("mean", average(kept))

    def at(self, place: str, value: Fraction) -> Fraction:
        """The value, rounded if the rule rounds it there."""
        rounding = self.rule.rounding
        return half_up(value, rounding.digits) if place in rounding.places else value

    def is_before(self, one: str, other: str, rows: Mapping[str, Row]) -> bool:
        """Whether `one` has a better place than `other`."""
        if rows[one].final != rows[other].final:
            return rows[one].final > rows[other].final
        # Those who are equal with both so far; a lot counts where all of them are in it.
        equals = [name for name, row in rows.items() if row.final == rows[one].final]
        for step in self.rule.tie_breaks:
            if step.by == "lot" and any(name not in self.lots for name in equals):
                continue
            values = {name: self.compared(name, step) for name in equals}
            if values[one] != values[other]:
                return values[one] > values[other]
            equals = [name for name in equals if values[name] == values[one]]
        return False

    def compared(self, name: str, step: TieBreak) -> Fraction:
        """What a step compares, unrounded: the higher is placed before."""
        if step.by == "lot":
            return Fraction(-self.lots[name])
        if step.by in ("criterion", "stage"):
            wanted = [c.criterion_id for c in self.criteria if step.of in (c.criterion_id, c.stage)]
            return average(
                [sum((p[one] for one in wanted), Fraction(0)) for p in self.counted[name]]
            )
        totals = [sum(points.values(), Fraction(0)) for points in self.counted[name]]
        return average(totals) if step.by == "all_judges" else min(totals)
