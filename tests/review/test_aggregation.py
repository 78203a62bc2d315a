"""Panels added up by hand, and what no rule may depend on."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.review.aggregation import aggregate, median, rounded
from dashboard.review.panel import Criterion, PointSheet, Rounding, Rule, TieBreak

DOCUMENT = Criterion("plan", "document", "계획", "Plan", Decimal(40), Decimal("0.01"))
ONSITE = Criterion("visit", "onsite", "현장", "Visit", Decimal(60), Decimal("0.01"))
CRITERIA = (DOCUMENT, ONSITE)
DROP = Rule(rounding=Rounding(2, ("final",)))
PLAIN = replace(DROP, drop_highest=0, drop_lowest=0)

DAEGU = [90, 88, 91, 89, 92, 64]
BUSAN = [84, 86, 87, 83, 85, 90]


def sheets(applicant, totals, document=30):
    """One sheet a judge: so many points for the plan, the rest for the visit."""
    return [
        PointSheet(
            f"j{n}", applicant, {"plan": Decimal(document), "visit": Decimal(str(total)) - document}
        )
        for n, total in enumerate(totals, 1)
    ]


def pairs(applicant, points):
    """One sheet a judge from (plan, visit)."""
    return [
        PointSheet(f"j{n}", applicant, {"plan": Decimal(str(plan)), "visit": Decimal(str(visit))})
        for n, (plan, visit) in enumerate(points, 1)
    ]


def scores(outcome):
    return {row.applicant: row.final for row in outcome.applicants}


def ranks(outcome):
    return {row.applicant: row.rank for row in outcome.applicants}


def one(rule, totals, criteria=CRITERIA):
    return aggregate(["A"], criteria, rule, sheets("A", totals)).applicants[0]


# ---- Dropping


def test_six_judges_without_highest_and_lowest():
    row = one(DROP, DAEGU)
    # 92 and 64 go: (90 + 88 + 91 + 89) / 4 = 358 / 4
    assert row.final == Decimal("89.50")
    assert row.effective == 6
    assert {t.judge_id: t.dropped for t in row.totals if t.dropped} == {
        "j5": "highest",
        "j6": "lowest",
    }
    assert row.means[0].kept == 4


def test_six_with_one_recusal_are_five():
    # Without the fifth judge 91 and 64 go: (90 + 88 + 89) / 3 = 267 / 3
    kept = [sheet for sheet in sheets("A", DAEGU) if sheet.judge_id != "j5"]
    (row,) = aggregate(["A"], CRITERIA, DROP, kept).applicants
    assert (row.final, row.effective, row.means[0].kept) == (Decimal("89.00"), 5, 3)


def test_three_judges_and_two_drop_none():
    # (90 + 88 + 64) / 3 = 242 / 3 = 80.666…, (90 + 64) / 2 = 77
    assert one(DROP, [90, 88, 64]).final == Decimal("80.67")
    assert one(DROP, [90, 64]).final == Decimal("77.00")
    assert all(total.dropped is None for total in one(DROP, [90, 88, 64]).totals)


def test_three_judges_drop_two_where_the_rule_says_so():
    assert one(replace(DROP, min_judges_to_drop=3), [90, 88, 64]).final == Decimal("88.00")


def test_of_a_shared_extreme_only_one_goes():
    # 92, 92, 80, 60: one 92 and 60 go, (92 + 80) / 2
    assert one(DROP, [92, 92, 80, 60]).final == Decimal("86.00")


def test_all_equal_judges_drop_two_different_lines():
    dropped = [total.dropped for total in one(DROP, [80, 80, 80, 80]).totals]
    assert sorted(d for d in dropped if d) == ["highest", "lowest"]


def test_the_outlier_decides_between_dropping_and_the_plain_mean():
    # Dropped: Daegu 89.5, Busan (84 + 86 + 87 + 85) / 4 = 85.5.
    # Plain: Daegu 514 / 6 = 85.666…, Busan 515 / 6 = 85.833….
    given_points = sheets("KR-27", DAEGU) + sheets("KR-26", BUSAN)
    regions = ["KR-27", "KR-26"]
    with_dropping = aggregate(regions, CRITERIA, DROP, given_points)
    assert scores(with_dropping) == {"KR-27": Decimal("89.50"), "KR-26": Decimal("85.50")}
    assert ranks(with_dropping) == {"KR-27": 1, "KR-26": 2}
    plain = aggregate(regions, CRITERIA, PLAIN, given_points)
    assert scores(plain) == {"KR-26": Decimal("85.83"), "KR-27": Decimal("85.67")}
    assert ranks(plain) == {"KR-26": 1, "KR-27": 2}


def test_stage_by_stage_other_judges_are_dropped():
    # Plan 10 20 30 40, visit 30 40 60 50. By totals 40 60 90 90: (60 + 90) / 2 = 75.
    # By stage: (20 + 30) / 2 + (40 + 50) / 2 = 25 + 45 = 70.
    points = pairs("A", [(10, 30), (20, 40), (30, 60), (40, 50)])
    by_total = aggregate(["A"], CRITERIA, DROP, points)
    by_stage = aggregate(["A"], CRITERIA, replace(DROP, pooling="stage"), points)
    assert (scores(by_total), scores(by_stage)) == (
        {"A": Decimal("75.00")},
        {"A": Decimal("70.00")},
    )
    assert [(m.stage, m.mean) for m in by_stage.applicants[0].means] == [
        ("document", Decimal(25)),
        ("onsite", Decimal(45)),
    ]


# ---- Blanks, quorum, pass mark


def test_a_blank_leaves_the_judge_out_or_is_refused():
    blank = PointSheet("j6", "A", {"plan": Decimal(4)})
    given_points = [*sheets("A", DAEGU[:5]), blank]
    (row,) = aggregate(
        ["A"], CRITERIA, replace(DROP, blank_policy="leave_out"), given_points
    ).applicants
    # 90 88 91 89 92: 92 and 88 go, (90 + 91 + 89) / 3 = 90. A blank taken for zero would give
    # a sixth total of 4, and 89.5.
    assert (row.final, row.effective, row.left_out) == (Decimal("90.00"), 5, ("j6",))
    with pytest.raises(ValueError, match="blank"):
        aggregate(["A"], CRITERIA, DROP, given_points)


def test_an_applicant_whom_nobody_scored_has_neither_score_nor_rank():
    outcome = aggregate(["A", "B"], CRITERIA, DROP, sheets("B", [80]))
    assert ranks(outcome) == {"B": 1, "A": None}
    assert scores(outcome)["A"] is None
    assert outcome.applicants[-1].passes is None


def test_below_the_quorum_there_is_no_score():
    assert one(replace(DROP, quorum=3), [90, 88]).final is None
    assert one(replace(DROP, quorum=2), [90, 88]).final == Decimal("89.00")


def test_the_pass_mark_is_held_against_the_rounded_score():
    # (69.99 + 70 + 70) / 3 = 69.99666…: 70.00 after rounding, below 70 without.
    mark = replace(DROP, pass_mark=Decimal(70))
    assert one(mark, ["69.99", 70, 70]).passes is True
    assert one(replace(mark, rounding=Rounding(2, ())), ["69.99", 70, 70]).passes is False
    assert one(mark, ["69.99", "69.99", 70]).passes is False  # 69.99333… is 69.99


def test_two_sheets_of_one_judge_are_refused():
    with pytest.raises(ValueError, match="two sheets"):
        aggregate(["A"], CRITERIA, DROP, sheets("A", [80]) + sheets("A", [90]))


# ---- Rounding

A_TOTALS = ["80.25", "80.25", "80.24"]  # sum 240.74
B_TOTALS = ["80.24", "80.24", "80.29"]  # sum 240.77


@pytest.mark.parametrize(
    ("rounding", "a", "b", "first"),
    [
        # 240.74 / 3 = 80.24666…, 240.77 / 3 = 80.25666…
        (Rounding(1, ("final",)), "80.2", "80.3", "B"),
        # 80.3 + 80.3 + 80.2 = 240.8, / 3 = 80.2666…; 80.2 + 80.2 + 80.3 = 240.7, / 3 = 80.2333…
        (Rounding(1, ("judge_total", "final")), "80.3", "80.2", "A"),
        (Rounding(1, ("mean",)), "80.2", "80.3", "B"),
    ],
)
def test_the_place_of_rounding_decides_who_is_first(rounding, a, b, first):
    outcome = aggregate(
        ["A", "B"],
        CRITERIA,
        replace(PLAIN, rounding=rounding),
        sheets("A", A_TOTALS) + sheets("B", B_TOTALS),
    )
    assert scores(outcome) == {"A": Decimal(a), "B": Decimal(b)}
    assert outcome.applicants[0].applicant == first


def test_to_whole_points_they_are_equal_and_without_rounding_they_are_not():
    given_points = sheets("A", A_TOTALS) + sheets("B", B_TOTALS)
    whole = aggregate(["A", "B"], CRITERIA, replace(PLAIN, rounding=Rounding(0)), given_points)
    assert ranks(whole) == {"A": 1, "B": 1}
    exact = aggregate(["A", "B"], CRITERIA, replace(PLAIN, rounding=Rounding(0, ())), given_points)
    assert ranks(exact) == {"B": 1, "A": 2}


def test_means_of_stages_are_rounded_before_they_are_added():
    # Plan 30 30 31: 30.333…, visit 50 50 51: 50.333…. 30.3 + 50.3 = 80.6, but 80.666… is 80.7.
    points = pairs("A", [(30, 50), (30, 50), (31, 51)])
    by_stage = replace(PLAIN, pooling="stage")
    early = replace(by_stage, rounding=Rounding(1, ("mean", "final")))
    late = replace(by_stage, rounding=Rounding(1, ("final",)))
    assert scores(aggregate(["A"], CRITERIA, early, points)) == {"A": Decimal("80.6")}
    assert scores(aggregate(["A"], CRITERIA, late, points)) == {"A": Decimal("80.7")}


def test_half_goes_up_and_decimals_stay_decimal():
    # (84.12 + 84.13) / 2 = 84.125. As a binary number it would be 84.12, half to even as well.
    assert one(PLAIN, ["84.12", "84.13"]).final == Decimal("84.13")
    assert rounded(Decimal("2.5"), 0) == 3
    assert median([Decimal(3), Decimal(1), Decimal(2), Decimal(10)]) == Decimal("2.5")


def test_thirds_of_three_stages_add_up_to_a_whole():
    # Means 10 / 3 + 10 / 3 + 10 / 3 = 10 exactly, a tie with 2 + 3 + 5.
    stages = ("document", "onsite", "presentation")
    criteria = [Criterion(stage, stage, "", "", Decimal(10)) for stage in stages]
    thirds = [
        PointSheet(f"j{n}", "A", dict.fromkeys(stages, Decimal(points)))
        for n, points in enumerate((3, 3, 4))
    ]
    whole = [PointSheet("j0", "B", dict(zip(stages, map(Decimal, (2, 3, 5)), strict=True)))]
    rule = replace(PLAIN, pooling="stage", rounding=Rounding(2, ()))
    outcome = aggregate(["A", "B"], criteria, rule, thirds + whole)
    assert ranks(outcome) == {"A": 1, "B": 1}


# ---- Ties


def test_ties_are_broken_in_the_stated_order():
    # All four judges of each: totals 80 after dropping.
    # A: plan 32 each. B and C: plan 30 each, so A is first by the plan.
    # B 70 80 80 90: mean of all 320 / 4 = 80. C 78 80 80 84: 322 / 4 = 80.5, so C is before B.
    rule = replace(DROP, tie_breaks=(TieBreak("criterion", "plan"), TieBreak("all_judges")))
    outcome = aggregate(
        ["A", "B", "C", "D"],
        CRITERIA,
        rule,
        sheets("A", [80, 80, 80, 80], document=32)
        + sheets("B", [70, 80, 80, 90])
        + sheets("C", [78, 80, 80, 84])
        + sheets("D", [60, 61, 61, 62]),
    )
    assert ranks(outcome) == {"A": 1, "C": 2, "B": 3, "D": 4}
    first, second = outcome.ties
    assert (first.applicants, first.step) == (("A", "B", "C"), TieBreak("criterion", "plan"))
    assert first.values == (("A", Decimal(32)), ("B", Decimal(30)), ("C", Decimal(30)))
    assert (second.applicants, second.step) == (("B", "C"), TieBreak("all_judges"))
    assert second.values == (("C", Decimal("80.5")), ("B", Decimal(80)))


def test_what_a_step_compares_is_not_rounded_where_totals_are():
    # Totals rounded to whole points: A 80.5 80 → 81 80, B 81 79.75 → 81 80: both 80.5.
    # As given: A 160.5 / 2 = 80.25, B 160.75 / 2 = 80.375, so B is before by the mean of all;
    # the lowest totals are 80 and 79.75, so A is before by those.
    whole = replace(PLAIN, rounding=Rounding(0, ("judge_total",)))
    points = sheets("A", [80.5, 80]) + sheets("B", [81, 79.75])
    for step, expected in (("all_judges", {"A": 2, "B": 1}), ("lowest_total", {"A": 1, "B": 2})):
        outcome = aggregate(
            ["A", "B"], CRITERIA, replace(whole, tie_breaks=(TieBreak(step),)), points
        )
        assert {row.final for row in outcome.applicants} == {Decimal("80.5")}
        assert ranks(outcome) == expected, step


def test_another_order_of_the_steps_gives_another_ranking():
    points = sheets("A", [79, 80, 80, 80], document=32) + sheets("B", [70, 80, 80, 90])
    plan, worst = TieBreak("criterion", "plan"), TieBreak("lowest_total")
    onsite = TieBreak("stage", "onsite")
    by_plan = aggregate(["A", "B"], CRITERIA, replace(DROP, tie_breaks=(plan, onsite)), points)
    # Visit: A (47 + 48 + 48 + 48) / 4 = 47.75, B 50: by the visit B is before A.
    by_visit = aggregate(["A", "B"], CRITERIA, replace(DROP, tie_breaks=(onsite, plan)), points)
    by_worst = aggregate(["A", "B"], CRITERIA, replace(DROP, tie_breaks=(worst,)), points)
    assert ranks(by_plan) == {"A": 1, "B": 2}
    assert ranks(by_visit) == {"B": 1, "A": 2}
    assert ranks(by_worst) == {"A": 1, "B": 2}  # 79 against 70


def test_what_no_step_tells_apart_shares_a_rank_and_the_next_is_skipped():
    points = sheets("A", [80]) + sheets("B", [80]) + sheets("C", [70])
    rule = replace(DROP, tie_breaks=(TieBreak("criterion", "plan"),))
    outcome = aggregate(["A", "B", "C"], CRITERIA, rule, points)
    assert ranks(outcome) == {"A": 1, "B": 1, "C": 3}
    (tie,) = outcome.ties
    assert (tie.applicants, tie.step, tie.awaits_lot) == (("A", "B"), None, False)


def test_a_lot_is_awaited_and_then_decides():
    points = sheets("A", [80]) + sheets("B", [80]) + sheets("C", [80])
    rule = replace(DROP, tie_breaks=(TieBreak("criterion", "plan"), TieBreak("lot")))
    waiting = aggregate(["A", "B", "C"], CRITERIA, rule, points)
    assert ranks(waiting) == {"A": 1, "B": 1, "C": 1}
    assert waiting.ties[0].awaits_lot
    drawn = aggregate(["A", "B", "C"], CRITERIA, rule, points, {"B": 1, "C": 2, "A": 3})
    assert ranks(drawn) == {"B": 1, "C": 2, "A": 3}
    assert drawn.ties[0].step == TieBreak("lot")


def test_a_lot_drawn_for_one_tie_leaves_another_waiting():
    points = sheets("A", [80]) + sheets("B", [80]) + sheets("C", [70]) + sheets("E", [70])
    rule = replace(DROP, tie_breaks=(TieBreak("lot"),))
    outcome = aggregate(["A", "B", "C", "E"], CRITERIA, rule, points, {"B": 1, "A": 2})
    assert ranks(outcome) == {"B": 1, "A": 2, "C": 3, "E": 3}
    assert [tie.awaits_lot for tie in outcome.ties] == [False, True]


# ---- What no rule may depend on

POINTS = st.integers(0, 80).map(lambda n: Decimal(n) / 2)
APPLICANTS = ["KR-26", "KR-27", "KR-28", "KR-30"]


@st.composite
def panels(draw, places=(), digits=2):
    """A rule and sheets: some judges lack some applicants, as with recusals."""
    steps = draw(
        st.permutations(
            [
                TieBreak("criterion", "plan"),
                TieBreak("stage", "onsite"),
                TieBreak("all_judges"),
                TieBreak("lowest_total"),
            ]
        )
    )
    rule = Rule(
        drop_highest=draw(st.integers(0, 1)),
        drop_lowest=draw(st.integers(0, 1)),
        min_judges_to_drop=draw(st.integers(3, 5)),
        pooling=draw(st.sampled_from(["total", "stage"])),
        rounding=Rounding(digits, draw(st.sampled_from(places)) if places else ()),
        tie_breaks=tuple(steps[: draw(st.integers(0, 4))]),
    )
    found = [
        PointSheet(f"j{judge}", applicant, {"plan": draw(POINTS), "visit": draw(POINTS)})
        for applicant in APPLICANTS
        for judge in range(draw(st.integers(1, 6)))
        if judge == 0 or draw(st.booleans())
    ]
    return rule, found


def outcome_of(rule, found, applicants=APPLICANTS):
    outcome = aggregate(applicants, CRITERIA, rule, found)
    return {r.applicant: (r.final, r.rank, r.effective, r.means) for r in outcome.applicants}


@given(panels(places=[(), ("final",), ("judge_total", "mean", "final")]), st.randoms())
def test_the_order_of_judges_never_matters(panel, lots):
    rule, found = panel
    names = [f"j{n}" for n in range(6)]
    renamed = dict(zip(names, lots.sample(names, 6), strict=True))
    shuffled = [replace(sheet, judge_id=renamed[sheet.judge_id]) for sheet in found]
    lots.shuffle(shuffled)
    applicants = lots.sample(APPLICANTS, len(APPLICANTS))
    assert outcome_of(rule, shuffled, applicants) == outcome_of(rule, found)


@given(panels(), st.sampled_from([Decimal("0.1"), Decimal("0.5"), Decimal(3), Decimal(10)]))
def test_scaling_all_weights_changes_no_rank(panel, factor):
    rule, found = panel
    larger = [
        replace(sheet, points={name: given * factor for name, given in sheet.points.items()})
        for sheet in found
    ]
    criteria = [replace(c, max_points=c.max_points * factor) for c in CRITERIA]
    before = aggregate(APPLICANTS, CRITERIA, rule, found)
    after = aggregate(APPLICANTS, criteria, rule, larger)
    assert ranks(after) == ranks(before)
    for name, score in scores(before).items():
        assert abs(scores(after)[name] - score * factor) < Decimal("1e-24")


@given(panels(places=[("final",)]))
def test_ranks_are_competition_ranks_and_follow_the_scores(panel):
    outcome = aggregate(APPLICANTS, CRITERIA, *panel)
    rows = outcome.applicants
    for row in rows:
        assert row.rank == 1 + sum(other.rank < row.rank for other in rows)
    for before, after in pairwise(rows):
        assert before.final >= after.final
