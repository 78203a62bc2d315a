"""Rounds drawn at random, computed by the product and by `own_arithmetic`: nothing may differ."""

import random
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product

import pytest

from dashboard.access import DESK
from dashboard.judging.views import RoundRules
from dashboard.review.aggregation import aggregate
from dashboard.review.panel import (
    Criterion,
    PointSheet,
    Rounding,
    Rule,
    TieBreak,
    rule_faults,
)
from tests.judging.own_arithmetic import Panel

APPLICANTS = ("KR-11", "KR-26", "KR-27", "KR-28", "KR-30")
PLACES = ("judge_total", "mean", "final")
CHOICES = {
    "dropping": [(0, 0), (1, 1), (0, 1), (1, 0), (2, 1)],
    "pooling": ["total", "stage"],
    "blanks": ["refuse", "leave_out"],
    "places": [chosen for n in range(4) for chosen in combinations(PLACES, n)],
    "pass_mark": [False, True],
    "ties": [None, "criterion", "stage", "all_judges", "lowest_total", "lot"],
    "stages": [1, 2, 3],
}
"""Every way in which a rule can be set, by what it decides; numbers in it are drawn."""
EVERY = list(product(*CHOICES.values()))
ROUNDS_IN_SHORT = 300


def drawn_round(number, chosen):
    """A round of the rule chosen, with sheets, recusals and sheets that were not submitted."""
    dice = random.Random(number)
    one = dict(zip(CHOICES, chosen, strict=True))
    criteria = drawn_criteria(dice, one["stages"])
    highest, lowest = one["dropping"]
    whole = sum(criterion.max_points for criterion in criteria)
    rule = Rule(
        drop_highest=highest,
        drop_lowest=lowest,
        min_judges_to_drop=highest + lowest + dice.choice([1, 1, 2, 3]),
        pooling=one["pooling"],
        blank_policy=one["blanks"],
        quorum=dice.choice([1, 1, 2, 3]),
        rounding=Rounding(dice.choice([0, 1, 2, 3]), one["places"]),
        pass_mark=Decimal(dice.randint(0, int(whole))) if one["pass_mark"] else None,
        tie_breaks=drawn_ties(dice, one["ties"], criteria),
    )
    assert rule_faults(criteria, rule) == []
    sheets = drawn_sheets(dice, criteria, rule, dice.randint(1, 7))
    return criteria, rule, sheets, drawn_lots(dice)


def drawn_criteria(dice, stages):
    names = ["document", "onsite", "presentation"][:stages]
    count = dice.randint(stages, 5)
    return tuple(
        Criterion(f"c{n}", names[n % stages], f"{n}", f"{n}", step * dice.randint(2, 12), step)
        for n in range(count)
        for step in [dice.choice([Decimal("0.5"), Decimal(1), Decimal("0.25"), Decimal(5)])]
    )


def drawn_ties(dice, first, criteria):
    steps = [
        TieBreak("criterion", dice.choice(criteria).criterion_id),
        TieBreak("stage", dice.choice(criteria).stage),
        TieBreak("all_judges"),
        TieBreak("lowest_total"),
        TieBreak("lot"),
    ]
    if first is None:
        return ()
    dice.shuffle(steps)
    steps.sort(key=lambda step: step.by != first)
    return tuple(steps[: dice.randint(1, 5)])


def drawn_sheets(dice, criteria, rule, judges):
    """Few levels of points, and one applicant's sheets handed to another, so that many are equal.

    Recusals and sheets that were not submitted are sheets that are not there.
    """
    missing = dice.choice([0, 0, 0.15, 0.4])
    levels = dice.choice([1, 2, 12])
    given = {}
    for judge, applicant in product(range(1, judges + 1), APPLICANTS):
        given[judge, applicant] = {
            one.criterion_id: one.step * dice.randint(max(0, most - levels), most)
            for one in criteria
            for most in [int(one.max_points / one.step)]
        }
    for _copy in range(dice.choice([0, 1, 2])):
        source, target = dice.sample(APPLICANTS, 2)
        order = dice.sample(range(1, judges + 1), judges)
        for judge, former in enumerate(order, 1):
            given[judge, target] = dict(given[former, source])
    sheets = []
    for (judge, applicant), points in given.items():
        if rule.blank_policy == "leave_out" and dice.random() < 0.15:
            del points[dice.choice(criteria).criterion_id]
        if dice.random() >= missing:
            sheets.append(PointSheet(f"j{judge}", applicant, points))
    return sheets


def drawn_lots(dice):
    drawn = dice.sample(APPLICANTS, dice.choice([0, 0, 3, 5]))
    return {applicant: place for place, applicant in enumerate(drawn, 1)}


def compare(number, chosen):
    """Computes a round twice; returns whether it had equal scores and somebody dropped."""
    criteria, rule, sheets, lots = drawn_round(number, chosen)
    found = aggregate(APPLICANTS, criteria, rule, sheets, lots)
    expected = Panel(APPLICANTS, criteria, rule, sheets, lots).rows()
    check(found, expected, (number, chosen))
    equal = [row.final for row in expected.values() if row.final is not None]
    return len(set(equal)) < len(equal)


def check(found, expected, where):
    assert {row.applicant for row in found.applicants} == set(expected), where
    for row in found.applicants:
        own = expected[row.applicant]
        named = (*where, row.applicant)
        assert (row.effective, row.rank, row.passes) == (own.effective, own.rank, own.passes), named
        assert (row.final is None) == (own.final is None), named
        if own.final is not None:
            # Quotients that go on for ever are kept to 40 digits; all others are exact.
            assert abs(Fraction(row.final) - own.final) < Fraction(1, 10**35), named


def sampled():
    """So many of all combinations, shuffled once and for all."""
    order = list(range(len(EVERY)))
    random.Random(2019).shuffle(order)
    return order[:ROUNDS_IN_SHORT]


def test_three_hundred_rounds_come_out_as_by_another_hand():
    rounds = sampled()
    for (a, first), (b, second) in combinations(enumerate(CHOICES.values()), 2):
        met = {(EVERY[number][a], EVERY[number][b]) for number in rounds}
        assert met == set(product(first, second)), "every two choices meet"
    ties = sum(compare(number, EVERY[number]) for number in rounds)
    assert ties > ROUNDS_IN_SHORT / 5


@pytest.mark.long
def test_every_combination_of_a_rule_comes_out_as_by_another_hand():
    """5,760 rules: each decision of a rule with each other one."""
    assert len(EVERY) == 5 * 2 * 2 * 8 * 2 * 6 * 3
    ties = sum(compare(number, chosen) for number, chosen in enumerate(EVERY))
    assert ties > len(EVERY) / 5


@pytest.mark.parametrize(
    "rounds", [4, pytest.param(120, marks=pytest.mark.long)], ids=["few", "many"]
)
def test_rounds_scored_line_by_line_come_out_as_by_another_hand(judging, rounds):
    """From a created round over drafts, submissions, blanks and recusals to the result read."""
    for number in random.Random(7).sample(range(len(EVERY)), rounds):
        criteria, rule, sheets, _lots = drawn_round(number, EVERY[number])
        result = through_the_room(judging, criteria, rule, sheets)
        expected = Panel(APPLICANTS, criteria, rule, sheets, {}).rows()
        check(result.outcome, expected, (number, EVERY[number]))


def through_the_room(judging, criteria, rule, sheets):
    rules = RoundRules("mct-cluster", 2019, "Drawn", APPLICANTS, criteria, rule)
    view, (code, *_deputies) = judging.rounds.create(DESK, rules, "Kim", ("Lee", "Park"))
    chair = judging.sessions.sign_in(view.round_id, code.code).identity
    count = max([int(sheet.judge_id[1:]) for sheet in sheets], default=1)
    codes = [judging.sessions.issue_code(chair, f"Judge {n + 1}").code for n in range(count)]
    people = [judging.sessions.sign_in(view.round_id, one).identity for one in codes]
    judging.rounds.seal(chair)
    judging.rounds.open_scoring(chair)
    submitted = {(sheet.judge_id, sheet.applicant) for sheet in sheets}
    for sheet in sheets:
        judge = people[int(sheet.judge_id[1:]) - 1]
        for criterion, points in sheet.points.items():
            judging.sheets.save_draft(judge, sheet.applicant, criterion, points)
        judging.sheets.submit(judge, sheet.applicant)
    # Who submitted nothing is recused or has merely begun, by turns.
    for n, (judge, applicant) in enumerate(product(range(count), APPLICANTS)):
        if (f"j{judge + 1}", applicant) in submitted:
            continue
        if n % 2:
            judging.sheets.declare_conflict(people[judge], applicant, "Advised the city")
        else:
            first = criteria[0]
            judging.sheets.save_draft(people[judge], applicant, first.criterion_id, first.step)
    judging.rounds.close(chair, "Trial")
    return judging.results.result(chair)
