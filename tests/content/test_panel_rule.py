"""The rule of a round in words: every decision of it is said, and points keep their digits."""

from dataclasses import replace
from decimal import Decimal

import pytest

from dashboard.content.panel_rule import points, rule_sentences, score_text
from dashboard.judging.views import RoundRules
from dashboard.review.panel import Criterion, Rounding, Rule, TieBreak

CRITERIA = (
    Criterion("c1", "document", "실적", "Results", Decimal(40)),
    Criterion("c2", "onsite", "현장", "Onsite", Decimal(60)),
)
RULES = RoundRules("mct-cluster", 2019, "A round", ("KR-27",), CRITERIA)


pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize(
    ("value", "text"),
    [("100", "100"), ("100.0", "100"), ("10.50", "10.5"), ("1234.5", "1,234.5"), ("0", "0")],
)
def test_points_lose_no_digit_and_show_no_idle_zero(value, text):
    assert points(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "rounding", "text"),
    [
        # The mean of 83 and 82.8 is 165.8 / 2 = 82.9, which two decimals print as 82.90.
        ("82.9", Rounding(2), "82.90"),
        ("82.90", Rounding(1), "82.9"),
        ("83", Rounding(3), "83.000"),
        ("83", Rounding(0), "83"),
        ("1234.5", Rounding(2), "1,234.50"),
        # A rule that rounds nothing has no decimals of its own.
        ("82.90", Rounding(2, ()), "82.9"),
        # 235 / 3 goes on and is not rounded here: four decimals, half up.
        (Decimal(235) / 3, Rounding(2, ("judge_total",)), "78.3333"),
        # 0.00005 to four decimals: half up gives 0.0001, half to even would give 0.
        ("78.000050000", Rounding(2, ()), "78.0001"),
    ],
)
def test_scores_have_the_decimals_to_which_the_rule_rounds(value, rounding, text):
    assert score_text(Decimal(value), Rule(rounding=rounding)) == text


def said(**changes):
    return " ".join(rule_sentences(replace(RULES, rule=replace(Rule(), **changes))))


def test_every_decision_of_the_rule_is_said():
    assert "1 highest and 1 lowest" in said()
    assert "fewer than 4 judges" in said()
    assert "No judge is dropped" in said(drop_highest=0, drop_lowest=0)
    assert "added up to the score" in said(pooling="stage")
    assert "cannot be submitted" in said()
    assert "does not count there" in said(blank_policy="leave_out")
    assert "at least 3 judges" in said(quorum=3)
    assert "Nothing is rounded" in said(rounding=Rounding(places=()))
    assert "to 1 decimals: each judge's total" in said(rounding=Rounding(1, ("judge_total",)))
    assert "no pass mark" in said()
    assert "70 of 100 points" in said(pass_mark=Decimal(70))
    assert "share a rank" in said()


def test_the_steps_against_ties_stand_in_their_order():
    text = said(tie_breaks=(TieBreak("criterion", "c2"), TieBreak("all_judges"), TieBreak("lot")))
    assert text.index("“Onsite”") < text.index("none dropped") < text.index("lot, drawn")
