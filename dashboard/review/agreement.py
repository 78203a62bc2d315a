"""How far judges agree: the spread of their points, and Kendall's coefficient of concordance."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from dashboard.review.aggregation import EXACT, mean, median
from dashboard.review.panel import Criterion, PointSheet


@dataclass(frozen=True)
class Spread:
    """The points that judges gave one applicant in one criterion."""

    applicant: str
    criterion_id: str
    judges: int
    lowest: Decimal
    median: Decimal
    mean: Decimal
    highest: Decimal
    deviation: Decimal | None
    """Standard deviation √(Σ(x - mean)² / (n - 1)), in points; None for a single judge."""


@dataclass(frozen=True)
class Concordance:
    """Kendall's W of the judges who scored every applicant."""

    w: Fraction | None
    """0 (none) to 1 (complete agreement). None: fewer than two such judges or two applicants, or
    no judge made any difference.
    """
    judges: int
    applicants: int


def spread(
    applicants: Sequence[str], criteria: Sequence[Criterion], sheets: Sequence[PointSheet]
) -> tuple[Spread, ...]:
    """Spread of the points by applicant and criterion, dropped judges included; blanks are not."""
    rows = []
    for applicant in applicants:
        for criterion in criteria:
            given = [
                sheet.points[criterion.criterion_id]
                for sheet in sheets
                if sheet.applicant == applicant and criterion.criterion_id in sheet.points
            ]
            if given:
                rows.append(_spread(applicant, criterion.criterion_id, given))
    return tuple(rows)


def _spread(applicant: str, criterion_id: str, given: Sequence[Decimal]) -> Spread:
    middle, deviation = mean(given), None
    with localcontext(EXACT):
        if len(given) > 1:
            squares = sum(((value - middle) ** 2 for value in given), Decimal(0))
            deviation = (squares / (len(given) - 1)).sqrt()
    return Spread(
        applicant,
        criterion_id,
        len(given),
        min(given),
        median(given),
        middle,
        max(given),
        deviation,
    )


def concordance(applicants: Sequence[str], totals: Sequence[dict[str, Decimal]]) -> Concordance:
    """Kendall's W with the correction for ties.

    W = 12 S / (m² (n³ - n) - m ΣT), S = Σ(R - mean R)² over the rank sums R of the n applicants,
    T = Σ(t³ - t) over the groups of t equals of each of the m judges; equals get the mean of their
    ranks. (Kendall and Babington Smith, The problem of m rankings, Annals of Mathematical
    Statistics 10, 1939, 275-287; Siegel and Castellan, Nonparametric statistics for the behavioral
    sciences, 2nd edition, 1988, section 9.5.)

    Args:
        applicants: all applicants.
        totals: for each judge applicant → total; judges who lack an applicant are left out.
    """
    complete = [given for given in totals if all(name in given for name in applicants)]
    m, n = len(complete), len(applicants)
    if m < 2 or n < 2:
        return Concordance(None, m, n)
    rank_sums = dict.fromkeys(applicants, Fraction(0))
    ties = 0
    for given in complete:
        values = [given[name] for name in applicants]
        counts = Counter(values)
        ties += sum(count**3 - count for count in counts.values())
        for name in applicants:
            above = sum(value > given[name] for value in values)
            rank_sums[name] += above + Fraction(counts[given[name]] + 1, 2)
    middle = Fraction(m * (n + 1), 2)
    s = sum(((total - middle) ** 2 for total in rank_sums.values()), Fraction(0))
    whole = m**2 * (n**3 - n) - m * ties
    return Concordance(12 * s / whole if whole else None, m, n)
