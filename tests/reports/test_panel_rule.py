"""The rule of a round in words: every decision of it is said, and points keep their digits."""

from dataclasses import replace
from decimal import Decimal

import pytest

from dashboard.i18n import use_language
from dashboard.judging.views import RoundRules
from dashboard.reports.panel_rule import exact_points, points, rule_sentences
from dashboard.review.panel import Criterion, Rounding, Rule, TieBreak

CRITERIA = (
    Criterion("c1", "document", "실적", "Results", Decimal(40)),
    Criterion("c2", "onsite", "현장", "Onsite", Decimal(60)),
)
RULES = RoundRules("mct-cluster", 2019, "A round", ("KR-27",), CRITERIA)


@pytest.fixture(autouse=True)
def _english():
    use_language("en")
    yield
    use_language(None)


@pytest.mark.parametrize(
    ("value", "text"),
    [("100", "100"), ("100.0", "100"), ("10.50", "10.5"), ("1234.5", "1,234.5"), ("0", "0")],
)
def test_points_lose_no_digit_and_show_no_idle_zero(value, text):
    assert points(Decimal(value)) == text


def test_long_scores_are_read_half_up():
    # 0.00005 to four digits: half up gives 0.0001, half to even would give 0.
    assert exact_points(Decimal("78.00005")) == "78.0001"
    assert exact_points(Decimal(235) / 3) == "78.3333"


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
