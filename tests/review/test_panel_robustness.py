"""How firm a panel's ranking is: by hand, against the plain indices, and by what always holds."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dashboard.review.panel import Criterion, PointSheet, Rule
from dashboard.review.panel_robustness import references, robustness
from dashboard.review.robustness import first_place_change, rank_acceptability

CRITERIA = (
    Criterion("plan", "document", "계획", "Plan", Decimal(40)),
    Criterion("visit", "onsite", "현장", "Visit", Decimal(60)),
)
PLAIN = Rule(drop_highest=0, drop_lowest=0)
DROP = Rule()


def sheet(judge, applicant, plan, visit):
    return PointSheet(judge, applicant, {"plan": Decimal(plan), "visit": Decimal(visit)})


def test_the_smallest_change_of_one_weight_by_hand():
    # A: all of the plan, half of the visit: 0.4 + 0.6 · 0.5 = 0.7.
    # B: a quarter of the plan, nine tenths of the visit: 0.1 + 0.54 = 0.64.
    # With weight t for the plan: A t + (1 - t) / 2, B t / 4 + 0.9 (1 - t);
    # equal at 0.75 t = 0.4 (1 - t), t = 0.4 / 1.15 = 8 / 23, which is 0.0522 from 0.4.
    found = robustness(
        ["A", "B"], CRITERIA, PLAIN, [sheet("j1", "A", 40, 30), sheet("j1", "B", 10, 54)]
    )
    assert (found.change.indicator, found.change.after) == (0, Fraction(8, 23))
    assert found.change.challenger == 1
    assert not found.is_first_shared


def test_dropped_judges_change_with_the_weights():
    # Three judges, the highest and the lowest of each applicant dropped: the middle one counts.
    # A's middle is the judge with half of both, 0.5 whatever the weights are. B's judges have
    # (1, 0), (0, 1) and (0.4, 0.4): with weight t for the plan their totals are t, 1 - t and 0.4.
    # At t = 0.4 the middle is 0.4, so that A leads. It stays 0.4 down to t = 0; going up, the
    # middle is min(t, 1 - t) from 0.4 to 0.6 and reaches 0.5 at t = 0.5.
    rule = Rule(min_judges_to_drop=3)
    points = [
        sheet("j1", "A", 20, 30),
        sheet("j2", "A", 0, 0),
        sheet("j3", "A", 40, 60),
        sheet("j1", "B", 40, 0),
        sheet("j2", "B", 0, 60),
        sheet("j3", "B", 16, 24),
    ]
    found = robustness(["A", "B"], CRITERIA, rule, points)
    assert (found.change.before, found.change.after) == (Fraction(2, 5), Fraction(1, 2))


def test_a_shared_first_place_is_said_and_an_unshakable_one_has_no_change():
    level = [sheet("j1", "A", 20, 30), sheet("j1", "B", 20, 30)]
    found = robustness(["A", "B"], CRITERIA, PLAIN, level)
    assert (found.is_first_shared, found.change) == (True, None)
    better = [sheet("j1", "A", 30, 40), sheet("j1", "B", 20, 30)]
    firm = robustness(["A", "B"], CRITERIA, PLAIN, better)
    assert (firm.is_first_shared, firm.change) == (False, None)
    assert firm.acceptability.shares[0] == (1, 0)


def test_nobody_scored_gives_none():
    assert robustness(["A"], CRITERIA, PLAIN, []) is None


def test_one_judge_gives_the_plain_indices():
    points = [sheet("j1", "A", 38, 30), sheet("j1", "B", 10, 55), sheet("j1", "C", 25, 41)]
    indicators = [
        [Fraction(38, 40), Fraction(10, 40), Fraction(25, 40)],
        [Fraction(30, 60), Fraction(55, 60), Fraction(41, 60)],
    ]
    found = robustness(["A", "B", "C"], CRITERIA, PLAIN, points, concentration=20)
    assert found.acceptability == rank_acceptability(indicators, [40, 60], 20)
    assert found.change == first_place_change(indicators, [40, 60])


def test_references_by_hand():
    points = [sheet(f"j{n}", "A", 30, visit) for n, visit in enumerate((60, 58, 61 - 2, 20), 1)]
    points += [sheet(f"j{n}", "B", 30, visit) for n, visit in enumerate((52, 53, 54), 1)]
    found = {row.way: row for row in references(["A", "B", "C"], CRITERIA, DROP, points)}
    # A 90 88 89 50: mean 79.25, without extremes 88.5, median 88.5. B 82 83 84: 83 each way.
    assert found["all_judges"].scores == (("A", Decimal("79.25")), ("B", Decimal(83)))
    assert found["trimmed"].scores == (("A", Decimal("88.5")), ("B", Decimal(83)))
    assert found["median"].scores == (("A", Decimal("88.5")), ("B", Decimal(83)))
    assert found["all_judges"].ranks == (("A", 2), ("B", 1))
    assert found["median"].ranks == (("A", 1), ("B", 2))


# ---- What always holds


@st.composite
def panels(draw, most_judges=5):
    count, criteria = draw(st.integers(1, most_judges)), draw(st.integers(1, 3))
    used = tuple(
        Criterion(f"c{n}", "document", "", "", Decimal(draw(st.integers(1, 30))), Decimal("0.1"))
        for n in range(criteria)
    )
    # No two marks are equal: with one judge no two applicants can be level.
    marks = iter(
        draw(
            st.lists(
                st.integers(0, 1000),
                unique=True,
                min_size=4 * count * criteria,
                max_size=4 * count * criteria,
            )
        )
    )
    found = [
        PointSheet(
            f"j{judge}", name, {c.criterion_id: c.max_points * next(marks) / 1000 for c in used}
        )
        for name in "ABCD"
        for judge in range(count)
    ]
    return used, found


@settings(max_examples=40)
@given(panels(), st.sampled_from([PLAIN, DROP, Rule(pooling="stage")]))
def test_the_shares_of_an_applicant_sum_to_one(panel, rule):
    found = robustness("ABCD", panel[0], rule, panel[1], draws=50)
    assert all(sum(shares) == 1 for shares in found.acceptability.shares)


@settings(max_examples=40)
@given(panels(most_judges=1))
def test_the_shares_of_a_rank_sum_to_one_without_ties(panel):
    found = robustness("ABCD", *panel[:1], PLAIN, panel[1], draws=50)
    assert all(sum(shares) == 1 for shares in zip(*found.acceptability.shares, strict=True))


@settings(max_examples=25)
@given(panels(), st.sampled_from([Decimal("0.5"), Decimal(7)]))
def test_scaling_all_weights_changes_nothing(panel, factor):
    criteria, found = panel
    larger = [replace(c, max_points=c.max_points * factor) for c in criteria]
    scaled = [
        replace(s, points={name: given * factor for name, given in s.points.items()}) for s in found
    ]
    assert robustness("ABCD", larger, DROP, scaled, draws=50) == robustness(
        "ABCD", criteria, DROP, found, draws=50
    )


@settings(max_examples=25)
@given(panels(), st.randoms())
def test_the_order_of_judges_changes_nothing(panel, lots):
    criteria, found = panel
    shuffled = lots.sample(found, len(found))
    assert robustness("ABCD", criteria, DROP, shuffled, draws=50) == robustness(
        "ABCD", criteria, DROP, found, draws=50
    )


def scores(criteria, found, weights):
    """Means of the judges kept, added up on another way: fractions, one applicant at a time."""
    result = []
    for name in "ABCD":
        totals = sorted(
            sum(
                weight * Fraction(s.points[c.criterion_id]) / Fraction(c.max_points)
                for c, weight in zip(criteria, weights, strict=True)
            )
            for s in found
            if s.applicant == name
        )
        kept = totals[1:-1] if len(totals) >= 4 else totals
        result.append(sum(kept) / len(kept))
    return result


@settings(max_examples=40)
@given(panels())
def test_at_the_change_the_challenger_is_level_and_before_it_nobody_is(panel):
    criteria, found = panel
    change = robustness("ABCD", criteria, DROP, found, draws=1).change
    assume(change is not None)
    whole = sum(Fraction(c.max_points) for c in criteria)
    chosen = [Fraction(c.max_points) / whole for c in criteria]
    first = max(range(4), key=scores(criteria, found, chosen).__getitem__)

    def at(t):
        rest = (1 - t) / (1 - change.before)
        weights = [weight * rest for weight in chosen]
        weights[change.indicator] = t
        return scores(criteria, found, weights)

    level = at(change.after)
    assert level[first] == level[change.challenger] == max(level)
    for part in range(20):
        between = at(change.before + (change.after - change.before) * Fraction(part, 20))
        assert sorted(between)[-2] < between[first] == max(between)
